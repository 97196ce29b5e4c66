/* SPDX-License-Identifier: Apache-2.0 */
/* What may happen to an order by hand after it was made. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/order_move.h"

#define F(n, m, max, flags) \
	{ n, JFIELD_TEXT, offsetof(struct move_in, m), max, flags }
static const struct jfield	move_tab[] = {
	F("order", order, ROW_ID_TEXT, 0),
	F("reason", reason, LIM_SUBJECT, JFIELD_OPT),
	F("profile", profile, 16, JFIELD_OPT),
	F("expires", expires, 40, JFIELD_OPT)
};
#undef F

int
move_event(struct db *db, struct move *m, enum life_event e)
{
	return store_profile_event(db, m->mark.call->ctx->tenant, m->o.iccid,
	    e, m->mark.now);
}

int
move_link(struct db *db, struct move *m, const char *order, const char *eid)
{
	return store_profile_link(db, m->mark.call->ctx->tenant, m->o.iccid,
	    order, eid);
}

int
move_owns(struct db *db, struct move *m)
{
	struct profile	 p = { 0 };
	int		 r;

	if ((r = store_profile_get(db, m->mark.call->ctx->tenant, m->o.iccid,
	    &p)) == 0 && strcmp(p.order, m->o.id) != 0)
		r = DPE_STATE;
	m->o.state = p.state;
	profile_free(&p);
	return r;
}

static int
move_write(struct db *db, void *arg)
{
	struct move	*m = arg;
	int		 r;

	if ((r = m->fn(db, m)) != 0 ||
	    (r = admin_audit(db, &m->mark, m->o.id, m->o.iccid, m->o.eid,
	    m->in.reason)) != 0)
		return r;
	return admin_order_reread(db, m->mark.call->ctx->tenant, m->o.id,
	    &m->done);
}

int
move_begin(struct admin_call *call, const char *action, struct move *m)
{
	int	 r;

	memset(m, 0, sizeof(*m));
	m->mark = (struct admin_mark){ call, admin_now(call->ctx), action };
	if ((r = admin_read(call, move_tab, NELEM(move_tab), &m->in)) != 0)
		return r;
	return admin_order_get(call, m->in.order, &m->o);
}

int
move_run(struct admin_call *call, struct move *m,
    int (*fn)(struct db *db, struct move *m), const char *what)
{
	int	 r;

	m->fn = fn;
	r = store_write(call->ctx->store, STORE_DURABLE, move_write, m);
	if (r == DPE_STATE)
		return why_set(&call->why, r, "order %s: is %s, cannot be %s",
		    m->o.id, m->o.end == ORDER_CANCELLED ? "cancelled" :
		    m->o.end == ORDER_EXPIRED ? "expired" :
		    life_state_name(m->o.state), what);
	if (r != 0)
		return admin_fail(call, r, "order", m->o.id);
	return admin_order_json(call, &m->done, call->out);
}

void
move_end(struct move *m)
{
	order_free(&m->o);
	order_free(&m->done);
	jfield_free(move_tab, NELEM(move_tab), &m->in);
}

int
move_package(struct admin_call *call, const struct move *m)
{
	struct profile	 p = { 0 };
	int		 r;

	if ((r = store_profile_get(call->ctx->db, call->ctx->tenant,
	    m->o.iccid, &p)) != 0)
		r = admin_fail(call, r, "profile", m->o.iccid);
	else if (p.body[0] == '\0')
		r = why_set(&call->why, DPE_STATE, "order %s: its package was "
		    "erased after installation", m->o.id);
	profile_free(&p);
	return r;
}

static int
release_write(struct db *db, struct move *m)
{
	int	 r;

	if (m->o.end != ORDER_LIVE)
		return DPE_STATE;
	if ((r = move_owns(db, m)) != 0)
		return r;
	return move_event(db, m, LIFE_RELEASE);
}

/* A second release succeeds and does nothing (5.3.4). */
int
admin_order_release(struct admin_call *call)
{
	struct move	 m;
	int		 r;

	if ((r = move_begin(call, "order.release", &m)) == 0) {
		if (m.o.end == ORDER_LIVE && m.o.state == LIFE_RELEASED)
			r = admin_order_json(call, &m.o, call->out);
		else
			r = move_run(call, &m, release_write, "released");
	}
	move_end(&m);
	return r;
}

/*
 * What becomes of the profile is said by the caller (Table 28).  If it is not,
 * one that was issued once is not used again: it may be on a card.  The count
 * of downloads begins anew with a reinstall; what session it was sent in stays.
 */
static int
cancel_issued(struct db *db, struct move *m)
{
	int64_t		 tenant = m->mark.call->ctx->tenant;
	struct order	 o = { 0 };
	int		 r;

	if (m->in.profile != NULL)
		return 0;
	if ((r = store_order_get(db, tenant, m->o.id, &o)) == 0)
		m->scrap = m->o.state == LIFE_ERROR || o.downloads > 0 ||
		    o.sent_tid[0] != '\0';
	order_free(&o);
	return r;
}

static int
cancel_write(struct db *db, struct move *m)
{
	int	 r;

	if ((r = move_owns(db, m)) != 0 ||
	    (r = cancel_issued(db, m)) != 0 ||
	    (r = store_order_end(db, m->mark.call->ctx->tenant, m->o.id,
	    ORDER_CANCELLED, m->mark.now)) != 0 ||
	    (r = move_event(db, m, m->scrap ? LIFE_SCRAP : LIFE_FREE)) != 0)
		return r;
	return m->scrap ? 0 : move_link(db, m, "", "");
}

static int
cancel_final(struct admin_call *call, struct move *m)
{
	if (m->in.profile == NULL)
		return 0;
	if (strcmp(m->in.profile, "unavailable") == 0)
		m->scrap = true;
	else if (strcmp(m->in.profile, "available") != 0)
		return why_set(&call->why, DPE_USAGE, "profile %s: available "
		    "or unavailable is needed", m->in.profile);
	return 0;
}

int
admin_order_cancel(struct admin_call *call)
{
	struct move	 m;
	int		 r;

	if ((r = move_begin(call, "order.cancel", &m)) == 0 &&
	    (r = cancel_final(call, &m)) == 0)
		r = move_run(call, &m, cancel_write, "cancelled");
	move_end(&m);
	return r;
}

static int
reinstall_write(struct db *db, struct move *m)
{
	int	 r;

	if ((r = move_owns(db, m)) != 0 ||
	    (r = store_session_forget(db, m->mark.call->ctx->tenant,
	    m->o.id)) != 0 ||
	    (r = store_order_renew(db, m->mark.call->ctx->tenant, m->o.id,
	    false, m->mark.now)) != 0 ||
	    (r = store_order_expires(db, m->mark.call->ctx->tenant, m->o.id,
	    m->expires, m->mark.now)) != 0)
		return r;
	return move_event(db, m, LIFE_REINSTALL);
}

/* The old time may be up: then a new one has to be said. */
static int
reinstall_expires(struct admin_call *call, struct move *m)
{
	int	 r;

	m->expires = m->o.expires;
	if (m->in.expires != NULL && (r = admin_expires(call, m->in.expires,
	    m->mark.now, &m->expires)) != 0)
		return r;
	if (m->expires == 0 || m->expires > m->mark.now)
		return 0;
	return why_set(&call->why, DPE_STATE, "order %s: its time is up; "
	    "reinstall needs a new one (expires)", m->o.id);
}

static int
reinstall_check(struct admin_call *call, const struct move *m)
{
	if (m->in.reason == NULL || m->in.reason[0] == '\0')
		return why_set(&call->why, DPE_USAGE,
		    "order %s: reinstall needs a reason", m->o.id);
	if (m->o.eid[0] == '\0')
		return why_set(&call->why, DPE_STATE, "order %s: no eUICC has "
		    "had it", m->o.id);
	if (m->o.end != ORDER_LIVE)
		return why_set(&call->why, DPE_STATE, "order %s: is over; "
		    "make a new one", m->o.id);
	return move_package(call, m);
}

int
admin_order_reinstall(struct admin_call *call)
{
	struct move	 m;
	int		 r;

	if ((r = move_begin(call, "order.reinstall", &m)) == 0 &&
	    (r = reinstall_check(call, &m)) == 0 &&
	    (r = reinstall_expires(call, &m)) == 0)
		r = move_run(call, &m, reinstall_write, "reinstalled");
	move_end(&m);
	return r;
}
