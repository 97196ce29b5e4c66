/* SPDX-License-Identifier: Apache-2.0 */
/* Notifications as they were received. */
#include <string.h>

#include "db/db.h"
#include "db/store_event.h"

/*
 * FNV-1a, 64 bits: narrows the search for a repeat.  Anyone can make sums
 * collide, so only a few rows of one sum are compared; who does so has his own
 * repeats stored, and nothing else.
 */
static int64_t
raw_sum(struct slice raw)
{
	uint64_t	 h = 0xcbf29ce484222325;
	size_t		 i;

	for (i = 0; i < raw.len; i++)
		h = (h ^ raw.p[i]) * 0x100000001b3;
	return (int64_t)(h >> 1);
}

static int
is_repeat(struct db *db, int64_t tenant, const struct notification *n,
    int64_t sum)
{
	static const struct stmt find = { "notification_find",
	    "SELECT 1 FROM (SELECT raw FROM notifications WHERE tenant = $1"
	    " AND raw_sum = $2 AND verified >= $4 LIMIT 16) f"
	    " WHERE f.raw = $3 LIMIT 1" };
	struct row	*row;
	int		 r;

	r = db_get(db, &find, &row, "iibd", tenant, sum, n->raw,
	    n->verified);
	row_free(row);
	return r == 0 ? DPE_EXISTS : told(r, DPE_NOTFOUND, 0);
}

int
store_notification_add(struct db *db, int64_t tenant, struct notification *n)
{
	static const struct stmt add = { "notification_add",
	    "INSERT INTO notifications (tenant, received, is_result,"
	    " verified, eid, iccid, seq, event, result, raw_sum, raw)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	    " RETURNING id" };
	struct row	*row;
	int64_t		 sum = raw_sum(n->raw);
	int		 r;

	if ((r = is_repeat(db, tenant, n, sum)) != 0)
		return r;
	if ((r = db_get(db, &add, &row, "iiddeeittib", tenant, n->received,
	    n->is_result, n->verified, n->eid, n->iccid, n->seq, n->event,
	    n->result, sum, n->raw)) != 0)
		return r;
	row_int(row, 0, &n->id);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_notification_trim(struct db *db, int64_t tenant, int64_t keep,
    int64_t limit, int64_t *n)
{
	static const struct stmt drop = { "notification_trim",
	    "DELETE FROM notifications WHERE id IN (SELECT id"
	    " FROM notifications WHERE tenant = $1 AND verified = 0"
	    " AND id <= (SELECT id FROM notifications WHERE tenant = $1"
	    " AND verified = 0 ORDER BY id DESC LIMIT 1 OFFSET $2)"
	    " ORDER BY id LIMIT $3)" };

	return db_change(db, &drop, n, "iii", tenant, keep, limit);
}

struct each {
	int	(*fn)(void *arg, const struct notification *n);
	void	*arg;
};

static int
notification_one(void *arg, struct row *row)
{
	struct each		*e = arg;
	struct notification	 n;
	int			 r;

	row_int(row, 0, &n.id);
	row_int(row, 1, &n.received);
	row_bool(row, 2, &n.is_result);
	row_bool(row, 3, &n.verified);
	row_text(row, 4, n.eid, sizeof(n.eid));
	row_text(row, 5, n.iccid, sizeof(n.iccid));
	row_int(row, 6, &n.seq);
	row_text(row, 7, n.event, sizeof(n.event));
	row_text(row, 8, n.result, sizeof(n.result));
	n.raw = row_slice(row, 9);
	if ((r = row_end(row)) == 0)
		r = e->fn(e->arg, &n);
	return r;
}

int
store_notification_each(struct db *db, int64_t tenant, int64_t before,
    int64_t limit, int (*fn)(void *arg, const struct notification *n),
    void *arg)
{
	static const struct stmt all = { "notification_each",
	    "SELECT id, received, is_result, verified, eid, iccid, seq,"
	    " event, result, raw FROM notifications"
	    " WHERE +tenant = $1 AND id < $2 ORDER BY id DESC LIMIT $3" };
	struct each	 e = { fn, arg };

	return db_each(db, &all, notification_one, &e, "iii", tenant,
	    before > 0 ? before : INT64_MAX,
	    limit > 0 ? limit : (int64_t)LIM_LIST);
}
