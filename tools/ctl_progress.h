/* SPDX-License-Identifier: Apache-2.0 */
/* A line on a terminal that tells how far long work has come; else nothing. */
#ifndef TOOLS_CTL_PROGRESS_H
#define TOOLS_CTL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct ctl_progress {
	const char	*what;		/* "profiles" */
	int64_t		 total, first;	/* first: done before we began */
	bool		 tty;
	double		 begun, shown;
};

void	ctl_progress_begin(struct ctl_progress *p, const char *what,
	    int64_t done, int64_t total);
void	ctl_progress(struct ctl_progress *p, int64_t done);
/* Take the line away. */
void	ctl_progress_end(struct ctl_progress *p);

#endif
