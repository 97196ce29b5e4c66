/* SPDX-License-Identifier: Apache-2.0 */
/* What a run needs in the lab: a type, profiles, an order for each client. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "tools/load.h"

#define LOAD_TYPE	"smdp-load"
#define CHUNK		100	/* profiles in one call */

struct eids {
	const char	*dir;
	enum curve	 curve;
	struct load_job	*jobs;
	int64_t		 n, max;
};

/* Every card of the wanted curve, as long as there are clients without one. */
static int
eids_add(void *arg, const char *name)
{
	struct eids	*e = arg;
	struct buf	 path = {0}, der = {0};
	struct cert	 c;

	if (e->n == e->max || strlen(name) != 32 + 4)
		return 0;
	buf_addf(&path, "%s/%s", e->dir, name);
	if (cert_load(buf_cstr(&path), &der, NULL) == 0 &&
	    cert_parse(buf_slice(&der), &c) == 0 && c.curve == e->curve)
		snprintf(e->jobs[e->n++].eid, sizeof(e->jobs[0].eid), "%.32s",
		    name);
	buf_free(&path);
	buf_free(&der);
	return 0;
}

/* Clients share cards when there are fewer of them: a card has no memory. */
static int
setup_cards(const struct load_opt *o, struct load_job *jobs, struct why *why)
{
	struct buf	 dir = {0};
	struct eids	 e = { NULL, o->curve, jobs, 0, o->clients };
	int64_t		 i;
	int		 r;

	buf_addf(&dir, "%s/pki/euicc", o->dir);
	e.dir = buf_cstr(&dir);
	r = file_each(e.dir, ".crt", eids_add, &e, why);
	if (r == 0 && e.n == 0)
		r = why_set(why, DPE_NOTFOUND, "%s: no card of %s", e.dir,
		    curve_name(o->curve));
	for (i = e.n; r == 0 && i < o->clients; i++)
		memcpy(jobs[i].eid, jobs[i % e.n].eid, sizeof(jobs[i].eid));
	buf_free(&dir);
	return r;
}

/* Call a verb whose answer does not matter beyond its coming. */
static int
setup_call(struct ctl *ctl, const char *noun, const char *verb, json_t *in,
    struct why *why)
{
	json_t	*out = NULL;
	int	 r;

	r = ctl_call(ctl, noun, verb, in, &out, why);
	json_decref(in);
	json_decref(out);
	return r == CTL_DONE ? 0 : DPE_PEER;
}

/* One type for all runs in this lab. */
static int
setup_type(struct ctl *ctl, struct why *why)
{
	json_t	*in = json_object(), *out = NULL, *item;
	size_t	 i;
	bool	 there = false;
	int	 r;

	r = ctl_call(ctl, "type", "list", in, &out, why);
	json_decref(in);
	if (r != CTL_DONE)
		return DPE_PEER;
	json_array_foreach(json_object_get(out, "items"), i, item) {
		const char	*name;

		name = json_string_value(json_object_get(item, "type"));
		there = there || (name != NULL && strcmp(name, LOAD_TYPE) == 0);
	}
	json_decref(out);
	return there ? 0 : setup_call(ctl, "type", "add",
	    json_pack("{s:s}", "name", LOAD_TYPE), why);
}

static int
setup_profiles(struct ctl *ctl, int64_t n, struct why *why)
{
	int64_t	 done, some;
	int	 r = 0;

	for (done = 0; done < n && r == 0; done += some) {
		some = n - done < CHUNK ? n - done : CHUNK;
		r = setup_call(ctl, "profile", "generate",
		    json_pack("{s:s,s:I}", "type", LOAD_TYPE, "count",
		    (json_int_t)some), why);
	}
	return r;
}

static int
setup_order(struct ctl *ctl, struct load_job *job, struct why *why)
{
	json_t		*in, *out = NULL;
	const char	*code;
	int		 r;

	in = json_pack("{s:s,s:s,s:b,s:i}", "type", LOAD_TYPE, "lock", "open",
	    "reusable", 1, "max_downloads", 1000000);
	r = ctl_call(ctl, "order", "new", in, &out, why);
	json_decref(in);
	if (r != CTL_DONE)
		return DPE_PEER;
	code = json_string_value(json_object_get(out, "activation_code"));
	if (code == NULL)
		r = why_set(why, DPE_PEER, "order new: no activation code");
	else
		snprintf(job->code, sizeof(job->code), "%s", code);
	json_decref(out);
	return r;
}

int
load_setup(struct ctl *ctl, const struct load_opt *o, struct load_job *jobs,
    struct why *why)
{
	int64_t	 i;
	int	 r;

	if ((r = setup_cards(o, jobs, why)) != 0 ||
	    (r = setup_type(ctl, why)) != 0 ||
	    (r = setup_profiles(ctl, o->clients, why)) != 0)
		return r;
	for (i = 0; i < o->clients && r == 0; i++)
		r = setup_order(ctl, &jobs[i], why);
	return r;
}
