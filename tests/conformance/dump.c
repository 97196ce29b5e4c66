/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/dump.h"

#include <inttypes.h>
#include <string.h>

struct dump {
	struct buf	*out;
	int64_t		 own;
	int64_t		 last;		/* id of a page's last row */
	size_t		 n, rows;
};

static int
dump_order(void *arg, const struct order *o)
{
	struct dump	*d = arg;

	buf_addf(d->out, "# order %s %s state %s end %d eid %s downloads %"
	    PRId64 " codes %" PRId64 " rebinds %" PRId64 " reinstalls %"
	    PRId64 " expires %" PRId64 " sent %s\n", o->id, o->iccid,
	    life_state_name(o->state), (int)o->end, o->eid,
	    o->downloads - d->own, o->cc_attempts, o->rebinds, o->reinstalls,
	    o->expires, o->sent_tid);
	return 0;
}

static int
dump_profile(void *arg, const struct profile *p)
{
	struct dump	*d = arg;

	buf_addf(d->out, "# profile %s state %s card %d eid %s order %s\n",
	    p->iccid, life_state_name(p->state), (int)p->card, p->eid,
	    p->order);
	return 0;
}

static int
dump_note(void *arg, const struct notification *n)
{
	struct dump	*d = arg;

	d->n += n->verified;
	d->rows++;
	d->last = n->id;
	return 0;
}

/* What became of an order, a profile, a card; not sessions. */
static int
dump_audit(void *arg, const struct audit *a)
{
	struct dump	*d = arg;

	d->n += strncmp(a->action, "order.", 6) == 0 ||
	    strncmp(a->action, "profile.", 8) == 0 ||
	    strncmp(a->action, "card.", 5) == 0;
	d->rows++;
	d->last = a->id;
	return 0;
}

static int
dump_audit_page(struct db *db, struct dump *d)
{
	struct audit_filter	 f = { .before = d->last, .limit = LIM_LIST };

	return store_audit_each(db, TENANT_DEFAULT, &f, dump_audit, d);
}

static int
dump_note_page(struct db *db, struct dump *d)
{
	return store_notification_each(db, TENANT_DEFAULT, d->last, LIM_LIST,
	    dump_note, d);
}

/* Count over all pages, newest first. */
static void
dump_pages(struct bench *b, int (*page)(struct db *, struct dump *),
    const char *name, struct buf *out)
{
	struct dump	 d = {0};

	do {
		d.rows = 0;
		if (page(b->env.ctx.db, &d) != 0)
			bench_broken(name, "cannot be read");
	} while (d.rows == LIM_LIST);
	buf_addf(out, "# %s %zu\n", name, d.n);
}

void
bench_dump(struct bench *b, int64_t own, struct buf *out)
{
	struct order_filter	 orders = { .state = -1, .limit = LIM_LIST };
	struct profile_filter	 profiles = { .state = -1,
				    .limit = LIM_LIST };
	struct dump		 d = { .out = out, .own = own };

	buf_cut(out, 0);
	if (store_order_each(b->env.ctx.db, TENANT_DEFAULT, &orders,
	    dump_order, &d) != 0 ||
	    store_profile_each(b->env.ctx.db, TENANT_DEFAULT, &profiles,
	    dump_profile, &d) != 0)
		bench_broken("orders and profiles", "cannot be read");
	dump_pages(b, dump_note_page, "verified", out);
	dump_pages(b, dump_audit_page, "audit", out);
}
