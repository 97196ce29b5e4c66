/* SPDX-License-Identifier: Apache-2.0 */
/* Batches as such: begun, grown, shown. */
#include "db/store_batch.h"

#include <string.h>

#include "db/db.h"

#define BATCHES "SELECT w.id, t.name, b.id, w.type, w.body, w.kind, w.state," \
	" w.total, w.done, w.keys, w.next_iccid, w.next_imsi, w.digest," \
	" w.created, w.updated FROM batches w JOIN types t ON t.id = w.type" \
	" JOIN bodies b ON b.seq = w.body WHERE w.tenant = $1"

static const char *const kinds[] = {
	[BATCH_GENERATE] = "generate",
	[BATCH_CSV] = "csv",
};
static const char *const states[] = {
	[BATCH_LOADING] = "loading",
	[BATCH_LIVE] = "live",
	[BATCH_ABORTING] = "aborting",
	[BATCH_ABORTED] = "aborted",
};

const char *
batch_kind_name(enum batch_kind k)
{
	return kinds[k];
}

const char *
batch_state_name(enum batch_state s)
{
	return states[s];
}

static bool
digest_given(const struct batch *b)
{
	static const uint8_t	 none[32];

	return memcmp(b->digest, none, sizeof(none)) != 0;
}

int
store_batch_add(struct db *db, int64_t tenant, struct batch *b)
{
	static const struct stmt add = { "batch_add",
	    "INSERT INTO batches (tenant, type, body, kind, state, total,"
	    " done, keys, next_iccid, next_imsi, digest, created, updated,"
	    " last_iccid)"
	    " SELECT $1, t.id, b.seq, $4, 'loading', $5, 0, 0, $6, $7, $8,"
	    " $9, $9, $10 FROM types t, bodies b WHERE t.tenant = $1"
	    " AND t.name = $2 AND b.tenant = $1 AND b.id = $3"
	    " RETURNING id" };
	struct slice	 digest = slice_of(b->digest, sizeof(b->digest));
	struct row	*row;
	int		 r;

	if (!digest_given(b))
		digest.len = 0;
	if ((r = db_get(db, &add, &row, "itttieebie", tenant, b->type, b->body,
	    kinds[b->kind], b->total, b->next_iccid, b->next_imsi, digest,
	    b->created, b->last_iccid)) != 0)
		return r;
	row_int(row, 0, &b->id);
	r = row_end(row);
	row_free(row);
	return r;
}

static int
batch_read(struct row *row, struct batch *b)
{
	int	 kind, state;

	row_int(row, 0, &b->id);
	row_text(row, 1, b->type, sizeof(b->type));
	row_text(row, 2, b->body, sizeof(b->body));
	row_int(row, 3, &b->type_id);
	row_int(row, 4, &b->body_seq);
	row_word(row, 5, kinds, BATCH_CSV + 1, &kind);
	row_word(row, 6, states, BATCH_ABORTED + 1, &state);
	b->kind = (enum batch_kind)kind;
	b->state = (enum batch_state)state;
	row_int(row, 7, &b->total);
	row_int(row, 8, &b->done);
	row_int(row, 9, &b->keys);
	row_text(row, 10, b->next_iccid, sizeof(b->next_iccid));
	row_text(row, 11, b->next_imsi, sizeof(b->next_imsi));
	row_bytes(row, 12, b->digest, sizeof(b->digest));
	row_int(row, 13, &b->created);
	row_int(row, 14, &b->updated);
	return row_end(row);
}

int
store_batch_get(struct db *db, int64_t tenant, int64_t id, struct batch *out)
{
	static const struct stmt get = { "batch_get",
	    BATCHES " AND w.id = $2" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "ii", tenant, id)) != 0)
		return r;
	r = batch_read(row, out);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, const struct batch *b);
	void	*arg;
};

static int
batch_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct batch	 b;
	int		 r;

	memset(&b, 0, sizeof(b));
	if ((r = batch_read(row, &b)) == 0)
		r = e->fn(e->arg, &b);
	return r;
}

int
store_batch_each(struct db *db, int64_t tenant, int64_t after, int64_t limit,
    int (*fn)(void *arg, const struct batch *b), void *arg)
{
	static const struct stmt all = { "batch_each",
	    BATCHES " AND w.id > $2 ORDER BY w.id LIMIT $3" };
	struct each	 e = { fn, arg };

	return db_each(db, &all, batch_one, &e, "iii", tenant, after, limit);
}

int
store_batch_grow(struct db *db, int64_t tenant, const struct batch *b,
    int64_t n, int64_t now)
{
	static const struct stmt grow = { "batch_grow",
	    "UPDATE batches SET done = done + $4, next_iccid = $5,"
	    " next_imsi = $6, updated = $7 WHERE tenant = $1 AND id = $2"
	    " AND state = 'loading' AND done = $3" };

	return db_must(db, &grow, "iiiieei", tenant, b->id, b->done, n,
	    b->next_iccid, b->next_imsi, now);
}

int
store_batch_row(struct db *db, int64_t tenant, const struct batch *b,
    const char *iccid, struct slice values, int64_t now)
{
	static const struct stmt add = { "batch_row",
	    "INSERT INTO profiles (tenant, iccid, type, body, sealed_values,"
	    " state, created, updated, batch, checked)"
	    " VALUES ($1, $2, $3, $4, $5, 'available', $6, $6, $7, 1)" };

	return db_run(db, &add, "itiibii", tenant, iccid, b->type_id,
	    b->body_seq, values, now, b->id);
}

int
store_batch_live(struct db *db, int64_t tenant, int64_t id, int64_t keys,
    int64_t now)
{
	static const struct stmt live = { "batch_live",
	    "UPDATE batches SET state = 'live', next_iccid = NULL,"
	    " last_iccid = NULL, next_imsi = NULL, updated = $4 WHERE tenant = $1 AND id = $2"
	    " AND state = 'loading' AND done = total AND keys = $3" };

	return db_must(db, &live, "iiii", tenant, id, keys, now);
}
