/* SPDX-License-Identifier: Apache-2.0 */
/* The card's half of the mutual authentication, SGP.22 3.1.2 and 5.7.13. */
#include <string.h>

#include "base/der.h"
#include "tools/vuicc_card.h"
#include "tools/vuicc_info.h"

/* Does this certificate's key fit a 5F37 TLV over the parts? */
static int
auth_verify(struct vuicc_card *card, const struct cert *by,
    const struct slice *parts, size_t n, struct slice tlv,
    struct pubkey **keep)
{
	struct pubkey	*k = NULL;
	struct slice	 sig;
	int		 r;

	if ((r = sig_untlv(tlv, &sig)) == 0 &&
	    (r = pubkey_new(card->crypto, by->curve, by->point, &k)) == 0)
		r = sig_verify(card->crypto, k, parts, n, sig);
	if (r == 0 && keep != NULL) {
		pubkey_free(*keep);
		*keep = k;
		k = NULL;
	}
	pubkey_free(k);
	return r;
}

/* CERT.DPauth of a CI we trust, and its signature over serverSigned1. */
static int
auth_server_cert(struct vuicc_card *card, struct vuicc_session *s,
    const struct vuicc_server *in, struct why *why)
{
	int	 r;

	buf_set(&s->auth_der, in->cert);
	s->error = 1;
	if ((r = chain_verify_dp(card->crypto, card->pki,
	    buf_slice(&s->auth_der), ROLE_DP_AUTH, clock_now(card->clock),
	    &s->auth)) != 0)
		return why_set(why, r, "CERT.DPauth: %s", err_text(r));
	s->error = 5;
	if (s->auth.rid.len == 0)
		return why_set(why, DPE_CERT, "CERT.DPauth: no OID in it");
	s->error = 2;
	if ((r = auth_verify(card, &s->auth, &in->signed1, 1, in->signature1,
	    NULL)) != 0)
		return why_set(why, r, "serverSignature1: %s", err_text(r));
	return 0;
}

static bool
auth_ci_listed(const struct ci_list *list, struct slice id)
{
	size_t	 i;

	for (i = 0; i < list->n; i++)
		if (slice_eq(list->id[i], id))
			return true;
	return false;
}

/* euiccCiPKIdToBeUsed (04 14 ...) and the server's CI are in our lists. */
static int
auth_ci(struct vuicc_card *card, struct vuicc_session *s, struct slice tlv,
    struct why *why)
{
	struct ci_list	 verify, sign;
	struct der	 d;

	s->error = 7;
	vuicc_info_ci(card, &verify, &sign);
	if (der_whole(tlv, 0x04, &d) != 0 || !auth_ci_listed(&sign, d.value))
		return why_set(why, DPE_CI,
		    "euiccCiPKIdToBeUsed: not one of the card's");
	if (!auth_ci_listed(&verify, s->auth.aki))
		return why_set(why, DPE_CI,
		    "CERT.DPauth: of a CI that the card did not list");
	return 0;
}

static int
auth_signed1(struct vuicc_session *s, struct slice signed1, struct why *why)
{
	struct server_signed1	 m;
	int			 r;

	s->error = 127;
	if ((r = server_signed1_decode(signed1, &m)) != 0) {
		r = why_set(why, r, "serverSigned1: %s", err_text(r));
		goto out;
	}
	s->error = 6;
	if (!slice_eq(m.euicc_challenge,
	    slice_of(s->challenge, sizeof(s->challenge)))) {
		r = why_set(why, DPE_SIG,
		    "serverSigned1: another euiccChallenge");
		goto out;
	}
	buf_set(&s->tid, m.tid);
	buf_set(&s->address, m.address);
	buf_set(&s->server_challenge, m.server_challenge);
	s->error = 127;
out:
	msg_free(&m.msg);
	return r;
}

/* What was made of an LPA's CtxParams1 can be read again, or DPE_SYNTAX. */
static int
auth_readable(struct slice data)
{
	struct euicc_signed1	 m;
	int			 r;

	r = euicc_signed1_decode(data, &m);
	msg_free(&m.msg);
	return r;
}

/* EuiccSigned1 as DER. */
static int
auth_answer_data(struct vuicc_card *card, struct vuicc_session *s,
    struct slice ctx, const char *matching_id, struct buf *out)
{
	struct euicc_signed1	 m;
	struct vuicc_info_store	 store;
	struct buf		 tid = {0}, challenge = {0};
	int			 r;

	memset(&m, 0, sizeof(m));
	m.tid = vuicc_card_tid(card, s, ODD_OTHER_TID, &tid);
	m.address = buf_slice(&s->address);
	buf_set(&challenge, buf_slice(&s->server_challenge));
	if (vuicc_odd(card->odds, ODD_WRONG_CHALLENGE))
		challenge.p[0] ^= 1;
	m.server_challenge = buf_slice(&challenge);
	m.has_matching_id = matching_id != NULL;
	m.matching_id = slice_str(matching_id);
	m.ctx_given = ctx;
	vuicc_info_fill(card, &m, &store);
	r = euicc_signed1_encode(&m, out);
	if (r == 0 && ctx.len > 0)
		r = auth_readable(buf_slice(out));
	if (r == 0 && card->iot)
		r = vuicc_info_iot(out);
	buf_free(&store.resource);
	buf_free(&tid);
	buf_free(&challenge);
	return r;
}

static int
auth_answer(struct vuicc_card *card, struct vuicc_session *s,
    struct slice ctx, const char *matching_id, struct buf *out)
{
	struct auth_response	 m;
	struct buf		 data = {0};
	uint8_t			 sig[SIG_LEN];
	int			 r;

	memset(&m, 0, sizeof(m));
	if (vuicc_odd(card->odds, ODD_AUTH_ERROR)) {
		m.tid = buf_slice(&s->tid);
		m.error = card->odds->value[ODD_AUTH_ERROR];
		return auth_response_encode(&m, out);
	}
	if ((r = auth_answer_data(card, s, ctx, matching_id, &data)) != 0 ||
	    (r = vuicc_card_sign(card, buf_slice(&data), vuicc_odd(card->odds,
	    ODD_WRONG_SIGNATURE1), sig)) != 0)
		goto out;
	m.ok = true;
	m.signed1 = buf_slice(&data);
	m.signature = slice_of(sig, SIG_LEN);
	m.euicc_cert = buf_slice(&card->euicc_der);
	m.eum_cert = buf_slice(&card->eum_der);
	buf_cut(&s->sig1, 0);
	sig_tlv(&s->sig1, m.signature);
	r = auth_response_encode(&m, out);
out:
	buf_free(&data);
	return r;
}

int
vuicc_card_authenticate(struct vuicc_card *card, struct vuicc_session *s,
    const struct vuicc_server *in, const char *matching_id, struct buf *out,
    struct why *why)
{
	int	 r;

	if ((r = auth_server_cert(card, s, in, why)) != 0 ||
	    (r = auth_ci(card, s, in->ci_id, why)) != 0 ||
	    (r = auth_signed1(s, in->signed1, why)) != 0)
		return r;
	if ((r = auth_answer(card, s, in->ctx, matching_id, out)) != 0)
		return why_set(why, r, "AuthenticateServerResponse: %s",
		    err_text(r));
	return 0;
}

/* CERT.DPpb: of the same CI, and the same SM-DP+, as CERT.DPauth. */
static int
offer_cert(struct vuicc_card *card, struct vuicc_session *s,
    const struct vuicc_offer *in, struct why *why)
{
	struct slice	 part[2];
	int		 r;

	buf_set(&s->pb_der, in->cert);
	s->error = 1;
	if ((r = chain_verify_dp(card->crypto, card->pki,
	    buf_slice(&s->pb_der), ROLE_DP_PB, clock_now(card->clock),
	    &s->pb)) != 0)
		return why_set(why, r, "CERT.DPpb: %s", err_text(r));
	if (!slice_eq(s->pb.aki, s->auth.aki))
		return why_set(why, DPE_CERT,
		    "CERT.DPpb: of another CI than CERT.DPauth");
	if (!slice_eq(s->pb.rid, s->auth.rid))
		return why_set(why, DPE_CERT,
		    "CERT.DPpb: another OID than in CERT.DPauth");
	s->error = 2;
	part[0] = in->signed2;
	part[1] = buf_slice(&s->sig1);
	if ((r = auth_verify(card, &s->pb, part, 2, in->signature2,
	    &s->pb_key)) != 0)
		return why_set(why, r, "smdpSignature2: %s", err_text(r));
	return 0;
}

/* Take over the kept one-time key when the server still has its point. */
static int
offer_kept(struct vuicc_card *card, struct vuicc_session *s,
    struct slice point)
{
	const struct vuicc_kept	*k = &card->state->kept;
	int			 r;

	if (!k->set || point.len == 0 ||
	    !slice_eq(point, buf_slice(&k->point)) ||
	    !slice_eq(s->pb.rid, buf_slice(&k->smdp_oid)))
		return 0;
	if ((r = privkey_from_scalar(card->crypto, s->pb.curve,
	    buf_slice(&k->scalar), &s->otsk)) != 0)
		return r;
	privkey_point(s->otsk, s->otpk);
	return 0;
}

int
vuicc_card_offer(struct vuicc_card *card, struct vuicc_session *s,
    const struct vuicc_offer *in, struct why *why)
{
	struct smdp_signed2	 m;
	int			 r;

	if ((r = offer_cert(card, s, in, why)) != 0)
		return r;
	s->error = 127;
	if ((r = smdp_signed2_decode(in->signed2, &m)) != 0)
		r = why_set(why, r, "smdpSigned2: %s", err_text(r));
	else if (!slice_eq(m.tid, buf_slice(&s->tid))) {
		s->error = 5;
		r = why_set(why, DPE_SIG, "smdpSigned2: another "
		    "transactionId");
	} else {
		s->cc_required = m.cc_required;
		buf_set(&s->sig2, in->signature2);
		buf_set(&s->metadata, in->metadata);
		if ((r = offer_kept(card, s, m.bpp_euicc_otpk)) != 0)
			r = why_set(why, r, "the kept one-time key: %s",
			    err_text(r));
	}
	msg_free(&m.msg);
	return r;
}
