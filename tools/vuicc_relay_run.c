/* SPDX-License-Identifier: Apache-2.0 */
/* The eIM's workers: each has one connection, and takes the next EID. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "tools/vuicc_open.h"
#include "tools/vuicc_relay.h"

static double
relay_now(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

int
relay_open(struct relay *rl, struct relay_worker *w, struct why *why)
{
	const struct vuicc_opt	*o = rl->opt;
	struct vuicc_trust	 t = { .n_connect = o->n_connect };
	size_t			 i;
	int			 r;

	w->relay = rl;
	t.cafile = (char *)(uintptr_t)o->cafile;
	for (i = 0; i < o->n_connect; i++)
		t.connect[i] = o->connect[i];
	if ((r = crypto_new(&w->crypto)) != 0)
		return why_set(why, r, "OpenSSL does not start");
	if ((r = pki_load(o->pki, w->crypto, clock_now(&clock_system), false,
	    &w->pki, why)) != 0)
		return r;
	return vuicc_open_http(o, &t, w->pki, &w->http, why);
}

void
relay_close(struct relay_worker *w)
{
	vuicc_http_free(w->http);
	pki_free(w->pki);
	crypto_free(w->crypto);
}

/* One line, rewritten twice a second; the lock is held. */
static void
relay_progress(struct relay *rl)
{
	double	 now = relay_now();

	if (!rl->shown || now - rl->told < 0.5)
		return;
	rl->told = now;
	fprintf(stderr, "\r%zu/%zu %s, %.1f/s\033[K", rl->done, rl->orders.n,
	    rl->doing, (double)rl->done / (now - rl->start));
	fflush(stderr);
}

static void *
relay_main(void *arg)
{
	struct relay_worker	*w = arg;
	struct relay		*rl = w->relay;
	size_t			 i;

	while ((i = atomic_fetch_add(&rl->next, 1)) < rl->orders.n) {
		rl->fn(w, &rl->job[i]);
		pthread_mutex_lock(&rl->lock);
		rl->done++;
		relay_progress(rl);
		pthread_mutex_unlock(&rl->lock);
	}
	return NULL;
}

int
relay_pass(struct relay *rl, struct relay_worker *w, const char *doing,
    void (*fn)(struct relay_worker *w, struct relay_job *j), struct why *why)
{
	size_t	 n = (size_t)rl->opt->connections, i, started;
	int	 r = 0;

	rl->fn = fn;
	rl->doing = doing;
	rl->done = 0;
	rl->shown = isatty(STDERR_FILENO) == 1;
	rl->start = rl->told = relay_now();
	atomic_store(&rl->next, 0);
	for (started = 0; started < n; started++)
		if (pthread_create(&w[started].thread, NULL, relay_main,
		    &w[started]) != 0) {
			r = why_set(why, DPE_IO, "cannot start thread %zu",
			    started);
			atomic_store(&rl->next, rl->orders.n);
			break;
		}
	for (i = 0; i < started; i++)
		pthread_join(w[i].thread, NULL);
	rl->seconds += relay_now() - rl->start;
	if (rl->shown)
		fputs("\r\033[K", stderr);
	return r;
}
