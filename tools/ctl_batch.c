/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/ctl_batch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tools/ctl_call.h"
#include "tools/ctl_print.h"
#include "tools/ctl_progress.h"

void
ctl_batch_print(const struct ctl *c, json_t *out)
{
	static const char *const inner[] = { "bad", "bad_count", "digest",
	    "next_iccid", "next_imsi", "keys", "parts" };
	size_t	 i;

	for (i = 0; i < NELEM(inner); i++)
		json_object_del(out, inner[i]);
	if (c->json)
		ctl_print_json(out);
	else
		ctl_print_object(out);
}

static int64_t
member(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

int
ctl_batch_id(const char *text, int64_t *id)
{
	if (*text == '\0' || strlen(text) > 9 ||
	    text[strspn(text, "0123456789")] != '\0')
		return ctl_say(CTL_USAGE, "batch %s: a number is needed",
		    text);
	*id = strtoll(text, NULL, 10);
	return CTL_DONE;
}

int
ctl_batch_call(struct ctl *c, const char *verb, int64_t id, json_t **out)
{
	json_t	*in = json_pack("{s:I}", "batch", (json_int_t)id);
	int	 r = ctl_call_say(c, "batch", verb, in, out);

	json_decref(in);
	return r;
}

int
ctl_batch_finish(struct ctl *c, int64_t id, json_t **out)
{
	struct ctl_progress	 p;
	int			 r;

	ctl_progress_begin(&p, "parts of the keys compared", 0, 0);
	while ((r = ctl_batch_call(c, "finish", id, out)) == CTL_DONE) {
		p.total = member(*out, "parts");
		ctl_progress(&p, member(*out, "keys"));
		if (member(*out, "bad_count") > 0 || strcmp("live",
		    json_string_value(json_object_get(*out, "state"))) == 0)
			break;
		json_decref(*out);
	}
	ctl_progress_end(&p);
	return r;
}

int
ctl_batch_abort(struct ctl *c, int64_t id, json_t **out)
{
	struct ctl_progress	 p;
	int64_t			 total = 0;
	int			 r;

	while ((r = ctl_batch_call(c, "abort", id, out)) == CTL_DONE &&
	    strcmp(json_string_value(json_object_get(*out, "state")),
	    "aborting") == 0) {
		if (total == 0) {
			total = member(*out, "done");
			ctl_progress_begin(&p, "profiles taken back", 0,
			    total);
		}
		ctl_progress(&p, total - member(*out, "done"));
		json_decref(*out);
	}
	if (total != 0)
		ctl_progress_end(&p);
	return r;
}

int
ctl_batch_undo(struct ctl *c, const char *text)
{
	json_t	*out;
	int64_t	 id;
	int	 r;

	if ((r = ctl_batch_id(text, &id)) != CTL_DONE ||
	    (r = ctl_batch_abort(c, id, &out)) != CTL_DONE)
		return r;
	ctl_batch_print(c, out);
	json_decref(out);
	return CTL_DONE;
}

void
ctl_batch_hint(const char *verb, int64_t id)
{
	ctl_say(CTL_FAILED, "batch %" PRId64 " is not complete and not to be "
	    "seen: %s --resume %" PRId64 " goes on, --abort %" PRId64
	    " takes it back", id, verb, id, id);
}

static int
batch_show(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	json_t	*out;
	int64_t	 id;
	int	 r;

	(void)v;
	if ((r = ctl_batch_id(a->word[0], &id)) != CTL_DONE ||
	    (r = ctl_batch_call(c, "show", id, &out)) != CTL_DONE)
		return r;
	if (c->json)
		ctl_print_json(out);
	else
		ctl_print_object(out);
	json_decref(out);
	return CTL_DONE;
}

static int
batch_abort(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	(void)v;
	return ctl_batch_undo(c, a->word[0]);
}

static const struct ctl_opt	list_opts[] = {
	{ "limit", 0, CTL_INT, NULL, true, "N", "at most N rows" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};
static const struct ctl_col	list_cols[] = {
	{ "batch", "BATCH" }, { "type", "TYPE" }, { "kind", "KIND" },
	{ "state", "STATE" }, { "done", "DONE" }, { "total", "TOTAL" },
	{ "created", "CREATED" }, { NULL, NULL }
};

const struct ctl_verb	ctl_batch_verbs[] = {
	{ "batch", "list", NULL, NULL, 0, 0, list_opts, list_cols,
	    ctl_run_list, "profiles that were made together", "batch list" },
	{ "batch", "show", "BATCH", NULL, 1, 1, NULL, NULL, batch_show,
	    "one batch", "batch show 3" },
	{ "batch", "abort", "BATCH", NULL, 1, 1, NULL, NULL, batch_abort,
	    "take back a batch that is not complete", "batch abort 3" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
