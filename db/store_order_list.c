/* SPDX-License-Identifier: Apache-2.0 */
/* Orders read back: by what a device says of itself, and in pages. */
#include <string.h>

#include "db/db.h"
#include "db/store_order.h"

#define SELECTED "SELECT o.id, o.iccid, t.name, o.mid, o.mid_index, o.cc," \
	" o.lock, o.eid, o.state, o.ended, o.is_default, o.reusable," \
	" o.expires, o.max_downloads, o.downloads, o.max_cc, o.cc_attempts," \
	" o.subject, o.created, o.updated, o.first_state, o.first_eid," \
	" o.rebinds, o.reinstalls, o.sent_tid, o.variant" \
	" FROM orders o JOIN types t ON t.id = o.type WHERE "
#define ORDERS SELECTED "o.tenant = $1"
/* By seq, whatever index begins with the tenant. */
#define ORDERS_WALK SELECTED "+o.tenant = $1"
/* By creation, behind the order $2. */
#define PAGE " AND o.seq > coalesce((SELECT seq FROM orders" \
	" WHERE tenant = $1 AND id = $2), 0) ORDER BY o.seq LIMIT $3"
/* The same, sorted and not walked to: for where there are few. */
#define PAGE_SORTED " AND o.seq + 0 > coalesce((SELECT seq FROM orders" \
	" WHERE tenant = $1 AND id = $2), 0) ORDER BY o.seq + 0 LIMIT $3"
/* The filters that do not lead, where empty means any. */
#define STATE " AND ($7 = '' OR (o.ended = 'live' AND o.state = $7))"
#define TYPE " AND ($6 = '' OR t.name = $6)"
#define EID " AND ($5 = '' OR o.eid = $5)"

static const char *const locks[] = {
	[LOCK_EID] = "eid",
	[LOCK_TOFU] = "tofu",
	[LOCK_OPEN] = "open",
};

const char *
order_lock_name(enum order_lock l)
{
	return locks[l];
}

void
order_free(struct order *o)
{
	buf_free(&o->mid);
	buf_free(&o->cc);
}

static int
order_read(struct row *row, struct order *o)
{
	int	 lock, state, end, first;

	row_text(row, 0, o->id, sizeof(o->id));
	row_text(row, 1, o->iccid, sizeof(o->iccid));
	row_text(row, 2, o->type, sizeof(o->type));
	row_blob(row, 3, &o->mid);
	row_bytes(row, 4, o->mid_index, sizeof(o->mid_index));
	row_blob(row, 5, &o->cc);
	row_word(row, 6, locks, 3, &lock);
	row_text(row, 7, o->eid, sizeof(o->eid));
	row_word(row, 8, life_states, LIFE_STATES, &state);
	row_word(row, 9, order_ends, ORDER_ENDS, &end);
	row_bool(row, 10, &o->is_default);
	row_bool(row, 11, &o->reusable);
	row_int(row, 12, &o->expires);
	row_int(row, 13, &o->max_downloads);
	row_int(row, 14, &o->downloads);
	row_int(row, 15, &o->max_cc);
	row_int(row, 16, &o->cc_attempts);
	row_text(row, 17, o->subject, sizeof(o->subject));
	row_int(row, 18, &o->created);
	row_int(row, 19, &o->updated);
	row_word(row, 20, life_states, LIFE_STATES, &first);
	row_text(row, 21, o->first_eid, sizeof(o->first_eid));
	row_int(row, 22, &o->rebinds);
	row_int(row, 23, &o->reinstalls);
	row_text(row, 24, o->sent_tid, sizeof(o->sent_tid));
	row_text(row, 25, o->variant, sizeof(o->variant));
	o->lock = (enum order_lock)lock;
	o->state = (enum life_state)state;
	o->first_state = (enum life_state)first;
	o->end = (enum order_end)end;
	return row_end(row);
}

/* The row that a look-up (r) found, into *out. */
static int
order_take(int r, struct row *row, struct order *out)
{
	memset(out, 0, sizeof(*out));
	if (r == 0 && (r = order_read(row, out)) != 0)
		order_free(out);
	row_free(row);
	return r;
}

int
store_order_get(struct db *db, int64_t tenant, const char *id,
    struct order *out)
{
	static const struct stmt get = { "order_get", ORDERS " AND o.id = $2" };
	struct row	*row;
	int		 r;

	r = db_get(db, &get, &row, "it", tenant, id);
	return order_take(r, row, out);
}

int
store_order_by_mid(struct db *db, int64_t tenant, const uint8_t index[32],
    struct order *out)
{
	static const struct stmt live = { "order_by_mid",
	    ORDERS " AND o.mid_index = $2 AND o.ended = 'live'" };
	static const struct stmt old = { "order_by_old_mid",
	    ORDERS " AND o.mid_index = $2 AND o.ended <> 'live'"
	    " AND o.mid_index IS NOT NULL ORDER BY o.seq DESC LIMIT 1" };
	struct slice	 s = slice_of(index, 32);
	struct row	*row;
	int		 r;

	r = db_get(db, &live, &row, "ib", tenant, s);
	if (r == DPE_NOTFOUND)
		r = db_get(db, &old, &row, "ib", tenant, s);
	return order_take(r, row, out);
}

int
store_order_by_eid(struct db *db, int64_t tenant, const char *eid,
    struct order *out)
{
	static const struct stmt get = { "order_by_eid",
	    ORDERS " AND o.eid = $2 AND o.ended = 'live'"
	    " AND o.state IN ('confirmed', 'released', 'downloaded')"
	    " ORDER BY o.is_default DESC, o.seq LIMIT 1" };
	struct row	*row;
	int		 r;

	r = db_get(db, &get, &row, "it", tenant, eid);
	return order_take(r, row, out);
}

struct each {
	int	(*fn)(void *arg, const struct order *o);
	void	*arg;
};

static int
order_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct order	 o = {0};
	int		 r;

	if ((r = order_read(row, &o)) == 0)
		r = e->fn(e->arg, &o);
	order_free(&o);
	return r;
}

/*
 * The narrowest filter that is set leads, because it has the best index.  Of a
 * state alone it is a walk through the orders from the page's begin.
 */
static const struct stmt *
order_query(const struct order_filter *f)
{
	static const struct stmt by_iccid = { "order_each_iccid",
	    ORDERS " AND o.iccid = $4" EID TYPE STATE PAGE };
	static const struct stmt by_eid = { "order_each_eid",
	    ORDERS " AND o.eid = $5" TYPE STATE PAGE_SORTED };
	static const struct stmt by_type = { "order_each_type",
	    ORDERS " AND o.type = (SELECT id FROM types WHERE tenant = $1"
	    " AND name = $6)" STATE PAGE };
	static const struct stmt all = { "order_each",
	    ORDERS_WALK STATE PAGE };

	if (f->iccid != NULL)
		return &by_iccid;
	if (f->eid != NULL)
		return &by_eid;
	return f->type != NULL ? &by_type : &all;
}

int
store_order_each(struct db *db, int64_t tenant, const struct order_filter *f,
    int (*fn)(void *arg, const struct order *o), void *arg)
{
	struct each	 e = { fn, arg };

	return db_each(db, order_query(f), order_one, &e, "ititttt", tenant,
	    f->after == NULL ? "" : f->after,
	    f->limit > 0 ? f->limit : (int64_t)LIM_LIST,
	    f->iccid == NULL ? "" : f->iccid, f->eid == NULL ? "" : f->eid,
	    f->type == NULL ? "" : f->type, f->state < 0 ? "" :
	    life_state_name((enum life_state)f->state));
}
