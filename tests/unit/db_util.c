/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db_util.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void
must(int r, const char *what)
{
	if (r == 0)
		return;
	fprintf(stderr, "%s: %s\n", what, err_text(r));
	abort();
}

void
place_make(struct place *p)
{
	const char	*tmp = getenv("TMPDIR");

	snprintf(p->dir, sizeof(p->dir), "%.40s/unit_db.XXXXXX",
	    tmp == NULL ? "/tmp" : tmp);
	must(mkdtemp(p->dir) == NULL, "mkdtemp");
	snprintf(p->path, sizeof(p->path), "%s/t.db", p->dir);
}

void
place_remove(struct place *p)
{
	static const char *const suffix[] = { "", "-wal", "-shm", "-journal",
	    ".lock" };
	char	 path[100];
	size_t	 i;

	for (i = 0; i < NELEM(suffix); i++) {
		snprintf(path, sizeof(path), "%s%s", p->path, suffix[i]);
		unlink(path);
	}
	CU_ASSERT_EQUAL(rmdir(p->dir), 0);
}

struct store *
db_fresh(struct place *p, const struct driver *drv)
{
	struct store	*s;
	struct why	 why = {""};

	place_make(p);
	must(store_open_with(drv, p->path, true, migrations, migrations_n, &s,
	    &why), why.text);
	return s;
}

void
db_gone(struct place *p, struct store *s)
{
	store_close(s);
	place_remove(p);
}

void
iccid_n(int n, char out[ICCID_TEXT])
{
	snprintf(out, ICCID_TEXT, "894900000000%08d", n);
}

void
eid_n(int n, char out[EID_TEXT])
{
	snprintf(out, EID_TEXT, "890490320000000000000000%08d", n);
}

void
id_n(char kind, int n, char out[ROW_ID_TEXT])
{
	snprintf(out, ROW_ID_TEXT, "%c%031d", kind, n);
}

static int
type_write(struct db *db, void *arg)
{
	struct ptype	 t = { .name = "t", .icon_type = -1 };
	struct body	 b = { .is_template = true, .index = { 1 } };
	int		 r;

	(void)arg;
	id_n('b', 1, b.id);
	buf_add_str(&b.sealed, "sealed template");
	if ((r = store_type_add(db, T, &t)) == 0)
		r = store_body_add(db, T, &b);
	buf_free(&b.sealed);
	return r;
}

void
seed_type(struct store *s)
{
	must(store_write(s, STORE_RELAXED, type_write, NULL), "seed_type");
}

struct span {
	int	from, n;
};

static int
profiles_write(struct db *db, void *arg)
{
	struct span	*span = arg;
	struct profile	 p = { .type = "t" };
	int		 i, r = 0;

	id_n('b', 1, p.body);
	buf_add_str(&p.values, "sealed values");
	for (i = 0; i < span->n && r == 0; i++) {
		iccid_n(span->from + i, p.iccid);
		r = store_profile_add(db, T, &p, 1000 + i);
	}
	profile_free(&p);
	return r;
}

void
seed_profiles(struct store *s, int from, int n)
{
	struct span	 span = { from, n };

	must(store_write(s, STORE_RELAXED, profiles_write, &span),
	    "seed_profiles");
}

void
order_fill(struct order *o, int n)
{
	*o = (struct order){ .lock = LOCK_TOFU, .max_downloads = 3,
	    .max_cc = 3, .created = 2000 + n, .subject = "someone" };
	id_n('o', n, o->id);
	iccid_n(n, o->iccid);
	buf_add_str(&o->mid, "sealed matching id");
	buf_add_str(&o->cc, "sealed code");
	snprintf((char *)o->mid_index, sizeof(o->mid_index), "index %d", n);
}

static int
order_write(struct db *db, void *arg)
{
	struct order	*o = arg;
	int		 r;

	if ((r = store_profile_event(db, T, o->iccid, LIFE_ORDER, 3000)) != 0 ||
	    (r = store_order_add(db, T, o)) != 0 ||
	    (r = store_profile_link(db, T, o->iccid, o->id, NULL)) != 0)
		return r;
	return store_profile_event(db, T, o->iccid, LIFE_RELEASE, 3001);
}

void
seed_order(struct store *s, int n)
{
	struct order	 o;

	order_fill(&o, n);
	must(store_write(s, STORE_RELAXED, order_write, &o), "seed_order");
	order_free(&o);
}

struct move {
	const char	*iccid;
	enum life_event	 e;
};

static int
move_write(struct db *db, void *arg)
{
	struct move	*m = arg;

	return store_profile_event(db, T, m->iccid, m->e, 4000);
}

int
event_write(struct store *s, const char *iccid, enum life_event e)
{
	struct move	 m = { iccid, e };

	return store_write(s, STORE_RELAXED, move_write, &m);
}

static sqlite3 *
db_raw(const char *path)
{
	sqlite3	*h;

	must(sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL), path);
	sqlite3_busy_timeout(h, 5000);
	return h;
}

static void
dump_column(sqlite3_stmt *st, int i, struct buf *out)
{
	int	 n = sqlite3_column_bytes(st, i);

	buf_addf(out, "%d:", sqlite3_column_type(st, i));
	if (n > 0)
		buf_add(out, sqlite3_column_blob(st, i), (size_t)n);
	buf_add_u8(out, '|');
}

static void
dump_query(sqlite3 *h, const char *sql, struct buf *out)
{
	sqlite3_stmt	*st;
	int		 i, rc;

	must(sqlite3_prepare_v2(h, sql, -1, &st, NULL), sql);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
		for (i = 0; i < sqlite3_column_count(st); i++)
			dump_column(st, i, out);
		buf_add_u8(out, '\n');
	}
	must(rc != SQLITE_DONE, sql);
	sqlite3_finalize(st);
}

void
db_dump(const char *path, struct buf *out)
{
	sqlite3		*h = db_raw(path);
	sqlite3_stmt	*st;
	char		 sql[100];

	must(sqlite3_prepare_v2(h, "SELECT name FROM sqlite_master"
	    " WHERE type = 'table' ORDER BY name", -1, &st, NULL), "tables");
	while (sqlite3_step(st) == SQLITE_ROW) {
		snprintf(sql, sizeof(sql), "SELECT * FROM %s ORDER BY rowid",
		    sqlite3_column_text(st, 0));
		buf_addf(out, "%s\n", sqlite3_column_text(st, 0));
		dump_query(h, sql, out);
	}
	sqlite3_finalize(st);
	sqlite3_close(h);
}

void
db_ask(const char *path, const char *sql, struct buf *out)
{
	sqlite3		*h = db_raw(path);
	sqlite3_stmt	*st;

	must(sqlite3_prepare_v2(h, sql, -1, &st, NULL), sql);
	while (sqlite3_step(st) == SQLITE_ROW)
		buf_addf(out, "%s\n", sqlite3_column_text(st, 0));
	must(sqlite3_finalize(st), sql);
	sqlite3_close(h);
}
