/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.CancelSession: SGP.22 5.6.5; spec 02, section 6. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/log.h"
#include "server/rsp/common.h"
#include "server/rsp/rsp.h"

enum cancel_reason {
	CANCEL_REJECTION = 0, CANCEL_POSTPONED = 1, CANCEL_TIMEOUT = 2,
	CANCEL_LOAD_BPP = 5, CANCEL_UNDEFINED = 127
};

/* Postponed and timeout leave the order as it was; all others end it. */
static bool
cancel_is_final(long reason)
{
	return reason != CANCEL_POSTPONED && reason != CANCEL_TIMEOUT;
}

static int
cancel_verify(struct ctx *c, const struct session *s,
    const struct cancel_response *resp, struct cancel_signed *cs)
{
	const struct pki_dp	*dp;
	struct pubkey		*k = NULL;
	int			 r;

	if ((r = pubkey_new(c->crypto, (enum curve)s->euicc_curve,
	    buf_slice(&s->euicc_point), &k)) != 0)
		return r;
	r = told(sig_verify(c->crypto, k, &resp->signed_data, 1,
	    resp->signature), DPE_SIG, REFUSE_EUICC_SIG);
	pubkey_free(k);
	if (r != 0 ||
	    (r = cancel_signed_decode(resp->signed_data, cs)) != 0 ||
	    (r = rsp_same_tid(s, cs->tid)) != 0)
		return r;
	if ((dp = rsp_dp(c, s)) == NULL)
		return REFUSE_TRANSACTION;
	return slice_eq(cs->smdp_oid, dp->auth.rid) ? 0 : REFUSE_OID;
}

struct cancel_write {
	const struct session	*s;
	int64_t			 tenant, now;
	long			 reason;
};

/*
 * May the order live on all the same?  A NOTE of 5.6.5 leaves that to server
 * and operator; an IPA says 5 or 127 after whatever went wrong (spec 07, 5).
 */
static int
cancel_spares(struct db *db, struct cancel_write *w, const struct order *o,
    bool *spares)
{
	struct ptype	 t = {0};
	int		 r;

	*spares = false;
	if ((r = store_type_get(db, w->tenant, o->type, &t)) != 0)
		return r;
	switch (w->reason) {
	case CANCEL_LOAD_BPP:
	case CANCEL_UNDEFINED:
		*spares = t.on_cancel >= ON_CANCEL_RETRY;
		break;
	case CANCEL_REJECTION:
		*spares = t.on_cancel >= ON_CANCEL_KEEP;
		break;
	}
	ptype_free(&t);
	return 0;
}

/*
 * End the order, if it still is this eUICC's to end: a session that has lost
 * the race for the lock must not take the winner's profile away.
 */
static int
cancel_order(struct db *db, struct cancel_write *w)
{
	struct order	 o = {0};
	char		 detail[32];
	bool		 spares;
	int		 r;

	if ((r = store_order_get(db, w->tenant, w->s->order, &o)) != 0 ||
	    (r = cancel_spares(db, w, &o, &spares)) != 0 || spares)
		goto out;
	if (rsp_order_allows(&o, w->s->eid, w->now) != 0 ||
	    (o.eid[0] != '\0' && strcmp(o.eid, w->s->eid) != 0))
		goto out;	/* the lock may be open, and another's */
	if ((r = store_profile_event(db, w->tenant, o.iccid, LIFE_REJECT,
	    w->now)) != 0 ||
	    (r = rsp_order_reuse(db, w->tenant, &o, w->now)) != 0)
		goto out;
	snprintf(detail, sizeof(detail), "reason %ld", w->reason);
	r = rsp_audit(db, w->tenant, w->now, "order.rejected", w->s, detail);
out:
	order_free(&o);
	return r;
}

/* Of two equal calls at the same time the second finds it closed. */
static int
cancel_open(struct db *db, struct cancel_write *w)
{
	struct session	 s = {0};
	int		 r;

	if ((r = told(store_session_get(db, w->tenant, w->s->tid, &s),
	    DPE_NOTFOUND, REFUSE_TRANSACTION)) == 0 && s.step == STEP_CLOSED)
		r = REFUSE_TRANSACTION;
	session_free(&s);
	return r;
}

static int
cancel_write(struct db *db, void *arg)
{
	struct cancel_write	*w = arg;
	char			 detail[32];
	int			 r;

	if ((r = cancel_open(db, w)) != 0)
		return r;
	if (cancel_is_final(w->reason) && (r = cancel_order(db, w)) != 0)
		return r;
	if ((r = store_session_close(db, w->tenant, w->s, w->now)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "reason %ld", w->reason);
	return rsp_audit(db, w->tenant, w->now, "session.cancelled", w->s,
	    detail);
}

int
es9_cancel(struct ctx *c, struct slice tid, struct slice response)
{
	struct cancel_response	 resp = {0};
	struct cancel_signed	 cs = {0};
	struct session		 s = {0};
	struct cancel_write	 w = { &s, c->tenant, clock_now(c->clock), 0 };
	int			 r;

	if ((r = rsp_session(c, tid, STEP_BIT(STEP_INITIATED) |
	    STEP_BIT(STEP_AUTHENTICATED) | STEP_BIT(STEP_BPP_SENT),
	    &s)) != 0 ||
	    (r = cancel_response_decode(response, &resp)) != 0)
		goto out;
	if (s.step == STEP_INITIATED) {
		/* No eUICC is known yet that could have signed this. */
		rsp_session_drop(c, &s);
		r = REFUSE_TRANSACTION;
		goto out;
	}
	if (!resp.ok) {
		log_info("euicc-could-not-cancel tid=%s code=%ld", s.tid,
		    resp.error);
		rsp_session_drop(c, &s);
		goto out;
	}
	if ((r = cancel_verify(c, &s, &resp, &cs)) != 0)
		goto out;
	w.reason = cs.reason;
	if ((r = store_write(c->store, STORE_DURABLE, cancel_write, &w)) == 0)
		log_info("cancelled tid=%s order=%s reason=%ld", s.tid,
		    s.order, cs.reason);
out:
	msg_free(&resp.msg);
	msg_free(&cs.msg);
	session_free(&s);
	return r;
}
