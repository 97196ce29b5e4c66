/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/internal.h"
#include "server/admin/type_words.h"

struct type_in {
	char		*name, *spn, *profile_name, *class, *owner, *ppr;
	char		*notify, *protect, *ineligible, *after, *rebind;
	char		*cancel;
	struct buf	 icon;
	int64_t		 reinstall;
};

#define F(n, k, m, max, flags)	{ n, k, offsetof(struct type_in, m), max, flags }
static const struct jfield	type_in_tab[] = {
	F("name", JFIELD_TEXT, name, TYPE_NAME_MAX, 0),
	F("spn", JFIELD_TEXT, spn, 128, JFIELD_OPT),
	F("profile_name", JFIELD_TEXT, profile_name, 256, JFIELD_OPT),
	F("icon", JFIELD_BASE64, icon, LIM_ICON, JFIELD_OPT),
	F("class", JFIELD_TEXT, class, 16, JFIELD_OPT),
	F("owner", JFIELD_TEXT, owner, 7, JFIELD_OPT),
	F("ppr", JFIELD_TEXT, ppr, 16, JFIELD_OPT),
	F("notify", JFIELD_TEXT, notify, 64, JFIELD_OPT),
	F("protect", JFIELD_TEXT, protect, 16, JFIELD_OPT),
	F("on_ineligible", JFIELD_TEXT, ineligible, 16, JFIELD_OPT),
	F("after_install", JFIELD_TEXT, after, 16, JFIELD_OPT),
	F("on_cancel", JFIELD_TEXT, cancel, 16, JFIELD_OPT),
	F("rebind", JFIELD_TEXT, rebind, 16, JFIELD_OPT),
	F("reinstall", JFIELD_INT, reinstall, 1000, JFIELD_OPT)
};
#undef F

static bool
type_name_valid(const char *s)
{
	return *s != '\0' && *s != '-' && *s != '.' &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_.")] == '\0';
}

/* Characters, not bytes: what is no continuation byte begins one. */
static size_t
utf8_count(const char *s)
{
	size_t	 n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static int
type_texts(struct admin_call *call, const struct type_in *in, struct ptype *t)
{
	if (!type_name_valid(in->name))
		return why_set(&call->why, DPE_USAGE, "type name: letters, "
		    "digits, '-', '_' and '.', not first");
	snprintf(t->name, sizeof(t->name), "%s", in->name);
	/* A service provider or profile name is never absent (5.5.3). */
	snprintf(t->spn, sizeof(t->spn), "%s",
	    in->spn != NULL ? in->spn : in->name);
	snprintf(t->profile_name, sizeof(t->profile_name), "%s",
	    in->profile_name != NULL ? in->profile_name : in->name);
	if (in->spn == NULL)
		t->spn[32] = '\0';
	if (strlen(t->spn) > 32)
		return why_set(&call->why, DPE_USAGE,
		    "type %s: spn: at most 32 bytes", in->name);
	if (utf8_count(t->profile_name) > 64 || strlen(t->profile_name) > 64)
		return why_set(&call->why, DPE_USAGE,
		    "type %s: profile name: at most 64 bytes", in->name);
	return 0;
}

static int
type_icon(struct admin_call *call, struct type_in *in, struct ptype *t)
{
	t->icon_type = icon_kind(buf_slice(&in->icon));
	if (in->icon.len == 0) {
		t->icon_type = -1;
		return 0;
	}
	if (t->icon_type == -1)
		return why_set(&call->why, DPE_USAGE, "type %s: icon: "
		    "a PNG or JPEG file of 64 x 64 pixels is needed",
		    in->name);
	t->icon = in->icon;
	memset(&in->icon, 0, sizeof(in->icon));
	return 0;
}

static int
type_rules(struct admin_call *call, const struct type_in *in, struct ptype *t)
{
	uint8_t	 plmn[3];

	if (in->owner != NULL) {
		if (plmn_parse(in->owner, plmn) != 0)
			return why_set(&call->why, DPE_USAGE, "type %s: owner "
			    "%s: MCC-MNC is needed, as 999-70", in->name,
			    in->owner);
		snprintf(t->owner, sizeof(t->owner), "%s", in->owner);
	}
	if (t->ppr != 0 && t->owner[0] == '\0')
		return why_set(&call->why, DPE_USAGE, "type %s: profile "
		    "policy rules need an owner", in->name);
	if (t->ppr != 0 && t->profile_class == 0)
		return why_set(&call->why, DPE_USAGE, "type %s: test profiles "
		    "have no policy rules", in->name);
	if (t->shred && in->reinstall > 0)
		return why_set(&call->why, DPE_USAGE, "type %s: a shredded "
		    "profile cannot be reinstalled", in->name);
	t->reinstall = in->reinstall;
	return 0;
}

static int
type_make(struct admin_call *call, struct type_in *in, struct ptype *t)
{
	unsigned	 class = 2, protect = 0, ineligible = 0, after = 0;
	unsigned	 rebind = 1, cancel = ON_CANCEL_ENDS;
	int		 r;

	if ((r = type_texts(call, in, t)) != 0 ||
	    (r = type_word(&type_classes, in->class, &class,
	    &call->why)) != 0 ||
	    (r = type_word(&type_protects, in->protect, &protect,
	    &call->why)) != 0 ||
	    (r = type_word(&type_ineligibles, in->ineligible, &ineligible,
	    &call->why)) != 0 ||
	    (r = type_word(&type_afters, in->after, &after,
	    &call->why)) != 0 ||
	    (r = type_word(&type_rebinds, in->rebind, &rebind,
	    &call->why)) != 0 ||
	    (r = type_word(&type_cancels, in->cancel, &cancel,
	    &call->why)) != 0 ||
	    (r = type_words(&type_pprs, in->ppr, &t->ppr,
	    &call->why)) != 0 ||
	    (r = type_words(&type_notifies, in->notify, &t->notify,
	    &call->why)) != 0 ||
	    (r = type_icon(call, in, t)) != 0)
		return r;
	t->profile_class = (int)class;
	t->protect_ppk = protect != 0;
	t->ineligible_error = ineligible != 0;
	t->shred = after != 0;
	t->bind_once = rebind == 0;
	t->on_cancel = (int)cancel;
	return type_rules(call, in, t);
}

static json_t *
type_json(const struct ptype *t)
{
	json_t	*o = json_object();

	admin_set_text(o, "type", t->name);
	admin_set_text(o, "spn", t->spn);
	admin_set_text(o, "profile_name", t->profile_name);
	admin_set_text(o, "class", type_classes.word[t->profile_class]);
	admin_set_text(o, "icon", t->icon_type == -1 ? NULL :
	    t->icon_type == 1 ? "png" : "jpeg");
	admin_set_text(o, "owner", t->owner);
	json_object_set_new(o, "ppr", type_words_json(&type_pprs, t->ppr));
	json_object_set_new(o, "notify",
	    type_words_json(&type_notifies, t->notify));
	admin_set_text(o, "protect", type_protects.word[t->protect_ppk]);
	admin_set_text(o, "on_ineligible",
	    type_ineligibles.word[t->ineligible_error]);
	admin_set_text(o, "on_cancel", type_cancels.word[t->on_cancel]);
	admin_set_text(o, "after_install", type_afters.word[t->shred]);
	admin_set_text(o, "rebind", type_rebinds.word[!t->bind_once]);
	admin_set_int(o, "reinstall", t->reinstall);
	admin_set_time(o, "created", t->created);
	return o;
}

struct type_write {
	struct admin_mark	 mark;
	struct ptype		*t;
};

static int
type_write(struct db *db, void *arg)
{
	struct type_write	*w = arg;
	char			 detail[TYPE_NAME_MAX + 8];
	int			 r;

	if ((r = store_type_add(db, w->mark.call->ctx->tenant, w->t)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "type=%s", w->t->name);
	return admin_audit(db, &w->mark, NULL, NULL, NULL, detail);
}

static int
type_add(struct admin_call *call)
{
	struct type_in		 in = { 0 };
	struct ptype		 t = { 0 };
	struct type_write	 w = { { call, admin_now(call->ctx),
	    "type.add" }, &t };
	int			 r;

	if ((r = admin_read(call, type_in_tab, NELEM(type_in_tab),
	    &in)) != 0 || (r = type_make(call, &in, &t)) != 0)
		goto out;
	t.created = w.mark.now;
	r = store_write(call->ctx->store, STORE_DURABLE, type_write, &w);
	if (r == DPE_EXISTS)
		why_set(&call->why, r, "type %s: exists already", t.name);
	else if (r != 0)
		r = admin_fail(call, r, "type", t.name);
	else
		json_object_update_new(call->out, type_json(&t));
out:
	jfield_free(type_in_tab, NELEM(type_in_tab), &in);
	ptype_free(&t);
	return r;
}

static int
type_row(void *arg, const struct ptype *t)
{
	admin_page_add(arg, type_json(t), t->name);
	return 0;
}

/* There are few types: they come in one page. */
static int
type_list(struct admin_call *call)
{
	struct jfield		 tab[] = { { "limit", JFIELD_INT, 0, LIM_LIST,
	    JFIELD_OPT } };
	struct admin_page	 p;
	int64_t			 limit = 0;
	int			 r;

	if ((r = admin_read(call, tab, 1, &limit)) != 0 ||
	    (r = admin_page_begin(call, limit, &p)) != 0)
		return r;
	r = store_type_each(call->ctx->db, call->ctx->tenant, type_row, &p);
	p.limit = INT64_MAX;
	admin_page_end(call, &p);
	return r;
}

static int
type_show(struct admin_call *call)
{
	struct ptype	 t = { 0 };
	char		*name = NULL;
	struct jfield	 tab[] = { { "name", JFIELD_TEXT, 0, TYPE_NAME_MAX,
	    0 } };
	int		 r;

	if ((r = admin_read(call, tab, 1, &name)) == 0 &&
	    (r = admin_type_get(call, name, &t)) == 0)
		json_object_update_new(call->out, type_json(&t));
	ptype_free(&t);
	free(name);
	return r;
}

const struct admin_verb	admin_type_verbs[] = {
	{ "type", "add", type_add },
	{ "type", "list", type_list },
	{ "type", "show", type_show },
	{ NULL, NULL, NULL }
};
