/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/reinstall.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "db/store_order.h"

/* Is there a live order of this eUICC's, and a package still? */
static bool
reinstall_fits(const struct reinstall *w, const struct profile *p,
    const struct order *o)
{
	return p->state == LIFE_INSTALLED && p->card == CARD_DELETED &&
	    p->body[0] != '\0' && strcmp(p->eid, w->eid) == 0 &&
	    strcmp(o->eid, w->eid) == 0 && o->end == ORDER_LIVE && !o->reusable;
}

/* Its time may have been that of the first download: then it gets another. */
static int
reinstall_expires(struct db *db, const struct reinstall *w,
    const struct order *o)
{
	if (o->expires == 0 || o->expires > w->now)
		return 0;
	return store_order_expires(db, w->tenant, o->id,
	    w->order_expiry == 0 ? 0 : w->now + w->order_expiry, w->now);
}

static int
reinstall_audit(struct db *db, const struct reinstall *w,
    const struct order *o, int64_t max)
{
	char		 detail[64];
	struct audit	 a = {
		.at = w->now, .actor = "system", .action = "order.reinstall",
		.order = o->id, .iccid = w->iccid, .eid = w->eid,
		.detail = detail,
	};

	snprintf(detail, sizeof(detail), "deleted; %" PRId64 " of %" PRId64,
	    o->reinstalls + 1, max);
	return store_audit_add(db, w->tenant, &a);
}

static int
reinstall_order(struct db *db, const struct reinstall *w,
    const struct order *o)
{
	struct ptype	 t = {0};
	int64_t		 max;
	int		 r;

	if ((r = store_type_get(db, w->tenant, o->type, &t)) != 0)
		return r;
	max = t.reinstall;
	ptype_free(&t);
	r = store_order_reinstall(db, w->tenant, o->id, w->eid, max);
	if (r != 0)
		return r == DPE_STATE ? 0 : r;	/* as often as it may */
	if ((r = store_profile_event(db, w->tenant, w->iccid, LIFE_REINSTALL,
	    w->now)) != 0 ||
	    (r = store_session_forget(db, w->tenant, o->id)) != 0 ||
	    (r = store_order_renew(db, w->tenant, o->id, false,
	    w->now)) != 0 ||
	    (r = reinstall_expires(db, w, o)) != 0)
		return r;
	return reinstall_audit(db, w, o, max);
}

int
reinstall(struct db *db, const struct reinstall *w)
{
	struct profile	 p = {0};
	struct order	 o = {0};
	int		 r;

	if ((r = store_profile_get(db, w->tenant, w->iccid, &p)) == 0 &&
	    p.order[0] != '\0' &&
	    (r = store_order_get(db, w->tenant, p.order, &o)) == 0 &&
	    reinstall_fits(w, &p, &o))
		r = reinstall_order(db, w, &o);
	order_free(&o);
	profile_free(&p);
	return r;
}
