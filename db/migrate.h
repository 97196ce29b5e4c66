/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The schema's history.  Migration n brings a database from version n - 1 to
 * n in one transaction; the version stands in the table schema_version.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct migration {
	const char	*name;		/* "0001_initial.sql" */
	const char	*sql;
};

/* All there are; made from the files db/NNNN_*.sql at build time. */
extern const struct migration	migrations[];
extern const size_t		migrations_n;

/*
 * Bring the database to version n.  DPE_UNSUPPORTED if it is newer than
 * that, DPE_DB; a migration that fails leaves the version before it.
 */
MUST_CHECK int	migrate(struct db *db, const struct migration *tab, size_t n,
		    struct why *why);

#endif
