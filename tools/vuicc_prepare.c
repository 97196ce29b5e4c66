/* SPDX-License-Identifier: Apache-2.0 */
/* PrepareDownload, SGP.22 5.7.5: the one-time key and what is signed of it. */
#include <string.h>

#include "base/der.h"
#include "tools/vuicc_card.h"

/*
 * A fresh key, remembered in the state until its package is installed.  The
 * first bit of the scalar stays clear: below the order of either curve.
 */
static int
prepare_key(struct vuicc_card *card, struct vuicc_session *s)
{
	struct vuicc_kept	*k = &card->state->kept;
	uint8_t			 d[32];
	int			 r;

	if (s->otsk != NULL)
		return 0;	/* the kept one */
	rnd_fill(card->rnd, d, sizeof(d));
	d[0] &= 0x7f;
	if ((r = privkey_from_scalar(card->crypto, s->pb.curve,
	    slice_of(d, sizeof(d)), &s->otsk)) == 0) {
		privkey_point(s->otsk, s->otpk);
		vuicc_state_kept_drop(card->state);
		buf_set(&k->scalar, slice_of(d, sizeof(d)));
		buf_set(&k->point, slice_of(s->otpk, POINT_LEN));
		buf_set(&k->smdp_oid, s->pb.rid);
		k->set = true;
		card->state->dirty = true;
	}
	mem_wipe(d, sizeof(d));
	return r;
}

/* The point as it is sent: right, or wrong on purpose. */
static void
prepare_point(const struct vuicc_card *card, const struct vuicc_session *s,
    struct buf *out)
{
	buf_add(out, s->otpk, POINT_LEN);
	if (vuicc_odd(card->odds, ODD_BAD_POINT))
		out->p[POINT_LEN - 1] ^= 1;
	if (vuicc_odd(card->odds, ODD_COMPRESSED_POINT)) {
		out->p[0] = (uint8_t)(2 | (out->p[POINT_LEN - 1] & 1));
		buf_cut(out, 33);
	}
	if (vuicc_odd(card->odds, ODD_INFINITY_POINT)) {
		out->p[0] = 0;
		buf_cut(out, 1);
	}
}

/* hashCc = SHA256(SHA256(CC) || transactionId), 5.7.5. */
static void
prepare_hash(struct vuicc_card *card, const struct vuicc_session *s,
    const char *cc, uint8_t out[32])
{
	uint8_t	 once[32];

	sha256(card->crypto, slice_str(cc), once);
	sha256_2(card->crypto, slice_of(once, sizeof(once)),
	    buf_slice(&s->tid), out);
	mem_wipe(once, sizeof(once));
}

/* EUICCSigned2 by hand, since a wrong point does not fit its type. */
static void
prepare_data(struct vuicc_card *card, const struct vuicc_session *s,
    struct slice hash_cc, struct buf *out)
{
	struct buf	 point = {0}, tid = {0};
	size_t		 at = out->len;

	prepare_point(card, s, &point);
	der_add(out, 0x80, vuicc_card_tid(card, s, ODD_OTHER_TID2, &tid));
	der_add(out, 0x5F49, buf_slice(&point));
	if (hash_cc.len > 0 && s->cc_required)
		der_add(out, 0x04, hash_cc);
	der_wrap(out, at, 0x30);
	buf_free(&point);
	buf_free(&tid);
}

static int
prepare_answer(struct vuicc_card *card, struct vuicc_session *s,
    struct slice hash_cc, struct buf *out)
{
	struct prepare_response	 m;
	struct buf		 tbs = {0};
	uint8_t			 sig[SIG_LEN];
	size_t			 len;
	int			 r;

	memset(&m, 0, sizeof(m));
	if (vuicc_odd(card->odds, ODD_DOWNLOAD_ERROR)) {
		m.tid = buf_slice(&s->tid);
		m.error = card->odds->value[ODD_DOWNLOAD_ERROR];
		return prepare_response_encode(&m, out);
	}
	prepare_data(card, s, hash_cc, &tbs);
	len = tbs.len;
	buf_add_slice(&tbs, buf_slice(&s->sig2));
	if ((r = vuicc_card_sign(card, buf_slice(&tbs), vuicc_odd(card->odds,
	    ODD_WRONG_SIGNATURE2), sig)) == 0) {
		m.ok = true;
		m.signed2 = slice_sub(buf_slice(&tbs), 0, len);
		m.signature = slice_of(sig, SIG_LEN);
		r = prepare_response_encode(&m, out);
	}
	buf_free(&tbs);
	return r;
}

int
vuicc_card_prepare_hashed(struct vuicc_card *card, struct vuicc_session *s,
    struct slice hash_cc, struct buf *out, struct why *why)
{
	int	 r;

	s->error = 127;
	if ((r = prepare_key(card, s)) != 0)
		return why_set(why, r, "one-time key: %s", err_text(r));
	if ((r = prepare_answer(card, s, hash_cc, out)) != 0)
		return why_set(why, r, "PrepareDownloadResponse: %s",
		    err_text(r));
	return 0;
}

int
vuicc_card_prepare(struct vuicc_card *card, struct vuicc_session *s,
    const char *cc, struct buf *out, struct why *why)
{
	uint8_t	 hash[32];
	int	 r;

	if (cc == NULL)
		return vuicc_card_prepare_hashed(card, s, slice_of(NULL, 0),
		    out, why);
	prepare_hash(card, s, cc, hash);
	r = vuicc_card_prepare_hashed(card, s, slice_of(hash, sizeof(hash)),
	    out, why);
	mem_wipe(hash, sizeof(hash));
	return r;
}
