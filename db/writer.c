/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The writer: one thread runs what callers want written, all that wait at the
 * same time in one transaction (group commit).
 */
#include <semaphore.h>
#include <string.h>

#include "base/log.h"
#include "db/store_priv.h"

#define GROUP_MAX	64	/* writes in one transaction */

/* On the caller's stack while it waits. */
struct job {
	int		(*fn)(struct db *db, void *arg);
	void		*arg;
	enum store_sync	 sync;
	int		 r;
	sem_t		 done;
	struct job	*next;
};

/*
 * End the transaction.  If even that fails, the handle goes: closing it rolls
 * back, and the next write opens a new one.
 */
static void
writer_abandon(struct store *s)
{
	if (s->drv->rollback(s->db->conn) == 0)
		return;
	(void)db_failed(s->db->conn, "rollback");
	db_close(s->db);
	s->db = NULL;
}

/* 0, or DPE_DB with no transaction open. */
static int
writer_begin(struct store *s, bool durable)
{
	struct why	 why;

	if (s->db == NULL && db_open(s->drv, s->path, DRIVER_WRITE, &s->db,
	    &why) != 0) {
		log_error("db cannot open again: %s", why.text);
		return DPE_DB;
	}
	if (s->drv->begin(s->db->conn, durable) == 0)
		return 0;
	(void)db_failed(s->db->conn, "begin");
	writer_abandon(s);
	return DPE_DB;
}

static int
writer_commit(struct store *s)
{
	if (s->drv->commit(s->db->conn) == 0)
		return 0;
	(void)db_failed(s->db->conn, "commit");
	writer_abandon(s);
	return DPE_DB;
}

/* A transaction of its own. */
static void
job_run(struct store *s, struct job *j)
{
	if ((j->r = writer_begin(s, j->sync == STORE_DURABLE)) != 0)
		return;
	if ((j->r = j->fn(s->db, j->arg)) != 0)
		writer_abandon(s);
	else
		j->r = writer_commit(s);
}

/*
 * As part of a transaction.  Not 0: it failed with rows changed, which only
 * the end of the whole transaction takes back.  Most refusals change none.
 */
static int
job_run_plain(struct store *s, struct job *j)
{
	int64_t	 before = s->drv->total(s->db->conn);

	j->r = j->fn(s->db, j->arg);
	if (j->r < 0 || (j->r != 0 && s->drv->total(s->db->conn) != before))
		return DPE_STATE;
	return 0;
}

/* A savepoint of its own.  Not 0: the transaction around it is broken. */
static int
job_run_nested(struct store *s, struct job *j)
{
	static const struct stmt set = { "savepoint", "SAVEPOINT job" };
	static const struct stmt back = { "rollback_to",
	    "ROLLBACK TO SAVEPOINT job" };
	static const struct stmt drop = { "release", "RELEASE SAVEPOINT job" };
	int	 r;

	if ((r = db_run(s->db, &set, "")) != 0)
		return r;
	if ((j->r = j->fn(s->db, j->arg)) != 0 &&
	    (r = db_run(s->db, &back, "")) != 0)
		return r;
	return db_run(s->db, &drop, "");
}

/*
 * All in one transaction.  DPE_STATE: it was given up, nothing has happened.
 * DPE_DB: it could not begin or commit.
 */
static int
group_try(struct store *s, struct job *group, bool durable,
    int (*run)(struct store *s, struct job *j))
{
	struct job	*j;
	int		 r;

	if ((r = writer_begin(s, durable)) != 0)
		return r;
	for (j = group; j != NULL; j = j->next)
		if (run(s, j) != 0) {
			writer_abandon(s);
			return DPE_STATE;
		}
	return writer_commit(s);
}

/*
 * Savepoints cost a copy of each page, so they come when one of the group has
 * to be taken back.  When the commit fails, refusals fail too: they may have
 * been refused because of another's write that is now gone.
 */
static void
group_run(struct store *s, struct job *group, bool durable)
{
	struct job	*j;
	int		 r;

	r = group_try(s, group, durable, job_run_plain);
	if (r == DPE_STATE)
		r = group_try(s, group, durable, job_run_nested);
	if (r == DPE_STATE)
		for (j = group; j != NULL; j = j->next)
			job_run(s, j);
	else if (r != 0)
		for (j = group; j != NULL; j = j->next)
			j->r = r;
}

/* Cut the next group off the queue; NULL when it is time to stop. */
static struct job *
group_take(struct store *s, bool *durable)
{
	struct job	*first, *j;
	int		 n;

	*durable = false;
	pthread_mutex_lock(&s->mutex);
	while (s->head == NULL && !s->stop)
		pthread_cond_wait(&s->wake, &s->mutex);
	if ((first = s->head) != NULL) {
		for (j = first, n = 1;; j = j->next, n++) {
			*durable |= j->sync == STORE_DURABLE;
			if (j->next == NULL || n == GROUP_MAX)
				break;
		}
		if ((s->head = j->next) == NULL)
			s->tail = &s->head;
		j->next = NULL;
	}
	pthread_mutex_unlock(&s->mutex);
	return first;
}

/* Once it is posted, the job is gone with its caller's stack. */
static void
group_answer(struct job *group)
{
	struct job	*next;

	for (; group != NULL; group = next) {
		next = group->next;
		sem_post(&group->done);
	}
}

static void *
writer_main(void *arg)
{
	struct store	*s = arg;
	struct job	*group;
	bool		 durable;

	while ((group = group_take(s, &durable)) != NULL) {
		if (group->next == NULL)
			job_run(s, group);
		else
			group_run(s, group, durable);
		group_answer(group);
	}
	return NULL;
}

int
store_write(struct store *s, enum store_sync sync,
    int (*fn)(struct db *db, void *arg), void *arg)
{
	struct job	 j = { .fn = fn, .arg = arg, .sync = sync };

	/* From inside a write it would wait for itself. */
	if (pthread_equal(pthread_self(), s->thread))
		return DPE_INTERNAL;
	sem_init(&j.done, 0, 0);
	pthread_mutex_lock(&s->mutex);
	*s->tail = &j;
	s->tail = &j.next;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->mutex);
	while (sem_wait(&j.done) != 0)
		;	/* a signal */
	sem_destroy(&j.done);
	return j.r;
}

int
store_waiting(struct store *s)
{
	struct job	*j;
	int		 n = 0;

	pthread_mutex_lock(&s->mutex);
	for (j = s->head; j != NULL; j = j->next)
		n++;
	pthread_mutex_unlock(&s->mutex);
	return n;
}

int
writer_start(struct store *s, struct why *why)
{
	int	 e;

	s->tail = &s->head;
	if ((e = pthread_create(&s->thread, NULL, writer_main, s)) != 0)
		return why_set(why, DPE_IO, "cannot start the writer: %s",
		    strerror(e));
	s->running = true;
	return 0;
}

void
writer_stop(struct store *s)
{
	if (!s->running)
		return;
	pthread_mutex_lock(&s->mutex);
	s->stop = true;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->mutex);
	pthread_join(s->thread, NULL);
	s->running = false;
}
