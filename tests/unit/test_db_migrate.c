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
