/* SPDX-License-Identifier: Apache-2.0 */
#include "server/parent.h"

#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "server/parent_int.h"
#include "server/worker.h"

#define LOCK_TRIES	40	/* tenths of a second */

/* One daemon for one configuration; the lock dies with this process. */
static int
parent_lock(struct parent *p, struct why *why)
{
	int	 i;

	if ((p->family.lock = open(p->set->path, O_RDONLY | O_CLOEXEC)) == -1)
		return why_set(why, DPE_IO, "%s: %s", p->set->path,
		    strerror(errno));
	for (i = 0; flock(p->family.lock, LOCK_EX | LOCK_NB) == -1; i++) {
		if (errno != EWOULDBLOCK || i == LOCK_TRIES)
			return why_set(why, DPE_BUSY,
			    "%s: another smdpd runs on it", p->set->path);
		usleep(100000);
	}
	return 0;
}

/* Until a signal comes, a child says something, or a second has gone by. */
static void
parent_sleeps(const struct parent *p)
{
	struct pollfd	 fds[1 + CHILDREN * (DRAINS_MAX + 4)];
	struct pair	*i;
	nfds_t		 n = 0;
	int		 k;

	fds[n++] = (struct pollfd){ p->family.signals, POLLIN, 0 };
	for (i = p->family.pairs; i != NULL; i = i->next)
		for (k = 0; k < CHILDREN && n < NELEM(fds); k++)
			if (i->hear[k] != -1)
				fds[n++] = (struct pollfd){ i->hear[k],
				    POLLIN, 0 };
	poll(fds, n, 1000);
}

/* 0 or 1: end with this; -1: go on. */
static int
parent_signals(struct parent *p)
{
	struct signalfd_siginfo	 si;

	while (read(p->family.signals, &si, sizeof(si)) == sizeof(si)) {
		if (si.ssi_signo == SIGCHLD && !parent_reap(p))
			return 1;
		if (si.ssi_signo == SIGHUP)
			p->reload = true;
		if (si.ssi_signo == SIGTERM || si.ssi_signo == SIGINT)
			return 0;
	}
	return -1;
}

static int
parent_loop(struct parent *p)
{
	int	 status;

	while ((status = parent_signals(p)) == -1) {
		parent_hears(p);
		parent_renews(p);
		parent_sleeps(p);
	}
	return status;
}

/* Those that died are forgotten; is there a worker yet? */
static bool
parent_works(struct parent *p)
{
	struct pair	*i;
	enum child	 which;
	pid_t		 pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		if ((i = parent_finds(p, pid, &which)) != NULL)
			i->pid[which] = -1;
	for (i = p->family.pairs; i != NULL; i = i->next)
		if (i->pid[CHILD_WORKER] > 0)
			return true;
	return false;
}

/* Every worker is told; then signers, and who is still there, are killed. */
static void
parent_stop(struct parent *p)
{
	struct pair	*i;
	int		 tenths;

	for (i = p->family.pairs; i != NULL; i = i->next)
		pair_end(i);
	for (tenths = 0; tenths < WORKER_STOP * 10 && parent_works(p);
	    tenths++)
		usleep(100000);
	for (i = p->family.pairs; i != NULL; i = i->next)
		pair_kill(i);
	while (waitpid(-1, NULL, 0) > 0)
		;
	while (p->family.pairs != NULL)
		pair_free(&p->family, p->family.pairs);
}

static int
parent_start(struct parent *p, struct why *why)
{
	struct pair	*first;
	int		 r, i;

	if ((r = parent_lock(p, why)) != 0 ||
	    (r = listen_open(p->set, &p->family.listeners, why)) != 0)
		return r;
	/* Children of a parent that was killed may hold the database yet. */
	for (i = 0; (r = pair_new(&p->family, p->set, &first, why)) ==
	    DPE_BUSY && i < LOCK_TRIES; i++) {
		pair_free(&p->family, first);
		usleep(100000);
	}
	first->state = PAIR_SERVES;
	if (r != 0)
		return r;
	if ((r = pair_start(&p->family, first, CHILD_SIGNER)) != 0 ||
	    (r = pair_start(&p->family, first, CHILD_WORKER)) != 0)
		return why_set(why, r, "cannot start: %s", strerror(errno));
	return 0;
}

static void
parent_free(struct parent *p)
{
	if (p->family.listeners.admin_path[0] != '\0')
		unlink(p->family.listeners.admin_path);
	listen_close(&p->family.listeners);
	if (p->family.lock != -1)
		close(p->family.lock);
	if (p->family.signals != -1)
		close(p->family.signals);
	settings_free(p->set);
	free(p->set);
	if (p->next_set != NULL)
		settings_free(p->next_set);
	free(p->next_set);
}

int
parent_run(struct settings *s)
{
	struct parent	 p = { .family = { .lock = -1, .signals = -1,
			    .listeners = { .admin = -1 } } };
	struct why	 why = {""};
	sigset_t	 set;
	int		 status = 1;

	p.set = xcalloc(1, sizeof(*p.set));
	*p.set = *s;
	memset(s, 0, sizeof(*s));
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGUSR1);	/* a worker's, from its first moment */
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigdelset(&set, SIGUSR1);
	p.family.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	pair_undumpable();
	if (p.family.signals == -1 || parent_start(&p, &why) != 0)
		log_error("start-failed reason=\"%s\"", why.text);
	else
		status = parent_loop(&p);
	parent_stop(&p);
	parent_free(&p);
	return status;
}
