/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/unit.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestRun.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"

static const char	*skip_reason;

void
unit_skip(const char *reason)
{
	skip_reason = reason;
}

static void
unit_failures(unsigned from)
{
	CU_pFailureRecord	 f = CU_get_failure_list();
	unsigned		 i;

	for (i = 0; f != NULL; f = f->pNext, i++)
		if (i >= from)
			printf("# %s:%u: %s\n", f->strFileName,
			    f->uiLineNumber, f->strCondition);
}

int
unit_main(const char *suite, const struct unit_case *cases, size_t n)
{
	CU_pSuite	 s;
	CU_pTest	 t;
	size_t		 i;
	unsigned	 failed = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (CU_initialize_registry() != CUE_SUCCESS ||
	    (s = CU_add_suite(suite, NULL, NULL)) == NULL)
		return 1;
	printf("1..%zu\n", n);
	for (i = 0; i < n; i++) {
		skip_reason = NULL;
		t = CU_add_test(s, cases[i].name, cases[i].fn);
		if (t == NULL || CU_run_test(s, t) != CUE_SUCCESS ||
		    CU_get_number_of_failures() > 0) {
			failed++;
			unit_failures(0);
			printf("not ");
		}
		printf("ok %zu - %s %s%s%s\n", i + 1, suite, cases[i].name,
		    skip_reason == NULL ? "" : " # SKIP ",
		    skip_reason == NULL ? "" : skip_reason);
	}
	CU_cleanup_registry();
	return failed > 0;
}

void
unit_hex(const char *text, struct buf *out)
{
	if (hex_decode(slice_str(text), out) != 0) {
		fprintf(stderr, "unit_hex: bad hex text\n");
		abort();
	}
}

/* The file's text; aborts if there is no such file. */
static void
vec_text(const char *file, struct buf *text)
{
	const char	*top = getenv("TOP_SRCDIR");
	struct buf	 path = {0};

	buf_addf(&path, "%s/tests/vec/%s", top == NULL ? "." : top, file);
	if (file_read(buf_cstr(&path), 16 << 20, text, NULL) != 0) {
		fprintf(stderr, "unit_vec: cannot read %s\n",
		    buf_cstr(&path));
		abort();
	}
	buf_free(&path);
}

bool
unit_testdata(const char *folder, struct buf *dir)
{
	const char	*named = getenv("SMDP_TESTDATA");
	const char	*top = getenv("TOP_SRCDIR");

	buf_cut(dir, 0);
	if (named != NULL)
		buf_addf(dir, "%s/%s", named, folder);
	else
		buf_addf(dir, "%s/../shared/testdata/%s", top == NULL ? "." :
		    top, folder);
	if (access(buf_cstr(dir), R_OK) == 0)
		return true;
	unit_skip("no test data (SMDP_TESTDATA names the directory)");
	return false;
}

void
unit_vec_each(const char *file,
    void (*fn)(void *arg, const char *name, struct slice bytes), void *arg)
{
	struct buf	 text = {0}, value = {0};
	char		*line, *rest, *name = NULL;

	vec_text(file, &text);
	for (rest = buf_cstr(&text); (line = strsep(&rest, "\n")) != NULL;) {
		if (line[0] == ' ') {
			unit_hex(line + strspn(line, " "), &value);
			continue;
		}
		if (name != NULL)
			fn(arg, name, buf_slice(&value));
		buf_cut(&value, 0);
		name = NULL;
		if (line[0] == '#' || line[0] == '\0')
			continue;
		name = strsep(&line, " ");
		if (line != NULL)
			unit_hex(line, &value);
	}
	if (name != NULL)
		fn(arg, name, buf_slice(&value));
	buf_free(&text);
	buf_free(&value);
}

/* One value that is looked for. */
struct vec_search {
	const char	*name;
	struct buf	*out;
	bool		 found;
};

static void
vec_match(void *arg, const char *name, struct slice bytes)
{
	struct vec_search	*s = arg;

	if (s->found || strcmp(name, s->name) != 0)
		return;
	buf_add_slice(s->out, bytes);
	s->found = true;
}

bool
unit_vec_has(const char *file, const char *name, struct buf *out)
{
	struct vec_search	 s = { name, out, false };

	unit_vec_each(file, vec_match, &s);
	return s.found;
}

void
unit_vec(const char *file, const char *name, struct buf *out)
{
	if (!unit_vec_has(file, name, out)) {
		fprintf(stderr, "unit_vec: no %s in %s\n", name, file);
		abort();
	}
}

void
unit_same(const char *what, struct slice got, struct slice want)
{
	struct buf	 b = {0};

	if (!slice_eq(got, want)) {
		buf_addf(&b, "# %s: got  ", what);
		hex_add(&b, got);
		buf_addf(&b, "\n# %s: want ", what);
		hex_add(&b, want);
		printf("%s\n", buf_cstr(&b));
		buf_free(&b);
	}
	CU_ASSERT_TRUE(slice_eq(got, want));
}
