/* SPDX-License-Identifier: Apache-2.0 */
/* profile generate: a few in one call, many as a batch. */
#include <inttypes.h>
#include <string.h>

#include "base/limits.h"
#include "tools/ctl_batch.h"
#include "tools/ctl_call.h"
#include "tools/ctl_print.h"
#include "tools/ctl_progress.h"

#define FEW	1000	/* that the daemon makes in one write */

static const struct ctl_opt	opts[] = {
	{ "type", 0, CTL_TEXT, NULL, false, "NAME",
	    "the profile type (required)" },
	{ "count", 0, CTL_INT, NULL, true, "N",
	    "how many, at most ten million (required)" },
	{ "template", 0, CTL_TEXT, NULL, false, "T",
	    "template (consumer, or that of the type)" },
	{ "iccid", 0, CTL_TEXT, NULL, false, "FIRST",
	    "first ICCID; else a free range is chosen" },
	{ "imsi", 0, CTL_TEXT, NULL, false, "FIRST",
	    "first IMSI; else it follows the ICCID" },
	{ "set", 0, CTL_TEXT, NULL, false, "FIELD=VALUE,...",
	    "of all of them, up to 1000 (docs/profile-template.md)" },
	{ "resume", 0, CTL_TEXT, NULL, true, "BATCH",
	    "go on with a batch that was cut off" },
	{ "abort", 0, CTL_TEXT, NULL, true, "BATCH",
	    "take back a batch that was cut off" },
	{ NULL, 0, CTL_TEXT, NULL, false, NULL, NULL }
};

static int64_t
member(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

/* The daemon makes some in each call, until there are as many as wanted. */
static int
fill(struct ctl *c, int64_t id, int64_t done, int64_t total)
{
	struct ctl_progress	 p;
	json_t			*out;
	int			 r = CTL_DONE;

	ctl_progress_begin(&p, "profiles", done, total);
	while (done < total && (r = ctl_batch_call(c, "generate", id,
	    &out)) == CTL_DONE) {
		done = member(out, "done");
		json_decref(out);
		ctl_progress(&p, done);
	}
	ctl_progress_end(&p);
	return r;
}

/* From where it stands to the end. */
static int
go_on(struct ctl *c, int64_t id, int64_t done, int64_t total, json_t *sum)
{
	json_t	*out;
	int	 r;

	if ((r = fill(c, id, done, total)) == CTL_DONE)
		r = ctl_batch_finish(c, id, &out);
	if (r != CTL_DONE) {
		ctl_batch_hint("profile generate", id);
		return r;
	}
	if (member(out, "bad_count") > 0)
		r = ctl_say(CTL_FAILED, "batch %" PRId64 ": %" PRId64 " keys "
		    "are in use already", id, member(out, "bad_count"));
	json_object_update(sum, out);
	json_decref(out);
	return r;
}

static int
many(struct ctl *c, json_t *in, int64_t count)
{
	json_t	*out, *sum;
	int	 r;

	if (json_object_get(in, "set") != NULL)
		return ctl_say(CTL_USAGE, "profile generate: --set is for up"
		    " to %d profiles", FEW);
	json_object_set_new(in, "kind", json_string("generate"));
	json_object_set_new(in, "total", json_integer(count));
	if ((r = ctl_call_say(c, "batch", "start", in, &out)) != CTL_DONE)
		return r;
	sum = json_object();
	json_object_set(sum, "first_iccid", json_object_get(out,
	    "next_iccid"));
	json_object_set(sum, "first_imsi", json_object_get(out, "next_imsi"));
	r = go_on(c, member(out, "batch"), 0, count, sum);
	if (r == CTL_DONE)
		ctl_batch_print(c, sum);
	json_decref(sum);
	json_decref(out);
	return r;
}

static int
few(struct ctl *c, json_t *in, int64_t count)
{
	json_t	*out;
	int	 r;

	json_object_set_new(in, "count", json_integer(count));
	if ((r = ctl_call_say(c, "profile", "generate", in, &out)) != CTL_DONE)
		return r;
	ctl_batch_print(c, out);
	json_decref(out);
	return CTL_DONE;
}

static int
resume(struct ctl *c, const char *text)
{
	json_t	*out, *sum;
	int64_t	 id;
	int	 r;

	if ((r = ctl_batch_id(text, &id)) != CTL_DONE ||
	    (r = ctl_batch_call(c, "show", id, &out)) != CTL_DONE)
		return r;
	if (strcmp(json_string_value(json_object_get(out, "kind")),
	    "generate") != 0) {
		json_decref(out);
		return ctl_say(CTL_USAGE, "batch %s: is read from a file "
		    "(profile import --resume)", text);
	}
	sum = json_object();
	if ((r = go_on(c, id, member(out, "done"), member(out, "total"),
	    sum)) == CTL_DONE)
		ctl_batch_print(c, sum);
	json_decref(sum);
	json_decref(out);
	return r;
}

static int
generate(struct ctl *c, const struct ctl_verb *v, struct ctl_args *a)
{
	int64_t	 count;

	(void)v;
	if (ctl_text(a, "abort") != NULL)
		return ctl_batch_undo(c, ctl_text(a, "abort"));
	if (ctl_text(a, "resume") != NULL)
		return resume(c, ctl_text(a, "resume"));
	if (json_object_get(a->in, "type") == NULL)
		return ctl_say(CTL_USAGE,
		    "profile generate: --type is missing");
	count = json_integer_value(json_object_get(a->local, "count"));
	if (count < 1 || count > LIM_GENERATE)
		return ctl_say(CTL_USAGE, "profile generate: --count N of 1 "
		    "to %d is needed", LIM_GENERATE);
	return count <= FEW ? few(c, a->in, count) : many(c, a->in, count);
}

const struct ctl_verb	ctl_generate_verbs[] = {
	{ "profile", "generate", NULL, NULL, 0, 0, opts, NULL, generate,
	    "make profiles from a template",
	    "profile generate --type staff --count 100" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
