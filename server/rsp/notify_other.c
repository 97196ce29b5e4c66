/* SPDX-License-Identifier: Apache-2.0 */
/* OtherSignedNotification: SGP.22 3.5 and 5.7.10; spec 02, 7.2. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "certs/chain.h"
#include "server/rsp/block.h"
#include "server/rsp/common.h"
#include "server/rsp/notify.h"
#include "server/rsp/reinstall.h"

#define EVENT_INSTALL	1
#define EVENT_DELETE	8

static const struct {
	unsigned	 mask;
	const char	*name;
	enum card_state	 card;
} events[] = {
	{ EVENT_INSTALL, "install", CARD_DISABLED },
	{ 2, "enable", CARD_ENABLED },
	{ 4, "disable", CARD_DISABLED },
	{ EVENT_DELETE, "delete", CARD_DELETED },
};
#define N_EVENTS	NELEM(events)

struct other {
	struct notify			*n;
	struct notification_meta	 meta;
	struct chain			 chain;
	size_t				 event;		/* in events[] */
	int64_t				 tenant, order_expiry;
	const char			*actor;
};

/*
 * The certificates of an old notification may be out of their dates by now:
 * the signature still says who spoke.
 */
static const char *
other_doubt(struct ctx *c, struct other *w)
{
	if (chain_verify_euicc(c->crypto, c->pki, w->n->p.euicc_cert,
	    w->n->p.eum_cert, w->n->now, false, &w->chain) != 0)
		return "certificates are not valid";
	if (block_chain(c, &w->chain, 0) != 0)
		return "certificates are blocked";
	if (sig_verify(c->crypto, w->chain.euicc, &w->n->p.data, 1,
	    w->n->p.signature) != 0)
		return "signature does not verify";
	for (w->event = 0; w->event < N_EVENTS; w->event++)
		if (events[w->event].mask == w->meta.events)
			break;
	if (w->event == N_EVENTS)
		return "not exactly one event";
	if (iccid_from_ef(w->meta.iccid, w->n->row.iccid) != 0)
		return "no ICCID";
	return NULL;
}

/* The profile must be on this card by our own records. */
static const char *
other_profile_doubt(struct ctx *c, struct other *w, int *fault)
{
	struct profile	 p = {0};
	const char	*doubt = NULL;

	*fault = store_profile_get(c->db, c->tenant, w->n->row.iccid, &p);
	if (*fault == DPE_NOTFOUND) {
		*fault = 0;
		doubt = "unknown ICCID";
	} else if (*fault == 0 && strcmp(p.eid, w->chain.eid) != 0)
		doubt = "the ICCID is not this card's";
	profile_free(&p);
	return doubt;
}

/* Confirms what the result may have failed to say, with all that follows. */
static int
other_installed(struct db *db, struct other *w)
{
	const char	*iccid = w->n->row.iccid;
	struct profile	 p = {0};
	struct order	 o = {0};
	int		 r;

	r = store_profile_event(db, w->tenant, iccid, LIFE_INSTALL,
	    w->n->now);
	if (r != 0)
		return told(r, DPE_STATE, 0);
	if ((r = store_profile_get(db, w->tenant, iccid, &p)) == 0 &&
	    p.order[0] != '\0' &&
	    (r = store_order_get(db, w->tenant, p.order, &o)) == 0 &&
	    (r = rsp_order_shred(db, w->tenant, &o)) == 0)
		r = rsp_order_reuse(db, w->tenant, &o, w->n->now);
	order_free(&o);
	profile_free(&p);
	return r;
}

/* What follows from an event that is the card's latest. */
static int
other_event(struct db *db, struct other *w)
{
	const struct notification	*row = &w->n->row;
	struct reinstall		 again = { w->tenant, w->n->now,
	    row->iccid, row->eid, w->order_expiry };

	switch (events[w->event].mask) {
	case EVENT_INSTALL:
		return other_installed(db, w);
	case EVENT_DELETE:
		return reinstall(db, &again);
	}
	return 0;
}

static int
other_act(struct db *db, struct other *w)
{
	const struct notification	*row = &w->n->row;
	struct audit			 a = {
		.at = w->n->now, .actor = w->actor, .action = "card.event",
		.iccid = row->iccid, .eid = row->eid, .detail = row->event,
	};
	int				 r;

	r = store_profile_card(db, w->tenant, row->iccid, row->eid, row->seq,
	    events[w->event].card, w->n->now);
	if (r == DPE_STATE)
		return 0;	/* overtaken by a later one */
	if (r != 0)
		return r;
	if ((r = store_audit_add(db, w->tenant, &a)) != 0)
		return r;
	return other_event(db, w);
}

static int
other_write(struct db *db, void *arg)
{
	struct other	*w = arg;
	int		 r;

	r = store_notification_add(db, w->tenant, &w->n->row);
	if (r == DPE_EXISTS)
		return 0;	/* a repeat: done the first time */
	return r != 0 ? r : other_act(db, w);
}

int
notify_other(struct ctx *c, struct notify *n)
{
	struct other	 w = { .n = n, .tenant = c->tenant,
			    .order_expiry = c->set->order_expiry,
			    .actor = rsp_actor(c) };
	const char	*doubt;
	int		 r = 0;

	if ((r = notification_meta_decode(n->p.data, &w.meta)) != 0) {
		r = notify_odd(c, n, r);
		goto out;
	}
	n->row.seq = w.meta.seq;
	doubt = other_doubt(c, &w);
	if (doubt == NULL)
		doubt = other_profile_doubt(c, &w, &r);
	if (r != 0)
		goto out;
	if (doubt != NULL) {
		r = notify_keep(c, n, doubt);
		goto out;
	}
	n->row.verified = true;
	memcpy(n->row.eid, w.chain.eid, sizeof(n->row.eid));
	snprintf(n->row.event, sizeof(n->row.event), "%s",
	    events[w.event].name);
	if ((r = store_write(c->store, STORE_DURABLE, other_write, &w)) == 0)
		log_info("card-event event=%s seq=%lld", n->row.event,
		    (long long)n->row.seq);
out:
	msg_free(&w.meta.msg);
	pubkey_free(w.chain.euicc);
	return r;
}
