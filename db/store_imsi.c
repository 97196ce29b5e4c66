/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers that are in use.  IMSIs that were given out are ranges that do not
 * overlap: a profile keeps its own one sealed, so that it cannot be looked for
 * there.
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
    const char *last, int64_t batch)
{
	static const struct stmt add = { "imsi_take",
	    "INSERT INTO imsi_ranges (tenant, digits, first, last, batch)"
	    " VALUES ($1, $2, $3, $4, $5)" };
	int	 r;

	if ((r = store_imsi_free(db, tenant, first, last)) != 0)
		return r;
	return db_run(db, &add, "iitti", tenant, (int64_t)strlen(first), first,
	    last, batch);
}

/* Text of another length is of other numbers, and in between. */
int
store_iccid_free(struct db *db, int64_t tenant, const char *first,
    const char *last, char taken[ICCID_TEXT])
{
	static const struct stmt find = { "iccid_free",
	    "SELECT iccid FROM profiles WHERE tenant = $1 AND iccid >= $2"
	    " AND iccid <= $3 AND length(iccid) = $4 ORDER BY iccid LIMIT 1" };
	/* What a batch is to have, or what it has and is taken back. */
	static const struct stmt meant = { "iccid_meant",
	    "SELECT w.next_iccid FROM batches w WHERE w.tenant = $1"
	    " AND w.state IN ('loading', 'aborting') AND w.next_iccid <= $3"
	    " AND w.last_iccid >= $2 AND length(w.last_iccid) = $4 LIMIT 1" };
	struct row	*row;
	int		 r;

	taken[0] = '\0';
	r = db_get(db, &find, &row, "itti", tenant, first, last,
	    (int64_t)strlen(first));
	if (r == DPE_NOTFOUND)
		r = db_get(db, &meant, &row, "itti", tenant, first, last,
		    (int64_t)strlen(first));
	if (r != 0)
		return told(r, DPE_NOTFOUND, 0);
	row_text(row, 0, taken, ICCID_TEXT);
	r = row_end(row);
	row_free(row);
	return r == 0 ? DPE_EXISTS : r;
}
