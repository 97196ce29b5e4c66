/* SPDX-License-Identifier: Apache-2.0 */
/* Old sessions: closed or deleted, a bounded number at a time. */
#include "db/db.h"
#include "db/store_session.h"

/*
 * The window: the `limit` rows that have waited longest to be looked at; due is
 * when a session was begun, until it is looked at.  What is still of use is put
 * off: until it will have been idle for as long, or for a day, so that rows
 * which stay for weeks cost one look a day and not one in every call.
 */
#define WINDOW "(SELECT seq, order_id, tenant, step, touched, euicc_otpk" \
	" FROM sessions WHERE due < $1 ORDER BY due, seq LIMIT $2)"
#define PUT_OFF	((int64_t)86400)

/* What was busy since it was begun has a later time to be looked at. */
static int
session_busy(struct db *db, int64_t before, int64_t limit, int64_t *n)
{
	static const struct stmt wait = { "session_wait",
	    "UPDATE sessions SET due = touched WHERE seq IN"
	    " (SELECT w.seq FROM " WINDOW " w WHERE w.touched >= $1)" };

	return db_change(db, &wait, n, "ii", before, limit);
}

/*
 * A result can still come only for a package that was sent and whose profile
 * waits for it.  An order for the lab starts anew after each result, so there
 * a closed session has had its own.
 */
static int
session_drop(struct db *db, int64_t before, int64_t limit, int64_t *n)
{
	static const struct stmt drop = { "session_drop",
	    "DELETE FROM sessions WHERE seq IN (SELECT w.seq FROM " WINDOW
	    " w LEFT JOIN orders o ON o.tenant = w.tenant"
	    " AND o.id = w.order_id AND o.ended = 'live'"
	    " AND o.state IN ('released', 'downloaded')"
	    " WHERE w.euicc_otpk IS NULL OR o.id IS NULL"
	    " OR (w.step = 'closed' AND o.reusable = 1))" };

	return db_change(db, &drop, n, "ii", before, limit);
}

/* The rest of the window waits for a result. */
static int
session_keep(struct db *db, int64_t before, int64_t limit, int64_t *n)
{
	static const struct stmt keep = { "session_keep",
	    "UPDATE sessions SET step = 'closed', due = $3, metadata = NULL,"
	    " smdp_signature2 = NULL, smdp_signed2 = NULL"
	    " WHERE seq IN (SELECT w.seq FROM " WINDOW " w)" };

	return db_change(db, &keep, n, "iii", before, limit,
	    before + PUT_OFF);
}

int
store_session_expire(struct db *db, int64_t before, int64_t limit, int64_t *n)
{
	static int	(*const steps[])(struct db *db, int64_t before,
			    int64_t limit, int64_t *n) = {
		session_busy, session_drop, session_keep
	};
	int64_t		 done = 0;
	size_t		 i;
	int		 r;

	*n = 0;
	for (i = 0; i < 3 && *n < limit; i++) {
		if ((r = steps[i](db, before, limit - *n, &done)) != 0)
			return r;
		*n += done;
	}
	return 0;
}
