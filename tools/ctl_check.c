/* SPDX-License-Identifier: Apache-2.0 */
/* profile check: what a card would refuse, told before it is asked. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "server/saip/lint.h"
#include "tools/ctl_print.h"

#define OPT_END		{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
static const struct ctl_opt	check_opts[] = {
	{ "rules", 0, CTL_FLAG, NULL, true, NULL, "list the rules" },
	{ "quiet", 'q', CTL_FLAG, NULL, true, NULL, "errors alone" },
	OPT_END
};

static int
check_rules(struct ctl *c)
{
	const struct lint_rule	*r;
	json_t			*o;
	size_t			 i;

	for (i = 0; i < lint_rule_count(); i++) {
		r = lint_rule_at(i);
		if (c->json) {
			o = json_pack("{s:i,s:s,s:s}", "rule", (int)r->number,
			    "severity", lint_severity_name(r->severity),
			    "what", r->what);
			ctl_print_json(o);
			json_decref(o);
		} else
			printf("%3u  %-7s  %s\n", r->number,
			    lint_severity_name(r->severity), r->what);
	}
	return CTL_DONE;
}

static json_t *
finding_json(const struct lint_finding *f)
{
	return json_pack("{s:i,s:s,s:i,s:s,s:i,s:s*,s:s*,s:s}", "rule",
	    (int)f->rule->number, "severity",
	    lint_severity_name(f->rule->severity), "number", (int)f->pe,
	    "element", f->element, "offset", (int)f->offset, "path",
	    f->path[0] != '\0' ? f->path : NULL, "file",
	    f->file[0] != '\0' ? f->file : NULL, "text", f->text);
}

static void
check_json(const char *path, const struct lint *l)
{
	json_t	*list = json_array(), *o;
	size_t	 i;

	for (i = 0; i < l->n; i++)
		json_array_append_new(list, finding_json(&l->found[i]));
	o = json_pack("{s:s,s:i,s:i,s:i,s:i,s:o}", "file", path, "rules",
	    (int)lint_rule_count(), "errors", (int)l->count[LINT_ERROR],
	    "warnings", (int)l->count[LINT_WARNING], "notes",
	    (int)l->count[LINT_NOTE], "findings", list);
	ctl_print_json(o);
	json_decref(o);
}

static void
check_print(const char *path, const struct lint *l, bool quiet)
{
	struct buf	 b = { 0 };
	size_t		 i, all = 0;

	for (i = 0; i < l->n; i++) {
		if (quiet && l->found[i].rule->severity != LINT_ERROR)
			continue;
		buf_cut(&b, 0);
		lint_text(&l->found[i], &b);
		printf("%s: %s\n", path, buf_cstr(&b));
	}
	for (i = 0; i < LINT_SEVERITIES; i++)
		all += l->count[i];
	if (all > l->n)
		printf("%s: and %zu more\n", path, all - l->n);
	printf("%s: %zu errors, %zu warnings, %zu notes by %zu rules\n", path,
	    l->count[LINT_ERROR], l->count[LINT_WARNING],
	    l->count[LINT_NOTE], lint_rule_count());
	buf_free(&b);
}

static int
check_file(struct ctl *c, const char *path, bool quiet)
{
	struct buf	 upp = { 0 };
	struct lint	 l;
	struct why	 why;
	int		 r;

	if ((r = file_read(path, LIM_UPP, &upp, &why)) != 0) {
		buf_free(&upp);
		return ctl_say(r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED,
		    "%s", why.text);
	}
	saip_lint(buf_slice(&upp), &l);
	if (c->json)
		check_json(path, &l);
	else
		check_print(path, &l, quiet);
	r = l.count[LINT_ERROR] > 0 ? CTL_FAILED : CTL_DONE;
	lint_free(&l);
	buf_free(&upp);
	return r;
}

/* All of them, whatever the first is like. */
static int
profile_check(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	int	 i, r, worst = CTL_DONE;

	(void)v;
	if (ctl_flag(a, "rules"))
		return check_rules(c);
	if (a->words == 0)
		return ctl_say(CTL_USAGE, "profile check: a file is missing");
	for (i = 0; i < a->words; i++) {
		r = check_file(c, a->word[i], ctl_flag(a, "quiet"));
		if (r != CTL_DONE)
			worst = a->words == 1 ? r : CTL_FAILED;
	}
	return worst;
}

const struct ctl_verb	ctl_check_verbs[] = {
	{ "profile", "check", "[FILE...]", NULL, 0, -1, check_opts, NULL,
	    profile_check, "what a card would refuse in a package (DER)",
	    "profile check staff.der" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
