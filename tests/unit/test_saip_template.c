/* SPDX-License-Identifier: Apache-2.0 */
/* Is what the template makes consistent in itself? */
#include "tests/unit/test_saip.h"

#include <stdio.h>
#include <string.h>

/* Elements that hold files: their tags, and the arcs of their templates. */
static const struct {
	const char	*tag;
	uint8_t		 template;
} file_elements[] = {
	{ "B0", 1 }, { "B2", 3 }, { "B3", 4 }, { "B4", 5 }, { "B8", 7 },
	{ "BC", 13 }
};
#define FILE_ELEMENTS	NELEM(file_elements)

static void
header_lists_what_is_used(void)
{
	struct buf	 b = {0}, map = {0};
	struct saip_info info;
	struct slice	 list;
	struct der	 d, oid;
	size_t		 i;

	test_saip_consumer(&b, &map);
	CU_ASSERT_EQUAL_FATAL(saip_check(buf_slice(&b), &info, NULL), 0);
	CU_ASSERT_EQUAL(info.major, 2);
	CU_ASSERT_EQUAL(info.minor, 3);
	CU_ASSERT_EQUAL(info.pes, 15);
	unit_same("profileType", test_saip_at(buf_slice(&b), 0,
	    "A0/82").value, slice_str("consumer"));
	unit_same("services", test_saip_at(buf_slice(&b), 0, "A0/A5").value,
	    slice_of("\x81\0\x84\0", 4));
	list = test_saip_at(buf_slice(&b), 0, "A0/A6").value;
	for (i = 0; i < FILE_ELEMENTS; i++) {
		char	 path[8];

		snprintf(path, sizeof(path), "%s/81", file_elements[i].tag);
		d = test_saip_at(buf_slice(&b), 0, path);
		CU_ASSERT_EQUAL_FATAL(d.value.len, 6);
		CU_ASSERT_EQUAL(memcmp(d.value.p, "\x67\x81\x0f\1\2", 5), 0);
		CU_ASSERT_EQUAL(d.value.p[5], file_elements[i].template);
		CU_ASSERT_EQUAL_FATAL(der_expect(&list, 6, &oid), 0);
		unit_same("template", oid.value, d.value);
	}
	CU_ASSERT_EQUAL(list.len, 0);
	buf_free(&b);
	buf_free(&map);
}

/* Call fn for every File of every element: its element, its member. */
static void
each_file(struct slice upp, void (*fn)(struct slice upp, const char *pe,
    const struct der *file))
{
	struct slice	 in;
	struct der	 d;
	size_t		 i;

	for (i = 0; i < FILE_ELEMENTS; i++) {
		in = test_saip_at(upp, 0, file_elements[i].tag).value;
		CU_ASSERT_EQUAL_FATAL(der_expect(&in, 0xa0, &d), 0);
		CU_ASSERT_EQUAL_FATAL(der_expect(&in, 0x81, &d), 0);
		while (in.len > 0) {
			CU_ASSERT_EQUAL_FATAL(der_next(&in, &d), 0);
			fn(upp, file_elements[i].tag, &d);
		}
	}
}

static size_t
number(struct slice s)
{
	size_t	 v = 0, i;

	for (i = 0; i < s.len; i++)
		v = v << 8 | s.p[i];
	return v;
}

/* Sizes, and that the contents stay inside. */
static void
file_fits(struct slice upp, const char *pe, const struct der *file)
{
	struct der	 fcp, size, desc, d;
	struct slice	 rest = file->value;
	size_t		 at = 0, all;

	(void)upp;
	(void)pe;
	CU_ASSERT_EQUAL_FATAL(der_expect(&rest, 0xa1, &fcp), 0);
	if (der_find(fcp.value, 0x80, &size) != 0) {	/* MF, DF, ADF */
		CU_ASSERT_EQUAL(rest.len, 0);
		CU_ASSERT_EQUAL(der_find(fcp.value, 0xc6, &d), 0);
		return;
	}
	all = number(size.value);
	CU_ASSERT(all > 0 && size.value.p[0] != 0);
	CU_ASSERT_EQUAL_FATAL(der_find(fcp.value, 0x82, &desc), 0);
	if (desc.value.p[0] == 0x42) {
		CU_ASSERT_EQUAL_FATAL(desc.value.len, 4);
		CU_ASSERT_EQUAL(all % number(slice_sub(desc.value, 2, 2)), 0);
	}
	while (rest.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&rest, &d), 0);
		CU_ASSERT(d.tag == 0x82 || d.tag == 0x83);
		at += d.tag == 0x82 ? number(d.value) : d.value.len;
	}
	CU_ASSERT(at <= all);
}

/* Record n of the EF.ARR in this element, as far as it is not FF. */
static struct slice
arr_record(struct slice upp, const char *path, size_t n)
{
	struct slice	 in = test_saip_at(upp, 0, path).value;
	struct der	 d;
	size_t		 at = 0;

	while (in.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&in, &d), 0);
		if (d.tag == 0x82)
			at += number(d.value);
		if (d.tag != 0x83)
			continue;
		if (at == 33 * (n - 1))
			return d.value;
		at += d.value.len;
	}
	return slice_of(NULL, 0);
}

/* The access rule is there and allows something. */
static void
rule_exists(struct slice upp, const char *pe, const struct der *file)
{
	struct slice	 fcp = file->value, rule;
	struct der	 d, ref;
	const char	*arr;

	CU_ASSERT_EQUAL_FATAL(der_expect(&fcp, 0xa1, &d), 0);
	CU_ASSERT_EQUAL_FATAL(der_find(d.value, 0x8b, &ref), 0);
	CU_ASSERT_EQUAL_FATAL(ref.value.len, 3);
	if (ref.value.p[0] == 0x2f)
		arr = "B0/A6";
	else
		arr = strcmp(pe, "B2") == 0 ? "B2/A3" : "B3/A4";
	CU_ASSERT_EQUAL(ref.value.p[1], 6);
	rule = arr_record(upp, arr, ref.value.p[2]);
	CU_ASSERT(rule.len > 5);	/* 80 01 xx 97 00 is "never" */
	CU_ASSERT(rule.len <= 33);
	while (rule.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&rule, &d), 0);
		CU_ASSERT(d.tag == 0x80 || d.tag == 0x84);
		CU_ASSERT_EQUAL_FATAL(der_next(&rule, &d), 0);
		CU_ASSERT(d.tag == 0x90 || d.tag == 0x97 || d.tag == 0xa4);
	}
}

static void
files_are_sound(void)
{
	struct buf	 b = {0}, map = {0};

	test_saip_consumer(&b, &map);
	each_file(buf_slice(&b), file_fits);
	each_file(buf_slice(&b), rule_exists);
	buf_free(&b);
	buf_free(&map);
}

/* TS 31.102 4.2.8: what a service needs, and that nothing else is set. */
static void
services_and_files(void)
{
	static const struct {
		unsigned	 service;
		const char	*file;	/* NULL: has none */
	} needs[] = {
		{ 2, "B3/A9" }, { 10, "B3/AA" }, { 10, "B3/AC" },
		{ 12, "B3/AB" }, { 19, "B3/AD" }, { 20, "B4/AF" },
		{ 21, "B4/A7" }, { 27, "B8/A3" }, { 28, NULL }, { 33, NULL },
		{ 34, "B3/AE" }, { 42, "B4/B0" }, { 43, "B4/B1" },
		{ 71, "B4/BF3A" }, { 85, "B3/B8" }, { 85, "B3/B9" },
		{ 122, "BC/A3" }, { 122, "BC/A4" }, { 122, "BC/A5" },
		{ 122, "BC/A6" }, { 123, "BC/A7" }, { 124, "BC/A9" },
		{ 124, "BC/AC" }
	};
	struct buf	 b = {0}, map = {0};
	uint8_t		 want[17] = {0};
	size_t		 i;

	test_saip_consumer(&b, &map);
	for (i = 0; i < NELEM(needs); i++) {
		want[(needs[i].service - 1) / 8] |=
		    (uint8_t)(1u << (needs[i].service - 1) % 8);
		if (needs[i].file != NULL)
			test_saip_at(buf_slice(&b), 0, needs[i].file);
	}
	unit_same("EF.UST", test_saip_at(buf_slice(&b), 0, "B3/A8/83").value,
	    slice_of(want, sizeof(want)));
	buf_free(&b);
	buf_free(&map);
}

static void
codes(void)
{
	struct buf	 b = {0}, map = {0};
	struct slice	 puks, mf, usim;
	struct der	 d;

	test_saip_consumer(&b, &map);
	puks = test_saip_at(buf_slice(&b), 0, "A3/A1").value;
	mf = test_saip_at(buf_slice(&b), 0, "A2/A1/A0").value;
	usim = test_saip_at(buf_slice(&b), 1, "A2/A1/A0").value;
	test_saip_entry(puks, 0x80, 1);
	test_saip_entry(puks, 0x80, 129);
	d = test_saip_entry(mf, 0x80, 1);	/* off: bit 1 is clear */
	CU_ASSERT_EQUAL_FATAL(der_find(d.value, 0x83, &d), 0);
	CU_ASSERT_EQUAL(d.value.p[0] & 1, 0);
	d = test_saip_entry(mf, 0x80, 1);
	CU_ASSERT_EQUAL_FATAL(der_find(d.value, 0x82, &d), 0);
	CU_ASSERT_EQUAL(number(d.value), 1);
	d = test_saip_entry(usim, 0x80, 129);
	CU_ASSERT_EQUAL_FATAL(der_find(d.value, 0x82, &d), 0);
	CU_ASSERT_EQUAL(number(d.value), 129);
	d = test_saip_entry(mf, 0x80, 10);	/* ADM1 has no PUK */
	CU_ASSERT_NOT_EQUAL(der_find(d.value, 0x82, &d), 0);
	buf_free(&b);
	buf_free(&map);
}

static int
make(const char *spn, const char *plmn, struct buf *upp)
{
	struct saip_product p = { .profile_type = "t", .spn = spn,
	    .plmn = plmn };
	struct buf	 map = {0};
	int		 r;

	r = saip_template("consumer", &p, upp, &map, NULL);
	CU_ASSERT_EQUAL(r == 0, upp->len > 0);
	buf_free(&map);
	return r;
}

static void
provider_names(void)
{
	static const struct {
		const char	*spn, *file;
	} good[] = {
		{ "Blue 7", "02426C75652037FFFFFFFFFFFFFFFFFFFF" },
		{ "1234567890ABCDEF", "0231323334353637383930414243444546" },
		{ "caf\xc3\xa9", "028000630061006600E9FFFFFFFFFFFFFF" },
		{ "\xe2\x82\xac" "123456",
		    "028020AC003100320033003400350036FF" },
		{ "a_b", "0280" "0061005F0062" "FFFFFFFFFFFFFFFFFF" },
		{ "", "02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" },
		{ NULL, "02FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF" }
	};
	static const struct {
		const char	*spn;
		int		 r;
	} bad[] = {
		{ "1234567890ABCDEFG", DPE_RANGE },
		{ "\xe2\x82\xac" "1234567", DPE_RANGE },
		{ "1234567\xe2\x82\xac", DPE_RANGE },
		{ "\xe9t\xe9", DPE_SYNTAX }, { "a\xc3", DPE_SYNTAX },
		{ "\xc0\x80", DPE_SYNTAX }, { "\xed\xa0\x80", DPE_SYNTAX },
		{ "\xf0\x9f\x98\x80", DPE_SYNTAX }
	};
	struct buf	 b = {0}, want = {0};
	uint8_t		 ust;
	size_t		 i;

	for (i = 0; i < NELEM(good); i++) {
		CU_ASSERT_EQUAL_FATAL(make(good[i].spn, "001-01", &b), 0);
		unit_hex(good[i].file, &want);
		unit_same("EF.SPN", test_saip_at(buf_slice(&b), 0,
		    "B3/AD/83").value, buf_slice(&want));
		ust = test_saip_at(buf_slice(&b), 0, "B3/A8/83").value.p[2];
		CU_ASSERT_EQUAL((ust & 4) != 0,
		    good[i].spn != NULL && good[i].spn[0] != '\0');
		buf_free(&b);
		buf_free(&want);
	}
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_EQUAL(make(bad[i].spn, "001-01", &b), bad[i].r);
	buf_free(&b);
}

static void
home_networks(void)
{
	static const struct {
		const char	*plmn, *ad, *hplmn, *ehplmn;
	} cases[] = {
		{ "001-01", "00000002",
		    "00F110080000F110400000F110800000F1100080",
		    "00F110FFFFFFFFFFFFFFFFFFFFFFFF" },
		{ "310-410", "00000003",
		    "1300140800130014400013001480001300140080",
		    "130014FFFFFFFFFFFFFFFFFFFFFFFF" }
	};
	static const char *const bad[] = { "00101", "001-1", "001-0123", "",
	    "abc-01", NULL };
	struct buf	 b = {0}, want = {0};
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		CU_ASSERT_EQUAL_FATAL(make("x", cases[i].plmn, &b), 0);
		unit_hex(cases[i].ad, &want);
		unit_same("EF.AD", test_saip_at(buf_slice(&b), 0,
		    "B3/B5/83").value, buf_slice(&want));
		buf_cut(&want, 0);
		unit_hex(cases[i].hplmn, &want);
		unit_same("EF.HPLMNwAcT", test_saip_at(buf_slice(&b), 0,
		    "B4/B1/83").value, buf_slice(&want));
		buf_cut(&want, 0);
		unit_hex(cases[i].ehplmn, &want);
		unit_same("EF.EHPLMN", test_saip_at(buf_slice(&b), 0,
		    "B4/BF3A/83").value, buf_slice(&want));
		buf_free(&b);
		buf_free(&want);
	}
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_EQUAL(make("x", bad[i], &b), DPE_RANGE);
	buf_free(&b);
}

static void
names(void)
{
	struct saip_product p = { .profile_type = "t", .plmn = "001-01" };
	struct why	 why = {{0}};
	struct buf	 b = {0}, map = {0};
	char		 type[102];

	CU_ASSERT_EQUAL(saip_template("corporate", &p, &b, &map, &why),
	    DPE_NOTFOUND);
	CU_ASSERT_STRING_EQUAL(why.text, "no template corporate");
	CU_ASSERT_STRING_EQUAL(saip_templates[0], "consumer");
	CU_ASSERT_PTR_NULL(saip_templates[4]);
	p.profile_type = "";
	CU_ASSERT_EQUAL(saip_template("consumer", &p, &b, &map, &why),
	    DPE_RANGE);
	memset(type, 'a', sizeof(type));
	type[101] = '\0';
	p.profile_type = type;
	CU_ASSERT_EQUAL(saip_template("consumer", &p, &b, &map, &why),
	    DPE_RANGE);
	CU_ASSERT_EQUAL(b.len + map.len, 0);
	type[100] = '\0';
	CU_ASSERT_EQUAL(saip_template("consumer", &p, &b, &map, &why), 0);
	buf_free(&b);
	buf_free(&map);
}

const struct unit_case	test_saip_template_cases[] = {
	UNIT_CASE(header_lists_what_is_used),
	UNIT_CASE(files_are_sound),
	UNIT_CASE(services_and_files),
	UNIT_CASE(codes),
	UNIT_CASE(provider_names),
	UNIT_CASE(home_networks),
	UNIT_CASE(names),
};
const size_t	test_saip_template_n = NELEM(test_saip_template_cases);
