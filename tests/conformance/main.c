/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance run: every case in each binding it is meant for, TAP on
 * standard output, conformance.md in the build folder.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "tests/conformance/case.h"

#define DOCUMENT	"conformance.md"

struct run {
	struct report	*report;
	size_t		 n;
	const char	*only;		/* SMDP_CASE: words to look for */
	bool		 failed;
};

static void
run_tap(struct run *r, bool ok, const char *function, const char *words)
{
	r->failed |= !ok;
	printf("%sok %zu - %s: %s\n", ok ? "" : "not ", ++r->n, function,
	    words);
}

static void
run_case(struct run *r, const struct conf_group *g,
    const struct conf_case *c, bool asn1)
{
	struct buf	 want = {0}, got = {0}, words = {0};
	bool		 same;

	if (r->only != NULL && strstr(c->words, r->only) == NULL)
		return;
	same = (g->run != NULL ? g->run : conf_script)(c, asn1, &want, &got);
	if (!same)
		printf("# expected: %s\n# got:      %s\n", buf_cstr(&want),
		    buf_cstr(&got));
	report_add(r->report, g->function, c->words, asn1, c->want,
	    buf_slice(&want), buf_slice(&got), same);
	buf_addf(&words, "%s%s", c->words, asn1 ? " (ASN.1)" : "");
	run_tap(r, same, g->function, buf_cstr(&words));
	buf_free(&want);
	buf_free(&got);
	buf_free(&words);
}

static void
run_groups(struct run *r)
{
	const struct conf_group	*g;
	size_t			 i, k;

	for (i = 0; i < conf_groups_n; i++) {
		g = conf_groups[i];
		for (k = 0; k < g->n; k++) {
			if (g->cases[k].binding != ASN1_ONLY)
				run_case(r, g, &g->cases[k], false);
			if (g->cases[k].binding != JSON_ONLY)
				run_case(r, g, &g->cases[k], true);
		}
	}
}

static const char *
run_top(const char *name)
{
	const char	*top = getenv(name);

	return top == NULL ? "." : top;
}

/* Write it here, and see that the one in docs/ says the same. */
static bool
run_document(struct run *r)
{
	struct buf	 text = {0}, there = {0}, path = {0};
	struct why	 why = {""};
	bool		 same;

	report_text(r->report, &text);
	buf_addf(&path, "%s/tests/conformance/" DOCUMENT,
	    run_top("TOP_BUILDDIR"));
	if (file_write(buf_cstr(&path), buf_slice(&text), 0644, false,
	    &why) != 0)
		bench_broken(DOCUMENT, why.text);
	buf_cut(&path, 0);
	buf_addf(&path, "%s/docs/" DOCUMENT, run_top("TOP_SRCDIR"));
	same = file_read(buf_cstr(&path), 1 << 20, &there, NULL) == 0 &&
	    slice_eq(buf_slice(&text), buf_slice(&there));
	if (!same)
		printf("# docs/" DOCUMENT " is another: `make conformance`\n");
	buf_free(&text);
	buf_free(&there);
	buf_free(&path);
	return same;
}

static bool
run_codes(struct run *r)
{
	struct buf	 missing = {0};
	bool		 none;

	report_missing(r->report, &missing);
	none = missing.len == 0;
	if (!none)
		printf("%s", buf_cstr(&missing));
	buf_free(&missing);
	return none;
}

int
main(void)
{
	struct run	 r = { .report = report_new(),
			    .only = getenv("SMDP_CASE") };

	setvbuf(stdout, NULL, _IOLBF, 0);
	log_init("conformance", LOG_ERROR);
	bench_pki_make();
	run_groups(&r);
	if (r.only == NULL) {
		run_tap(&r, run_codes(&r), "codes",
		    "every code of the standard has its case");
		run_tap(&r, run_document(&r), "document",
		    "docs/" DOCUMENT " is what this run found");
	}
	printf("1..%zu\n", r.n);
	bench_pki_remove();
	report_free(r.report);
	return r.failed;
}
