/* SPDX-License-Identifier: Apache-2.0 */
#include "db/migrate.h"

#include <inttypes.h>

/* In a transaction already: the version, 0 for a database without any. */
static int
version_get(struct db *db, int64_t *version)
{
	static const struct stmt make = { "version_make",
	    "CREATE TABLE IF NOT EXISTS schema_version ("
	    " one INTEGER PRIMARY KEY CHECK (one = 1),"
	    " version INTEGER NOT NULL)" };
	static const struct stmt put = { "version_put",
	    "INSERT INTO schema_version (one, version) VALUES (1, 0)"
	    " ON CONFLICT (one) DO NOTHING" };
	int	 r;

	if ((r = db_run(db, &make, "")) != 0 ||
	    (r = db_run(db, &put, "")) != 0)
		return r;
	return store_version(db, version);
}

/* One step; *done when there was none left to do. */
static int
step(struct db *db, const struct migration *tab, size_t n, bool *done,
    struct why *why)
{
	static const struct stmt set = { "version_set",
	    "UPDATE schema_version SET version = $1" };
	int64_t	 at;
	int	 r;

	if ((r = version_get(db, &at)) != 0)
		return why_set(why, r, "cannot read the schema's version");
	if (at < 0 || at > (int64_t)n)
		return why_set(why, DPE_UNSUPPORTED, "the database has schema"
		    " %" PRId64 ", this program knows only up to %zu", at, n);
	if ((*done = at == (int64_t)n))
		return 0;
	if (db->conn->drv->script(db->conn, tab[at].sql) != 0) {
		r = db->conn->drv->error(db->conn, why);
		why_prefix(why, "%s", tab[at].name);
		return r;
	}
	if ((r = db_run(db, &set, "i", at + 1)) != 0)
		return why_set(why, r, "cannot set the schema's version");
	return 0;
}

int
migrate(struct db *db, const struct migration *tab, size_t n, struct why *why)
{
	const struct driver	*drv = db->conn->drv;
	bool			 done = false;
	int			 r = 0;

	while (!done && r == 0) {
		if (drv->begin(db->conn, true) != 0)
			return drv->error(db->conn, why);
		if ((r = step(db, tab, n, &done, why)) == 0 &&
		    drv->commit(db->conn) != 0)
			r = drv->error(db->conn, why);
		if (r != 0 && drv->rollback(db->conn) != 0)
			why_prefix(why, "and cannot roll back");
	}
	return r;
}
