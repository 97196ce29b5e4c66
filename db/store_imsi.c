/* SPDX-License-Identifier: Apache-2.0 */
/*
 * IMSIs that were given out, as ranges that do not overlap: a profile keeps
 * its own one sealed, so that it cannot be looked for there.
 */
#include <string.h>

#include "base/ident.h"
#include "db/db.h"
#include "db/store_profile.h"

/* The range that ends first, at or behind `first`, is the only candidate. */
int
store_imsi_free(struct db *db, int64_t tenant, const char *first,
    const char *last)
{
	static const struct stmt find = { "imsi_free",
	    "SELECT first FROM imsi_ranges WHERE tenant = $1 AND digits = $2"
	    " AND last >= $3 ORDER BY last LIMIT 1" };
	struct row	*row;
	char		 taken[IMSI_TEXT];
	int		 r;

	r = db_get(db, &find, &row, "iit", tenant, (int64_t)strlen(first),
	    first);
	if (r != 0)
		return told(r, DPE_NOTFOUND, 0);
	row_text(row, 0, taken, sizeof(taken));
	r = row_end(row);
	row_free(row);
	if (r == 0 && strcmp(taken, last) <= 0)
		r = DPE_EXISTS;
	return r;
}

int
store_imsi_take(struct db *db, int64_t tenant, const char *first,
    const char *last)
{
	static const struct stmt add = { "imsi_take",
	    "INSERT INTO imsi_ranges (tenant, digits, first, last)"
	    " VALUES ($1, $2, $3, $4)" };
	int	 r;

	if ((r = store_imsi_free(db, tenant, first, last)) != 0)
		return r;
	return db_run(db, &add, "iitt", tenant, (int64_t)strlen(first), first,
	    last);
}
