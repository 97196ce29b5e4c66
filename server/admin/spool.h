/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file without a name, for an answer that is too large for memory and whose
 * digest is to be known before its first octet leaves.
 */
#ifndef SERVER_ADMIN_SPOOL_H
#define SERVER_ADMIN_SPOOL_H

#include "base/buf.h"
#include "certs/digest.h"

struct spool {
	int		 fd;
	uint64_t	 size;
	struct digest	*digest;
};

/*
 * beside: a path in whose folder it lies.  NULL: in memory, for what must not
 * be on a disk; who writes it sees to a bound.
 */
MUST_CHECK int	spool_open(struct spool *s, const char *beside);
MUST_CHECK int	spool_add(struct spool *s, struct slice data);
void		spool_close(struct spool *s);	/* fd -1: was given away */

#endif
