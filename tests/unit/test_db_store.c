/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, locking, settings, copies; and rows that are not what we wrote. */
#include <sys/stat.h>

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/row.h"
#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

/* A file that is not there, a second daemon, the same one again. */
void
store_opening(void)
{
	struct place	 p;
	struct store	*s, *second;
	struct why	 why;
	struct stat	 st;

	place_make(&p);
	CU_ASSERT_EQUAL(store_open(p.path, false, &s, &why), DPE_NOTFOUND);
	CU_ASSERT_PTR_NULL(s);
	CU_ASSERT_EQUAL_FATAL(store_open(p.path, true, &s, &why), 0);
	CU_ASSERT_EQUAL(stat(p.path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 077, 0);
	CU_ASSERT_EQUAL(store_open(p.path, true, &second, &why), DPE_BUSY);
	CU_ASSERT_PTR_NULL(second);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, p.path));
	store_close(s);
	CU_ASSERT_EQUAL_FATAL(store_open(p.path, false, &s, &why), 0);
	store_close(s);
	CU_ASSERT_EQUAL(store_open("/nonexistent/x.db", true, &s, &why),
	    DPE_IO);
	place_remove(&p);
}

static int
touch_nothing(struct db *db, void *arg)
{
	(void)db;
	(void)arg;
	return 0;
}

/*
 * Two stores under one lock, as of two workers: each writes, and the lock is
 * free when the last descriptor of it is closed.
 */
void
store_two_workers(void)
{
	struct place	 p;
	struct store	*s, *one, *two;
	struct why	 why;
	int		 lock, again;

	place_make(&p);
	CU_ASSERT_EQUAL_FATAL(store_open(p.path, true, &s, &why), 0);
	store_close(s);
	CU_ASSERT_EQUAL_FATAL(store_lock(p.path, &lock, &why), 0);
	CU_ASSERT_EQUAL(store_open_locked(p.path, dup(lock), &one, &why), 0);
	CU_ASSERT_EQUAL(store_open_locked(p.path, dup(lock), &two, &why), 0);
	close(lock);
	CU_ASSERT_EQUAL(store_write(one, STORE_DURABLE, touch_nothing, NULL),
	    0);
	CU_ASSERT_EQUAL(store_write(two, STORE_DURABLE, touch_nothing, NULL),
	    0);
	store_close(one);
	CU_ASSERT_EQUAL(store_write(two, STORE_DURABLE, touch_nothing, NULL),
	    0);
	CU_ASSERT_EQUAL(store_lock(p.path, &again, &why), DPE_BUSY);
	CU_ASSERT_EQUAL(again, -1);
	store_close(two);
	CU_ASSERT_EQUAL(store_lock(p.path, &again, &why), 0);
	close(again);
	place_remove(&p);
}

/* Another program's database, or no database at all, is left alone. */
void
store_not_ours(void)
{
	struct place	 p;
	struct store	*s;
	struct why	 why;
	struct buf	 b = {0}, c = {0};
	sqlite3		*h;
	FILE		*f;

	place_make(&p);
	CU_ASSERT_EQUAL_FATAL(sqlite3_open(p.path, &h), SQLITE_OK);
	CU_ASSERT_EQUAL(sqlite3_exec(h, "CREATE TABLE x (y)", NULL, NULL,
	    NULL), SQLITE_OK);
	sqlite3_close(h);
	db_dump(p.path, &b);
	CU_ASSERT_EQUAL(store_open(p.path, true, &s, &why), DPE_DB);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "not a database of smdpd"));
	db_dump(p.path, &c);
	unit_same("dump", buf_slice(&c), buf_slice(&b));
	CU_ASSERT_PTR_NOT_NULL_FATAL(f = fopen(p.path, "w"));
	for (size_t i = 0; i < 2000; i++)
		fputs("not at all ", f);
	fclose(f);
	CU_ASSERT_EQUAL(store_open(p.path, false, &s, &why), DPE_DB);
	buf_free(&b);
	buf_free(&c);
	place_remove(&p);
}

static void
pragma_is(struct db *db, const char *sql, const char *want)
{
	struct stmt	 q = { "pragma", sql };
	struct row	*row;
	char		 got[32];

	CU_ASSERT_EQUAL_FATAL(db_get(db, &q, &row, ""), 0);
	if (row->v[0].kind == VALUE_INT)
		snprintf(got, sizeof(got), "%d", (int)row->v[0].i);
	else
		row_text(row, 0, got, sizeof(got));
	if (strcmp(got, want) != 0)
		printf("# %s: %s, not %s\n", sql, got, want);
	CU_ASSERT_STRING_EQUAL(got, want);
	row_free(row);
	db->conn->drv->finish(db->entry[--db->n].prep);
}

static int
writer_pragmas(struct db *db, void *arg)
{
	(void)arg;
	pragma_is(db, "PRAGMA journal_mode", "wal");
	pragma_is(db, "PRAGMA synchronous", "2");
	pragma_is(db, "PRAGMA foreign_keys", "1");
	pragma_is(db, "PRAGMA secure_delete", "1");
	pragma_is(db, "PRAGMA busy_timeout", "5000");
	pragma_is(db, "PRAGMA wal_autocheckpoint", "1000");
	pragma_is(db, "PRAGMA journal_size_limit", "8388608");
	pragma_is(db, "PRAGMA trusted_schema", "0");
	return 0;
}

static int
try_write(struct db *db)
{
	static const struct stmt q = { "try_write",
	    "INSERT INTO tenants (id, name) VALUES (9, 'nine')" };

	return db_run(db, &q, "");
}

/* The settings that both kinds of handle stand at; readers cannot write. */
void
store_settings(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	int64_t		 n;

	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, writer_pragmas, NULL),
	    0);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	pragma_is(rd, "PRAGMA query_only", "1");
	pragma_is(rd, "PRAGMA journal_mode", "wal");
	pragma_is(rd, "PRAGMA busy_timeout", "5000");
	CU_ASSERT_EQUAL(try_write(rd), DPE_DB);
	CU_ASSERT_EQUAL(store_version(rd, &n), 0);
	CU_ASSERT_EQUAL(n, (int64_t)migrations_n);
	CU_ASSERT_EQUAL(store_size(rd, &n), 0);
	CU_ASSERT(n > 4096 && n % 4096 == 0);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* A PRAGMA that does not take (the file is held, so no WAL) stops the start. */
void
store_wrong_setting(void)
{
	struct place	 p;
	struct store	*s;
	struct why	 why;
	sqlite3		*h;

	place_make(&p);
	CU_ASSERT_EQUAL_FATAL(sqlite3_open(p.path, &h), SQLITE_OK);
	CU_ASSERT_EQUAL(sqlite3_exec(h, "PRAGMA application_id = 1936548976;"
	    "CREATE TABLE x (y); BEGIN; SELECT * FROM x", NULL, NULL, NULL),
	    SQLITE_OK);
	CU_ASSERT_EQUAL(store_open(p.path, false, &s, &why), DPE_DB);
	CU_ASSERT_PTR_NULL(s);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "journal_mode"));
	sqlite3_close(h);
	place_remove(&p);
}

static int
stop_at_once(void *arg, const struct profile *p)
{
	(void)arg;
	(void)p;
	return 42;
}

/*
 * What is committed is seen at once by a handle that was open before, also
 * after a list that was not read to its end.
 */
void
store_reader_sees(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct profile_filter	 f = { .state = -1 };
	struct ptype	 t;
	struct db	*rd;
	int64_t		 count[LIFE_STATES];

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_type_get(rd, T, "t", &t), DPE_NOTFOUND);
	seed_type(s);
	CU_ASSERT_EQUAL(store_type_get(rd, T, "t", &t), 0);
	seed_profiles(s, 1, 3);
	CU_ASSERT_EQUAL(store_profile_each(rd, T, &f, stop_at_once, NULL),
	    42);
	seed_profiles(s, 4, 1);
	CU_ASSERT_EQUAL(store_profile_count(rd, T, count), 0);
	CU_ASSERT_EQUAL(count[LIFE_AVAILABLE], 4);
	store_reader_free(rd);
	db_gone(&p, s);
}

void
store_backups(void)
{
	struct place	 p, q;
	struct store	*s = db_fresh(&p, &driver_sqlite), *copy;
	struct buf	 a = {0}, b = {0};
	struct why	 why;
	struct stat	 st;

	seed_type(s);
	seed_profiles(s, 1, 50);
	place_make(&q);
	CU_ASSERT_EQUAL(store_backup(s, q.path, &why), 0);
	CU_ASSERT_EQUAL(stat(q.path, &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 077, 0);
	CU_ASSERT_EQUAL(store_backup(s, q.path, &why), DPE_DB);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "exists"));
	db_dump(p.path, &a);
	db_dump(q.path, &b);
	unit_same("copy", buf_slice(&b), buf_slice(&a));
	CU_ASSERT_EQUAL_FATAL(store_open(q.path, false, &copy, &why), 0);
	seed_profiles(copy, 51, 1);
	store_close(copy);
	place_remove(&q);
	buf_free(&a);
	buf_free(&b);
	db_gone(&p, s);
}

/* One callback deep inside another, with the same query. */
static int
inner_count(void *arg, const struct ptype *t)
{
	int	*n = arg;

	(void)t;
	++*n;
	return 0;
}

struct nest {
	struct db	*db;
	int		 n;
};

static int
outer_count(void *arg, const struct ptype *t)
{
	struct nest	*nest = arg;

	(void)t;
	return store_type_each(nest->db, T, inner_count, &nest->n);
}

void
store_nested_query(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct nest	 nest = {0};

	seed_type(s);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &nest.db), 0);
	CU_ASSERT_EQUAL(store_type_each(nest.db, T, outer_count, &nest), 0);
	CU_ASSERT_EQUAL(nest.n, 1);
	store_reader_free(nest.db);
	db_gone(&p, s);
}

/* Spoil one column of order 1 past all checks; can it still be read? */
static int
spoiled(struct store *s, struct db *rd, const char *sql)
{
	struct order	 o;
	sqlite3		*h;
	char		 id[ROW_ID_TEXT];
	int		 r;

	id_n('o', 1, id);
	CU_ASSERT_EQUAL_FATAL(sqlite3_open(s->path, &h), SQLITE_OK);
	CU_ASSERT_EQUAL(sqlite3_exec(h, "PRAGMA ignore_check_constraints = ON",
	    NULL, NULL, NULL), SQLITE_OK);
	CU_ASSERT_EQUAL(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
	r = store_order_get(rd, T, id, &o);
	CU_ASSERT_EQUAL(o.mid.len, 0);		/* freed already */
	CU_ASSERT_EQUAL(sqlite3_exec(h, "UPDATE orders SET subject = '',"
	    " mid_index = zeroblob(32), lock = 'tofu', eid = NULL", NULL, NULL,
	    NULL), SQLITE_OK);
	sqlite3_close(h);
	return r;
}

/* What does not fit its place is an error, not a cut or overrun value. */
void
store_spoiled_rows(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct order	 o;
	struct db	*rd;
	char		 id[ROW_ID_TEXT];

	seed_type(s);
	seed_profiles(s, 1, 1);
	seed_order(s, 1);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(spoiled(s, rd, "UPDATE orders SET subject ="
	    " printf('%.*c', 201, 'x')"), DPE_DB);
	CU_ASSERT_EQUAL(spoiled(s, rd, "UPDATE orders SET subject ="
	    " 'a' || char(0) || 'b'"), DPE_DB);
	CU_ASSERT_EQUAL(spoiled(s, rd, "UPDATE orders SET mid_index ="
	    " zeroblob(31)"), DPE_DB);
	CU_ASSERT_EQUAL(spoiled(s, rd, "UPDATE orders SET lock = 'none'"),
	    DPE_DB);
	CU_ASSERT_EQUAL(spoiled(s, rd, "UPDATE orders SET eid ="
	    " '890490320000000000000000000000011'"), DPE_DB);
	id_n('o', 1, id);
	CU_ASSERT_EQUAL(store_order_get(rd, T, id, &o), 0);
	order_free(&o);
	store_reader_free(rd);
	db_gone(&p, s);
}
