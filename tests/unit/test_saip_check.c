/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_saip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"

/*
 * Packages as text: hex digits, blanks for the eye, and a value between
 * brackets gets its length before it: A0[8101 05].
 */
#define HEADER	"A0[80[02] 81[03] 83[89000123456789012341]"		\
		"A5[8100] A6[06[2A03]]]"
#define ICCID	"A4[83[98001032547698103214]]"
#define MF	"B0[A0[8101 01] A2[A1[8B[2F0601] C6[01]]]" ICCID "]"
#define USIM	"B3[A0[8101 02] A3[83[080910101032 540636]]]"
#define END	"AA[A0[8101 03]]"

/* The value that began at `at` is whole: put its length before it. */
static void
close_value(struct buf *b, size_t at)
{
	struct buf	 t = {0};

	der_add(&t, 0x30, slice_of(b->p + at, b->len - at));
	buf_cut(b, at);
	buf_add(b, t.p + 1, t.len - 1);
	buf_free(&t);
}

static void
add_text(struct buf *b, const char *text)
{
	size_t	 open[32], n = 0;
	char	 pair[3] = "";

	for (; *text != '\0'; text++) {
		if (*text == ' ')
			continue;
		if (*text == '[')
			open[n++] = b->len;
		else if (*text == ']')
			close_value(b, open[--n]);
		else {
			memcpy(pair, text++, 2);
			unit_hex(pair, b);
		}
	}
}

/* As small as the rules allow. */
static void
small(struct buf *out)
{
	add_text(out, HEADER);
	add_text(out, MF);
	add_text(out, USIM);
	add_text(out, END);
}

/* The package of these parts is refused with r and a reason that says so. */
static void
refused(int r, const char *reason, const char *const *parts, size_t n)
{
	struct saip_info info;
	struct why	 why = {{0}};
	struct buf	 b = {0};
	size_t		 i;
	int		 got;

	for (i = 0; i < n; i++)
		add_text(&b, parts[i]);
	got = saip_check(buf_slice(&b), &info, &why);
	if (got != r || strstr(why.text, reason) == NULL)
		printf("# got %d %s, want %d %s\n", got, why.text, r, reason);
	CU_ASSERT_EQUAL(got, r);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, reason));
	buf_free(&b);
}

#define REFUSED(r, reason, ...)						\
	refused(r, reason, (const char *const []){ __VA_ARGS__ },	\
	    sizeof((const char *const []){ __VA_ARGS__ }) /		\
	    sizeof(const char *))

static void
small_package(void)
{
	struct saip_info info;
	struct buf	 b = {0};

	small(&b);
	CU_ASSERT_EQUAL_FATAL(saip_check(buf_slice(&b), &info, NULL), 0);
	CU_ASSERT_STRING_EQUAL(info.iccid, "89000123456789012341");
	CU_ASSERT_STRING_EQUAL(info.imsi, "001010123456063");
	CU_ASSERT_EQUAL(info.major, 2);
	CU_ASSERT_EQUAL(info.minor, 3);
	CU_ASSERT_EQUAL(info.pes, 4);
	buf_free(&b);
}

/* What a header asks for; members that are none of one octet do not count. */
static void
needs(void)
{
	static const struct {
		const char	*header;
		unsigned	 minor;
		uint32_t	 services;
		int		 r;
	} cases[] = {
		{ HEADER, 3, 2, 0 },
		{ "A0[80[02] 81[00]]", 0, 0, 0 },
		{ "A0[80[02] 81[01] A5[]]", 1, 0, 0 },
		{ "A0[80[02] 81[01] A5[8000 8400 9E00]]", 1,
		    1U | 1U << 4 | 1U << 30, 0 },
		{ "A0[80[02] 81[01] A5[8100 9F1F00]]", 1, 2, 0 },
		{ "A0[80[02] 81[01] A5[8100 82]]", 0, 0, DPE_SYNTAX },
		{ "A0[81[01]]", 0, 0, DPE_SYNTAX },
		{ "A0[80[02] 81[0100]]", 0, 0, DPE_SYNTAX },
		{ "B0[80[02] 81[01]]", 0, 0, DPE_SYNTAX },
		{ "", 0, 0, DPE_SYNTAX },
	};
	struct saip_needs	 n;
	struct buf		 b = {0}, map = {0};
	size_t			 i;

	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&b, 0);
		add_text(&b, cases[i].header);
		CU_ASSERT_EQUAL(saip_needs(buf_slice(&b), &n), cases[i].r);
		CU_ASSERT_EQUAL(n.major, cases[i].r == 0 ? 2 : 0);
		CU_ASSERT_EQUAL(n.minor, cases[i].minor);
		CU_ASSERT_EQUAL(n.services, cases[i].services);
	}
	/* Our own: a USIM with Milenage. */
	buf_cut(&b, 0);
	test_saip_consumer(&b, &map);
	CU_ASSERT_EQUAL(saip_needs(buf_slice(&b), &n), 0);
	CU_ASSERT_EQUAL(n.services & 0x12, 0x12);
	buf_free(&b);
	buf_free(&map);
}

/* What EF.IMSI holds, with so many ways of writing it. */
static void
imsis(void)
{
	static const struct {
		const char	*file, *imsi;
	} cases[] = {
		{ "83[080910101032540636]", "001010123456063" },
		{ "83[08011010103254 76F8]", "00101012345678" },
		{ "83[0809] 83[10101032 540636]", "001010123456063" },
		{ "A1[] 83[08091010] 8201 02 83[540636]", "" },
		{ "8201 09 83[080910101032540636]", "" },
		{ "83[FFFFFFFFFFFFFFFFFF]", "" },
		{ "83[000000000000000000]", "" },
		{ "83[0109]", "" },
		{ "83[090910101032540636]", "" },
		{ "", "" },
	};
	struct saip_info info;
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		char	 usim[160];

		snprintf(usim, sizeof(usim), "B3[A0[8101 02] A3[%s]]",
		    cases[i].file);
		add_text(&b, HEADER MF);
		add_text(&b, usim);
		add_text(&b, END);
		CU_ASSERT_EQUAL(saip_check(buf_slice(&b), &info, NULL), 0);
		CU_ASSERT_STRING_EQUAL(info.imsi, cases[i].imsi);
		buf_free(&b);
	}
}

static void
order_of_elements(void)
{
	REFUSED(DPE_SYNTAX, "an empty package", "");
	REFUSED(DPE_SYNTAX, "element 0 (mf) at offset 0: the first must be",
	    MF, HEADER, END);
	REFUSED(DPE_SYNTAX, "element 2 (header) at offset 63: a second",
	    HEADER, MF, HEADER, END);
	REFUSED(DPE_SYNTAX, "a second mf", HEADER, MF,
	    "B0[A0[8101 09]" ICCID "]", END);
	REFUSED(DPE_SYNTAX, "no end element", HEADER, MF, USIM);
	REFUSED(DPE_SYNTAX, "no mf element", HEADER, USIM, END);
	REFUSED(DPE_SYNTAX, "comes after the end", HEADER, MF, END, USIM);
	REFUSED(DPE_SYNTAX, "comes after the end", HEADER, MF, END,
	    "AA[A0[8101 04]]");
}

static void
identifications(void)
{
	REFUSED(DPE_SYNTAX, "element 2 (usim) at offset 63: identification 1"
	    " is that of element 1 too", HEADER, MF, "B3[A0[8101 01]]", END);
	REFUSED(DPE_RANGE, "not in 0..32767", HEADER, MF,
	    "B3[A0[81[008000]]]", END);
	REFUSED(DPE_SYNTAX, "no PEHeader", HEADER, MF, "B3[]", END);
	REFUSED(DPE_SYNTAX, "no PEHeader", HEADER, MF, "B3[A0[]]", END);
	REFUSED(DPE_SYNTAX, "no PEHeader", HEADER, MF, "B3[A1[8101 05]]",
	    END);
	REFUSED(DPE_SYNTAX, "no PEHeader", HEADER, MF,
	    "B3[A0[80[00] 8101 05]]", END);
	REFUSED(DPE_SYNTAX, "no PEHeader", HEADER, MF, "B3[A0[8101 FF]]",
	    END);
	REFUSED(DPE_SYNTAX, "no PEHeader", HEADER, MF, "B3[A0[8102 0005]]",
	    END);
}

static void
tags_and_lengths(void)
{
	REFUSED(DPE_SYNTAX, "element 2 at offset 63: tag C0 is not", HEADER,
	    MF, "C0[A0[8101 05]]", END);
	REFUSED(DPE_SYNTAX, "tag BF22 is not", HEADER, MF,
	    "BF22[A0[8101 05]]", END);
	REFUSED(DPE_SYNTAX, "tag 30 is not", "30[]");
	REFUSED(DPE_SYNTAX, "element 2 at offset 63: not a whole TLV", HEADER,
	    MF, "B38105 A0038101 05", END);
	REFUSED(DPE_SYNTAX, "not a whole TLV", HEADER, MF,
	    "B380 A0038101 05 0000", END);
	REFUSED(DPE_SYNTAX, "not a whole TLV", HEADER, MF,
	    "B384FFFFFFFF A0038101 05", END);
	REFUSED(DPE_SYNTAX, "element 2 (usim) at offset 63: no whole TLV at"
	    " offset 72", HEADER, MF, "B3[A0[8101 05] A3[83 09 00]]", END);
}

/* Nesting up to the bound, one more, and far more. */
static void
nesting(void)
{
	static const int depths[] = { 1, LIM_DER_DEPTH - 1, LIM_DER_DEPTH,
	    LIM_DER_DEPTH + 1, 20000 };
	struct saip_info info;
	struct buf	 b = {0}, deep = {0};
	size_t		 i, at;
	int		 k, r;

	for (i = 0; i < NELEM(depths); i++) {
		add_text(&b, HEADER MF);
		at = b.len;
		for (k = 0; k < depths[i]; k++)
			der_wrap(&b, at, 0xa3);
		r = depths[i] > LIM_DER_DEPTH ? DPE_RANGE : 0;
		buf_set(&deep, slice_of(b.p + at, b.len - at));
		buf_cut(&b, at);
		add_text(&b, "A0[8101 05]");
		buf_add_slice(&b, buf_slice(&deep));
		der_wrap(&b, at, 0xb5);
		add_text(&b, END);
		CU_ASSERT_EQUAL(saip_check(buf_slice(&b), &info, NULL), r);
		buf_free(&b);
	}
	buf_free(&deep);
}

static void
iccids(void)
{
	REFUSED(DPE_RANGE, "element 1 (mf) at offset 30: EF.ICCID differs",
	    HEADER, "B0[A0[8101 01] A4[83[98001032547698103215]]]", END);
	REFUSED(DPE_SYNTAX, "no contents of EF.ICCID", HEADER,
	    "B0[A0[8101 01]]", END);
	REFUSED(DPE_SYNTAX, "no contents of EF.ICCID", HEADER,
	    "B0[A0[8101 01] A4[A1[80[0A]]]]", END);
	REFUSED(DPE_RANGE, "EF.ICCID is not 19 or 20", HEADER,
	    "B0[A0[8101 01] A4[83[98001032547698]]]", END);
	REFUSED(DPE_RANGE, "iccid is not 19 or 20",
	    "A0[8001 02 8101 03 83[8900012345678901]]", MF, END);
	REFUSED(DPE_SYNTAX, "no iccid", "A0[8001 02 8101 03]", MF, END);
	REFUSED(DPE_RANGE, "version 4.0 is not known",
	    "A0[8001 04 8101 00 83[89000123456789012341]]", MF, END);
	REFUSED(DPE_SYNTAX, "no version",
	    "A0[8001 02 83[89000123456789012341]]", MF, END);
}

/* Nothing short of the whole is taken for a package. */
static void
cut_anywhere(void)
{
	struct saip_info info;
	struct buf	 b = {0}, map = {0}, part = {0};
	size_t		 n;

	test_saip_consumer(&b, &map);
	CU_ASSERT_EQUAL(saip_check(buf_slice(&b), &info, NULL), 0);
	for (n = 0; n < b.len; n++) {
		buf_set(&part, slice_of(b.p, n));
		CU_ASSERT_NOT_EQUAL(saip_check(buf_slice(&part), &info, NULL),
		    0);
		buf_free(&part);	/* so that overreads are seen */
	}
	buf_free(&b);
	buf_free(&map);
}

/* The generated package without its element i, or with it twice. */
static void
without_and_twice(void)
{
	struct saip_info info;
	struct buf	 b = {0}, map = {0}, part = {0};
	struct slice	 rest;
	struct der	 d;
	size_t		 at, i = 0;
	int		 r;

	test_saip_consumer(&b, &map);
	for (rest = buf_slice(&b); rest.len > 0; i++) {
		CU_ASSERT_EQUAL_FATAL(der_next(&rest, &d), 0);
		at = (size_t)(d.raw.p - b.p);
		buf_set(&part, slice_of(b.p, at));
		buf_add_slice(&part, rest);
		r = saip_check(buf_slice(&part), &info, NULL);
		if (d.tag == 0xa0 || d.tag == 0xb0 || d.tag == 0xaa)
			CU_ASSERT_EQUAL(r, DPE_SYNTAX)
		else
			CU_ASSERT_EQUAL(r, 0)
		buf_set(&part, slice_of(b.p, at + d.raw.len));
		buf_add_slice(&part, d.raw);
		buf_add_slice(&part, rest);
		CU_ASSERT_EQUAL(saip_check(buf_slice(&part), &info, NULL),
		    DPE_SYNTAX);
		buf_free(&part);
	}
	CU_ASSERT_EQUAL(i, 15);
	buf_free(&b);
	buf_free(&map);
}

/* Any byte changed to any of some values: an answer, never a crash. */
static void
damaged(void)
{
	static const uint8_t	 marks[] = { 0x00, 0x7f, 0x80, 0x84, 0xff };
	struct saip_info info;
	struct buf	 b = {0}, map = {0};
	size_t		 i, k, refused = 0;
	uint8_t		 was;
	int		 r;

	test_saip_consumer(&b, &map);
	for (i = 0; i < b.len; i++) {
		was = b.p[i];
		for (k = 0; k < sizeof(marks); k++) {
			b.p[i] = marks[k];
			r = saip_check(buf_slice(&b), &info, NULL);
			CU_ASSERT(r == 0 || r == DPE_SYNTAX || r == DPE_RANGE);
			refused += r != 0;
			r = saip_patch_check(buf_slice(&b), buf_slice(&map),
			    NULL);
			CU_ASSERT(r == 0 || r == DPE_SYNTAX);
		}
		b.p[i] = was;
	}
	CU_ASSERT(refused > 1000);
	buf_free(&b);
	buf_free(&map);
}

static void
too_long(void)
{
	struct saip_info info;
	struct why	 why;
	struct buf	 b = {0};

	memset(buf_grow(&b, LIM_UPP + 1), 0, LIM_UPP + 1);
	CU_ASSERT_EQUAL(saip_check(buf_slice(&b), &info, &why), DPE_RANGE);
	buf_free(&b);
}

/* As many elements as allowed, and one more. */
static void
too_many(void)
{
	struct saip_info info;
	struct why	 why;
	struct buf	 b = {0};
	unsigned	 i;

	add_text(&b, HEADER MF);
	for (i = 2; i < LIM_PES; i++) {
		size_t	 at = b.len;

		der_add_uint(&b, 0x81, i);
		der_wrap(&b, at, 0xa0);
		der_wrap(&b, at, i + 1 < LIM_PES ? 0xb5 : 0xaa);
	}
	CU_ASSERT_EQUAL(saip_check(buf_slice(&b), &info, &why), 0);
	CU_ASSERT_EQUAL(info.pes, LIM_PES);
	add_text(&b, "AA[A0[8102 7FFF]]");
	CU_ASSERT_EQUAL(saip_check(buf_slice(&b), &info, &why), DPE_RANGE);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "more than 512 elements"));
	buf_free(&b);
}

static int	sample_failures;

static int
sample(void *arg, const char *name)
{
	struct saip_info info;
	struct why	 why = {{0}};
	struct buf	 path = {0}, b = {0};

	buf_addf(&path, "%s/%s", (const char *)arg, name);
	if (file_read(buf_cstr(&path), LIM_UPP, &b, &why) != 0 ||
	    saip_check(buf_slice(&b), &info, &why) != 0) {
		sample_failures++;
		printf("# %s: %s\n", name, why.text);
	}
	buf_free(&path);
	buf_free(&b);
	return 0;
}

/* Packages of others, where the machine has some. */
static void
samples(void)
{
	struct buf	 dir = {0};

	if (!unit_testdata("upp", &dir)) {
		buf_free(&dir);
		return;
	}
	CU_ASSERT_EQUAL(file_each(buf_cstr(&dir), ".der", sample,
	    buf_cstr(&dir), NULL), 0);
	CU_ASSERT_EQUAL(sample_failures, 0);
	buf_free(&dir);
}

const struct unit_case	test_saip_check_cases[] = {
	UNIT_CASE(small_package),
	UNIT_CASE(needs),
	UNIT_CASE(imsis),
	UNIT_CASE(order_of_elements),
	UNIT_CASE(identifications),
	UNIT_CASE(tags_and_lengths),
	UNIT_CASE(nesting),
	UNIT_CASE(iccids),
	UNIT_CASE(cut_anywhere),
	UNIT_CASE(without_and_twice),
	UNIT_CASE(damaged),
	UNIT_CASE(too_long),
	UNIT_CASE(too_many),
	UNIT_CASE(samples),
};
const size_t	test_saip_check_n = NELEM(test_saip_check_cases);
