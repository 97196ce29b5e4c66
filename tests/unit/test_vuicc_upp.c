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
	return vuicc_upp_check(buf_slice(b), slice_of(iccid, sizeof(iccid)),
	    slice_of(owner, owner == NULL ? 0 : 3), NULL);
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
		    slice_of(iccid, sizeof(iccid)), slice_of(NULL, 0),
		    NULL) == 0)
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
	    slice_of(NULL, 0), NULL), DPE_RANGE);
	CU_ASSERT_EQUAL(check(&b, "\x00\xf1\x20"), DPE_RANGE);
	CU_ASSERT_EQUAL(check(&b, "\x00\x11\x10"), DPE_RANGE);
	CU_ASSERT_EQUAL(check(&b, "\x10\xf1\x10"), DPE_RANGE);
	buf_free(&b);
}

const struct unit_case test_vuicc_upp[] = {
	UNIT_CASE(accepts_whole),
	UNIT_CASE(refuses_disorder),
	UNIT_CASE(refuses_other_numbers),
};
const size_t test_vuicc_upp_n = NELEM(test_vuicc_upp);
