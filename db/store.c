/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store.h"

#include <sys/file.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/store_priv.h"

/*
 * The lock file stays: removing it would let two daemons lock two files of
 * the same name.  The kernel drops the lock with the process.
 */
int
store_lock(const char *of, int *lock_fd, struct why *why)
{
	struct buf	 path = {0};
	int		 fd, r = 0;

	*lock_fd = -1;
	buf_addf(&path, "%s.lock", of);
	fd = open(buf_cstr(&path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		r = why_set(why, DPE_IO, "%s: %s", buf_cstr(&path),
		    strerror(errno));
	else if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		r = errno == EWOULDBLOCK ?
		    why_set(why, DPE_BUSY, "%s: in use by another process",
		    of) : why_set(why, DPE_IO, "%s: %s", buf_cstr(&path),
		    strerror(errno));
	buf_free(&path);
	if (r == 0)
		*lock_fd = fd;
	else if (fd >= 0)
		close(fd);
	return r;
}

/* Under a lock that is taken over. */
static int
store_make(const struct driver *drv, const char *path, enum driver_mode mode,
    const struct migration *tab, size_t n, int lock_fd, struct store **out,
    struct why *why)
{
	struct store	*s = xcalloc(1, sizeof(*s));
	int		 r;

	*out = NULL;
	s->drv = drv;
	s->path = xstrdup(path);
	s->lock_fd = lock_fd;
	pthread_mutex_init(&s->mutex, NULL);
	pthread_cond_init(&s->wake, NULL);
	if ((r = db_open(drv, path, mode, &s->db, why)) != 0 ||
	    (r = migrate(s->db, tab, n, why)) != 0 ||
	    (r = writer_start(s, why)) != 0) {
		store_close(s);
		return r;
	}
	*out = s;
	return 0;
}

int
store_open_with(const struct driver *drv, const char *path, bool create,
    const struct migration *tab, size_t n, struct store **out,
    struct why *why)
{
	int	 lock_fd, r;

	*out = NULL;
	if (!create && access(path, F_OK) != 0)
		return why_set(why, DPE_NOTFOUND, "%s: %s", path,
		    strerror(errno));
	if ((r = store_lock(path, &lock_fd, why)) != 0)
		return r;
	return store_make(drv, path, create ? DRIVER_CREATE : DRIVER_WRITE,
	    tab, n, lock_fd, out, why);
}

int
store_open(const char *path, bool create, struct store **out, struct why *why)
{
	return store_open_with(&driver_sqlite, path, create, migrations,
	    migrations_n, out, why);
}

int
store_open_locked(const char *path, int lock_fd, struct store **out,
    struct why *why)
{
	return store_make(&driver_sqlite, path, DRIVER_WRITE, migrations,
	    migrations_n, lock_fd, out, why);
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	writer_stop(s);
	db_close(s->db);
	if (s->lock_fd >= 0)
		close(s->lock_fd);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->mutex);
	free(s->path);
	free(s);
}

int
store_reader(struct store *s, struct db **out)
{
	struct why	 why;

	return db_open(s->drv, s->path, DRIVER_READ, out, &why);
}

void
store_reader_free(struct db *db)
{
	db_close(db);
}

int
store_snapshot(struct db *db)
{
	return db->conn->drv->snapshot(db->conn, true) == 0 ? 0 :
	    db_failed(db->conn, "snapshot");
}

void
store_snapshot_end(struct db *db)
{
	if (db->conn->drv->snapshot(db->conn, false) != 0)
		(void)db_failed(db->conn, "snapshot");
}

int
store_version(struct db *db, int64_t *version)
{
	static const struct stmt get = { "version",
	    "SELECT version FROM schema_version" };
	struct row	*row;
	int		 r;

	*version = 0;
	if ((r = db_get(db, &get, &row, "")) != 0)
		return r;
	row_int(row, 0, version);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_size(struct db *db, int64_t *bytes)
{
	*bytes = 0;
	return db->conn->drv->size(db->conn, bytes) == 0 ? 0 :
	    db_failed(db->conn, "size");
}

int
store_backup(struct store *s, const char *to, struct why *why)
{
	struct db	*db;
	int		 r;

	if ((r = db_open(s->drv, s->path, DRIVER_READ, &db, why)) != 0)
		return r;
	if (s->drv->backup(db->conn, to) != 0)
		r = s->drv->error(db->conn, why);
	db_close(db);
	return r;
}
