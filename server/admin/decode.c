/* SPDX-License-Identifier: Apache-2.0 */
/* The package of one profile in words, as a card would get it. */
#include <stdio.h>
#include <string.h>

#include "server/admin/internal.h"
#include "server/saip/show.h"
#include "server/vault.h"

struct decode_in {
	char	*iccid, *reason;
	bool	 keys;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct decode_in, m), max, flags }
static const struct jfield	decode_tab[] = {
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, 0),
	F("keys", JFIELD_BOOL, keys, 0, JFIELD_OPT),
	F("reason", JFIELD_TEXT, reason, LIM_SUBJECT, JFIELD_OPT)
};
#undef F

struct decode_write {
	struct admin_mark	 mark;
	const struct profile	*p;
	const char		*reason;
};

static int
decode_write(struct db *db, void *arg)
{
	struct decode_write	*w = arg;

	return admin_audit(db, &w->mark, NULL, w->p->iccid, w->p->eid,
	    w->reason);
}

/* Who sees keys is on record before he sees them. */
static int
decode_audit(struct admin_call *call, const struct profile *p,
    const char *reason)
{
	struct decode_write	 w = { { call, admin_now(call->ctx),
	    "profile.keys" }, p, reason };

	return store_write(call->ctx->store, STORE_DURABLE, decode_write, &w);
}

static int
decode_upp(struct admin_call *call, const struct profile *p,
    const struct decode_in *in)
{
	struct buf	 upp = { 0 };
	json_t		*out = NULL;
	int		 r;

	if (p->body[0] == '\0')
		return why_set(&call->why, DPE_STATE, "profile %s: its package"
		    " was erased after installation", p->iccid);
	if ((r = vault_upp(call->ctx, p, &upp)) != 0 ||
	    (in->keys && (r = decode_audit(call, p, in->reason)) != 0)) {
		r = admin_fail(call, r, "profile", p->iccid);
		goto out;
	}
	/* A package that does not parse is told by a member of the answer. */
	if (saip_show(buf_slice(&upp), in->keys, &out) != 0)
		admin_set_bool(out, "broken", true);
	json_object_set_new(call->out, "package", out);
out:
	buf_free(&upp);
	return r;
}

int
admin_profile_decode(struct admin_call *call)
{
	struct decode_in	 in = { 0 };
	struct profile		 p = { 0 };
	int			 r;

	if ((r = admin_read(call, decode_tab, NELEM(decode_tab), &in)) != 0)
		goto out;
	if (in.keys && (in.reason == NULL ||
	    in.reason[strspn(in.reason, " \t")] == '\0')) {
		r = why_set(&call->why, DPE_USAGE, "reason: is needed with "
		    "keys, for the audit trail");
		goto out;
	}
	if ((r = admin_profile_get(call, in.iccid, &p)) == 0) {
		json_object_update_new(call->out, admin_profile_json(&p));
		r = decode_upp(call, &p, &in);
	}
out:
	profile_free(&p);
	jfield_free(decode_tab, NELEM(decode_tab), &in);
	return r;
}
