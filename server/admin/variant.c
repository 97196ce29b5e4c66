/* SPDX-License-Identifier: Apache-2.0 */
/* Variants of a profile type: `smdpctl type variant`. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/store_variant.h"
#include "server/admin/internal.h"
#include "server/saip/saip.h"

struct variant_in {
	char		*type, *name, *template, *saip_min, *services;
	bool		 javacard;
	int64_t		 memory;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct variant_in, m), max, flags }
static const struct jfield	add_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, 0),
	F("name", JFIELD_TEXT, name, TYPE_NAME_MAX, 0),
	F("template", JFIELD_TEXT, template, TYPE_NAME_MAX, 0),
	F("saip_min", JFIELD_TEXT, saip_min, 8, JFIELD_OPT),
	F("services", JFIELD_TEXT, services, 400, JFIELD_OPT),
	F("javacard", JFIELD_BOOL, javacard, 0, JFIELD_OPT),
	F("memory", JFIELD_INT, memory, INT32_MAX, JFIELD_OPT)
};
static const struct jfield	list_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, 0),
	F("limit", JFIELD_INT, memory, LIM_LIST, JFIELD_OPT)
};
static const struct jfield	remove_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, 0),
	F("name", JFIELD_TEXT, name, TYPE_NAME_MAX, 0)
};
#undef F

struct variant_write {
	struct admin_mark	 mark;
	const char		*type;
	struct variant		 v;
	struct body		 body;
	size_t			 n;	/* that there are */
};

static json_t *
variant_json(const struct variant *v)
{
	json_t	*o = json_object(), *list = json_array();
	char	 text[32];
	size_t	 i;

	admin_set_text(o, "variant", v->name);
	admin_set_text(o, "template", v->template);
	snprintf(text, sizeof(text), "%d.%d", (int)(v->needs.version >> 8),
	    (int)(v->needs.version & 0xff));
	admin_set_text(o, "saip_min", v->needs.version == 0 ? NULL : text);
	for (i = 0; saip_service_name(i) != NULL; i++)
		if (v->needs.services >> i & 1)
			json_array_append_new(list,
			    json_string(saip_service_name(i)));
	json_object_set_new(o, "services", list);
	admin_set_int(o, "memory", v->needs.octets);
	return o;
}

/* What the header says, and what the administrator knows better. */
static int
variant_needs(struct admin_call *call, const struct variant_in *in,
    struct body_needs *n)
{
	unsigned	 major, minor;
	uint32_t	 more = 0;
	int		 end = 0, r;

	if (in->saip_min != NULL) {
		if (sscanf(in->saip_min, "%2u.%2u%n", &major, &minor,
		    &end) != 2 || in->saip_min[end] != '\0' || major < 1 ||
		    major > 3)
			return why_set(&call->why, DPE_USAGE, "saip_min %s: "
			    "a version is needed, as 2.3", in->saip_min);
		n->version = (int64_t)(major << 8 | minor);
	}
	if (in->services != NULL && (r = saip_services_parse(in->services,
	    &more, &call->why)) != 0)
		return r;
	if (in->javacard && (r = saip_services_parse("javacard", &more,
	    &call->why)) != 0)
		return r;
	n->services |= more;
	if (in->memory > 0)
		n->octets = in->memory;
	return 0;
}

static int
variant_make(struct admin_call *call, const struct variant_in *in,
    const struct ptype *t, struct variant_write *w)
{
	struct buf	 upp = { 0 };
	int		 r;

	snprintf(w->v.name, sizeof(w->v.name), "%s", in->name);
	snprintf(w->v.template, sizeof(w->v.template), "%s", in->template);
	if ((r = admin_template(call, t, in->template, &upp, &w->v.patch,
	    &w->body)) != 0 ||
	    (r = admin_template_fit(call, t, &upp, &w->v.patch, NULL,
	    NULL)) != 0)
		goto out;
	w->v.needs = w->body.needs;
	r = variant_needs(call, in, &w->v.needs);
out:
	buf_free(&upp);
	return r;
}

static int
variant_fields(void *arg, struct variant *v)
{
	saip_set	*all = arg, fields, needed;
	int		 r;

	if ((r = saip_patch_fields(buf_slice(&v->patch), &fields,
	    &needed)) == 0)
		*all |= fields;
	return r;
}

int
admin_variant_fields(const struct admin_call *call, const char *type,
    saip_set *all)
{
	return store_variant_each(call->ctx->db, call->ctx->tenant, type,
	    variant_fields, all);
}

static int
variant_count(void *arg, struct variant *v)
{
	size_t	*n = arg;

	(void)v;
	++*n;
	return 0;
}

static int
variant_write(struct db *db, void *arg)
{
	struct variant_write	*w = arg;
	int64_t			 tenant = w->mark.call->ctx->tenant;
	char			 detail[3 * TYPE_NAME_MAX + 32];
	int			 r;

	w->n = 0;
	if ((r = store_variant_each(db, tenant, w->type, variant_count,
	    &w->n)) != 0)
		return r;
	if (w->n >= LIM_VARIANTS)
		return DPE_RANGE;
	if ((r = admin_body_use(db, tenant, &w->body, w->v.body)) != 0 ||
	    (r = store_variant_add(db, tenant, w->type, &w->v)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "type=%s variant=%s template=%s",
	    w->type, w->v.name, w->v.template);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static int
variant_add(struct admin_call *call)
{
	struct variant_in	 in = { 0 };
	struct variant_write	 w = { .mark = { call, admin_now(call->ctx),
	    "variant.add" } };
	struct ptype		 t = { 0 };
	int			 r;

	if ((r = admin_read(call, add_tab, NELEM(add_tab), &in)) != 0)
		goto out;
	if (in.name[0] == '\0') {
		r = why_set(&call->why, DPE_USAGE, "variant: a name is "
		    "needed");
		goto out;
	}
	w.type = in.type;
	if ((r = admin_type_get(call, in.type, &t)) != 0 ||
	    (r = variant_make(call, &in, &t, &w)) != 0)
		goto out;
	r = store_write(call->ctx->store, STORE_DURABLE, variant_write, &w);
	if (r == DPE_EXISTS)
		why_set(&call->why, r, "type %s: has a variant %s already",
		    in.type, in.name);
	else if (r == DPE_RANGE)
		why_set(&call->why, r, "type %s: has %d variants, which is "
		    "the most", in.type, LIM_VARIANTS);
	else if (r != 0)
		r = admin_fail(call, r, "variant", in.name);
	else
		json_object_update_new(call->out, variant_json(&w.v));
out:
	buf_free(&w.body.sealed);
	variant_free(&w.v);
	ptype_free(&t);
	jfield_free(add_tab, NELEM(add_tab), &in);
	return r;
}

static int
variant_row(void *arg, struct variant *v)
{
	admin_page_add(arg, variant_json(v), v->name);
	return 0;
}

/* There are few: they come in one page. */
static int
variant_list(struct admin_call *call)
{
	struct variant_in	 in = { 0 };
	struct ptype		 t = { 0 };
	struct admin_page	 p;
	int			 r;

	if ((r = admin_read(call, list_tab, NELEM(list_tab), &in)) != 0 ||
	    (r = admin_type_get(call, in.type, &t)) != 0 ||
	    (r = admin_page_begin(call, in.memory, &p)) != 0)
		goto out;
	r = store_variant_each(call->ctx->db, call->ctx->tenant, in.type,
	    variant_row, &p);
	p.limit = INT64_MAX;
	admin_page_end(call, &p);
out:
	ptype_free(&t);
	jfield_free(list_tab, NELEM(list_tab), &in);
	return r;
}

static int
remove_write(struct db *db, void *arg)
{
	struct variant_write	*w = arg;
	char			 detail[2 * TYPE_NAME_MAX + 32];
	int			 r;

	if ((r = store_variant_remove(db, w->mark.call->ctx->tenant, w->type,
	    w->v.name)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "type=%s variant=%s", w->type,
	    w->v.name);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static int
variant_remove(struct admin_call *call)
{
	struct variant_in	 in = { 0 };
	struct variant_write	 w = { .mark = { call, admin_now(call->ctx),
	    "variant.remove" } };
	int			 r;

	if ((r = admin_read(call, remove_tab, NELEM(remove_tab),
	    &in)) != 0)
		goto out;
	w.type = in.type;
	snprintf(w.v.name, sizeof(w.v.name), "%s", in.name);
	r = store_write(call->ctx->store, STORE_DURABLE, remove_write, &w);
	if (r == DPE_NOTFOUND)
		why_set(&call->why, r, "type %s: has no variant %s", in.type,
		    in.name);
	else if (r != 0)
		r = admin_fail(call, r, "variant", in.name);
	else
		admin_set_text(call->out, "removed", in.name);
out:
	jfield_free(remove_tab, NELEM(remove_tab), &in);
	return r;
}

const struct admin_verb	admin_variant_verbs[] = {
	{ "variant", "add", variant_add },
	{ "variant", "list", variant_list },
	{ "variant", "remove", variant_remove },
	{ NULL, NULL, NULL }
};
