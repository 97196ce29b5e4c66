/* SPDX-License-Identifier: Apache-2.0 */
/* The two kinds of notification behind ES9+.HandleNotification. */
#ifndef SERVER_RSP_NOTIFY_H
#define SERVER_RSP_NOTIFY_H

#include "asn1/rsp.h"
#include "db/store_event.h"
#include "server/ctx.h"

/* One notification on its way into the store. */
struct notify {
	struct pending_notification	 p;
	struct notification		 row;	/* verified decides */
	int64_t				 now;
};

/* errorReason: those that do not simply end the order (spec 02, 7.1). */
enum pir_reason {
	PIR_ICCID_EXISTS = 9, PIR_INSUFFICIENT_MEMORY = 10,
	PIR_INTERRUPTION = 11
};
/*
 * bppCommandId and errorReason as "error 5/12 loadProfileElements/
 * PEProcessingError"; a number without a name stays a number.
 */
void		notify_words(long command, long reason, char *out,
		    size_t size);

/*
 * Judge it and keep it: fill n->row, act on it if it verifies.  0 also when it
 * does not; faults are DPE_*.
 */
MUST_CHECK int	notify_result(struct ctx *c, struct notify *n);	/* BF37 */
MUST_CHECK int	notify_other(struct ctx *c, struct notify *n);	/* 30 */
/*
 * Keep an unverified one as evidence, if it is no larger than a genuine one can
 * be.  reason goes to the log.
 */
MUST_CHECK int	notify_keep(struct ctx *c, struct notify *n,
		    const char *reason);
/*
 * What is inside did not decode, for this reason: bytes that are none of ours
 * to judge are kept and acknowledged, or the LPA would send them for ever; a
 * fault is passed on.
 */
MUST_CHECK int	notify_odd(struct ctx *c, struct notify *n, int r);

#endif
