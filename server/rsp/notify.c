/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.HandleNotification: SGP.22 5.6.4; spec 02, section 7. */
#include "server/rsp/notify.h"

#include "base/limits.h"
#include "base/log.h"
#include "server/rsp/rsp.h"

struct keep_write {
	int64_t		 tenant;
	struct notify	*n;
};

static int
keep_write(struct db *db, void *arg)
{
	struct keep_write	*w = arg;

	/* A repeat is what an LPA does that missed our answer. */
	return told(store_notification_add(db, w->tenant, &w->n->row),
	    DPE_EXISTS, 0);
}

int
notify_keep(struct ctx *c, struct notify *n, const char *reason)
{
	struct keep_write	 w = { c->tenant, n };

	log_warn("notification-unverified reason=\"%s\"", reason);
	if (n->row.raw.len > LIM_NOTIFICATION)
		return 0;	/* larger than any card's: evidence of nothing */
	n->row.verified = false;
	return store_write(c->store, STORE_DURABLE, keep_write, &w);
}

int
notify_odd(struct ctx *c, struct notify *n, int r)
{
	if (r != DPE_SYNTAX && r != DPE_RANGE && r != DPE_MISSING)
		return r;
	return notify_keep(c, n, "what it says does not decode");
}

int
es9_notify(struct ctx *c, struct slice pending)
{
	struct notify	 n = {0};
	int		 r;

	if ((r = pending_notification_decode(pending, &n.p)) != 0)
		goto out;
	n.now = clock_now(c->clock);
	n.row.received = n.now;
	n.row.raw = pending;
	n.row.seq = -1;
	n.row.is_result = n.p.is_install;
	r = n.p.is_install ? notify_result(c, &n) : notify_other(c, &n);
out:
	msg_free(&n.p.msg);
	return r;
}
