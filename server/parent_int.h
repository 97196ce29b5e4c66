/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the parent: which pairs there are, and what becomes of them. */
#ifndef SERVER_PARENT_INT_H
#define SERVER_PARENT_INT_H

#include "server/pair.h"
#include "server/settings.h"

#define DRAINS_MAX	3	/* pairs that drain; a reload ends the oldest */

struct parent {
	struct family	 family;
	struct settings	*set;		/* of the pair that serves */
	struct settings	*next_set;	/* of the one that starts; or NULL */
	bool		 reload;	/* asked for, not begun */
};

/* Whose child is this?  NULL: nobody's. */
struct pair	*parent_finds(const struct parent *p, pid_t pid,
		    enum child *which);
/* Bury what ended and start again what has to be there; false: give up. */
bool		 parent_reap(struct parent *p);
/* Take in what children tell; who is ready takes over from who serves. */
void		 parent_hears(struct parent *p);
/*
 * Start another pair when one is asked for, by SIGHUP or by a worker that is
 * old: one at a time, and not while too many drain.
 */
void		 parent_renews(struct parent *p);

#endif
