/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/internal.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

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
admin_time_text(int64_t t, char out[TIME_TEXT])
{
	struct tm	 tm;
	time_t		 tt = (time_t)t;

	if (gmtime_r(&tt, &tm) == NULL)
		memset(&tm, 0, sizeof(tm));
	strftime(out, TIME_TEXT, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static int
time_zone(const char *text, int64_t *seconds)
{
	int	 h, m, n = 0;
	char	 sign;

	*seconds = 0;
	if (strcmp(text, "Z") == 0 || strcmp(text, "z") == 0)
		return 0;
	if (sscanf(text, "%c%2d:%2d%n", &sign, &h, &m, &n) != 3 ||
	    text[n] != '\0' || strlen(text) != 6 || h < 0 || h > 23 ||
	    m < 0 || m > 59 || (sign != '+' && sign != '-'))
		return DPE_RANGE;
	*seconds = (h * 3600 + m * 60) * (sign == '+' ? 1 : -1);
	return 0;
}

int
admin_time_parse(const char *text, int64_t *out)
{
	struct tm	 tm, back;
	const char	*end;
	int64_t		 zone;
	time_t		 t;

	memset(&tm, 0, sizeof(tm));
	if ((end = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm)) == NULL ||
	    time_zone(end, &zone) != 0)
		return DPE_RANGE;
	back = tm;
	t = timegm(&back);
	if (back.tm_mday != tm.tm_mday || back.tm_sec != tm.tm_sec)
		return DPE_RANGE;	/* the 31st of February */
	*out = (int64_t)t - zone;
	return 0;
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
	snprintf(p->after, sizeof(p->after), "%s", key);
}

void
admin_page_end(struct admin_call *call, struct admin_page *p)
{
	bool	 full = (int64_t)json_array_size(p->items) >= p->limit;

	json_object_set_new(call->out, "items", p->items);
	admin_set_text(call->out, "after", full ? p->after : NULL);
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
