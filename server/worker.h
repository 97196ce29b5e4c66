/* SPDX-License-Identifier: Apache-2.0 */
/* The worker process: speaks HTTP, holds the database, has no signing key. */
#ifndef SERVER_WORKER_H
#define SERVER_WORKER_H

#include "server/listen.h"

/* How many contexts, and so signer channels, these settings ask for. */
size_t		worker_contexts(const struct settings *s);

/*
 * Serve until SIGTERM.  signer_fds (n of them) and the listening sockets are
 * taken; one octet goes to ready_fd when requests are being served.
 * 0 after an orderly end.
 */
MUST_CHECK int	worker_run(const struct settings *s, struct listeners *l,
		    const int *signer_fds, size_t n, int ready_fd,
		    struct why *why);

/*
 * What can be checked without serving: PKI, KEK, TLS certificates and, with
 * keys true, the signing keys.  For smdpd -t and before a reload.
 */
MUST_CHECK int	worker_check(const struct settings *s, struct why *why);

#endif
