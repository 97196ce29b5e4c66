/* SPDX-License-Identifier: Apache-2.0 */
/* A move of an order by hand: read, written with its audit row, shown. */
#ifndef SERVER_ADMIN_ORDER_MOVE_H
#define SERVER_ADMIN_ORDER_MOVE_H

#include "server/admin/internal.h"

struct move_in {
	char	*order, *reason, *profile, *expires;
};

struct move {
	struct admin_mark	 mark;
	struct move_in		 in;
	struct order		 o;
	struct order		 done;		/* as it was written */
	bool			 scrap;		/* cancel */
	int64_t			 expires;	/* reinstall */
	int			 (*fn)(struct db *db, struct move *m);
};

/* Read the call and its order; move_end() in any case. */
MUST_CHECK int	move_begin(struct admin_call *call, const char *action,
		    struct move *m);
/* Write fn's change, and answer with the order; what: "cancelled". */
MUST_CHECK int	move_run(struct admin_call *call, struct move *m,
		    int (*fn)(struct db *db, struct move *m),
		    const char *what);
/* Its profile has a package: DPE_STATE, and why, when that was erased. */
MUST_CHECK int	move_package(struct admin_call *call, const struct move *m);
void		move_end(struct move *m);

/* Inside fn. */
MUST_CHECK int	move_event(struct db *db, struct move *m, enum life_event e);
MUST_CHECK int	move_link(struct db *db, struct move *m, const char *order,
		    const char *eid);
/*
 * DPE_STATE when the profile has gone over to another order, or back to the
 * inventory.  m->o.state is its state.
 */
MUST_CHECK int	move_owns(struct db *db, struct move *m);

#endif
