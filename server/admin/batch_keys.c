/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The last steps of a batch: its keys are put into the index of all keys, by
 * their size, so that what is next to each other there is written together;
 * then it is shown.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/load.h"
#include "server/vault.h"

#define KEYS_PART	500000	/* keys in memory at a time, about */
#define KEYS_WRITE	1000	/* in one write */
#define KEYS_LIST	100	/* rows that are named */
#define KEYS_DROP	16	/* rows of a thousand keys or so */

struct key {
	int64_t	 key, row;
};

struct finish {
	struct admin_mark	 mark;
	struct batch		 b;
	int64_t			 parts;
	int64_t			 low, high;	/* of this part */
	struct key		*key;		/* sorted */
	size_t			 n, cap;
	size_t			 from, to;	/* those of a write */
	int64_t			 gone;
};

static int
key_order(const void *a, const void *b)
{
	const struct key	*x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Of one row of batch_keys, those in [low, high]. */
static int
keys_take(void *arg, int64_t first, struct slice keys)
{
	struct finish	*f = arg;
	int64_t		 key;
	size_t		 i;

	if (keys.len % VAULT_KEY != 0)
		return DPE_DB;
	for (i = 0; i < keys.len / VAULT_KEY; i++) {
		key = vault_key_number(keys.p + i * VAULT_KEY);
		if (key < f->low || key > f->high)
			continue;
		if (f->n == f->cap) {
			f->cap = f->cap == 0 ? 4096 : 2 * f->cap;
			f->key = realloc(f->key, f->cap * sizeof(*f->key));
			if (f->key == NULL)
				abort();
		}
		f->key[f->n++] = (struct key){ key, first + (int64_t)i };
	}
	return 0;
}

static int
keys_load(struct admin_call *call, struct finish *f)
{
	int64_t	 width = INT64_MAX / f->parts;
	int	 r;

	f->n = 0;
	f->low = f->b.keys == 0 ? 0 : f->b.keys * width + 1;
	f->high = f->b.keys + 1 == f->parts ? INT64_MAX :
	    (f->b.keys + 1) * width;
	if ((r = store_batch_waiting(call->ctx->db, f->b.id, keys_take, f)) != 0)
		return r;
	if (f->n > 0)	/* none of class test is compared */
		qsort(f->key, f->n, sizeof(*f->key), key_order);
	return 0;
}

static void
bad_row(json_t *list, int64_t row, const char *why)
{
	if (json_array_size(list) < KEYS_LIST)
		json_array_append_new(list, json_pack("{s:I,s:s,s:s}", "row",
		    (json_int_t)row, "field", "k", "reason", why));
}

/* Which are there twice, in the batch or in the inventory? */
static int
keys_judge(struct admin_call *call, struct finish *f, int64_t *bad)
{
	json_t	*list = json_array();
	size_t	 i;
	int	 r = 0;

	*bad = 0;
	for (i = 0; i < f->n && (r == 0 || r == DPE_NOTFOUND); i++) {
		if (i > 0 && f->key[i].key == f->key[i - 1].key) {
			++*bad;
			bad_row(list, f->key[i].row, "another profile of the "
			    "batch has this key");
			continue;
		}
		if ((r = store_key_find(call->ctx->db, call->ctx->tenant,
		    f->key[i].key, f->b.id)) == 0) {
			++*bad;
			bad_row(list, f->key[i].row, "a profile of the "
			    "inventory has or had this key");
		}
	}
	json_object_set_new(call->out, "bad", list);
	admin_set_int(call->out, "bad_count", *bad);
	return r == DPE_NOTFOUND ? 0 : r;
}

static bool
keys_twice(const struct finish *f)
{
	size_t	 i;

	for (i = 1; i < f->n; i++)
		if (f->key[i].key == f->key[i - 1].key)
			return true;
	return false;
}

static int
keys_write(struct db *db, void *arg)
{
	struct finish	*f = arg;
	int64_t		 tenant = f->mark.call->ctx->tenant;
	size_t		 i;
	int		 r;

	/* What is given up meanwhile would keep these keys for ever. */
	if ((r = store_batch_filling(db, tenant, f->b.id, f->b.keys,
	    f->mark.now)) != 0)
		return r;
	for (i = f->from; i < f->to; i++)
		if ((r = store_key_add(db, tenant, f->key[i].key,
		    f->b.id)) != 0)
			return r;
	if (f->to < f->n)
		return 0;
	return store_batch_keys(db, tenant, f->b.id, f->b.keys + 1,
	    f->mark.now);
}

/* A part that was begun before is begun anew; what is there stays. */
static int
keys_part(struct admin_call *call, struct finish *f, int64_t *bad)
{
	int	 r;

	*bad = 0;
	if ((r = keys_load(call, f)) != 0)
		return r;
	if (keys_twice(f))
		return keys_judge(call, f, bad);
	f->to = 0;
	do {
		f->from = f->to;
		f->to = f->n - f->from > KEYS_WRITE ? f->from + KEYS_WRITE :
		    f->n;
		r = store_write(call->ctx->store, STORE_RELAXED, keys_write,
		    f);
	} while (r == 0 && f->to < f->n);
	if (r == 0)
		f->b.keys++;
	return r == DPE_EXISTS ? keys_judge(call, f, bad) : r;
}

static int
live_write(struct db *db, void *arg)
{
	struct finish	*f = arg;
	int64_t		 tenant = f->mark.call->ctx->tenant;
	char		 detail[TYPE_NAME_MAX + 64];
	int		 r;

	if ((r = store_batch_live(db, tenant, f->b.id, f->parts,
	    f->mark.now)) != 0)
		return r;
	snprintf(detail, sizeof(detail), "batch=%" PRId64 " type=%s count=%"
	    PRId64, f->b.id, f->b.type, f->b.total);
	return admin_audit(db, &f->mark, NULL, NULL, NULL, detail);
}

static int
drop_write(struct db *db, void *arg)
{
	struct finish	*f = arg;

	return store_batch_waited(db, f->b.id, KEYS_DROP, &f->gone);
}

/* What waited is in the index; if this is cut off, the next call does it. */
static int
keys_drop(struct admin_call *call, struct finish *f)
{
	int	 r;

	do
		r = store_write(call->ctx->store, STORE_RELAXED, drop_write,
		    f);
	while (r == 0 && f->gone > 0);
	return r;
}

/* One part, or the end. */
static int
finish_step(struct admin_call *call, struct finish *f)
{
	int64_t	 bad = 0;
	int	 r;

	if (f->b.state == BATCH_LIVE)
		return keys_drop(call, f);
	if (f->b.state != BATCH_LOADING || f->b.done < f->b.total)
		return DPE_STATE;
	if (f->b.keys < f->parts)
		if ((r = keys_part(call, f, &bad)) != 0 || bad > 0 ||
		    f->b.keys < f->parts)
			return r;
	if ((r = store_write(call->ctx->store, STORE_DURABLE, live_write,
	    f)) != 0)
		return r;
	f->b.state = BATCH_LIVE;
	return keys_drop(call, f);
}

int
admin_batch_finish(struct admin_call *call)
{
	static const struct jfield tab[] = {
		{ "batch", JFIELD_INT, 0, INT32_MAX, 0 }
	};
	struct finish	 f = { .mark = { call, admin_now(call->ctx),
	    "batch.live" } };
	int64_t		 id = 0;
	char		 text[24];
	int		 r;

	if ((r = admin_read(call, tab, NELEM(tab), &id)) != 0 ||
	    (r = admin_batch_get(call, id, &f.b)) != 0)
		return r;
	f.parts = f.b.total / KEYS_PART + 1;
	r = finish_step(call, &f);
	free(f.key);
	snprintf(text, sizeof(text), "%" PRId64, id);
	if (r == DPE_STATE)
		return why_set(&call->why, r, "batch %s: is %s, with %" PRId64
		    " of %" PRId64 " profiles", text,
		    batch_state_name(f.b.state), f.b.done, f.b.total);
	if (r != 0)
		return admin_fail(call, r, "batch", text);
	admin_batch_json(&f.b, call->out);
	admin_set_int(call->out, "keys", f.b.keys);
	admin_set_int(call->out, "parts", f.parts);
	return 0;
}
