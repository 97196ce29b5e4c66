/* SPDX-License-Identifier: Apache-2.0 */
/* What the linter says of a package that is to be taken. */
#include "server/saip/lint.h"
#include "server/admin/internal.h"

/* The first error and how many more there are: smdpctl profile check has all. */
static int
lint_refused(struct admin_call *call, const struct lint *l)
{
	struct buf	 text = { 0 };
	size_t		 i;
	int		 r;

	for (i = 0; i < l->n; i++)
		if (l->found[i].rule->severity == LINT_ERROR)
			break;
	if (i < l->n)
		lint_text(&l->found[i], &text);
	if (l->count[LINT_ERROR] > 1)
		buf_addf(&text, " (and %zu more errors)",
		    l->count[LINT_ERROR] - 1);
	r = why_set(&call->why, DPE_SYNTAX, "%s", buf_cstr(&text));
	buf_free(&text);
	return r;
}

static json_t *
lint_warnings(const struct lint *l)
{
	json_t		*list = json_array();
	struct buf	 text = { 0 };
	size_t		 i;

	for (i = 0; i < l->n; i++) {
		if (l->found[i].rule->severity != LINT_WARNING)
			continue;
		buf_cut(&text, 0);
		lint_text(&l->found[i], &text);
		json_array_append_new(list, json_string(buf_cstr(&text)));
	}
	buf_free(&text);
	return list;
}

int
admin_lint(struct admin_call *call, struct slice upp)
{
	struct lint	 l;
	int		 r = 0;

	saip_lint(upp, &l);
	if (l.count[LINT_ERROR] > 0)
		r = lint_refused(call, &l);
	else if (l.count[LINT_WARNING] > 0)
		json_object_set_new(call->out, "warnings", lint_warnings(&l));
	lint_free(&l);
	return r;
}
