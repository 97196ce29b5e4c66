/* SPDX-License-Identifier: Apache-2.0 */
/* Batches: nobody sees a row before all of them, and nobody gets its numbers. */
#include <string.h>

#include "db/store_keys.h"
#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

struct rows {
	struct batch	 b;
	int		 from, n;
};

static int
write_start(struct db *db, void *arg)
{
	struct rows	*w = arg;
	int64_t		 id;
	int		 r;

	if ((r = store_batch_add(db, T, &w->b)) != 0)
		return r;
	id = w->b.id;
	return store_batch_get(db, T, id, &w->b);
}

static int
write_rows(struct db *db, void *arg)
{
	struct rows	*w = arg;
	char		 iccid[ICCID_TEXT];
	int		 i, r;

	if ((r = store_batch_grow(db, T, &w->b, w->n, 2)) != 0)
		return r;
	for (i = w->from; i < w->from + w->n; i++) {
		iccid_n(i, iccid);
		if ((r = store_batch_row(db, T, &w->b, iccid,
		    slice_str("values"), 2)) != 0)
			return r;
	}
	if ((r = store_imsi_take(db, T, "001010000000001",
	    "001010000000009", w->b.id)) != 0)
		return r;
	return store_batch_wait(db, w->b.id, w->b.done,
	    slice_of("\0\0\0\0\0\0\0\7", 8));
}

static int
write_live(struct db *db, void *arg)
{
	struct rows	*w = arg;
	int		 r;

	if ((r = store_key_add(db, T, 7, w->b.id)) != 0 ||
	    (r = store_batch_keys(db, T, w->b.id, 1, 3)) != 0)
		return r;
	return store_batch_live(db, T, w->b.id, 1, 3);
}

static int
write_abort(struct db *db, void *arg)
{
	struct rows	*w = arg;

	return store_batch_abort(db, T, w->b.id, 3);
}

struct undo {
	struct batch_rows	 rows;
	enum batch_part		 part;
	int64_t			 id;
};

static int
write_remove(struct db *db, void *arg)
{
	struct undo	*u = arg;

	return store_batch_remove(db, T, u->id, u->part, &u->rows);
}

static int
write_aborted(struct db *db, void *arg)
{
	struct rows	*w = arg;

	return store_batch_aborted(db, T, w->b.id, 4);
}

static int
write_filling(struct db *db, void *arg)
{
	struct rows	*w = arg;

	return store_batch_filling(db, T, w->b.id, 0, 3);
}

static int
write_one(struct db *db, void *arg)
{
	struct profile	 p = { .type = "t" };

	id_n('b', 1, p.body);
	iccid_n(*(int *)arg, p.iccid);
	return store_profile_add(db, T, &p, 1);
}

static int
write_key(struct db *db, void *arg)
{
	return store_key_add(db, T, *(int *)arg, 0);
}

static int
count_one(void *arg, const struct profile *p)
{
	(void)p;
	++*(int *)arg;
	return 0;
}

/* What every way to look at profiles finds. */
static void
expect_seen(struct db *rd, int n)
{
	struct profile_filter	 f = { .state = -1 };
	struct keys_filter	 k = { .state = -1 };
	struct profile		 p;
	struct body_needs	 needs;
	int64_t			 count[LIFE_STATES], stock;
	char			 iccid[ICCID_TEXT];
	int			 seen = 0, r = n > 0 ? 0 : DPE_NOTFOUND;

	CU_ASSERT_EQUAL(store_profile_each(rd, T, &f, count_one, &seen), 0);
	f.type = "t";
	CU_ASSERT_EQUAL(store_profile_each(rd, T, &f, count_one, &seen), 0);
	f.state = LIFE_AVAILABLE;
	CU_ASSERT_EQUAL(store_profile_each(rd, T, &f, count_one, &seen), 0);
	f.type = NULL;
	CU_ASSERT_EQUAL(store_profile_each(rd, T, &f, count_one, &seen), 0);
	CU_ASSERT_EQUAL(store_keys_each(rd, T, &k, count_one, &seen), 0);
	k.type = "t";
	CU_ASSERT_EQUAL(store_keys_each(rd, T, &k, count_one, &seen), 0);
	k.state = LIFE_AVAILABLE;
	CU_ASSERT_EQUAL(store_keys_each(rd, T, &k, count_one, &seen), 0);
	CU_ASSERT_EQUAL(seen, 7 * n);
	CU_ASSERT_EQUAL(store_profile_pick(rd, T, "t", iccid), r);
	iccid_n(1, iccid);
	CU_ASSERT_EQUAL(store_profile_get(rd, T, iccid, &p), r);
	profile_free(&p);
	CU_ASSERT_EQUAL(store_profile_needs(rd, T, iccid, &needs), r);
	CU_ASSERT_EQUAL(store_profile_count(rd, T, count), 0);
	CU_ASSERT_EQUAL(count[LIFE_AVAILABLE], n);
	CU_ASSERT_EQUAL(store_type_stock(rd, T, "t", 100, &stock), 0);
	CU_ASSERT_EQUAL(stock, n);
}

static struct store *
batch_half(struct place *p, struct rows *w)
{
	struct store	*s = db_fresh(p, &driver_sqlite);

	memset(w, 0, sizeof(*w));
	strcpy(w->b.type, "t");
	id_n('b', 1, w->b.body);
	w->b.total = 5;
	w->from = 1;
	w->n = 3;
	seed_type(s);
	CU_ASSERT_EQUAL_FATAL(store_write(s, STORE_DURABLE, write_start, w),
	    0);
	CU_ASSERT_EQUAL_FATAL(store_write(s, STORE_RELAXED, write_rows, w),
	    0);
	return s;
}

void
store_batch_shown(void)
{
	struct place	 p;
	struct rows	 w;
	struct store	*s = batch_half(&p, &w);
	struct db	*rd;
	int		 n = 2;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	expect_seen(rd, 0);
	/* Somebody who goes on from the same place comes too late. */
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_rows, &w),
	    DPE_STATE);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_live, &w),
	    DPE_STATE);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_one, &n),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(store_imsi_free(rd, T, "001010000000004",
	    "001010000000004"), DPE_EXISTS);
	w.b.done = 3;
	w.from = 4;
	w.n = 2;
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_rows, &w),
	    DPE_EXISTS);	/* its IMSIs */
	store_reader_free(rd);
	db_gone(&p, s);
}

/* Complete, with other batches before and behind. */
void
store_batch_live_order(void)
{
	struct place	 p;
	struct rows	 w;
	struct store	*s = batch_half(&p, &w);
	struct db	*rd;
	struct batch	 b;
	char		 iccid[ICCID_TEXT], want[ICCID_TEXT];
	int		 n = 9, seven = 7;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	w.b.id = 0;
	w.b.total = 3;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_start, &w), 0);
	CU_ASSERT_EQUAL(w.b.id, 2);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_live, &w),
	    DPE_STATE);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_one, &n), 0);
	CU_ASSERT_EQUAL(store_profile_pick(rd, T, "t", iccid), 0);
	iccid_n(9, want);
	CU_ASSERT_STRING_EQUAL(iccid, want);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_key, &seven), 0);
	CU_ASSERT_EQUAL(store_key_find(rd, T, 7, 2), 0);
	CU_ASSERT_EQUAL(store_key_find(rd, T, 8, 2), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_key, &seven),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(store_batch_get(rd, T, 1, &b), 0);
	CU_ASSERT_EQUAL(b.done, 3);
	CU_ASSERT_EQUAL(store_batch_get(rd, T, 3, &b), DPE_NOTFOUND);
	store_reader_free(rd);
	db_gone(&p, s);
}

void
store_batch_all(void)
{
	struct place	 p;
	struct rows	 w;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;

	memset(&w, 0, sizeof(w));
	strcpy(w.b.type, "t");
	id_n('b', 1, w.b.body);
	w.b.total = 3;
	w.from = 1;
	w.n = 3;
	seed_type(s);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_start, &w), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_rows, &w), 0);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	expect_seen(rd, 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_live, &w), 0);
	expect_seen(rd, 3);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_abort, &w),
	    DPE_STATE);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* Given up in steps, each of which leaves it hidden; then all can be used. */
void
store_batch_taken_back(void)
{
	struct place	 p;
	struct rows	 w;
	struct store	*s = batch_half(&p, &w);
	struct db	*rd;
	struct batch	 b;
	struct undo	 u = { .id = w.b.id };
	static const size_t rows[] = { 3, 1, 0, 1 };
	int		 n = 2;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_remove, &u),
	    DPE_STATE);
	/* No key comes to one that is given up. */
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_filling, &w), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_abort, &w), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_filling, &w),
	    DPE_STATE);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_aborted, &w),
	    DPE_STATE);
	for (; u.part <= BATCH_WAITING; u.part++) {
		expect_seen(rd, 0);
		CU_ASSERT_EQUAL(store_batch_find(rd, u.id, u.part, 0,
		    &u.rows), 0);
		CU_ASSERT_EQUAL(u.rows.n, rows[u.part]);
		CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, write_remove,
		    &u), 0);
	}
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_aborted, &w), 0);
	CU_ASSERT_EQUAL(store_batch_get(rd, T, w.b.id, &b), 0);
	CU_ASSERT_EQUAL(b.state, BATCH_ABORTED);
	CU_ASSERT_EQUAL(b.done, 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, write_one, &n), 0);
	CU_ASSERT_EQUAL(store_imsi_free(rd, T, "001010000000004",
	    "001010000000004"), 0);
	store_reader_free(rd);
	db_gone(&p, s);
}
