/* SPDX-License-Identifier: Apache-2.0 */
#include "server/pair.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "certs/signer.h"
#include "db/store.h"
#include "server/worker.h"

#define OTHER_FILES	64	/* descriptors that are no channels */

const char *const	pair_names[CHILDREN] = { "signer", "worker" };
static const char *const titles[CHILDREN] = { "smdpd-signer", "smdpd-worker" };

static time_t
monotonic(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static void
close_if(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

static void
pair_close_channels(struct pair *p)
{
	size_t	 i;

	for (i = 0; i < p->n; i++) {
		close(p->channels[i][0]);
		close(p->channels[i][1]);
	}
	free(p->channels);
	p->channels = NULL;
	p->n = 0;
}

static void
pair_close(struct pair *p)
{
	pair_close_channels(p);
	close_if(&p->lock);
	close_if(&p->hear[CHILD_SIGNER]);
	close_if(&p->hear[CHILD_WORKER]);
}

static int
pair_channels(struct pair *p, struct why *why)
{
	size_t		 n = worker_contexts(p->set);
	struct rlimit	 rl;

	/* Those of two pairs, for a moment. */
	if (getrlimit(RLIMIT_NOFILE, &rl) == 0 &&
	    rl.rlim_cur < 4 * n + OTHER_FILES) {
		rl.rlim_cur = 4 * n + OTHER_FILES < rl.rlim_max ?
		    4 * n + OTHER_FILES : rl.rlim_max;
		setrlimit(RLIMIT_NOFILE, &rl);
	}
	p->channels = xcalloc(n, sizeof(*p->channels));
	for (; p->n < n; p->n++)
		if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0,
		    p->channels[p->n]) == -1)
			return why_set(why, DPE_IO, "socketpair: %s",
			    strerror(errno));
	return 0;
}

/* One lock for all pairs on one database: of this daemon, not of a process. */
static int
pair_lock(struct family *f, struct pair *p, struct why *why)
{
	const struct pair	*o;

	p->db = xstrdup(p->set->db + strlen("sqlite:"));
	for (o = f->pairs; o != NULL; o = o->next)
		if (o->lock != -1 && strcmp(o->db, p->db) == 0) {
			p->lock = fcntl(o->lock, F_DUPFD_CLOEXEC, 0);
			return p->lock != -1 ? 0 : why_set(why, DPE_IO,
			    "%s: %s", p->db, strerror(errno));
		}
	return store_lock(p->db, &p->lock, why);
}

int
pair_new(struct family *f, struct settings *s, struct pair **out,
    struct why *why)
{
	struct pair	*p = xcalloc(1, sizeof(*p));
	int		 r;

	*out = p;
	p->set = s;
	p->lock = -1;
	p->pid[CHILD_SIGNER] = p->pid[CHILD_WORKER] = -1;
	p->hear[CHILD_SIGNER] = p->hear[CHILD_WORKER] = -1;
	r = pair_lock(f, p, why);
	p->next = f->pairs;
	f->pairs = p;
	return r != 0 ? r : pair_channels(p, why);
}

void
pair_free(struct family *f, struct pair *p)
{
	struct pair	**at;

	for (at = &f->pairs; *at != NULL; at = &(*at)->next)
		if (*at == p) {
			*at = p->next;
			break;
		}
	pair_close(p);
	free(p->db);
	free(p);
}

void
pair_undumpable(void)
{
	/* A leak checker looks at its own process, and is one where it is. */
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
	pair_undumpable();
	setrlimit(RLIMIT_CORE, &none);
	signal(SIGPIPE, SIG_IGN);
}

/* The worker waits for these; they may come before it does. */
static void
child_signals(enum child which)
{
	sigset_t	 set;

	sigemptyset(&set);
	if (which == CHILD_WORKER) {
		sigaddset(&set, SIGTERM);
		sigaddset(&set, SIGUSR1);
	}
	sigprocmask(SIG_SETMASK, &set, NULL);
	signal(SIGHUP, SIG_IGN);
	signal(SIGINT, SIG_IGN);	/* from a terminal: the parent's to say */
}

/* Nothing of another pair, nor of the parent, is left to a child. */
static void
child_close(struct family *f, struct pair *mine)
{
	struct pair	*p;

	for (p = f->pairs; p != NULL; p = p->next)
		if (p != mine)
			pair_close(p);
	close_if(&mine->hear[CHILD_SIGNER]);
	close_if(&mine->hear[CHILD_WORKER]);
	close_if(&f->lock);
	close_if(&f->signals);
}

/* Keep this child's ends, close the other's; the caller frees. */
static int *
child_ends(struct pair *p, enum child which)
{
	int	*fds = xcalloc(p->n, sizeof(*fds));
	size_t	 i;

	for (i = 0; i < p->n; i++) {
		fds[i] = p->channels[i][which];
		close(p->channels[i][1 - (int)which]);
	}
	return fds;
}

static void __attribute__((noreturn))
child_main(struct family *f, struct pair *p, enum child which, int tell)
{
	struct worker_fds	 wf;
	struct why		 why = {""};
	enum log_level		 level = LOG_INFO;
	int			*fds, r;

	if (log_level_parse(p->set->log_level, &level) != 0)
		_exit(1);
	log_init(pair_names[which], level);
	prctl(PR_SET_NAME, titles[which]);
	child_signals(which);
	child_close(f, p);
	fds = child_ends(p, which);
	if (which == CHILD_SIGNER) {
		listen_close(&f->listeners);
		close_if(&p->lock);
		r = signer_serve(p->set->pki, fds, p->n, tell, &why);
	} else {
		wf = (struct worker_fds){ fds, p->n, p->lock, tell };
		r = worker_run(p->set, &f->listeners, &wf, &why);
	}
	if (r != 0)
		log_error("%s-failed reason=\"%s\"", pair_names[which],
		    why.text[0] != '\0' ? why.text : err_text(r));
	free(fds);
	exit(r == 0 ? 0 : 1);
}

int
pair_start(struct family *f, struct pair *p, enum child which)
{
	pid_t	 me = getpid();
	int	 fds[2];

	if (pipe2(fds, O_CLOEXEC | O_NONBLOCK) == -1)
		return DPE_IO;
	close_if(&p->hear[which]);
	p->hear[which] = fds[0];
	p->ready[which] = false;
	if (which == CHILD_WORKER)
		p->anew = p->said = false;
	p->started[which] = time(NULL);
	if ((p->pid[which] = fork()) == -1) {
		close(fds[1]);
		return DPE_IO;
	}
	if (p->pid[which] == 0) {
		child_harden(me);
		child_main(f, p, which, fds[1]);
	}
	close(fds[1]);
	return 0;
}

static void
pair_told(struct pair *p, int which, char what)
{
	if (which == CHILD_SIGNER || what == WORKER_READY)
		p->ready[which] = true;
	else if (what == WORKER_ANEW)
		p->anew = true;
	else if (what == WORKER_QUIET)
		p->quiet = true;
}

void
pair_hear(struct pair *p)
{
	char	 c[16];
	ssize_t	 n, k;
	int	 i;

	for (i = 0; i < CHILDREN; i++) {
		if (p->hear[i] == -1)
			continue;
		while ((n = read(p->hear[i], c, sizeof(c))) > 0)
			for (k = 0; k < n; k++)
				pair_told(p, i, c[k]);
		if (n == 0)
			close_if(&p->hear[i]);
	}
}

static void
pair_tell(struct pair *p, enum child which, int sig)
{
	if (p->pid[which] > 0)
		kill(p->pid[which], sig);
	p->told[which] = true;
}

/*
 * The signer ends when the worker has closed its ends.  What either was given
 * may be gone by now, so neither is started again.
 */
void
pair_drain(struct pair *p)
{
	p->state = PAIR_DRAINS;
	p->set = NULL;
	p->told[CHILD_SIGNER] = true;
	p->until = monotonic() + WORKER_DRAIN + WORKER_STOP;
	pair_close_channels(p);
	pair_tell(p, CHILD_WORKER, SIGUSR1);
}

void
pair_end(struct pair *p)
{
	time_t	 until = monotonic() + WORKER_STOP;

	p->ending = true;
	if (p->until == 0 || until < p->until)
		p->until = until;
	pair_tell(p, CHILD_WORKER, SIGTERM);
}

void
pair_kill(struct pair *p)
{
	pair_tell(p, CHILD_WORKER, SIGKILL);
	pair_tell(p, CHILD_SIGNER, SIGKILL);
}

bool
pair_gone(const struct pair *p)
{
	return p->pid[CHILD_SIGNER] <= 0 && p->pid[CHILD_WORKER] <= 0;
}

bool
pair_overdue(const struct pair *p)
{
	return p->until != 0 && monotonic() > p->until;
}
