/* SPDX-License-Identifier: Apache-2.0 */
/* The clients: threads that download until the work is done. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "certs/issue.h"
#include "tools/load.h"
#include "tools/vuicc_lpa.h"

struct run {
	const struct load_opt	*opt;
	const struct load_plan	*plan;
	struct load_result	*out;
	struct buf		 ca_pem;
	struct buf		 way;		/* HOST:PORT=IP:PORT */
	const char		*pki_dir;
	_Atomic int64_t		 next;		/* download to be done */
	pthread_mutex_t		 lock;
	bool			 shown;		/* progress, on a terminal */
	double			 start, told;	/* seconds; under the lock */
};

struct client {
	struct run		*run;
	const char		*eid;
	pthread_t		 thread;
	struct crypto		*crypto;
	struct pki		*pki;
	struct vuicc_state	*state;
	struct vuicc_card	 card;
	struct vuicc_http	*http;
	struct why		 why;
	int			 r;
};

static double
load_now(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* One line, rewritten twice a second; the lock is held. */
static void
load_progress(struct run *run)
{
	double	 now = load_now();
	int64_t	 n = run->out->done + run->out->failed;

	if (!run->shown || now - run->told < 0.5)
		return;
	run->told = now;
	fprintf(stderr, "\r%lld/%lld downloads, %.1f/s\033[K", (long long)n,
	    (long long)run->opt->downloads, (double)n / (now - run->start));
	fflush(stderr);
}

static int
client_open(struct client *c)
{
	char			*way = buf_cstr(&c->run->way);
	struct vuicc_http_conf	 conf = {
		.ca_pem = buf_slice(&c->run->ca_pem),
		.connect = &way, .n_connect = 1,
		.reconnect = c->run->opt->reconnect,
	};
	int			 r;

	if ((r = crypto_new(&c->crypto)) != 0 ||
	    (r = pki_load(c->run->pki_dir, c->crypto,
	    clock_now(&clock_system), false, &c->pki, &c->why)) != 0 ||
	    (r = vuicc_state_open(NULL, false, &c->state, &c->why)) != 0 ||
	    (r = vuicc_card_open(&c->card, c->run->pki_dir, c->eid,
	    c->crypto, c->pki, c->state, &c->why)) != 0)
		return r;
	return vuicc_http_new(&conf, &c->http, &c->why);
}

static void
client_close(struct client *c)
{
	vuicc_http_free(c->http);
	if (c->card.key != NULL)
		vuicc_card_close(&c->card);
	vuicc_state_free(c->state);
	pki_free(c->pki);
	crypto_free(c->crypto);
}

static const char *const functions[LOAD_FUNCTIONS] = {
	"initiateAuthentication", "authenticateClient",
	"getBoundProfilePackage", "handleNotification"
};

static void
client_count(struct client *c, const struct vuicc_result *res, int r,
    size_t package)
{
	struct load_result	*out = c->run->out;
	size_t			 i, f;

	pthread_mutex_lock(&c->run->lock);
	if (r != 0) {
		if (out->failed++ == 0)
			snprintf(out->first_failure.text,
			    sizeof(out->first_failure.text), "%.200s",
			    res->why.text);
	} else {
		for (i = 0; i < res->n_call; i++)
			for (f = 0; f < LOAD_FUNCTIONS; f++)
				if (strcmp(res->call[i].function,
				    functions[f]) == 0)
					out->us[f][out->done] =
					    res->call[i].us;
		out->package = package;
		out->done++;
	}
	load_progress(c->run);
	pthread_mutex_unlock(&c->run->lock);
}

/* One download, after which the card has forgotten it. */
static void
client_download(struct client *c, const char *code)
{
	struct vuicc_lpa	 lpa = { .card = &c->card, .http = c->http };
	struct vuicc_want	 want = {0};
	struct vuicc_result	 res = {0};
	struct vuicc_profile	*p;
	struct buf		 upp = {0};
	int			 r;

	want.upp = &upp;
	if ((r = actcode_parse(code, &want.code, &res.why)) == 0)
		r = vuicc_download(&lpa, &want, &res);
	client_count(c, &res, r, upp.len);
	if ((p = vuicc_state_profile(c->state, res.iccid)) != NULL)
		vuicc_state_profile_del(c->state, p);
	while (c->state->n_pending > 0)
		vuicc_state_pending_del(c->state, 0);
	buf_free(&upp);
	vuicc_result_free(&res);
}

static void *
client_main(void *arg)
{
	struct client	*c = arg;
	struct run	*run = c->run;
	int64_t		 i;

	while ((i = atomic_fetch_add(&run->next, 1)) < run->opt->downloads)
		client_download(c, run->plan->code[i]);
	return NULL;
}

static int
run_roots_add(void *arg, const char *name)
{
	struct run	*run = arg;
	struct buf	 path = {0}, der = {0};
	int		 r;

	buf_addf(&path, "%s/ci/%s", run->pki_dir, name);
	if ((r = cert_load(buf_cstr(&path), &der, NULL)) == 0)
		issue_pem(buf_slice(&der), "CERTIFICATE", &run->ca_pem);
	buf_free(&path);
	buf_free(&der);
	return r;
}

/* Open all, start all, wait for all: only the running is timed. */
static int
run_clients(struct run *run, struct client *cl, int64_t n, struct why *why)
{
	int64_t	 i, started;
	int	 r = 0;

	for (i = 0; i < n && r == 0; i++)
		if ((r = client_open(&cl[i])) != 0)
			*why = cl[i].why;
	if (r != 0)
		return r;
	run->start = run->told = load_now();
	for (started = 0; started < n; started++)
		if (pthread_create(&cl[started].thread, NULL, client_main,
		    &cl[started]) != 0) {
			r = why_set(why, DPE_IO, "cannot start thread %lld",
			    (long long)started);
			atomic_store(&run->next, run->opt->downloads);
			break;
		}
	for (i = 0; i < started; i++)
		pthread_join(cl[i].thread, NULL);
	run->out->seconds = load_now() - run->start;
	if (run->shown)
		fputs("\r\033[K", stderr);
	return r;
}

int
load_run(const struct load_opt *o, const struct load_plan *plan,
    struct load_result *out, struct why *why)
{
	struct run	 run = { .opt = o, .plan = plan, .out = out,
			    .shown = isatty(STDERR_FILENO) == 1 };
	struct client	*cl = xcalloc((size_t)o->clients, sizeof(*cl));
	struct buf	 pki = {0}, ci = {0};
	int64_t		 i;
	int		 r;

	buf_addf(&pki, "%s/pki", o->dir);
	buf_addf(&ci, "%s/pki/ci", o->dir);
	run.pki_dir = buf_cstr(&pki);
	pthread_mutex_init(&run.lock, NULL);
	for (i = 0; i < LOAD_FUNCTIONS; i++)
		out->us[i] = xcalloc((size_t)o->downloads, sizeof(int64_t));
	for (i = 0; i < o->clients; i++) {
		cl[i].run = &run;
		cl[i].eid = plan->eid[i];
	}
	if ((r = load_server_way(o->dir, &run.way, why)) == 0 &&
	    (r = file_each(buf_cstr(&ci), ".crt", run_roots_add, &run,
	    why)) == 0)
		r = run_clients(&run, cl, o->clients, why);
	for (i = 0; i < o->clients; i++)
		client_close(&cl[i]);
	free(cl);
	pthread_mutex_destroy(&run.lock);
	buf_free(&run.ca_pem);
	buf_free(&run.way);
	buf_free(&pki);
	buf_free(&ci);
	return r;
}

void
load_result_free(struct load_result *r)
{
	size_t	 i;

	for (i = 0; i < LOAD_FUNCTIONS; i++)
		free(r->us[i]);
}
