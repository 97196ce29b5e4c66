/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/internal.h"
#include "server/admin/type_fields.h"

struct type_write {
	struct admin_mark	 mark;
	const struct type_in	*in;
	struct ptype		 t;	/* as it was written */
	struct why		*why;
};

static int
type_write(struct db *db, void *arg)
{
	struct type_write	*w = arg;
	char			 detail[TYPE_NAME_MAX + 8];
	int			 r;

	if ((r = store_type_add(db, w->mark.call->ctx->tenant, &w->t)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "type=%s", w->t.name);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static int
type_add(struct admin_call *call)
{
	struct type_in		 in;
	struct type_write	 w = { .mark = { call, admin_now(call->ctx),
	    "type.add" }, .in = &in };
	int			 r;

	if ((r = type_in_read(call, &in)) != 0 ||
	    (r = type_preset(&in, &w.t, &call->why)) != 0 ||
	    (r = type_apply(&in, &w.t, call->ctx->set->lab,
	    &call->why)) != 0)
		goto out;
	w.t.created = w.mark.now;
	r = store_write(call->ctx->store, STORE_DURABLE, type_write, &w);
	if (r == DPE_EXISTS)
		why_set(&call->why, r, "type %s: exists already", w.t.name);
	else if (r != 0)
		r = admin_fail(call, r, "type", w.t.name);
	else
		json_object_update_new(call->out, type_json(&w.t));
out:
	type_in_free(&in);
	ptype_free(&w.t);
	return r;
}

/* Read, changed and written in one write: nobody else's change is undone. */
static int
type_rewrite(struct db *db, void *arg)
{
	struct type_write	*w = arg;
	int64_t			 tenant = w->mark.call->ctx->tenant;
	struct buf		 detail = { 0 };
	int			 r;

	ptype_free(&w->t);
	if ((r = store_type_get(db, tenant, w->in->name, &w->t)) != 0 ||
	    (r = type_apply(w->in, &w->t, w->mark.call->ctx->set->lab,
	    w->why)) != 0)
		return r;
	if ((r = store_type_set(db, tenant, &w->t)) == DPE_STATE)
		return why_set(w->why, r, "type %s: has profiles, "
		    "variants or a batch that is loading: its class and owner "
		    "stay as they are",
		    w->t.name);
	if (r != 0)
		return r;
	buf_addf(&detail, "type=%s", w->t.name);
	type_in_words(w->in, &detail);
	r = admin_audit(db, &w->mark, NULL, NULL, NULL, buf_cstr(&detail));
	buf_free(&detail);
	return r;
}

static int
type_set(struct admin_call *call)
{
	struct type_in		 in;
	struct type_write	 w = { .mark = { call, admin_now(call->ctx),
	    "type.set" }, .in = &in, .why = &call->why };
	struct buf		 words = { 0 };
	int			 r;

	if ((r = type_in_read(call, &in)) != 0)
		goto out;
	type_in_words(&in, &words);
	if (words.len == 0)
		r = why_set(&call->why, DPE_USAGE, "type %s: nothing to "
		    "change was named", in.name);
	else
		r = store_write(call->ctx->store, STORE_DURABLE, type_rewrite,
		    &w);
	if (r == 0)
		json_object_update_new(call->out, type_json(&w.t));
	else if (call->why.text[0] == '\0')
		r = admin_fail(call, r, "type", in.name);
out:
	buf_free(&words);
	type_in_free(&in);
	ptype_free(&w.t);
	return r;
}

static int
type_row(void *arg, const struct ptype *t)
{
	admin_page_add(arg, type_json(t), t->name);
	return 0;
}

/* There are few types: they come in one page. */
static int
type_list(struct admin_call *call)
{
	struct jfield		 tab[] = { { "limit", JFIELD_INT, 0, LIM_LIST,
	    JFIELD_OPT } };
	struct admin_page	 p;
	int64_t			 limit = 0;
	int			 r;

	if ((r = admin_read(call, tab, 1, &limit)) != 0 ||
	    (r = admin_page_begin(call, limit, &p)) != 0)
		return r;
	r = store_type_each(call->ctx->db, call->ctx->tenant, type_row, &p);
	p.limit = INT64_MAX;
	admin_page_end(call, &p);
	return r;
}

static int
type_show(struct admin_call *call)
{
	struct ptype	 t = { 0 };
	char		*name = NULL;
	struct jfield	 tab[] = { { "name", JFIELD_TEXT, 0, TYPE_NAME_MAX,
	    0 } };
	int64_t		 available;
	int		 r;

	if ((r = admin_read(call, tab, 1, &name)) != 0 ||
	    (r = admin_type_get(call, name, &t)) != 0)
		goto out;
	if ((r = store_type_stock(call->ctx->db, call->ctx->tenant, name,
	    INT64_MAX, &available)) != 0) {
		r = admin_fail(call, r, "type", name);
		goto out;
	}
	json_object_update_new(call->out, type_json(&t));
	admin_set_int(call->out, "available", available);
out:
	ptype_free(&t);
	free(name);
	return r;
}

const struct admin_verb	admin_type_verbs[] = {
	{ "type", "add", type_add },
	{ "type", "set", type_set },
	{ "type", "list", type_list },
	{ "type", "show", type_show },
	{ NULL, NULL, NULL }
};
