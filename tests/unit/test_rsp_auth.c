/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.InitiateAuthentication and AuthenticateClient. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

/* What was signed says the same with another transactionId and challenge. */
static void
initiate_same_words(const struct es9_initiate *m)
{
	struct server_signed1	 s1;
	struct buf		 out = {0}, tid = {0}, b = {0};

	CU_ASSERT_EQUAL(server_signed1_decode(buf_slice(&m->server_signed1),
	    &s1), 0);
	CU_ASSERT_EQUAL(s1.tid.len, LIM_TID);
	CU_ASSERT_EQUAL(s1.server_challenge.len, 16);
	s1.tid = env_vec(&tid, "nist_skeys.transactionId");
	s1.server_challenge = env_vec(&b, "nist_skeys.serverChallenge");
	CU_ASSERT_EQUAL(server_signed1_encode(&s1, &out), 0);
	unit_same("serverSigned1", buf_slice(&out),
	    env_vec(&b, "nist_skeys.serverSigned1"));
	msg_free(&s1.msg);
	buf_free(&out);
	buf_free(&tid);
	buf_free(&b);
}

void
initiate_answers_the_vector(void)
{
	struct env		 e;
	struct buf		 chal = {0}, info = {0}, b = {0};
	struct es9_initiate	 m = {0};
	struct slice		 sig, tbs;
	struct pubkey		*k = NULL;
	struct cert		 auth;

	env_open(&e);
	m.euicc_challenge = env_vec(&chal, "nist_skeys.euiccChallenge");
	m.euicc_info1 = env_vec(&info, "nist_skeys.euiccInfo1");
	m.smdp_address = slice_str("smdp.example.com");
	CU_ASSERT_EQUAL(es9_initiate(&e.ctx, &m), 0);
	initiate_same_words(&m);
	unit_same("serverCertificate", buf_slice(&m.server_certificate),
	    env_vec(&b, "nist.dpauth.crt"));
	CU_ASSERT_EQUAL(cert_parse(buf_slice(&m.server_certificate), &auth),
	    0);
	CU_ASSERT_EQUAL(pubkey_new(e.ctx.crypto, auth.curve, auth.point, &k),
	    0);
	CU_ASSERT_EQUAL(sig_untlv(buf_slice(&m.server_signature1), &sig), 0);
	tbs = buf_slice(&m.server_signed1);
	CU_ASSERT_EQUAL(sig_verify(e.ctx.crypto, k, &tbs, 1, sig), 0);
	CU_ASSERT_EQUAL(m.euicc_ci_pk_id.len, 22);
	pubkey_free(k);
	es9_initiate_free(&m);
	buf_free(&chal);
	buf_free(&info);
	buf_free(&b);
	env_close(&e);
}

/* One call with a changed EUICCInfo1 or address. */
static int
initiate_try(struct env *e, const struct euicc_info1 *info,
    const char *address, size_t challenge)
{
	static const uint8_t	 zeros[32];
	struct es9_initiate	 m = {
		.euicc_challenge = slice_of(zeros, challenge),
		.smdp_address = slice_str(address),
	};
	struct buf		 b = {0};
	int			 r;

	CU_ASSERT_EQUAL(euicc_info1_encode(info, &b), 0);
	m.euicc_info1 = buf_slice(&b);
	r = es9_initiate(&e->ctx, &m);
	es9_initiate_free(&m);
	buf_free(&b);
	return r;
}

void
initiate_refuses(void)
{
	static const uint8_t	 unknown[20] = { 1 };
	struct env		 e;
	struct euicc_info1	 info = { .svn = { 2, 2, 2 } };
	const struct pki_ci	*ci;
	struct es9_initiate	 m = {
		.euicc_challenge = slice_of(unknown, 16),
		.smdp_address = slice_str("smdp.example.com"),
		.euicc_info1 = slice_str("no TLV"),
	};

	env_open(&e);
	ci = pki_ci_at(e.ctx.pki, 0);
	info.verify.id[0] = info.sign.id[0] = ci->cert.ski;
	info.verify.n = info.sign.n = 1;
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "SMDP.example.COM", 16), 0);
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.com", 15),
	    REFUSE_INVALID);
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.org", 16),
	    REFUSE_ADDRESS);
	CU_ASSERT_EQUAL(es9_initiate(&e.ctx, &m), DPE_SYNTAX);
	info.svn[0] = 1;
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.com", 16),
	    REFUSE_SVN);
	info.svn[0] = 3;
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.com", 16),
	    REFUSE_SVN);
	info.svn[0] = 2;
	info.verify.id[0] = slice_of(unknown, 20);
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.com", 16),
	    REFUSE_DP_CERT);
	info.sign.id[0] = slice_of(unknown, 20);
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.com", 16),
	    REFUSE_SECURITY);
	atomic_store(&e.full, true);
	info.verify.id[0] = info.sign.id[0] = ci->cert.ski;
	CU_ASSERT_EQUAL(initiate_try(&e, &info, "smdp.example.com", 16),
	    DPE_BUSY);
	env_close(&e);
}

static int
authenticate_vec(struct env *e, const char *name, struct es9_authenticate *m)
{
	struct buf	 tid = {0}, resp = {0};
	int		 r;

	memset(m, 0, sizeof(*m));
	m->tid = env_vec(&tid, "nist_skeys.transactionId");
	m->response = env_vec(&resp, name);
	r = es9_authenticate(&e->ctx, m);
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

/* The code that is answered, "ok" for none. */
static const char *
authenticate_code(struct env *e, const char *name, char *out, size_t size)
{
	struct es9_authenticate	 m;
	const struct refusal	*f;
	int			 r;

	r = authenticate_vec(e, name, &m);
	f = refusal_of(r);
	if (r == 0)
		snprintf(out, size, "ok");
	else
		snprintf(out, size, "%s/%s", f->subject, f->reason);
	es9_authenticate_free(&m);
	return out;
}

/*
 * All cases of the vectors.  Where the standard names no code: a different svn
 * is logged and accepted, because cards in the field do it (spec 02, 4).
 */
void
authenticate_cases(void)
{
	static const struct { const char *name, *code; } cases[] = {
		{ "ok", "ok" },
		{ "eum_two_pairs_ok", "ok" },
		{ "eum_crlsign_ok", "ok" },
		{ "eum_expired", "8.1.2/6.3" },
		{ "eum_bad_signature", "8.1.2/6.1" },
		{ "eum_wrong_policy", "8.1.2/6.1" },
		{ "eum_no_basic_constraints", "8.1.2/6.1" },
		{ "eum_pathlen_1", "8.1.2/6.1" },
		{ "eum_ku_digital_signature", "8.1.2/6.1" },
		{ "eum_unknown_critical_ext", "8.1.2/6.1" },
		{ "eum_unknown_ci", "8.11.1/3.9" },
		{ "euicc_expired", "8.1.3/6.3" },
		{ "euicc_bad_signature", "8.1.3/6.1" },
		{ "euicc_signed_by_ci", "8.1.3/6.1" },
		{ "euicc_wrong_policy", "8.1.3/6.1" },
		{ "euicc_ku_cert_sign", "8.1.3/6.1" },
		{ "euicc_aki_mismatch", "8.1.3/6.1" },
		{ "euicc_issuer_name_mismatch", "8.1.3/6.1" },
		{ "euicc_eid_outside_iin", "8.1.3/6.1" },
		{ "euicc_wrong_organization", "8.1.3/6.1" },
		{ "euicc_mixed_pair", "8.1.3/6.1" },
		{ "euicc_unknown_critical_ext", "8.1.3/6.1" },
		{ "signature_flipped_bit", "8.1/6.1" },
		{ "signature_zero", "8.1/6.1" },
		{ "signature_der_encoded", "8.1/6.1" },
		{ "inner_transactionId_differs", "8.10.1/3.9" },
		{ "serverChallenge_differs", "8.1/6.1" },
		{ "serverAddress_differs", "8.1/6.1" },
		{ "svn_differs_from_euiccInfo1", "ok" },
		{ "matchingId_unknown", "8.2.6/3.8" },
		{ "matchingId_absent", "8.1.1/3.8" },
		{ "matchingId_empty", "8.1.1/3.8" },
		{ "no_additional_profile", "8.2.5/4.3" },
		{ "ppr2_forbidden", "ok" },	/* this type has no PPR */
		{ "empty_deviceCapabilities_no_imei", "ok" },
		{ "unknown_members_in_euiccInfo2", "ok" },
	};
	struct env	 e;
	char		 name[64], code[16];
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		env_open(&e);
		env_session(&e, "nist_skeys", false);
		snprintf(name, sizeof(name), "case.%s", cases[i].name);
		authenticate_code(&e, name, code, sizeof(code));
		if (strcmp(code, cases[i].code) != 0)
			printf("# %s: %s, not %s\n", name, code,
			    cases[i].code);
		CU_ASSERT_STRING_EQUAL(code, cases[i].code);
		CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
		if (strcmp(code, "ok") == 0)
			CU_ASSERT_EQUAL(env_step(&e), STEP_AUTHENTICATED);
		env_close(&e);
	}
}

struct change {
	const char	*order;
	const char	*eid;
	enum life_event	 event;
	enum order_end	 end;
	int		 what;
};

static int
change_write(struct db *db, void *arg)
{
	struct change	*c = arg;

	switch (c->what) {
	case 0:
		return store_profile_event(db, TENANT_DEFAULT, ENV_ICCID,
		    c->event, ENV_NOW);
	case 1:
		return store_order_end(db, TENANT_DEFAULT, c->order, c->end,
		    ENV_NOW);
	default:
		return store_order_bind(db, TENANT_DEFAULT, c->order, c->eid,
		    ENV_NOW);
	}
}

/* The good case against orders that are not, or not any more. */
void
authenticate_orders(void)
{
	static const struct {
		struct change	 change;
		const char	*code;
	} cases[] = {
		{ { .what = 0, .event = LIFE_EXHAUST }, "8.2.6/3.8" },
		{ { .what = 0, .event = LIFE_SCRAP }, "8.2.6/3.8" },
		{ { .what = 0, .event = LIFE_FREE }, "8.2.6/3.8" },
		{ { .what = 0, .event = LIFE_DELIVER }, "ok" },
		{ { .what = 1, .end = ORDER_CANCELLED }, "8.2.6/3.8" },
		{ { .what = 1, .end = ORDER_EXPIRED }, "8.8.5/4.10" },
		{ { .what = 2, .eid = ENV_EID }, "ok" },
		{ { .what = 2, .eid = "89049032000000000000000000000066" },
		    "8.1.1/3.8" },
	};
	struct change	 c;
	struct env	 e;
	char		 code[16];
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		env_open(&e);
		env_session(&e, "nist_skeys", false);
		c = cases[i].change;
		c.order = e.order.id;
		env_write(&e, change_write, &c);
		authenticate_code(&e, "case.ok", code, sizeof(code));
		if (strcmp(code, cases[i].code) != 0)
			printf("# order case %zu: %s, not %s\n", i, code,
			    cases[i].code);
		CU_ASSERT_STRING_EQUAL(code, cases[i].code);
		env_close(&e);
	}
}

/* The same words twice have the same answer, other words have none. */
void
authenticate_again(void)
{
	struct env		 e;
	struct es9_authenticate	 one, two;
	char			 code[16];

	env_open(&e);
	env_session(&e, "nist_skeys", false);
	CU_ASSERT_EQUAL(authenticate_vec(&e, "case.ok", &one), 0);
	CU_ASSERT_EQUAL(authenticate_vec(&e, "case.ok", &two), 0);
	unit_same("smdpSigned2", buf_slice(&two.smdp_signed2),
	    buf_slice(&one.smdp_signed2));
	unit_same("smdpSignature2", buf_slice(&two.smdp_signature2),
	    buf_slice(&one.smdp_signature2));
	unit_same("profileMetadata", buf_slice(&two.metadata),
	    buf_slice(&one.metadata));
	unit_same("smdpCertificate", buf_slice(&two.smdp_certificate),
	    buf_slice(&one.smdp_certificate));
	CU_ASSERT_EQUAL(env_order(&e)->downloads, 1);
	authenticate_code(&e, "case.signature_flipped_bit", code,
	    sizeof(code));
	CU_ASSERT_STRING_EQUAL(code, "8.10.1/3.9");
	CU_ASSERT_EQUAL(env_step(&e), STEP_AUTHENTICATED);
	es9_authenticate_free(&one);
	es9_authenticate_free(&two);
	env_close(&e);
}

static int
exhaust_write(struct db *db, void *arg)
{
	int	 i, r;

	for (i = 0; i < 10; i++)
		if ((r = store_order_attempt(db, TENANT_DEFAULT, arg, ENV_EID,
		    ENV_NOW)) != 0)
			return r;
	return 0;
}

void
authenticate_attempts_run_out(void)
{
	struct env	 e;
	char		 code[16];

	env_open(&e);
	env_session(&e, "nist_skeys", false);
	env_write(&e, exhaust_write, e.order.id);
	authenticate_code(&e, "case.ok", code, sizeof(code));
	CU_ASSERT_STRING_EQUAL(code, "8.8.5/6.4");
	CU_ASSERT_EQUAL(env_state(&e), LIFE_ERROR);
	CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
	env_close(&e);
}

void
authenticate_error_closes(void)
{
	struct env	 e;
	char		 code[16];

	env_open(&e);
	env_session(&e, "nist_skeys", false);
	authenticate_code(&e,
	    "nist_skeys.authenticateResponseError_euiccChallengeMismatch",
	    code, sizeof(code));
	CU_ASSERT_STRING_EQUAL(code, "1.2/4.2");
	CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
	authenticate_code(&e, "case.ok", code, sizeof(code));
	CU_ASSERT_STRING_EQUAL(code, "8.10.1/3.9");
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	CU_ASSERT_EQUAL(env_order(&e)->downloads, 0);
	env_close(&e);
}
