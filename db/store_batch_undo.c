/* SPDX-License-Identifier: Apache-2.0 */
/* A batch that is given up: its rows go, some at a time. */
#include "db/store_batch.h"

#include "db/db.h"

int
store_batch_abort(struct db *db, int64_t tenant, int64_t id, int64_t now)
{
	static const struct stmt begin = { "batch_abort",
	    "UPDATE batches SET state = 'aborting', updated = $3"
	    " WHERE tenant = $1 AND id = $2"
	    " AND state IN ('loading', 'aborting')" };

	return db_must(db, &begin, "iii", tenant, id, now);
}

static int
found_one(void *arg, struct row *row)
{
	struct batch_rows	*f = arg;

	row_int(row, 0, &f->row[f->n++]);
	return row_end(row);
}

int
store_batch_find(struct db *db, int64_t id, enum batch_part part,
    int64_t after, struct batch_rows *out)
{
	static const struct stmt find[] = {
		[BATCH_PROFILES] = { "batch_find_profiles",
		    "SELECT seq FROM profiles WHERE seq > $2 AND batch = $1"
		    " ORDER BY seq LIMIT $3" },
		[BATCH_IMSIS] = { "batch_find_imsis",
		    "SELECT seq FROM imsi_ranges WHERE seq > $2 AND batch = $1"
		    " ORDER BY seq LIMIT $3" },
		[BATCH_KEYS] = { "batch_find_keys",
		    "SELECT key FROM profile_keys WHERE key > $2"
		    " AND batch = $1 ORDER BY key LIMIT $3" },
		[BATCH_WAITING] = { "batch_find_waiting",
		    "SELECT seq FROM batch_keys WHERE seq > $2"
		    " AND +batch = $1 ORDER BY seq LIMIT $3" }
	};

	out->n = 0;
	return db_each(db, &find[part], found_one, out, "iii", id, after,
	    (int64_t)(part == BATCH_WAITING ? 16 : BATCH_ROWS));
}

/* How many there are is told by the batch, in every moment. */
static int
remove_count(struct db *db, int64_t tenant, int64_t id, int64_t n)
{
	static const struct stmt less = { "batch_less",
	    "UPDATE batches SET done = done - $3"
	    " WHERE tenant = $1 AND id = $2 AND state = 'aborting'" };

	return db_must(db, &less, "iii", tenant, id, n);
}

int
store_batch_remove(struct db *db, int64_t tenant, int64_t id,
    enum batch_part part, const struct batch_rows *w)
{
	static const struct stmt drop[] = {
		[BATCH_PROFILES] = { "batch_drop_profile",
		    "DELETE FROM profiles WHERE seq = $2 AND batch = $1" },
		[BATCH_IMSIS] = { "batch_drop_imsi",
		    "DELETE FROM imsi_ranges WHERE seq = $2 AND batch = $1" },
		[BATCH_KEYS] = { "batch_drop_key",
		    "DELETE FROM profile_keys WHERE key = $2 AND batch = $1" },
		[BATCH_WAITING] = { "batch_drop_waiting",
		    "DELETE FROM batch_keys WHERE seq = $2 AND batch = $1" }
	};
	size_t	 i;
	int	 r;

	if ((r = remove_count(db, tenant, id, part == BATCH_PROFILES ?
	    (int64_t)w->n : 0)) != 0)
		return r;
	for (i = 0; i < w->n; i++)
		if ((r = db_must(db, &drop[part], "ii", id, w->row[i])) != 0)
			return r;
	return 0;
}

int
store_batch_aborted(struct db *db, int64_t tenant, int64_t id, int64_t now)
{
	static const struct stmt end = { "batch_aborted",
	    "UPDATE batches SET state = 'aborted', next_iccid = NULL,"
	    " last_iccid = NULL, next_imsi = NULL, updated = $3 WHERE tenant = $1 AND id = $2"
	    " AND state = 'aborting' AND done = 0" };

	return db_must(db, &end, "iii", tenant, id, now);
}
