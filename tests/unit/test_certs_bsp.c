/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/bsp.h"

#include <stdio.h>
#include <string.h>

#include "certs/cert.h"
#include "certs/cmac.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define CMAC	"certs_cmac"
#define SESSION	"certs_session"

void
cmac_vectors(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 key, msg, mac;
	struct slice	 parts[2];
	struct cmac	*m;
	uint8_t		 out[16], big[CMAC_MAX + 1] = {0};
	int		 i;

	CU_ASSERT_EQUAL_FATAL(cmac_new(c, &m), 0);
	for (i = 0; vec_has(CMAC, "rfc.%d.key", i); i++) {
		key = vec(CMAC, "rfc.%d.key", i);
		msg = vec(CMAC, "rfc.%d.msg", i);
		mac = vec(CMAC, "rfc.%d.mac", i);
		CU_ASSERT_EQUAL(cmac_key(m, key.p), 0);
		parts[0] = slice_sub(buf_slice(&msg), 0, msg.len / 3);
		parts[1] = slice_sub(buf_slice(&msg), msg.len / 3, msg.len);
		CU_ASSERT_EQUAL(cmac_sum(m, parts, 2, out), 0);
		unit_same("mac", slice_of(out, 16), buf_slice(&mac));
		buf_free(&key);
		buf_free(&msg);
		buf_free(&mac);
	}
	CU_ASSERT_EQUAL(i, 4);
	parts[0] = slice_of(big, CMAC_MAX);
	CU_ASSERT_EQUAL(cmac_sum(m, parts, 1, out), 0);
	parts[0] = slice_of(big, CMAC_MAX + 1);
	CU_ASSERT_EQUAL(cmac_sum(m, parts, 1, out), DPE_RANGE);
	cmac_free(m);
	crypto_free(c);
}

/* One segment of a vector through b. */
static void
segment(struct bsp *b, const char *file, const char *pre, int i)
{
	struct buf	 tag = vec(file, "%sseg.%d.tag", pre, i);
	struct buf	 plain = vec(file, "%sseg.%d.plain", pre, i);
	struct buf	 tlv = vec(file, "%sseg.%d.tlv", pre, i);
	struct buf	 full = vec(file, "%sseg.%d.full", pre, i), out = {0};
	uint32_t	 before, after;
	uint8_t		 chain[16];

	bsp_state(b, chain, &before);
	CU_ASSERT_EQUAL(bsp_protect(b, tag.p[0], buf_slice(&plain), &out), 0);
	bsp_state(b, chain, &after);
	unit_same("tlv", buf_slice(&out), buf_slice(&tlv));
	unit_same("chain", slice_of(chain, 16), buf_slice(&full));
	CU_ASSERT_EQUAL(after, before + 1);
	buf_free(&tag);
	buf_free(&plain);
	buf_free(&tlv);
	buf_free(&full);
	buf_free(&out);
}

static void
keys_from(struct slice s, size_t chain, size_t enc, size_t mac,
    struct bsp_keys *k)
{
	CU_ASSERT_EQUAL_FATAL(s.len, 48);
	memcpy(k->mac_chaining, s.p + chain, 16);
	memcpy(k->enc, s.p + enc, 16);
	memcpy(k->mac, s.p + mac, 16);
}

void
segment_chain(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 k = vec(CMAC, "enc"), mac = vec(CMAC, "mac");
	struct buf	 chain = vec(CMAC, "chain");
	struct bsp_keys	 keys;
	struct bsp	*b;
	int		 i;

	buf_add_slice(&k, buf_slice(&mac));
	buf_add_slice(&k, buf_slice(&chain));
	keys_from(buf_slice(&k), 32, 0, 16, &keys);
	CU_ASSERT_EQUAL_FATAL(bsp_new(c, &keys, &b), 0);
	for (i = 0; vec_has(CMAC, "seg.%d.tag", i); i++)
		segment(b, CMAC, "", i);
	CU_ASSERT_EQUAL(i, 6);
	bsp_free(b);
	buf_free(&k);
	buf_free(&mac);
	buf_free(&chain);
	crypto_free(c);
}

static const struct {
	const char	*name;
	enum curve	 curve;
	int		 segments;
	int		 rekey;		/* before this one; 0: never */
} sessions[] = {
	{ "nist_skeys", CURVE_P256, 3, 0 },
	{ "nist_ppk", CURVE_P256, 6, 3 },
	{ "nist_two88", CURVE_P256, 4, 0 },
	{ "brainpool_skeys", CURVE_BP256, 3, 0 },
};
#define SESSIONS	NELEM(sessions)

/* From the one-time keys to the session keys. */
static void
session_keys(struct crypto *c, size_t i, struct bsp_keys *keys)
{
	const char	*name = sessions[i].name;
	struct buf	 own = vec(SESSION, "%s.otsk", name);
	struct buf	 peer = vec(SESSION, "%s.otpk", name);
	struct buf	 mine = vec(SESSION, "%s.otpk_dp", name);
	struct buf	 want = vec(SESSION, "%s.z", name);
	struct buf	 host = vec(SESSION, "%s.host", name);
	struct buf	 eid = vec(SESSION, "%s.eid", name);
	struct privkey	*k;
	struct pubkey	*p;
	uint8_t		 z[32], point[POINT_LEN];

	CU_ASSERT_EQUAL_FATAL(privkey_from_scalar(c, sessions[i].curve,
	    buf_slice(&own), &k), 0);
	privkey_point(k, point);
	unit_same("otPK.DP", slice_of(point, POINT_LEN), buf_slice(&mine));
	CU_ASSERT_EQUAL_FATAL(pubkey_new(c, sessions[i].curve,
	    buf_slice(&peer), &p), 0);
	CU_ASSERT_EQUAL(ecdh_derive(c, k, p, z), 0);
	unit_same("z", slice_of(z, 32), buf_slice(&want));
	bsp_derive(c, z, buf_slice(&host), eid.p, keys);
	privkey_free(k);
	pubkey_free(p);
	buf_free(&own);
	buf_free(&peer);
	buf_free(&mine);
	buf_free(&want);
	buf_free(&host);
	buf_free(&eid);
}

void
session_segments(void)
{
	struct crypto	*c = must_crypto();
	struct bsp_keys	 keys;
	struct bsp	*b;
	struct buf	 ppk;
	char		 pre[32];
	size_t		 i;
	int		 k;

	for (i = 0; i < SESSIONS; i++) {
		session_keys(c, i, &keys);
		CU_ASSERT_EQUAL_FATAL(bsp_new(c, &keys, &b), 0);
		snprintf(pre, sizeof(pre), "%s.", sessions[i].name);
		for (k = 0; k < sessions[i].segments; k++) {
			if (k > 0 && k == sessions[i].rekey) {
				ppk = vec(SESSION, "%sppk", pre);
				keys_from(buf_slice(&ppk), 0, 16, 32, &keys);
				CU_ASSERT_EQUAL(bsp_rekey(b, &keys), 0);
				buf_free(&ppk);
			}
			segment(b, SESSION, pre, k);
		}
		CU_ASSERT_FALSE(vec_has(SESSION, "%sseg.%d.tag", pre, k));
		bsp_free(b);
	}
	crypto_free(c);
}

/* Does this signature of the session fit this certificate, and only it? */
static void
signature(struct crypto *c, size_t i, const char *what, const char *who)
{
	struct buf	 der = vec("certs_pki", "%s.%s.cert",
			    vec_curve(sessions[i].curve), who);
	const char	*name = sessions[i].name;
	struct buf	 tbs = vec(SESSION, "%s.%s.tbs", name, what);
	struct buf	 sig = vec(SESSION, "%s.%s.sig", name, what);
	struct slice	 part = buf_slice(&tbs), raw;
	struct cert	 cert;
	struct pubkey	*k;

	raw = slice_sub(buf_slice(&sig), 3, SIG_LEN);	/* behind 5F3740 */
	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&der), &cert), 0);
	CU_ASSERT_EQUAL_FATAL(pubkey_new(c, cert.curve, cert.point, &k), 0);
	CU_ASSERT_EQUAL(sig_verify(c, k, &part, 1, raw), 0);
	part.len--;
	CU_ASSERT_EQUAL(sig_verify(c, k, &part, 1, raw), DPE_SIG);
	pubkey_free(k);
	buf_free(&der);
	buf_free(&tbs);
	buf_free(&sig);
}

void
session_signatures(void)
{
	struct crypto	*c = must_crypto();
	size_t		 i;

	for (i = 0; i < SESSIONS; i++) {
		signature(c, i, "server1", "dpauth");
		signature(c, i, "euicc1", "euicc");
		signature(c, i, "smdp2", "dppb");
		signature(c, i, "euicc2", "euicc");
		signature(c, i, "smdp", "dppb");
	}
	crypto_free(c);
}

void
segment_bounds(void)
{
	static const struct {
		uint8_t	 tag;
		size_t	 plain;
		size_t	 tlv;	/* 0: refused */
	} t[] = {
		{ 0x86, 0, 26 }, { 0x86, 15, 26 }, { 0x86, 16, 42 },
		{ 0x86, 1007, 1020 }, { 0x86, 1008, 0 }, { 0x87, 1007, 1020 },
		{ 0x87, 1008, 0 }, { 0x88, 0, 10 }, { 0x88, 119, 129 },
		{ 0x88, 120, 131 }, { 0x88, 1008, 1020 }, { 0x88, 1009, 0 },
		{ 0x85, 10, 0 },
	};
	static const uint8_t	 plain[1009];
	struct crypto		*c = must_crypto();
	struct bsp_keys		 keys;
	struct bsp		*b;
	struct buf		 out = {0};
	uint32_t		 before, after;
	uint8_t			 chain[16];
	size_t			 i;

	memset(&keys, 7, sizeof(keys));
	CU_ASSERT_EQUAL_FATAL(bsp_new(c, &keys, &b), 0);
	for (i = 0; i < NELEM(t); i++) {
		buf_cut(&out, 0);
		bsp_state(b, chain, &before);
		CU_ASSERT_EQUAL(bsp_protect(b, t[i].tag,
		    slice_of(plain, t[i].plain), &out),
		    t[i].tlv == 0 ? DPE_RANGE : 0);
		bsp_state(b, chain, &after);
		CU_ASSERT_EQUAL(out.len, t[i].tlv);
		CU_ASSERT_EQUAL(after, before + (t[i].tlv != 0));
	}
	bsp_free(b);
	buf_free(&out);
	crypto_free(c);
}
