/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_FIND_H
#define SERVER_RSP_FIND_H

#include "db/store_order.h"
#include "server/ctx.h"

/*
 * The order that this eUICC means (spec 02, 4.1): by MatchingID, or by EID
 * alone when it is empty.  REFUSE_MATCHING_ID, REFUSE_EID.
 */
MUST_CHECK int	find_order(struct ctx *c, const char *eid,
		    struct slice matching_id, struct order *out);

#endif
