/* SPDX-License-Identifier: Apache-2.0 */
/* Group commit: who is answered what, and how durably. */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

#define WRITES	5

/* A write that holds the writer until it is let go, and changes nothing. */
struct gate {
	struct store	*s;
	pthread_t	 thread;
	sem_t		 in, out;
};

static int
gate_write(struct db *db, void *arg)
{
	struct gate	*g = arg;

	(void)db;
	sem_post(&g->in);
	sem_wait(&g->out);
	return 7;
}

static void *
gate_main(void *arg)
{
	struct gate	*g = arg;

	CU_ASSERT_EQUAL(store_write(g->s, STORE_RELAXED, gate_write, g), 7);
	return NULL;
}

static void
gate_shut(struct gate *g, struct store *s)
{
	g->s = s;
	sem_init(&g->in, 0, 0);
	sem_init(&g->out, 0, 0);
	CU_ASSERT_EQUAL_FATAL(pthread_create(&g->thread, NULL, gate_main, g),
	    0);
	sem_wait(&g->in);
}

static void
gate_open(struct gate *g)
{
	sem_post(&g->out);
	pthread_join(g->thread, NULL);
	sem_destroy(&g->in);
	sem_destroy(&g->out);
}

/* One of the writes of a group: adds an audit row named after itself. */
struct member {
	struct store	*s;
	enum store_sync	 sync;
	int		 round, i;
	int		 answer;	/* what it returns after its insert */
	int64_t		 level;		/* PRAGMA synchronous, as it saw it */
	int		 runs;
	int		 r;
	pthread_t	 thread;
};

static int
member_write(struct db *db, void *arg)
{
	static const struct stmt level = { "level", "PRAGMA synchronous" };
	struct member	*m = arg;
	struct audit	 a = { .actor = "x", .action = "y" };
	struct row	*row;
	char		 name[32];
	int		 r;

	m->runs++;
	if ((r = db_get(db, &level, &row, "")) != 0)
		return r;
	row_int(row, 0, &m->level);
	row_free(row);
	snprintf(name, sizeof(name), "%d-%d", m->round, m->i);
	a.eid = name;
	if ((r = store_audit_add(db, T, &a)) != 0)
		return r;
	return m->answer;
}

static void *
member_main(void *arg)
{
	struct member	*m = arg;

	m->r = store_write(m->s, m->sync, member_write, m);
	return NULL;
}

/* Queue them behind the gate, one after the other. */
static void
members_start(struct store *s, struct member *m, int n, int round)
{
	int	 i, waiting;

	for (i = 0; i < n; i++) {
		m[i].s = s;
		m[i].round = round;
		m[i].i = i;
		m[i].runs = 0;
		CU_ASSERT_EQUAL_FATAL(pthread_create(&m[i].thread, NULL,
		    member_main, &m[i]), 0);
		do {
			usleep(100);
			waiting = store_waiting(s);
		} while (waiting <= i);
	}
}

static void
members_join(struct member *m, int n)
{
	int	 i;

	for (i = 0; i < n; i++)
		pthread_join(m[i].thread, NULL);
}

static int
seen_one(void *arg, const struct audit *a)
{
	(void)a;
	++*(int *)arg;
	return 0;
}

/* Is what this member wrote there? */
static int
written(struct store *s, const struct member *m)
{
	struct audit_filter	 f = {0};
	struct db		*rd;
	char			 name[32];
	int			 n = 0;

	snprintf(name, sizeof(name), "%d-%d", m->round, m->i);
	f.eid = name;
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_audit_each(rd, T, &f, seen_one, &n), 0);
	store_reader_free(rd);
	return n;
}

static int
refuse_write(struct db *db, void *arg)
{
	(void)db;
	++*(int *)arg;
	return 42;
}

static void *
refuse_main(void *arg)
{
	struct member	*m = arg;

	m->r = store_write(m->s, m->sync, refuse_write, &m->runs);
	return NULL;
}

/* A refusal that has written nothing costs the others nothing. */
void
writer_group_refusal(void)
{
	struct member	 m[3] = {{ 0 }};
	struct gate	 g;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_fault);
	pthread_t	 other;
	int		 i;

	gate_shut(&g, s);
	members_start(s, m, 2, 1);
	m[2].s = s;
	CU_ASSERT_EQUAL_FATAL(pthread_create(&other, NULL, refuse_main,
	    &m[2]), 0);
	while (store_waiting(s) < 3)
		usleep(100);
	fault_arm(FAULT_ANY, 0);
	gate_open(&g);
	members_join(m, 2);
	pthread_join(other, NULL);
	CU_ASSERT_EQUAL(fault_calls(FAULT_COMMIT), 1);
	CU_ASSERT_EQUAL(m[2].r, 42);
	for (i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(m[i].runs, 1);
	db_gone(&p, s);
}

/* A refusal takes back its own write; the others share one commit. */
void
writer_group(void)
{
	struct member	 m[WRITES] = {{ 0 }};
	struct gate	 g;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_fault);
	int		 i;

	m[1].answer = 42;
	m[3].answer = DPE_STATE;
	gate_shut(&g, s);
	members_start(s, m, WRITES, 1);
	fault_arm(FAULT_ANY, 0);
	gate_open(&g);
	members_join(m, WRITES);
	CU_ASSERT_EQUAL(fault_calls(FAULT_COMMIT), 1);
	for (i = 0; i < WRITES; i++) {
		CU_ASSERT_EQUAL(m[i].r, m[i].answer);
		CU_ASSERT(m[i].runs <= 2);
		CU_ASSERT_EQUAL(written(s, &m[i]), m[i].answer == 0);
	}
	db_gone(&p, s);
	CU_ASSERT_EQUAL(fault_open_count(), 0);
}

/* A commit that fails fails them all, refusals too; then all is well. */
void
writer_commit_fails(void)
{
	struct member	 m[WRITES] = {{ 0 }};
	struct gate	 g;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_fault);
	int		 i;

	m[1].answer = 42;
	gate_shut(&g, s);
	members_start(s, m, WRITES, 1);
	fault_arm(FAULT_COMMIT, 1);
	gate_open(&g);
	members_join(m, WRITES);
	CU_ASSERT_TRUE(fault_disarm());
	for (i = 0; i < WRITES; i++) {
		CU_ASSERT_EQUAL(m[i].r, DPE_DB);
		CU_ASSERT_EQUAL(written(s, &m[i]), 0);
	}
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, member_write, &m[0]),
	    0);
	CU_ASSERT_EQUAL(written(s, &m[0]), 1);
	db_gone(&p, s);
}

/*
 * Whatever call fails while a group runs: a write that was answered 0 is
 * there, any other is not, and the store goes on.
 */
void
writer_group_faults(void)
{
	struct member	 m[WRITES] = {{ 0 }};
	struct gate	 g;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_fault);
	bool		 fired = true;
	int		 n, i;

	m[1].answer = 42;
	for (n = 1; fired && n < 1000; n++) {
		gate_shut(&g, s);
		members_start(s, m, WRITES, n);
		fault_arm(FAULT_ANY, n);
		gate_open(&g);
		members_join(m, WRITES);
		fired = fault_disarm();
		for (i = 0; i < WRITES; i++)
			CU_ASSERT_EQUAL(written(s, &m[i]), m[i].r == 0);
	}
	CU_ASSERT(n > 20 && !fired);
	for (i = 0; i < WRITES; i++)
		CU_ASSERT_EQUAL(m[i].r, m[i].answer);
	db_gone(&p, s);
	CU_ASSERT_EQUAL(fault_open_count(), 0);
}

/* Only a group of relaxed writes alone goes unsynced. */
void
writer_sync(void)
{
	struct member	 m[3] = {{ 0 }};
	struct gate	 g;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	int		 i;

	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, member_write, &m[0]),
	    0);
	CU_ASSERT_EQUAL(m[0].level, 1);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, member_write, &m[0]),
	    0);
	CU_ASSERT_EQUAL(m[0].level, 2);
	for (i = 0; i < 3; i++)
		m[i].sync = STORE_RELAXED;
	gate_shut(&g, s);
	members_start(s, m, 3, 2);
	gate_open(&g);
	members_join(m, 3);
	for (i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(m[i].level, 1);
	m[2].sync = STORE_DURABLE;
	gate_shut(&g, s);
	members_start(s, m, 3, 3);
	gate_open(&g);
	members_join(m, 3);
	for (i = 0; i < 3; i++)
		CU_ASSERT_EQUAL(m[i].level, 2);
	db_gone(&p, s);
}

/* When even the rollback fails, the writer takes a new handle. */
void
writer_rollback_fails(void)
{
	struct member	 m = { .answer = 42 };
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_fault);

	fault_arm(FAULT_ROLLBACK, 1);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, member_write, &m), 42);
	CU_ASSERT_TRUE(fault_disarm());
	CU_ASSERT_EQUAL(written(s, &m), 0);
	fault_arm(FAULT_OPEN, 1);
	m.answer = 0;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, member_write, &m),
	    DPE_DB);
	CU_ASSERT_TRUE(fault_disarm());
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, member_write, &m), 0);
	CU_ASSERT_EQUAL(written(s, &m), 1);
	db_gone(&p, s);
	CU_ASSERT_EQUAL(fault_open_count(), 0);
}

static int
nested_write(struct db *db, void *arg)
{
	struct member	*m = arg;

	(void)db;
	return store_write(m->s, STORE_DURABLE, member_write, m);
}

void
writer_nested(void)
{
	struct member	 m = { 0 };
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);

	m.s = s;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, nested_write, &m),
	    DPE_INTERNAL);
	CU_ASSERT_EQUAL(m.runs, 0);
	db_gone(&p, s);
}

static void *
close_main(void *arg)
{
	store_close(arg);
	return NULL;
}

/* Closing waits for those who wait. */
void
writer_close_drains(void)
{
	struct member	 m[WRITES] = {{ 0 }};
	pthread_t	 closer;
	struct gate	 g;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	int		 i;

	gate_shut(&g, s);
	members_start(s, m, WRITES, 1);
	CU_ASSERT_EQUAL_FATAL(pthread_create(&closer, NULL, close_main, s), 0);
	gate_open(&g);
	members_join(m, WRITES);
	pthread_join(closer, NULL);
	CU_ASSERT_EQUAL_FATAL(store_open(p.path, false, &s, NULL), 0);
	for (i = 0; i < WRITES; i++) {
		CU_ASSERT_EQUAL(m[i].r, 0);
		CU_ASSERT_EQUAL(written(s, &m[i]), 1);
	}
	db_gone(&p, s);
}
