/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mutated requests: no crash, no 5xx, no fault of ours in the log, and orders
 * and profiles as they were.  A body that still says the same (same.h) is not
 * sent.  8,000 bodies; SMDP_LONG=1: a million, and 20,000 over HTTPS.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "base/log.h"
#include "db/db.h"
#include "tests/conformance/case.h"
#include "tests/conformance/dump.h"
#include "tests/conformance/mutants.h"
#include "tests/conformance/mutate.h"
#include "tests/conformance/same.h"

#define EVENTS		"\"notify\":\"install,enable,disable,delete\""
#define HOUSEKEEPING	5000	/* requests between two cleanings */

/*
 * What is mutated: `prepare` brings the session where the request belongs,
 * `held` is the request, which is built and never sent as it is.
 */
static const struct target {
	const char	*words;
	const char	*prepare, *held;
	int		 step;		/* where the session is then; -1: any */
	const char	*order, *type;
	bool		 harmless;	/* accepted or not, no order changes */
} targets[] = {
	{ "initiateAuthentication", "", "init", -1, NULL, NULL, true },
	{ "authenticateClient", "init", "auth", STEP_INITIATED,
	    "\"max_downloads\":0", NULL, false },
	{ "authenticateClient once more", "init auth",
	    "again=authenticateClient", STEP_AUTHENTICATED,
	    "\"max_downloads\":0", NULL, true },
	{ "getBoundProfilePackage", "init auth", "bpp=4711",
	    STEP_AUTHENTICATED, "\"max_downloads\":0,\"cc\":\"4711\"", NULL,
	    false },
	{ "getBoundProfilePackage once more", "init auth bpp",
	    "again=getBoundProfilePackage", STEP_BPP_SENT,
	    "\"max_downloads\":0", NULL, false },
	{ "cancelSession", "init auth", "cancel=0", STEP_AUTHENTICATED,
	    "\"max_downloads\":0", NULL, false },
	{ "handleNotification, a result", "init auth bpp load",
	    "notify=keep", -1, NULL, NULL, false },
	{ "handleNotification, an event",
	    "init auth bpp load notify notify event=enable", "notify=keep",
	    -1, NULL, EVENTS, false },
};
#define N_TARGETS	NELEM(targets)

/* One target in one binding. */
struct work {
	const struct target	*t;
	struct bench		 b;
	struct dice		 dice;
	struct buf		 body;		/* as it would be sent */
	int64_t			 own;		/* attempts that we made */
	struct mutants_count	*count;
	struct https		*https;		/* NULL: without a network */
	size_t			 bad;
};

static void
work_steps(struct work *w, const char *script)
{
	char		*text = xstrdup(script);
	struct buf	 got = {0};

	if (!conf_steps(&w->b, text, &got))
		bench_broken(w->t->words, buf_cstr(&got));
	free(text);
	buf_free(&got);
}

/* The session as it should be, and the body that belongs to it. */
static void
work_ready(struct work *w)
{
	w->b.hold = false;
	work_steps(w, w->t->prepare);
	w->own += strstr(w->t->prepare, "auth") != NULL;
	w->b.hold = true;
	work_steps(w, w->t->held);
	buf_set(&w->body, buf_slice(&w->b.body));
}

static bool
work_waits(struct work *w)
{
	struct session	 s = {0};
	char		 tid[TID_TEXT];
	bool		 waits;

	if (w->t->step < 0)
		return true;
	hex_put(tid, buf_slice(&w->b.s.tid));
	waits = store_session_get(w->b.env.ctx.db, TENANT_DEFAULT, tid,
	    &s) == 0 && (int)s.step == w->t->step;
	session_free(&s);
	return waits;
}

/* A body that does not say what the right one says. */
static bool
work_mutate(struct work *w, struct buf *out)
{
	struct slice	 in = buf_slice(&w->body);

	buf_cut(out, 0);
	if (w->b.asn1)
		mutate_der(&w->dice, in, out);
	else
		mutate_json(&w->dice, in, out);
	while (dice_below(&w->dice, 8) == 0 && out->len > 0)
		out->p[dice_below(&w->dice, (uint32_t)out->len)] ^= 0x10;
	if (slice_eq(in, buf_slice(out)) || (!w->t->harmless &&
	    same_meaning(w->b.function, w->b.asn1, in, buf_slice(out)))) {
		w->count->same++;
		return false;
	}
	return true;
}

/* Is it a status that a request with faults may have? */
static void
work_judge(struct work *w, const struct buf *sent)
{
	unsigned	 status = w->b.an.status;

	w->count->sent++;
	if (status == 200 || status == 204 || status == 400 || status == 413) {
		w->count->answered[status == 200 ? 0 : status == 204 ? 1 :
		    2]++;
		return;
	}
	if (w->bad++ < 3)
		printf("# %s: status %u for %.*s\n", w->t->words, status,
		    (int)sent->len, (const char *)sent->p);
}

/* What a server does in time, so that the store stays small. */
static int
work_clean(struct db *db, void *arg)
{
	static const struct stmt refused = { "refused",
	    "DELETE FROM sessions WHERE step = 'closed' AND eid IS NULL" };
	int64_t	 n;
	int	 r;

	(void)arg;
	if ((r = db_run(db, &refused, "")) != 0)
		return r;
	return store_notification_trim(db, TENANT_DEFAULT, 100, HOUSEKEEPING,
	    &n);
}

static void
work_send(struct work *w, const struct buf *body)
{
	if (w->https == NULL)
		bench_send(&w->b, buf_slice(body));
	else
		w->b.an.status = https_post(w->https, w->b.function,
		    w->b.asn1, buf_slice(body));
}

static void
work_do(struct work *w, size_t n)
{
	struct buf	 body = {0};
	size_t		 i;

	for (i = 0; i < n; i++) {
		if (i % HOUSEKEEPING == HOUSEKEEPING - 1)
			env_write(&w->b.env, work_clean, NULL);
		if (!work_waits(w))
			work_ready(w);
		if (!work_mutate(w, &body))
			continue;
		work_send(w, &body);
		work_judge(w, &body);
	}
	buf_free(&body);
}

static void
work_open(struct work *w, const struct target *t, bool asn1)
{
	memset(w, 0, sizeof(*w));
	w->t = t;
	w->dice.state = UINT64_C(0x9E3779B97F4A7C15) +
	    (uint64_t)(t - targets) * 2 + asn1;
	bench_open(&w->b, asn1);
	bench_type(&w->b, t->type);
	bench_order(&w->b, t->order);
	work_ready(w);
}

/* n mutants; were the answers good, and is the state what it was? */
static bool
mutants_of(const struct target *t, bool asn1, bool https, size_t n,
    struct mutants_count *count)
{
	struct buf	 before = {0}, after = {0};
	struct work	 w;
	bool		 same;

	work_open(&w, t, asn1);
	w.count = count;
	if (https)
		w.https = https_open(&w.b);
	bench_dump(&w.b, w.own, &before);
	work_do(&w, n);
	bench_dump(&w.b, w.own, &after);
	same = slice_eq(buf_slice(&before), buf_slice(&after));
	if (!same)
		printf("# before:\n%s# after:\n%s", buf_cstr(&before),
		    buf_cstr(&after));
	buf_free(&before);
	buf_free(&after);
	buf_free(&w.body);
	if (https)
		https_close(w.https);
	bench_close(&w.b);
	return same && w.bad == 0;
}

struct run {
	size_t			 n;
	bool			 failed;
	struct mutants_count	 count;		/* without a network */
	struct mutants_count	 https;
};

static void
run_tap(struct run *r, bool ok, const char *what)
{
	r->failed |= !ok;
	printf("%sok %zu - %s\n", ok ? "" : "not ", ++r->n, what);
}

static void
run_all(struct run *r, bool https, size_t each)
{
	struct buf	 words = {0};
	size_t		 i;

	for (i = 0; i < 2 * N_TARGETS; i++) {
		buf_cut(&words, 0);
		buf_addf(&words, "mutated %s%s%s", targets[i / 2].words,
		    i % 2 == 0 ? "" : " (ASN.1)", https ? " over HTTPS" : "");
		run_tap(r, mutants_of(&targets[i / 2], i % 2 == 1, https,
		    each, https ? &r->https : &r->count), buf_cstr(&words));
	}
	buf_free(&words);
}

/* Errors go to a file meanwhile: each would be a fault of ours. */
static int
log_aside(char path[64])
{
	int	 kept, fd;

	snprintf(path, 64, "%s/mutants.log", bench_pki_dir());
	fflush(stderr);
	if ((kept = dup(STDERR_FILENO)) == -1 ||
	    freopen(path, "w", stderr) == NULL)
		bench_broken(path, "cannot be written");
	fd = kept;
	return fd;
}

static bool
log_back(const char *path, int kept)
{
	struct buf	 text = {0};
	bool		 quiet;

	fflush(stderr);
	if (dup2(kept, STDERR_FILENO) == -1 ||
	    file_read(path, 1 << 20, &text, NULL) != 0)
		return false;
	close(kept);
	quiet = text.len == 0;
	if (!quiet)
		printf("# in the log: %.300s\n", buf_cstr(&text));
	buf_free(&text);
	return quiet;
}

static void
run_figures(const struct run *r, time_t seconds)
{
	const struct mutants_count	*c = &r->count;

	printf("# figure %zu mutated requests of all functions in both "
	    "bindings: 200 %zu times, 204 %zu, 400 or 413 %zu, never 5xx; "
	    "orders and profiles unchanged; %ld s\n", c->sent,
	    c->answered[0], c->answered[1], c->answered[2], (long)seconds);
	printf("# figure %zu mutated requests over HTTPS: never 5xx\n",
	    r->https.sent);
	printf("# %zu said the same as the right one and were not sent\n",
	    c->same + r->https.same);
}

int
main(void)
{
	const char	*word = getenv("SMDP_LONG");
	bool		 all = word != NULL && strcmp(word, "1") == 0;
	struct run	 r = {0};
	char		 path[64];
	time_t		 begin = time(NULL), end;
	int		 kept;

	setvbuf(stdout, NULL, _IOLBF, 0);
	log_init("mutants", LOG_ERROR);
	bench_pki_make();
	kept = log_aside(path);
	/* Some more than a million: a few are not sent. */
	run_all(&r, false, all ? 68000 : 500);
	end = time(NULL);
	run_all(&r, true, all ? 1250 : 20);
	run_tap(&r, log_back(path, kept), "nothing was a fault of ours");
	run_tap(&r, !all || r.count.sent >= 1000000, "as many as were meant");
	if (!r.failed)
		run_figures(&r, end - begin);
	printf("1..%zu\n", r.n);
	bench_pki_remove();
	return r.failed;
}
