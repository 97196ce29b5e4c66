/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.AuthenticateClient: SGP.22 5.6.3; checks as in spec 02, section 4. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/hex.h"
#include "base/log.h"
#include "certs/chain.h"
#include "server/rsp/block.h"
#include "server/rsp/common.h"
#include "server/rsp/eligible.h"
#include "server/rsp/find.h"
#include "server/rsp/kept.h"
#include "server/rsp/metadata.h"
#include "server/rsp/rsp.h"
#include "server/rsp/variant.h"
#include "server/rsp/ticket.h"

/* What one call works on. */
struct auth {
	struct session		 s;
	bool			 open;		/* s is ours to close */
	bool			 repeated;	/* answered before */
	struct auth_response	 resp;
	struct euicc_signed1	 s1;
	struct chain		 chain;
	struct order		 order;
	struct ptype		 type;
	struct euicc		 euicc;
	struct body_needs	 needs;		/* of the profile's package */
	struct variants		 variants;	/* of its type */
	int			 eligible;	/* 0 or a refusal */
	struct why		 why_not;	/* eligible */
	bool			 blocked;	/* by a list of ours */
};

static void
auth_free(struct auth *a)
{
	msg_free(&a->resp.msg);
	msg_free(&a->s1.msg);
	pubkey_free(a->chain.euicc);
	order_free(&a->order);
	ptype_free(&a->type);
	variants_free(&a->variants);
	session_free(&a->s);
}

void
es9_authenticate_free(struct es9_authenticate *m)
{
	buf_free(&m->metadata);
	buf_free(&m->smdp_signed2);
	buf_free(&m->smdp_signature2);
	buf_free(&m->smdp_certificate);
}

/* Checks 3 to 6: the chain, and that it ends in the CI that was agreed on. */
static int
auth_chain(struct ctx *c, struct auth *a, int64_t now)
{
	static const struct { int fault, refusal; } map[] = {
		{ DPE_CI, REFUSE_CI },
		{ DPE_EUM, REFUSE_EUM },
		{ DPE_EUM_DATE, REFUSE_EUM_DATE },
		{ DPE_EUICC, REFUSE_EUICC },
		{ DPE_EUICC_DATE, REFUSE_EUICC_DATE },
	};
	size_t	 i;
	int	 r;

	r = chain_verify_euicc(c->crypto, c->pki, a->resp.euicc_cert,
	    a->resp.eum_cert, now, true, &a->chain);
	for (i = 0; i < NELEM(map); i++)
		r = told(r, map[i].fault, map[i].refusal);
	if (r == 0 && memcmp(a->chain.ci, a->s.euicc_ci,
	    sizeof(a->s.euicc_ci)) != 0)
		r = REFUSE_CI;
	return r != 0 ? r : block_chain(c, &a->chain, now);
}

/* The challenge of a session without a row, if this was its address. */
static int
auth_begun(struct ctx *c, struct auth *a)
{
	uint8_t	 tid[LIM_TID];
	int	 r;

	if (a->s1.address.len > LIM_HOST)
		return REFUSE_EUICC_SIG;
	memcpy(a->s.address, a->s1.address.p, a->s1.address.len);
	if ((r = hex_get(slice_str(a->s.tid), tid, sizeof(tid))) != 0)
		return r;
	ticket_challenge(c, slice_of(tid, sizeof(tid)), a->s1.address,
	    a->s.server_challenge);
	return 0;
}

/* Checks 7 to 10: who signed what, and is it an answer to us? */
static int
auth_signed(struct ctx *c, struct auth *a)
{
	int	 r;

	if ((r = told(sig_verify(c->crypto, a->chain.euicc, &a->resp.signed1,
	    1, a->resp.signature), DPE_SIG, REFUSE_EUICC_SIG)) != 0 ||
	    (r = euicc_signed1_decode(a->resp.signed1, &a->s1)) != 0 ||
	    (r = rsp_same_tid(&a->s, a->s1.tid)) != 0)
		return r;
	if (a->s.begun && (r = auth_begun(c, a)) != 0)
		return r;
	if (!slice_eq_ct(a->s1.server_challenge,
	    slice_of(a->s.server_challenge, sizeof(a->s.server_challenge))) ||
	    !slice_eq(a->s1.address, slice_str(a->s.address)))
		return REFUSE_EUICC_SIG;
	if (a->s1.info2.svn[1] != a->s.svn[1])
		log_info("svn-differs tid=%s", a->s.tid);
	return 0;
}

/* Checks 3 to 10 of a session that waits for them. */
static int
auth_verify(struct ctx *c, const struct es9_authenticate *m, struct auth *a,
    int64_t now)
{
	int	 r;

	if ((r = auth_response_decode(m->response, &a->resp)) != 0)
		return r;
	a->open = true;
	if (!a->resp.ok) {
		log_info("euicc-refused-authentication tid=%s code=%ld",
		    a->s.tid, a->resp.error);
		return REFUSE_EXECUTION;
	}
	if ((r = auth_chain(c, a, now)) != 0)
		return r;
	return auth_signed(c, a);
}

/* A TAC is 4 octets of telephony BCD, low nibble first (4.2). */
static void
auth_tac_text(struct slice tac, char out[9])
{
	static const char hex[] = "0123456789ABCDEF";
	size_t	 i;

	out[0] = '\0';
	if (tac.len != 4)
		return;
	for (i = 0; i < 4; i++) {
		out[2 * i] = hex[tac.p[i] & 15];
		out[2 * i + 1] = hex[tac.p[i] >> 4];
	}
	out[8] = '\0';
}

/*
 * The session waits for this call, or has had this very one: a client that
 * missed our answer asks again in the same words, and is answered in the same
 * words, with nothing counted twice (spec 02, 4.4).
 */
static int
auth_session(struct ctx *c, const struct es9_authenticate *m, struct auth *a)
{
	uint8_t	 sum[32];
	int	 r;

	if ((r = rsp_session(c, m->tid, STEP_BIT(STEP_INITIATED) |
	    STEP_BIT(STEP_AUTHENTICATED), &a->s)) != 0)
		return r;
	sha256(c->crypto, m->response, sum);
	a->repeated = a->s.step == STEP_AUTHENTICATED;
	if (a->repeated && !slice_eq_ct(slice_of(sum, sizeof(sum)),
	    slice_of(a->s.auth_sum, sizeof(a->s.auth_sum))))
		return REFUSE_TRANSACTION;
	memcpy(a->s.auth_sum, sum, sizeof(sum));
	return 0;
}

/* What is kept of the card and of this step of the session. */
static int
auth_record(struct auth *a, int64_t now)
{
	struct session	*s = &a->s;
	struct cert	 card, eum;
	int		 r;

	if ((r = cert_parse(a->resp.euicc_cert, &card)) != 0 ||
	    (r = cert_parse(a->resp.eum_cert, &eum)) != 0)
		return r;
	memcpy(s->eid, a->chain.eid, sizeof(s->eid));
	memcpy(s->order, a->order.id, sizeof(s->order));
	memcpy(s->iccid, a->order.iccid, sizeof(s->iccid));
	buf_set(&s->euicc_point, card.point);
	s->euicc_curve = (int)card.curve;
	s->cc_required = a->order.cc.len > 0;
	memcpy(a->euicc.eid, s->eid, sizeof(a->euicc.eid));
	a->euicc.first_seen = a->euicc.last_seen = now;
	memcpy(a->euicc.svn, a->s1.info2.svn, sizeof(a->euicc.svn));
	memcpy(a->euicc.profile_version, a->s1.info2.profile_version,
	    sizeof(a->euicc.profile_version));
	memcpy(a->euicc.firmware, a->s1.info2.firmware,
	    sizeof(a->euicc.firmware));
	snprintf(a->euicc.eum, sizeof(a->euicc.eum), "%.*s",
	    (int)eum.organization.len, (const char *)eum.organization.p);
	auth_tac_text(a->s1.tac, a->euicc.tac);
	a->euicc.free_nvm = eligible_free_nvm(&a->s1.info2);
	return 0;
}

/*
 * smdpSigned2, with the eUICC's one-time key where its package is kept: a card
 * that still has that key is given the same package again.
 */
static int
auth_signed2(struct ctx *c, struct es9_authenticate *m, struct auth *a)
{
	struct smdp_signed2	 s2 = {
		.tid = m->tid, .cc_required = a->s.cc_required,
	};
	struct kept_bpp		 k = {0};
	int			 r;

	r = kept_find(c, &a->s, &a->order, variants_name(&a->variants,
	    a->s.variant), buf_slice(&m->metadata), &k);
	if (r == 0)
		s2.bpp_euicc_otpk = slice_of(k.euicc_otpk,
		    sizeof(k.euicc_otpk));
	if (r == 0 || r == DPE_NOTFOUND)
		r = smdp_signed2_encode(&s2, &m->smdp_signed2);
	kept_bpp_free(&k);
	return r;
}

/* Check 16: metadata, smdpSigned2 and its signature. */
static int
auth_answer(struct ctx *c, struct es9_authenticate *m, struct auth *a)
{
	const struct pki_dp	*dp;
	struct buf		 tbs = {0};
	int			 r;

	if ((dp = rsp_dp(c, &a->s)) == NULL)
		return REFUSE_TRANSACTION;
	if ((r = metadata_build(&a->type, a->order.iccid,
	    c->set->address.item[0], &m->metadata)) != 0 ||
	    (r = auth_signed2(c, m, a)) != 0)
		goto out;
	buf_add_slice(&tbs, buf_slice(&m->smdp_signed2));
	sig_tlv(&tbs, a->resp.signature);
	if ((r = rsp_sign(c, dp, SIGNER_DP_PB, buf_slice(&tbs),
	    &m->smdp_signature2)) != 0)
		goto out;
	buf_add_slice(&m->smdp_certificate, dp->pb.raw);
	buf_set(&a->s.metadata, buf_slice(&m->metadata));
	buf_set(&a->s.smdp_signed2, buf_slice(&m->smdp_signed2));
	buf_set(&a->s.smdp_signature2, buf_slice(&m->smdp_signature2));
out:
	buf_free(&tbs);
	return r;
}

/* The stored answer. */
static int
auth_answer_again(struct ctx *c, struct es9_authenticate *m, struct auth *a)
{
	const struct pki_dp	*dp;

	if ((dp = rsp_dp(c, &a->s)) == NULL)
		return REFUSE_TRANSACTION;
	buf_set(&m->metadata, buf_slice(&a->s.metadata));
	buf_set(&m->smdp_signature2, buf_slice(&a->s.smdp_signature2));
	buf_set(&m->smdp_signed2, buf_slice(&a->s.smdp_signed2));
	buf_set(&m->smdp_certificate, dp->pb.raw);
	return 0;
}

struct auth_write {
	struct auth	*a;
	int64_t		 tenant, now;
	int		 refusal;	/* committed, and refused all the same */
};

/* Checks 12 to 15 once more, on what nobody else can change now. */
static int
auth_count(struct db *db, struct auth_write *w)
{
	struct auth	*a = w->a;
	struct order	 o = {0};
	enum life_state	 state;
	int		 r;

	if ((r = store_order_get(db, w->tenant, a->order.id, &o)) == 0)
		r = rsp_order_allows(&o, a->chain.eid, w->now);
	/* It was found by the EID alone, and may have lost that since. */
	if (r == 0 && a->s1.matching_id.len == 0 &&
	    strcmp(o.eid, a->chain.eid) != 0)
		r = REFUSE_EID;
	state = o.state;
	order_free(&o);
	if (r != 0)
		return r;
	r = store_order_attempt(db, w->tenant, a->order.id, a->chain.eid,
	    w->now);
	if (r == DPE_STATE) {
		w->refusal = REFUSE_ATTEMPTS;
		if ((r = store_profile_event(db, w->tenant, a->order.iccid,
		    LIFE_EXHAUST, w->now)) != 0)
			return r;
		return rsp_audit(db, w->tenant, w->now, "order.exhausted",
		    &a->s, "download attempts");
	}
	if (r != 0 || a->eligible == 0)
		return r;
	w->refusal = a->eligible;
	/* A package that is out already is not taken back by this. */
	if (a->type.ineligible_error && state == LIFE_RELEASED &&
	    (r = store_profile_event(db, w->tenant, a->order.iccid,
	    LIFE_INELIGIBLE, w->now)) != 0)
		return r;
	return rsp_audit(db, w->tenant, w->now, "order.ineligible", &a->s,
	    a->why_not.text);
}

static int
auth_write(struct db *db, void *arg)
{
	struct auth_write	*w = arg;
	int			 r;

	w->refusal = 0;
	if ((r = store_euicc_seen(db, w->tenant, &w->a->euicc)) != 0 ||
	    (r = auth_count(db, w)) != 0 || w->refusal != 0)
		return r;
	if ((r = told(store_session_authenticated(db, w->tenant, &w->a->s,
	    w->now), DPE_STATE, REFUSE_TRANSACTION)) != 0)
		return r;
	return rsp_audit(db, w->tenant, w->now, "session.authenticated",
	    &w->a->s, NULL);
}

static int
auth_commit(struct ctx *c, struct auth *a, int64_t now)
{
	struct auth_write	 w = { a, c->tenant, now, 0 };
	int			 r;

	/* Durable: attempt counters are promises. */
	r = store_write(c->store, STORE_DURABLE, auth_write, &w);
	return r != 0 ? r : w.refusal;
}

/* Checks 11 to 13, and what the rest needs to know. */
static int
auth_find(struct ctx *c, struct auth *a, int64_t now)
{
	int	 r;

	if ((r = find_order(c, a->chain.eid, a->s1.has_matching_id ?
	    a->s1.matching_id : slice_of(NULL, 0), &a->order)) != 0 ||
	    (r = rsp_order_allows(&a->order, a->chain.eid, now)) != 0 ||
	    (r = store_type_get(c->db, c->tenant, a->order.type,
	    &a->type)) != 0 ||
	    (r = variants_load(c, a->order.type, a->order.iccid,
	    &a->variants)) != 0)
		return r;
	return told(store_profile_needs(c->db, c->tenant, a->order.iccid,
	    &a->needs), DPE_NOTFOUND, 0);
}

/* Check 15; what comes of it is decided in the write. */
static int
auth_eligible(struct ctx *c, struct auth *a)
{
	int	 r = 0;

	a->blocked = block_firmware(c->set, a->chain.eid,
	    a->s1.info2.firmware);
	if (a->blocked)
		a->eligible = why_set(&a->why_not, REFUSE_INELIGIBLE,
		    "blocked by block-firmware");
	else if (a->variants.n > 0)
		r = variants_choose(c, &a->variants, &a->s1.info2, &a->type,
		    &a->needs, &a->s.variant, &a->why_not);
	else
		r = eligible_check(&a->s1.info2, &a->type, &a->needs,
		    &a->why_not);
	if (r < 0)
		return r;
	if (!a->blocked)
		a->eligible = r;
	if (a->eligible != 0)
		log_info("ineligible tid=%s order=%s reason=\"%s\"", a->s.tid,
		    a->order.id, a->why_not.text);
	return 0;
}

/* The first time: all checks, then the write, then the answer. */
static int
auth_first(struct ctx *c, struct es9_authenticate *m, struct auth *a,
    int64_t now)
{
	int	 r;

	if ((r = auth_verify(c, m, a, now)) != 0 ||
	    (r = store_snapshot(c->db)) != 0)
		return r;
	r = auth_find(c, a, now);
	store_snapshot_end(c->db);
	if (r != 0 || (r = auth_record(a, now)) != 0)
		return r;
	if ((r = auth_eligible(c, a)) != 0 ||
	    (r = auth_answer(c, m, a)) != 0 ||
	    (r = auth_commit(c, a, now)) != 0)
		return r;
	log_info("authenticated tid=%s order=%s", a->s.tid, a->order.id);
	return 0;
}

/*
 * A refusal names what the eUICC said of itself and has proved, or asked for;
 * and why it is not eligible, but not who is on a list of ours.
 */
static void
auth_about(struct es9_authenticate *m, const struct auth *a, int r)
{
	struct cert	 eum;

	if (r != 0 && r == a->eligible && !a->blocked)
		snprintf(m->about.reason, sizeof(m->about.reason), "%.*s",
		    ABOUT_MAX / 2, a->why_not.text);
	switch (r) {
	case REFUSE_CI:
		if (cert_parse(a->resp.eum_cert, &eum) == 0)
			about_hex(&m->about, eum.aki);
		break;
	case REFUSE_EUICC_SIG:
	case REFUSE_EID:
	case REFUSE_MEMORY:
		about_text(&m->about, slice_str(a->chain.eid));
		break;
	case REFUSE_MATCHING_ID:
		about_text(&m->about, a->s1.matching_id);
		break;
	}
}

int
es9_authenticate(struct ctx *c, struct es9_authenticate *m)
{
	struct auth	 a = {0};
	int		 r;

	if ((r = auth_session(c, m, &a)) == 0)
		r = a.repeated ? auth_answer_again(c, m, &a) :
		    auth_first(c, m, &a, clock_now(c->clock));
	/*
	 * Not after REFUSE_TRANSACTION: the other of two equal calls may be
	 * the one that goes on.
	 */
	if (r > 0 && r != REFUSE_TRANSACTION && a.open)
		rsp_session_drop(c, &a.s);
	if (r != 0)
		es9_authenticate_free(m);
	auth_about(m, &a, r);
	auth_free(&a);
	return r;
}
