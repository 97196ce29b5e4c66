/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pair of children: a worker and the signer that signs for it, over channels
 * of their own.  One pair serves; beside it there may be one that starts and is
 * to take its place, and some that go on with the connections they had.
 */
#ifndef SERVER_PAIR_H
#define SERVER_PAIR_H

#include <sys/types.h>

#include <time.h>

#include "server/listen.h"

enum child { CHILD_SIGNER, CHILD_WORKER, CHILDREN };
enum pair_state { PAIR_STARTS, PAIR_SERVES, PAIR_DRAINS };

struct pair {
	struct pair		*next;		/* that is older */
	enum pair_state		 state;
	struct settings		*set;		/* NULL: no more children */
	int			 (*channels)[2]; /* [0] signer, [1] worker */
	size_t			 n;		/* of channels */
	int			 lock;		/* of the database */
	char			*db;
	time_t			 until;		/* monotonic; 0: no end yet */
	pid_t			 pid[CHILDREN];
	time_t			 started[CHILDREN];
	int			 hear[CHILDREN];	/* what it tells us */
	bool			 ready[CHILDREN];
	bool			 told[CHILDREN];	/* to end, by us */
	bool			 anew;		/* the worker asks for that */
	bool			 ending;	/* early: SIGTERM was sent */
	bool			 quiet;		/* it listens no more */
	bool			 said;		/* in the log, that it is ready */
	int			 killed[CHILDREN];	/* since it was ready */
};

/* All of them, and what else their children inherit. */
struct family {
	struct listeners	 listeners;
	int			 lock;		/* of the configuration */
	int			 signals;	/* descriptor */
	struct pair		*pairs;		/* the newest first */
};

extern const char *const	pair_names[CHILDREN];

/*
 * The first of the list; with channels, and the lock of its database, which is
 * that of another pair if one has the same.  DPE_BUSY: it is another daemon's.
 * pair_free() in any case.
 */
MUST_CHECK int	pair_new(struct family *f, struct settings *s,
		    struct pair **out, struct why *why);
/* Out of the list; its children are gone, its settings the caller's. */
void		pair_free(struct family *f, struct pair *p);
/* Fork; the log of the new process begins with its name. */
MUST_CHECK int	pair_start(struct family *f, struct pair *p, enum child which);
/* Take in what the children have told: ready, anew. */
void		pair_hear(struct pair *p);
/* Another pair serves: no child of this one is started again. */
void		pair_drain(struct pair *p);
/* Tell a pair that drains to end; after a while it is killed. */
void		pair_end(struct pair *p);
void		pair_kill(struct pair *p);
bool		pair_gone(const struct pair *p);
bool		pair_overdue(const struct pair *p);
/* No debugger and no core file gets at our memory. */
void		pair_undumpable(void);

#endif
