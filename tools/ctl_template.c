/* SPDX-License-Identifier: Apache-2.0 */
/* template add, list, show, remove. */
#include "base/base64.h"
#include "base/file.h"
#include "base/limits.h"
#include "tools/ctl.h"
#include "tools/ctl_call.h"

#define MAP_TEXT	65536

static const struct ctl_opt	add_opts[] = {
	{ "map", 0, CTL_TEXT, NULL, true, "FILE",
	    "what varies, and where (JSON; docs/profile-template.md)" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

static const struct ctl_col	cols[] = {
	{ "name", "TEMPLATE" }, { "bytes", "BYTES" }, { "created", "ADDED" },
	{ NULL, NULL }
};

static int
template_name(struct ctl_args *a)
{
	if (a->words > 0 && json_object_set_new(a->in, "name",
	    json_string(a->word[0])) != 0)
		return ctl_say(CTL_USAGE, "NAME: is not UTF-8");
	return CTL_DONE;
}

/* A file's octets, or its text. */
static int
add_file(struct ctl_args *a, const char *key, const char *path, size_t max,
    bool text)
{
	struct buf	 b = { 0 }, base64 = { 0 };
	struct why	 why;
	int		 r;

	if ((r = file_read(path, max, &b, &why)) != 0)
		r = ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
	else {
		base64_add(&base64, buf_slice(&b));
		if (json_object_set_new(a->in, key, json_string(text ?
		    buf_cstr(&b) : buf_cstr(&base64))) != 0)
			r = ctl_say(CTL_USAGE, "%s: is not UTF-8", path);
	}
	buf_free(&base64);
	buf_free(&b);
	return r;
}

static int
template_add(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	const char	*map = ctl_text(a, "map");
	int		 r;

	if ((r = template_name(a)) != CTL_DONE ||
	    (r = add_file(a, "upp", a->word[1], LIM_UPP, false)) != CTL_DONE ||
	    (map != NULL && (r = add_file(a, "map", map, MAP_TEXT,
	    true)) != CTL_DONE))
		return r;
	return ctl_run_one(c, v, a);
}

static int
template_one(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	int	 r;

	if ((r = template_name(a)) != CTL_DONE)
		return r;
	return ctl_run_one(c, v, a);
}

const struct ctl_verb	ctl_template_verbs[] = {
	{ "template", "add", "NAME FILE", NULL, 2, 2, add_opts, NULL,
	    template_add, "make a package a template",
	    "template add meter meter.der --map meter.json" },
	{ "template", "list", NULL, NULL, 0, 0, NULL, cols, ctl_run_list,
	    "the templates that were added", "template list" },
	{ "template", "show", "NAME", NULL, 1, 1, NULL, NULL, template_one,
	    "what varies in a template", "template show meter" },
	{ "template", "remove", "NAME", NULL, 1, 1, NULL, NULL, template_one,
	    "take a template away; its profiles stay",
	    "template remove meter" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
