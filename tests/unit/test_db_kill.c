/* SPDX-License-Identifier: Apache-2.0 */
/* A daemon that dies while it writes: what was answered is there. */
#include <sys/wait.h>

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

#define ROUNDS	5
#define THREADS	4
#define ENOUGH	300	/* answers before the kill */

struct hand {
	struct store	*s;
	int		 round, i;
	int		 to;	/* the pipe */
};

struct entry {
	int	round, i, n;
};

static void
entry_name(const struct entry *e, char name[40])
{
	snprintf(name, 40, "%d-%d-%d", e->round, e->i, e->n);
}

/* Two rows that must come together. */
static int
entry_write(struct db *db, void *arg)
{
	struct audit	 a = { .actor = "x", .action = "one" };
	char		 name[40];
	int		 r;

	entry_name(arg, name);
	a.eid = name;
	if ((r = store_audit_add(db, T, &a)) != 0)
		return r;
	a.action = "two";
	return store_audit_add(db, T, &a);
}

/* Write and tell, for ever. */
static void *
hand_main(void *arg)
{
	struct hand	*h = arg;
	struct entry	 e = { h->round, h->i, 0 };

	for (;; e.n++)
		if (store_write(h->s, STORE_DURABLE, entry_write, &e) != 0 ||
		    write(h->to, &e, sizeof(e)) != (ssize_t)sizeof(e))
			_exit(1);
	return NULL;
}

static void
child(const char *path, int round, int to)
{
	struct hand	 h[THREADS];
	pthread_t	 thread;
	struct store	*s;
	int		 i;

	if (store_open(path, true, &s, NULL) != 0)
		_exit(1);
	for (i = 0; i < THREADS; i++) {
		h[i] = (struct hand){ s, round, i, to };
		if (pthread_create(&thread, NULL, hand_main, &h[i]) != 0)
			_exit(1);
	}
	for (;;)
		pause();
}

/* Let a child write, kill it, and give back what it was answered. */
static size_t
kill_once(const char *path, int round, struct entry *got, size_t max)
{
	int	 fd[2], status;
	size_t	 n = 0;
	pid_t	 pid;

	CU_ASSERT_EQUAL_FATAL(pipe(fd), 0);
	if ((pid = fork()) == 0) {
		close(fd[0]);
		child(path, round, fd[1]);
	}
	CU_ASSERT_FATAL(pid > 0);
	close(fd[1]);
	while (n < max && read(fd[0], &got[n], sizeof(got[n])) ==
	    (ssize_t)sizeof(got[n]))
		if (++n == ENOUGH)
			kill(pid, SIGKILL);
	close(fd[0]);
	CU_ASSERT_EQUAL(waitpid(pid, &status, 0), pid);
	CU_ASSERT(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return n;
}

static int
count_one(void *arg, const struct audit *a)
{
	(void)a;
	++*(int *)arg;
	return 0;
}

static void
check(const char *path, const struct entry *got, size_t n)
{
	struct audit_filter	 f = {0};
	struct store		*s;
	struct db		*rd;
	struct buf		 odd = {0};
	char			 name[40];
	size_t			 i;
	int			 rows;

	CU_ASSERT_EQUAL_FATAL(store_open(path, false, &s, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (i = 0; i < n; i++) {
		entry_name(&got[i], name);
		f.eid = name;
		rows = 0;
		CU_ASSERT_EQUAL(store_audit_each(rd, T, &f, count_one, &rows),
		    0);
		CU_ASSERT_EQUAL(rows, 2);
	}
	db_ask(path, "SELECT eid FROM audit GROUP BY eid"
	    " HAVING count(*) <> 2", &odd);
	CU_ASSERT_EQUAL(odd.len, 0);
	buf_cut(&odd, 0);
	db_ask(path, "PRAGMA integrity_check", &odd);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&odd), "ok\n");
	buf_free(&odd);
	store_reader_free(rd);
	store_close(s);
}

void
kill_and_reopen(void)
{
	static struct entry	 got[ENOUGH + 10000];
	struct place		 p;
	size_t			 n;
	int			 round;

	place_make(&p);
	for (round = 0; round < ROUNDS; round++) {
		n = kill_once(p.path, round, got,
		    NELEM(got));
		CU_ASSERT(n >= ENOUGH);
		check(p.path, got, n);
	}
	place_remove(&p);
}
