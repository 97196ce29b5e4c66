/* SPDX-License-Identifier: Apache-2.0 */
/* eUICCs, notifications, audit. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

static int
euicc_write(struct db *db, void *arg)
{
	return store_euicc_seen(db, T, arg);
}

static int
count_euicc(void *arg, const struct euicc *e)
{
	int	*n = arg;

	(void)e;
	++*n;
	return 0;
}

void
store_euiccs(void)
{
	struct euicc	 e = { .first_seen = 10, .last_seen = 10,
	    .svn = { 2, 2, 2 }, .profile_version = { 2, 3, 1 },
	    .eum = "Eum Ltd", .tac = "35290611", .free_nvm = 291666 }, got;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	int		 i, n = 0;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (i = 1; i <= 3; i++) {
		eid_n(i, e.eid);
		CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, euicc_write,
		    &e), 0);
	}
	e.first_seen = e.last_seen = 20;
	e.free_nvm = -1;
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, euicc_write, &e), 0);
	CU_ASSERT_EQUAL(store_euicc_get(rd, T, e.eid, &got), 0);
	CU_ASSERT_EQUAL(got.first_seen, 10);
	CU_ASSERT_EQUAL(got.last_seen, 20);
	CU_ASSERT_EQUAL(got.free_nvm, -1);
	CU_ASSERT_EQUAL(memcmp(got.svn, e.svn, 3), 0);
	CU_ASSERT_EQUAL(memcmp(got.profile_version, e.profile_version, 3), 0);
	CU_ASSERT_STRING_EQUAL(got.eum, "Eum Ltd");
	CU_ASSERT_STRING_EQUAL(got.tac, "35290611");
	CU_ASSERT_EQUAL(store_euicc_get(rd, T, &EID_A[1], &got),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(store_euicc_each(rd, T, NULL, 2, count_euicc, &n), 0);
	CU_ASSERT_EQUAL(n, 2);
	eid_n(2, e.eid);
	CU_ASSERT_EQUAL(store_euicc_each(rd, T, e.eid, 2, count_euicc, &n), 0);
	CU_ASSERT_EQUAL(n, 3);
	store_reader_free(rd);
	db_gone(&p, s);
}

static int
notification_write(struct db *db, void *arg)
{
	return store_notification_add(db, T, arg);
}

static int
notification_see(void *arg, const struct notification *n)
{
	struct buf	*b = arg;

	buf_addf(b, "%d%s%s%s%d:", (int)n->seq, n->event, n->eid, n->iccid,
	    n->verified);
	buf_add_slice(b, n->raw);
	return 0;
}

void
store_notifications(void)
{
	struct notification	 n = { .received = 5, .is_result = true,
	    .seq = -1, .event = "install", .result = "success" };
	struct place		 p;
	struct store		*s = db_fresh(&p, &driver_sqlite);
	struct db		*rd;
	struct buf		 seen = {0};
	int64_t			 first;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	n.raw = slice_str("one");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    0);
	first = n.id;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    DPE_EXISTS);
	n.raw = slice_str("two");
	n.seq = 7;
	n.verified = true;
	strcpy(n.eid, EID_A);
	strcpy(n.iccid, "89490000000000000004");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    0);
	CU_ASSERT(n.id > first);
	CU_ASSERT_EQUAL(store_notification_each(rd, T, 0, 0, notification_see,
	    &seen), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&seen), "7install" EID_A
	    "894900000000000000041:two-1install0:one");
	buf_cut(&seen, 0);
	CU_ASSERT_EQUAL(store_notification_each(rd, T, n.id, 1,
	    notification_see, &seen), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&seen), "-1install0:one");
	buf_free(&seen);
	store_reader_free(rd);
	db_gone(&p, s);
}

struct trim {
	int64_t	 keep, limit, n;
};

static int
trim_write(struct db *db, void *arg)
{
	struct trim	*t = arg;

	return store_notification_trim(db, T, t->keep, t->limit, &t->n);
}

static int64_t
trim(struct store *s, int64_t keep, int64_t limit)
{
	struct trim	 t = { keep, limit, -1 };

	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, trim_write, &t), 0);
	return t.n;
}

/* Strangers fill no disk, and drive out nothing that a card has signed. */
void
store_notification_bound(void)
{
	struct notification	 n = { .seq = 1 };
	struct place		 p;
	struct store		*s = db_fresh(&p, &driver_sqlite);
	struct db		*rd;
	struct buf		 seen = {0};
	char			 raw[2] = "a";

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (; raw[0] <= 'h'; raw[0]++) {
		n.raw = slice_str(raw);
		n.verified = raw[0] == 'b';
		CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE,
		    notification_write, &n), 0);
	}
	CU_ASSERT_EQUAL(trim(s, 7, 100), 0);
	CU_ASSERT_EQUAL(trim(s, 3, 2), 2);
	CU_ASSERT_EQUAL(trim(s, 3, 100), 2);
	CU_ASSERT_EQUAL(trim(s, 3, 100), 0);
	CU_ASSERT_EQUAL(store_notification_each(rd, T, 0, 0, notification_see,
	    &seen), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&seen), "10:h10:g10:f11:b");

	/* What could not be verified once may be a day later. */
	n.raw = slice_str("h");
	n.verified = false;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    DPE_EXISTS);
	n.verified = true;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    DPE_EXISTS);
	n.verified = false;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, notification_write, &n),
	    DPE_EXISTS);
	buf_free(&seen);
	store_reader_free(rd);
	db_gone(&p, s);
}

static int
audit_write(struct db *db, void *arg)
{
	return store_audit_add(db, T, arg);
}

static int
audit_see(void *arg, const struct audit *a)
{
	struct buf	*b = arg;

	buf_addf(b, "%d%s ", (int)a->id, a->action);
	return a->order != NULL && a->order[0] == '\0' ? 1 : 0;
}

static void
audit_want(struct db *rd, struct audit_filter f, const char *want)
{
	struct buf	 b = {0};

	CU_ASSERT_EQUAL(store_audit_each(rd, T, &f, audit_see, &b), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), want);
	buf_free(&b);
}

void
store_audits(void)
{
	struct audit		 a = { .at = 1, .actor = "uid 0" };
	struct audit_filter	 f = {0};
	struct place		 p;
	struct store		*s = db_fresh(&p, &driver_sqlite);
	struct db		*rd;
	char			 o1[ROW_ID_TEXT], i1[ICCID_TEXT];
	const struct {
		const char	*action, *order, *iccid, *eid;
	} rows[] = {
		{ "a", NULL, NULL, NULL }, { "b", o1, i1, NULL },
		{ "c", o1, i1, NULL }, { "d", o1, i1, "e1" },
		{ "e", "o2", i1, "e1" }, { "f", "", "", "e1" },
	};
	size_t			 i;

	id_n('o', 1, o1);
	iccid_n(1, i1);
	seed_type(s);
	seed_profiles(s, 1, 1);
	seed_order(s, 1);

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (i = 0; i < NELEM(rows); i++) {
		a.action = rows[i].action;
		a.order = rows[i].order;
		a.iccid = rows[i].iccid;
		a.eid = rows[i].eid;
		CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, audit_write,
		    &a), 0);
	}
	audit_want(rd, f, "6f 5e 4d 3c 2b 1a ");
	f.before = 5;
	f.limit = 2;
	audit_want(rd, f, "4d 3c ");
	f = (struct audit_filter){ .order = o1 };
	audit_want(rd, f, "4d 3c 2b ");
	f.iccid = "i9";
	audit_want(rd, f, "");
	f.iccid = i1;
	audit_want(rd, f, "4d 3c 2b ");
	f.eid = "e1";
	audit_want(rd, f, "4d ");
	f.order = NULL;
	audit_want(rd, f, "5e 4d ");
	f.iccid = NULL;
	audit_want(rd, f, "6f 5e 4d ");
	store_reader_free(rd);
	db_gone(&p, s);
}
