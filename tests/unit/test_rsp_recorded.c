/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The recorded session of the test data, which is others' and therefore is not
 * here: decoded, its signatures verified, its package built again byte by byte.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/der.h"
#include "base/file.h"
#include "server/rsp/bpp.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

static bool
recorded(const char *name, struct buf *out)
{
	const char	*dir = getenv("SMDP_TESTDATA");
	struct buf	 path = {0};
	int		 r;

	if (dir == NULL)
		return false;
	buf_cut(out, 0);
	buf_addf(&path, "%s/session/%s", dir, name);
	r = file_read(buf_cstr(&path), LIM_UPP, out, NULL);
	buf_free(&path);
	return r == 0;
}

static void
verified(struct env *e, const char *what, struct slice cert_der,
    const struct slice *parts, size_t n, struct slice sig)
{
	struct pubkey	*k = NULL;
	struct cert	 c;
	int		 r;

	if ((r = cert_parse(cert_der, &c)) == 0 &&
	    (r = pubkey_new(e->ctx.crypto, c.curve, c.point, &k)) == 0)
		r = sig_verify(e->ctx.crypto, k, parts, n, sig);
	if (r != 0)
		printf("# %s: %s\n", what, err_text(r));
	CU_ASSERT_EQUAL(r, 0);
	pubkey_free(k);
}

/* 30|A0 { 80 tid | [BF25] | 30 signed | 5F37 | [04] | 30 certificate } */
struct answer {
	struct slice	metadata, signed_raw, signature, cert;
};

static void
answer_cut(struct slice in, struct answer *a)
{
	struct der	 d;

	memset(a, 0, sizeof(*a));
	while (in.len > 0) {
		if (der_next(&in, &d) != 0) {
			CU_FAIL("answer does not parse");
			return;
		}
		if (d.tag == 0xBF25)
			a->metadata = d.raw;
		else if (d.tag == 0x5F37)
			a->signature = d.value;
		else if (d.tag == 0x30 && a->signed_raw.p == NULL)
			a->signed_raw = d.raw;
		else if (d.tag == 0x30)
			a->cert = d.raw;
	}
}

struct session_files {
	struct buf	 init, auth, offer, prepare, bpp, pir;
};

static bool
files_load(struct session_files *f)
{
	return recorded("initiate-response.der", &f->init) &&
	    recorded("auth-server-response.der", &f->auth) &&
	    recorded("authenticate-response.der", &f->offer) &&
	    recorded("prepare-download-response.der", &f->prepare) &&
	    recorded("bound-profile-package.der", &f->bpp) &&
	    recorded("pending-notification.der", &f->pir);
}

static void
files_free(struct session_files *f)
{
	buf_free(&f->init);
	buf_free(&f->auth);
	buf_free(&f->offer);
	buf_free(&f->prepare);
	buf_free(&f->bpp);
	buf_free(&f->pir);
}

static void
recorded_signatures(struct env *e, const struct session_files *f)
{
	struct auth_response		 resp = {0};
	struct prepare_response		 prep = {0};
	struct pending_notification	 pn = {0};
	struct answer			 init, offer;
	struct slice			 parts[2];
	struct buf			 sig1 = {0}, sig2 = {0};
	struct der			 d;

	CU_ASSERT_EQUAL(der_whole(buf_slice(&f->init), 0x30, &d), 0);
	answer_cut(d.value, &init);
	verified(e, "serverSignature1", init.cert, &init.signed_raw, 1,
	    init.signature);
	CU_ASSERT_EQUAL(auth_response_decode(buf_slice(&f->auth), &resp), 0);
	verified(e, "euiccSignature1", resp.euicc_cert, &resp.signed1, 1,
	    resp.signature);
	CU_ASSERT_EQUAL(der_whole(buf_slice(&f->offer), 0xBF3B, &d), 0);
	CU_ASSERT_EQUAL(der_whole(d.value, 0xA0, &d), 0);
	answer_cut(d.value, &offer);
	sig_tlv(&sig1, resp.signature);
	parts[0] = offer.signed_raw;
	parts[1] = buf_slice(&sig1);
	verified(e, "smdpSignature2", offer.cert, parts, 2, offer.signature);
	CU_ASSERT_EQUAL(prepare_response_decode(buf_slice(&f->prepare),
	    &prep), 0);
	sig_tlv(&sig2, offer.signature);
	parts[0] = prep.signed2;
	parts[1] = buf_slice(&sig2);
	verified(e, "euiccSignature2", resp.euicc_cert, parts, 2,
	    prep.signature);
	CU_ASSERT_EQUAL(pending_notification_decode(buf_slice(&f->pir), &pn),
	    0);
	verified(e, "euiccSignPIR", resp.euicc_cert, &pn.data, 1,
	    pn.signature);
	msg_free(&resp.msg);
	msg_free(&prep.msg);
	msg_free(&pn.msg);
	buf_free(&sig1);
	buf_free(&sig2);
}

/* serverSigned1 from its parts. */
static void
recorded_signed1(const struct session_files *f)
{
	struct buf		 tid = {0}, ec = {0}, sc = {0}, got = {0};
	struct server_signed1	 s1 = {
		.address = slice_str("smdp.example.com") };
	struct answer		 init;
	struct der		 d;

	CU_ASSERT_TRUE(recorded("transaction-id.bin", &tid) &&
	    recorded("euicc-challenge.bin", &ec) &&
	    recorded("server-challenge.bin", &sc));
	s1.tid = buf_slice(&tid);
	s1.euicc_challenge = buf_slice(&ec);
	s1.server_challenge = buf_slice(&sc);
	CU_ASSERT_EQUAL(server_signed1_encode(&s1, &got), 0);
	CU_ASSERT_EQUAL(der_whole(buf_slice(&f->init), 0x30, &d), 0);
	answer_cut(d.value, &init);
	unit_same("serverSigned1", buf_slice(&got), init.signed_raw);
	buf_free(&tid);
	buf_free(&ec);
	buf_free(&sc);
	buf_free(&got);
}

/* The package again, but for the 64 octets that chance decides. */
static void
recorded_package(struct env *e, const struct session_files *f)
{
	static const uint8_t	 eid[16] = ENV_EID_BCD;
	static const uint8_t	 head[] = { 0x5f, 0x37, 0x40 };
	struct bpp_want		 w = { .host_id = slice_str("euicc-rsp") };
	struct pki_dp		 dp = *pki_dp_at(e->ctx.pki, 1);
	struct prepare_response	 prep = {0};
	struct euicc_signed2	 s2 = {0};
	struct buf		 tid = {0}, md = {0}, upp = {0}, d = {0};
	struct bpp_groups	 g = {0};
	struct buf		 got = {0};
	struct privkey		*ot = NULL;
	size_t			 at;

	CU_ASSERT_TRUE(recorded("transaction-id.bin", &tid) &&
	    recorded("store-metadata.der", &md) &&
	    recorded("upp.der", &upp) && recorded("otsk-dp.bin", &d));
	CU_ASSERT_EQUAL(prepare_response_decode(buf_slice(&f->prepare),
	    &prep), 0);
	CU_ASSERT_EQUAL(euicc_signed2_decode(prep.signed2, &s2), 0);
	CU_ASSERT_EQUAL(dp.pb.curve, CURVE_P256);
	dp.pb.rid = slice_of(NULL, 0);	/* BF24 00 there */
	memcpy(w.eid, eid, sizeof(eid));
	w.tid = buf_slice(&tid);
	w.dp = &dp;
	w.euicc_otpk = s2.euicc_otpk;
	w.metadata = buf_slice(&md);
	w.upp = buf_slice(&upp);
	CU_ASSERT_EQUAL(privkey_from_scalar(e->ctx.crypto, CURVE_P256,
	    buf_slice(&d), &ot), 0);
	w.ot_key = ot;
	CU_ASSERT_EQUAL(bpp_protect(&e->ctx, &w, &g), 0);
	CU_ASSERT_EQUAL(bpp_assemble(&e->ctx, &w, &g, &got), 0);
	bpp_groups_free(&g);
	CU_ASSERT_EQUAL(got.len, f->bpp.len);
	for (at = 0; at + 3 + SIG_LEN < got.len; at++)
		if (memcmp(got.p + at, head, 3) == 0)
			break;
	if (got.len == f->bpp.len)
		memcpy(got.p + at + 3, f->bpp.p + at + 3, SIG_LEN);
	unit_same("package", buf_slice(&got), buf_slice(&f->bpp));
	privkey_free(ot);
	msg_free(&prep.msg);
	msg_free(&s2.msg);
	buf_free(&tid);
	buf_free(&md);
	buf_free(&upp);
	buf_free(&d);
	buf_free(&got);
}

void
recorded_session(void)
{
	struct session_files	 f = {0};
	struct env		 e;

	if (!files_load(&f)) {
		unit_skip("SMDP_TESTDATA names no directory with a session");
		files_free(&f);
		return;
	}
	env_open(&e);
	recorded_signed1(&f);
	recorded_signatures(&e, &f);
	recorded_package(&e, &f);
	env_close(&e);
	files_free(&f);
}
