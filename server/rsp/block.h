/* SPDX-License-Identifier: Apache-2.0 */
/* What an administrator refuses: the block-* and crl-stale of smdpd.conf(5). */
#ifndef SERVER_RSP_BLOCK_H
#define SERVER_RSP_BLOCK_H

#include "certs/chain.h"
#include "server/ctx.h"

/*
 * A chain that verified, against the lists of key ids and EIDs and the age of
 * the CI's revocation list (now 0: of any age, for what was signed long ago).
 * 0, REFUSE_EUM or REFUSE_EUICC; logged.
 */
MUST_CHECK int	block_chain(struct ctx *c, const struct chain *ch,
		    int64_t now);
/* Is this firmware of this eUICC on the list? */
bool		block_firmware(const struct settings *s, const char *eid,
		    const uint8_t version[3]);

#endif
