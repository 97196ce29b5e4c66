/* SPDX-License-Identifier: Apache-2.0 */
/* What the eIM tells: one line an EID, and how it went in all. */
#include <stdio.h>
#include <stdlib.h>

#include "tools/vuicc_relay.h"
#include "tools/vuicc_report.h"

void
relay_report_job(const struct relay *rl, const struct relay_job *j)
{
	struct buf	 b = {0};

	if (rl->opt->json) {
		vuicc_report_json(j->order->eid, &j->res, j->r);
		return;
	}
	if (j->r != 0)
		vuicc_report_reason(&j->res, j->r, &b);
	else
		buf_add_str(&b, j->res.iccid);
	if (rl->shown)
		fputs("\r\033[K", stderr);
	printf("%s  %-9s  %s\n", j->order->eid,
	    vuicc_report_outcome(&j->res, j->r), buf_cstr(&b));
	buf_free(&b);
}

struct totals {
	size_t	 installed, failed, calls;
	long	 connects;
	int64_t	*us;
	int64_t	 p50, p99, slowest;
};

static int
us_cmp(const void *a, const void *b)
{
	int64_t	 x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static void
totals_job(struct totals *t, const struct relay_job *j)
{
	size_t	 i;

	t->installed += j->r == 0 && j->res.installed;
	t->failed += j->r != 0;
	t->connects += j->res.connects;
	for (i = 0; i < j->res.n_call; i++)
		t->us[t->calls++] = j->res.call[i].us;
}

static void
totals_take(const struct relay *rl, struct totals *t)
{
	size_t	 i;

	t->us = xcalloc(rl->orders.n * VUICC_CALLS + 1, sizeof(*t->us));
	for (i = 0; i < rl->orders.n; i++)
		totals_job(t, &rl->job[i]);
	if (t->calls > 0) {
		qsort(t->us, t->calls, sizeof(*t->us), us_cmp);
		t->p50 = t->us[t->calls / 2];
		t->p99 = t->us[t->calls * 99 / 100];
		t->slowest = t->us[t->calls - 1];
	}
	free(t->us);
}

static void
totals_json(const struct relay *rl, const struct totals *t)
{
	json_t	*o;

	o = json_pack("{s:I, s:I, s:I, s:I, s:I, s:f, s:I, s:I, s:I}",
	    "eids", (json_int_t)rl->orders.n,
	    "installed", (json_int_t)t->installed,
	    "failed", (json_int_t)t->failed,
	    "calls", (json_int_t)t->calls,
	    "connections", (json_int_t)t->connects,
	    "seconds", rl->seconds,
	    "p50_us", (json_int_t)t->p50,
	    "p99_us", (json_int_t)t->p99,
	    "slowest_us", (json_int_t)t->slowest);
	vuicc_report_print(o);
	json_decref(o);
}

size_t
relay_report_end(const struct relay *rl)
{
	struct totals	 t = {0};

	totals_take(rl, &t);
	if (rl->opt->json)
		totals_json(rl, &t);
	else
		printf("%zu EIDs, %zu installed, %zu failed; %zu calls over "
		    "%ld connections in %.1f s; half of the calls in %.3f s, "
		    "99 of 100 in %.3f s, all in %.3f s\n", rl->orders.n,
		    t.installed, t.failed, t.calls, t.connects, rl->seconds,
		    (double)t.p50 / 1e6, (double)t.p99 / 1e6,
		    (double)t.slowest / 1e6);
	return t.failed;
}
