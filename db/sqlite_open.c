/* SPDX-License-Identifier: Apache-2.0 */
/* The SQLite driver: opening a file and setting it up, and copying it. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/sqlite.h"

/* "smdp" in the file's header. */
#define APP_ID		1936548976
#define BUSY_MS		5000	/* for the writer of another worker */
#define TEXT_OF(n)	#n
#define NUMBER_TEXT(n)	TEXT_OF(n)

struct pragma {
	const char	*name;
	const char	*set;		/* as it is written */
	const char	*want;		/* as it reads back */
	bool		 read_only_too;
};

static const struct pragma pragmas[] = {
	{ "journal_mode", "WAL", "wal", false },
	{ "busy_timeout", NUMBER_TEXT(BUSY_MS), NUMBER_TEXT(BUSY_MS), true },
	{ "trusted_schema", "OFF", "0", true },
	{ "temp_store", "MEMORY", "2", true },
	{ "cell_size_check", "ON", "1", true },
	{ "synchronous", "FULL", "2", false },
	{ "foreign_keys", "ON", "1", false },
	{ "secure_delete", "ON", "1", false },
	{ "wal_autocheckpoint", "1000", "1000", false },
	{ "journal_size_limit", "8388608", "8388608", false },
	{ "cache_size", "-8192", "-8192", false },
};

static pthread_once_t configured = PTHREAD_ONCE_INIT;

/* The first column of the first row as text. */
static int
first_text(sqlite3 *h, const char *sql, char *out, size_t size)
{
	sqlite3_stmt	*st = NULL;
	const char	*s;
	int		 r = -1;

	if (sqlite3_prepare_v2(h, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW &&
	    (s = (const char *)sqlite3_column_text(st, 0)) != NULL &&
	    snprintf(out, size, "%s", s) < (int)size)
		r = 0;
	sqlite3_finalize(st);
	return r;
}

int
sqlite_number(sqlite3 *h, const char *sql, int64_t *out)
{
	char	 text[24];

	if (first_text(h, sql, text, sizeof(text)) != 0)
		return -1;
	*out = strtoll(text, NULL, 10);
	return 0;
}

static int
pragma_set(sqlite3 *h, const struct pragma *p, struct why *why)
{
	char	 sql[80], got[24] = "";

	snprintf(sql, sizeof(sql), "PRAGMA %s = %s", p->name, p->set);
	if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK)
		return why_set(why, DPE_DB, "%s: %s", sql, sqlite3_errmsg(h));
	snprintf(sql, sizeof(sql), "PRAGMA %s", p->name);
	if (first_text(h, sql, got, sizeof(got)) != 0 ||
	    strcmp(got, p->want) != 0)
		return why_set(why, DPE_DB, "%s is '%s' instead of '%s'", sql,
		    got, p->want);
	return 0;
}

static int
setup(sqlite3 *h, bool read_only, struct why *why)
{
	/* A reader's pages are of no use after the next commit. */
	static const struct pragma reader[] = {
		{ "cache_size", "-512", "-512", true },
		{ "query_only", "ON", "1", true },
	};
	size_t	 i;
	int	 r;

	for (i = 0; i < NELEM(pragmas); i++)
		if ((pragmas[i].read_only_too || !read_only) &&
		    (r = pragma_set(h, &pragmas[i], why)) != 0)
			return r;
	for (i = 0; read_only && i < NELEM(reader); i++)
		if ((r = pragma_set(h, &reader[i], why)) != 0)
			return r;
	return 0;
}

/* Ours, or empty and then made ours: never write into another's database. */
static int
claim(sqlite3 *h, const char *path, bool read_only, struct why *why)
{
	static const struct pragma id = { "application_id",
	    NUMBER_TEXT(APP_ID), NUMBER_TEXT(APP_ID), false };
	int64_t	 have, tables;

	if (sqlite_number(h, "PRAGMA application_id", &have) != 0 ||
	    sqlite_number(h, "SELECT count(*) FROM sqlite_master",
	    &tables) != 0)
		return why_set(why, DPE_DB, "%s: %s", path, sqlite3_errmsg(h));
	if (have == APP_ID)
		return 0;
	if (have != 0 || tables != 0 || read_only)
		return why_set(why, DPE_DB, "%s: not a database of smdpd",
		    path);
	return pragma_set(h, &id, why);
}

/*
 * The WAL and its index inherit the file's mode: nobody else reads them.
 * close() drops SQLite's locks on a file that this process has open already;
 * the store has its own lock by now, and a copy is always a new file.
 */
static int
file_make(const char *path, bool excl, struct why *why)
{
	int	 fd, e;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (excl ? O_EXCL : 0),
	    0600);
	if (fd >= 0) {
		close(fd);
		return 0;
	}
	e = errno;
	return why_set(why, e == EEXIST ? DPE_EXISTS : DPE_IO, "%s: %s", path,
	    strerror(e));
}

/* Memory statistics take one lock for all threads at every allocation. */
static void
configure(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int
sqlite_open(const char *path, enum driver_mode mode, struct conn **out,
    struct why *why)
{
	struct sqlite_conn	*s;
	bool			 read_only = mode == DRIVER_READ;
	int			 r;

	*out = NULL;
	pthread_once(&configured, configure);
	if (mode == DRIVER_CREATE && (r = file_make(path, false, why)) != 0)
		return r;
	if (mode != DRIVER_CREATE && access(path, F_OK) != 0)
		return why_set(why, DPE_NOTFOUND, "%s: %s", path,
		    strerror(errno));
	s = xcalloc(1, sizeof(*s));
	s->conn.drv = &driver_sqlite;
	s->durable = true;
	r = sqlite3_open_v2(path, &s->h, SQLITE_OPEN_NOMUTEX |
	    (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE), NULL);
	if (r != SQLITE_OK)
		r = why_set(why, DPE_DB, "%s: %s", path, s->h == NULL ?
		    "out of memory" : sqlite3_errmsg(s->h));
	else {
		/* Another worker may be closing it: wait from the first look. */
		sqlite3_busy_timeout(s->h, BUSY_MS);
		if ((r = claim(s->h, path, read_only, why)) == 0)
			r = setup(s->h, read_only, why);
	}
	if (r != 0) {
		sqlite_close(&s->conn);
		return r;
	}
	sqlite3_extended_result_codes(s->h, 1);
	*out = &s->conn;
	return 0;
}

void
sqlite_close(struct conn *c)
{
	struct sqlite_conn	*s = (struct sqlite_conn *)c;
	int			 i;

	for (i = 0; i < OWN_COUNT; i++)
		sqlite3_finalize(s->own[i]);
	sqlite3_close_v2(s->h);
	free(s);
}

/* All pages in one step, under one snapshot: no writer makes it begin anew. */
static int
copy(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup	*b;
	int		 rc;

	if ((b = sqlite3_backup_init(to, "main", from, "main")) == NULL)
		return -1;
	rc = sqlite3_backup_step(b, -1);
	sqlite3_backup_finish(b);
	return rc == SQLITE_DONE ? 0 : -1;
}

int
sqlite_backup(struct conn *c, const char *to)
{
	struct sqlite_conn	*s = (struct sqlite_conn *)c;
	sqlite3			*h = NULL;
	int			 r;

	if (file_make(to, true, &s->failure) != 0) {
		s->failed = true;
		return -1;
	}
	r = sqlite3_open_v2(to, &h, SQLITE_OPEN_READWRITE, NULL);
	if (r != SQLITE_OK || copy(s->h, h) != 0) {
		why_set(&s->failure, 0, "%s: %s", to, sqlite3_errmsg(h));
		s->failed = true;
		unlink(to);
	}
	sqlite3_close_v2(h);
	return s->failed ? -1 : 0;
}
