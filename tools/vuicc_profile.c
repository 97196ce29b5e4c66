/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Enable, disable, delete, and the notifications that go with them: SGP.22 3.5,
 * 5.7.10, 5.7.16 to 5.7.18.
 */
#include <string.h>

#include "tools/vuicc_card.h"

#define EVENT_ENABLE	2
#define EVENT_DISABLE	4
#define EVENT_DELETE	8
#define PPR1_NO_DISABLE	2
#define PPR2_NO_DELETE	4

int
vuicc_card_pending(struct vuicc_card *card,
    const struct notification_meta *meta, bool is_install, struct slice data,
    struct why *why)
{
	struct pending_notification	 m;
	struct vuicc_pending		*p;
	char				 iccid[ICCID_TEXT];
	uint8_t				 sig[SIG_LEN];
	int				 r;

	if ((p = vuicc_state_pending_add(card->state)) == NULL)
		return why_set(why, DPE_RANGE,
		    "the card holds too many notifications; send them");
	p->seq = meta->seq;
	p->event = meta->events;
	p->address = slice_dup(meta->address);
	if (meta->iccid.len > 0 && iccid_from_ef(meta->iccid, iccid) == 0)
		p->iccid = xstrdup(iccid);
	memset(&m, 0, sizeof(m));
	if ((r = vuicc_card_sign(card, data, is_install &&
	    vuicc_odd(card->odds, ODD_WRONG_PIR_SIGNATURE), sig)) == 0) {
		m.is_install = is_install;
		m.data = data;
		m.signature = slice_of(sig, SIG_LEN);
		m.euicc_cert = buf_slice(&card->euicc_der);
		m.eum_cert = buf_slice(&card->eum_der);
		r = pending_notification_encode(&m, &p->der);
	}
	if (r != 0) {
		vuicc_state_pending_del(card->state,
		    card->state->n_pending - 1);
		return why_set(why, r, "notification: %s", err_text(r));
	}
	return 0;
}

static int
card_notify_one(struct vuicc_card *card, const struct vuicc_profile *p,
    unsigned event, const char *address, struct why *why)
{
	struct notification_meta meta;
	struct buf		 data = {0};
	uint8_t			 iccid[10];
	int			 r;

	memset(&meta, 0, sizeof(meta));
	if ((r = iccid_to_ef(p->iccid, iccid)) != 0)
		return why_set(why, r, "%s: no ICCID", p->iccid);
	meta.seq = ++card->state->seq;
	meta.events = event;
	meta.address = slice_str(address);
	meta.iccid = slice_of(iccid, sizeof(iccid));
	if ((r = notification_meta_encode(&meta, &data)) != 0)
		r = why_set(why, r, "notification: %s", err_text(r));
	else
		r = vuicc_card_pending(card, &meta, false, buf_slice(&data),
		    why);
	buf_free(&data);
	return r;
}

int
vuicc_card_notify(struct vuicc_card *card, const struct vuicc_profile *p,
    unsigned event, struct why *why)
{
	size_t	 i;
	int	 r = 0;

	for (i = 0; r == 0 && i < p->n_notify; i++)
		if ((p->notify[i].events & (int64_t)event) != 0)
			r = card_notify_one(card, p, event,
			    p->notify[i].address, why);
	return r;
}

static int
card_profile(struct vuicc_card *card, const char *text,
    struct vuicc_profile **out, struct why *why)
{
	char	 iccid[ICCID_TEXT];

	if (iccid_parse(text, iccid) != 0)
		return why_set(why, DPE_USAGE, "%s: no ICCID", text);
	if ((*out = vuicc_state_profile(card->state, iccid)) == NULL)
		return why_set(why, DPE_NOTFOUND,
		    "%s: no such profile on the card", iccid);
	return 0;
}

static int
card_turn_off(struct vuicc_card *card, struct vuicc_profile *p,
    struct why *why)
{
	if ((p->ppr & PPR1_NO_DISABLE) != 0)
		return why_set(why, DPE_STATE,
		    "%s: its policy (PPR1) forbids to disable it", p->iccid);
	p->enabled = false;
	card->state->dirty = true;
	return vuicc_card_notify(card, p, EVENT_DISABLE, why);
}

int
vuicc_card_enable(struct vuicc_card *card, const char *iccid, struct why *why)
{
	struct vuicc_profile	*p, *other;
	size_t			 i;
	int			 r;

	if ((r = card_profile(card, iccid, &p, why)) != 0)
		return r;
	if (p->enabled)
		return why_set(why, DPE_STATE, "%s: enabled already",
		    p->iccid);
	for (i = 0; i < card->state->n_profile; i++) {
		other = &card->state->profile[i];
		if (other->enabled &&
		    (r = card_turn_off(card, other, why)) != 0)
			return r;
	}
	p->enabled = true;
	card->state->dirty = true;
	return vuicc_card_notify(card, p, EVENT_ENABLE, why);
}

int
vuicc_card_disable(struct vuicc_card *card, const char *iccid,
    struct why *why)
{
	struct vuicc_profile	*p;
	int			 r;

	if ((r = card_profile(card, iccid, &p, why)) != 0)
		return r;
	if (!p->enabled)
		return why_set(why, DPE_STATE, "%s: disabled already",
		    p->iccid);
	return card_turn_off(card, p, why);
}

int
vuicc_card_delete(struct vuicc_card *card, const char *iccid, struct why *why)
{
	struct vuicc_profile	*p;
	int			 r;

	if ((r = card_profile(card, iccid, &p, why)) != 0)
		return r;
	if (p->enabled)
		return why_set(why, DPE_STATE,
		    "%s: enabled; disable it first", p->iccid);
	if ((p->ppr & PPR2_NO_DELETE) != 0)
		return why_set(why, DPE_STATE,
		    "%s: its policy (PPR2) forbids to delete it", p->iccid);
	if ((r = vuicc_card_notify(card, p, EVENT_DELETE, why)) == 0)
		vuicc_state_profile_del(card->state, p);
	return r;
}
