/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: made, and moved by conditional updates. */
#include "db/store_order.h"

#include "db/db.h"

int
store_order_add(struct db *db, int64_t tenant, const struct order *o)
{
	static const struct stmt add = { "order_add",
	    "INSERT INTO orders (tenant, id, iccid, type, mid, mid_index, cc,"
	    " lock, eid, state, ended, is_default, reusable, expires,"
	    " max_downloads, downloads, max_cc, cc_attempts, subject,"
	    " created, updated, first_state, first_eid, first_downloads,"
	    " first_cc, first_lock)"
	    " SELECT $1, $2, $3, p.type, $4, $5, $6, $7, $8, p.state, 'live',"
	    " $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, p.state, $8,"
	    " $13, $15, $7"
	    " FROM profiles p WHERE p.tenant = $1 AND p.iccid = $3" };
	struct slice	 index = slice_of(o->mid_index, sizeof(o->mid_index));
	int		 r;

	if (o->mid.len == 0)
		index.len = 0;
	r = db_must(db, &add, "ittbbbteddiiiiiti", tenant, o->id, o->iccid,
	    buf_slice(&o->mid), index, buf_slice(&o->cc),
	    order_lock_name(o->lock), o->eid, o->is_default, o->reusable,
	    o->expires, o->max_downloads, o->downloads, o->max_cc,
	    o->cc_attempts, o->subject, o->created);
	return told(r, DPE_STATE, DPE_NOTFOUND);
}

/* The WHERE clause is the device lock: a second eUICC finds no row. */
int
store_order_bind(struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t now)
{
	static const struct stmt bind = { "order_bind",
	    "UPDATE orders SET eid = $3, updated = $4"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live'"
	    " AND state IN ('released', 'downloaded')"
	    " AND (eid IS NULL OR eid = $3 OR lock = 'open')" };

	return db_must(db, &bind, "itti", tenant, id, eid, now);
}

int
store_order_attempt(struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t now)
{
	static const struct stmt count = { "order_attempt",
	    "UPDATE orders SET updated = $4, attempt_eid = $3,"
	    " downloads = downloads + CASE WHEN coalesce(eid, attempt_eid,"
	    " $3) = $3 THEN 1 ELSE 0 END"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live'"
	    " AND (max_downloads = 0 OR downloads < max_downloads)" };

	return db_must(db, &count, "itti", tenant, id, eid, now);
}

int
store_order_wrong_cc(struct db *db, int64_t tenant, const char *id,
    int64_t *left, int64_t now)
{
	static const struct stmt count = { "order_wrong_cc",
	    "UPDATE orders SET cc_attempts = cc_attempts + 1, updated = $3"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live'"
	    " AND (max_cc = 0 OR cc_attempts < max_cc)"
	    " RETURNING max_cc, cc_attempts" };
	struct row	*row;
	int64_t		 max, used;
	int		 r;

	*left = 0;
	r = db_get(db, &count, &row, "iti", tenant, id, now);
	if (r != 0)
		return told(r, DPE_NOTFOUND, DPE_STATE);
	row_int(row, 0, &max);
	row_int(row, 1, &used);
	*left = max == 0 ? INT64_MAX : max - used;
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_order_end(struct db *db, int64_t tenant, const char *id,
    enum order_end end, int64_t now)
{
	static const struct stmt stop = { "order_end",
	    "UPDATE orders SET ended = $3, updated = $4"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live'" };

	if (end == ORDER_LIVE)
		return DPE_USAGE;
	return db_must(db, &stop, "itti", tenant, id, order_ends[end],
	    now);
}

/* An EID that was given with the order is part of the order and stays. */
int
store_order_renew(struct db *db, int64_t tenant, const char *id,
    bool forget_eid, int64_t now)
{
	static const struct stmt renew = { "order_renew",
	    "UPDATE orders SET downloads = 0, attempt_eid = NULL,"
	    " cc_attempts = 0, updated = $4,"
	    " eid = CASE WHEN $3 = 1 AND lock <> 'eid' THEN NULL ELSE eid END,"
	    " lock = CASE WHEN $3 = 0 AND lock = 'open' AND eid IS NOT NULL"
	    " THEN 'tofu' ELSE lock END,"
	    " state = (SELECT p.state FROM profiles p"
	    " WHERE p.tenant = orders.tenant AND p.iccid = orders.iccid)"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live'" };

	return db_must(db, &renew, "itdi", tenant, id, forget_eid, now);
}

int
store_order_reset(struct db *db, int64_t tenant, const char *id, int64_t now)
{
	static const struct stmt reset = { "order_reset",
	    "UPDATE orders SET ended = 'live', downloads = first_downloads,"
	    " attempt_eid = NULL,"
	    " cc_attempts = first_cc, eid = first_eid, lock = first_lock,"
	    " rebinds = 0, reinstalls = 0, sent_tid = NULL, updated = $3,"
	    " state = (SELECT p.state FROM profiles p"
	    " WHERE p.tenant = orders.tenant AND p.iccid = orders.iccid)"
	    " WHERE tenant = $1 AND id = $2" };

	return told(db_must(db, &reset, "iti", tenant, id, now), DPE_STATE,
	    DPE_NOTFOUND);
}

int
store_order_variant(struct db *db, int64_t tenant, const char *id,
    const char *variant)
{
	static const struct stmt set = { "order_variant",
	    "UPDATE orders SET variant = $3 WHERE tenant = $1 AND id = $2" };

	return db_must(db, &set, "itt", tenant, id, variant);
}

int
store_order_rebound(struct db *db, int64_t tenant, const char *id)
{
	static const struct stmt count = { "order_rebound",
	    "UPDATE orders SET rebinds = rebinds + 1"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live'" };

	return db_must(db, &count, "it", tenant, id);
}

int
store_order_reinstall(struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t max)
{
	static const struct stmt count = { "order_reinstall",
	    "UPDATE orders SET reinstalls = reinstalls + 1"
	    " WHERE tenant = $1 AND id = $2 AND ended = 'live' AND eid = $3"
	    " AND reinstalls < $4" };

	return db_must(db, &count, "itti", tenant, id, eid, max);
}

int
store_order_expires(struct db *db, int64_t tenant, const char *id,
    int64_t expires, int64_t now)
{
	static const struct stmt set = { "order_expires",
	    "UPDATE orders SET expires = $3, updated = $4"
	    " WHERE tenant = $1 AND id = $2" };

	return told(db_must(db, &set, "itii", tenant, id, expires, now),
	    DPE_STATE, DPE_NOTFOUND);
}
