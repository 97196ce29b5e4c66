/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_card.h"

#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "base/file.h"
#include "tools/vuicc_forge.h"

struct eum_search {
	struct vuicc_card	*card;
	const char		*dir;
};

/* file_each(): is this the EUM that issued the card's certificate? */
static int
card_eum_try(void *arg, const char *name)
{
	struct eum_search	*q = arg;
	struct vuicc_card	*card = q->card;
	struct buf		 path = {0}, der = {0};
	struct cert		 c;
	int			 found = 0;

	buf_addf(&path, "%s/%s", q->dir, name);
	if (cert_load(buf_cstr(&path), &der, NULL) == 0 &&
	    cert_parse(buf_slice(&der), &c) == 0 &&
	    slice_eq(c.subject, card->euicc.issuer) &&
	    slice_eq(c.ski, card->euicc.aki)) {
		buf_set(&card->eum_der, buf_slice(&der));
		found = 1;
	}
	buf_free(&path);
	buf_free(&der);
	return found;
}

static int
card_find_eum(struct vuicc_card *card, const char *pki_dir, struct why *why)
{
	struct eum_search	 q;
	struct buf		 dir = {0};
	int			 r;

	buf_addf(&dir, "%s/eum", pki_dir);
	q.card = card;
	q.dir = buf_cstr(&dir);
	r = file_each(q.dir, ".crt", card_eum_try, &q, why);
	if (r == 0)
		r = why_set(why, DPE_NOTFOUND,
		    "%s: no EUM that issued eUICC %s", q.dir, card->eid);
	else if (r == 1)
		r = cert_parse(buf_slice(&card->eum_der), &card->eum);
	buf_free(&dir);
	return r;
}

static int
card_load_own(struct vuicc_card *card, const char *pki_dir, struct why *why)
{
	struct buf	 path = {0};
	uint8_t		 point[POINT_LEN];
	int		 r;

	buf_addf(&path, "%s/euicc/%s.crt", pki_dir, card->eid);
	if ((r = cert_load(buf_cstr(&path), &card->euicc_der, why)) != 0)
		goto out;
	if ((r = cert_parse(buf_slice(&card->euicc_der), &card->euicc)) != 0) {
		r = why_set(why, r, "%s: no certificate that can be read",
		    buf_cstr(&path));
		goto out;
	}
	buf_cut(&path, 0);
	buf_addf(&path, "%s/euicc/%s.key", pki_dir, card->eid);
	if ((r = privkey_load(buf_cstr(&path), &card->key, why)) != 0)
		goto out;
	privkey_point(card->key, point);
	if (!slice_eq(slice_of(point, POINT_LEN), card->euicc.point))
		r = why_set(why, DPE_USAGE,
		    "%s: not the key of the certificate", buf_cstr(&path));
out:
	buf_free(&path);
	return r;
}

int
vuicc_card_open(struct vuicc_card *card, const char *pki_dir, const char *eid,
    struct crypto *crypto, struct pki *pki, struct vuicc_state *state,
    struct why *why)
{
	int	 r;

	memset(card, 0, sizeof(*card));
	card->crypto = crypto;
	card->pki = pki;
	card->state = state;
	card->clock = &clock_system;
	card->rnd = &rnd_system;
	if (eid_parse(eid, card->eid_bcd) != 0)
		return why_set(why, DPE_USAGE, "%s: an EID has 32 digits",
		    eid);
	eid_text(card->eid_bcd, card->eid);
	if ((r = card_load_own(card, pki_dir, why)) != 0 ||
	    (r = card_find_eum(card, pki_dir, why)) != 0)
		vuicc_card_close(card);
	return r;
}

void
vuicc_card_close(struct vuicc_card *card)
{
	privkey_free(card->key);
	buf_free(&card->euicc_der);
	buf_free(&card->eum_der);
	memset(card, 0, sizeof(*card));
}

void
vuicc_session_init(struct vuicc_card *card, struct vuicc_session *s)
{
	memset(s, 0, sizeof(*s));
	rnd_fill(card->rnd, s->challenge, sizeof(s->challenge));
}

void
vuicc_session_free(struct vuicc_session *s)
{
	buf_free(&s->tid);
	buf_free(&s->address);
	buf_free(&s->server_challenge);
	buf_free(&s->auth_der);
	buf_free(&s->pb_der);
	buf_free(&s->sig1);
	buf_free(&s->sig2);
	buf_free(&s->metadata);
	pubkey_free(s->pb_key);
	privkey_free(s->otsk);
	mem_wipe(s, sizeof(*s));
}

int
vuicc_card_sign(struct vuicc_card *card, struct slice tbs, bool wrong,
    uint8_t sig[SIG_LEN])
{
	int	 r;

	if ((r = sig_sign(card->crypto, card->key, tbs, sig)) == 0 && wrong)
		sig[SIG_LEN - 1] ^= 1;
	return r;
}

struct slice
vuicc_card_tid(const struct vuicc_card *card, const struct vuicc_session *s,
    enum vuicc_odd odd, struct buf *copy)
{
	if (!vuicc_odd(card->odds, odd) || s->tid.len == 0)
		return buf_slice(&s->tid);
	buf_set(copy, buf_slice(&s->tid));
	copy->p[0] ^= 0x80;
	return buf_slice(copy);
}

struct slice
vuicc_card_oid(const struct vuicc_card *card, const struct cert *dp)
{
	static const uint8_t	 other[] = { 0x88, 0x37, 0x7f };

	if (vuicc_odd(card->odds, ODD_WRONG_SMDP_OID))
		return slice_of(other, sizeof(other));
	return dp->rid;
}

int
vuicc_card_cancel(struct vuicc_card *card, struct vuicc_session *s,
    long reason, struct buf *out)
{
	struct cancel_response	 answer;
	struct cancel_signed	 sg;
	struct buf		 data = {0}, copy = {0};
	uint8_t			 sig[SIG_LEN];
	int			 r;

	memset(&answer, 0, sizeof(answer));
	memset(&sg, 0, sizeof(sg));
	if (vuicc_odd(card->odds, ODD_CANCEL_ERROR)) {
		answer.error = card->odds->value[ODD_CANCEL_ERROR];
		return cancel_response_encode(&answer, out);
	}
	sg.tid = vuicc_card_tid(card, s, ODD_OTHER_TID2, &copy);
	sg.smdp_oid = vuicc_card_oid(card, &s->auth);
	sg.reason = reason;
	if ((r = cancel_signed_encode(&sg, &data)) != 0 ||
	    (r = vuicc_card_sign(card, buf_slice(&data), vuicc_odd(card->odds,
	    ODD_WRONG_CANCEL_SIGNATURE), sig)) != 0)
		goto out;
	answer.ok = true;
	answer.signed_data = buf_slice(&data);
	answer.signature = slice_of(sig, SIG_LEN);
	r = cancel_response_encode(&answer, out);
	/* Only after "later" and "timeout" may the key live on (5.7.14). */
	if (reason != 1 && reason != 2)
		vuicc_state_kept_drop(card->state);
out:
	buf_free(&data);
	buf_free(&copy);
	return r;
}
