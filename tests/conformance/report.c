/* SPDX-License-Identifier: Apache-2.0 */
/* docs/conformance.md: what was asked, what was expected, what came. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/conformance/case.h"
#include "tests/conformance/number.h"

#define LINES	2000

struct line {
	const char	*function, *words;
	char		 code[16];	/* what JSON has, as "8.1/6.1" */
	bool		 asn1, same;
	struct buf	 want, got;
};

struct report {
	struct line	 line[LINES];
	size_t		 n, failed;
};

struct report *
report_new(void)
{
	return xcalloc(1, sizeof(struct report));
}

void
report_free(struct report *r)
{
	size_t	 i;

	for (i = 0; i < r->n; i++) {
		buf_free(&r->line[i].want);
		buf_free(&r->line[i].got);
	}
	free(r);
}

size_t
report_add(struct report *r, const char *function, const char *words,
    bool asn1, const char *code, struct slice want, struct slice got,
    bool same)
{
	struct line	*l = &r->line[r->n];

	if (r->n == LINES)
		bench_broken("report", "too many cases");
	l->function = function;
	l->words = words;
	snprintf(l->code, sizeof(l->code), "%.*s", (int)strcspn(code, ","),
	    code);
	l->asn1 = asn1;
	l->same = same;
	buf_set(&l->want, want);
	buf_set(&l->got, got);
	r->failed += !same;
	return ++r->n;
}

/* A cell: a bar in it would end it. */
static void
report_cell(struct buf *out, struct slice s)
{
	size_t	 i;

	buf_add_str(out, " ");
	for (i = 0; i < s.len; i++) {
		if (s.p[i] == '|')
			buf_add_str(out, "\\");
		buf_add_u8(out, s.p[i]);
	}
	buf_add_str(out, " |");
}

static void
report_line(const struct line *l, size_t number, struct buf *out)
{
	struct buf	 words = {0};

	buf_addf(out, "| %zu | %s |", number, l->function);
	buf_addf(&words, "%s%s", l->words, l->asn1 ? " (ASN.1)" : "");
	report_cell(out, buf_slice(&words));
	report_cell(out, buf_slice(&l->want));
	if (l->same)
		buf_add_str(out, " passed |\n");
	else {
		buf_add_str(out, " FAILED:");
		report_cell(out, buf_slice(&l->got));
		buf_add_str(out, "\n");
	}
	buf_free(&words);
}

/* The numbers of the cases that end in this code; how many. */
static size_t
report_of(const struct report *r, const struct number *c, bool asn1,
    struct buf *out)
{
	size_t	 i, n = 0;

	for (i = 0; i < r->n; i++) {
		if (r->line[i].asn1 != asn1 ||
		    strcmp(r->line[i].function, c->function) != 0 ||
		    strcmp(r->line[i].code, c->code) != 0)
			continue;
		buf_addf(out, "%s%zu", n++ == 0 ? "" : ", ", i + 1);
	}
	return n;
}

static void
report_codes(const struct report *r, struct buf *out)
{
	size_t	 i;

	buf_add_str(out, "\n## The codes of ES9+ and their cases\n"
	    "| function | code | ASN.1 | cases (JSON) | cases (ASN.1) |\n"
	    "|---|---|---|---|---|\n");
	for (i = 0; i < numbers_n; i++) {
		buf_addf(out, "| %s | %s | %d | ", numbers[i].function,
		    numbers[i].code, numbers[i].error);
		report_of(r, &numbers[i], false, out);
		buf_add_str(out, " | ");
		report_of(r, &numbers[i], true, out);
		buf_add_str(out, " |\n");
	}
}

void
report_missing(struct report *r, struct buf *out)
{
	struct buf	 none = {0};
	size_t		 i;

	for (i = 0; i < numbers_n; i++) {
		if (report_of(r, &numbers[i], false, &none) == 0)
			buf_addf(out, "# no case of %s answers %s\n",
			    numbers[i].function, numbers[i].code);
		if (report_of(r, &numbers[i], true, &none) == 0)
			buf_addf(out, "# no case of %s answers %s in ASN.1\n",
			    numbers[i].function, numbers[i].code);
	}
	buf_free(&none);
}

void
report_text(struct report *r, struct buf *out)
{
	size_t	 i;

	buf_addf(out, "# Conformance of ES9+\n\n"
	    "Made by `make conformance`; `make check` fails when this is not "
	    "what it finds.\nEvery case goes through the binding, request "
	    "bytes in and answer bytes out, with\nthe virtual eUICC as the "
	    "other side, and stands in `tests/conformance/`. A code\nis "
	    "subject/reason of SGP.22 5.2.6; in the ASN.1 binding it is an "
	    "error number\n(6.6.2). After the answer come facts of the store "
	    "that must hold as well. Every\nJSON answer is also checked to "
	    "have exactly the members of the standard.\n\n"
	    "%zu cases: %zu passed, %zu failed.\n\n"
	    "| | function | case | expected | result |\n"
	    "|---|---|---|---|---|\n", r->n, r->n - r->failed, r->failed);
	for (i = 0; i < r->n; i++)
		report_line(&r->line[i], i + 1, out);
	report_codes(r, out);
}
