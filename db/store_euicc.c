/* SPDX-License-Identifier: Apache-2.0 */
/* eUICCs that were seen. */
#include <string.h>

#include "db/db.h"
#include "db/store_event.h"

#define EUICCS "SELECT eid, first_seen, last_seen, svn, profile_version, eum," \
	" tac, free_nvm, firmware FROM euiccs WHERE tenant = $1"

int
store_euicc_seen(struct db *db, int64_t tenant, const struct euicc *e)
{
	static const struct stmt put = { "euicc_seen",
	    "INSERT INTO euiccs (tenant, eid, first_seen, last_seen, svn,"
	    " profile_version, eum, tac, free_nvm, firmware)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
	    " ON CONFLICT (tenant, eid) DO UPDATE SET"
	    " last_seen = excluded.last_seen, svn = excluded.svn,"
	    " profile_version = excluded.profile_version, eum = excluded.eum,"
	    " tac = excluded.tac, free_nvm = excluded.free_nvm,"
	    " firmware = excluded.firmware" };

	return db_run(db, &put, "itiibbttib", tenant, e->eid, e->first_seen,
	    e->last_seen, slice_of(e->svn, 3),
	    slice_of(e->profile_version, 3), e->eum, e->tac, e->free_nvm,
	    slice_of(e->firmware, 3));
}

static int
euicc_read(struct row *row, struct euicc *e)
{
	row_text(row, 0, e->eid, sizeof(e->eid));
	row_int(row, 1, &e->first_seen);
	row_int(row, 2, &e->last_seen);
	row_bytes(row, 3, e->svn, sizeof(e->svn));
	row_bytes(row, 4, e->profile_version, sizeof(e->profile_version));
	row_text(row, 5, e->eum, sizeof(e->eum));
	row_text(row, 6, e->tac, sizeof(e->tac));
	row_int(row, 7, &e->free_nvm);
	row_bytes(row, 8, e->firmware, sizeof(e->firmware));
	return row_end(row);
}

int
store_euicc_get(struct db *db, int64_t tenant, const char *eid,
    struct euicc *out)
{
	static const struct stmt get = { "euicc_get", EUICCS " AND eid = $2" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "it", tenant, eid)) != 0)
		return r;
	r = euicc_read(row, out);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, const struct euicc *e);
	void	*arg;
};

static int
euicc_one(void *arg, struct row *row)
{
	struct each	*each = arg;
	struct euicc	 e;
	int		 r;

	if ((r = euicc_read(row, &e)) == 0)
		r = each->fn(each->arg, &e);
	return r;
}

int
store_euicc_each(struct db *db, int64_t tenant, const char *after,
    int64_t limit, int (*fn)(void *arg, const struct euicc *e), void *arg)
{
	static const struct stmt all = { "euicc_each",
	    EUICCS " AND eid > $2 ORDER BY eid LIMIT $3" };
	struct each	 each = { fn, arg };

	return db_each(db, &all, euicc_one, &each, "iti", tenant,
	    after == NULL ? "" : after,
	    limit > 0 ? limit : (int64_t)LIM_LIST);
}
