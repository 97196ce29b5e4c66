/* SPDX-License-Identifier: Apache-2.0 */
/* Packages made templates: `smdpctl template`. */
#include <stdio.h>
#include <string.h>

#include "db/store_template.h"
#include "server/admin/internal.h"
#include "server/saip/describe.h"
#include "server/saip/saip.h"
#include "server/vault.h"

struct template_in {
	char		*name, *map, *after;
	struct buf	 upp;
	int64_t		 limit;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct template_in, m), max, flags }
static const struct jfield	add_tab[] = {
	F("name", JFIELD_TEXT, name, TYPE_NAME_MAX, 0),
	F("upp", JFIELD_BASE64, upp, LIM_UPP, 0),
	F("map", JFIELD_TEXT, map, DESCRIBE_TEXT, JFIELD_OPT)
};
static const struct jfield	list_tab[] = {
	F("after", JFIELD_TEXT, after, TYPE_NAME_MAX, JFIELD_OPT),
	F("limit", JFIELD_INT, limit, LIM_LIST, JFIELD_OPT)
};
static const struct jfield	name_tab[] = {
	F("name", JFIELD_TEXT, name, TYPE_NAME_MAX, 0)
};
#undef F

struct template_write {
	struct admin_mark	 mark;
	const char		*name;
	struct body		 body;
	char			 id[ROW_ID_TEXT];
};

/* What a profile of it has: what must be given, what is drawn, what may be. */
static void
fields_json(struct slice patch, json_t *o)
{
	json_t		*given = json_array(), *drawn = json_array(),
			*optional = json_array();
	saip_set	 all, needed;
	unsigned	 f;

	if (saip_patch_fields(patch, &all, &needed) != 0)
		all = needed = 0;
	for (f = 0; f < SAIP_FIELDS; f++) {
		if ((all & SAIP_BIT(f)) == 0)
			continue;
		json_array_append_new((needed & SAIP_BIT(f)) == 0 ?
		    optional : saip_field_drawn((enum saip_field)f) ? drawn :
		    given, json_string(saip_field_name((enum saip_field)f)));
	}
	json_object_set_new(o, "given", given);
	json_object_set_new(o, "drawn", drawn);
	json_object_set_new(o, "optional", optional);
}

static json_t *
template_json(const struct stored_template *t)
{
	json_t	*o = json_object();

	admin_set_text(o, "name", t->name);
	admin_set_int(o, "bytes", t->octets);
	admin_set_time(o, "created", t->created);
	return o;
}

static int
add_write(struct db *db, void *arg)
{
	struct template_write	*w = arg;
	int64_t			 tenant = w->mark.call->ctx->tenant;
	char			 detail[TYPE_NAME_MAX + 16];
	int			 r;

	if ((r = admin_body_use(db, tenant, &w->body, w->id)) != 0 ||
	    (r = store_template_add(db, tenant, w->name, w->id,
	    w->mark.now)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "template=%s", w->name);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static bool
built_in(const char *name)
{
	size_t	 i;

	for (i = 0; saip_templates[i] != NULL; i++)
		if (strcmp(saip_templates[i], name) == 0)
			return true;
	return false;
}

/* The package, checked as one that is imported, and made a template. */
static int
add_make(struct admin_call *call, const struct template_in *in,
    struct buf *upp, struct buf *patch)
{
	struct describe	 d;
	struct saip_info info;
	int		 r;

	if (in->name[0] == '\0' || built_in(in->name))
		return why_set(&call->why, DPE_USAGE, "template %s: a name is"
		    " needed that no built-in one has", in->name);
	if ((r = saip_check(buf_slice(&in->upp), &info, &call->why)) != 0 ||
	    (r = admin_lint(call, buf_slice(&in->upp))) != 0)
		return r;
	if ((r = describe_parse(slice_str(in->map), &d, &call->why)) == 0)
		r = saip_map(buf_slice(&in->upp), d.want, d.n, upp, patch,
		    &call->why);
	describe_free(&d);
	return r;
}

static int
template_add(struct admin_call *call)
{
	struct template_in	 in = { 0 };
	struct template_write	 w = { .mark = { call, admin_now(call->ctx),
	    "template.add" } };
	struct buf		 upp = { 0 }, patch = { 0 };
	int			 r;

	if ((r = admin_read(call, add_tab, NELEM(add_tab), &in)) != 0 ||
	    (r = add_make(call, &in, &upp, &patch)) != 0)
		goto out;
	w.name = in.name;
	w.body.patch = buf_slice(&patch);
	if ((r = vault_body_put(call->ctx, buf_slice(&upp), true,
	    &w.body)) == 0)
		r = store_write(call->ctx->store, STORE_DURABLE, add_write,
		    &w);
	if (r == DPE_EXISTS)
		why_set(&call->why, r, "template %s: there is one of this"
		    " name, or of this package", in.name);
	else if (r != 0)
		r = admin_fail(call, r, "template", in.name);
	else {
		admin_set_text(call->out, "name", in.name);
		fields_json(buf_slice(&patch), call->out);
	}
out:
	buf_free(&w.body.sealed);
	buf_free(&upp);
	buf_free(&patch);
	jfield_free(add_tab, NELEM(add_tab), &in);
	return r;
}

static int
list_row(void *arg, const struct stored_template *t)
{
	admin_page_add(arg, template_json(t), t->name);
	return 0;
}

static int
template_list(struct admin_call *call)
{
	struct template_in	 in = { 0 };
	struct admin_page	 p;
	int			 r;

	if ((r = admin_read(call, list_tab, NELEM(list_tab), &in)) == 0 &&
	    (r = admin_page_begin(call, in.limit, &p)) == 0) {
		r = store_template_each(call->ctx->db, call->ctx->tenant,
		    in.after, p.limit, list_row, &p);
		admin_page_end(call, &p);
	}
	jfield_free(list_tab, NELEM(list_tab), &in);
	return r;
}

static int
template_show(struct admin_call *call)
{
	struct template_in	 in = { 0 };
	struct stored_template	 t = { .octets = 0 };
	int			 r;

	if ((r = admin_read(call, name_tab, NELEM(name_tab), &in)) != 0)
		goto out;
	if ((r = store_template_get(call->ctx->db, call->ctx->tenant,
	    in.name, &t)) != 0)
		r = admin_fail(call, r, "template", in.name);
	else {
		json_object_update_new(call->out, template_json(&t));
		fields_json(buf_slice(&t.patch), call->out);
	}
	stored_template_free(&t);
out:
	jfield_free(name_tab, NELEM(name_tab), &in);
	return r;
}

static int
remove_write(struct db *db, void *arg)
{
	struct template_write	*w = arg;
	char			 detail[TYPE_NAME_MAX + 16];
	int			 r;

	if ((r = store_template_remove(db, w->mark.call->ctx->tenant,
	    w->name)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "template=%s", w->name);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static int
template_remove(struct admin_call *call)
{
	struct template_in	 in = { 0 };
	struct template_write	 w = { .mark = { call, admin_now(call->ctx),
	    "template.remove" } };
	int			 r;

	if ((r = admin_read(call, name_tab, NELEM(name_tab), &in)) != 0)
		goto out;
	w.name = in.name;
	if ((r = store_write(call->ctx->store, STORE_DURABLE, remove_write,
	    &w)) != 0)
		r = admin_fail(call, r, "template", in.name);
out:
	jfield_free(name_tab, NELEM(name_tab), &in);
	return r;
}

const struct admin_verb	admin_template_verbs[] = {
	{ "template", "add", template_add },
	{ "template", "list", template_list },
	{ "template", "show", template_show },
	{ "template", "remove", template_remove },
	{ NULL, NULL, NULL }
};
