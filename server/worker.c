/* SPDX-License-Identifier: Apache-2.0 */
#include "server/worker.h"

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
#define LOCK_TRIES	40	/* tenths: the last one may be dying yet */
#define TIDY_EVERY	10	/* seconds */

struct worker {
	const struct settings	*set;
	struct ctx		 shared;
	struct tls		*tls;
	struct pool		*pool;
	struct ctx		 keeper;	/* of the housekeeping */
	int64_t			 day;		/* of the last one */
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

/* A worker that was killed may hold its lock for a moment still. */
static int
worker_store(struct worker *w, struct why *why)
{
	int	 r, i;

	for (i = 0;; i++) {
		r = store_open(w->set->db + strlen("sqlite:"), false,
		    &w->shared.store, why);
		if (r != DPE_BUSY || i == LOCK_TRIES)
			return r;
		usleep(100000);
	}
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
worker_ready(const struct worker *w, const struct listeners *l, int ready_fd)
{
	struct buf	 names = {0};
	char		 name[80];
	size_t		 i;

	for (i = 0; i < l->n_es9; i++) {
		listen_name(l->es9[i], name, sizeof(name));
		buf_addf(&names, " es9=%s", name);
	}
	log_plain("ready address=%s%s admin=%s", w->set->address.item[0],
	    buf_cstr(&names), w->set->listen_admin);
	buf_free(&names);
	if (write(ready_fd, "w", 1) != 1)
		log_warn("parent-gone");
	close(ready_fd);
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
 * ever; the parent starts the next one on the same sockets.
 */
static bool
worker_is_old(const struct worker *w)
{
	uint64_t	 n = 0;
	size_t		 i;

	for (i = 0; i < w->n_http; i++)
		n += http_accepted(w->http[i]);
	if (w->set->worker_connections == 0 ||
	    n < w->set->worker_connections)
		return false;
	log_info("worker-begins-anew connections=%llu",
	    (unsigned long long)n);
	return true;
}

/* Once a second until SIGTERM. */
static void
worker_wait(struct worker *w)
{
	struct timespec	 second = { 1, 0 };
	sigset_t	 set;
	unsigned	 ticks = 0;
	size_t		 i;
	int		 sig;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	w->day = clock_now(w->keeper.clock) / 86400;
	for (;;) {
		sig = sigtimedwait(&set, NULL, &second);
		if (sig == SIGTERM)
			return;
		for (i = 0; i < w->n_http; i++)
			http_reap(w->http[i]);
		if (worker_is_old(w))
			return;
		if (++ticks % TIDY_EVERY == 0)
			worker_tidy(w);
	}
}

static int
worker_open(struct worker *w, const int *signer_fds, size_t n,
    struct why *why)
{
	int	 r;

	w->shared.set = w->set;
	w->shared.clock = &labclock;
	w->shared.rnd = &rnd_system;
	w->shared.lab_offset = &labclock_offset;
	w->shared.sessions_full = &w->sessions_full;
	w->shared.tenant = TENANT_DEFAULT;
	if ((r = worker_descriptors(w->set, n, why)) != 0 ||
	    (r = worker_load(w, why)) != 0 ||
	    (r = worker_store(w, why)) != 0)
		return r;
	w->keeper = w->shared;
	if ((r = store_reader(w->shared.store, &w->keeper.db)) != 0 ||
	    (r = pool_new(&w->shared, signer_fds, n, &w->pool)) != 0)
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
    const int *signer_fds, size_t n, int ready_fd, struct why *why)
{
	struct worker	 w = { .set = s };
	int		 r;

	if ((r = worker_open(&w, signer_fds, n, why)) == 0 &&
	    (r = worker_listen(&w, l, why)) == 0) {
		worker_ready(&w, l, ready_fd);
		worker_wait(&w);
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
