/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "db/store_session.h"
#include "server/admin/internal.h"

struct session_in {
	bool	all;
	int64_t	limit;
};

static const struct jfield	session_tab[] = {
	{ "all", JFIELD_BOOL, offsetof(struct session_in, all), 0,
	    JFIELD_OPT },
	{ "limit", JFIELD_INT, offsetof(struct session_in, limit), LIM_LIST,
	    JFIELD_OPT }
};

static int
session_row(void *arg, const struct session *s)
{
	json_t	*o = json_object();
	char	 svn[16];

	snprintf(svn, sizeof(svn), "%u.%u.%u", s->svn[0], s->svn[1],
	    s->svn[2]);
	admin_set_text(o, "tid", s->tid);
	admin_set_text(o, "step", session_step_name(s->step));
	admin_set_text(o, "eid", s->eid);
	admin_set_text(o, "order", s->order);
	admin_set_text(o, "iccid", s->iccid);
	admin_set_text(o, "address", s->address);
	admin_set_text(o, "svn", svn);
	admin_set_time(o, "created", s->created);
	admin_set_time(o, "touched", s->touched);
	admin_page_add(arg, o, s->tid);
	return 0;
}

/* The newest ones, one page: sessions come and go faster than pages. */
static int
session_list(struct admin_call *call)
{
	struct session_in	 in = { 0 };
	struct admin_page	 p;
	int			 r;

	if ((r = admin_read(call, session_tab, NELEM(session_tab),
	    &in)) != 0 ||
	    (r = admin_page_begin(call, in.limit, &p)) != 0)
		return r;
	r = store_session_each(call->ctx->db, call->ctx->tenant, !in.all,
	    p.limit, session_row, &p);
	p.limit = INT64_MAX;
	admin_page_end(call, &p);
	return r;
}

const struct admin_verb	admin_session_verbs[] = {
	{ "session", "list", session_list },
	{ NULL, NULL, NULL }
};
