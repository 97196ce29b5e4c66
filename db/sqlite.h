/* SPDX-License-Identifier: Apache-2.0 */
/* Between the files of the SQLite driver. */
#ifndef DB_SQLITE_H
#define DB_SQLITE_H

#include <sqlite3.h>

#include "db/driver.h"

/* Statements of the driver itself, parsed once. */
enum sqlite_own {
	OWN_BEGIN, OWN_SNAPSHOT, OWN_COMMIT, OWN_ROLLBACK, OWN_COUNT
};

struct sqlite_conn {
	struct conn	 conn;
	sqlite3		*h;
	sqlite3_stmt	*own[OWN_COUNT];
	bool		 durable;	/* what PRAGMA synchronous stands at */
	unsigned	 commits;	/* since the WAL was last looked at */
	bool		 failed;	/* by a check of ours, not by SQLite */
	struct why	 failure;
};

/* The driver's open(): file, PRAGMAs, each read back. */
int	sqlite_open(const char *path, enum driver_mode mode,
	    struct conn **out, struct why *why);
void	sqlite_close(struct conn *c);
int	sqlite_backup(struct conn *c, const char *to);
/* One number out of a PRAGMA. */
int	sqlite_number(sqlite3 *h, const char *sql, int64_t *out);

#endif
