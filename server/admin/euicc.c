/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>

#include "server/admin/internal.h"

struct euicc_in {
	char	*eid, *after;
	int64_t	 limit;
};

static const struct jfield	list_tab[] = {
	{ "after", JFIELD_TEXT, offsetof(struct euicc_in, after), EID_DIGITS,
	    JFIELD_OPT },
	{ "limit", JFIELD_INT, offsetof(struct euicc_in, limit), LIM_LIST,
	    JFIELD_OPT }
};
static const struct jfield	show_tab[] = {
	{ "eid", JFIELD_TEXT, offsetof(struct euicc_in, eid), EID_DIGITS, 0 }
};

static void
euicc_set_version(json_t *o, const char *key, const uint8_t v[3])
{
	char	 text[16];

	snprintf(text, sizeof(text), "%u.%u.%u", v[0], v[1], v[2]);
	admin_set_text(o, key, text);
}

static json_t *
euicc_json(const struct euicc *e)
{
	json_t	*o = json_object();

	admin_set_text(o, "eid", e->eid);
	admin_set_text(o, "eum", e->eum);
	euicc_set_version(o, "svn", e->svn);
	euicc_set_version(o, "profile_version", e->profile_version);
	euicc_set_version(o, "firmware", e->firmware);
	admin_set_text(o, "tac", e->tac);
	if (e->free_nvm < 0)
		admin_set_text(o, "free_nvm", NULL);
	else
		admin_set_int(o, "free_nvm", e->free_nvm);
	admin_set_time(o, "first_seen", e->first_seen);
	admin_set_time(o, "last_seen", e->last_seen);
	return o;
}

static int
euicc_row(void *arg, const struct euicc *e)
{
	admin_page_add(arg, euicc_json(e), e->eid);
	return 0;
}

static int
euicc_list(struct admin_call *call)
{
	struct euicc_in		 in = { 0 };
	struct admin_page	 p;
	int			 r;

	if ((r = admin_read(call, list_tab, NELEM(list_tab), &in)) == 0 &&
	    (r = admin_page_begin(call, in.limit, &p)) == 0) {
		r = store_euicc_each(call->ctx->db, call->ctx->tenant,
		    in.after, p.limit, euicc_row, &p);
		admin_page_end(call, &p);
	}
	jfield_free(list_tab, NELEM(list_tab), &in);
	return r;
}

static int
euicc_show(struct admin_call *call)
{
	struct euicc_in	 in = { 0 };
	struct euicc	 e;
	int		 r;

	if ((r = admin_read(call, show_tab, NELEM(show_tab), &in)) == 0) {
		r = store_euicc_get(call->ctx->db, call->ctx->tenant, in.eid,
		    &e);
		if (r != 0)
			r = admin_fail(call, r, "euicc", in.eid);
		else
			json_object_update_new(call->out, euicc_json(&e));
	}
	jfield_free(show_tab, NELEM(show_tab), &in);
	return r;
}

const struct admin_verb	admin_euicc_verbs[] = {
	{ "euicc", "list", euicc_list },
	{ "euicc", "show", euicc_show },
	{ NULL, NULL, NULL }
};
