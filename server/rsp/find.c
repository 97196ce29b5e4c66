/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/find.h"

#include <string.h>

#include "server/rsp/refusal.h"
#include "server/vault.h"

/*
 * The order is another eUICC's.  One that has a pending order of its own named
 * the wrong MatchingID; any other one is the wrong device.
 */
static int
find_foreign(struct ctx *c, const char *eid)
{
	struct order	 own = {0};
	int		 r;

	r = store_order_by_eid(c->db, c->tenant, eid, &own);
	order_free(&own);
	if (r == 0)
		return REFUSE_MATCHING_ID;
	return told(r, DPE_NOTFOUND, REFUSE_EID);
}

int
find_order(struct ctx *c, const char *eid, struct slice matching_id,
    struct order *out)
{
	uint8_t	 index[32];
	int	 r;

	if (matching_id.len == 0)
		return told(store_order_by_eid(c->db, c->tenant, eid, out),
		    DPE_NOTFOUND, REFUSE_EID);
	if (matching_id.len > LIM_MATCHING_ID)
		return REFUSE_MATCHING_ID;
	vault_mid_index(c, matching_id, index);
	if ((r = told(store_order_by_mid(c->db, c->tenant, index, out),
	    DPE_NOTFOUND, REFUSE_MATCHING_ID)) != 0)
		return r;
	if (out->lock != LOCK_OPEN && out->eid[0] != '\0' &&
	    strcmp(out->eid, eid) != 0)
		return find_foreign(c, eid);
	return 0;
}
