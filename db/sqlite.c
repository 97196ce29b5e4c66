/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver: statements and transactions. */
#include "db/sqlite.h"

#include <stdio.h>
#include <stdlib.h>

/* Commits between two looks at the WAL, and the size that is too much. */
#define WAL_LOOK	256
#define WAL_MUCH	(32 << 20)

struct sqlite_prep {
	struct prep	 prep;
	sqlite3_stmt	*st;
	int		 index[DRIVER_PARAMS + 1];	/* SQLite's, of $n */
};

static sqlite3 *
handle(struct conn *c)
{
	return ((struct sqlite_conn *)c)->h;
}

static int
sqlite_script(struct conn *c, const char *sql)
{
	return sqlite3_exec(handle(c), sql, NULL, NULL, NULL) == SQLITE_OK ?
	    0 : -1;
}

static int
sqlite_own(struct conn *c, enum sqlite_own which)
{
	static const char *const sql[] = {
		[OWN_BEGIN] = "BEGIN IMMEDIATE",
		[OWN_SNAPSHOT] = "BEGIN",
		[OWN_COMMIT] = "COMMIT",
		[OWN_ROLLBACK] = "ROLLBACK",
	};
	struct sqlite_conn	*s = (struct sqlite_conn *)c;
	sqlite3_stmt		**st = &s->own[which];

	if (*st == NULL && sqlite3_prepare_v3(s->h, sql[which], -1,
	    SQLITE_PREPARE_PERSISTENT, st, NULL) != SQLITE_OK)
		return -1;
	sqlite3_step(*st);
	return sqlite3_reset(*st) == SQLITE_OK ? 0 : -1;
}

/* SQLite numbers $n by order of appearance, so each is looked up by name. */
static int
sqlite_prepare(struct conn *c, const char *sql, struct prep **out)
{
	struct sqlite_prep	*p;
	sqlite3_stmt		*st;
	char			 name[16];
	int			 n;

	*out = NULL;
	if (sqlite3_prepare_v3(handle(c), sql, -1, SQLITE_PREPARE_PERSISTENT,
	    &st, NULL) != SQLITE_OK)
		return -1;
	p = xcalloc(1, sizeof(*p));
	p->prep.conn = c;
	p->st = st;
	for (n = 1; n <= DRIVER_PARAMS; n++) {
		snprintf(name, sizeof(name), "$%d", n);
		p->index[n] = sqlite3_bind_parameter_index(st, name);
		if (p->index[n] != 0)
			p->prep.params = n;
	}
	*out = &p->prep;
	return 0;
}

static int
sqlite_bind(struct prep *prep, int n, const struct value *v)
{
	struct sqlite_prep	*p = (struct sqlite_prep *)prep;
	int			 at = p->index[n], rc = SQLITE_OK;

	if (at == 0)
		return 0;
	switch (v->kind) {
	case VALUE_NULL:
		rc = sqlite3_bind_null(p->st, at);
		break;
	case VALUE_INT:
		rc = sqlite3_bind_int64(p->st, at, v->i);
		break;
	case VALUE_TEXT:
		rc = sqlite3_bind_text64(p->st, at, (const char *)v->s.p,
		    v->s.len, SQLITE_STATIC, SQLITE_UTF8);
		break;
	case VALUE_BLOB:
		rc = sqlite3_bind_blob64(p->st, at, v->s.p, v->s.len,
		    SQLITE_STATIC);
		break;
	}
	return rc == SQLITE_OK ? 0 : -1;
}

static void
column(sqlite3_stmt *st, int i, struct value *v)
{
	*v = (struct value){ .kind = VALUE_NULL };
	switch (sqlite3_column_type(st, i)) {
	case SQLITE_INTEGER:
		v->kind = VALUE_INT;
		v->i = sqlite3_column_int64(st, i);
		break;
	case SQLITE_TEXT:
		v->kind = VALUE_TEXT;
		v->s.p = sqlite3_column_text(st, i);
		v->s.len = (size_t)sqlite3_column_bytes(st, i);
		break;
	case SQLITE_BLOB:
		v->kind = VALUE_BLOB;
		v->s.p = sqlite3_column_blob(st, i);
		v->s.len = (size_t)sqlite3_column_bytes(st, i);
		break;
	}
}

static int
sqlite_step(struct prep *prep, struct value *cols, int *n)
{
	sqlite3_stmt	*st = ((struct sqlite_prep *)prep)->st;
	int		 i, rc;

	if ((rc = sqlite3_step(st)) == SQLITE_DONE)
		return 0;
	if (rc != SQLITE_ROW || (*n = sqlite3_column_count(st)) >
	    DRIVER_COLUMNS)
		return -1;
	for (i = 0; i < *n; i++)
		column(st, i, &cols[i]);
	return 1;
}

static int64_t
sqlite_changed(struct prep *prep)
{
	return sqlite3_changes64(handle(prep->conn));
}

static int64_t
sqlite_total(struct conn *c)
{
	return sqlite3_total_changes64(handle(c));
}

static void
sqlite_reset(struct prep *prep)
{
	sqlite3_stmt	*st = ((struct sqlite_prep *)prep)->st;

	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

static void
sqlite_finish(struct prep *prep)
{
	if (prep == NULL)
		return;
	sqlite3_finalize(((struct sqlite_prep *)prep)->st);
	free(prep);
}

/* `synchronous` cannot be changed inside a transaction, only before it. */
static int
sqlite_begin(struct conn *c, bool durable)
{
	struct sqlite_conn	*s = (struct sqlite_conn *)c;

	if (durable != s->durable) {
		if (sqlite_script(c, durable ? "PRAGMA synchronous = FULL" :
		    "PRAGMA synchronous = NORMAL") != 0)
			return -1;
		s->durable = durable;
	}
	return sqlite_own(c, OWN_BEGIN);
}

/*
 * The automatic checkpoint gives way to readers, so that under steady load the
 * WAL might never be begun anew.  When it has become large, wait for them.
 */
static void
wal_bound(struct sqlite_conn *s)
{
	sqlite3_file	*wal = NULL;
	sqlite3_int64	 size = 0;

	if (++s->commits % WAL_LOOK != 0)
		return;
	if (sqlite3_file_control(s->h, "main", SQLITE_FCNTL_JOURNAL_POINTER,
	    &wal) == SQLITE_OK && wal != NULL && wal->pMethods != NULL &&
	    wal->pMethods->xFileSize(wal, &size) == SQLITE_OK &&
	    size > WAL_MUCH)
		sqlite3_wal_checkpoint_v2(s->h, NULL,
		    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

static int
sqlite_commit(struct conn *c)
{
	if (sqlite_own(c, OWN_COMMIT) != 0)
		return -1;
	wal_bound((struct sqlite_conn *)c);
	return 0;
}

/* None open any more (SQLite rolled back by itself) is what was wanted. */
static int
sqlite_rollback(struct conn *c)
{
	if (sqlite3_get_autocommit(handle(c)))
		return 0;
	return sqlite_own(c, OWN_ROLLBACK);
}

static int
sqlite_snapshot(struct conn *c, bool begin)
{
	if (begin)
		return sqlite_own(c, OWN_SNAPSHOT);
	if (sqlite3_get_autocommit(handle(c)) ||
	    sqlite_own(c, OWN_COMMIT) == 0)
		return 0;
	return sqlite_own(c, OWN_ROLLBACK);
}

static int
sqlite_error(struct conn *c, struct why *why)
{
	struct sqlite_conn	*s = (struct sqlite_conn *)c;
	int			 rc = sqlite3_extended_errcode(s->h);

	if (s->failed) {
		s->failed = false;
		return why_set(why, DPE_DB, "%s", s->failure.text);
	}
	why_set(why, 0, "%s (%d)", sqlite3_errmsg(s->h), rc);
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return DPE_EXISTS;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return DPE_NOTFOUND;
	}
	switch (rc & 0xff) {
	case SQLITE_CONSTRAINT:
		return DPE_RANGE;
	case SQLITE_BUSY:
		return DPE_BUSY;
	}
	return DPE_DB;
}

static int
sqlite_size(struct conn *c, int64_t *bytes)
{
	int64_t	 pages, each;

	if (sqlite_number(handle(c), "PRAGMA page_count", &pages) != 0 ||
	    sqlite_number(handle(c), "PRAGMA page_size", &each) != 0)
		return -1;
	*bytes = pages * each;
	return 0;
}

const struct driver	driver_sqlite = {
	.open = sqlite_open,
	.close = sqlite_close,
	.script = sqlite_script,
	.prepare = sqlite_prepare,
	.bind = sqlite_bind,
	.step = sqlite_step,
	.changed = sqlite_changed,
	.total = sqlite_total,
	.reset = sqlite_reset,
	.finish = sqlite_finish,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.snapshot = sqlite_snapshot,
	.error = sqlite_error,
	.size = sqlite_size,
	.backup = sqlite_backup,
};
