/* SPDX-License-Identifier: Apache-2.0 */
/* ProfileInstallationResult: SGP.22 2.5.6 and 3.1.3.3; spec 02, 7.1. */
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "base/log.h"
#include "server/rsp/common.h"
#include "server/rsp/notify.h"
#include "server/rsp/reinstall.h"

struct result {
	struct notify		*n;
	struct install_data	 d;
	struct session		 s;
	int64_t			 tenant, order_expiry;
};

/* Who signed it, and is it about the package that this session was given? */
static const char *
result_doubt(struct ctx *c, struct result *w)
{
	const struct session	*s = &w->s;
	const struct pki_dp	*dp;
	struct pubkey		*k = NULL;
	uint8_t			 ef[10];
	int			 r;

	if (s->step < STEP_BPP_SENT || s->euicc_otpk.len == 0)
		return "no package was sent in this session";
	if (pubkey_new(c->crypto, (enum curve)s->euicc_curve,
	    buf_slice(&s->euicc_point), &k) != 0)
		return "no key of the eUICC";
	r = sig_verify(c->crypto, k, &w->n->p.data, 1, w->n->p.signature);
	pubkey_free(k);
	if (r != 0)
		return "signature does not verify";
	if ((dp = rsp_dp(c, s)) == NULL ||
	    !slice_eq(w->d.smdp_oid, dp->pb.rid))
		return "not the OID of this SM-DP+";
	if (w->d.meta.iccid.len > 0 && (iccid_to_ef(s->iccid, ef) != 0 ||
	    !slice_eq(w->d.meta.iccid, slice_of(ef, sizeof(ef)))))
		return "not the ICCID of the order";
	return NULL;
}

static void
result_row(struct result *w)
{
	struct notification	*row = &w->n->row;

	row->verified = true;
	row->seq = w->d.meta.seq;
	memcpy(row->eid, w->s.eid, sizeof(row->eid));
	memcpy(row->iccid, w->s.iccid, sizeof(row->iccid));
	snprintf(row->event, sizeof(row->event), "install");
	if (w->d.success)
		snprintf(row->result, sizeof(row->result), "success");
	else
		notify_words(w->d.bpp_command, w->d.reason, row->result,
		    sizeof(row->result));
}

/*
 * Does the card have it, as it says, by our own records?  Then this was a
 * second download of what is installed, and that is what it is.
 */
static int
result_there(struct db *db, struct result *w, enum card_state *card)
{
	struct profile	 p = {0};
	int		 r;

	*card = w->d.success ? CARD_DISABLED : CARD_NONE;
	if (w->d.success || w->d.reason != PIR_ICCID_EXISTS)
		return 0;
	if ((r = store_profile_get(db, w->tenant, w->s.iccid, &p)) == 0 &&
	    strcmp(p.eid, w->s.eid) == 0 && p.card != CARD_DELETED)
		*card = p.card;
	profile_free(&p);
	return r;
}

/*
 * A delete may have come before the result: then it is acted on now, if this
 * was the last session that had the package.
 */
static int
result_installed(struct db *db, struct result *w, const struct order *o,
    enum card_state card)
{
	const struct reinstall	 again = { w->tenant, w->n->now,
				    w->s.iccid, w->s.eid, w->order_expiry };
	int			 r;

	if ((r = store_profile_event(db, w->tenant, w->s.iccid, LIFE_INSTALL,
	    w->n->now)) != 0 ||
	    (r = told(store_profile_card(db, w->tenant, w->s.iccid, w->s.eid,
	    w->d.meta.seq, card, w->n->now), DPE_STATE, 0)) != 0 ||
	    (r = rsp_order_shred(db, w->tenant, o)) != 0 ||
	    (r = rsp_audit(db, w->tenant, w->n->now, "profile.installed",
	    &w->s, w->d.success ? NULL : w->n->row.result)) != 0)
		return r;
	return strcmp(o->sent_tid, w->s.tid) == 0 ? reinstall(db, &again) : 0;
}

/*
 * A card that has had the package once more, in a later session, has yet to
 * say what became of that: LPAs send an old result behind a new download.
 */
static int
result_failed(struct db *db, struct result *w, const struct order *o)
{
	int	 r;

	if (strcmp(o->sent_tid, w->s.tid) == 0 &&
	    w->d.reason != PIR_INSUFFICIENT_MEMORY &&
	    w->d.reason != PIR_INTERRUPTION &&
	    (r = store_profile_event(db, w->tenant, w->s.iccid, LIFE_FAIL,
	    w->n->now)) != 0)
		return r;
	return rsp_audit(db, w->tenant, w->n->now, "profile.failed", &w->s,
	    w->n->row.result);
}

/* The profile moves if it still is this eUICC's and waits for a result. */
static int
result_act(struct db *db, struct result *w)
{
	struct order	 o = {0};
	enum card_state	 card;
	int		 r;

	if ((r = store_order_get(db, w->tenant, w->s.order, &o)) != 0)
		goto out;
	if (strcmp(o.eid, w->s.eid) != 0 || o.state != LIFE_DOWNLOADED) {
		r = rsp_audit(db, w->tenant, w->n->now,
		    "notification.late", &w->s, w->n->row.result);
		goto out;
	}
	if ((r = result_there(db, w, &card)) != 0)
		goto out;
	r = card != CARD_NONE ? result_installed(db, w, &o, card) :
	    result_failed(db, w, &o);
	if (r == 0)
		r = rsp_order_reuse(db, w->tenant, &o, w->n->now);
out:
	order_free(&o);
	return r;
}

static int
result_write(struct db *db, void *arg)
{
	struct result	*w = arg;
	int		 r;

	r = store_notification_add(db, w->tenant, &w->n->row);
	if (r == DPE_EXISTS)
		return 0;	/* a repeat: done the first time */
	if (r != 0 || (r = result_act(db, w)) != 0)
		return r;
	return store_session_close(db, w->tenant, &w->s, w->n->now);
}

int
notify_result(struct ctx *c, struct notify *n)
{
	struct result	 w = { .n = n, .tenant = c->tenant,
			    .order_expiry = c->set->order_expiry };
	char		 tid[TID_TEXT];
	const char	*doubt;
	int		 r;

	if ((r = install_data_decode(n->p.data, &w.d)) != 0) {
		r = notify_odd(c, n, r);
		goto out;
	}
	hex_put(tid, slice_sub(w.d.tid, 0, LIM_TID));
	r = store_session_get(c->db, c->tenant, tid, &w.s);
	if (r == DPE_NOTFOUND) {
		r = notify_keep(c, n, "unknown transactionId");
		goto out;
	}
	if (r != 0)
		goto out;
	w.s.actor = rsp_actor(c);
	if ((doubt = result_doubt(c, &w)) != NULL) {
		r = notify_keep(c, n, doubt);
		goto out;
	}
	result_row(&w);
	if ((r = store_write(c->store, STORE_DURABLE, result_write, &w)) == 0)
		log_info("installation-result tid=%s order=%s result=\"%s\"",
		    w.s.tid, w.s.order, n->row.result);
out:
	msg_free(&w.d.msg);
	session_free(&w.s);
	return r;
}
