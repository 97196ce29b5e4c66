/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/internal.h"

#include <stdio.h>
#include <string.h>

int64_t
admin_now(const struct ctx *c)
{
	return clock_now(c->clock);
}

int
admin_read(struct admin_call *call, const struct jfield *tab, size_t n,
    void *out)
{
	int	 r = jfield_read_strict(call->in, tab, n, out, &call->why);

	return r == 0 ? 0 : DPE_USAGE;
}

int
admin_lab(struct admin_call *call, const char *what)
{
	if (call->ctx->set->lab)
		return 0;
	return why_set(&call->why, DPE_UNSUPPORTED,
	    "%s is for test benches: it needs `lab yes` in the configuration",
	    what);
}

int
admin_fail(struct admin_call *call, int r, const char *noun, const char *id)
{
	if (r == DPE_NOTFOUND)
		return why_set(&call->why, r, "%s %.80s: not found", noun, id);
	return why_set(&call->why, r, "%s %.80s: %s", noun, id, err_text(r));
}

int
admin_type_get(struct admin_call *call, const char *name, struct ptype *out)
{
	int	 r = store_type_get(call->ctx->db, call->ctx->tenant, name,
	    out);

	return r == 0 ? 0 : admin_fail(call, r, "type", name);
}

void
admin_set_text(json_t *o, const char *key, const char *s)
{
	json_object_set_new(o, key, s == NULL || *s == '\0' ? json_null() :
	    json_string(s));
}

void
admin_set_time(json_t *o, const char *key, int64_t t)
{
	char	 text[TIME_TEXT];

	if (t == 0) {
		json_object_set_new(o, key, json_null());
		return;
	}
	admin_time_text(t, text);
	json_object_set_new(o, key, json_string(text));
}

void
admin_set_int(json_t *o, const char *key, int64_t v)
{
	json_object_set_new(o, key, json_integer(v));
}

void
admin_set_bool(json_t *o, const char *key, bool v)
{
	json_object_set_new(o, key, json_boolean(v));
}

int
admin_page_begin(struct admin_call *call, int64_t limit, struct admin_page *p)
{
	memset(p, 0, sizeof(*p));
	if (limit > LIM_LIST)
		return why_set(&call->why, DPE_USAGE,
		    "limit: at most %d rows a page", LIM_LIST);
	p->limit = limit == 0 ? LIM_LIST : limit;
	p->items = json_array();
	return 0;
}

void
admin_page_add(struct admin_page *p, json_t *item, const char *key)
{
	json_array_append_new(p->items, item);
	admin_page_skip(p, key);
}

void
admin_page_skip(struct admin_page *p, const char *key)
{
	snprintf(p->after, sizeof(p->after), "%s", key);
	p->seen++;
}

void
admin_page_end(struct admin_call *call, struct admin_page *p)
{
	json_object_set_new(call->out, "items", p->items);
	admin_set_text(call->out, "after", p->seen >= p->limit ? p->after :
	    NULL);
}

int
admin_audit(struct db *db, const struct admin_mark *m, const char *order,
    const char *iccid, const char *eid, const char *detail)
{
	struct audit	 a = { 0 };

	a.at = m->now;
	a.actor = m->call->actor;
	a.action = m->action;
	a.order = order;
	a.iccid = iccid;
	a.eid = eid != NULL && *eid != '\0' ? eid : NULL;
	a.detail = detail;
	return store_audit_add(db, m->call->ctx->tenant, &a);
}
