/* SPDX-License-Identifier: Apache-2.0 */
/* One pair serves, another may start, some drain. */
#include <sys/wait.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "server/parent_int.h"
#include "server/worker.h"

#define RESTART_PAUSE	200000	/* us; a child that dies at once */
#define KILLED_MAX	5	/* times in a row before it was ready */

static struct pair *
parent_pair(const struct parent *p, enum pair_state state)
{
	struct pair	*i;

	for (i = p->family.pairs; i != NULL && i->state != state; i = i->next)
		;
	return i;
}

/* How many drain, and which has done so for longest. */
static size_t
parent_drains(const struct parent *p, struct pair **oldest)
{
	struct pair	*i;
	size_t		 n = 0;

	*oldest = NULL;
	for (i = p->family.pairs; i != NULL; i = i->next)
		if (i->state == PAIR_DRAINS) {
			*oldest = i;
			n++;
		}
	return n;
}

/* It did not come to serve: all stays as it is. */
static void
parent_fails(struct parent *p, struct pair *next, const char *reason)
{
	log_error("reload-failed reason=\"%s\"", reason);
	next->state = PAIR_DRAINS;
	next->set = NULL;
	pair_kill(next);
	if (p->next_set != NULL) {
		settings_free(p->next_set);
		free(p->next_set);
		p->next_set = NULL;
	}
}

/*
 * A child of the pair that serves.  One that ended before it was ready will do
 * so the next time: something is wrong with what it was given.  Any other is
 * started again, and so is one that was killed on its way.
 */
static bool
parent_restarts(struct parent *p, struct pair *pair, enum child which,
    int status)
{
	if (pair->ready[which])
		pair->killed[which] = 0;
	else if (!WIFSIGNALED(status) || ++pair->killed[which] == KILLED_MAX) {
		log_error("%s-does-not-start", pair_names[which]);
		return false;
	}
	if (WIFSIGNALED(status))
		log_warn("%s-died signal=%d", pair_names[which],
		    WTERMSIG(status));
	else if (WEXITSTATUS(status) == 0)
		log_info("%s-ended", pair_names[which]);
	else
		log_warn("%s-ended status=%d", pair_names[which],
		    WEXITSTATUS(status));
	if (time(NULL) - pair->started[which] < 2)
		usleep(RESTART_PAUSE);
	if (pair_start(&p->family, pair, which) != 0) {
		log_error("%s-does-not-start reason=\"%s\"",
		    pair_names[which], strerror(errno));
		return false;
	}
	return true;
}

/* A child of a pair that drains: the other one is of no use without it. */
static void
parent_buries(struct pair *pair, enum child which, int status)
{
	if (!pair->told[which] && which == CHILD_SIGNER)
		log_warn("old-signer-ended");
	if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
		log_warn("old-%s-died signal=%d", pair_names[which],
		    WTERMSIG(status));
	if (which == CHILD_SIGNER && pair->pid[CHILD_WORKER] > 0)
		pair_end(pair);
	if (which == CHILD_WORKER) {
		log_info("worker-ended");
		if (pair->pid[CHILD_SIGNER] > 0)
			kill(pair->pid[CHILD_SIGNER], SIGKILL);
	}
}

/* False: give up. */
static bool
parent_died(struct parent *p, struct pair *pair, enum child which, int status)
{
	pair_hear(pair);
	pair->pid[which] = -1;
	if (pair->state == PAIR_SERVES)
		return parent_restarts(p, pair, which, status);
	if (pair->state == PAIR_STARTS)
		parent_fails(p, pair, which == CHILD_WORKER ?
		    "the worker does not start" :
		    "the signer does not start");
	else
		parent_buries(pair, which, status);
	if (pair_gone(pair))
		pair_free(&p->family, pair);
	return true;
}

struct pair *
parent_finds(const struct parent *p, pid_t pid, enum child *which)
{
	struct pair	*i;

	for (i = p->family.pairs; i != NULL; i = i->next)
		for (*which = 0; *which < CHILDREN; (*which)++)
			if (i->pid[*which] == pid)
				return i;
	return NULL;
}

bool
parent_reap(struct parent *p)
{
	struct pair	*pair;
	enum child	 which;
	bool		 go_on = true;
	pid_t		 pid;
	int		 status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if ((pair = parent_finds(p, pid, &which)) != NULL &&
		    !parent_died(p, pair, which, status))
			go_on = false;
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

/* Good new settings, or NULL. */
static struct settings *
parent_reads(const struct parent *p)
{
	struct settings	*s = xcalloc(1, sizeof(*s));
	struct why	 why = {""};

	if (settings_load(p->set->path, s, &why) != 0)
		log_error("reload-refused reason=\"%s\"", why.text);
	else if (parent_judges_good(s)) {
		log_info("reload");
		return s;
	}
	settings_free(s);
	free(s);
	return NULL;
}

/* Another pair, beside the one that serves until this one does. */
static void
parent_begins(struct parent *p, struct settings *s)
{
	struct pair	*next;
	struct why	 why = {""};
	int		 r;

	if ((r = pair_new(&p->family, s, &next, &why)) == 0 &&
	    ((r = pair_start(&p->family, next, CHILD_SIGNER)) != 0 ||
	    (r = pair_start(&p->family, next, CHILD_WORKER)) != 0))
		r = why_set(&why, r, "cannot start: %s", strerror(errno));
	if (r == 0)
		return;
	parent_fails(p, next, why.text);
	if (pair_gone(next))
		pair_free(&p->family, next);
}

void
parent_renews(struct parent *p)
{
	struct pair	*serves = parent_pair(p, PAIR_SERVES), *oldest;
	size_t		 n = parent_drains(p, &oldest);

	if ((!p->reload && !serves->anew) ||
	    parent_pair(p, PAIR_STARTS) != NULL)
		return;
	if (!p->reload && n >= DRAINS_MAX)
		return;		/* age can wait, and cuts no connection */
	if (n >= DRAINS_MAX && !oldest->ending) {
		log_info("drain-ended-early");
		pair_end(oldest);
	}
	if (n > DRAINS_MAX)
		return;
	serves->anew = false;
	if (!p->reload)
		parent_begins(p, p->set);
	else if ((p->next_set = parent_reads(p)) != NULL)
		parent_begins(p, p->next_set);
	p->reload = false;
}

/*
 * Listening sockets stay as they are: an address that is new takes a restart.
 */
static void
parent_takes_over(struct parent *p, struct pair *next)
{
	struct pair	*old = parent_pair(p, PAIR_SERVES);
	struct why	 why = {""};

	next->state = PAIR_SERVES;
	pair_drain(old);
	if (p->next_set == NULL)
		return;
	settings_free(p->set);
	free(p->set);
	p->set = p->next_set;
	p->next_set = NULL;
	if (listen_permit(&p->family.listeners, p->set->admin_group,
	    &why) != 0)
		log_error("reload reason=\"%s\"", why.text);
}

/* In the log when whoever connects from now on meets this one. */
static void
parent_says_ready(struct parent *p)
{
	const struct listeners	*l = &p->family.listeners;
	struct pair		*i;
	struct buf		 names = {0};
	char			 name[80];
	size_t			 k;

	for (i = p->family.pairs; i != NULL; i = i->next)
		if (i->state == PAIR_DRAINS && !i->quiet &&
		    i->pid[CHILD_WORKER] > 0)
			return;
	i = parent_pair(p, PAIR_SERVES);
	if (i->said || !i->ready[CHILD_WORKER])
		return;
	i->said = true;
	for (k = 0; k < l->n_es9; k++) {
		listen_name(l->es9[k], name, sizeof(name));
		buf_addf(&names, " es9=%s", name);
	}
	log_plain("ready address=%s%s admin=%s", p->set->address.item[0],
	    buf_cstr(&names), p->set->listen_admin);
	buf_free(&names);
}

void
parent_hears(struct parent *p)
{
	struct pair	*i;

	for (i = p->family.pairs; i != NULL; i = i->next) {
		pair_hear(i);
		if (pair_overdue(i) && i->pid[CHILD_WORKER] > 0)
			pair_kill(i);
	}
	i = parent_pair(p, PAIR_STARTS);
	if (i != NULL && i->ready[CHILD_SIGNER] && i->ready[CHILD_WORKER])
		parent_takes_over(p, i);
	parent_says_ready(p);
}
