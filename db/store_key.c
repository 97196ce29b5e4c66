/* SPDX-License-Identifier: Apache-2.0 */
/* Key material that is in use, known by a number alone. */
#include "db/db.h"
#include "db/store_batch.h"

int
store_batch_wait(struct db *db, int64_t batch, int64_t first,
    struct slice keys)
{
	static const struct stmt add = { "batch_wait",
	    "INSERT INTO batch_keys (batch, first, keys) VALUES ($1, $2, $3)" };

	return db_run(db, &add, "iib", batch, first, keys);
}

struct each {
	int	(*fn)(void *arg, int64_t first, struct slice keys);
	void	*arg;
};

static int
keys_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	int64_t		 first;
	int		 r;

	row_int(row, 0, &first);
	if ((r = row_end(row)) == 0)
		r = e->fn(e->arg, first, row_slice(row, 1));
	return r;
}

int
store_batch_waiting(struct db *db, int64_t batch,
    int (*fn)(void *arg, int64_t first, struct slice keys), void *arg)
{
	static const struct stmt all = { "batch_waiting",
	    "SELECT first, keys FROM batch_keys WHERE batch = $1"
	    " ORDER BY first" };
	struct each	 e = { fn, arg };

	return db_each(db, &all, keys_one, &e, "i", batch);
}

int
store_key_add(struct db *db, int64_t tenant, int64_t key, int64_t batch)
{
	static const struct stmt add = { "key_add",
	    "INSERT INTO profile_keys (key, tenant, batch) VALUES ($1, $2, $3)"
	    " ON CONFLICT (key) DO UPDATE SET batch = $3"
	    " WHERE batch = $3 AND batch <> 0" };

	return told(db_must(db, &add, "iii", key, tenant, batch), DPE_STATE,
	    DPE_EXISTS);
}

int
store_key_find(struct db *db, int64_t tenant, int64_t key, int64_t batch)
{
	static const struct stmt find = { "key_find",
	    "SELECT 1 FROM profile_keys WHERE key = $2 AND tenant = $1"
	    " AND (batch <> $3 OR batch = 0)" };
	struct row	*row;
	int		 r;

	r = db_get(db, &find, &row, "iii", tenant, key, batch);
	if (r == 0)
		row_free(row);
	return r;
}

int
store_batch_keys(struct db *db, int64_t tenant, int64_t id, int64_t keys,
    int64_t now)
{
	static const struct stmt set = { "batch_keys",
	    "UPDATE batches SET keys = $3, updated = $4 WHERE tenant = $1"
	    " AND id = $2 AND state = 'loading' AND keys = $3 - 1" };

	return db_must(db, &set, "iiii", tenant, id, keys, now);
}

int
store_batch_filling(struct db *db, int64_t tenant, int64_t id, int64_t keys,
    int64_t now)
{
	static const struct stmt set = { "batch_filling",
	    "UPDATE batches SET updated = $4 WHERE tenant = $1"
	    " AND id = $2 AND state = 'loading' AND keys = $3" };

	return db_must(db, &set, "iiii", tenant, id, keys, now);
}

int
store_batch_waited(struct db *db, int64_t batch, int64_t limit, int64_t *n)
{
	static const struct stmt drop = { "batch_waited",
	    "DELETE FROM batch_keys WHERE seq IN (SELECT seq FROM batch_keys"
	    " WHERE batch = $1 ORDER BY first LIMIT $2) AND EXISTS (SELECT 1"
	    " FROM batches WHERE id = $1 AND state <> 'loading')" };

	return db_change(db, &drop, n, "ii", batch, limit);
}
