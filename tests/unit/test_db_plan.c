/* SPDX-License-Identifier: Apache-2.0 */
/* No query of the store walks through a table: each has its index. */
#include <stdio.h>
#include <string.h>

#include "db/store_keys.h"
#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"
#include "tests/unit/session_row.h"

static int
none_order(void *arg, const struct order *o)
{
	(void)arg;
	(void)o;
	return 0;
}

static int
none_profile(void *arg, const struct profile *p)
{
	(void)arg;
	(void)p;
	return 0;
}

static int
none_session(void *arg, const struct session *s)
{
	(void)arg;
	(void)s;
	return 0;
}

static int
none_type(void *arg, const struct ptype *t)
{
	(void)arg;
	(void)t;
	return 0;
}

static int
none_variant(void *arg, struct variant *v)
{
	(void)arg;
	(void)v;
	return 0;
}

static int
none_euicc(void *arg, const struct euicc *e)
{
	(void)arg;
	(void)e;
	return 0;
}

static int
none_notification(void *arg, const struct notification *n)
{
	(void)arg;
	(void)n;
	return 0;
}

static int
none_audit(void *arg, const struct audit *a)
{
	(void)arg;
	(void)a;
	return 0;
}

#define OK(r)	CU_ASSERT_EQUAL(r, 0)
#define NOT(r)	CU_ASSERT_NOT_EQUAL(r, 0)

static void
ask_keys(struct db *db)
{
	struct keys_filter	 f = { .state = -1 };

	OK(store_keys_each(db, T, &f, none_profile, NULL));
	f.state = LIFE_ERROR;
	OK(store_keys_each(db, T, &f, none_profile, NULL));
	f.type = "t";
	OK(store_keys_each(db, T, &f, none_profile, NULL));
}

static void
ask_profiles(struct db *db)
{
	struct profile_filter	 f = { .state = -1 };
	struct profile		 p;
	struct body		 b = { .id = "x" };
	struct body_needs	 needs = {0};
	struct ptype		 t = { .name = "y" };
	struct variant		 v = { .name = "v" };
	struct buf		 sealed = {0};
	int64_t			 count[LIFE_STATES], left;
	char			 iccid[ICCID_TEXT], id[ROW_ID_TEXT];
	enum life_event		 e;

	iccid_n(1, iccid);
	OK(store_type_add(db, T, &t));
	OK(store_type_get(db, T, "t", &t));
	OK(store_type_each(db, T, none_type, NULL));
	OK(store_type_set(db, T, &t));
	OK(store_type_stock(db, T, "t", 9, &left));
	NOT(store_variant_add(db, T, "t", &v));
	OK(store_variant_each(db, T, "t", none_variant, NULL));
	NOT(store_variant_get(db, T, 9, &v));
	NOT(store_variant_remove(db, T, "t", "v"));
	NOT(store_body_add(db, T, &b));
	NOT(store_body_find(db, T, b.index, id));
	NOT(store_body_get(db, T, "x", &sealed, NULL));
	OK(store_body_learn(db, T, "x", &b));
	OK(store_profile_needs(db, T, iccid, &needs));
	OK(store_profile_get(db, T, iccid, &p));
	NOT(store_profile_add(db, T, &p, 0));
	OK(store_profile_checked(db, T, iccid));
	OK(store_profile_pick(db, T, "t", iccid));
	OK(store_profile_link(db, T, iccid, "", ""));
	NOT(store_profile_card(db, T, iccid, EID_A, 1, CARD_ENABLED, 1));
	for (e = LIFE_ORDER; e < LIFE_EVENTS; e++)
		if (store_profile_event(db, T, iccid, e, 1) == 0 &&
		    e == LIFE_INSTALL)
			OK(store_profile_shred(db, T, iccid));
	OK(store_profile_each(db, T, &f, none_profile, NULL));
	f.state = LIFE_ERROR;
	OK(store_profile_each(db, T, &f, none_profile, NULL));
	f.type = "t";
	OK(store_profile_each(db, T, &f, none_profile, NULL));
	f.state = -1;
	OK(store_profile_each(db, T, &f, none_profile, NULL));
	f.eid = EID_A;
	OK(store_profile_each(db, T, &f, none_profile, NULL));
	ask_keys(db);
	OK(store_profile_count(db, T, count));
	OK(store_imsi_take(db, T, "001010000000001", "001010000000009", 0));
	profile_free(&p);
}

static int
none_batch(void *arg, const struct batch *b)
{
	(void)arg;
	(void)b;
	return 0;
}

static int
none_keys(void *arg, int64_t first, struct slice keys)
{
	(void)arg;
	(void)first;
	(void)keys;
	return 0;
}

static void
ask_batches(struct db *db)
{
	struct batch	 b = { .type = "t", .total = 1 };
	char		 iccid[ICCID_TEXT];
	struct batch_rows rows;
	enum batch_part	 part;
	int64_t		 n;

	id_n('b', 1, b.body);
	iccid_n(77, iccid);
	OK(store_iccid_free(db, T, iccid, iccid, iccid));
	iccid_n(77, iccid);
	OK(store_batch_add(db, T, &b));
	OK(store_batch_get(db, T, b.id, &b));
	OK(store_batch_grow(db, T, &b, 1, 1));
	OK(store_batch_row(db, T, &b, iccid, slice_str("v"), 1));
	OK(store_batch_wait(db, b.id, 0, slice_str("12345678")));
	OK(store_batch_waiting(db, b.id, none_keys, NULL));
	NOT(store_key_find(db, T, 1, b.id));
	OK(store_key_add(db, T, 1, b.id));
	OK(store_batch_filling(db, T, b.id, 0, 1));
	OK(store_batch_keys(db, T, b.id, 1, 1));
	NOT(store_batch_live(db, T, b.id, 2, 1));
	OK(store_batch_abort(db, T, b.id, 1));
	for (part = BATCH_PROFILES; part <= BATCH_WAITING; part++) {
		OK(store_batch_find(db, b.id, part, 0, &rows));
		CU_ASSERT_EQUAL(rows.n, part != BATCH_IMSIS);
		OK(store_batch_remove(db, T, b.id, part, &rows));
	}
	OK(store_batch_aborted(db, T, b.id, 1));
	OK(store_batch_waited(db, b.id, 10, &n));
	OK(store_batch_each(db, T, 0, 1, none_batch, NULL));
}

static void
ask_orders(struct db *db)
{
	struct order_filter	 f = { .state = -1 };
	struct order		 o, got;
	int64_t			 left;

	order_fill(&o, 2);
	NOT(store_order_variant(db, T, o.id, "v"));
	OK(store_order_add(db, T, &o));
	OK(store_order_get(db, T, o.id, &got));
	order_free(&got);
	NOT(store_order_by_eid(db, T, EID_A, &got));
	NOT(store_order_bind(db, T, o.id, EID_A, 1));
	OK(store_order_attempt(db, T, o.id, EID_A, 1));
	OK(store_order_wrong_cc(db, T, o.id, &left, 1));
	OK(store_order_end(db, T, o.id, ORDER_EXPIRED, 1));
	OK(store_order_by_mid(db, T, o.mid_index, &got));
	order_free(&got);
	NOT(store_order_renew(db, T, o.id, true, 1));
	OK(store_order_reset(db, T, o.id, 1));
	OK(store_order_rebound(db, T, o.id));
	NOT(store_order_reinstall(db, T, o.id, EID_A, 1));
	OK(store_order_expires(db, T, o.id, 9, 1));
	OK(store_order_each(db, T, &f, none_order, NULL));
	f.type = "t";
	OK(store_order_each(db, T, &f, none_order, NULL));
	f.state = LIFE_ERROR;
	OK(store_order_each(db, T, &f, none_order, NULL));
	f.eid = EID_A;
	OK(store_order_each(db, T, &f, none_order, NULL));
	f.iccid = o.iccid;
	OK(store_order_each(db, T, &f, none_order, NULL));
	order_free(&o);
}

static void
ask_sessions(struct db *db)
{
	struct session	 s = { .tid = "AA" }, got;
	int64_t		 n;

	OK(session_row(db, T, &s));
	OK(store_session_authenticated(db, T, &s, 1));
	OK(store_session_sent(db, T, &s, 1));
	OK(store_session_close(db, T, &s, 1));
	s.begun = true;
	OK(store_session_close(db, T, &s, 1));
	OK(store_session_forget(db, T, "x"));
	OK(store_session_get(db, T, s.tid, &got));
	session_free(&got);
	OK(store_session_count(db, 0, 1, &n));
	OK(store_session_each(db, T, true, 1, none_session, NULL));
	OK(store_session_each(db, T, false, 1, none_session, NULL));
	OK(store_session_expire(db, 100, 10, &n));
}

static void
ask_events(struct db *db)
{
	struct euicc		 e = { .eid = EID_A };
	struct notification	 n = { .raw = slice_str("raw") };
	struct audit		 a = { .actor = "x", .action = "y" };
	struct audit_filter	 f = {0};
	int64_t			 gone;

	OK(store_euicc_seen(db, T, &e));
	OK(store_euicc_get(db, T, EID_A, &e));
	OK(store_euicc_each(db, T, NULL, 1, none_euicc, NULL));
	OK(store_notification_add(db, T, &n));
	OK(store_notification_each(db, T, 0, 1, none_notification, NULL));
	OK(store_notification_trim(db, T, 1, 1, &gone));
	OK(store_audit_add(db, T, &a));
	OK(store_audit_each(db, T, &f, none_audit, NULL));
	f.eid = EID_A;
	OK(store_audit_each(db, T, &f, none_audit, NULL));
	f.iccid = "x";
	OK(store_audit_each(db, T, &f, none_audit, NULL));
	f.order = "x";
	OK(store_audit_each(db, T, &f, none_audit, NULL));
}

static bool
one_of(const char *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp(name, *list) == 0)
			return true;
	return false;
}

/*
 * A walk is fine through an index that holds just what is asked for, through
 * a subquery's few rows (w, f), and where there is one row anyway.
 */
static int
plan_line(void *arg, struct row *row)
{
	/* few rows to sort: of one eUICC, of one type */
	static const char *const sort[] = { "order_by_eid", "order_each_eid",
	    "variant_each", NULL };
	/* all of them are wanted */
	static const char *const wide[] = { "type_each", "profile_count",
	    "profile_count_free",
	    "profile_each_state", "keys_each_state", NULL };
	/* pages of the newest, which end at their limit */
	static const char *const walk[] = { "session_each",
	    "session_each_open", NULL };
	const struct stmt	*q = arg;
	const char		*s = row_str(row, 3);

	CU_ASSERT_PTR_NOT_NULL_FATAL(s);
	if (strstr(s, "SCAN") != NULL &&
	    strstr(s, "USING COVERING INDEX") == NULL &&
	    strcmp(s, "SCAN w") != 0 && strcmp(s, "SCAN f") != 0 &&
	    strcmp(s, "SCAN h") != 0 &&
	    strcmp(s, "SCAN w USING INDEX batches_hidden") != 0 &&
	    strcmp(s, "SCAN CONSTANT ROW") != 0 &&
	    strncmp(s, "SCAN (subquery", 14) != 0 &&
	    strcmp(s, "SCAN schema_version") != 0 && !one_of(q->name, walk)) {
		printf("# %s: %s\n", q->name, s);
		CU_FAIL("a query without an index");
	}
	if (strstr(s, "TEMP B-TREE") != NULL && !one_of(q->name, sort)) {
		printf("# %s: %s\n", q->name, s);
		CU_FAIL("a query that sorts");
	}
	if (strstr(s, "SEARCH") != NULL && !one_of(q->name, wide) &&
	    (strstr(s, "(tenant=?)") != NULL || strstr(s, "_state ") != NULL ||
	    strstr(s, "_tenant ") != NULL)) {
		printf("# %s: %s\n", q->name, s);
		CU_FAIL("a query by a wide index");
	}
	return 0;
}

static void
explain(struct db *db, const struct stmt *q)
{
	struct buf	 sql = {0};
	struct stmt	 plan = { "plan", NULL };
	size_t		 n = db->n;

	buf_addf(&sql, "EXPLAIN QUERY PLAN %s", q->sql);
	plan.sql = buf_cstr(&sql);
	CU_ASSERT_EQUAL(db_each(db, &plan, plan_line, (void *)(uintptr_t)q,
	    "eeeeeeeeeeeeeeeeeeeeeeee", "", "", "", "", "", "", "", "", "",
	    "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""), 0);
	/* the plan's statement is not static: forget it */
	db->conn->drv->finish(db->entry[n].prep);
	db->n = n;
	buf_free(&sql);
}

static int
ask_all(struct db *db, void *arg)
{
	size_t	*asked = arg, i;

	ask_profiles(db);
	ask_batches(db);
	ask_orders(db);
	ask_sessions(db);
	ask_events(db);
	for (i = 0; i < db->n; i++)
		explain(db, db->entry[i].q);
	*asked = db->n;
	return 7;
}

void
store_plans(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	size_t		 asked = 0;

	seed_type(s);
	seed_profiles(s, 1, 3);
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, ask_all, &asked), 7);
	CU_ASSERT(asked > 60);
	db_gone(&p, s);
}
