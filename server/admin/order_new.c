/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A new order: downloadOrder, confirmOrder and, unless it is held back,
 * releaseProfile in one write (SGP.22 5.3; spec 05, section 1).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "server/admin/internal.h"
#include "server/vault.h"

#define MAX_DOWNLOADS	10
#define MAX_CC		3
#define RANDOM_CC	8	/* digits */
#define NEW_TRIES	100	/* others take what was looked at */

struct order_new_in {
	char		*iccid, *type, *eid, *lock, *matching_id, *cc;
	char		*expires, *subject;
	int64_t		 max_downloads, max_cc, downloads, cc_attempts;
	bool		 is_default, cc_random, hold, reusable;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct order_new_in, m), max, flags }
static const struct jfield	new_tab[] = {
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, JFIELD_OPT),
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, JFIELD_OPT),
	F("eid", JFIELD_TEXT, eid, 64, JFIELD_OPT),
	F("lock", JFIELD_TEXT, lock, 16, JFIELD_OPT),
	F("matching_id", JFIELD_TEXT, matching_id, LIM_MATCHING_ID,
	    JFIELD_OPT),
	F("default", JFIELD_BOOL, is_default, 0, JFIELD_OPT),
	F("cc", JFIELD_TEXT, cc, LIM_CC, JFIELD_OPT),
	F("cc_random", JFIELD_BOOL, cc_random, 0, JFIELD_OPT),
	F("expires", JFIELD_TEXT, expires, 40, JFIELD_OPT),
	F("max_downloads", JFIELD_INT, max_downloads, 1000000, JFIELD_OPT),
	F("max_cc", JFIELD_INT, max_cc, 1000000, JFIELD_OPT),
	F("subject", JFIELD_TEXT, subject, LIM_SUBJECT, JFIELD_OPT),
	F("hold", JFIELD_BOOL, hold, 0, JFIELD_OPT),
	F("reusable", JFIELD_BOOL, reusable, 0, JFIELD_OPT),
	F("downloads", JFIELD_INT, downloads, 1000000, JFIELD_OPT),
	F("cc_attempts", JFIELD_INT, cc_attempts, 1000000, JFIELD_OPT)
};
#undef F

struct order_new {
	struct admin_mark	 mark;
	struct order		 o;
	struct order		 done;	/* as it was written */
	const char		*type;	/* asked for; NULL: any */
	bool			 pick;	/* no ICCID was given */
	bool			 hold;
	bool			 unchecked;	/* see new_checked() */
	char			 fits[ICCID_TEXT];
	bool			 low;	/* the stock has just become low */
	int64_t			 stock;
	struct why		*why;
};

static int
new_lab_only(struct admin_call *call, const struct order_new_in *in)
{
	int	 r = 0;

	if (in->reusable)
		r = admin_lab(call, "order: reusable");
	if (r == 0 && in->downloads > 0)
		r = admin_lab(call, "order: downloads used already");
	if (r == 0 && in->cc_attempts > 0)
		r = admin_lab(call, "order: cc-attempts used already");
	return r;
}

/* How many of these words were given, and is that one too many? */
static int
new_excludes(struct admin_call *call, const struct order_new_in *in)
{
	if (in->iccid == NULL && in->type == NULL)
		return why_set(&call->why, DPE_USAGE,
		    "order: an iccid or a type is needed");
	if (in->cc != NULL && in->cc_random)
		return why_set(&call->why, DPE_USAGE,
		    "order: a code is either given or drawn");
	if (in->is_default && in->eid == NULL)
		return why_set(&call->why, DPE_USAGE, "order: default: an "
		    "order without MatchingID is found by its EID, which is "
		    "needed");
	if (in->cc != NULL && in->cc[0] == '\0')
		return why_set(&call->why, DPE_USAGE,
		    "order: the confirmation code is empty");
	return 0;
}

static int
new_lock(struct admin_call *call, const struct order_new_in *in,
    struct order *o)
{
	uint8_t	 bcd[16];

	if (in->eid != NULL) {
		if (eid_parse(in->eid, bcd) != 0)
			return why_set(&call->why, DPE_USAGE,
			    "eid %.40s: 32 digits are needed", in->eid);
		memcpy(o->eid, in->eid, EID_TEXT);
		if (!eid_check_digits(in->eid))
			admin_set_text(call->out, "warning",
			    "the check digits of the EID are not right");
	}
	o->lock = in->eid != NULL ? LOCK_EID : LOCK_TOFU;
	if (in->lock == NULL)
		return 0;
	for (o->lock = LOCK_EID; o->lock <= LOCK_OPEN; o->lock++)
		if (strcmp(in->lock, order_lock_name(o->lock)) == 0)
			break;
	if (o->lock > LOCK_OPEN)
		return why_set(&call->why, DPE_USAGE,
		    "lock %s: eid, tofu or open is needed", in->lock);
	if (o->lock == LOCK_OPEN)
		return admin_lab(call, "lock open");
	if ((o->lock == LOCK_EID) != (in->eid != NULL))
		return why_set(&call->why, DPE_USAGE, in->eid != NULL ?
		    "lock tofu: not with an EID, which locks already" :
		    "lock eid: an EID is needed");
	return 0;
}

static int
new_expires(struct admin_call *call, const struct order_new_in *in,
    struct order *o)
{
	int64_t	 preset = call->ctx->set->order_expiry;
	int	 r;

	if (in->expires == NULL) {
		o->expires = preset > 0 ? o->created + preset : 0;
		return 0;
	}
	if ((r = admin_expires(call, in->expires, o->created,
	    &o->expires)) != 0)
		return r;
	if (o->expires != 0 && o->expires <= o->created)
		return admin_lab(call, "expires: a time in the past");
	return 0;
}

/* 20 characters of [0-9A-Z] in groups of five: more than 100 bits. */
static void
new_mid_random(struct ctx *c, char out[24])
{
	char	 raw[21];
	size_t	 i;

	rnd_chars(c->rnd, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", raw, 20);
	for (i = 0; i < 4; i++) {
		memcpy(out + 6 * i, raw + 5 * i, 5);
		out[6 * i + 5] = i < 3 ? '-' : '\0';
	}
	mem_wipe(raw, sizeof(raw));
}

static int
new_mid(struct admin_call *call, const struct order_new_in *in,
    struct order *o)
{
	char	 mid[24];
	int	 r = 0;

	o->is_default = in->is_default;
	if (in->matching_id != NULL) {
		if (in->matching_id[0] == '\0')
			return why_set(&call->why, DPE_USAGE, "matching-id: "
			    "is empty; an order found by EID alone is made "
			    "with default");
		if (!matching_id_valid(slice_str(in->matching_id)))
			r = admin_lab(call, "matching-id: a character outside "
			    "0-9 A-Z -");
		return r != 0 ? r : vault_mid_put(call->ctx, o,
		    slice_str(in->matching_id));
	}
	if (in->is_default)
		return 0;
	new_mid_random(call->ctx, mid);
	r = vault_mid_put(call->ctx, o, slice_str(mid));
	mem_wipe(mid, sizeof(mid));
	return r;
}

static int
new_cc(struct admin_call *call, const struct order_new_in *in,
    struct order *o)
{
	char	 code[RANDOM_CC + 1];
	int	 r;

	if (in->cc != NULL)
		return vault_cc_put(call->ctx, o, slice_str(in->cc));
	if (!in->cc_random)
		return 0;
	rnd_digits(call->ctx->rnd, code, RANDOM_CC);
	if ((r = vault_cc_put(call->ctx, o, slice_str(code))) == 0)
		admin_set_text(call->out, "cc", code);
	mem_wipe(code, sizeof(code));
	return r;
}

static int
new_fill(struct admin_call *call, const struct order_new_in *in,
    struct order *o)
{
	int	 r;

	vault_row_id(call->ctx, o->id);
	o->max_downloads = in->max_downloads;
	o->max_cc = in->max_cc;
	o->downloads = in->downloads;
	o->cc_attempts = in->cc_attempts;
	o->reusable = in->reusable;
	if (in->subject != NULL)
		snprintf(o->subject, sizeof(o->subject), "%s", in->subject);
	if (in->iccid != NULL && iccid_parse(in->iccid, o->iccid) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "iccid %s: 19 or 20 digits are needed", in->iccid);
	if ((r = new_lock(call, in, o)) != 0 ||
	    (r = new_expires(call, in, o)) != 0 ||
	    (r = new_mid(call, in, o)) != 0)
		return r;
	return new_cc(call, in, o);
}

/*
 * A profile that was never held against its type: not in here, where nothing
 * is unsealed.  The write ends, the profile is looked at, and the write begins
 * anew with what came of it.
 */
static int
new_checked(struct db *db, struct order_new *w, const struct profile *p)
{
	w->unchecked = !p->checked && strcmp(w->fits, p->iccid) != 0;
	if (w->unchecked)
		return DPE_STATE;
	return p->checked ? 0 : store_profile_checked(db,
	    w->mark.call->ctx->tenant, p->iccid);
}

/* Which profile is it to be?  Inside the write: nobody else takes it. */
static int
new_profile(struct db *db, struct order_new *w)
{
	int64_t		 tenant = w->mark.call->ctx->tenant;
	struct profile	 p = { 0 };
	int		 r;

	w->unchecked = false;
	if (w->pick) {
		r = store_profile_pick(db, tenant, w->type, w->o.iccid);
		if (r != 0)
			return r != DPE_NOTFOUND ? r : why_set(w->why,
			    DPE_STATE, "type %s: no profile is available",
			    w->type);
	}
	if ((r = store_profile_get(db, tenant, w->o.iccid, &p)) != 0)
		return r != DPE_NOTFOUND ? r : why_set(w->why, r,
		    "profile %s: not found", w->o.iccid);
	if (w->type != NULL && strcmp(w->type, p.type) != 0)
		r = why_set(w->why, DPE_STATE, "profile %s: is of type %s",
		    p.iccid, p.type);
	else if (p.state != LIFE_AVAILABLE)
		r = why_set(w->why, DPE_STATE, "profile %s: is %s, not "
		    "available", p.iccid, life_state_name(p.state));
	else if ((r = new_checked(db, w, &p)) == 0)
		memcpy(w->o.type, p.type, sizeof(w->o.type));
	profile_free(&p);
	return r;
}

/*
 * Once for each time that an order takes the stock below the type's limit, of
 * which no more than the limit is counted.
 */
static int
new_stock(struct db *db, struct order_new *w)
{
	struct admin_mark	 mark = { w->mark.call, w->mark.now,
	    "type.low-stock" };
	int64_t			 tenant = w->mark.call->ctx->tenant;
	struct ptype		 t = { 0 };
	char			 detail[TYPE_NAME_MAX + 48];
	int			 r;

	w->low = false;
	if ((r = store_type_get(db, tenant, w->o.type, &t)) != 0 ||
	    t.low_stock == 0)
		goto out;
	if ((r = store_type_stock(db, tenant, t.name, t.low_stock,
	    &w->stock)) != 0 || w->stock != t.low_stock - 1)
		goto out;
	w->low = true;
	snprintf(detail, sizeof(detail), "type=%s available=%" PRId64, t.name,
	    w->stock);
	r = admin_audit(db, &mark, w->o.id, w->o.iccid, NULL, detail);
out:
	ptype_free(&t);
	return r;
}

static int
new_write(struct db *db, void *arg)
{
	struct order_new	*w = arg;
	struct order		*o = &w->o;
	int64_t			 tenant = w->mark.call->ctx->tenant;
	int			 r;

	if ((r = new_profile(db, w)) != 0 ||
	    (r = store_profile_event(db, tenant, o->iccid, o->eid[0] != '\0' ?
	    LIFE_ORDER_EID : LIFE_ORDER, w->mark.now)) != 0 ||
	    (r = store_profile_event(db, tenant, o->iccid, LIFE_CONFIRM,
	    w->mark.now)) != 0)
		return r;
	if (!w->hold && (r = store_profile_event(db, tenant, o->iccid,
	    LIFE_RELEASE, w->mark.now)) != 0)
		return r;
	if ((r = store_order_add(db, tenant, o)) == DPE_EXISTS)
		return why_set(w->why, r, "order: the MatchingID is that of "
		    "another live order");
	if (r != 0 || (r = store_profile_link(db, tenant, o->iccid, o->id,
	    o->eid)) != 0)
		return r;
	if ((r = admin_audit(db, &w->mark, o->id, o->iccid, o->eid,
	    w->hold ? "held" : "released")) != 0 ||
	    (r = new_stock(db, w)) != 0)
		return r;
	return admin_order_reread(db, tenant, o->id, &w->done);
}

static int
new_write_all(struct admin_call *call, struct order_new *w)
{
	int	 r, tries;

	for (tries = 0; tries < NEW_TRIES; tries++) {
		r = store_write(call->ctx->store, STORE_DURABLE, new_write, w);
		if (r == 0 || !w->unchecked)
			return r;
		w->unchecked = false;
		if ((r = admin_profile_fit(call, w->o.iccid)) != 0)
			return r;
		memcpy(w->fits, w->o.iccid, sizeof(w->fits));
	}
	return DPE_BUSY;
}

static int
new_store(struct admin_call *call, const struct order_new_in *in,
    struct order_new *w)
{
	struct ptype	 t = { 0 };
	int		 r;

	w->type = in->type;
	w->pick = in->iccid == NULL;
	w->hold = in->hold;
	w->why = &call->why;
	if (in->type != NULL && (r = admin_type_get(call, in->type, &t)) != 0)
		goto out;
	if ((r = new_write_all(call, w)) != 0) {
		if (call->why.text[0] == '\0')
			r = admin_fail(call, r, "order", w->o.id);
		goto out;
	}
	if (w->low)
		log_warn("low-stock type=%s available=%" PRId64, w->o.type,
		    w->stock);
	r = admin_order_json(call, &w->done, call->out);
out:
	ptype_free(&t);
	return r;
}

int
admin_order_new(struct admin_call *call)
{
	struct order_new_in	 in = { 0 };
	struct order_new	 w;
	int			 r;

	memset(&w, 0, sizeof(w));
	in.max_downloads = MAX_DOWNLOADS;
	in.max_cc = MAX_CC;
	w.mark = (struct admin_mark){ call, admin_now(call->ctx),
	    "order.new" };
	w.o.created = w.o.updated = w.mark.now;
	if ((r = admin_read(call, new_tab, NELEM(new_tab), &in)) == 0 &&
	    (r = new_excludes(call, &in)) == 0 &&
	    (r = new_lab_only(call, &in)) == 0 &&
	    (r = new_fill(call, &in, &w.o)) == 0)
		r = new_store(call, &in, &w);
	if (in.cc != NULL)
		mem_wipe(in.cc, strlen(in.cc));
	order_free(&w.o);
	order_free(&w.done);
	jfield_free(new_tab, NELEM(new_tab), &in);
	return r;
}
