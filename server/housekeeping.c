/* SPDX-License-Identifier: Apache-2.0 */
#include "server/housekeeping.h"

#include "base/limits.h"
#include "base/log.h"
#include "db/store_event.h"
#include "db/store_session.h"

#define CHUNK		500	/* rows in one write: some 10 ms of the writer */
#define CHUNKS		200	/* writes of one kind in one call */

/* One kind of work, and what one write of it has done. */
struct chore {
	int	(*fn)(struct db *db, struct chore *k);
	int64_t	 tenant, before, n;
};

static int
chore_expire(struct db *db, struct chore *k)
{
	return store_session_expire(db, k->before, CHUNK, &k->n);
}

static int
chore_trim(struct db *db, struct chore *k)
{
	return store_notification_trim(db, k->tenant, LIM_UNVERIFIED, CHUNK,
	    &k->n);
}

static int
chore_write(struct db *db, void *arg)
{
	struct chore	*k = arg;

	return k->fn(db, k);
}

/* Until all is done, in writes that others do not have to wait for long. */
static int
chore_run(struct ctx *c, int (*fn)(struct db *db, struct chore *k),
    int64_t before)
{
	struct chore	 k = { fn, c->tenant, before, 0 };
	int		 i, r;

	for (i = 0; i < CHUNKS; i++)
		if ((r = store_write(c->store, STORE_RELAXED, chore_write,
		    &k)) != 0 || k.n < CHUNK)
			return r;
	return 0;
}

/* Each has cost its caller a card that some CI of ours vouches for. */
static int
count_open(struct ctx *c, int64_t now)
{
	int64_t	 open;
	int	 r;

	if ((r = store_session_count(c->db, now - c->set->session_timeout, now,
	    &open)) == 0)
		atomic_store(c->sessions_full, open >= LIM_SESSIONS);
	return r;
}

void
housekeeping(struct ctx *c)
{
	int64_t	 now = clock_now(c->clock);
	int	 r;

	if ((r = chore_run(c, chore_expire,
	    now - c->set->session_timeout)) != 0 ||
	    (r = count_open(c, now)) != 0 ||
	    (r = chore_run(c, chore_trim, now)) != 0)
		log_warn("housekeeping-failed reason=\"%s\"", err_text(r));
}
