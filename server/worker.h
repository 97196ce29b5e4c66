/* SPDX-License-Identifier: Apache-2.0 */
/* The worker process: speaks HTTP, holds the database, has no signing key. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "server/listen.h"

/* How many contexts, and so signer channels, these settings ask for. */
size_t		worker_contexts(const struct settings *s);

#define WORKER_DRAIN	120	/* s; then what is left is cut */
#define WORKER_STOP	15	/* s; one that was told to end is gone by then */

/* What a worker tells its parent, in one octet. */
#define WORKER_READY	'r'	/* requests are served */
#define WORKER_ANEW	'a'	/* worker-connections: it is time for another */
#define WORKER_QUIET	'q'	/* it drains: no new connection comes to it */

struct worker_fds {
	const int	*signer;	/* n of them; taken */
	size_t		 n;
	int		 lock;		/* of the database; taken */
	int		 tell;		/* to the parent */
};

/*
 * Serve until SIGTERM: finish the requests at hand, close every connection.
 * SIGUSR1 comes when another worker serves the same sockets: listen no more,
 * but answer on each connection there is once more ("Connection: close"), and
 * end when the last one is gone, or after WORKER_DRAIN.  The listening sockets
 * are taken.  0 after an orderly end.
 */
MUST_CHECK int	worker_run(const struct settings *s, struct listeners *l,
		    const struct worker_fds *fds, struct why *why);

/*
 * What can be checked without serving: PKI, KEK, TLS certificates and, with
 * keys true, the signing keys.  For smdpd -t and before a reload.
 */
MUST_CHECK int	worker_check(const struct settings *s, struct why *why);

#endif
