/* SPDX-License-Identifier: Apache-2.0 */
#include "server/parent.h"

#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "certs/signer.h"
#include "server/worker.h"

#define LOCK_TRIES	40	/* tenths of a second */
#define STOP_TENTHS	150	/* then the worker is killed */
#define RESTART_PAUSE	200000	/* us; a child that dies at once */
#define KILLED_MAX	5	/* times in a row before it was ready */

enum child { CHILD_SIGNER, CHILD_WORKER, CHILDREN };
static const char *const child_names[] = { "signer", "worker" };
static const char *const child_titles[] = { "smdpd-signer", "smdpd-worker" };

struct parent {
	struct settings		*set;
	struct listeners	 listeners;
	int			 (*pairs)[2];	/* [0] signer, [1] worker */
	size_t			 n_pairs;
	int			 lock;
	pid_t			 pid[CHILDREN];
	time_t			 started[CHILDREN];
	int			 ready[CHILDREN];	/* read ends, -1: was */
	bool			 told[CHILDREN];	/* to end, by us */
	int			 killed[CHILDREN];	/* since it was ready */
	bool			 stopping;
};

/* One daemon for one configuration; the lock dies with this process. */
static int
parent_lock(struct parent *p, struct why *why)
{
	int	 i;

	if ((p->lock = open(p->set->path, O_RDONLY | O_CLOEXEC)) == -1)
		return why_set(why, DPE_IO, "%s: %s", p->set->path,
		    strerror(errno));
	for (i = 0; flock(p->lock, LOCK_EX | LOCK_NB) == -1; i++) {
		if (errno != EWOULDBLOCK || i == LOCK_TRIES)
			return why_set(why, DPE_BUSY,
			    "%s: another smdpd runs on it", p->set->path);
		usleep(100000);
	}
	return 0;
}

static int
parent_pairs(struct parent *p, struct why *why)
{
	size_t	 i;

	p->n_pairs = worker_contexts(p->set);
	p->pairs = xcalloc(p->n_pairs, sizeof(*p->pairs));
	for (i = 0; i < p->n_pairs; i++)
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
		    p->pairs[i]) == -1) {
			p->n_pairs = i;
			return why_set(why, DPE_IO, "socketpair: %s",
			    strerror(errno));
		}
	return 0;
}

static void
parent_unpair(struct parent *p)
{
	size_t	 i;

	for (i = 0; i < p->n_pairs; i++) {
		close(p->pairs[i][0]);
		close(p->pairs[i][1]);
	}
	free(p->pairs);
	p->pairs = NULL;
	p->n_pairs = 0;
}

/* Keep this child's ends, close the other's; the caller frees. */
static int *
child_ends(struct parent *p, enum child which)
{
	int	*fds = xcalloc(p->n_pairs, sizeof(*fds));
	size_t	 i;

	for (i = 0; i < p->n_pairs; i++) {
		fds[i] = p->pairs[i][which];
		close(p->pairs[i][1 - (int)which]);
	}
	return fds;
}

/*
 * No debugger and no core file gets at our memory.  A leak checker needs to,
 * and is built in only where one is looking for leaks.
 */
static void
parent_undumpable(void)
{
#ifndef SANITIZED
	prctl(PR_SET_DUMPABLE, 0);
#endif
}

/* A child lives no longer than its parent and leaves no core behind. */
static void
child_harden(pid_t parent)
{
	struct rlimit	 none = { 0, 0 };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	parent_undumpable();
	setrlimit(RLIMIT_CORE, &none);
	signal(SIGPIPE, SIG_IGN);
}

static void
child_signals(enum child which)
{
	sigset_t	 set;

	sigemptyset(&set);
	if (which == CHILD_WORKER)
		sigaddset(&set, SIGTERM);	/* it waits for this one */
	sigprocmask(SIG_SETMASK, &set, NULL);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);	/* from a terminal: the parent's to say */
}

static void __attribute__((noreturn))
child_main(struct parent *p, enum child which, int ready)
{
	struct why	 why = {""};
	enum log_level	 level = LOG_INFO;
	int		*fds, r;

	if (log_level_parse(p->set->log_level, &level) != 0)
		_exit(1);
	log_init(child_names[which], level);
	prctl(PR_SET_NAME, child_titles[which]);
	child_signals(which);
	close(p->lock);
	fds = child_ends(p, which);
	if (which == CHILD_SIGNER) {
		listen_close(&p->listeners);
		r = signer_serve(p->set->pki, fds, p->n_pairs, ready, &why);
	} else
		r = worker_run(p->set, &p->listeners, fds, p->n_pairs, ready,
		    &why);
	if (r != 0)
		log_error("%s-failed reason=\"%s\"", child_names[which],
		    why.text[0] != '\0' ? why.text : err_text(r));
	free(fds);
	if (which == CHILD_WORKER)
		free(p->pairs);
	exit(r == 0 ? 0 : 1);
}

static int
child_start(struct parent *p, enum child which)
{
	pid_t	 me = getpid();
	int	 fds[2];

	if (pipe2(fds, O_CLOEXEC) == -1)
		return DPE_IO;
	if (p->ready[which] != -1)
		close(p->ready[which]);
	p->ready[which] = fds[0];
	p->started[which] = time(NULL);
	if ((p->pid[which] = fork()) == -1) {
		close(fds[1]);
		return DPE_IO;
	}
	if (p->pid[which] == 0) {
		child_harden(me);
		child_main(p, which, fds[1]);
	}
	close(fds[1]);
	return 0;
}

/* Did it ever say that it was ready? */
static bool
child_was_ready(struct parent *p, enum child which)
{
	char	 c;

	return read(p->ready[which], &c, 1) == 1;
}

/*
 * One that ended before it was ready will do so the next time: something is
 * wrong with what it was given.  Any other is started again, and so is one
 * that was killed on its way, by a reload that overtook it, say.
 */
static bool
parent_died(struct parent *p, enum child which, int status)
{
	if (p->stopping)
		return true;
	if (child_was_ready(p, which))
		p->killed[which] = 0;
	else if (!WIFSIGNALED(status) || ++p->killed[which] == KILLED_MAX) {
		log_error("%s-does-not-start", child_names[which]);
		return false;
	}
	if (p->told[which] || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		log_info("%s-ended", child_names[which]);
	else if (WIFSIGNALED(status))
		log_warn("%s-died signal=%d", child_names[which],
		    WTERMSIG(status));
	else
		log_warn("%s-ended status=%d", child_names[which],
		    WEXITSTATUS(status));
	p->told[which] = false;
	if (time(NULL) - p->started[which] < 2)
		usleep(RESTART_PAUSE);
	if (child_start(p, which) != 0) {
		log_error("%s-does-not-start reason=\"%s\"",
		    child_names[which], strerror(errno));
		return false;
	}
	return true;
}

/* Reap what ended; false: give up. */
static bool
parent_reap(struct parent *p)
{
	bool	 go_on = true;
	pid_t	 pid;
	int	 status, i;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (i = 0; i < CHILDREN; i++)
			if (p->pid[i] == pid) {
				p->pid[i] = -1;
				if (!parent_died(p, (enum child)i, status))
					go_on = false;
			}
	return go_on;
}

/* Judge the new settings in a process of their own: they may name keys. */
static bool
parent_judges_good(const struct settings *s)
{
	struct why	 why = {""};
	pid_t		 pid;
	int		 status;

	if ((pid = fork()) == 0) {
		if (worker_check(s, &why) != 0) {
			log_error("reload-refused reason=\"%s\"", why.text);
			_exit(1);
		}
		_exit(0);
	}
	return pid > 0 && waitpid(pid, &status, 0) == pid &&
	    WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Tell a child to end; another takes its place. */
static void
parent_end(struct parent *p, enum child which)
{
	p->told[which] = p->pid[which] > 0;
	if (p->told[which])
		kill(p->pid[which], SIGTERM);
}

/*
 * Listening sockets stay as they are: an address that is new takes a restart,
 * and is said so.
 */
static void
parent_reload(struct parent *p)
{
	struct settings	*s = xcalloc(1, sizeof(*s));
	struct why	 why = {""};

	if (settings_load(p->set->path, s, &why) != 0)
		log_error("reload-refused reason=\"%s\"", why.text);
	else if (parent_judges_good(s)) {
		if (worker_contexts(s) != p->n_pairs)
			log_warn("reload workers=%zu reason=\"takes a "
			    "restart\"", p->n_pairs);
		settings_free(p->set);
		*p->set = *s;
		memset(s, 0, sizeof(*s));
		log_info("reload");
		if (listen_permit(&p->listeners, p->set->admin_group,
		    &why) != 0)
			log_error("reload reason=\"%s\"", why.text);
		parent_end(p, CHILD_SIGNER);
		parent_end(p, CHILD_WORKER);
	}
	settings_free(s);
	free(s);
}

static void
parent_stop(struct parent *p)
{
	int	 i, status;

	p->stopping = true;
	if (p->pid[CHILD_WORKER] > 0)
		kill(p->pid[CHILD_WORKER], SIGTERM);
	for (i = 0; i < STOP_TENTHS && p->pid[CHILD_WORKER] > 0; i++) {
		if (waitpid(p->pid[CHILD_WORKER], &status, WNOHANG) != 0)
			p->pid[CHILD_WORKER] = -1;
		else
			usleep(100000);
	}
	for (i = 0; i < CHILDREN; i++)
		if (p->pid[i] > 0) {
			kill(p->pid[i], SIGKILL);
			waitpid(p->pid[i], &status, 0);
		}
}

static int
parent_loop(struct parent *p, const sigset_t *set)
{
	int	 sig;

	for (;;) {
		if (sigwait(set, &sig) != 0)
			return 1;
		if (sig == SIGCHLD && !parent_reap(p))
			return 1;
		if (sig == SIGHUP)
			parent_reload(p);
		if (sig == SIGTERM || sig == SIGINT)
			return 0;
	}
}

static int
parent_start(struct parent *p, struct why *why)
{
	int	 r;

	if ((r = parent_lock(p, why)) != 0 ||
	    (r = listen_open(p->set, &p->listeners, why)) != 0 ||
	    (r = parent_pairs(p, why)) != 0)
		return r;
	if ((r = child_start(p, CHILD_SIGNER)) != 0 ||
	    (r = child_start(p, CHILD_WORKER)) != 0)
		return why_set(why, r, "cannot start: %s", strerror(errno));
	return 0;
}

int
parent_run(struct settings *s)
{
	struct parent	 p = { .set = s, .lock = -1, .ready = { -1, -1 },
			    .pid = { -1, -1 }, .listeners = { .admin = -1 } };
	struct why	 why = {""};
	sigset_t	 set;
	int		 status = 1;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	parent_undumpable();
	if (parent_start(&p, &why) != 0)
		log_error("start-failed reason=\"%s\"", why.text);
	else
		status = parent_loop(&p, &set);
	parent_stop(&p);
	if (p.listeners.admin_path[0] != '\0')
		unlink(p.listeners.admin_path);
	listen_close(&p.listeners);
	parent_unpair(&p);
	if (p.lock != -1)
		close(p.lock);
	settings_free(s);
	return status;
}
