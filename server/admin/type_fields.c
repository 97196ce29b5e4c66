/* SPDX-License-Identifier: Apache-2.0 */
/* The members of a call that say what a profile type is, and back. */
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "server/admin/internal.h"
#include "server/admin/type_fields.h"
#include "server/admin/type_words.h"

#define F(n, k, m, max, flags)	{ n, k, offsetof(struct type_in, m), max, flags }
static const struct jfield	type_in_tab[] = {
	F("name", JFIELD_TEXT, name, TYPE_NAME_MAX, 0),
	F("spn", JFIELD_TEXT, spn, 128, JFIELD_OPT),
	F("profile_name", JFIELD_TEXT, profile_name, 256, JFIELD_OPT),
	F("icon", JFIELD_BASE64, icon, LIM_ICON, JFIELD_OPT),
	F("no_icon", JFIELD_BOOL, no_icon, 0, JFIELD_OPT),
	F("class", JFIELD_TEXT, class, 16, JFIELD_OPT),
	F("owner", JFIELD_TEXT, owner, OWNER_TEXT, JFIELD_OPT),
	F("ppr", JFIELD_TEXT, ppr, 16, JFIELD_OPT),
	F("notify", JFIELD_TEXT, notify, NOTIFY_TEXT, JFIELD_OPT),
	F("protect", JFIELD_TEXT, protect, 16, JFIELD_OPT),
	F("on_ineligible", JFIELD_TEXT, ineligible, 16, JFIELD_OPT),
	F("after_install", JFIELD_TEXT, after, 16, JFIELD_OPT),
	F("on_cancel", JFIELD_TEXT, cancel, 16, JFIELD_OPT),
	F("rebind", JFIELD_TEXT, rebind, 16, JFIELD_OPT),
	F("reinstall", JFIELD_INT, reinstall, 1000, JFIELD_OPT),
	F("low_stock", JFIELD_INT, low_stock, LIM_LOW_STOCK, JFIELD_OPT)
};
#undef F

int
type_in_read(struct admin_call *call, struct type_in *in)
{
	memset(in, 0, sizeof(*in));
	in->reinstall = in->low_stock = TYPE_IN_NONE;
	return admin_read(call, type_in_tab, NELEM(type_in_tab), in);
}

void
type_in_free(struct type_in *in)
{
	jfield_free(type_in_tab, NELEM(type_in_tab), in);
}

static bool
type_name_valid(const char *s)
{
	return *s != '\0' && *s != '-' && *s != '.' &&
	    s[strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_.")] == '\0';
}

int
type_preset(const struct type_in *in, struct ptype *t, struct why *why)
{
	if (!type_name_valid(in->name))
		return why_set(why, DPE_USAGE, "type name: letters, digits, "
		    "'-', '_' and '.', not first");
	snprintf(t->name, sizeof(t->name), "%s", in->name);
	/* A service provider or profile name is never absent (5.5.3). */
	snprintf(t->spn, SPN_BYTES + 1, "%s", in->name);
	snprintf(t->profile_name, sizeof(t->profile_name), "%s", in->name);
	t->icon_type = -1;
	t->profile_class = TYPE_OPERATIONAL;
	t->on_cancel = ON_CANCEL_ENDS;
	return 0;
}

/* The standard counts characters, many cards count bytes (spec 03, 5). */
static int
type_texts(const struct type_in *in, struct ptype *t, struct why *why)
{
	if (in->spn != NULL) {
		if (strlen(in->spn) > SPN_BYTES)
			return why_set(why, DPE_USAGE, "type %s: spn: at most "
			    "%d bytes", in->name, SPN_BYTES);
		snprintf(t->spn, sizeof(t->spn), "%s", in->spn);
	}
	if (in->profile_name != NULL) {
		if (strlen(in->profile_name) > NAME_BYTES)
			return why_set(why, DPE_USAGE, "type %s: profile "
			    "name: at most %d bytes", in->name, NAME_BYTES);
		snprintf(t->profile_name, sizeof(t->profile_name), "%s",
		    in->profile_name);
	}
	return 0;
}

static int
type_icon(const struct type_in *in, struct ptype *t, struct why *why)
{
	if (in->no_icon && in->icon.len > 0)
		return why_set(why, DPE_USAGE, "type %s: either an icon or "
		    "none", in->name);
	if (in->no_icon) {
		buf_free(&t->icon);
		t->icon_type = -1;
	}
	if (in->icon.len == 0)
		return 0;
	if ((t->icon_type = icon_kind(buf_slice(&in->icon))) == -1)
		return why_set(why, DPE_USAGE, "type %s: icon: a PNG or JPEG "
		    "file of 64 x 64 pixels is needed", in->name);
	buf_set(&t->icon, buf_slice(&in->icon));
	return 0;
}

/* One of the ",gid1=HEX" behind the network. */
static int
owner_gid(struct slice word, struct ptype *t)
{
	struct buf	 gid = { 0 };
	char		*to;
	int		 r;

	if (slice_starts(word, slice_str("gid1=")))
		to = t->gid1;
	else if (slice_starts(word, slice_str("gid2=")))
		to = t->gid2;
	else
		return DPE_USAGE;
	r = hex_decode(slice_sub(word, 5, word.len - 5), &gid);
	if (r == 0 && *to == '\0' && gid.len > 0 && gid.len <= LIM_GID)
		hex_put(to, buf_slice(&gid));
	else
		r = DPE_USAGE;
	buf_free(&gid);
	return r;
}

/* MCC-MNC[,gid1=HEX][,gid2=HEX]; an empty text: no owner. */
static int
type_owner(const struct type_in *in, struct ptype *t, struct why *why)
{
	const char	*s = in->owner;
	uint8_t		 plmn[3];
	size_t		 n;
	int		 r = 0;

	if (s == NULL)
		return 0;
	t->owner[0] = t->gid1[0] = t->gid2[0] = '\0';
	if (*s == '\0')
		return 0;
	n = strcspn(s, ",");
	snprintf(t->owner, sizeof(t->owner), "%.*s", (int)n, s);
	if (n >= sizeof(t->owner) || plmn_parse(t->owner, plmn) != 0)
		return why_set(why, DPE_USAGE, "type %s: owner %s: MCC-MNC is "
		    "needed, as 999-70", in->name, s);
	for (s += n; *s != '\0' && r == 0; s += n) {
		n = strcspn(++s, ",");
		r = owner_gid(slice_of(s, n), t);
	}
	if (r != 0)
		return why_set(why, r, "type %s: owner: gid1=HEX and gid2=HEX "
		    "may follow, 1 to %d bytes each", in->name, LIM_GID);
	return 0;
}

static int
type_choices(const struct type_in *in, struct ptype *t, struct why *why)
{
	unsigned	 class = (unsigned)t->profile_class;
	unsigned	 protect = t->protect_ppk, after = t->shred;
	unsigned	 ineligible = t->ineligible_error;
	unsigned	 rebind = !t->bind_once;
	unsigned	 cancel = (unsigned)t->on_cancel;
	int		 r;

	if ((r = type_word(&type_classes, in->class, &class, why)) != 0 ||
	    (r = type_word(&type_protects, in->protect, &protect,
	    why)) != 0 ||
	    (r = type_word(&type_ineligibles, in->ineligible, &ineligible,
	    why)) != 0 ||
	    (r = type_word(&type_afters, in->after, &after, why)) != 0 ||
	    (r = type_word(&type_rebinds, in->rebind, &rebind, why)) != 0 ||
	    (r = type_word(&type_cancels, in->cancel, &cancel, why)) != 0 ||
	    (in->ppr != NULL && (r = type_words(&type_pprs, in->ppr, &t->ppr,
	    why)) != 0))
		return r;
	t->profile_class = (int)class;
	t->protect_ppk = protect != 0;
	t->ineligible_error = ineligible != 0;
	t->shred = after != 0;
	t->bind_once = rebind == 0;
	t->on_cancel = (int)cancel;
	return 0;
}

/* What does not go together. */
static int
type_rules(const struct ptype *t, struct why *why)
{
	if (t->ppr != 0 && t->owner[0] == '\0')
		return why_set(why, DPE_USAGE, "type %s: profile policy rules "
		    "need an owner", t->name);
	if (t->ppr != 0 && t->profile_class == TYPE_TEST)
		return why_set(why, DPE_USAGE, "type %s: test profiles have "
		    "no policy rules", t->name);
	if (t->shred && t->reinstall > 0)
		return why_set(why, DPE_USAGE, "type %s: a shredded profile "
		    "cannot be reinstalled", t->name);
	return 0;
}

int
type_apply(const struct type_in *in, struct ptype *t, bool lab,
    struct why *why)
{
	int	 r;

	if ((r = type_texts(in, t, why)) != 0 ||
	    (r = type_icon(in, t, why)) != 0 ||
	    (r = type_owner(in, t, why)) != 0 ||
	    (r = type_choices(in, t, why)) != 0 ||
	    (in->notify != NULL && (r = type_notify(in->notify, t, lab,
	    why)) != 0))
		return r;
	if (in->reinstall != TYPE_IN_NONE)
		t->reinstall = in->reinstall;
	if (in->low_stock != TYPE_IN_NONE)
		t->low_stock = in->low_stock;
	return type_rules(t, why);
}

void
type_in_words(const struct type_in *in, struct buf *out)
{
	const char	*const text[] = { in->spn, in->profile_name, in->class,
	    in->owner, in->ppr, in->notify, in->protect, in->ineligible,
	    in->after, in->cancel, in->rebind };
	static const char *const word[] = { "spn", "profile_name", "class",
	    "owner", "ppr", "notify", "protect", "on_ineligible",
	    "after_install", "on_cancel", "rebind" };
	size_t		 i;

	for (i = 0; i < NELEM(word); i++)
		if (text[i] != NULL)
			buf_addf(out, " %s", word[i]);
	if (in->icon.len > 0 || in->no_icon)
		buf_add_str(out, " icon");
	if (in->reinstall != TYPE_IN_NONE)
		buf_add_str(out, " reinstall");
	if (in->low_stock != TYPE_IN_NONE)
		buf_add_str(out, " low_stock");
}

json_t *
type_json(const struct ptype *t)
{
	json_t	*o = json_object();

	admin_set_text(o, "type", t->name);
	admin_set_text(o, "spn", t->spn);
	admin_set_text(o, "profile_name", t->profile_name);
	admin_set_text(o, "class", type_classes.word[t->profile_class]);
	admin_set_text(o, "icon", t->icon_type == -1 ? NULL :
	    t->icon_type == 1 ? "png" : "jpeg");
	admin_set_int(o, "icon_octets", (int64_t)t->icon.len);
	admin_set_text(o, "owner", t->owner);
	admin_set_text(o, "gid1", t->gid1);
	admin_set_text(o, "gid2", t->gid2);
	json_object_set_new(o, "ppr", type_words_json(&type_pprs, t->ppr));
	json_object_set_new(o, "notify", type_notify_json(t));
	admin_set_text(o, "protect", type_protects.word[t->protect_ppk]);
	admin_set_text(o, "on_ineligible",
	    type_ineligibles.word[t->ineligible_error]);
	admin_set_text(o, "on_cancel", type_cancels.word[t->on_cancel]);
	admin_set_text(o, "after_install", type_afters.word[t->shred]);
	admin_set_text(o, "rebind", type_rebinds.word[!t->bind_once]);
	admin_set_int(o, "reinstall", t->reinstall);
	admin_set_int(o, "low_stock", t->low_stock);
	admin_set_time(o, "created", t->created);
	return o;
}
