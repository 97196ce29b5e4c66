/* SPDX-License-Identifier: Apache-2.0 */
#include "server/worker.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/log.h"
#include "server/daily.h"
#include "server/http/admin_api.h"
#include "server/http/es9.h"
#include "server/http/tls.h"
#include "server/housekeeping.h"
#include "server/labclock.h"
#include "server/pool.h"

#define IDLE_ES9	30	/* seconds between two requests */
#define DEADLINE_ES9	60	/* seconds for one request to arrive */
#define IDLE_ADMIN	120
#define DEADLINE_ADMIN	300
#define ADMIN_CONNECTIONS 32
#define STOP_WAIT	10	/* seconds for requests to finish */
#define TIDY_EVERY	10	/* seconds */
#define DRAIN_MIN	10	/* tenths: an accepted one may not show yet */

struct worker {
	const struct settings	*set;
	struct ctx		 shared;
	struct tls		*tls;
	struct pool		*pool;
	struct ctx		 keeper;	/* of the housekeeping */
	int64_t			 day;		/* of the last one */
	int			 tell_fd;	/* to the parent */
	uint64_t		 anew_at;	/* connections; then ask for it */
	_Atomic bool		 sessions_full;
	struct http_service	 es9, admin;
	struct http		*http[LISTEN_MAX + 1];
	size_t			 n_http;
};

size_t
worker_contexts(const struct settings *s)
{
	long	 cores;

	if (s->workers > 0)
		return s->workers;
	cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (cores < 1)
		cores = 1;
	return cores > 16 ? 256 : (size_t)cores * 16;
}

static void
worker_es9(void *arg, const struct http_request *rq, struct http_answer *an)
{
	struct worker	*w = arg;
	struct ctx	*c;

	if (!es9_admit(rq, an))
		return;
	c = pool_get(w->pool);
	es9_serve(c, rq, an);
	pool_put(w->pool, c);
}

static void
worker_admin(void *arg, const struct http_request *rq, struct http_answer *an)
{
	struct worker	*w = arg;
	struct ctx	*c = pool_get(w->pool);

	admin_api_serve(c, rq, an);
	pool_put(w->pool, c);
}

static int
worker_load(struct worker *w, struct why *why)
{
	struct crypto	*c = NULL;
	int64_t		 now = clock_now(&clock_system);
	int		 r;

	if ((r = crypto_new(&c)) != 0)
		return why_set(why, r, "crypto: %s", err_text(r));
	if ((r = seal_open(w->set->kek + strlen("file:"), &w->shared.seal,
	    why)) == 0 &&
	    (r = pki_load(w->set->pki, c, now, true, &w->shared.pki,
	    why)) == 0)
		r = tls_load(w->set->pki, now, &w->tls, why);
	crypto_free(c);
	if (r == 0)
		daily(w->shared.pki, w->tls, now);
	return r;
}

/* Every connection is a descriptor: better to know now than at number 1000. */
static int
worker_descriptors(const struct settings *s, size_t contexts, struct why *why)
{
	struct rlimit	 rl;
	rlim_t		 need;

	need = (rlim_t)s->max_connections + ADMIN_CONNECTIONS +
	    4 * contexts + 64;
	if (getrlimit(RLIMIT_NOFILE, &rl) != 0)
		return why_set(why, DPE_IO, "getrlimit: %s", strerror(errno));
	if (rl.rlim_cur < need) {
		rl.rlim_cur = rl.rlim_max < need ? rl.rlim_max : need;
		if (rl.rlim_cur < need || setrlimit(RLIMIT_NOFILE, &rl) != 0)
			return why_set(why, DPE_RANGE, "max-connections %u "
			    "needs %llu descriptors, the limit is %llu",
			    s->max_connections, (unsigned long long)need,
			    (unsigned long long)rl.rlim_max);
	}
	return 0;
}

static int
worker_listen(struct worker *w, struct listeners *l, struct why *why)
{
	size_t	 i;
	int	 r = 0;

	w->es9 = (struct http_service){ .max_body = LIM_ES9_BODY,
	    .max_connections = w->set->max_connections, .idle = IDLE_ES9,
	    .deadline = DEADLINE_ES9, .tls = w->tls, .serve = worker_es9,
	    .arg = w };
	w->admin = (struct http_service){ .max_body = LIM_ADMIN_BODY,
	    .max_connections = ADMIN_CONNECTIONS, .idle = IDLE_ADMIN,
	    .deadline = DEADLINE_ADMIN, .serve = worker_admin, .arg = w };
	tls_use(w->tls);
	for (i = 0; i < l->n_es9 && r == 0; i++)
		if ((r = http_start(&w->es9, l->es9[i], &w->http[w->n_http],
		    why)) == 0)
			w->n_http++;
	if (r == 0 && (r = http_start(&w->admin, l->admin,
	    &w->http[w->n_http], why)) == 0)
		w->n_http++;
	return r;
}

static void
worker_tell(const struct worker *w, char what)
{
	if (write(w->tell_fd, &what, 1) != 1)
		log_warn("parent-gone");
}

/* A lab may have moved its clock: a day is one of the calendar. */
static void
worker_tidy(struct worker *w)
{
	int64_t	 now = clock_now(w->keeper.clock);

	housekeeping(&w->keeper);
	if (now / 86400 != w->day)
		daily(w->shared.pki, w->tls, now);
	w->day = now / 86400;
}

/*
 * A connection is a thread, and for each thread GnuTLS keeps a random number
 * generator until the process ends: some 230 octets.  So a process is not for
 * ever: the parent is asked for the next one, which serves before this drains.
 */
static void
worker_age(struct worker *w)
{
	uint64_t	 n = 0;
	size_t		 i;

	for (i = 0; i < w->n_http; i++)
		n += http_accepted(w->http[i]);
	if (w->set->worker_connections == 0 || n < w->anew_at)
		return;
	log_info("worker-begins-anew connections=%llu",
	    (unsigned long long)n);
	worker_tell(w, WORKER_ANEW);
	w->anew_at = n + w->set->worker_connections;	/* in case it fails */
}

static void
worker_reap(struct worker *w)
{
	size_t	 i;

	for (i = 0; i < w->n_http; i++)
		http_reap(w->http[i]);
}

/* Once a second until SIGTERM, or SIGUSR1: the next worker is there. */
static int
worker_wait(struct worker *w)
{
	struct timespec	 second = { 1, 0 };
	sigset_t	 set;
	unsigned	 ticks = 0;
	int		 sig;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	w->day = clock_now(w->keeper.clock) / 86400;
	w->anew_at = w->set->worker_connections;
	for (;;) {
		sig = sigtimedwait(&set, NULL, &second);
		if (sig == SIGTERM || sig == SIGUSR1)
			return sig;
		worker_reap(w);
		worker_age(w);
		if (++ticks % TIDY_EVERY == 0)
			worker_tidy(w);
	}
}

static size_t
worker_open_connections(struct worker *w)
{
	size_t	 i, n = 0;

	for (i = 0; i < w->n_http; i++)
		n += http_connections(w->http[i]);
	return n;
}

/*
 * Another worker listens.  Whoever is connected here is answered once more;
 * housekeeping is the other's, and so is judging if there is room for sessions:
 * one call for each connection is not worth a look.
 */
static void
worker_drain(struct worker *w)
{
	struct timespec	 tenth = { 0, 100000000 };
	sigset_t	 set;
	size_t		 i, n;
	int		 t;

	prctl(PR_SET_NAME, "smdpd-draining");
	for (i = 0; i < w->n_http; i++)
		http_drain(w->http[i]);
	atomic_store(&w->sessions_full, false);
	log_info("worker-drains connections=%zu", worker_open_connections(w));
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	for (t = 0; t < WORKER_DRAIN * 10; t++) {
		if (sigtimedwait(&set, NULL, &tenth) == SIGTERM)
			break;
		if (t == 0)	/* accepting is another thread's, till now */
			worker_tell(w, WORKER_QUIET);
		if (t % 10 == 0)
			worker_reap(w);
		if (t >= DRAIN_MIN && worker_open_connections(w) == 0)
			break;
	}
	if ((n = worker_open_connections(w)) > 0)
		log_info("worker-drain-cut connections=%zu", n);
}

static int
worker_open(struct worker *w, const struct worker_fds *fds, struct why *why)
{
	int	 r;

	w->shared.set = w->set;
	w->shared.clock = &labclock;
	w->shared.rnd = &rnd_system;
	w->shared.lab_offset = &labclock_offset;
	w->shared.sessions_full = &w->sessions_full;
	w->shared.tenant = TENANT_DEFAULT;
	if ((r = worker_descriptors(w->set, fds->n, why)) != 0 ||
	    (r = worker_load(w, why)) != 0 ||
	    (r = store_open_locked(w->set->db + strlen("sqlite:"), fds->lock,
	    &w->shared.store, why)) != 0)
		return r;
	w->keeper = w->shared;
	if ((r = store_reader(w->shared.store, &w->keeper.db)) != 0 ||
	    (r = pool_new(&w->shared, fds->signer, fds->n,
	    &w->pool)) != 0)
		return why_set(why, r, "cannot make contexts: %s",
		    err_text(r));
	return 0;
}

static void
worker_close(struct worker *w)
{
	size_t	 i;

	for (i = 0; i < w->n_http; i++)
		http_stop(w->http[i], STOP_WAIT);
	pool_free(w->pool);
	store_reader_free(w->keeper.db);
	store_close(w->shared.store);
	tls_free(w->tls);
	pki_free(w->shared.pki);
	seal_close(w->shared.seal);
}

int
worker_run(const struct settings *s, struct listeners *l,
    const struct worker_fds *fds, struct why *why)
{
	struct worker	 w = { .set = s, .tell_fd = fds->tell };
	int		 r;

	if ((r = worker_open(&w, fds, why)) == 0 &&
	    (r = worker_listen(&w, l, why)) == 0) {
		worker_tell(&w, WORKER_READY);
		if (worker_wait(&w) == SIGUSR1)
			worker_drain(&w);
	}
	worker_close(&w);
	return r;
}

int
worker_check(const struct settings *s, struct why *why)
{
	struct worker	 w = { .set = s };
	int		 r, none = -1;

	/* With no socket to serve, the signer loads its keys and ends. */
	if ((r = worker_load(&w, why)) == 0)
		r = signer_serve(s->pki, &none, 0, -1, why);
	worker_close(&w);
	return r;
}
