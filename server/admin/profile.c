/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/hex.h"
#include "certs/digest.h"
#include "server/admin/internal.h"
#include "server/saip/saip.h"
#include "server/vault.h"

struct profile_in {
	char		*iccid, *type, *state, *eid, *after, *reason;
	int64_t		 limit;
	bool		 upp;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct profile_in, m), max, flags }
static const struct jfield	list_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, JFIELD_OPT),
	F("state", JFIELD_TEXT, state, 16, JFIELD_OPT),
	F("eid", JFIELD_TEXT, eid, EID_DIGITS, JFIELD_OPT),
	F("after", JFIELD_TEXT, after, ICCID_TEXT, JFIELD_OPT),
	F("limit", JFIELD_INT, limit, LIM_LIST, JFIELD_OPT)
};
static const struct jfield	show_tab[] = {
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, 0)
};
static const struct jfield	export_tab[] = {
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, 0),
	F("upp", JFIELD_BOOL, upp, 0, JFIELD_OPT)
};
static const struct jfield	retire_tab[] = {
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, 0),
	F("reason", JFIELD_TEXT, reason, LIM_SUBJECT, JFIELD_OPT)
};
#undef F

json_t *
admin_profile_json(const struct profile *p)
{
	json_t	*o = json_object();

	admin_set_text(o, "iccid", p->iccid);
	admin_set_text(o, "type", p->type);
	admin_set_text(o, "state", life_state_name(p->state));
	admin_set_text(o, "card_state", card_state_name(p->card));
	admin_set_text(o, "eid", p->eid);
	admin_set_text(o, "order", p->order);
	return o;
}

static int
profile_row(void *arg, const struct profile *p)
{
	admin_page_add(arg, admin_profile_json(p), p->iccid);
	return 0;
}

static int
profile_list(struct admin_call *call)
{
	struct profile_in	 in = { 0 };
	struct profile_filter	 f = { 0 };
	struct admin_page	 p;
	enum life_state		 state;
	int			 r;

	if ((r = admin_read(call, list_tab, NELEM(list_tab), &in)) != 0)
		goto out;
	f.type = in.type;
	f.eid = in.eid;
	f.after = in.after;
	f.state = -1;
	if (in.state != NULL) {
		if (life_state_parse(in.state, &state) != 0) {
			r = why_set(&call->why, DPE_USAGE,
			    "state %s: no such state", in.state);
			goto out;
		}
		f.state = (int)state;
	}
	if ((r = admin_page_begin(call, in.limit, &p)) != 0)
		goto out;
	f.limit = p.limit;
	r = store_profile_each(call->ctx->db, call->ctx->tenant, &f,
	    profile_row, &p);
	admin_page_end(call, &p);
out:
	jfield_free(list_tab, NELEM(list_tab), &in);
	return r;
}

int
admin_profile_get(struct admin_call *call, const char *iccid, struct profile *p)
{
	char	 norm[ICCID_TEXT];
	int	 r;

	if (iccid_parse(iccid, norm) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "profile %s: an ICCID has 19 or 20 digits", iccid);
	r = store_profile_get(call->ctx->db, call->ctx->tenant, norm, p);
	return r == 0 ? 0 : admin_fail(call, r, "profile", norm);
}

/* The public key that goes with what a card is given, for who trusts it. */
static int
show_public(struct admin_call *call, const struct profile *p)
{
	struct buf	 values = { 0 }, hex = { 0 };
	struct slice	 v;
	int		 r;

	if (p->values.len == 0)
		return 0;
	if ((r = vault_values_get(call->ctx, p, &values)) != 0)
		return admin_fail(call, r, "profile", p->iccid);
	v = saip_value(buf_slice(&values), SAIP_APP_PUBLIC);
	if (v.len > 0) {
		hex_add(&hex, v);
		admin_set_text(call->out, "app_public", buf_cstr(&hex));
	}
	buf_free(&hex);
	buf_free(&values);
	return 0;
}

static int
profile_show(struct admin_call *call)
{
	struct profile_in	 in = { 0 };
	struct profile		 p = { 0 };
	int			 r;

	if ((r = admin_read(call, show_tab, NELEM(show_tab), &in)) == 0 &&
	    (r = admin_profile_get(call, in.iccid, &p)) == 0) {
		json_object_update_new(call->out, admin_profile_json(&p));
		r = show_public(call, &p);
	}
	profile_free(&p);
	jfield_free(show_tab, NELEM(show_tab), &in);
	return r;
}

struct profile_write {
	struct admin_mark	 mark;
	const struct profile	*p;
	const char		*detail;
	bool			 retire;
};

static int
profile_write(struct db *db, void *arg)
{
	struct profile_write	*w = arg;
	int			 r;

	if (w->retire && (r = store_profile_event(db,
	    w->mark.call->ctx->tenant, w->p->iccid, LIFE_RETIRE,
	    w->mark.now)) != 0)
		return r;
	return admin_audit(db, &w->mark, NULL, w->p->iccid, w->p->eid,
	    w->detail);
}

static int
export_detail(struct slice upp, char *out, size_t size)
{
	char		 sum[DIGEST_TEXT];
	struct digest	*d;
	int		 r;

	if ((r = digest_new(&d)) != 0)
		return r;
	digest_add(d, upp);
	digest_end(d, sum);
	digest_free(d);
	snprintf(out, size, "format=upp plain sha256=%s", sum);
	return 0;
}

/* Secrets leave only with an audit row that was synced before. */
static int
export_upp(struct admin_call *call, const struct profile *p)
{
	char			 detail[32 + DIGEST_TEXT];
	struct profile_write	 w = { { call, admin_now(call->ctx),
	    "profile.export" }, p, detail, false };
	struct buf		 upp = { 0 }, text = { 0 };
	int			 r;

	if (p->body[0] == '\0')
		return why_set(&call->why, DPE_STATE, "profile %s: its package"
		    " was erased after installation", p->iccid);
	if ((r = vault_upp(call->ctx, p, &upp)) != 0 ||
	    (r = export_detail(buf_slice(&upp), detail,
	    sizeof(detail))) != 0 ||
	    (r = store_write(call->ctx->store, STORE_DURABLE, profile_write,
	    &w)) != 0) {
		r = admin_fail(call, r, "profile", p->iccid);
		goto out;
	}
	base64_add(&text, buf_slice(&upp));
	admin_set_text(call->out, "upp", buf_cstr(&text));
out:
	buf_free(&text);
	buf_free(&upp);
	return r;
}

static int
profile_export(struct admin_call *call)
{
	struct profile_in	 in = { 0 };
	struct profile		 p = { 0 };
	int			 r;

	if ((r = admin_read(call, export_tab, NELEM(export_tab), &in)) == 0 &&
	    (r = admin_profile_get(call, in.iccid, &p)) == 0) {
		json_object_update_new(call->out, admin_profile_json(&p));
		if (in.upp)
			r = export_upp(call, &p);
	}
	profile_free(&p);
	jfield_free(export_tab, NELEM(export_tab), &in);
	return r;
}

static int
profile_retire(struct admin_call *call)
{
	struct profile_in	 in = { 0 };
	struct profile		 p = { 0 };
	struct profile_write	 w = { { call, admin_now(call->ctx),
	    "profile.retire" }, &p, NULL, true };
	int			 r;

	if ((r = admin_read(call, retire_tab, NELEM(retire_tab), &in)) != 0 ||
	    (r = admin_profile_get(call, in.iccid, &p)) != 0)
		goto out;
	w.detail = in.reason;
	r = store_write(call->ctx->store, STORE_DURABLE, profile_write, &w);
	if (r == DPE_STATE)
		why_set(&call->why, r, "profile %s: is %s, cannot be retired",
		    p.iccid, life_state_name(p.state));
	else if (r != 0)
		r = admin_fail(call, r, "profile", p.iccid);
	else {
		p.state = life_to(LIFE_RETIRE);
		json_object_update_new(call->out, admin_profile_json(&p));
	}
out:
	profile_free(&p);
	jfield_free(retire_tab, NELEM(retire_tab), &in);
	return r;
}

const struct admin_verb	admin_profile_verbs[] = {
	{ "profile", "import", admin_profile_import },
	{ "profile", "generate", admin_profile_generate },
	{ "profile", "list", profile_list },
	{ "profile", "show", profile_show },
	{ "profile", "decode", admin_profile_decode },
	{ "profile", "export", profile_export },
	{ "profile", "retire", profile_retire },
	{ NULL, NULL, NULL }
};
