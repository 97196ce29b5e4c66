/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_state.h"

#include <string.h>

#include "base/base64.h"
#include "base/hex.h"
#include "base/jfield.h"
#include "base/limits.h"

#define TEXT_MAX	4096
#define NUMBER_MAX	((size_t)1 << 40)

#define F(type, member, kind, max, flags) \
	{ #member, kind, offsetof(struct type, member), max, flags }

static const struct jfield trust_fields[] = {
	F(vuicc_trust, eid, JFIELD_TEXT, EID_DIGITS, JFIELD_OPT),
	F(vuicc_trust, pki, JFIELD_TEXT, TEXT_MAX, JFIELD_OPT),
	F(vuicc_trust, cafile, JFIELD_TEXT, TEXT_MAX, JFIELD_OPT),
};
static const struct jfield state_fields[] = {
	F(vuicc_state, seq, JFIELD_INT, NUMBER_MAX, 0),
	F(vuicc_state, last_aid, JFIELD_INT, 0xffff, 0),
	F(vuicc_state, default_dp, JFIELD_TEXT, TEXT_MAX, JFIELD_OPT),
};
static const struct jfield profile_fields[] = {
	F(vuicc_profile, iccid, JFIELD_TEXT, ICCID_TEXT, 0),
	F(vuicc_profile, provider, JFIELD_TEXT, TEXT_MAX, 0),
	F(vuicc_profile, name, JFIELD_TEXT, TEXT_MAX, 0),
	F(vuicc_profile, upp_sha256, JFIELD_TEXT, 64, 0),
	F(vuicc_profile, nickname, JFIELD_TEXT, TEXT_MAX, JFIELD_OPT),
	F(vuicc_profile, contents, JFIELD_TEXT, TEXT_MAX, JFIELD_OPT),
	F(vuicc_profile, metadata, JFIELD_BASE64, LIM_METADATA, JFIELD_OPT),
	F(vuicc_profile, profile_class, JFIELD_INT, 2, 0),
	F(vuicc_profile, ppr, JFIELD_INT, 7, 0),
	F(vuicc_profile, aid, JFIELD_INT, 0xffff, 0),
	F(vuicc_profile, enabled, JFIELD_BOOL, 0, 0),
};
static const struct jfield notify_fields[] = {
	F(vuicc_notify, events, JFIELD_INT, 15, 0),
	F(vuicc_notify, address, JFIELD_TEXT, TEXT_MAX, 0),
};
static const struct jfield pending_fields[] = {
	F(vuicc_pending, seq, JFIELD_INT, NUMBER_MAX, 0),
	F(vuicc_pending, event, JFIELD_INT, 15, 0),
	F(vuicc_pending, address, JFIELD_TEXT, TEXT_MAX, 0),
	F(vuicc_pending, iccid, JFIELD_TEXT, ICCID_TEXT, JFIELD_OPT),
	F(vuicc_pending, der, JFIELD_BASE64, LIM_ES9_BODY, 0),
};
static const struct jfield kept_fields[] = {
	F(vuicc_kept, scalar, JFIELD_HEX, 32, 0),
	F(vuicc_kept, point, JFIELD_HEX, 65, 0),
	F(vuicc_kept, smdp_oid, JFIELD_HEX, 64, 0),
};

/* The reverse of jfield_read(): an object through the same table. */
static json_t *
state_object(const struct jfield *tab, size_t n, const void *in)
{
	json_t		*o = json_object(), *v;
	const char	*at, *text;
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < n; i++) {
		at = (const char *)in + tab[i].offset;
		buf_cut(&b, 0);
		switch (tab[i].kind) {
		case JFIELD_TEXT:
			if ((text = *(char *const *)(const void *)at) == NULL)
				continue;
			v = json_string(text);
			break;
		case JFIELD_HEX:
			hex_add(&b, buf_slice((const void *)at));
			v = json_string(buf_cstr(&b));
			break;
		case JFIELD_BASE64:
			base64_add(&b, buf_slice((const void *)at));
			v = json_string(buf_cstr(&b));
			break;
		case JFIELD_INT:
			v = json_integer(*(const int64_t *)(const void *)at);
			break;
		default:
			v = json_boolean(*(const bool *)(const void *)at);
		}
		json_object_set_new(o, tab[i].name, v);
	}
	buf_free(&b);
	return o;
}

static json_t *
state_profiles(const struct vuicc_state *st)
{
	const struct vuicc_profile	*p;
	json_t				*list = json_array(), *o, *notify;
	size_t				 i, k;

	for (i = 0; i < st->n_profile; i++) {
		p = &st->profile[i];
		o = state_object(profile_fields, NELEM(profile_fields), p);
		notify = json_array();
		for (k = 0; k < p->n_notify; k++)
			json_array_append_new(notify, state_object(
			    notify_fields, NELEM(notify_fields),
			    &p->notify[k]));
		json_object_set_new(o, "notify", notify);
		json_array_append_new(list, o);
	}
	return list;
}

void
vuicc_state_write(const struct vuicc_state *st, struct buf *out)
{
	json_t	*root, *list;
	size_t	 i;

	root = state_object(state_fields, NELEM(state_fields), st);
	json_object_update_new(root, state_object(trust_fields,
	    NELEM(trust_fields), &st->trust));
	list = json_array();
	for (i = 0; i < st->trust.n_connect; i++)
		json_array_append_new(list,
		    json_string(st->trust.connect[i]));
	json_object_set_new(root, "connect", list);
	json_object_set_new(root, "profiles", state_profiles(st));
	list = json_array();
	for (i = 0; i < st->n_pending; i++)
		json_array_append_new(list, state_object(pending_fields,
		    NELEM(pending_fields), &st->pending[i]));
	json_object_set_new(root, "pending", list);
	if (st->kept.set)
		json_object_set_new(root, "kept_key", state_object(
		    kept_fields, NELEM(kept_fields), &st->kept));
	json_write(root, out);
	buf_add_u8(out, '\n');
	json_decref(root);
}

static int
state_read_connect(const json_t *list, struct vuicc_trust *t, struct why *why)
{
	size_t	 i;

	if (json_array_size(list) > VUICC_CONNECT)
		return why_set(why, DPE_RANGE, "connect: too many");
	for (i = 0; i < json_array_size(list); i++) {
		if (!json_is_string(json_array_get(list, i)))
			return why_set(why, DPE_SYNTAX, "connect: no text");
		t->connect[t->n_connect++] =
		    xstrdup(json_string_value(json_array_get(list, i)));
	}
	return 0;
}

static int
state_read_profile(const json_t *o, struct vuicc_profile *p, struct why *why)
{
	const json_t	*list = json_object_get(o, "notify");
	size_t		 i;
	int		 r;

	if ((r = jfield_read(o, profile_fields, NELEM(profile_fields), p,
	    why)) != 0)
		return r;
	if (json_array_size(list) > VUICC_NOTIFY)
		return why_set(why, DPE_RANGE, "notify: too many");
	for (i = 0; i < json_array_size(list); i++)
		if ((r = jfield_read(json_array_get(list, i), notify_fields,
		    NELEM(notify_fields), &p->notify[p->n_notify++],
		    why)) != 0)
			return r;
	return 0;
}

/* Profiles and notifications. */
static int
state_read_lists(const json_t *root, struct vuicc_state *st, struct why *why)
{
	const json_t	*list = json_object_get(root, "profiles");
	size_t		 i;
	int		 r;

	if (json_array_size(list) > VUICC_PROFILES)
		return why_set(why, DPE_RANGE, "profiles: too many");
	for (i = 0; i < json_array_size(list); i++)
		if ((r = state_read_profile(json_array_get(list, i),
		    &st->profile[st->n_profile++], why)) != 0)
			return r;
	list = json_object_get(root, "pending");
	if (json_array_size(list) > VUICC_PENDING)
		return why_set(why, DPE_RANGE, "pending: too many");
	for (i = 0; i < json_array_size(list); i++)
		if ((r = jfield_read(json_array_get(list, i), pending_fields,
		    NELEM(pending_fields), &st->pending[st->n_pending++],
		    why)) != 0)
			return r;
	return 0;
}

int
vuicc_state_read(struct slice text, struct vuicc_state *st, struct why *why)
{
	json_t		*root, *kept;
	int		 r;

	if ((r = json_read(text, &root, why)) != 0)
		return r;
	if ((r = jfield_read(root, state_fields, NELEM(state_fields), st,
	    why)) != 0 ||
	    (r = jfield_read(root, trust_fields, NELEM(trust_fields),
	    &st->trust, why)) != 0 ||
	    (r = state_read_connect(json_object_get(root, "connect"),
	    &st->trust, why)) != 0 ||
	    (r = state_read_lists(root, st, why)) != 0)
		goto out;
	if ((kept = json_object_get(root, "kept_key")) != NULL) {
		r = jfield_read(kept, kept_fields, NELEM(kept_fields),
		    &st->kept, why);
		st->kept.set = r == 0;
	}
out:
	json_decref(root);
	return r;
}
