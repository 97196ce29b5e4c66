/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store: who may write, when, and how durably.  Rows and queries are in
 * store_<noun>.h.  Every function of theirs takes a `struct db`: a reader, or
 * the one a store_write() hands to its function, and a tenant.
 */
#ifndef DB_STORE_H
#define DB_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct db;		/* one handle with its prepared statements */
struct store;		/* the database of this process, its writer thread */

#define TENANT_DEFAULT	1

enum store_sync {
	STORE_DURABLE,	/* synced before store_write() returns */
	STORE_RELAXED	/* committed; may be lost in a power cut */
};

/*
 * Open the database file (create: make it if it is not there), set the PRAGMAs
 * and read them back, bring the schema up to date, start the writer.
 * DPE_NOTFOUND: no file.  DPE_BUSY: another process has it (PATH.lock).
 * DPE_UNSUPPORTED: it is of a newer program.
 */
MUST_CHECK int	store_open(const char *path, bool create, struct store **out,
		    struct why *why);
/*
 * The same in two steps, for processes that follow each other on one database
 * and are there at the same time for a while: the lock is taken once (DPE_BUSY
 * as above; the caller closes it) and held for as long as one of them, or of
 * their children, has the descriptor.  store_open_locked() takes it over.
 */
MUST_CHECK int	store_lock(const char *path, int *lock_fd, struct why *why);
MUST_CHECK int	store_open_locked(const char *path, int lock_fd,
		    struct store **out, struct why *why);
void		store_close(struct store *s);

/* A read-only handle for one thread at a time. */
MUST_CHECK int	store_reader(struct store *s, struct db **out);
void		store_reader_free(struct db *db);
/*
 * What a reader reads between these two is of one moment, and costs less than
 * single look-ups.  Not for long, and nothing that waits in between: the WAL
 * cannot begin anew.  Also ended where none was begun.
 */
MUST_CHECK int	store_snapshot(struct db *db);
void		store_snapshot_end(struct db *db);

/*
 * Run fn(db, arg) on the writer thread, with others in one transaction, and
 * wait until that is committed.  What fn returns is returned; of a run that
 * was not 0 nothing stays.  A failed commit is DPE_DB for all of them.
 * fn touches db and arg and nothing else: no network, no signing.  It may be
 * run again when its group had to be rolled back, so it must not change arg
 * in a way that a second run would trip over.
 */
MUST_CHECK int	store_write(struct store *s, enum store_sync sync,
		    int (*fn)(struct db *db, void *arg), void *arg);

/*
 * A consistent copy while the store goes on.  `to` must not exist; it is
 * removed if the copy fails.
 */
MUST_CHECK int	store_backup(struct store *s, const char *to,
		    struct why *why);

/* The schema's version, and the file's size in bytes, for status. */
MUST_CHECK int	store_version(struct db *db, int64_t *version);
MUST_CHECK int	store_size(struct db *db, int64_t *bytes);

#endif
