/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/actcode.h"
#include "server/admin/internal.h"
#include "server/vault.h"

struct order_in {
	char		*order, *iccid, *eid, *type, *state, *after;
	int64_t		 limit;
};

#define F(n, k, m, max, flags)	{ n, k, offsetof(struct order_in, m), max, flags }
static const struct jfield	list_tab[] = {
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, JFIELD_OPT),
	F("eid", JFIELD_TEXT, eid, EID_DIGITS, JFIELD_OPT),
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, JFIELD_OPT),
	F("state", JFIELD_TEXT, state, 16, JFIELD_OPT),
	F("after", JFIELD_TEXT, after, ROW_ID_TEXT, JFIELD_OPT),
	F("limit", JFIELD_INT, limit, LIM_LIST, JFIELD_OPT)
};
static const struct jfield	show_tab[] = {
	F("order", JFIELD_TEXT, order, ROW_ID_TEXT, 0)
};
#undef F

/* A live order is over, too, when its time is up before it was used. */
static const char *
order_state(const struct order *o, int64_t now)
{
	if (o->end == ORDER_CANCELLED)
		return "cancelled";
	if (o->end == ORDER_EXPIRED || (o->expires != 0 &&
	    o->expires < now && o->state <= LIFE_DOWNLOADED))
		return "expired";
	return life_state_name(o->state);
}

/* matching_id and activation_code; null for one found by its EID alone. */
static int
order_code(struct admin_call *call, const struct order *o, json_t *out)
{
	struct actcode	 a;
	struct buf	 mid = { 0 }, text = { 0 };
	int		 r;

	admin_set_text(out, "matching_id", NULL);
	admin_set_text(out, "activation_code", NULL);
	if (o->mid.len == 0)
		return 0;
	memset(&a, 0, sizeof(a));
	if ((r = vault_mid_get(call->ctx, o, &mid)) != 0)
		return admin_fail(call, r, "order", o->id);
	snprintf(a.address, sizeof(a.address), "%s",
	    call->ctx->set->address.item[0]);
	snprintf(a.matching_id, sizeof(a.matching_id), "%s", buf_cstr(&mid));
	a.cc_required = o->cc.len > 0;
	actcode_format(&a, &text);
	admin_set_text(out, "matching_id", a.matching_id);
	admin_set_text(out, "activation_code", buf_cstr(&text));
	mem_wipe(&a, sizeof(a));
	buf_free(&text);
	buf_free(&mid);
	return 0;
}

int
admin_order_json(struct admin_call *call, const struct order *o, json_t *out)
{
	int	 r;

	admin_set_text(out, "order", o->id);
	admin_set_text(out, "iccid", o->iccid);
	admin_set_text(out, "type", o->type);
	admin_set_text(out, "state", order_state(o, admin_now(call->ctx)));
	if ((r = order_code(call, o, out)) != 0)
		return r;
	admin_set_bool(out, "cc_required", o->cc.len > 0);
	admin_set_text(out, "lock", order_lock_name(o->lock));
	admin_set_text(out, "eid", o->eid);
	admin_set_time(out, "expires", o->expires);
	admin_set_text(out, "subject", o->subject);
	admin_set_int(out, "downloads", o->downloads);
	admin_set_int(out, "cc_attempts", o->cc_attempts);
	return 0;
}

int
admin_order_get(struct admin_call *call, const char *id, struct order *out)
{
	int	 r = store_order_get(call->ctx->db, call->ctx->tenant, id,
	    out);

	return r == 0 ? 0 : admin_fail(call, r, "order", id);
}

int
admin_order_reread(struct db *db, int64_t tenant, const char *id,
    struct order *out)
{
	order_free(out);
	return store_order_get(db, tenant, id, out);
}

static int
order_show(struct admin_call *call)
{
	struct order_in	 in = { 0 };
	struct order	 o = { 0 };
	int		 r;

	if ((r = admin_read(call, show_tab, NELEM(show_tab), &in)) != 0 ||
	    (r = admin_order_get(call, in.order, &o)) != 0 ||
	    (r = admin_order_json(call, &o, call->out)) != 0)
		goto out;
	admin_set_bool(call->out, "default", o.is_default);
	admin_set_bool(call->out, "reusable", o.reusable);
	admin_set_int(call->out, "max_downloads", o.max_downloads);
	admin_set_int(call->out, "max_cc", o.max_cc);
	admin_set_text(call->out, "variant", o.variant);
	admin_set_int(call->out, "rebinds", o.rebinds);
	admin_set_int(call->out, "reinstalls", o.reinstalls);
	admin_set_time(call->out, "created", o.created);
	admin_set_time(call->out, "updated", o.updated);
out:
	order_free(&o);
	jfield_free(show_tab, NELEM(show_tab), &in);
	return r;
}

struct order_page {
	struct admin_call	*call;
	struct admin_page	 page;
	const char		*state;		/* NULL: any */
};

static int
order_row(void *arg, const struct order *o)
{
	struct order_page	*p = arg;
	json_t			*item;
	int			 r;

	if (p->state != NULL && strcmp(p->state, order_state(o,
	    admin_now(p->call->ctx))) != 0) {
		admin_page_skip(&p->page, o->id);
		return 0;
	}
	item = json_object();
	if ((r = admin_order_json(p->call, o, item)) != 0)
		json_decref(item);
	else
		admin_page_add(&p->page, item, o->id);
	return r;
}

/*
 * The store knows the state of live orders; those that are over it reads with
 * the rest, and the row that does not fit is left out here.
 */
static int
order_filter(struct admin_call *call, const struct order_in *in,
    struct order_filter *f)
{
	enum life_state	 state;

	memset(f, 0, sizeof(*f));
	f->iccid = in->iccid;
	f->eid = in->eid;
	f->type = in->type;
	f->after = in->after;
	f->state = -1;
	if (in->state == NULL || strcmp(in->state, "cancelled") == 0 ||
	    strcmp(in->state, "expired") == 0)
		return 0;
	if (life_state_parse(in->state, &state) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "state %s: no such state", in->state);
	f->state = (int)state;
	return 0;
}

static int
order_list(struct admin_call *call)
{
	struct order_in		 in = { 0 };
	struct order_filter	 f;
	struct order_page	 p = { call, { 0 }, NULL };
	int			 r;

	if ((r = admin_read(call, list_tab, NELEM(list_tab), &in)) != 0 ||
	    (r = order_filter(call, &in, &f)) != 0 ||
	    (r = admin_page_begin(call, in.limit, &p.page)) != 0)
		goto out;
	f.limit = p.page.limit;
	p.state = in.state;
	r = store_order_each(call->ctx->db, call->ctx->tenant, &f, order_row,
	    &p);
	admin_page_end(call, &p.page);
out:
	jfield_free(list_tab, NELEM(list_tab), &in);
	return r;
}

const struct admin_verb	admin_order_verbs[] = {
	{ "order", "new", admin_order_new },
	{ "order", "list", order_list },
	{ "order", "show", order_show },
	{ "order", "release", admin_order_release },
	{ "order", "cancel", admin_order_cancel },
	{ "order", "reinstall", admin_order_reinstall },
	{ "order", "reset", admin_order_reset },
	{ NULL, NULL, NULL }
};
