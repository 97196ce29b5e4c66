/* SPDX-License-Identifier: Apache-2.0 */
/* Old sessions: closed or deleted, a bounded number at a time. */
#include "db/db.h"
#include "db/store_session.h"

/*
 * The window: the `limit` rows that have waited longest to be looked at.
 * What is still of use in it is put off for a day, so that rows which stay for
 * weeks cost one look a day and not one in every call.
 */
#define WINDOW "(SELECT seq, order_id, tenant, step, euicc_otpk" \
	" FROM sessions WHERE due < $1 ORDER BY due, seq LIMIT $2)"
#define PUT_OFF	((int64_t)86400)

int
store_session_shed(struct db *db, int64_t tenant, int64_t before,
    int64_t limit, int64_t *n)
{
	static const struct stmt drop = { "session_shed",
	    "DELETE FROM sessions WHERE seq IN (SELECT w.seq FROM"
	    " (SELECT seq, created FROM sessions WHERE tenant = $1"
	    " AND step = 'initiated' AND step <> 'closed'"
	    " ORDER BY seq LIMIT $3) w WHERE w.created < $2)" };

	return db_change(db, &drop, n, "iii", tenant, before, limit);
}

/*
 * A result can still come only for a package that was sent and whose profile
 * waits for it.  An order for the lab starts anew after each result, so there
 * a closed session has had its own.
 */
int
store_session_expire(struct db *db, int64_t before, int64_t limit, int64_t *n)
{
	static const struct stmt drop = { "session_drop",
	    "DELETE FROM sessions WHERE seq IN (SELECT w.seq FROM " WINDOW
	    " w LEFT JOIN orders o ON o.tenant = w.tenant"
	    " AND o.id = w.order_id AND o.ended = 'live'"
	    " AND o.state IN ('released', 'downloaded')"
	    " WHERE w.euicc_otpk IS NULL OR o.id IS NULL"
	    " OR (w.step = 'closed' AND o.reusable = 1))" };
	static const struct stmt keep = { "session_keep",
	    "UPDATE sessions SET step = 'closed', due = $3, metadata = NULL,"
	    " smdp_signature2 = NULL, smdp_signed2 = NULL WHERE seq IN (SELECT w.seq FROM " WINDOW
	    " w)" };
	int64_t	 kept = 0;
	int	 r;

	if ((r = db_change(db, &drop, n, "ii", before, limit)) != 0 ||
	    *n >= limit)
		return r;
	r = db_change(db, &keep, &kept, "iii", before, limit - *n,
	    before + PUT_OFF);
	*n += kept;
	return r;
}
