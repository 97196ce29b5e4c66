/* SPDX-License-Identifier: Apache-2.0 */
/* Orders: look-ups, the device lock, counters, pages. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

/* One function of the store in a write of its own. */
struct op {
	int		(*fn)(struct db *db, struct op *op);
	char		 id[ROW_ID_TEXT];
	const char	*eid;
	enum order_end	 end;
	bool		 forget;
	int64_t		 left;
	struct order	*order;
};

static int
op_write(struct db *db, void *arg)
{
	struct op	*op = arg;

	return op->fn(db, op);
}

static int
op_run(struct store *s, struct op *op)
{
	return store_write(s, STORE_DURABLE, op_write, op);
}

static int
op_add(struct db *db, struct op *op)
{
	return store_order_add(db, T, op->order);
}

static int
op_bind(struct db *db, struct op *op)
{
	return store_order_bind(db, T, op->id, op->eid, 50);
}

static int
op_attempt(struct db *db, struct op *op)
{
	return store_order_attempt(db, T, op->id, op->eid, 51);
}

static int
op_wrong_cc(struct db *db, struct op *op)
{
	return store_order_wrong_cc(db, T, op->id, &op->left, 52);
}

static int
op_end(struct db *db, struct op *op)
{
	return store_order_end(db, T, op->id, op->end, 53);
}

static int
op_renew(struct db *db, struct op *op)
{
	return store_order_renew(db, T, op->id, op->forget, 54);
}

static int
op_reset(struct db *db, struct op *op)
{
	return store_order_reset(db, T, op->id, 55);
}

static int
order_op(struct store *s, int (*fn)(struct db *, struct op *), int n,
    const char *eid)
{
	struct op	 op = { .fn = fn, .eid = eid, .end = ORDER_CANCELLED };

	id_n('o', n, op.id);
	return op_run(s, &op);
}

static int
add(struct store *s, struct order *o)
{
	struct op	 op = { .fn = op_add, .order = o };

	return op_run(s, &op);
}

/* What is written is what is read; times as given. */
void
store_orders(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	struct order	 o, got;

	seed_type(s);
	seed_profiles(s, 1, 2);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	order_fill(&o, 1);
	o.is_default = o.reusable = true;
	o.expires = INT64_C(250000000000);
	o.downloads = 2;
	o.cc_attempts = 1;
	o.lock = LOCK_EID;
	CU_ASSERT_EQUAL(add(s, &o), DPE_RANGE);	/* such a lock needs an EID */
	strcpy(o.eid, EID_A);
	CU_ASSERT_EQUAL(add(s, &o), 0);
	CU_ASSERT_EQUAL(add(s, &o), DPE_EXISTS);
	CU_ASSERT_EQUAL(store_order_get(rd, T, o.id, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.iccid, o.iccid);
	CU_ASSERT_STRING_EQUAL(got.type, "t");
	CU_ASSERT_STRING_EQUAL(got.eid, EID_A);
	CU_ASSERT_STRING_EQUAL(got.subject, "someone");
	unit_same("mid", buf_slice(&got.mid), buf_slice(&o.mid));
	unit_same("cc", buf_slice(&got.cc), buf_slice(&o.cc));
	unit_same("index", slice_of(got.mid_index, 32),
	    slice_of(o.mid_index, 32));
	CU_ASSERT(got.is_default && got.reusable);
	CU_ASSERT_EQUAL(got.lock, LOCK_EID);
	CU_ASSERT_EQUAL(got.state, LIFE_AVAILABLE);
	CU_ASSERT_EQUAL(got.end, ORDER_LIVE);
	CU_ASSERT_EQUAL(got.expires, o.expires);
	CU_ASSERT_EQUAL(got.max_downloads, 3);
	CU_ASSERT_EQUAL(got.downloads, 2);
	CU_ASSERT_EQUAL(got.max_cc, 3);
	CU_ASSERT_EQUAL(got.cc_attempts, 1);
	CU_ASSERT_EQUAL(got.created, 2001);
	order_free(&got);
	order_free(&o);
	order_fill(&o, 3);		/* no such profile */
	CU_ASSERT_EQUAL(add(s, &o), DPE_NOTFOUND);
	order_free(&o);
	CU_ASSERT_EQUAL(store_order_get(rd, 2, "x", &got), DPE_NOTFOUND);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* A MatchingID belongs to one live order, and to any number of ended ones. */
void
store_order_mids(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	struct order	 o, got;

	seed_type(s);
	seed_profiles(s, 1, 3);
	seed_order(s, 1);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	order_fill(&o, 1);
	id_n('o', 2, o.id);
	iccid_n(2, o.iccid);
	CU_ASSERT_EQUAL(add(s, &o), DPE_EXISTS);
	CU_ASSERT_EQUAL(order_op(s, op_end, 1, NULL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_end, 1, NULL), DPE_STATE);
	CU_ASSERT_EQUAL(store_order_by_mid(rd, T, o.mid_index, &got), 0);
	CU_ASSERT_EQUAL(got.end, ORDER_CANCELLED);
	order_free(&got);
	CU_ASSERT_EQUAL(add(s, &o), 0);
	CU_ASSERT_EQUAL(store_order_by_mid(rd, T, o.mid_index, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.id, o.id);
	order_free(&got);
	CU_ASSERT_EQUAL(order_op(s, op_renew, 1, NULL), DPE_STATE);
	CU_ASSERT_EQUAL(order_op(s, op_reset, 1, NULL), DPE_EXISTS);
	CU_ASSERT_EQUAL(order_op(s, op_end, 2, NULL), 0);
	CU_ASSERT_EQUAL(store_order_by_mid(rd, T, o.mid_index, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.id, o.id);	/* the newest ended one */
	order_free(&got);
	o.mid_index[0] ^= 1;
	CU_ASSERT_EQUAL(store_order_by_mid(rd, T, o.mid_index, &got),
	    DPE_NOTFOUND);
	order_free(&o);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* No MatchingID at all: any number of orders. */
void
store_order_no_mid(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct order	 o, got;
	struct db	*rd;
	int		 n;

	seed_type(s);
	seed_profiles(s, 1, 3);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (n = 1; n <= 3; n++) {
		order_fill(&o, n);
		buf_free(&o.mid);
		memset(o.mid_index, 5, sizeof(o.mid_index));
		CU_ASSERT_EQUAL(add(s, &o), 0);
		CU_ASSERT_EQUAL(store_order_by_mid(rd, T, o.mid_index, &got),
		    DPE_NOTFOUND);
		order_free(&o);
	}
	store_reader_free(rd);
	db_gone(&p, s);
}

/* By EID alone: default orders first, then the oldest; live and pending. */
void
store_order_eids(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct order	 got;
	struct db	*rd;
	struct buf	 none = {0};
	int		 n;

	seed_type(s);
	seed_profiles(s, 1, 4);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_order_by_eid(rd, T, EID_A, &got), DPE_NOTFOUND);
	for (n = 1; n <= 3; n++) {
		seed_order(s, n);
		CU_ASSERT_EQUAL(order_op(s, op_bind, n, EID_A), 0);
	}
	db_ask(p.path, "UPDATE orders SET is_default = 1 WHERE seq = 3",
	    &none);
	CU_ASSERT_EQUAL(store_order_by_eid(rd, T, EID_A, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.iccid, "89490000000000000003");
	CU_ASSERT_EQUAL(event_write(s, got.iccid, LIFE_DELIVER), 0);
	order_free(&got);
	CU_ASSERT_EQUAL(store_order_by_eid(rd, T, EID_A, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.iccid, "89490000000000000003");
	CU_ASSERT_EQUAL(event_write(s, got.iccid, LIFE_INSTALL), 0);
	order_free(&got);
	CU_ASSERT_EQUAL(store_order_by_eid(rd, T, EID_A, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.iccid, "89490000000000000001");
	order_free(&got);
	CU_ASSERT_EQUAL(order_op(s, op_end, 1, NULL), 0);
	CU_ASSERT_EQUAL(store_order_by_eid(rd, T, EID_A, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.iccid, "89490000000000000002");
	order_free(&got);
	CU_ASSERT_EQUAL(store_order_by_eid(rd, T, EID_B, &got), DPE_NOTFOUND);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* The device lock: who may, and in which states. */
void
store_order_lock(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct op	 renew = { .fn = op_renew, .forget = true };
	struct buf	 none = {0};
	char		 iccid[ICCID_TEXT];

	seed_type(s);
	seed_profiles(s, 1, 2);
	seed_order(s, 1);
	iccid_n(1, iccid);
	id_n('o', 1, renew.id);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), DPE_STATE);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_DELIVER), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), DPE_STATE);
	CU_ASSERT_EQUAL(op_run(s, &renew), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), DPE_STATE);
	renew.forget = false;
	CU_ASSERT_EQUAL(op_run(s, &renew), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), DPE_STATE);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_INSTALL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), DPE_STATE);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_REINSTALL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), 0);
	/* open: whoever comes; eid: stays even when the lock is forgotten */
	db_ask(p.path, "UPDATE orders SET lock = 'open'", &none);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), 0);
	db_ask(p.path, "UPDATE orders SET lock = 'eid'", &none);
	renew.forget = true;
	CU_ASSERT_EQUAL(op_run(s, &renew), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), DPE_STATE);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), 0);
	CU_ASSERT_EQUAL(order_op(s, op_end, 1, NULL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_A), DPE_STATE);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 2, EID_A), DPE_STATE);
	db_gone(&p, s);
}

/* Attempts and wrong codes, to their limits and anew. */
void
store_order_counters(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct op	 cc = { .fn = op_wrong_cc };
	struct buf	 none = {0};
	int		 i;

	seed_type(s);
	seed_profiles(s, 1, 1);
	seed_order(s, 1);
	id_n('o', 1, cc.id);
	for (i = 1; i <= 3; i++) {
		CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), 0);
		CU_ASSERT_EQUAL(op_run(s, &cc), 0);
		CU_ASSERT_EQUAL(cc.left, 3 - i);
	}
	CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), DPE_STATE);
	CU_ASSERT_EQUAL(op_run(s, &cc), DPE_STATE);
	CU_ASSERT_EQUAL(order_op(s, op_renew, 1, NULL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), 0);
	CU_ASSERT_EQUAL(op_run(s, &cc), 0);
	CU_ASSERT_EQUAL(cc.left, 2);
	db_ask(p.path, "UPDATE orders SET max_cc = 0, max_downloads = 0",
	    &none);
	for (i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), 0);
		CU_ASSERT_EQUAL(op_run(s, &cc), 0);
		CU_ASSERT_EQUAL(cc.left, INT64_MAX);
	}
	cc.fn = op_end;
	cc.end = ORDER_LIVE;
	CU_ASSERT_EQUAL(op_run(s, &cc), DPE_USAGE);
	cc.end = ORDER_EXPIRED;
	CU_ASSERT_EQUAL(op_run(s, &cc), 0);
	CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), DPE_STATE);
	CU_ASSERT_EQUAL(order_op(s, op_renew, 9, NULL), DPE_STATE);
	db_gone(&p, s);
}

/* Many that race for an order do not use up the attempts of the winner. */
void
store_order_attempts_of_many(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	int		 i;

	seed_type(s);
	seed_profiles(s, 1, 1);
	seed_order(s, 1);
	for (i = 0; i < 20; i++) {
		CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), 0);
		CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_B), 0);
	}
	for (i = 0; i < 2; i++)
		CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_B), 0);
	CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_B), DPE_STATE);
	CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), DPE_STATE);
	db_gone(&p, s);
}

static int
op_expires(struct db *db, struct op *op)
{
	return store_order_expires(db, T, op->id, 77, 56);
}

/* A test bench puts an order back to how it was made. */
void
store_order_first(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct order	 o, got;
	struct db	*rd;

	seed_type(s);
	seed_profiles(s, 1, 1);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	order_fill(&o, 1);
	o.downloads = 1;
	o.cc_attempts = 2;
	strcpy(o.eid, EID_A);
	o.lock = LOCK_OPEN;
	CU_ASSERT_EQUAL(add(s, &o), 0);
	CU_ASSERT_EQUAL(event_write(s, o.iccid, LIFE_ORDER_EID), 0);
	CU_ASSERT_EQUAL(event_write(s, o.iccid, LIFE_RELEASE), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 1, EID_B), 0);
	CU_ASSERT_EQUAL(order_op(s, op_attempt, 1, EID_A), 0);
	CU_ASSERT_EQUAL(order_op(s, op_expires, 1, NULL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_end, 1, NULL), 0);
	CU_ASSERT_EQUAL(order_op(s, op_reset, 1, NULL), 0);
	CU_ASSERT_EQUAL(store_order_get(rd, T, o.id, &got), 0);
	CU_ASSERT_EQUAL(got.end, ORDER_LIVE);
	CU_ASSERT_EQUAL(got.state, LIFE_RELEASED);
	CU_ASSERT_EQUAL(got.first_state, LIFE_AVAILABLE);
	CU_ASSERT_EQUAL(got.downloads, 1);
	CU_ASSERT_EQUAL(got.cc_attempts, 2);
	CU_ASSERT_EQUAL(got.expires, 77);
	CU_ASSERT_STRING_EQUAL(got.eid, EID_A);
	order_free(&got);
	order_free(&o);
	CU_ASSERT_EQUAL(order_op(s, op_reset, 9, NULL), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(order_op(s, op_expires, 9, NULL), DPE_NOTFOUND);
	store_reader_free(rd);
	db_gone(&p, s);
}

struct seen {
	int	n;
	char	last[ROW_ID_TEXT];
};

static int
see(void *arg, const struct order *o)
{
	struct seen	*seen = arg;

	seen->n++;
	strcpy(seen->last, o->id);
	return 0;
}

static int
orders(struct db *rd, struct order_filter f, char last[ROW_ID_TEXT])
{
	struct seen	 seen = { 0, "" };

	CU_ASSERT_EQUAL(store_order_each(rd, T, &f, see, &seen), 0);
	strcpy(last, seen.last);
	return seen.n;
}

/* Pages of orders, by each filter. */
void
store_order_pages(void)
{
	struct place		 p;
	struct store		*s = db_fresh(&p, &driver_sqlite);
	struct order_filter	 f = { .state = -1, .limit = 3 };
	struct db		*rd;
	char			 id[ROW_ID_TEXT], last[ROW_ID_TEXT];
	int			 n;

	seed_type(s);
	seed_profiles(s, 1, 8);
	for (n = 1; n <= 8; n++)
		seed_order(s, n);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(orders(rd, f, last), 3);
	f.after = last;
	CU_ASSERT_EQUAL(orders(rd, f, last), 3);
	CU_ASSERT_EQUAL(orders(rd, f, last), 2);
	id_n('o', 8, id);
	CU_ASSERT_STRING_EQUAL(last, id);
	CU_ASSERT_EQUAL(orders(rd, f, last), 0);
	CU_ASSERT_EQUAL(order_op(s, op_bind, 4, EID_A), 0);
	CU_ASSERT_EQUAL(event_write(s, "89490000000000000004", LIFE_DELIVER),
	    0);
	CU_ASSERT_EQUAL(order_op(s, op_end, 8, NULL), 0);
	f = (struct order_filter){ .state = LIFE_RELEASED };
	CU_ASSERT_EQUAL(orders(rd, f, last), 6);
	f.type = "x";
	CU_ASSERT_EQUAL(orders(rd, f, last), 0);
	f = (struct order_filter){ .state = -1, .type = "t" };
	CU_ASSERT_EQUAL(orders(rd, f, last), 8);
	f.eid = EID_A;
	CU_ASSERT_EQUAL(orders(rd, f, last), 1);
	f.state = LIFE_RELEASED;
	CU_ASSERT_EQUAL(orders(rd, f, last), 0);
	f.state = LIFE_DOWNLOADED;
	f.iccid = "89490000000000000004";
	CU_ASSERT_EQUAL(orders(rd, f, last), 1);
	f.iccid = "89490000000000000005";
	CU_ASSERT_EQUAL(orders(rd, f, last), 0);
	store_reader_free(rd);
	db_gone(&p, s);
}
