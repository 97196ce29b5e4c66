/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/unit.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestRun.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hex.h"

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
		t = CU_add_test(s, cases[i].name, cases[i].fn);
		if (t == NULL || CU_run_test(s, t) != CUE_SUCCESS ||
		    CU_get_number_of_failures() > 0) {
			failed++;
			unit_failures(0);
			printf("not ");
		}
		printf("ok %zu - %s %s\n", i + 1, suite, cases[i].name);
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

/* Does this line carry the name?  Its value then. */
static const char *
vec_value(const char *line, const char *name)
{
	size_t	 n = strlen(name);

	if (strncmp(line, name, n) != 0 ||
	    (line[n] != ' ' && line[n] != '\0'))
		return NULL;
	return line + n + (line[n] == ' ');
}

bool
unit_vec_has(const char *file, const char *name, struct buf *out)
{
	const char	*top = getenv("TOP_SRCDIR"), *v;
	struct buf	 path = {0}, text = {0};
	char		*line, *rest;
	bool		 in = false, found = false;

	buf_addf(&path, "%s/tests/vec/%s", top == NULL ? "." : top, file);
	if (file_read(buf_cstr(&path), 16 << 20, &text, NULL) != 0) {
		fprintf(stderr, "unit_vec: cannot read %s\n", buf_cstr(&path));
		abort();
	}
	for (rest = buf_cstr(&text); (line = strsep(&rest, "\n")) != NULL;) {
		if (in && line[0] == ' ') {
			unit_hex(line + strspn(line, " "), out);
			continue;
		}
		if (in)
			break;
		if ((v = vec_value(line, name)) != NULL) {
			in = found = true;
			unit_hex(v, out);
		}
	}
	buf_free(&path);
	buf_free(&text);
	return found;
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
