/* SPDX-License-Identifier: Apache-2.0 */
/* Sessions: steps, and what becomes of old ones. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"
#include "tests/unit/session_row.h"

struct op {
	int		(*fn)(struct db *db, struct op *op);
	struct session	 s;
	int64_t		 now, n, limit;
};

static int
op_write(struct db *db, void *arg)
{
	struct op	*op = arg;

	return op->fn(db, op);
}

static int
op_add(struct db *db, struct op *op)
{
	return session_row(db, T, &op->s);
}

static int
op_authenticated(struct db *db, struct op *op)
{
	return store_session_authenticated(db, T, &op->s, op->now);
}

static int
op_sent(struct db *db, struct op *op)
{
	return store_session_sent(db, T, &op->s, op->now);
}

static int
op_close(struct db *db, struct op *op)
{
	return store_session_close(db, T, &op->s, op->now);
}

static int
op_expire(struct db *db, struct op *op)
{
	return store_session_expire(db, op->now, op->limit, &op->n);
}

static int
op_run(struct store *s, struct op *op, int (*fn)(struct db *, struct op *),
    int64_t now)
{
	op->fn = fn;
	op->now = now;
	return store_write(s, STORE_DURABLE, op_write, op);
}

/* Session n, for order n of profile n. */
static void
fill(struct op *op, int n, int64_t created)
{
	struct session	*s = &op->s;

	memset(op, 0, sizeof(*op));
	snprintf(s->tid, sizeof(s->tid), "%032X", (unsigned)n);
	s->created = created;
	memset(s->dp_ci, 1, sizeof(s->dp_ci));
	memset(s->euicc_ci, 2, sizeof(s->euicc_ci));
	memset(s->server_challenge, 3, sizeof(s->server_challenge));
	strcpy(s->address, "smdp.example.com:8443");
	memcpy(s->svn, "\2\2\0", 3);
	strcpy(s->eid, EID_A);
	id_n('o', n, s->order);
	iccid_n(n, s->iccid);
	buf_add_str(&s->euicc_point, "point");
	buf_add_str(&s->smdp_signature2, "signature");
	buf_add_str(&s->metadata, "metadata");
	buf_add_str(&s->euicc_otpk, "otpk");
	s->euicc_curve = 1;
	s->cc_required = true;
}

static void
same(const struct session *a, const struct session *b)
{
	CU_ASSERT_EQUAL(memcmp(a->dp_ci, b->dp_ci, 20), 0);
	CU_ASSERT_EQUAL(memcmp(a->euicc_ci, b->euicc_ci, 20), 0);
	CU_ASSERT_EQUAL(memcmp(a->server_challenge, b->server_challenge, 16),
	    0);
	CU_ASSERT_STRING_EQUAL(a->address, b->address);
	CU_ASSERT_EQUAL(memcmp(a->svn, b->svn, 3), 0);
	CU_ASSERT_STRING_EQUAL(a->eid, b->eid);
	CU_ASSERT_STRING_EQUAL(a->order, b->order);
	CU_ASSERT_STRING_EQUAL(a->iccid, b->iccid);
	unit_same("point", buf_slice(&a->euicc_point),
	    buf_slice(&b->euicc_point));
	unit_same("signature", buf_slice(&a->smdp_signature2),
	    buf_slice(&b->smdp_signature2));
	unit_same("metadata", buf_slice(&a->metadata),
	    buf_slice(&b->metadata));
	unit_same("otpk", buf_slice(&a->euicc_otpk),
	    buf_slice(&b->euicc_otpk));
	CU_ASSERT_EQUAL(a->euicc_curve, b->euicc_curve);
	CU_ASSERT_EQUAL(a->cc_required, b->cc_required);
}

void
store_sessions(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct session	 got;
	struct db	*rd;
	struct op	 op;
	int64_t		 open;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	fill(&op, 1, 100);
	CU_ASSERT_EQUAL(op_run(s, &op, op_sent, 101), DPE_STATE);
	CU_ASSERT_EQUAL(op_run(s, &op, op_add, 0), 0);
	CU_ASSERT_EQUAL(op_run(s, &op, op_add, 0), DPE_EXISTS);
	CU_ASSERT_EQUAL(op_run(s, &op, op_sent, 101), DPE_STATE);
	CU_ASSERT_EQUAL(store_session_get(rd, T, op.s.tid, &got), 0);
	CU_ASSERT_EQUAL(got.step, STEP_INITIATED);
	CU_ASSERT_STRING_EQUAL(got.eid, "");
	session_free(&got);
	CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 102), 0);
	CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 102), DPE_STATE);
	CU_ASSERT_EQUAL(store_session_count(rd, 0, 1000, &open), 0);
	CU_ASSERT_EQUAL(open, 1);
	CU_ASSERT_EQUAL(op_run(s, &op, op_sent, 103), 0);
	CU_ASSERT_EQUAL(op_run(s, &op, op_sent, 104), 0);
	CU_ASSERT_EQUAL(store_session_get(rd, T, op.s.tid, &got), 0);
	CU_ASSERT_EQUAL(got.step, STEP_BPP_SENT);
	CU_ASSERT_EQUAL(got.created, 100);
	CU_ASSERT_EQUAL(got.touched, 104);
	same(&got, &op.s);
	session_free(&got);
	CU_ASSERT_EQUAL(op_run(s, &op, op_close, 105), 0);
	CU_ASSERT_EQUAL(op_run(s, &op, op_close, 106), 0);
	CU_ASSERT_EQUAL(op_run(s, &op, op_sent, 107), DPE_STATE);
	CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 107), DPE_STATE);
	CU_ASSERT_EQUAL(store_session_count(rd, 0, 1000, &open), 0);
	CU_ASSERT_EQUAL(open, 0);
	CU_ASSERT_EQUAL(store_session_get(rd, 2, op.s.tid, &got),
	    DPE_NOTFOUND);
	session_free(&op.s);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* Session n brought to this step, last touched at 100 + n. */
static void
make(struct store *s, int n, enum session_step step)
{
	struct op	 op;

	fill(&op, n, 100 + n);
	CU_ASSERT_EQUAL(op_run(s, &op, op_add, 0), 0);
	if (step >= STEP_AUTHENTICATED)
		CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 100 + n), 0);
	if (step >= STEP_BPP_SENT)
		CU_ASSERT_EQUAL(op_run(s, &op, op_sent, 100 + n), 0);
	if (step >= STEP_CLOSED)
		CU_ASSERT_EQUAL(op_run(s, &op, op_close, 100 + n), 0);
	session_free(&op.s);
}

static int
step_of(struct db *rd, int n)
{
	struct session	 got;
	struct op	 op;
	int		 r;

	fill(&op, n, 0);
	r = store_session_get(rd, T, op.s.tid, &got);
	session_free(&op.s);
	session_free(&got);
	return r == 0 ? (int)got.step : r;
}

static int64_t
expire(struct store *s, int64_t before, int64_t limit)
{
	struct op	 op = { .limit = limit };

	CU_ASSERT_EQUAL(op_run(s, &op, op_expire, before), 0);
	return op.n;
}

/*
 * 1 only initiated, 2 authenticated, 3 sent and waiting, 4 sent and installed,
 * 5 closed and waiting, 6 closed and cancelled, 7 sent but young, 8 closed of
 * a reusable order.
 */
static void
zoo(struct store *s)
{
	struct buf	 none = {0};
	char		 iccid[ICCID_TEXT];
	int		 n;

	seed_type(s);
	seed_profiles(s, 1, 8);
	for (n = 1; n <= 8; n++) {
		seed_order(s, n);
		iccid_n(n, iccid);
		if (n >= 3)
			CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_DELIVER),
			    0);
	}
	iccid_n(4, iccid);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_INSTALL), 0);
	make(s, 1, STEP_INITIATED);
	make(s, 2, STEP_AUTHENTICATED);
	make(s, 3, STEP_BPP_SENT);
	make(s, 4, STEP_BPP_SENT);
	make(s, 5, STEP_CLOSED);
	make(s, 6, STEP_CLOSED);
	make(s, 7, STEP_BPP_SENT);
	make(s, 8, STEP_CLOSED);
	db_ask(s->path, "UPDATE orders SET ended = 'cancelled' WHERE seq = 6",
	    &none);
	db_ask(s->path, "UPDATE orders SET reusable = 1 WHERE seq = 8", &none);
	db_ask(s->path, "UPDATE sessions SET due = 900, touched = 900"
	    " WHERE seq = 7", &none);
}

void
store_session_expiry(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;

	zoo(s);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(expire(s, 50, 100), 0);
	CU_ASSERT_EQUAL(expire(s, 500, 1), 1);	/* bounded: the oldest */
	CU_ASSERT_EQUAL(step_of(rd, 1), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(step_of(rd, 2), STEP_AUTHENTICATED);
	CU_ASSERT_EQUAL(expire(s, 500, 100), 6);
	CU_ASSERT_EQUAL(step_of(rd, 2), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(step_of(rd, 3), STEP_CLOSED);
	CU_ASSERT_EQUAL(step_of(rd, 4), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(step_of(rd, 5), STEP_CLOSED);
	CU_ASSERT_EQUAL(step_of(rd, 6), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(step_of(rd, 7), STEP_BPP_SENT);
	CU_ASSERT_EQUAL(step_of(rd, 8), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(expire(s, 501, 100), 0);	/* no second look yet */
	/* The result came: a day later the row goes too. */
	CU_ASSERT_EQUAL(event_write(s, "89490000000000000003", LIFE_INSTALL),
	    0);
	CU_ASSERT_EQUAL(expire(s, 501 + 86400, 100), 3);
	CU_ASSERT_EQUAL(step_of(rd, 3), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(step_of(rd, 5), STEP_CLOSED);
	CU_ASSERT_EQUAL(step_of(rd, 7), STEP_CLOSED);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* One that was only begun is no row until it is closed. */
void
store_session_begun(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct session	 got;
	struct db	*rd;
	struct op	 op;
	int		 n;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (n = 1; n <= 3; n++) {
		fill(&op, n, 100);
		op.s.begun = true;
		if (n == 2)	/* another call was faster */
			CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 101),
			    0);
		if (n < 3)
			CU_ASSERT_EQUAL(op_run(s, &op, op_close, 102), 0);
		if (n == 3)	/* and goes on */
			CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 103),
			    0);
		CU_ASSERT_EQUAL(store_session_get(rd, T, op.s.tid, &got), 0);
		CU_ASSERT_EQUAL(got.step, n < 3 ? STEP_CLOSED :
		    STEP_AUTHENTICATED);
		CU_ASSERT_EQUAL(got.created, 100);
		CU_ASSERT_EQUAL(got.touched, n < 3 ? 102 : 103);
		CU_ASSERT_STRING_EQUAL(got.eid, n > 1 ? EID_A : "");
		session_free(&got);
		if (n < 3)
			CU_ASSERT_EQUAL(op_run(s, &op, op_authenticated, 104),
			    DPE_STATE);
		session_free(&op.s);
	}
	store_reader_free(rd);
	db_gone(&p, s);
}

static int
newest(void *arg, const struct session *s)
{
	char	*list = arg;

	snprintf(list + strlen(list), 20, "%s ", s->tid + 31);
	return 0;
}

void
store_session_list(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	char		 list[100] = "";

	zoo(s);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_session_each(rd, T, false, 0, newest, list), 0);
	CU_ASSERT_STRING_EQUAL(list, "8 7 6 5 4 3 2 1 ");
	list[0] = '\0';
	CU_ASSERT_EQUAL(store_session_each(rd, T, true, 3, newest, list), 0);
	CU_ASSERT_STRING_EQUAL(list, "7 4 3 ");
	store_reader_free(rd);
	db_gone(&p, s);
}
