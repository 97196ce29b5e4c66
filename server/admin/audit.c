/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "server/admin/internal.h"

struct audit_in {
	char	*order, *iccid, *eid, *after;
	int64_t	 limit;
};

#define F(n, k, m, max)	{ n, k, offsetof(struct audit_in, m), max, JFIELD_OPT }
static const struct jfield	audit_tab[] = {
	F("order", JFIELD_TEXT, order, ROW_ID_TEXT),
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT),
	F("eid", JFIELD_TEXT, eid, EID_DIGITS),
	F("after", JFIELD_TEXT, after, 20),
	F("limit", JFIELD_INT, limit, LIM_LIST)
};
#undef F

static int
audit_row(void *arg, const struct audit *a)
{
	json_t	*o = json_object();
	char	 key[24];

	snprintf(key, sizeof(key), "%" PRId64, a->id);
	admin_set_int(o, "id", a->id);
	admin_set_time(o, "at", a->at);
	admin_set_text(o, "actor", a->actor);
	admin_set_text(o, "action", a->action);
	admin_set_text(o, "order", a->order);
	admin_set_text(o, "iccid", a->iccid);
	admin_set_text(o, "eid", a->eid);
	admin_set_text(o, "tid", a->tid);
	admin_set_text(o, "detail", a->detail);
	admin_page_add(arg, o, key);
	return 0;
}

/* Newest first. */
static int
audit_list(struct admin_call *call)
{
	struct audit_in		 in = { 0 };
	struct audit_filter	 f = { 0 };
	struct admin_page	 p;
	int			 r;

	if ((r = admin_read(call, audit_tab, NELEM(audit_tab), &in)) == 0 &&
	    (r = admin_page_begin(call, in.limit, &p)) == 0) {
		f.order = in.order;
		f.iccid = in.iccid;
		f.eid = in.eid;
		f.before = in.after != NULL ? strtoll(in.after, NULL, 10) : 0;
		f.limit = p.limit;
		r = store_audit_each(call->ctx->db, call->ctx->tenant, &f,
		    audit_row, &p);
		admin_page_end(call, &p);
	}
	jfield_free(audit_tab, NELEM(audit_tab), &in);
	return r;
}

const struct admin_verb	admin_audit_verbs[] = {
	{ "audit", "list", audit_list },
	{ NULL, NULL, NULL }
};
