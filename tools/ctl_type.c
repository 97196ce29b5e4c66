/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"
#include "base/file.h"
#include "base/limits.h"
#include "tools/ctl.h"

/* What both say; add has defaults, set leaves what is not named. */
#define TYPE_OPTS							\
	{ "spn", 0, CTL_TEXT, NULL, false, "S",				\
	    "service provider name, at most 32 bytes" },		\
	{ "name", 0, CTL_TEXT, "profile_name", false, "S",		\
	    "profile name, at most 64 bytes" },				\
	{ "icon", 0, CTL_TEXT, NULL, true, "FILE",			\
	    "PNG or JPEG, 64 x 64, at most 1024 bytes" },		\
	{ "class", 0, CTL_TEXT, NULL, false, "C",			\
	    "operational, provisioning or test" },			\
	{ "owner", 0, CTL_TEXT, NULL, false, "OWNER",			\
	    "MCC-MNC[,gid1=HEX][,gid2=HEX], as 999-70" },		\
	{ "ppr", 0, CTL_TEXT, NULL, false, "RULES",			\
	    "ppr1,ppr2: no disabling, no deleting" },			\
	{ "notify", 0, CTL_TEXT, NULL, false, "EVENTS",			\
	    "install,enable,disable,delete[=HOST],..." },		\
	{ "protect", 0, CTL_TEXT, NULL, false, "KEYS",			\
	    "session or ppk" },						\
	{ "on-ineligible", 0, CTL_TEXT, NULL, false, "WHAT",		\
	    "keep or error" },						\
	{ "on-cancel", 0, CTL_TEXT, NULL, false, "WHAT",		\
	    "error, retry or keep" },					\
	{ "after-install", 0, CTL_TEXT, NULL, false, "WHAT",		\
	    "keep or shred" },						\
	{ "rebind", 0, CTL_TEXT, NULL, false, "WHAT",			\
	    "yes or no: a package is bound once" },			\
	{ "reinstall", 0, CTL_INT, NULL, false, "N",			\
	    "how often the same eUICC may again" },			\
	{ "low-stock", 0, CTL_INT, NULL, false, "N",			\
	    "alarm below so many available profiles; 0: none" }

static const struct ctl_opt	add_opts[] = {
	TYPE_OPTS,
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
}, set_opts[] = {
	TYPE_OPTS,
	{ "no-icon", 0, CTL_FLAG, NULL, false, NULL, "take the icon away" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

static const struct ctl_col	type_cols[] = {
	{ "type", "TYPE" }, { "class", "CLASS" }, { "spn", "SPN" },
	{ "profile_name", "NAME" }, { "owner", "OWNER" }, { "ppr", "PPR" },
	{ "notify", "NOTIFY" }, { NULL, NULL }
};

/* The icon is read here, by whoever types the command. */
static int
type_put(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*path = ctl_text(a, "icon");
	struct buf	 icon = { 0 }, text = { 0 };
	struct why	 why;
	int		 r;

	if (path == NULL)
		return ctl_run_one(c, v, a);
	if ((r = file_read(path, LIM_ICON, &icon, &why)) != 0) {
		r = ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
	} else {
		base64_add(&text, buf_slice(&icon));
		json_object_set_new(a->in, "icon",
		    json_string(buf_cstr(&text)));
		r = ctl_run_one(c, v, a);
	}
	buf_free(&text);
	buf_free(&icon);
	return r;
}

const struct ctl_verb	ctl_type_verbs[] = {
	{ "type", "add", "NAME", "name", 1, 1, add_opts, NULL, type_put,
	    "a new profile type: what its profiles have in common",
	    "type add staff --spn Example --owner 999-70 --icon logo.png" },
	{ "type", "set", "NAME", "name", 1, 1, set_opts, NULL, type_put,
	    "change what is named, and nothing else",
	    "type set staff --spn 'Example Mobile' --low-stock 100" },
	{ "type", "list", NULL, NULL, 0, 0, NULL, type_cols, ctl_run_list,
	    "all profile types", "type list --json" },
	{ "type", "show", "NAME", "name", 1, 1, NULL, NULL, ctl_run_one,
	    "one profile type", "type show staff" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
