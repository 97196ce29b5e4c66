/* SPDX-License-Identifier: Apache-2.0 */
/* What a run needs in the lab: a type, a profile and an order a download. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tools/load.h"

#define LOAD_TYPE	"smdp-load"
#define CHUNK		100	/* profiles in one call */

struct eids {
	const char	*dir;
	enum curve	 curve;
	char		(*eid)[33];
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
		snprintf(e->eid[e->n++], sizeof(e->eid[0]), "%.32s", name);
	buf_free(&path);
	buf_free(&der);
	return 0;
}

/* Clients share cards when there are fewer of them: a card has no memory. */
static int
setup_cards(const struct load_opt *o, struct load_plan *p, struct why *why)
{
	struct buf	 dir = {0};
	struct eids	 e = { NULL, o->curve, p->eid, 0, o->clients };
	int64_t		 i;
	int		 r;

	buf_addf(&dir, "%s/pki/euicc", o->dir);
	e.dir = buf_cstr(&dir);
	r = file_each(e.dir, ".crt", eids_add, &e, why);
	if (r == 0 && e.n == 0)
		r = why_set(why, DPE_NOTFOUND, "%s: no card of %s", e.dir,
		    curve_name(o->curve));
	for (i = e.n; r == 0 && i < o->clients; i++)
		memcpy(p->eid[i], p->eid[i % e.n], sizeof(p->eid[i]));
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

/* On a terminal: one line, rewritten. */
static void
setup_progress(const char *what, int64_t done, int64_t n)
{
	if (isatty(STDERR_FILENO) != 1)
		return;
	if (done == n)
		fputs("\r\033[K", stderr);
	else
		fprintf(stderr, "\r%lld/%lld %s\033[K", (long long)done,
		    (long long)n, what);
	fflush(stderr);
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
		setup_progress("profiles made", done + some, n);
	}
	return r;
}

static int
setup_order(struct ctl *ctl, char **code, struct why *why)
{
	json_t		*in = json_pack("{s:s}", "type", LOAD_TYPE);
	json_t		*out = NULL;
	const char	*s;
	int		 r;

	r = ctl_call(ctl, "order", "new", in, &out, why);
	json_decref(in);
	if (r != CTL_DONE)
		return DPE_PEER;
	s = json_string_value(json_object_get(out, "activation_code"));
	if (s == NULL)
		r = why_set(why, DPE_PEER, "order new: no activation code");
	else
		*code = xstrdup(s);
	json_decref(out);
	return r;
}

int
load_setup(struct ctl *ctl, const struct load_opt *o, struct load_plan *p,
    struct why *why)
{
	int64_t	 i;
	int	 r;

	p->eid = xcalloc((size_t)o->clients, sizeof(*p->eid));
	p->code = xcalloc((size_t)o->downloads, sizeof(*p->code));
	if ((r = setup_cards(o, p, why)) != 0 ||
	    (r = setup_type(ctl, why)) != 0 ||
	    (r = setup_profiles(ctl, o->downloads, why)) != 0)
		return r;
	for (i = 0; i < o->downloads && r == 0; i++) {
		r = setup_order(ctl, &p->code[i], why);
		if (i % CHUNK == 0 || i + 1 == o->downloads)
			setup_progress("orders made", i + 1, o->downloads);
	}
	return r;
}

void
load_plan_free(const struct load_opt *o, struct load_plan *p)
{
	int64_t	 i;

	for (i = 0; p->code != NULL && i < o->downloads; i++)
		free(p->code[i]);
	free(p->code);
	free(p->eid);
}
