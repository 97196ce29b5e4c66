/* SPDX-License-Identifier: Apache-2.0 */
/* What the card answers, read again and verified; what it refuses. */
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc_fix.h"

static void
info1_lists_ci(void)
{
	struct vfix		 f;
	struct euicc_info1	 info;
	struct buf		 out = {0};

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(vuicc_card_info1(&f.card, &out), 0);
	CU_ASSERT_EQUAL(euicc_info1_decode(buf_slice(&out), &info), 0);
	CU_ASSERT_EQUAL(info.svn[0], 2);
	CU_ASSERT_EQUAL(info.sign.n, 1);
	CU_ASSERT_EQUAL(info.verify.n, 1);
	unit_same("ci", info.sign.id[0], f.card.eum.aki);
	msg_free(&info.msg);
	buf_free(&out);
	vfix_close(&f);
}

static void
check_signed1(struct vfix *f, struct slice signed1)
{
	struct euicc_signed1	 m;
	struct server_signed1	 server;

	CU_ASSERT_EQUAL(server_signed1_decode(buf_slice(&f->signed1),
	    &server), 0);
	CU_ASSERT_EQUAL_FATAL(euicc_signed1_decode(signed1, &m), 0);
	unit_same("tid", m.tid, server.tid);
	unit_same("address", m.address, server.address);
	unit_same("challenge", m.server_challenge, server.server_challenge);
	unit_same("matchingId", m.matching_id, slice_str("MATCH-ME"));
	CU_ASSERT_EQUAL(m.tac.len, 4);
	CU_ASSERT_EQUAL(m.imei.len, 8);
	CU_ASSERT_TRUE(bits_has(m.info2.rsp_capability, 0));
	CU_ASSERT_EQUAL(m.info2.sign.n, 1);
	msg_free(&m.msg);
	msg_free(&server.msg);
}

static void
authenticates(void)
{
	struct vfix		 f;
	struct auth_response	 m;
	struct chain		 chain;
	struct buf		 out = {0};
	int			 i;

	for (i = 0; i < 2; i++) {
		vfix_open(&f, i == 1);
		CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
		CU_ASSERT_EQUAL_FATAL(auth_response_decode(buf_slice(&out),
		    &m), 0);
		CU_ASSERT_TRUE(m.ok);
		CU_ASSERT_TRUE(vfix_signed(&f, m.signed1, slice_of(NULL, 0),
		    m.signature));
		check_signed1(&f, m.signed1);
		memset(&chain, 0, sizeof(chain));
		CU_ASSERT_EQUAL(chain_verify_euicc(f.crypto, f.pki,
		    m.euicc_cert, m.eum_cert, clock_now(f.card.clock), true,
		    &chain), 0);
		CU_ASSERT_STRING_EQUAL(chain.eid, f.card.eid);
		pubkey_free(chain.euicc);
		msg_free(&m.msg);
		buf_cut(&out, 0);
		vfix_close(&f);
	}
	buf_free(&out);
}

/* Every octet of what the server says about itself matters. */
static void
refuses_false_server(void)
{
	struct vfix	 f;
	struct buf	 out = {0}, *part[4];
	size_t		 i, k, passed = 0;

	vfix_open(&f, false);
	part[0] = &f.signed1;
	part[1] = &f.signature1;
	part[2] = &f.ci_id;
	part[3] = &f.dp_auth;
	for (i = 0; i < 4; i++)
		for (k = 0; k < part[i]->len; k++) {
			part[i]->p[k] ^= 1;
			if (vfix_authenticate(&f, &out) == 0)
				passed++;
			part[i]->p[k] ^= 1;
			vfix_again(&f);
		}
	CU_ASSERT_EQUAL(passed, 0);
	f.s.challenge[3] ^= 1;
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), DPE_SIG);
	buf_set(&f.dp_auth, buf_slice(&f.dp_pb_der));
	CU_ASSERT_NOT_EQUAL(vfix_authenticate(&f, &out), 0);
	CU_ASSERT_EQUAL(out.len, 0);
	buf_free(&out);
	vfix_close(&f);
}

static void
refuses_false_offer(void)
{
	struct vfix	 f;
	struct buf	 out = {0};

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
	CU_ASSERT_EQUAL(vfix_offer(&f, true, slice_of(NULL, 0)), 0);
	CU_ASSERT_TRUE(f.s.cc_required);
	CU_ASSERT_EQUAL(vfix_offer(&f, false, slice_of(NULL, 0)), 0);
	CU_ASSERT_FALSE(f.s.cc_required);
	/* CERT.DPauth is not made for this. */
	buf_set(&f.dp_pb_der, buf_slice(&f.dp_auth));
	CU_ASSERT_NOT_EQUAL(vfix_offer(&f, true, slice_of(NULL, 0)), 0);
	buf_free(&out);
	vfix_close(&f);
}

/* The offer's own checks, with bytes that are changed after signing. */
static void
refuses_changed_offer(void)
{
	struct vfix		 f;
	struct vuicc_offer	 in;
	struct buf		 out = {0};
	size_t			 k, passed = 0;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
	CU_ASSERT_EQUAL(vfix_offer(&f, false, slice_of(NULL, 0)), 0);
	in.metadata = buf_slice(&f.metadata);
	in.signed2 = buf_slice(&f.signed2);
	in.signature2 = buf_slice(&f.signature2);
	in.cert = buf_slice(&f.dp_pb_der);
	for (k = 0; k < f.signed2.len + f.signature2.len; k++) {
		uint8_t	*p = k < f.signed2.len ? &f.signed2.p[k] :
		    &f.signature2.p[k - f.signed2.len];

		*p ^= 1;
		if (vuicc_card_offer(&f.card, &f.s, &in, NULL) == 0)
			passed++;
		*p ^= 1;
	}
	CU_ASSERT_EQUAL(passed, 0);
	CU_ASSERT_EQUAL(vuicc_card_offer(&f.card, &f.s, &in, NULL), 0);
	/* The right signature, but the session is another. */
	f.s.tid.p[0] ^= 1;
	CU_ASSERT_EQUAL(vuicc_card_offer(&f.card, &f.s, &in, NULL), DPE_SIG);
	f.s.tid.p[0] ^= 1;
	f.s.sig1.p[20] ^= 1;
	CU_ASSERT_EQUAL(vuicc_card_offer(&f.card, &f.s, &in, NULL), DPE_SIG);
	buf_free(&out);
	vfix_close(&f);
}

static void
prepares(void)
{
	struct vfix		 f;
	struct prepare_response	 m;
	struct euicc_signed2	 s2;
	struct buf		 out = {0}, want = {0};
	uint8_t			 hash[32];

	vfix_open(&f, true);
	CU_ASSERT_EQUAL(vfix_prepare(&f, "12345678", &out), 0);
	CU_ASSERT_EQUAL_FATAL(prepare_response_decode(buf_slice(&out), &m),
	    0);
	CU_ASSERT_TRUE(m.ok);
	CU_ASSERT_TRUE(vfix_signed(&f, m.signed2, buf_slice(&f.signature2),
	    m.signature));
	CU_ASSERT_EQUAL_FATAL(euicc_signed2_decode(m.signed2, &s2), 0);
	unit_same("tid", s2.tid, buf_slice(&f.s.tid));
	unit_same("otpk", s2.euicc_otpk, slice_of(f.s.otpk, POINT_LEN));
	sha256(f.crypto, slice_str("12345678"), hash);
	buf_add(&want, hash, 32);
	buf_add_slice(&want, buf_slice(&f.s.tid));
	sha256(f.crypto, buf_slice(&want), hash);
	unit_same("hashCc", s2.hash_cc, slice_of(hash, 32));
	CU_ASSERT_TRUE(f.state->kept.set);
	msg_free(&s2.msg);
	msg_free(&m.msg);
	buf_free(&out);
	buf_free(&want);
	vfix_close(&f);
}

/* The kept key is used when it is offered, and only then (5.7.5). */
static void
keeps_key(void)
{
	struct vfix	 f;
	struct buf	 out = {0}, first = {0};

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(vfix_prepare(&f, NULL, &out), 0);
	buf_add(&first, f.s.otpk, POINT_LEN);
	vfix_again(&f);
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
	CU_ASSERT_EQUAL(vfix_offer(&f, false, buf_slice(&first)), 0);
	CU_ASSERT_EQUAL(vuicc_card_prepare(&f.card, &f.s, NULL, &out, NULL),
	    0);
	unit_same("again", slice_of(f.s.otpk, POINT_LEN), buf_slice(&first));
	vfix_again(&f);
	CU_ASSERT_EQUAL(vfix_prepare(&f, NULL, &out), 0);
	CU_ASSERT_FALSE(slice_eq(slice_of(f.s.otpk, POINT_LEN),
	    buf_slice(&first)));
	buf_free(&out);
	buf_free(&first);
	vfix_close(&f);
}

static void
cancels(void)
{
	static const long	 reasons[] = { 0, 1, 2, 3, 4, 5, 127 };
	struct vfix		 f;
	struct cancel_response	 m;
	struct cancel_signed	 sg;
	struct buf		 out = {0};
	size_t			 i;

	vfix_open(&f, false);
	for (i = 0; i < NELEM(reasons); i++) {
		vfix_again(&f);
		buf_cut(&out, 0);
		CU_ASSERT_EQUAL(vfix_prepare(&f, NULL, &out), 0);
		buf_cut(&out, 0);
		CU_ASSERT_EQUAL(vuicc_card_cancel(&f.card, &f.s, reasons[i],
		    &out), 0);
		CU_ASSERT_EQUAL_FATAL(cancel_response_decode(buf_slice(&out),
		    &m), 0);
		CU_ASSERT_TRUE(vfix_signed(&f, m.signed_data,
		    slice_of(NULL, 0), m.signature));
		CU_ASSERT_EQUAL_FATAL(cancel_signed_decode(m.signed_data,
		    &sg), 0);
		CU_ASSERT_EQUAL(sg.reason, reasons[i]);
		unit_same("oid", sg.smdp_oid, f.s.auth.rid);
		unit_same("tid", sg.tid, buf_slice(&f.s.tid));
		CU_ASSERT_EQUAL(f.state->kept.set,
		    reasons[i] == 1 || reasons[i] == 2);
		msg_free(&sg.msg);
		msg_free(&m.msg);
	}
	buf_free(&out);
	vfix_close(&f);
}

const struct unit_case test_vuicc_card[] = {
	UNIT_CASE(info1_lists_ci),
	UNIT_CASE(authenticates),
	UNIT_CASE(refuses_false_server),
	UNIT_CASE(refuses_false_offer),
	UNIT_CASE(refuses_changed_offer),
	UNIT_CASE(prepares),
	UNIT_CASE(keeps_key),
	UNIT_CASE(cancels),
};
const size_t test_vuicc_card_n = NELEM(test_vuicc_card);
