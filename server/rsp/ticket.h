/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A session that was only begun is no row: whoever begins thousands leaves
 * nothing behind, and the next call may come to any process that has the KEK.
 * All that is known of it is in its transactionId, one block under a key of
 * ours:
 *	time u32, CI of our certificates (3), CI of the eUICC's (3), minor svn,
 *	5 random octets
 * where a CI is the first octets of its SubjectKeyIdentifier.  The
 * serverChallenge follows from the transactionId and the address.
 */
#ifndef SERVER_RSP_TICKET_H
#define SERVER_RSP_TICKET_H

#include "db/store_session.h"
#include "server/ctx.h"

/*
 * Begin a session: created, dp_ci, euicc_ci, svn and address are there, tid,
 * its octets and server_challenge follow.  DPE_CRYPTO.
 */
MUST_CHECK int	ticket_issue(struct ctx *c, struct session *s,
		    uint8_t tid[LIM_TID]);
/*
 * The session that a transactionId of ours stands for, as far as it tells; its
 * time is not judged.  DPE_NOTFOUND: none of ours.
 */
MUST_CHECK int	ticket_open(struct ctx *c, struct slice tid,
		    struct session *s);
/* The challenge that went out with this transactionId and address. */
void		ticket_challenge(struct ctx *c, struct slice tid,
		    struct slice address, uint8_t out[16]);

#endif
