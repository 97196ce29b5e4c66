/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pool of contexts: connections are threads, but nothing expensive belongs
 * to a connection.  A request borrows a context and gives it back.
 */
#ifndef SERVER_POOL_H
#define SERVER_POOL_H

#include "server/ctx.h"

struct pool;

/*
 * n contexts, each a copy of *shared with a reader, crypto contexts and a
 * signer channel of its own (the descriptors signer_fds[n] are taken).
 */
MUST_CHECK int	pool_new(const struct ctx *shared, const int *signer_fds,
		    size_t n, struct pool **out);
void		pool_free(struct pool *p);	/* none may be borrowed */
/* Waits until one is free. */
struct ctx	*pool_get(struct pool *p);
void		pool_put(struct pool *p, struct ctx *c);

#endif
