/* SPDX-License-Identifier: Apache-2.0 */
/* The walk over a profile package made here, element by element. */
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_upp.h"

static const uint8_t	iccid[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14
};
static const uint8_t	imsi[9] = {	/* 001010123456063 */
	0x08, 0x09, 0x10, 0x10, 0x10, 0x32, 0x54, 0x06, 0x36
};

/* A file member with this content. */
static void
add_file(struct buf *b, uint32_t tag, const uint8_t *p, size_t n)
{
	size_t	 at = b->len;

	der_add(b, 0xA1, slice_of(NULL, 0));
	der_add(b, 0x83, slice_of(p, n));
	der_wrap(b, at, tag);
}

/* PEHeader with this identification. */
static void
add_id(struct buf *b, uint64_t id)
{
	size_t	 at = b->len;

	der_add(b, 0x80, slice_of(NULL, 0));
	der_add_uint(b, 0x81, id);
	der_wrap(b, at, 0xA0);
}

/* header, mf (id 1), usim (id 2), end (this id). */
static void
build(struct buf *b, uint64_t last)
{
	size_t	 at;

	der_add(b, 0xA0, slice_of("\x80\x01\x02", 3));
	at = b->len;
	add_id(b, 1);
	add_file(b, 0xA4, iccid, sizeof(iccid));
	der_wrap(b, at, 0xB0);
	at = b->len;
	add_id(b, 2);
	add_file(b, 0xA3, imsi, sizeof(imsi));
	der_wrap(b, at, 0xB3);
	at = b->len;
	add_id(b, last);
	der_wrap(b, at, 0xAA);
}

static int
check(const struct buf *b, const char *owner)
{
	struct store_metadata	 m = { .owner_plmn =
				    slice_of(owner, owner == NULL ? 0 : 3) };
	int			 r;

	if ((r = vuicc_upp_check(buf_slice(b), slice_of(iccid,
	    sizeof(iccid)), NULL)) != 0)
		return r;
	return vuicc_upp_owner(buf_slice(b), &m, NULL);
}

static void
accepts_whole(void)
{
	struct buf	 b = {0};

	build(&b, 3);
	CU_ASSERT_EQUAL(check(&b, NULL), 0);
	CU_ASSERT_EQUAL(check(&b, "\x00\xf1\x10"), 0);
	buf_free(&b);
}

static void
refuses_disorder(void)
{
	struct buf	 b = {0};
	size_t		 k, passed = 0;

	build(&b, 2);		/* an identification twice */
	CU_ASSERT_EQUAL(check(&b, NULL), DPE_SYNTAX);
	buf_cut(&b, 0);
	build(&b, 3);
	for (k = 0; k < b.len; k++)
		if (vuicc_upp_check(slice_of(b.p, k),
		    slice_of(iccid, sizeof(iccid)), NULL) == 0)
			passed++;
	CU_ASSERT_EQUAL(passed, 0);
	build(&b, 3);		/* something behind the end */
	CU_ASSERT_EQUAL(check(&b, NULL), DPE_SYNTAX);
	buf_free(&b);
}

static void
refuses_other_numbers(void)
{
	struct buf	 b = {0};
	uint8_t		 other[10];

	build(&b, 3);
	memcpy(other, iccid, sizeof(other));
	other[9] ^= 1;
	CU_ASSERT_EQUAL(vuicc_upp_check(buf_slice(&b), slice_of(other, 10),
	    NULL), DPE_RANGE);
	CU_ASSERT_EQUAL(check(&b, "\x00\xf1\x20"), DPE_RANGE);
	CU_ASSERT_EQUAL(check(&b, "\x00\x11\x10"), DPE_RANGE);
	CU_ASSERT_EQUAL(check(&b, "\x10\xf1\x10"), DPE_RANGE);
	buf_free(&b);
}

/* The USIM with UST services, then opt-usim with EF.GID1, aka with a key. */
static void
build_naa(struct buf *b, const char *ust, const char *gid1, const char *k)
{
	size_t	 at, in;

	buf_cut(b, 0);
	at = b->len;
	add_file(b, 0xA3, imsi, sizeof(imsi));
	add_file(b, 0xA8, (const uint8_t *)ust, 14);
	der_wrap(b, at, 0xB3);
	at = b->len;
	if (gid1 != NULL)
		add_file(b, 0xA5, (const uint8_t *)gid1, 2);
	der_wrap(b, at, 0xB4);
	at = in = b->len;
	der_add(b, 0x80, slice_of("\1", 1));
	der_add(b, 0x82, slice_of(k, 16));
	der_wrap(b, in, 0xA1);
	der_wrap(b, in, 0xA1);
	der_wrap(b, at, 0xA4);
}

#define UST_NONE	"\0\0\0\0\1\0\0\0\0\0\0\0\0"
#define UST_GID1	"\0\0\1\0\1\0\0\0\0\0\0\0\0"
#define K_RANDOM	"fifteen and one."

/* 5.5.5: exactly the group identifiers that the USIM has. */
static void
compares_gids(void)
{
	static const struct {
		const char	*ust, *gid1, *owner;
		int		 r;
	} tab[] = {
		{ UST_NONE, NULL, NULL, 0 },
		{ UST_NONE, "\1\2", NULL, 0 },
		{ UST_GID1, "\1\2", "\1\2\377\377\377\377\377\377", 0 },
		{ UST_GID1, "\1\2", "\1\2\377\377\377\377\377\376",
		    DPE_RANGE },
		{ UST_GID1, "\1\2", NULL, DPE_RANGE },
		{ UST_GID1, NULL, "\1\2\377\377\377\377\377\377",
		    DPE_RANGE },
		{ UST_NONE, "\1\2", "\1\2\377\377\377\377\377\377",
		    DPE_RANGE }
	};
	struct store_metadata	 m = { .owner_plmn =
				    slice_of("\x00\xf1\x10", 3) };
	struct buf		 b = {0};
	size_t			 i;

	for (i = 0; i < NELEM(tab); i++) {
		build_naa(&b, tab[i].ust, tab[i].gid1, K_RANDOM);
		m.owner_gid1 = slice_of(tab[i].owner,
		    tab[i].owner == NULL ? 0 : 8);
		CU_ASSERT_EQUAL(vuicc_upp_owner(buf_slice(&b), &m, NULL),
		    tab[i].r);
	}
	m.owner_plmn = slice_of(NULL, 0);
	CU_ASSERT_EQUAL(vuicc_upp_owner(buf_slice(&b), &m, NULL), 0);
	buf_free(&b);
}

/* 2.4.5.3: keys that a test profile may have. */
static void
tells_test_keys(void)
{
	static const struct {
		const char	*k;
		int		 r;
	} tab[] = {
		{ "\0\0\0\0\0\0\0\0\0\0\0\0wxyz", 0 },
		{ "\0\0\0\0\0\0\0\0\0\0\0\1wxyz", DPE_RANGE },
		{ "\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17", 0 },
		{ "\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\20",
		    DPE_RANGE },
		{ K_RANDOM, DPE_RANGE }
	};
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < NELEM(tab); i++) {
		/* A test IMSI of TS 34.108 would allow any key. */
		build_naa(&b, UST_NONE, NULL, tab[i].k);
		CU_ASSERT_EQUAL(vuicc_upp_test(buf_slice(&b), NULL), 0);
		b.p[6] ^= 0x20;
		CU_ASSERT_EQUAL(vuicc_upp_test(buf_slice(&b), NULL),
		    tab[i].r);
	}
	buf_free(&b);
}

const struct unit_case test_vuicc_upp[] = {
	UNIT_CASE(accepts_whole),
	UNIT_CASE(refuses_disorder),
	UNIT_CASE(refuses_other_numbers),
	UNIT_CASE(compares_gids),
	UNIT_CASE(tells_test_keys),
};
const size_t test_vuicc_upp_n = NELEM(test_vuicc_upp);
