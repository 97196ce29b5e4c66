/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/ctl_progress.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BAR	30

static double
seconds(void)
{
	struct timespec	 t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void
ctl_progress_begin(struct ctl_progress *p, const char *what, int64_t done,
    int64_t total)
{
	p->what = what;
	p->total = total;
	p->first = done;
	p->tty = isatty(STDERR_FILENO) == 1;
	p->begun = p->shown = seconds();
}

void
ctl_progress(struct ctl_progress *p, int64_t done)
{
	char	 bar[BAR + 1];
	double	 now, rate;
	int	 n;

	now = seconds();
	if (!p->tty || p->total <= 0 || now - p->shown < 0.1)
		return;
	p->shown = now;
	rate = (double)(done - p->first) / (now - p->begun);
	n = (int)(done * BAR / p->total);
	memset(bar, '.', BAR);
	memset(bar, '#', (size_t)(n < 0 ? 0 : n > BAR ? BAR : n));
	bar[BAR] = '\0';
	fprintf(stderr, "\r[%s] %" PRId64 " of %" PRId64 " %s, %.0f/s", bar,
	    done, p->total, p->what, rate);
	if (rate > 0)
		fprintf(stderr, ", %.0f s left", (double)(p->total - done) /
		    rate);
	fputs("\033[K", stderr);
	fflush(stderr);
}

void
ctl_progress_end(struct ctl_progress *p)
{
	if (p->tty) {
		fputs("\r\033[K", stderr);
		fflush(stderr);
	}
	p->tty = false;
}
