/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles from a template: a few in one write, or the next ones of a batch,
 * which the caller asks for until there are no more.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/load.h"
#include "server/admin/numbers.h"
#include "server/saip/saip.h"
#include "server/saip/testkeys.h"
#include "server/vault.h"

#define GENERATE_CALL	1000			/* profiles in one write */
#define GENERATE_NS	INT64_C(500000000)	/* of a batch, in one call */

struct generate_in {
	char		*type, *template, *iccid, *imsi, *set;
	int64_t		 count, total;
};

#define F(n, k, m, max, flags) \
	{ n, k, offsetof(struct generate_in, m), max, flags }
static const struct jfield	generate_tab[] = {
	F("type", JFIELD_TEXT, type, TYPE_NAME_MAX, 0),
	F("count", JFIELD_INT, count, GENERATE_CALL, 0),
	F("total", JFIELD_INT, total, LIM_GENERATE, JFIELD_OPT),
	F("template", JFIELD_TEXT, template, 64, JFIELD_OPT),
	F("iccid", JFIELD_TEXT, iccid, ICCID_TEXT, JFIELD_OPT),
	F("imsi", JFIELD_TEXT, imsi, IMSI_TEXT, JFIELD_OPT),
	F("set", JFIELD_TEXT, set, GIVEN_TEXT, JFIELD_OPT)
};
#undef F

/* The next one: values are drawn and sealed, numbers move on. */
static int
generate_row(struct load *l)
{
	struct batch	*b = &l->b;
	struct buf	 values = { 0 };
	int		 r;

	if (b->next_iccid[0] == '\0' || b->next_imsi[0] == '\0')
		return DPE_RANGE;
	if ((r = load_values(l, b->next_iccid, b->next_imsi, &values)) == 0)
		r = load_add(l, b->next_iccid, b->next_imsi,
		    buf_slice(&values));
	buf_free(&values);
	if (iccid_next(b->next_iccid) != 0)
		b->next_iccid[0] = '\0';
	if (imsi_next(b->next_imsi) != 0)
		b->next_imsi[0] = '\0';
	return r;
}

static int
generate_rows(struct load *l, size_t n)
{
	int	 r = 0;

	for (; n > 0 && r == 0; n--)
		r = generate_row(l);
	return r;
}

static int
generate_fail(struct admin_call *call, const struct load *l, int r)
{
	const char	*last;

	last = l->rows == 0 ? "" : l->row[l->rows - 1].iccid;
	if (r == DPE_EXISTS)
		return why_set(&call->why, r, "profiles up to %s: others were "
		    "faster with one of the numbers", last);
	if (r == DPE_STATE)
		return why_set(&call->why, r, "batch %" PRId64 ": is not "
		    "loading, or another call is", l->b.id);
	if (r == DPE_RANGE)
		return why_set(&call->why, r, "profile %s: no further ICCID or "
		    "IMSI follows", last);
	return admin_fail(call, r, "profile", last);
}

/* A few at once ------------------------------------------------------------*/

struct few {
	struct load	 l;
	struct template	 t;
	struct given	 given;
	char		 first[ICCID_TEXT];
};

/* All of it in one write: the batch is there, and live. */
static int
few_write(struct db *db, void *arg)
{
	struct few	*w = arg;
	struct load	*l = &w->l;
	struct batch	 b = l->b;
	int64_t		 tenant = l->mark.call->ctx->tenant;
	char		 detail[TYPE_NAME_MAX + 96];
	size_t		 i;
	int		 r;

	if ((r = admin_body_use(db, tenant, &w->t.body, b.body)) != 0 ||
	    (r = store_batch_add(db, tenant, &b)) != 0 ||
	    (r = store_batch_get(db, tenant, b.id, &l->b)) != 0 ||
	    (r = load_store(db, l)) != 0)
		return r;
	for (i = 0; i < l->keys.len / VAULT_KEY; i++)
		if ((r = store_key_add(db, tenant, load_key(l, i),
		    b.id)) != 0)
			return r;
	if ((r = store_batch_live(db, tenant, b.id, 0, l->mark.now)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "type=%s count=%zu last=%s batch=%"
	    PRId64, b.type, l->rows, l->row[l->rows - 1].iccid, b.id);
	return admin_audit(db, &l->mark, NULL, w->first, NULL, detail);
}

static void
few_answer(const struct few *w, const struct batch *next, json_t *out)
{
	const struct load	*l = &w->l;

	admin_set_int(out, "batch", l->b.id);
	admin_set_int(out, "count", (int64_t)l->rows);
	admin_set_text(out, "last_iccid", l->row[l->rows - 1].iccid);
	admin_set_text(out, "last_imsi", l->range[l->ranges - 1].last);
	admin_set_text(out, "next_iccid", next->next_iccid);
	admin_set_text(out, "next_imsi", next->next_imsi);
}

/* The call's count of profiles, from these numbers on. */
static int
few_make(struct admin_call *call, struct few *w, const struct numbers *n,
    size_t count)
{
	struct batch	 next;
	int		 r;

	admin_set_text(call->out, "first_iccid", n->first_iccid);
	admin_set_text(call->out, "first_imsi", n->first_imsi);
	memcpy(w->first, n->first_iccid, sizeof(w->first));
	memcpy(w->l.b.next_iccid, n->first_iccid, ICCID_TEXT);
	memcpy(w->l.b.next_imsi, n->first_imsi, IMSI_TEXT);
	w->l.b.kind = BATCH_GENERATE;
	w->l.b.total = (int64_t)count;
	w->l.b.created = w->l.mark.now;
	r = generate_rows(&w->l, count);
	next = w->l.b;
	if (r == 0)
		r = store_write(call->ctx->store, STORE_DURABLE, few_write, w);
	if (r != 0)
		return generate_fail(call, &w->l, r);
	few_answer(w, &next, call->out);
	return 0;
}

int
admin_profile_generate(struct admin_call *call)
{
	struct admin_mark	 mark = { call, admin_now(call->ctx),
	    "profile.generate" };
	struct generate_in	 in = { 0 };
	struct numbers		 n = { 0 };
	struct few		 w = { 0 };
	struct ptype		 t = { 0 };
	int			 r;

	if ((r = admin_read(call, generate_tab, NELEM(generate_tab),
	    &in)) != 0)
		goto out;
	if (in.count == 0) {
		r = why_set(&call->why, DPE_USAGE, "count: at least 1");
		goto out;
	}
	if ((r = admin_type_get(call, in.type, &t)) != 0)
		goto out;
	load_begin(&w.l, &mark, t.profile_class == 0, GENERATE_CALL);
	snprintf(w.l.b.type, sizeof(w.l.b.type), "%s", t.name);
	n.iccid = in.iccid;
	n.imsi = in.imsi;
	n.plmn = t.owner[0] != '\0' ? t.owner : ADMIN_OWN_PLMN;
	n.n = (uint64_t)(in.total > in.count ? in.total : in.count);
	if ((r = load_template(call, &t, in.template, &w.t)) == 0 &&
	    (r = admin_numbers(call, &n)) == 0 &&
	    (r = admin_template_fit(call, &t, &w.t.upp, &w.t.patch,
	    n.first_iccid, n.first_imsi)) == 0 &&
	    (r = given_parse(in.set, &w.given, &call->why)) == 0 &&
	    (r = load_plan(&w.l, buf_slice(&w.t.patch), &w.given,
	    n.first_iccid, n.first_imsi, &call->why)) == 0)
		r = few_make(call, &w, &n, (size_t)in.count);
out:
	given_free(&w.given);
	load_free(&w.l);
	load_template_free(&w.t);
	ptype_free(&t);
	jfield_free(generate_tab, NELEM(generate_tab), &in);
	return r;
}

/* Of a batch ---------------------------------------------------------------*/

/* What is written while the next rows are made. */
struct writing {
	struct load	 l;
	pthread_t	 thread;
	bool		 runs;
	int		 r;
};

static void *
writing_main(void *arg)
{
	struct writing	*w = arg;

	w->r = load_write(&w->l);
	return NULL;
}

/* Wait for it; then `next` goes on behind it. */
static int
writing_end(struct writing *w, struct load *next)
{
	if (!w->runs)
		return 0;
	pthread_join(w->thread, NULL);
	w->runs = false;
	next->b.done = w->l.b.done;
	next->ns = w->l.ns;
	return w->r;
}

/* The rows of l are written by another thread; l has room for more. */
static int
writing_begin(struct writing *w, struct load *l)
{
	struct load	 was = w->l;

	w->l = *l;
	l->row = was.row;
	l->range = was.range;
	l->keys = was.keys;
	l->rows = l->ranges = 0;
	w->runs = pthread_create(&w->thread, NULL, writing_main, w) == 0;
	if (w->runs)
		return 0;
	w->r = load_write(&w->l);	/* then by this one */
	l->b.done = w->l.b.done;
	l->ns = w->l.ns;
	return w->r;
}

/* For as long as a call may take, which is long enough to be worth one. */
static int
batch_rows(struct load *l, struct writing *w)
{
	int64_t	 end = load_clock() + GENERATE_NS, left;
	size_t	 n;
	int	 r = 0, last;

	left = l->b.total - l->b.done;
	while (r == 0 && left > 0 && load_clock() < end) {
		n = load_room(l);
		if ((int64_t)n > left)
			n = (size_t)left;
		left -= (int64_t)n;
		if ((r = generate_rows(l, n)) == 0 &&
		    (r = writing_end(w, l)) == 0)
			r = writing_begin(w, l);
	}
	last = writing_end(w, l);
	return r != 0 ? r : last;
}

/* As the template says that the batch was begun with. */
static int
batch_plan(struct load *l, struct why *why)
{
	struct ctx	*c = l->mark.call->ctx;
	struct buf	 sealed = { 0 }, patch = { 0 };
	int		 r;

	if ((r = store_body_get(c->db, c->tenant, l->b.body, &sealed,
	    &patch)) == 0 && l->b.next_iccid[0] != '\0' &&
	    l->b.next_imsi[0] != '\0')
		r = load_plan(l, buf_slice(&patch), NULL, l->b.next_iccid,
		    l->b.next_imsi, why);
	buf_free(&patch);
	buf_free(&sealed);
	return r;
}

int
admin_batch_generate(struct admin_call *call)
{
	static const struct jfield tab[] = {
		{ "batch", JFIELD_INT, 0, INT32_MAX, 0 }
	};
	struct admin_mark	 mark = { call, admin_now(call->ctx), NULL };
	struct ptype		 t = { 0 };
	struct batch		 b;
	struct load		 l = { 0 };
	struct writing		 w = { .runs = false };
	int64_t			 id = 0;
	int			 r;

	if ((r = admin_read(call, tab, NELEM(tab), &id)) != 0 ||
	    (r = admin_batch_get(call, id, &b)) != 0 ||
	    (r = admin_type_get(call, b.type, &t)) != 0)
		goto out;
	load_begin(&l, &mark, t.profile_class == 0, 0);
	l.b = b;
	l.taken = true;
	load_begin(&w.l, &mark, l.test, 0);
	r = b.kind != BATCH_GENERATE || b.state != BATCH_LOADING ? DPE_STATE :
	    batch_plan(&l, &call->why);
	l.store = !l.test;
	if (r == 0)
		r = batch_rows(&l, &w);
	if (r != 0)
		r = generate_fail(call, &l, r);
	else
		admin_batch_json(&l.b, call->out);
out:
	load_free(&w.l);
	load_free(&l);
	ptype_free(&t);
	return r;
}
