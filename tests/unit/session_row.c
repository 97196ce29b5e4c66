/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/session_row.h"

#include "db/db.h"

int
session_row(struct db *db, int64_t tenant, const struct session *s)
{
	static const struct stmt add = { "session_row",
	    "INSERT INTO sessions (tenant, tid, step, created, touched, due,"
	    " dp_ci, euicc_ci, server_challenge, address, svn)"
	    " VALUES ($1, $2, 'initiated', $3, $3, $3, $4, $5, $6, $7, $8)" };

	return db_run(db, &add, "itibbbtb", tenant, s->tid, s->created,
	    slice_of(s->dp_ci, sizeof(s->dp_ci)),
	    slice_of(s->euicc_ci, sizeof(s->euicc_ci)),
	    slice_of(s->server_challenge, sizeof(s->server_challenge)),
	    s->address, slice_of(s->svn, sizeof(s->svn)));
}
