/* SPDX-License-Identifier: Apache-2.0 */
/* Lab: an order back to how it was made, whatever became of it. */
#include <string.h>

#include "server/admin/order_move.h"

/* Events until the profile is available, or where it has to be already. */
static int
reset_back(struct db *db, struct move *m)
{
	bool	 held = m->o.first_state == LIFE_CONFIRMED;
	int	 r;

	if (m->o.state == LIFE_AVAILABLE ||
	    (held && m->o.state == LIFE_CONFIRMED))
		return 0;
	if ((r = move_event(db, m, LIFE_REUSE)) != 0)
		return r;
	m->o.state = LIFE_RELEASED;
	if (!held)
		return 0;
	m->o.state = LIFE_AVAILABLE;
	return move_event(db, m, LIFE_FREE);
}

static int
reset_order(struct db *db, struct move *m)
{
	int	 r;

	if ((r = move_event(db, m, m->o.first_eid[0] != '\0' ?
	    LIFE_ORDER_EID : LIFE_ORDER)) != 0 ||
	    (r = move_event(db, m, LIFE_CONFIRM)) != 0)
		return r;
	return m->o.first_state == LIFE_CONFIRMED ? 0 :
	    move_event(db, m, LIFE_RELEASE);
}

static int
reset_write(struct db *db, struct move *m)
{
	int	 r;

	/* It may lie in the inventory, but not be another order's. */
	if ((r = move_owns(db, m)) != 0 &&
	    !(r == DPE_STATE && m->o.state == LIFE_AVAILABLE))
		return r;
	if ((r = reset_back(db, m)) != 0)
		return r;
	if (m->o.state == LIFE_AVAILABLE && (r = reset_order(db, m)) != 0)
		return r;
	/* What the card said is forgotten, too: no EID, then the first. */
	if ((r = store_order_reset(db, m->mark.call->ctx->tenant, m->o.id,
	    m->mark.now)) != 0 ||
	    (r = move_link(db, m, m->o.id, "")) != 0)
		return r;
	return m->o.first_eid[0] == '\0' ? 0 :
	    move_link(db, m, NULL, m->o.first_eid);
}

int
admin_order_reset(struct admin_call *call)
{
	struct move	 m;
	int		 r;

	memset(&m, 0, sizeof(m));
	if ((r = admin_lab(call, "order reset")) == 0 &&
	    (r = move_begin(call, "order.reset", &m)) == 0 &&
	    (r = move_package(call, &m)) == 0)
		r = move_run(call, &m, reset_write, "reset");
	move_end(&m);
	return r;
}
