/* SPDX-License-Identifier: Apache-2.0 */
/* What test_db_fault.c runs, of batches. */
#include "tests/unit/db_flows.h"

int
flow_batch(struct db *db, void *arg)
{
	struct batch	 b = { .type = "t", .total = 1 };
	char		 number[ICCID_TEXT];
	int64_t		 n;
	int		 r;

	(void)arg;
	id_n('b', 1, b.body);
	iccid_n(77, number);
	if ((r = store_batch_add(db, T, &b)) != 0 ||
	    (r = store_batch_get(db, T, b.id, &b)) != 0 ||
	    (r = store_batch_grow(db, T, &b, 1, 1)) != 0 ||
	    (r = store_batch_row(db, T, &b, number, slice_str("v"), 1)) != 0 ||
	    (r = store_batch_wait(db, b.id, 0, slice_str("12345678"))) != 0 ||
	    (r = store_key_add(db, T, 1, b.id)) != 0 ||
	    (r = store_batch_keys(db, T, b.id, 1, 1)) != 0 ||
	    (r = store_batch_live(db, T, b.id, 1, 1)) != 0)
		return r;
	return store_batch_waited(db, b.id, 10, &n);
}

int
flow_batch_undo(struct db *db, void *arg)
{
	struct batch	 b = { .type = "t", .total = 1 };
	char		 number[ICCID_TEXT];
	struct batch_rows rows;
	enum batch_part	 part;
	int		 r;

	(void)arg;
	id_n('b', 1, b.body);
	iccid_n(77, number);
	if ((r = store_batch_add(db, T, &b)) != 0 ||
	    (r = store_batch_get(db, T, b.id, &b)) != 0 ||
	    (r = store_batch_grow(db, T, &b, 1, 1)) != 0 ||
	    (r = store_batch_row(db, T, &b, number, slice_str("v"), 1)) != 0 ||
	    (r = store_key_add(db, T, 1, b.id)) != 0 ||
	    (r = store_batch_abort(db, T, b.id, 1)) != 0)
		return r;
	for (part = BATCH_PROFILES; part <= BATCH_WAITING && r == 0; part++)
		if ((r = store_batch_find(db, b.id, part, 0, &rows)) == 0)
			r = store_batch_remove(db, T, b.id, part, &rows);
	return r != 0 ? r : store_batch_aborted(db, T, b.id, 1);
}

static int
seen_batch(void *arg, const struct batch *b)
{
	(void)arg;
	return b->id == 0;
}

static int
seen_keys(void *arg, int64_t first, struct slice keys)
{
	(void)arg;
	return first == -1 || keys.len == 0;
}

int
flow_batches(struct db *db, void *arg)
{
	char	 taken[ICCID_TEXT];
	int	 r;

	(void)arg;
	if ((r = store_batch_each(db, T, 0, 9, seen_batch, NULL)) != 0 ||
	    (r = store_batch_waiting(db, 1, seen_keys, NULL)) != 0)
		return r;
	if ((r = store_key_find(db, T, 1, 1)) != DPE_NOTFOUND)
		return r;
	return store_iccid_free(db, T, "9999999999999999990",
	    "9999999999999999999", taken);
}
