/* SPDX-License-Identifier: Apache-2.0 */
/* type variant add, list, remove: the daemon's noun is `variant`. */
#include "tools/ctl.h"

static const struct ctl_opt	add_opts[] = {
	{ "template", 0, CTL_TEXT, NULL, false, "T", "made from this template" },
	{ "saip-min", 0, CTL_TEXT, NULL, false, "V",
	    "needs this version of profile packages (of the package)" },
	{ "services", 0, CTL_TEXT, NULL, false, "S,...",
	    "needs these services, besides those of the package" },
	{ "javacard", 0, CTL_FLAG, NULL, false, NULL,
	    "needs Java Card: --services javacard" },
	{ "memory", 0, CTL_INT, NULL, false, "BYTES",
	    "needs so much free memory (the package's octets)" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

static const struct ctl_col	variant_cols[] = {
	{ "variant", "VARIANT" }, { "template", "TEMPLATE" },
	{ "saip_min", "SAIP" }, { "memory", "MEMORY" },
	{ "services", "SERVICES" }, { NULL, NULL }
};

static int
variant_run(struct ctl *c, const char *verb, struct ctl_args *a)
{
	const struct ctl_verb	 as = { .noun = "variant", .verb = verb,
	    .cols = variant_cols };

	if (json_object_set_new(a->in, "type", json_string(a->word[0])) != 0 ||
	    (a->words > 1 && json_object_set_new(a->in, "name",
	    json_string(a->word[1])) != 0))
		return ctl_say(CTL_USAGE, "TYPE or NAME: is not UTF-8");
	return as.verb[0] == 'l' ? ctl_run_list(c, &as, a) :
	    ctl_run_one(c, &as, a);
}

static int
variant_add(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	(void)v;
	if (json_object_get(a->in, "template") == NULL)
		return ctl_say(CTL_USAGE,
		    "type variant add: --template is missing");
	return variant_run(c, "add", a);
}

static int
variant_list(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	(void)v;
	return variant_run(c, "list", a);
}

static int
variant_remove(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	(void)v;
	return variant_run(c, "remove", a);
}

const struct ctl_verb	ctl_variant_verbs[] = {
	{ "type", "variant add", "TYPE NAME", NULL, 2, 2, add_opts, NULL,
	    variant_add, "another template for eUICCs that can do more, or less",
	    "type variant add staff small --template consumer" },
	{ "type", "variant list", "TYPE", NULL, 1, 1, NULL, variant_cols,
	    variant_list, "the variants of a type, the preferred one first",
	    "type variant list staff" },
	{ "type", "variant remove", "TYPE NAME", NULL, 2, 2, NULL, NULL,
	    variant_remove, "take a variant away",
	    "type variant remove staff small" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
