/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packages that are signed and MACed rightly, by somebody who knows the session
 * keys, and still are not what the standard says.
 */
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc.h"

struct forged {
	struct vsession	 v;
	struct vsender	 s;
	struct buf	 a0, a1, a2, a3;
	struct buf	 bpp;
	struct unbsp_fault fault;
};

static void
forged_open(struct forged *f)
{
	memset(f, 0, sizeof(*f));
	vsession_open(&f->v, "nist_skeys_cc");
	vsender_open(&f->s, buf_slice(&f->v.key_data));
}

static void
forged_close(struct forged *f)
{
	buf_free(&f->a0);
	buf_free(&f->a1);
	buf_free(&f->a2);
	buf_free(&f->a3);
	buf_free(&f->bpp);
	vsender_close(&f->s);
	vsession_close(&f->v);
}

/* BF36 with BF23 of the recorded package and these parts; unwrap it. */
static int
forged_try(struct forged *f, const uint32_t *tags, size_t n)
{
	struct unbsp_out	 out;
	struct der		 whole, bf23;
	struct slice		 s;
	size_t			 i;
	int			 r;

	CU_ASSERT_EQUAL_FATAL(der_whole(buf_slice(&f->v.bpp), 0xBF36,
	    &whole), 0);
	s = whole.value;
	CU_ASSERT_EQUAL_FATAL(der_expect(&s, 0xBF23, &bf23), 0);
	buf_add_slice(&f->bpp, bf23.raw);
	for (i = 0; i < n; i++)
		der_add(&f->bpp, tags[i], buf_slice(tags[i] == 0xA0 ? &f->a0 :
		    tags[i] == 0xA1 ? &f->a1 : tags[i] == 0xA2 ? &f->a2 :
		    &f->a3));
	der_wrap(&f->bpp, 0, 0xBF36);
	r = unbsp_open(&f->v.in, buf_slice(&f->bpp), &out, &f->fault, NULL);
	unbsp_free(&out);
	return r;
}

static const uint32_t	plain_order[] = { 0xA0, 0xA1, 0xA3 };
static const uint32_t	ppk_order[] = { 0xA0, 0xA1, 0xA2, 0xA3 };

static void
forged_a0(struct forged *f)
{
	vsender_add(&f->s, 0x87, slice_of("\xbf\x24\x00", 3), true, &f->a0);
}

static void
forged_a1(struct forged *f)
{
	vsender_add(&f->s, 0x88, buf_slice(&f->v.metadata), true, &f->a1);
}

static void
forged_upp(struct forged *f, size_t off, size_t n)
{
	vsender_add(&f->s, 0x86, slice_sub(buf_slice(&f->v.upp), off, n),
	    true, &f->a3);
}

/* Unwrap must say r, at this command and for this reason. */
static void
forged_want(struct forged *f, const uint32_t *order, size_t n, int r,
    int command, int reason)
{
	CU_ASSERT_EQUAL(forged_try(f, order, n), r);
	if (r != 0) {
		CU_ASSERT_EQUAL(f->fault.command, command);
		CU_ASSERT_EQUAL(f->fault.reason, reason);
	}
	forged_close(f);
}

static void
accepts_own_sender(void)
{
	struct forged	 f;

	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	forged_upp(&f, 0, 1007);
	forged_upp(&f, 1007, 1007);
	forged_upp(&f, 2014, 1007);
	forged_want(&f, plain_order, 3, 0, 0, 0);
}

static void
refuses_oversized(void)
{
	struct forged	 f;

	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	forged_upp(&f, 0, 1008);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_PROFILE,
	    UNBSP_STRUCTURE);
	forged_open(&f);
	forged_a0(&f);
	vsender_add(&f.s, 0x88, slice_sub(buf_slice(&f.v.upp), 0, 1009), true,
	    &f.a1);
	forged_upp(&f, 0, 100);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_METADATA,
	    UNBSP_STRUCTURE);
}

static void
refuses_short_segments(void)
{
	struct forged	 f;

	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	forged_upp(&f, 0, 1006);
	forged_upp(&f, 1006, 1007);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_PROFILE,
	    UNBSP_STRUCTURE);
	/* An empty A3, and an 86 with nothing but a MAC. */
	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_PROFILE,
	    UNBSP_STRUCTURE);
	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	vsender_add(&f.s, 0x86, slice_of(NULL, 0), false, &f.a3);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_PROFILE,
	    UNBSP_STRUCTURE);
}

static void
refuses_reordered(void)
{
	struct forged	 f;
	struct buf	 first = {0};

	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	vsender_add(&f.s, 0x86, slice_sub(buf_slice(&f.v.upp), 0, 1007), true,
	    &first);
	forged_upp(&f, 1007, 1007);
	buf_add_slice(&f.a3, buf_slice(&first));
	buf_free(&first);
	forged_want(&f, plain_order, 3, DPE_SIG, UNBSP_PROFILE,
	    UNBSP_SECURITY);
}

static void
refuses_bad_padding(void)
{
	static const uint8_t	 zero[32], late[32] = { 0x80 };
	struct forged		 f;
	size_t			 i;

	for (i = 0; i < 2; i++) {
		forged_open(&f);
		forged_a0(&f);
		forged_a1(&f);
		vsender_add(&f.s, 0x86, slice_of(i == 0 ? zero : late, 32),
		    false, &f.a3);
		forged_want(&f, plain_order, 3, DPE_SIG, UNBSP_PROFILE,
		    UNBSP_SECURITY);
	}
}

static void
refuses_wrong_tags(void)
{
	static const uint32_t	 swapped[] = { 0xA1, 0xA0, 0xA3 };
	static const uint32_t	 twice[] = { 0xA0, 0xA1, 0xA3, 0xA3 };
	struct forged		 f;

	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	vsender_add(&f.s, 0x87, slice_sub(buf_slice(&f.v.upp), 0, 100), true,
	    &f.a3);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_PROFILE,
	    UNBSP_STRUCTURE);
	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	forged_upp(&f, 0, 100);
	forged_want(&f, swapped, 3, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
	    UNBSP_STRUCTURE);
	forged_open(&f);
	forged_a0(&f);
	forged_a1(&f);
	forged_upp(&f, 0, 100);
	forged_want(&f, twice, 4, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
	    UNBSP_STRUCTURE);
}

static void
refuses_bad_contents(void)
{
	struct forged	 f;

	/* Not BF24. */
	forged_open(&f);
	vsender_add(&f.s, 0x87, slice_of("\xbf\x25\x00", 3), true, &f.a0);
	forged_a1(&f);
	forged_upp(&f, 0, 100);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_CONFIGURE,
	    UNBSP_VALUES);
	/* Two 88, the first of them not full; then three. */
	forged_open(&f);
	forged_a0(&f);
	vsender_add(&f.s, 0x88, slice_sub(buf_slice(&f.v.metadata), 0, 50),
	    true, &f.a1);
	vsender_add(&f.s, 0x88, slice_sub(buf_slice(&f.v.metadata), 50, 999),
	    true, &f.a1);
	forged_upp(&f, 0, 100);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_METADATA2,
	    UNBSP_STRUCTURE);
	forged_open(&f);
	forged_a0(&f);
	vsender_add(&f.s, 0x88, slice_sub(buf_slice(&f.v.metadata), 0, 50),
	    true, &f.a1);
	forged_upp(&f, 0, 100);
	forged_want(&f, plain_order, 3, DPE_SYNTAX, UNBSP_METADATA,
	    UNBSP_VALUES);
}

static void
replaces_keys(void)
{
	struct forged	 f;
	struct buf	 bf26 = {0};
	uint8_t		 keys[48];
	size_t		 i;
	bool		 good;

	for (i = 0; i < sizeof(keys); i++)
		keys[i] = (uint8_t)(7 * i + 1);
	for (good = false;; good = true) {
		forged_open(&f);
		forged_a0(&f);
		forged_a1(&f);
		for (i = 0; i < 3; i++)
			der_add(&bf26, (uint32_t)(0x80 + i),
			    slice_of(keys + 16 * i, good || i < 2 ? 16 : 15));
		der_wrap(&bf26, 0, 0xBF26);
		vsender_add(&f.s, 0x87, buf_slice(&bf26), true, &f.a2);
		buf_cut(&bf26, 0);
		vsender_close(&f.s);
		vsender_open(&f.s, slice_of(keys, sizeof(keys)));
		forged_upp(&f, 0, 500);
		forged_want(&f, ppk_order, 4, good ? 0 : DPE_SYNTAX,
		    UNBSP_REPLACE_KEYS, UNBSP_VALUES);
		if (good)
			break;
	}
	buf_free(&bf26);
}

const struct unit_case test_vuicc_forged[] = {
	UNIT_CASE(accepts_own_sender),
	UNIT_CASE(refuses_oversized),
	UNIT_CASE(refuses_short_segments),
	UNIT_CASE(refuses_reordered),
	UNIT_CASE(refuses_bad_padding),
	UNIT_CASE(refuses_wrong_tags),
	UNIT_CASE(refuses_bad_contents),
	UNIT_CASE(replaces_keys),
};
const size_t test_vuicc_forged_n = NELEM(test_vuicc_forged);
