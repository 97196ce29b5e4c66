/* SPDX-License-Identifier: Apache-2.0 */
/* The built-in templates, and packages of others made into templates. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "server/saip/lint.h"
#include "server/saip/patch.h"
#include "server/saip/where.h"
#include "tests/unit/test_saip.h"
#include "tests/unit/unit.h"

#define ICCID	"89000123456789012341"
#define IMSI	"001010123456063"

static const struct saip_product product = { "t", "Example", "001-01" };

/* Something for each field of the set; IMSIs are IMSIs. */
static void
values_for(saip_set set, struct buf *v)
{
	uint8_t		 imsi[9], any[SAIP_VALUE_MAX];
	unsigned	 f;
	size_t		 n;

	CU_ASSERT_EQUAL_FATAL(saip_values_draw(&rnd_system, ICCID, IMSI, set,
	    v), 0);
	imsi_to_ef("001010123456077", imsi);
	for (f = 0; f < SAIP_FIELDS; f++) {
		if ((set & SAIP_BIT(f)) == 0 ||
		    saip_value(buf_slice(v), f).len != 0)
			continue;
		n = saip_field_size(f) != 0 ? saip_field_size(f) : 5;
		rnd_fill(&rnd_system, any, n);
		CU_ASSERT_EQUAL(saip_value_set(v, f, f == SAIP_IMSI2 ?
		    slice_of(imsi, 9) : slice_of(any, n)), 0);
	}
}

/* Every value at every place of the map, and no other octet is another. */
static void
compare(struct slice body, struct slice patch, struct slice values,
    struct slice upp)
{
	struct saip_places p;
	struct slice	 v;
	size_t		 i, k = 0;

	CU_ASSERT_EQUAL_FATAL(saip_patch_read(patch, &p), 0);
	CU_ASSERT_EQUAL_FATAL(body.len, upp.len);
	for (i = 0; i < p.n; i++) {
		v = saip_value(values, p.at[i].field);
		unit_same("between", slice_sub(body, k, p.at[i].offset - k),
		    slice_sub(upp, k, p.at[i].offset - k));
		unit_same(saip_field_name(p.at[i].field), slice_sub(upp,
		    p.at[i].offset, v.len), v);
		k = p.at[i].offset + p.at[i].len;
	}
	unit_same("behind", slice_sub(body, k, body.len),
	    slice_sub(upp, k, body.len));
}

static size_t
errors(const char *name, struct slice upp)
{
	struct lint	 l = { 0 };
	struct buf	 text = { 0 };
	size_t		 i, n = 0;

	saip_lint(upp, &l);
	for (i = 0; i < l.n; i++) {
		buf_cut(&text, 0);
		lint_text(&l.found[i], &text);
		if (l.found[i].rule->severity != LINT_ERROR)
			continue;
		printf("# %s: %s\n", name, buf_cstr(&text));
		n++;
	}
	buf_free(&text);
	lint_free(&l);
	return n;
}

/* Each template: sound, without an error of the linter, all values in place. */
static void
built_in(void)
{
	struct buf	 body = {0}, map = {0}, v = {0}, upp = {0};
	struct saip_info info;
	saip_set	 all, needed;
	const char	*lacks;
	size_t		 i;

	for (i = 0; saip_templates[i] != NULL; i++) {
		CU_ASSERT_EQUAL_FATAL(saip_template(saip_templates[i],
		    &product, &body, &map, NULL), 0);
		CU_ASSERT_EQUAL(saip_patch_fields(buf_slice(&map), &all,
		    &needed), 0);
		values_for(all, &v);
		CU_ASSERT_EQUAL(saip_patch_lacks(buf_slice(&map),
		    buf_slice(&v), &lacks), 0);
		CU_ASSERT_PTR_NULL(lacks);
		CU_ASSERT_EQUAL_FATAL(saip_personalise(buf_slice(&body),
		    buf_slice(&map), buf_slice(&v), &upp), 0);
		compare(buf_slice(&body), buf_slice(&map), buf_slice(&v),
		    buf_slice(&upp));
		CU_ASSERT_EQUAL(saip_check(buf_slice(&upp), &info, NULL), 0);
		CU_ASSERT_STRING_EQUAL(info.imsi, IMSI);
		CU_ASSERT_EQUAL(errors(saip_templates[i], buf_slice(&upp)),
		    0);
		printf("# figure template %s: %zu bytes, %zu of the map\n",
		    saip_templates[i], body.len, map.len);
		buf_free(&body);
		buf_free(&map);
		buf_free(&v);
		buf_free(&upp);
	}
}

/* Optional values stay away, those that are needed are asked for by name. */
static void
lacking(void)
{
	struct buf	 body = {0}, map = {0}, v = {0}, upp = {0};
	const char	*lacks;

	CU_ASSERT_EQUAL_FATAL(saip_template("dual-imsi", &product, &body,
	    &map, NULL), 0);
	values_for(SAIP_USUAL, &v);
	CU_ASSERT_EQUAL(saip_patch_lacks(buf_slice(&map), buf_slice(&v),
	    &lacks), 0);
	CU_ASSERT_STRING_EQUAL(lacks, "imsi2");
	CU_ASSERT_EQUAL(saip_personalise(buf_slice(&body), buf_slice(&map),
	    buf_slice(&v), &upp), DPE_SYNTAX);
	CU_ASSERT_EQUAL(upp.len, 0);
	buf_free(&body);
	buf_free(&map);
	buf_free(&v);
}

/* A map of before, of the fields of before, in the template of today. */
static void
map_of_before(void)
{
	struct buf	 body = {0}, new = {0}, old = {0}, v = {0}, upp = {0};
	struct saip_places p;
	size_t		 i;

	test_saip_consumer(&body, &new);
	CU_ASSERT_EQUAL_FATAL(saip_places_find(buf_slice(&body), &p, NULL),
	    0);
	buf_add_u8(&old, 1);
	buf_add_u8(&old, 0);
	buf_add_u8(&old, (uint8_t)p.n);
	for (i = 0; i < p.n; i++) {
		buf_add_u8(&old, (uint8_t)p.at[i].field);
		buf_add(&old, "\0\0", 2);
		buf_add_u8(&old, (uint8_t)(p.at[i].offset >> 8));
		buf_add_u8(&old, (uint8_t)p.at[i].offset);
	}
	values_for(SAIP_USUAL, &v);
	CU_ASSERT_EQUAL(saip_patch_check(buf_slice(&body), buf_slice(&old),
	    NULL), 0);
	CU_ASSERT_EQUAL(saip_personalise(buf_slice(&body), buf_slice(&old),
	    buf_slice(&v), &upp), 0);
	for (i = 0; i < p.n; i++)
		unit_same(saip_field_name(p.at[i].field),
		    slice_sub(buf_slice(&upp), p.at[i].offset, p.at[i].len),
		    saip_value(buf_slice(&v), p.at[i].field));
	old.p[2]--;		/* one forgotten */
	buf_cut(&old, old.len - 5);
	CU_ASSERT_EQUAL(saip_patch_check(buf_slice(&body), buf_slice(&old),
	    NULL), DPE_SYNTAX);
	buf_free(&body);
	buf_free(&new);
	buf_free(&old);
	buf_free(&v);
	buf_free(&upp);
}

/* Places in words, good and bad. */
static void
words_for_places(void)
{
	static const struct {
		const char	*text;
		int		 r;
	} tab[] = {
		{ "usim/A3/83", 0 }, { "usim#2/A3/83", 0 },
		{ "securityDomain/A2/30[82=1][83=2]/30/30/86", 0 },
		{ "application/A2/30/30/04@13+32", 0 },
		{ "opt-usim/BF3A/83@-14", 0 },
		{ "usim", DPE_USAGE }, { "usim/", DPE_USAGE },
		{ "", DPE_USAGE }, { "usimm/A3", DPE_USAGE },
		{ "usim#0/A3", DPE_USAGE }, { "usim#/A3", DPE_USAGE },
		{ "usim/A3@", DPE_USAGE }, { "usim/A3@-0", DPE_USAGE },
		{ "usim/A3@1+0", DPE_USAGE }, { "usim/A3@1+", DPE_USAGE },
		{ "usim/A3[", DPE_USAGE }, { "usim/A3[80=1", DPE_USAGE },
		{ "usim/A3[80]", DPE_USAGE }, { "usim/A3x", DPE_USAGE },
		{ "usim/A3 ", DPE_USAGE }, { "usim/1234567", DPE_USAGE },
		{ "usim/A/A/A/A/A/A/A/A/A", DPE_USAGE },
		{ "usim/A[1=1][1=1][1=1]", DPE_USAGE }
	};
	struct where	 w;
	struct why	 why;
	unsigned	 f;
	size_t		 i;

	for (i = 0; i < NELEM(tab); i++)
		if (where_parse(tab[i].text, &w, &why) != tab[i].r) {
			printf("# %s\n", tab[i].text);
			CU_FAIL("place in words");
		}
	for (f = 0; f < SAIP_FIELDS; f++)
		if (where_usual(f) != NULL)
			CU_ASSERT_EQUAL(where_parse(where_usual(f), &w,
			    &why), 0);
}

/* Maps that nobody should make. */
static void
bad_maps(void)
{
	static const struct {
		struct saip_want want;
		const char	*part;
	} tab[] = {
		{ { .field = SAIP_GID1 }, "gid1: not found" },
		{ { .field = SAIP_APP_KEY }, "no usual place" },
		{ { .field = SAIP_K2, .where = "akaParameter/A1/A1/82" },
		    "same place" },
		{ { .field = SAIP_SPN, .where = "usim/B2/83" },
		    "spn has 2 bytes" },
		{ { .field = SAIP_SPN, .where = "nowhere/B2" },
		    "no element" },
		{ { .field = SAIP_FPLMN, .where = "mf/A7/83",
		    .value = { (const uint8_t *)"123456", 6 } },
		    "6 bytes are for 5" }
	};
	struct saip_want w[4] = { { .field = SAIP_ICCID_HEADER },
			    { .field = SAIP_ICCID_EF }, { .field = SAIP_IMSI },
			    { .field = SAIP_K } }, all[5];
	struct buf	 upp = {0}, map = {0}, b = {0}, m = {0};
	struct why	 why;
	size_t		 i;

	test_saip_consumer(&upp, &map);
	memcpy(all, w, sizeof(w));
	for (i = 0; i < NELEM(tab); i++) {
		all[4] = tab[i].want;
		CU_ASSERT_NOT_EQUAL(saip_map(buf_slice(&upp), all, 5, &b, &m,
		    &why), 0);
		if (strstr(why.text, tab[i].part) == NULL) {
			printf("# %s\n", why.text);
			CU_FAIL("another reason");
		}
		CU_ASSERT_EQUAL(b.len, 0);
	}
	CU_ASSERT_EQUAL(saip_map(buf_slice(&upp), w + 1, 3, &b, &m, &why),
	    DPE_USAGE);		/* no place for the header's ICCID */
	CU_ASSERT_EQUAL(saip_map(buf_slice(&upp), w, 4, &b, &m, &why), 0);
	buf_free(&upp);
	buf_free(&map);
	buf_free(&b);
	buf_free(&m);
}

/* A package of others: it differs at the places of the map, and only there. */
static void
others_one(const char *name, struct slice upp)
{
	struct saip_want w[SAIP_FIELDS];
	struct buf	 body = {0}, map = {0}, v = {0}, made = {0};
	struct saip_info info;
	saip_set	 all, needed;
	struct why	 why = { "" };
	size_t		 n = 0;
	unsigned	 f;

	for (f = 0; f <= SAIP_OTA_DEK; f++)
		w[n++] = (struct saip_want){ .field = f,
		    .maybe = f > SAIP_IMSI };
	if (saip_map(upp, w, n, &body, &map, &why) != 0) {
		printf("# %s: %s\n", name, why.text);
		CU_FAIL("no template");
		return;
	}
	CU_ASSERT_EQUAL(saip_patch_fields(buf_slice(&map), &all, &needed), 0);
	CU_ASSERT((all & SAIP_BIT(SAIP_K)) != 0);
	values_for(all, &v);
	CU_ASSERT_EQUAL_FATAL(saip_personalise(buf_slice(&body),
	    buf_slice(&map), buf_slice(&v), &made), 0);
	compare(upp, buf_slice(&map), buf_slice(&v), buf_slice(&made));
	CU_ASSERT_EQUAL(saip_check(buf_slice(&made), &info, NULL), 0);
	CU_ASSERT_STRING_EQUAL(info.iccid, ICCID);
	CU_ASSERT_EQUAL(errors(name, buf_slice(&made)), 0);
	buf_free(&body);
	buf_free(&map);
	buf_free(&v);
	buf_free(&made);
}

static void
of_others(void)
{
	static const char *const names[] = {
		"TS48v1_A", "TS48v2_SAIP2.1_BERTLV",
		"TS48v4_SAIP2.3_NoBERTLV", "TS48v5_SAIP2.3_BERTLV_SUCI",
		"TS48v5_SAIP2.3_NoBERTLV"
	};
	const char	*dir = getenv("SMDP_TESTDATA");
	struct buf	 upp = {0};
	char		 path[512];
	size_t		 i;

	for (i = 0; i < NELEM(names); i++) {
		snprintf(path, sizeof(path), "%s/upp/%s.der",
		    dir == NULL ? "" : dir, names[i]);
		if (dir == NULL || file_read(path, 1 << 20, &upp,
		    NULL) != 0) {
			unit_skip("SMDP_TESTDATA names no directory with"
			    " upp/*.der");
			return;
		}
		others_one(names[i], buf_slice(&upp));
		buf_free(&upp);
	}
}

const struct unit_case	test_saip_plans_cases[] = {
	UNIT_CASE(built_in),
	UNIT_CASE(lacking),
	UNIT_CASE(map_of_before),
	UNIT_CASE(words_for_places),
	UNIT_CASE(bad_maps),
	UNIT_CASE(of_others)
};
const size_t	test_saip_plans_n = NELEM(test_saip_plans_cases);
