/* SPDX-License-Identifier: Apache-2.0 */
/* What several ES9+ functions need: sessions, audit rows, our DP pair. */
#ifndef SERVER_RSP_COMMON_H
#define SERVER_RSP_COMMON_H

#include "db/store_event.h"
#include "server/ctx.h"
#include "server/rsp/refusal.h"

#define STEP_BIT(step)	(1u << (step))

/*
 * The open session of this transactionId (octets), if it is in one of these
 * steps and not timed out; REFUSE_TRANSACTION otherwise.
 */
MUST_CHECK int	rsp_session(struct ctx *c, struct slice tid, unsigned steps,
		    struct session *s);
/* Is the transactionId inside a signed structure the session's?  Else
 * REFUSE_TRANSACTION (spec 02, 4 and 5). */
MUST_CHECK int	rsp_same_tid(const struct session *s, struct slice tid);
/* Close the session after a refusal; a fault here is logged, not returned. */
void		rsp_session_drop(struct ctx *c, const struct session *s);
/* Our DPauth + DPpb pair that this session uses; NULL: gone in a reload. */
const struct pki_dp	*rsp_dp(struct ctx *c, const struct session *s);
/* Sign with a key of that pair; the signature as 5F37 TLV into out. */
MUST_CHECK int	rsp_sign(struct ctx *c, const struct pki_dp *dp,
		    enum signer_role role, struct slice data, struct buf *out);

/* Who calls, for audit rows; borrowed from c. */
const char	*rsp_actor(const struct ctx *c);
/* An audit row of a session's doing, inside a store_write(). */
MUST_CHECK int	rsp_audit(struct db *db, int64_t tenant, int64_t now,
		    const char *action, const struct session *s,
		    const char *detail);

/*
 * May this EID download the order now (spec 02, section 4, 11 to 13)?  0 or a
 * refusal; reads nothing, so that it can be asked again inside a write.
 */
MUST_CHECK int	rsp_order_allows(const struct order *o, const char *eid,
		    int64_t now);
/*
 * The order's profile is installed, whichever notification said so: its
 * package is erased where the type has that (`--after-install shred`).  Inside
 * a store_write().
 */
MUST_CHECK int	rsp_order_shred(struct db *db, int64_t tenant,
		    const struct order *o);
/*
 * A final result has come: a reusable order (lab) is released anew.  Inside a
 * store_write().
 */
MUST_CHECK int	rsp_order_reuse(struct db *db, int64_t tenant,
		    const struct order *o, int64_t now);

#endif
