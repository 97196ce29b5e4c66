/* SPDX-License-Identifier: Apache-2.0 */
/* The two things that most verbs do. */
#include <string.h>

#include "tools/ctl_call.h"
#include "tools/ctl_print.h"

int
ctl_run_one(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	json_t	*out;
	int	 r;

	if ((r = ctl_call_say(c, v->noun, v->verb != NULL ? v->verb : "show",
	    a->in, &out)) != CTL_DONE)
		return r;
	if (c->json)
		ctl_print_json(out);
	else
		ctl_print_object(out);
	json_decref(out);
	return r;
}

struct run_list {
	const struct ctl	*c;
	struct ctl_table	 table;
};

static int
run_page(void *arg, const json_t *items)
{
	struct run_list	*l = arg;
	json_t		*o;
	size_t		 i;

	if (!l->c->json)
		ctl_print_rows(&l->table, items);
	else
		json_array_foreach(items, i, o)
			ctl_print_json(o);
	return 0;
}

int
ctl_run_list(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	struct run_list	 l;
	int64_t		 max;

	memset(&l, 0, sizeof(l));
	l.c = c;
	l.table.cols = v->cols;
	max = json_integer_value(json_object_get(a->local, "limit"));
	return ctl_pages(c, v->noun, v->verb, a->in, max, run_page, &l);
}
