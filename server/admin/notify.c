/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base64.h"
#include "server/admin/internal.h"

struct notify_in {
	char	*after;
	int64_t	 limit;
	bool	 raw;
};

static const struct jfield	notify_tab[] = {
	{ "after", JFIELD_TEXT, offsetof(struct notify_in, after), 20,
	    JFIELD_OPT },
	{ "limit", JFIELD_INT, offsetof(struct notify_in, limit), LIM_LIST,
	    JFIELD_OPT },
	{ "raw", JFIELD_BOOL, offsetof(struct notify_in, raw), 0, JFIELD_OPT }
};

struct notify_page {
	struct admin_page	 page;
	bool			 raw;	/* with the octets, as evidence */
};

static int
notify_row(void *arg, const struct notification *n)
{
	struct notify_page	*p = arg;
	struct buf		 text = { 0 };
	json_t			*o = json_object();
	char			 key[24];

	snprintf(key, sizeof(key), "%" PRId64, n->id);
	admin_set_int(o, "id", n->id);
	admin_set_time(o, "received", n->received);
	admin_set_text(o, "kind", n->is_result ? "result" : "notification");
	admin_set_text(o, "event", n->event);
	admin_set_text(o, "result", n->result);
	admin_set_bool(o, "verified", n->verified);
	admin_set_text(o, "eid", n->eid);
	admin_set_text(o, "iccid", n->iccid);
	if (n->seq < 0)
		admin_set_text(o, "seq", NULL);
	else
		admin_set_int(o, "seq", n->seq);
	if (p->raw) {
		base64_add(&text, n->raw);
		admin_set_text(o, "raw", buf_cstr(&text));
		buf_free(&text);
	}
	admin_page_add(&p->page, o, key);
	return 0;
}

static int
notify_list(struct admin_call *call)
{
	struct notify_in	 in = { 0 };
	struct notify_page	 p;
	int64_t			 before;
	int			 r;

	if ((r = admin_read(call, notify_tab, NELEM(notify_tab), &in)) == 0 &&
	    (r = admin_page_begin(call, in.limit, &p.page)) == 0) {
		p.raw = in.raw;
		before = in.after != NULL ? strtoll(in.after, NULL, 10) : 0;
		r = store_notification_each(call->ctx->db, call->ctx->tenant,
		    before, p.page.limit, notify_row, &p);
		admin_page_end(call, &p.page);
	}
	jfield_free(notify_tab, NELEM(notify_tab), &in);
	return r;
}

const struct admin_verb	admin_notify_verbs[] = {
	{ "notify", "list", notify_list },
	{ NULL, NULL, NULL }
};
