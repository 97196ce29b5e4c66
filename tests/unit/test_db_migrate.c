/* SPDX-License-Identifier: Apache-2.0 */
/* Schema changes, on an artificial history and on the real one. */
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

static const struct migration history[] = {
	{ "0001_one.sql", "CREATE TABLE a (x INTEGER);"
	    "INSERT INTO a (x) VALUES (1);" },
	{ "0002_two.sql", "ALTER TABLE a ADD COLUMN y INTEGER;"
	    "UPDATE a SET y = 10 * x;" },
	{ "0003_three.sql", "CREATE TABLE b (z INTEGER REFERENCES a (x));"
	    "CREATE UNIQUE INDEX a_x ON a (x);" },
};
static const struct migration broken[] = {
	{ "0001_one.sql", "CREATE TABLE a (x INTEGER);"
	    "INSERT INTO a (x) VALUES (1);" },
	{ "0002_bad.sql", "CREATE TABLE c (x INTEGER);"
	    "INSERT INTO c (nothing) VALUES (1);" },
};

/* Open at version n of a history, and close. */
static int
visit(const char *path, const struct migration *tab, size_t n,
    struct why *why)
{
	struct store	*s;
	int		 r;

	if ((r = store_open_with(&driver_sqlite, path, true, tab, n, &s,
	    why)) == 0)
		store_close(s);
	else
		CU_ASSERT_PTR_NULL(s);
	return r;
}

/* Schema and rows, in one text. */
static void
everything(const char *path, struct buf *out)
{
	db_ask(path, "SELECT type || name || coalesce(sql, '')"
	    " FROM sqlite_master ORDER BY name", out);
	db_dump(path, out);
}

/* From version k to n, against a database that was at n from the start. */
static void
upgrade(const struct migration *tab, size_t k, size_t n)
{
	struct place	 p, q;
	struct buf	 a = {0}, b = {0};

	place_make(&p);
	place_make(&q);
	CU_ASSERT_EQUAL(visit(p.path, tab, k, NULL), 0);
	CU_ASSERT_EQUAL(visit(p.path, tab, n, NULL), 0);
	CU_ASSERT_EQUAL(visit(q.path, tab, n, NULL), 0);
	everything(p.path, &a);
	everything(q.path, &b);
	unit_same("upgraded", buf_slice(&a), buf_slice(&b));
	place_remove(&p);
	place_remove(&q);
	buf_free(&a);
	buf_free(&b);
}

void
migrate_upgrade(void)
{
	size_t	 k;

	for (k = 0; k <= 3; k++)
		upgrade(history, k, 3);
	for (k = 0; k <= migrations_n; k++)
		upgrade(migrations, k, migrations_n);
}

/* A newer database is left alone, and says why. */
void
migrate_newer(void)
{
	struct place	 p;
	struct buf	 a = {0}, b = {0};
	struct why	 why;

	place_make(&p);
	CU_ASSERT_EQUAL(visit(p.path, history, 3, &why), 0);
	everything(p.path, &a);
	CU_ASSERT_EQUAL(visit(p.path, history, 2, &why), DPE_UNSUPPORTED);
	CU_ASSERT_STRING_EQUAL(why.text, "the database has schema 3,"
	    " this program knows only up to 2");
	everything(p.path, &b);
	unit_same("unchanged", buf_slice(&b), buf_slice(&a));
	place_remove(&p);
	buf_free(&a);
	buf_free(&b);
}

/* One that fails half-way leaves nothing of itself. */
void
migrate_fails(void)
{
	struct place	 p;
	struct buf	 a = {0}, b = {0};
	struct why	 why;

	place_make(&p);
	CU_ASSERT_EQUAL(visit(p.path, broken, 1, &why), 0);
	everything(p.path, &a);
	CU_ASSERT_EQUAL(visit(p.path, broken, 2, &why), DPE_DB);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "0002_bad.sql"));
	everything(p.path, &b);
	unit_same("unchanged", buf_slice(&b), buf_slice(&a));
	CU_ASSERT_EQUAL(visit(p.path, history, 3, &why), 0);
	place_remove(&p);
	buf_free(&a);
	buf_free(&b);
}

/* Whatever call fails at the first start, the next start can go on. */
void
migrate_faults(void)
{
	struct place	 p, q;
	struct store	*s;
	struct buf	 a = {0}, b = {0};
	struct why	 why;
	int		 n, r = -1;

	place_make(&p);
	place_make(&q);
	for (n = 1; r != 0 && n < 1000; n++) {
		fault_arm(FAULT_ANY, n);
		r = store_open_with(&driver_fault, p.path, true, migrations,
		    migrations_n, &s, &why);
		CU_ASSERT_EQUAL(fault_disarm(), r != 0);
		CU_ASSERT_EQUAL(s == NULL, r != 0);
		CU_ASSERT_EQUAL(fault_open_count() == 0, r != 0);
	}
	CU_ASSERT_EQUAL(r, 0);
	CU_ASSERT(n > 10);
	store_close(s);
	CU_ASSERT_EQUAL(visit(q.path, migrations, migrations_n, &why), 0);
	everything(p.path, &a);
	everything(q.path, &b);
	unit_same("schema", buf_slice(&a), buf_slice(&b));
	place_remove(&p);
	place_remove(&q);
	buf_free(&a);
	buf_free(&b);
}

#define OLD_EID	"'89049032000000000000000000000001'"
#define OLD_ORDER(n, state) \
	"INSERT INTO profiles (tenant, iccid, type, state, created, updated)" \
	" VALUES (1, '8949000000000000000" n "', 1, '" state "', 1, 1)", \
	"INSERT INTO orders (tenant, id, iccid, type, lock, eid, state," \
	" ended, is_default, reusable, expires, max_downloads, downloads," \
	" max_cc, cc_attempts, first_state, first_downloads, first_cc," \
	" subject, created, updated) VALUES (1, 'o" n "'," \
	" '8949000000000000000" n "', 1, 'tofu', " OLD_EID ", '" state "'," \
	" 'live', 0, 0, 0, 0, 0, 0, 0, 'released', 0, 0, '', 1, 1)"
#define OLD_SESSION(tid, order, otpk) \
	"INSERT INTO sessions (tenant, tid, step, created, touched, due," \
	" dp_ci, euicc_ci, server_challenge, address, svn, eid, order_id," \
	" iccid, euicc_otpk) VALUES (1, '" tid "', 'closed', 1, 1, 1," \
	" zeroblob(20), zeroblob(20), zeroblob(16), 'a', zeroblob(3), " \
	OLD_EID ", '" order "', '', " otpk ")"
#define OLD_AUDIT(id, action, n, tid) \
	"INSERT INTO audit (id, tenant, at, actor, action, order_id, iccid," \
	" eid, tid) VALUES (" id ", 1, 1, 'euicc', '" action "', 'o" n "'," \
	" '8949000000000000000" n "', " OLD_EID ", '" tid "')"

/* Rows as they were written for the first schema. */
static const char *const old_rows[] = {
	"INSERT INTO types VALUES (1, 1, 't', '', '', 2, -1, NULL, '', 0, 0,"
	    " 0, 0, 0, 0, 1)",
	OLD_ORDER("1", "downloaded"),
	OLD_ORDER("2", "installed"),
	OLD_ORDER("3", "released"),
	OLD_SESSION("aa", "o1", "zeroblob(65)"),
	OLD_SESSION("ab", "o1", "zeroblob(65)"),
	OLD_SESSION("ac", "o1", "NULL"),
	OLD_AUDIT("7", "order.bound", "1", "a0"),
	OLD_AUDIT("8", "order.bound", "2", "ba"),
	OLD_AUDIT("9", "order.bound", "2", "bb"),
	OLD_AUDIT("11", "profile.installed", "2", "bb"),
	OLD_AUDIT("12", "session.authenticated", "3", "ca"),
	"INSERT INTO notifications VALUES (5, 1, 1, 1, 1, " OLD_EID ", '', 3,"
	    " 'install', 'success', 77, x'01')",
	"INSERT INTO bpps VALUES (1, '89490000000000000001', 'o1', " OLD_EID
	    ", zeroblob(20), zeroblob(65), zeroblob(65), zeroblob(32),"
	    " x'01', x'02', 1)",
};

/*
 * What was issued stays issued, also where its sessions have gone long ago;
 * rows keep their numbers.
 */
void
migrate_keeps(void)
{
	struct place	 p;
	struct buf	 b = {0};
	size_t		 i;

	place_make(&p);
	CU_ASSERT_EQUAL(visit(p.path, migrations, 1, NULL), 0);
	for (i = 0; i < NELEM(old_rows); i++)
		db_ask(p.path, old_rows[i], &b);
	CU_ASSERT_EQUAL(visit(p.path, migrations, migrations_n, NULL), 0);
	db_ask(p.path, "SELECT id || ' ' || coalesce(sent_tid, '-')"
	    " FROM orders ORDER BY id", &b);
	db_ask(p.path, "SELECT id || action || tid FROM audit ORDER BY id",
	    &b);
	db_ask(p.path, "SELECT id || event || raw_sum FROM notifications",
	    &b);
	db_ask(p.path, "SELECT iccid || ' ' || b.order_id FROM bpps b"
	    " JOIN profiles ON profile = seq", &b);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "o1 ab\no2 bb\no3 -\n"
	    "7order.bounda0\n8order.boundba\n9order.boundbb\n"
	    "11profile.installedbb\n12session.authenticatedca\n"
	    "5install77\n89490000000000000001 o1\n");
	buf_free(&b);
	place_remove(&p);
}
