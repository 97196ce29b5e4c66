/* SPDX-License-Identifier: Apache-2.0 */
/* Each rule has a package that breaks it, and one that does not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "server/saip/lint.h"
#include "server/saip/saip.h"
#include "tests/unit/test_lint.h"

/* Elements that the template has not. */
#define GFM(list)	"A005800081011F " list
#define APPLET	"AA ^ A828 A005800081011F A21F 301D 4F05A000000001" \
	" 4F05A000000002 4F05A000000003 820100 830107 C900"
#define PINS	"A21A A0058000810121 A111 A00F 300D 800101" \
	" 81083834393130373236"
#define ONES	"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
#define ZEROS	"0000000000000000000000000000000000"

/* Files of more octets than a card spares. */
#define LARGE	"B3/AA/A1/80 = 7FB0;"
#define BIG	LARGE " B3/A9/A1/80 = 7FFE; B3/AB/A1/80 = 7FDE;"	\
	" B4/A7/A1/80 = 7FF8; B3/B9/A1/80 = 7FD0"

static const struct {
	unsigned	 rule;
	const char	*edit;		/* of the whole package */
} broken[] = {
	{ 1, "$ A0" },
	{ 2, "A4/A1 ~ A103020101" },
	{ 3, "AA -" },
	{ 4, "B0 -" },
	{ 5, "A3/A0/81 = 01" },
	{ 6, "B3 -" },
	{ 7, "AA ^ B60F A005800081011F 810667810F010209" },
	{ 8, "AA ^ BA0F A005800081011F 810667810F01020B" },
	{ 9, "B3 ^ A435 A005800081011F A12C A12A 800101 810101"
	    " 8210000102030405060708090A0B0C0D0E0E"
	    " 8310000102030405060708090A0B0C0D0E0F" },
	{ 10, "A4 -" },
	{ 11, "B0 ^ " PINS },
	{ 12, "A2 + " PINS },
	{ 13, "A0 < 8F0101" },
	{ 14, "A7/A0/80 -" },
	{ 15, "B0 ^ A10D A005800081011F A104 3002 8000" },
	{ 20, "A0/80 = 04" },
	{ 22, "A0/83 + 840100" },
	{ 23, "B0/A4/83 = 98990901000000001021" },
	{ 24, "A0/83 = 8999901000000000014F;"
	    " B0/A4/83 = 989909010000000010F4" },
	{ 25, "A0/A5 = 810082008400" },
	{ 26, "A0/A5 = 8400" },
	{ 27, "A0/A5 = 8100" },
	{ 28, APPLET },
	{ 29, "A0/A6 = 060667810F010201" },
	{ 30, "A0/A6 < 060667810F010202" },
	{ 31, "B8/81 = 67810F010208" },
	{ 32, "B3/81 = 67810F01020402" },
	{ 40, "B3/A3/83 = 00112233445566778899" },
	{ 41, "B3/A3/A1/82 = 7F21" },
	{ 42, "B0/A5/A1/80 -" },
	{ 43, "AA ^ A114 A005800081011F A10B 3009 6207 82024121 800105" },
	{ 44, "B3/A5/A1/83 = 6F07" },
	{ 45, "B3/A3/83 -" },
	{ 46, "B3/A9/A1/80 = 0105" },
	{ 47, "B3/AA/A1/80 = 8010" },
	{ 48, "B3/A3/A1/8B = 6F0620" },
	{ 49, "B3/A3/A1 < 880120" },
	{ 50, "B3/A3/A1 < 8801F8" },
	{ 51, "B3/A2/A1/84 -" },
	{ 52, "AA ^ A12D A005800081011F A124 3022 6220 82027821 83027FD1"
	    " 840CA0000000871002FFFFFFFF89 8B032F060E C60381010A" },
	{ 53, "B0/A5/83 = 610E4F0CA0000000871002FFFFFFFF88" },
	{ 54, "AA ^ A10F A005800081011F A106 3004 80027F99" },
	{ 55, "B3/A3/83 = 000910101010101010" },
	{ 56, "B3/A4/A1/80 = 01EF; B3/A3/A1/8B = 6F060F" },
	{ 60, "B3/A3/83 = 000910101010101010" },
	{ 61, "B3/B2/83 = 0001" },
	{ 62, "B3/B5/83 = 00000001" },
	{ 63, "B3/B5/83 = 80000002" },
	{ 64, "B3/A8/83 = " ZEROS },
	{ 65, "B3/A8/83 = " ONES },
	{ 66, "B3/A8/83 = " ZEROS },
	{ 67, "BC/A9/83 = A0020001A100" },
	{ 70, "A3/A1/30/81 = 3132333435363741" },
	{ 71, "A2/A1/A0/30/81 = 41424344FFFFFFFF" },
	{ 72, "A2/A1/A0/30/80 = 20" },
	{ 73, "A2/A1/A0/30#1/80 = 01" },
	{ 74, "A2/A1/A0/30#1/84 = 0A" },
	{ 75, "A2/A1/A0/30/82 = 03" },
	{ 76, "A2/A1/A0/30/80 = 02" },
	{ 77, "A3/A1/30/81 = 3131313131313131" },
	{ 80, "A4/A1/A1/80 = 09" },
	{ 81, "A4/A1/A1/82 = 0102" },
	{ 82, "A4/A1/A1/83 = 0102" },
	{ 84, "A4 < A5080406000000000000" },
	{ 85, "A4/A1 ~ A10CA00A8001068105A000000099" },
	{ 86, "A4/A1/A1/82 = 000102030405060708090A0B0C0D0E0F" },
	{ 90, "A6 -" },
	{ 91, "A6/A2/30/30/30/86 = 0102" },
	{ 92, "A6/A2/30/83 = 80" },
	{ 93, "A6/A2/30#1/82 = 01" },
	{ 94, "A7#1/A0#1/04 = B00120" },
	{ 95, "A7#1/30/80 = A0000000871002FFFFFFFF88" },
	{ 96, "A7/81 = 00" },
	{ 98, APPLET },
	{ 99, "AA ^ A812 A005800081011F A109 4F05A000000001 C400" },
	{ 100, "B3/A9 ^ AA03 8301FF" },
	{ 101, "B3/A7 - ; B3/AE -" },
	{ 102, "B8 < A70D A10B 82024121 83024F99 800101" },
	{ 103, "B3/B3/A1/83 = 6F7A" },
	{ 104, "B3/B3/A1/82 = 42210004" },
	{ 105, "B8/A2/A1/C6 -" },
	{ 106, "B3/B1/A1/A5 ~ A503 C00100" },
	{ 107, "B3/A7/83 ~ 820105" },
	{ 108, "B3/B6/83 + 82020000 8300" },
	{ 109, "A3/A1/30 < 820200AA" },
	{ 109, "B3/A7/A1/83 + 8A0105" },
	{ 110, "B3/B3/A1/82 = 7921" },
	{ 111, BIG },
	{ 112, "B4/B1/83 = 00F1200800" },
	{ 112, "B4/BF3A/83 = 62F210" },
	{ 113, "B3/B5/83 = 00000003" },
	{ 114, "B3/A3/83 = 080110101010101036" },
	{ 115, "B3/A8/83 = 020A1C0C03060000400010000000001600" },
	{ 116, "A6/A1/EA -" },
	{ 117, "A7/A0#1 -" },
	{ 118, "A7/4F + 4F05A000000099" },
	{ 119, "B3/A3/A1 < C60101" },
	{ 119, "B8/A2/A1/8B + 800101" },
	{ 119, "B3/A3/A1 < 88010C" },
	{ 120, "B3/B3/A1/80 - ; B3/B3/A1 < C7027F99" },
	{ 121, "B3/B9 < 830100" },
	{ 122, "A6/A1/82 = 82DC0000" },
	{ 123, "A7/04 = 0001" },
	{ 124, "A6/A3 -" },
};

static size_t
findings(const struct lint *l, unsigned rule)
{
	size_t	 i, n = 0;

	for (i = 0; i < l->n; i++)
		n += l->found[i].rule->number == rule;
	return n;
}

static void
tell(const struct lint *l, const char *what)
{
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < l->n; i++) {
		buf_cut(&b, 0);
		lint_text(&l->found[i], &b);
		printf("# %s: %s\n", what, buf_cstr(&b));
	}
	buf_free(&b);
}

/* Contents by a pattern of the Fcp are contents. */
void
lint_of_a_pattern(void)
{
	struct buf	 upp = {0}, map = {0};
	struct lint	 l;

	lint_package(&upp, &map);
	lint_edit(&upp, "B3/AE/83 -; B3/AE/A1 < A503C10100");
	saip_lint(buf_slice(&upp), &l);
	CU_ASSERT_EQUAL(findings(&l, 2), 0);
	CU_ASSERT_EQUAL(findings(&l, 45), 0);
	lint_free(&l);
	buf_cut(&upp, 0);
	buf_cut(&map, 0);
	lint_package(&upp, &map);
	lint_edit(&upp, "B3/AE/83 -");
	saip_lint(buf_slice(&upp), &l);
	CU_ASSERT_EQUAL(findings(&l, 45), 1);
	lint_free(&l);
	buf_free(&upp);
	buf_free(&map);
}

/* What passes them all. */
void
lint_of_a_template(void)
{
	struct buf	 upp = {0}, map = {0};
	struct lint	 l;
	size_t		 i;

	for (i = 0; saip_templates[i] != NULL; i++) {
		lint_package_of(saip_templates[i], &upp, &map);
		saip_lint(buf_slice(&upp), &l);
		tell(&l, saip_templates[i]);
		/* The applet is the card's, which is said. */
		CU_ASSERT_EQUAL(l.n,
		    strcmp(saip_templates[i], "iot-safe") == 0);
		CU_ASSERT_EQUAL(l.count[LINT_ERROR], 0);
		lint_free(&l);
		buf_free(&upp);
		buf_free(&map);
	}
}

static void
breaks(unsigned rule, const char *edit)
{
	struct buf	 upp = {0}, map = {0}, text = {0};
	struct lint	 l;

	lint_package(&upp, &map);
	lint_edit(&upp, edit);
	saip_lint(buf_slice(&upp), &l);
	buf_addf(&text, "%u by %s", rule, edit);
	if (findings(&l, rule) == 0) {
		CU_FAIL("a rule that does not see what breaks it");
		printf("# not seen: %s\n", buf_cstr(&text));
		tell(&l, "instead");
	}
	lint_free(&l);
	buf_free(&text);
	buf_free(&upp);
	buf_free(&map);
}

void
lint_each_rule(void)
{
	size_t	 i, k;

	for (i = 0; i < NELEM(broken); i++)
		breaks(broken[i].rule, broken[i].edit);
	for (i = 0; i < lint_rule_count(); i++) {
		for (k = 0; k < NELEM(broken); k++)
			if (broken[k].rule == lint_rule_at(i)->number)
				break;
		if (k == NELEM(broken))
			printf("# rule %u\n", lint_rule_at(i)->number);
		CU_ASSERT_TRUE(k < NELEM(broken));
		CU_ASSERT_TRUE(i == 0 || lint_rule_at(i)->number >
		    lint_rule_at(i - 1)->number);
	}
}

/* docs/profile-check.md: a line for each rule, and no other. */
void
lint_page(void)
{
	const char		*top = getenv("TOP_SRCDIR"), *p;
	const struct lint_rule	*r;
	struct buf		 path = {0}, page = {0}, line = {0};
	struct why		 why;
	size_t			 i, lines = 0;

	buf_addf(&path, "%s/docs/profile-check.md", top == NULL ? "." : top);
	CU_ASSERT_EQUAL_FATAL(file_read(buf_cstr(&path), LIM_UPP, &page, &why),
	    0);
	for (i = 0; i < lint_rule_count(); i++) {
		r = lint_rule_at(i);
		buf_cut(&line, 0);
		buf_addf(&line, "\n| %u | %s | %s |\n", r->number,
		    lint_severity_name(r->severity), r->what);
		if (strstr(buf_cstr(&page), buf_cstr(&line)) == NULL) {
			CU_FAIL("a rule that the page has not");
			printf("#%s", buf_cstr(&line));
		}
	}
	for (p = buf_cstr(&page); (p = strstr(p, "\n| ")) != NULL; p++)
		lines += p[3] >= '1' && p[3] <= '9';
	CU_ASSERT_EQUAL(lines, lint_rule_count());
	buf_free(&path);
	buf_free(&page);
	buf_free(&line);
}

/* Where, what and why, in a line for people. */
void
lint_says_where(void)
{
	struct buf	 upp = {0}, map = {0}, text = {0};
	struct lint	 l;

	lint_package(&upp, &map);
	lint_edit(&upp, "B3/B2/83 = 0001");
	saip_lint(buf_slice(&upp), &l);
	CU_ASSERT_EQUAL_FATAL(l.n, 1);
	CU_ASSERT_EQUAL(l.count[LINT_WARNING], 1);
	CU_ASSERT_EQUAL(l.count[LINT_ERROR], 0);
	lint_text(&l.found[0], &text);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&text), "element 5 usim "
	    "(offset "));
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&text), "), 3F00/7FD0/6F78 "
	    "EF.ACC: warning 61: 0001 is not the class of an IMSI that ends "
	    "in 3"));
	lint_free(&l);
	buf_free(&text);
	buf_free(&upp);
	buf_free(&map);
}

static int	errors_of_others;

static int
lint_of_one(void *dir, const char *name)
{
	struct buf	 path = {0}, b = {0};
	struct lint	 l;
	struct why	 why;
	size_t		 i;

	buf_addf(&path, "%s/%s", (const char *)dir, name);
	CU_ASSERT_EQUAL_FATAL(file_read(buf_cstr(&path), LIM_UPP, &b, &why),
	    0);
	saip_lint(buf_slice(&b), &l);
	if (l.count[LINT_ERROR] > 0) {
		errors_of_others++;
		tell(&l, name);
	}
	/* Their K is a known one, and the linter has to see that. */
	for (i = 0; i < l.n && l.found[i].rule->number != 86; i++)
		;
	CU_ASSERT_TRUE(i < l.n);
	lint_free(&l);
	buf_free(&path);
	buf_free(&b);
	return 0;
}

void
lint_of_others(void)
{
	struct buf	 dir = {0};

	if (!unit_testdata("upp", &dir)) {
		buf_free(&dir);
		return;
	}
	CU_ASSERT_EQUAL(file_each(buf_cstr(&dir), ".der", lint_of_one,
	    buf_cstr(&dir), NULL), 0);
	CU_ASSERT_EQUAL(errors_of_others, 0);
	buf_free(&dir);
}
