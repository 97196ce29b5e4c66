/* SPDX-License-Identifier: Apache-2.0 */
/* Personalisation: every value in its place, and nowhere else. */
#include "tests/unit/test_saip.h"

#include <stdlib.h>
#include <string.h>

#include "base/ident.h"

#define ICCID	"89000123456789012341"
#define IMSI	"001010123456063"

/* Bytes that are all different from place to place. */
static void
count_up(void *arg, void *p, size_t n)
{
	uint8_t	*at = p, *next = arg;

	while (n-- > 0)
		*at++ = (*next)++;
}

/* Where a field must be, said anew: element, its number, path, entry. */
static const struct {
	enum saip_field	 field;
	const char	*path;
	size_t		 n;
	uint32_t	 key;
	unsigned	 ref;
	const char	*rest;
} places[] = {
	{ SAIP_ICCID_HEADER, "A0/83", 0, 0, 0, NULL },
	{ SAIP_ICCID_EF, "B0/A4/83", 0, 0, 0, NULL },
	{ SAIP_IMSI, "B3/A3/83", 0, 0, 0, NULL },
	{ SAIP_ACC, "B3/B2/83", 0, 0, 0, NULL },
	{ SAIP_K, "A4/A1/A1/82", 0, 0, 0, NULL },
	{ SAIP_OPC, "A4/A1/A1/83", 0, 0, 0, NULL },
	{ SAIP_PIN1, "A2/A1/A0", 0, 0x80, 1, "81" },
	{ SAIP_PIN2, "A2/A1/A0", 1, 0x80, 129, "81" },
	{ SAIP_PUK1, "A3/A1", 0, 0x80, 1, "81" },
	{ SAIP_PUK2, "A3/A1", 0, 0x80, 129, "81" },
	{ SAIP_ADM1, "A2/A1/A0", 0, 0x80, 10, "81" },
	{ SAIP_OTA_ENC, "A6/A2", 0, 0x82, 1, "30/30/86" },
	{ SAIP_OTA_MAC, "A6/A2", 0, 0x82, 2, "30/30/86" },
	{ SAIP_OTA_DEK, "A6/A2", 0, 0x82, 3, "30/30/86" }
};

static struct slice
placed(struct slice upp, size_t i)
{
	struct der	 d = test_saip_at(upp, places[i].n, places[i].path);

	if (places[i].rest == NULL)
		return d.value;
	d = test_saip_entry(d.value, places[i].key, places[i].ref);
	return test_saip_at(d.value, 0, places[i].rest).value;
}

static void
values_in_place(void)
{
	uint8_t		 next = 1;
	struct rnd	 rnd = { count_up, &next };
	struct buf	 b = {0}, map = {0}, values = {0}, upp = {0};
	struct saip_info info;
	size_t		 i, changed = 0;

	test_saip_consumer(&b, &map);
	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd, ICCID, IMSI, &values), 0);
	CU_ASSERT_EQUAL_FATAL(saip_personalise(buf_slice(&b),
	    buf_slice(&map), buf_slice(&values), &upp), 0);
	CU_ASSERT_EQUAL_FATAL(upp.len, b.len);
	for (i = 0; i < NELEM(places); i++) {
		CU_ASSERT_EQUAL(places[i].field, i);
		unit_same(saip_field_name(places[i].field),
		    placed(buf_slice(&upp), i),
		    saip_value(buf_slice(&values), places[i].field));
		changed += saip_field_size(places[i].field);
	}
	for (i = 0; i < b.len; i++)	/* and nothing else is touched */
		if (b.p[i] != upp.p[i])
			changed--;
	CU_ASSERT(changed <= 8);	/* zeros of IMSI, ICCID, ACC */
	CU_ASSERT_EQUAL(saip_check(buf_slice(&upp), &info, NULL), 0);
	CU_ASSERT_STRING_EQUAL(info.iccid, ICCID);
	CU_ASSERT_STRING_EQUAL(info.imsi, IMSI);
	CU_ASSERT_EQUAL(saip_patch_check(buf_slice(&upp), buf_slice(&map),
	    NULL), 0);
	buf_free(&b);
	buf_free(&map);
	buf_free(&values);
	buf_free(&upp);
}

static void
encodings(void)
{
	static const struct {
		enum saip_field	 field;
		const char	*hex;
	} want[] = {
		{ SAIP_ICCID_HEADER, "89000123456789012341" },
		{ SAIP_ICCID_EF, "98001032547698103214" },
		{ SAIP_IMSI, "080910101032540636" },
		{ SAIP_ACC, "0008" }
	};
	struct buf	 values = {0}, b = {0};
	struct slice	 v;
	size_t		 i, k, digits;

	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, ICCID, IMSI, &values),
	    0);
	for (i = 0; i < NELEM(want); i++) {
		unit_hex(want[i].hex, &b);
		unit_same(saip_field_name(want[i].field),
		    saip_value(buf_slice(&values), want[i].field),
		    buf_slice(&b));
		buf_free(&b);
	}
	for (i = SAIP_PIN1; i <= SAIP_ADM1; i++) {
		v = saip_value(buf_slice(&values), (enum saip_field)i);
		digits = i <= SAIP_PIN2 ? 4 : 8;
		CU_ASSERT_EQUAL_FATAL(v.len, 8);
		for (k = 0; k < 8; k++)
			CU_ASSERT(k < digits ? v.p[k] >= '0' && v.p[k] <= '9'
			    : v.p[k] == 0xff);
	}
	CU_ASSERT_EQUAL(saip_value(slice_of("x", 1), SAIP_K).len, 0);
	buf_free(&values);
}

/* 19 digits have a filler in both places; class 9 is in the high byte. */
static void
odd_identities(void)
{
	struct buf	 values = {0};

	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, "8944000000000000001F",
	    "00101000000009", &values), 0);
	unit_same("header", saip_value(buf_slice(&values),
	    SAIP_ICCID_HEADER),
	    slice_of("\x89\x44\0\0\0\0\0\0\0\x1f", 10));
	unit_same("ef", saip_value(buf_slice(&values), SAIP_ICCID_EF),
	    slice_of("\x98\x44\0\0\0\0\0\0\0\xf1", 10));
	unit_same("acc", saip_value(buf_slice(&values), SAIP_ACC),
	    slice_of("\2\0", 2));
	buf_free(&values);
	CU_ASSERT_EQUAL(saip_values(&rnd_system, "123", IMSI, &values),
	    DPE_RANGE);
	CU_ASSERT_EQUAL(saip_values(&rnd_system, ICCID, "12x456", &values),
	    DPE_RANGE);
	CU_ASSERT_EQUAL(values.len, 0);
}

/* Four digits may be the same once in 10^4: PINs are looked at together. */
static void
secrets_differ(void)
{
	struct buf	 a = {0}, b = {0};
	struct slice	 va, vb;
	int		 f;

	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, ICCID, IMSI, &a), 0);
	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, ICCID, IMSI, &b), 0);
	for (f = SAIP_K; f <= SAIP_OTA_DEK; f++) {
		va = saip_value(buf_slice(&a), (enum saip_field)f);
		vb = saip_value(buf_slice(&b), (enum saip_field)f);
		if (f == SAIP_PIN1)
			va.len = vb.len = va.len + 8;
		if (f != SAIP_PIN2)
			CU_ASSERT_FALSE(slice_eq(va, vb));
	}
	CU_ASSERT_FALSE(slice_eq(saip_value(buf_slice(&a), SAIP_K),
	    saip_value(buf_slice(&a), SAIP_OPC)));
	buf_free(&a);
	buf_free(&b);
}

/* Any other map than the one is refused, and personalises nothing. */
static void
maps_that_lie(void)
{
	struct buf	 b = {0}, map = {0}, values = {0}, upp = {0};
	struct why	 why;
	size_t		 i, bit;

	test_saip_consumer(&b, &map);
	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, ICCID, IMSI, &values),
	    0);
	CU_ASSERT_EQUAL(map.len, 3 + 7 * (NELEM(places) + 2) + 16);
	CU_ASSERT_EQUAL(saip_patch_check(buf_slice(&b), buf_slice(&map),
	    &why), 0);
	for (i = 0; i < map.len; i++) {
		CU_ASSERT(i == 0 || saip_patch_check(buf_slice(&b),
		    slice_of(map.p, i), &why) == DPE_SYNTAX);
		for (bit = 0; bit < 8; bit++) {
			map.p[i] ^= (uint8_t)(1u << bit);
			CU_ASSERT_EQUAL(saip_patch_check(buf_slice(&b),
			    buf_slice(&map), &why), DPE_SYNTAX);
			CU_ASSERT_EQUAL(saip_personalise(buf_slice(&b),
			    buf_slice(&map), buf_slice(&values), &upp),
			    DPE_SYNTAX);
			map.p[i] ^= (uint8_t)(1u << bit);
		}
	}
	CU_ASSERT_EQUAL(upp.len, 0);
	b.p[b.len / 2] ^= 1;		/* another package */
	CU_ASSERT_EQUAL(saip_patch_check(buf_slice(&b), buf_slice(&map),
	    &why), DPE_SYNTAX);
	buf_free(&b);
	buf_free(&map);
	buf_free(&values);
}

/* Bodies and values that are not those of the map. */
static void
bodies_that_lie(void)
{
	struct saip_product p = { .profile_type = "longer than before",
	    .plmn = "001-01" };
	struct buf	 b = {0}, map = {0}, other = {0}, om = {0};
	struct buf	 values = {0}, upp = {0};

	test_saip_consumer(&b, &map);
	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, ICCID, IMSI, &values),
	    0);
	CU_ASSERT_EQUAL_FATAL(saip_template("consumer", &p, &other, &om,
	    NULL), 0);
	CU_ASSERT_EQUAL(saip_personalise(buf_slice(&other), buf_slice(&map),
	    buf_slice(&values), &upp), DPE_SYNTAX);
	CU_ASSERT_EQUAL(saip_personalise(slice_of(b.p, b.len - 1),
	    buf_slice(&map), buf_slice(&values), &upp), DPE_SYNTAX);
	CU_ASSERT_EQUAL(saip_personalise(slice_of(NULL, 0), buf_slice(&map),
	    buf_slice(&values), &upp), DPE_SYNTAX);
	CU_ASSERT_EQUAL(saip_personalise(buf_slice(&b), buf_slice(&map),
	    slice_of(values.p, values.len - 1), &upp), DPE_SYNTAX);
	CU_ASSERT_EQUAL(upp.len, 0);
	CU_ASSERT_EQUAL(saip_personalise(buf_slice(&b), slice_of(NULL, 0),
	    slice_of(NULL, 0), &upp), 0);
	unit_same("no map", buf_slice(&upp), buf_slice(&b));
	buf_free(&b);
	buf_free(&map);
	buf_free(&other);
	buf_free(&om);
	buf_free(&values);
	buf_free(&upp);
}

static int
text_order(const void *a, const void *b)
{
	return strcmp(a, b);
}

#define MANY	1000

/* A whole batch: every ICCID valid, every ICCID and IMSI once. */
static void
a_thousand(void)
{
	static char	 iccid[MANY][ICCID_TEXT], imsi[MANY][IMSI_TEXT];
	char		 i_now[ICCID_TEXT] = ICCID, m_now[IMSI_TEXT] = IMSI;
	struct buf	 b = {0}, map = {0}, values = {0}, upp = {0};
	struct saip_info info;
	size_t		 i;

	test_saip_consumer(&b, &map);
	for (i = 0; i < MANY; i++) {
		CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, i_now, m_now,
		    &values), 0);
		CU_ASSERT_EQUAL_FATAL(saip_personalise(buf_slice(&b),
		    buf_slice(&map), buf_slice(&values), &upp), 0);
		CU_ASSERT_EQUAL_FATAL(saip_check(buf_slice(&upp), &info,
		    NULL), 0);
		CU_ASSERT(luhn_valid(info.iccid));
		CU_ASSERT_STRING_EQUAL(info.iccid, i_now);
		CU_ASSERT_STRING_EQUAL(info.imsi, m_now);
		memcpy(iccid[i], info.iccid, ICCID_TEXT);
		memcpy(imsi[i], info.imsi, IMSI_TEXT);
		CU_ASSERT_EQUAL_FATAL(iccid_next(i_now), 0);
		CU_ASSERT_EQUAL_FATAL(imsi_next(m_now), 0);
		buf_free(&values);
		buf_free(&upp);
	}
	qsort(iccid, MANY, sizeof(iccid[0]), text_order);
	qsort(imsi, MANY, sizeof(imsi[0]), text_order);
	for (i = 1; i < MANY; i++) {
		CU_ASSERT_STRING_NOT_EQUAL(iccid[i - 1], iccid[i]);
		CU_ASSERT_STRING_NOT_EQUAL(imsi[i - 1], imsi[i]);
	}
	buf_free(&b);
	buf_free(&map);
}

const struct unit_case	test_saip_patch_cases[] = {
	UNIT_CASE(values_in_place),
	UNIT_CASE(encodings),
	UNIT_CASE(odd_identities),
	UNIT_CASE(secrets_differ),
	UNIT_CASE(maps_that_lie),
	UNIT_CASE(bodies_that_lie),
	UNIT_CASE(a_thousand),
};
const size_t	test_saip_patch_n = NELEM(test_saip_patch_cases);
