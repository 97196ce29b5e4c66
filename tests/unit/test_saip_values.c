/* SPDX-License-Identifier: Apache-2.0 */
/* The values record: what is stored, what is made again, what is refused. */
#include <string.h>

#include "tests/unit/test_saip.h"
#include "tests/unit/unit.h"

#define ICCID	"89000123456789012341"
#define IMSI	"001010123456063"

static void
count_up(void *arg, void *p, size_t n)
{
	uint8_t	*next = arg, *at = p;

	while (n-- > 0)
		*at++ = (*next)++;
}

static void
has(struct slice values, enum saip_field f, const char *hex)
{
	struct buf	 want = {0};

	unit_hex(hex, &want);
	unit_same(saip_field_name(f), saip_value(values, f),
	    buf_slice(&want));
	buf_free(&want);
}

/* Of the seed 00 01 .. 1F: values of another program (test_certs_prf.c). */
static void
golden(void)
{
	uint8_t		 next = 0;
	struct rnd	 rnd = { count_up, &next };
	struct buf	 v = {0}, packed = {0}, open = {0};

	CU_ASSERT_EQUAL_FATAL(saip_values_draw(&rnd, ICCID, IMSI,
	    SAIP_USUAL | SAIP_BIT(SAIP_TOPC), &v), 0);
	has(buf_slice(&v), SAIP_K, "90f986872acdc42a073ee317fb991885");
	has(buf_slice(&v), SAIP_OPC, "08648db1c173510a79a5dcfe6ae5f0eb");
	has(buf_slice(&v), SAIP_PIN1, "35353234ffffffff");
	has(buf_slice(&v), SAIP_PUK1, "3336363634353135");
	has(buf_slice(&v), SAIP_TOPC, "14228262967306c8286bb2a0c8344350"
	    "b7f1b63024e83b11d088f07c337235e5");
	has(buf_slice(&v), SAIP_K256, "");
	saip_values_pack(buf_slice(&v), &packed);
	unit_hex("f2010a980010325476981032140209080910101032540636"
	    "7f22000102030405060708090a0b0c0d0e0f1011121314151617"
	    "18191a1b1c1d1e1ff0bf", &open);
	unit_same("stored", buf_slice(&packed), buf_slice(&open));
	buf_cut(&open, 0);
	CU_ASSERT_EQUAL_FATAL(saip_values_open(buf_slice(&packed), &open), 0);
	unit_same("open again", buf_slice(&open), buf_slice(&v));
	buf_free(&v);
	buf_free(&packed);
	buf_free(&open);
}

/* 151 octets, as they were stored before there was a seed. */
static void
of_before(void)
{
	uint8_t		 old[152];
	struct buf	 v = {0}, packed = {0}, open = {0};
	enum saip_field	 f;
	size_t		 i, at = 0;

	for (i = 0; i < sizeof(old); i++)
		old[i] = (uint8_t)(i + 1);
	CU_ASSERT_EQUAL_FATAL(saip_values_open(slice_of(old, 151), &v), 0);
	for (i = 0; i <= SAIP_OTA_DEK; i++) {
		f = (enum saip_field)i;
		unit_same(saip_field_name(f), saip_value(buf_slice(&v), f),
		    slice_of(old + at, saip_field_size(f)));
		at += saip_field_size(f);
	}
	CU_ASSERT_EQUAL(at, 151);
	saip_values_pack(buf_slice(&v), &packed);
	CU_ASSERT_EQUAL(saip_values_open(buf_slice(&packed), &open), 0);
	unit_same("stored anew", buf_slice(&open), buf_slice(&v));
	CU_ASSERT_EQUAL(saip_values_open(slice_of(old, 150), &open),
	    DPE_SYNTAX);
	CU_ASSERT_EQUAL(saip_values_open(slice_of(old, 152), &open),
	    DPE_SYNTAX);
	buf_free(&v);
	buf_free(&packed);
	buf_free(&open);
}

/* A given value stays, what follows from it follows, a seed may go. */
static void
given(void)
{
	static const uint8_t	 k[16] = { 0x46, 0x5b };
	uint8_t			 imsi[9];
	struct buf		 v = {0}, packed = {0}, open = {0};

	CU_ASSERT_EQUAL_FATAL(saip_values_draw(&rnd_system, ICCID, IMSI,
	    SAIP_BIT(SAIP_K) | SAIP_BIT(SAIP_APP_KEY), &v), 0);
	has(buf_slice(&v), SAIP_ACC, "0008");
	imsi_to_ef("001010123456069", imsi);
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_IMSI, slice_of(imsi, 9)), 0);
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_IMSI2, slice_of(imsi, 9)),
	    0);
	has(buf_slice(&v), SAIP_ACC, "0200");
	has(buf_slice(&v), SAIP_ACC2, "0200");
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_ACC, slice_of("\1", 2)), 0);
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_K, slice_of(k, 16)), 0);
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_K, slice_of(k, 15)),
	    DPE_RANGE);
	CU_ASSERT_EQUAL(saip_value(buf_slice(&v), SAIP_APP_PUBLIC).len, 65);
	saip_values_pack(buf_slice(&v), &packed);
	CU_ASSERT_EQUAL_FATAL(saip_values_open(buf_slice(&packed), &open), 0);
	has(buf_slice(&open), SAIP_ACC, "0100");
	has(buf_slice(&open), SAIP_K, "465b0000000000000000000000000000");
	unit_same("key", saip_value(buf_slice(&open), SAIP_APP_KEY),
	    saip_value(buf_slice(&v), SAIP_APP_KEY));
	unit_same("public", saip_value(buf_slice(&open), SAIP_APP_PUBLIC),
	    saip_value(buf_slice(&v), SAIP_APP_PUBLIC));
	buf_cut(&packed, 0);		/* nothing is drawn any more */
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_APP_KEY,
	    saip_value(buf_slice(&open), SAIP_APP_KEY)), 0);
	saip_values_pack(buf_slice(&v), &packed);
	CU_ASSERT_EQUAL(packed.len, 1 + 12 + 11 + 11 + 4 + 18 + 34);
	buf_free(&v);
	buf_free(&packed);
	buf_free(&open);
}

/* The key 1 has the generator of the group as its public key. */
static void
public_key(void)
{
	uint8_t		 d[32] = { 0 };
	struct buf	 v = {0};

	CU_ASSERT_EQUAL_FATAL(saip_values_draw(&rnd_system, ICCID, IMSI, 0,
	    &v), 0);
	d[31] = 1;
	CU_ASSERT_EQUAL(saip_value_set(&v, SAIP_APP_KEY, slice_of(d, 32)), 0);
	has(buf_slice(&v), SAIP_APP_PUBLIC, "04"
	    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
	    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
	buf_free(&v);
}

/* Cut short, with a bit changed: refused, or read and nothing worse. */
static void
any_octets(void)
{
	struct buf	 v = {0}, packed = {0}, open = {0};
	size_t		 i, bit, refused = 0;

	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, ICCID, IMSI, &v), 0);
	saip_values_pack(buf_slice(&v), &packed);
	for (i = 0; i < packed.len; i++) {
		buf_cut(&open, 0);
		if (saip_values_open(slice_of(packed.p, i), &open) != 0)
			refused++;
		for (bit = 0; bit < 8; bit++) {
			packed.p[i] ^= (uint8_t)(1u << bit);
			buf_cut(&open, 0);
			if (saip_values_open(buf_slice(&packed), &open) != 0)
				refused++;
			packed.p[i] ^= (uint8_t)(1u << bit);
		}
	}
	CU_ASSERT(refused > packed.len);
	buf_free(&v);
	buf_free(&packed);
	buf_free(&open);
}

static void
names(void)
{
	unsigned	 i;

	for (i = 0; i < SAIP_FIELDS; i++) {
		CU_ASSERT_PTR_NOT_NULL_FATAL(saip_field_name(i));
		CU_ASSERT_EQUAL(saip_field_find(saip_field_name(i)), i);
		if (saip_field_drawn(i))
			CU_ASSERT(saip_field_secret(i));
	}
	CU_ASSERT_EQUAL(saip_field_find("ki"), SAIP_FIELDS);
	CU_ASSERT(saip_field_secret(SAIP_OPC));
	CU_ASSERT_FALSE(saip_field_secret(SAIP_IMSI));
}

/* What people write, and the octets of the card. */
static void
texts(void)
{
	static const struct {
		enum saip_field	 field;
		const char	*text, *hex;	/* NULL: refused */
	} tab[] = {
		{ SAIP_ICCID_EF, ICCID, "98001032547698103214" },
		{ SAIP_ICCID_HEADER, ICCID, "89000123456789012341" },
		{ SAIP_ICCID_EF, "89", NULL },
		{ SAIP_IMSI2, IMSI, "080910101032540636" },
		{ SAIP_IMSI, "00101012345606A", NULL },
		{ SAIP_ACC, "0200", "0200" },
		{ SAIP_K, "465b5ce8b199b49faa5f0a2ee238a6bc",
		    "465b5ce8b199b49faa5f0a2ee238a6bc" },
		{ SAIP_K, "465b5ce8b199b49faa5f0a2ee238a6b", NULL },
		{ SAIP_K, "465b5ce8b199b49faa5f0a2ee238a6bg", NULL },
		{ SAIP_PIN1, "0042", "30303432ffffffff" },
		{ SAIP_PIN1, "123", NULL },
		{ SAIP_PIN1, "123456789", NULL },
		{ SAIP_ADM1, "0102030405060708", "0102030405060708" },
		{ SAIP_MSISDN, "+4479460012345",
		    "0891449764002143f5ffffffffff" },
		{ SAIP_MSISDN, "12345678901234567890",
		    "0b9121436587092143658709ffff" },
		{ SAIP_MSISDN, "123456789012345678901", NULL },
		{ SAIP_MSISDN, "0x44", NULL },
		{ SAIP_SMSC, "447785016005", "fdffffffffffffffffffffffff"
		    "0791447758100650ffffffffffffff" },
		{ SAIP_SPN, "Example", "024578616d706c65ffffffffffffffffff" },
		{ SAIP_SPN, "a name of 17 long", NULL },
		{ SAIP_GID1, "0a0b", "0a0b" },
		{ SAIP_GID1, "", NULL },
		{ SAIP_ROUTING, "0", "f0ffffff" },
		{ SAIP_ROUTING, "1234", "2143ffff" },
		{ SAIP_ROUTING, "12345", NULL },
		{ SAIP_EHPLMN, "001-01 310-410", "00f110130014" },
		{ SAIP_EHPLMN, "001-01:4000", NULL },
		{ SAIP_PLMNWACT, "001-01:4000,310-410",
		    "00f1104000130014c880" },
		{ SAIP_PLMNWACT, "00101", NULL },
		{ SAIP_IMPI, "a@b", "8003614062" },
		{ SAIP_APP_PUBLIC, "04", NULL }
	};
	struct buf	 got = {0}, want = {0};
	struct why	 why;
	size_t		 i;
	int		 r;

	for (i = 0; i < NELEM(tab); i++) {
		r = saip_field_parse(tab[i].field, tab[i].text, &got, &why);
		CU_ASSERT_EQUAL(r, tab[i].hex == NULL ? DPE_USAGE : 0);
		if (tab[i].hex != NULL)
			unit_hex(tab[i].hex, &want);
		unit_same(tab[i].text, buf_slice(&got), buf_slice(&want));
		if (r != 0 && strlen(tab[i].text) > 8)
			CU_ASSERT_PTR_NULL(strstr(why.text, tab[i].text));
		buf_free(&got);
		buf_free(&want);
	}
}

const struct unit_case	test_saip_values_cases[] = {
	UNIT_CASE(golden),
	UNIT_CASE(of_before),
	UNIT_CASE(given),
	UNIT_CASE(public_key),
	UNIT_CASE(any_octets),
	UNIT_CASE(names),
	UNIT_CASE(texts)
};
const size_t	test_saip_values_n = NELEM(test_saip_values_cases);
