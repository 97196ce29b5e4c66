/* SPDX-License-Identifier: Apache-2.0 */
/* Packages as recorded, and every way to damage them. */
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc.h"

static const char *const sessions[] = {
	"nist_skeys", "nist_skeys_cc", "nist_ppk", "nist_two88",
	"brainpool_skeys"
};
#define N_SESSIONS	NELEM(sessions)

static int
open_slice(const struct vsession *v, struct slice bpp)
{
	struct unbsp_out	 out;
	struct unbsp_fault	 fault;
	int			 r;

	r = unbsp_open(&v->in, bpp, &out, &fault, NULL);
	CU_ASSERT_TRUE(r == 0 || out.upp.p == NULL);
	unbsp_free(&out);
	return r;
}

static void
aes_rfc4493(void)
{
	struct aes128	*a;
	struct buf	 key = {0}, msg = {0}, want = {0};
	struct slice	 part[2];
	uint8_t		 mac[16], back[32], enc[32];

	unit_hex("2b7e151628aed2a6abf7158809cf4f3c", &key);
	unit_hex("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45"
	    "af8e5130c81c46a35ce411", &msg);
	unit_hex("dfa66747de9ae63030ca32611497c827", &want);
	CU_ASSERT_EQUAL_FATAL(aes128_new(key.p, &a), 0);
	part[0] = slice_of(msg.p, 7);
	part[1] = slice_of(msg.p + 7, msg.len - 7);
	CU_ASSERT_EQUAL(aes128_cmac(a, part, 2, mac), 0);
	unit_same("cmac", slice_of(mac, 16), buf_slice(&want));
	CU_ASSERT_EQUAL(aes128_cmac(a, part, 0, mac), 0);
	buf_cut(&want, 0);
	unit_hex("bb1d6929e95937287fa37d129b756746", &want);
	unit_same("empty cmac", slice_of(mac, 16), buf_slice(&want));
	CU_ASSERT_EQUAL(aes128_cbc_encrypt(a, key.p, slice_of(msg.p, 32),
	    enc), 0);
	CU_ASSERT_EQUAL(aes128_cbc_decrypt(a, key.p, slice_of(enc, 32),
	    back), 0);
	unit_same("cbc", slice_of(back, 32), slice_of(msg.p, 32));
	CU_ASSERT_EQUAL(aes128_cbc_encrypt(a, key.p, slice_of(msg.p, 31),
	    enc), DPE_RANGE);
	aes128_free(a);
	buf_free(&key);
	buf_free(&msg);
	buf_free(&want);
}

static void
unwraps_recorded(void)
{
	struct vsession		 v;
	struct unbsp_out	 out;
	struct unbsp_fault	 fault;
	size_t			 i;

	for (i = 0; i < N_SESSIONS; i++) {
		vsession_open(&v, sessions[i]);
		CU_ASSERT_EQUAL(unbsp_open(&v.in, buf_slice(&v.bpp), &out,
		    &fault, NULL), 0);
		unit_same(sessions[i], buf_slice(&out.upp),
		    buf_slice(&v.upp));
		unit_same(sessions[i], buf_slice(&out.metadata),
		    buf_slice(&v.metadata));
		CU_ASSERT_EQUAL(out.own_keys, i == 2);
		CU_ASSERT_EQUAL(out.segments, i == 0 || i == 4 ? 3 :
		    i == 1 ? 5 : i == 2 ? 6 : 4);
		unbsp_free(&out);
		vsession_close(&v);
	}
}

/* There is no octet in a package that does not matter. */
static void
refuses_every_flip(void)
{
	struct vsession	 v;
	size_t		 i, k, passed = 0;

	for (i = 0; i < N_SESSIONS; i++) {
		vsession_open(&v, sessions[i]);
		for (k = 0; k < v.bpp.len; k++) {
			v.bpp.p[k] ^= (uint8_t)(1 << k % 8);
			if (open_slice(&v, buf_slice(&v.bpp)) == 0)
				passed++;
			v.bpp.p[k] ^= (uint8_t)(1 << k % 8);
		}
		CU_ASSERT_EQUAL(open_slice(&v, buf_slice(&v.bpp)), 0);
		vsession_close(&v);
	}
	CU_ASSERT_EQUAL(passed, 0);
}

static void
refuses_other_lengths(void)
{
	struct vsession	 v;
	size_t		 k, passed = 0;

	vsession_open(&v, "nist_skeys_cc");
	for (k = 0; k < v.bpp.len; k++)
		if (open_slice(&v, slice_of(v.bpp.p, k)) == 0)
			passed++;
	CU_ASSERT_EQUAL(passed, 0);
	buf_add_u8(&v.bpp, 0);
	CU_ASSERT_EQUAL(open_slice(&v, buf_slice(&v.bpp)), DPE_SYNTAX);
	vsession_close(&v);
}

static void
refuses_other_card(void)
{
	struct vsession		 v;
	struct unbsp_out	 out;
	struct unbsp_fault	 f;

	vsession_open(&v, "nist_skeys");
	v.eid.p[15] ^= 1;
	CU_ASSERT_EQUAL(unbsp_open(&v.in, buf_slice(&v.bpp), &out, &f, NULL),
	    DPE_SIG);
	CU_ASSERT_EQUAL(f.command, UNBSP_CONFIGURE);
	CU_ASSERT_EQUAL(f.reason, UNBSP_SECURITY);
	v.eid.p[15] ^= 1;
	v.tid.p[0] ^= 1;
	CU_ASSERT_NOT_EQUAL(unbsp_open(&v.in, buf_slice(&v.bpp), &out, &f,
	    NULL), 0);
	CU_ASSERT_EQUAL(f.command, UNBSP_SECURE_CHANNEL);
	CU_ASSERT_EQUAL(f.reason, UNBSP_TRANSACTION);
	v.tid.p[0] ^= 1;
	v.otpk.p[64] ^= 1;
	CU_ASSERT_EQUAL(unbsp_open(&v.in, buf_slice(&v.bpp), &out, &f, NULL),
	    DPE_SIG);
	CU_ASSERT_EQUAL(f.reason, UNBSP_SIGNATURE);
	vsession_close(&v);
}

const struct unit_case test_vuicc_unbsp[] = {
	UNIT_CASE(aes_rfc4493),
	UNIT_CASE(unwraps_recorded),
	UNIT_CASE(refuses_every_flip),
	UNIT_CASE(refuses_other_lengths),
	UNIT_CASE(refuses_other_card),
};
const size_t test_vuicc_unbsp_n = NELEM(test_vuicc_unbsp);
