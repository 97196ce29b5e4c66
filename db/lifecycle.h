/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The life cycle of a profile: states, events and legal moves in one table
 * (SGP.22 3.1.6 and Table 6b; spec 02, section 9).  The CHECK in the database,
 * docs/lifecycle.md with its diagrams and the exhaustive tests are held against
 * it.
 */
#ifndef DB_LIFECYCLE_H
#define DB_LIFECYCLE_H

#include "base/err.h"

enum life_state {
	LIFE_AVAILABLE, LIFE_ALLOCATED, LIFE_LINKED, LIFE_CONFIRMED,
	LIFE_RELEASED, LIFE_DOWNLOADED, LIFE_INSTALLED, LIFE_ERROR,
	LIFE_UNAVAILABLE, LIFE_STATES
};

enum life_event {
	LIFE_ORDER,		/* downloadOrder without EID */
	LIFE_ORDER_EID,		/* downloadOrder with EID */
	LIFE_CONFIRM,		/* MatchingID set, held back */
	LIFE_RELEASE,		/* now it may be downloaded */
	LIFE_DELIVER,		/* the BPP is about to leave */
	LIFE_INSTALL,		/* PIR success, or an install notification */
	LIFE_FAIL,		/* PIR error that ends the order */
	LIFE_INELIGIBLE,	/* eligibility failed, policy `error` */
	LIFE_EXHAUST,		/* download or code attempts are used up */
	LIFE_REJECT,		/* the user or the LPA cancelled for good */
	LIFE_FREE,		/* cancelled, back to the inventory */
	LIFE_SCRAP,		/* cancelled, never to be used again */
	LIFE_RETIRE,		/* taken out of the inventory by hand */
	LIFE_REINSTALL,		/* the same EID may download again */
	LIFE_REUSE,		/* lab: a reusable order starts anew */
	LIFE_EVENTS
};

extern const char *const	 life_states[LIFE_STATES];	/* the words */
const char	*life_state_name(enum life_state s);	/* "released" */
/* DPE_NOTFOUND for another word. */
MUST_CHECK int	 life_state_parse(const char *name, enum life_state *out);
const char	*life_event_name(enum life_event e);
/* From which states (bit 1 << state) the event is legal, and where it leads. */
unsigned	 life_from(enum life_event e);
enum life_state	 life_to(enum life_event e);

/*
 * An order has the state of its profile until it ends: the second table, read
 * as the first one.
 */
enum order_end { ORDER_LIVE, ORDER_CANCELLED, ORDER_EXPIRED, ORDER_ENDS };

enum order_event {
	ORDER_CANCEL,		/* cancelOrder, or by hand */
	ORDER_EXPIRE,		/* its time is up */
	ORDER_RENEW,		/* reinstall, reuse: counters begin anew */
	ORDER_RESET,		/* lab: as it was made */
	ORDER_EVENTS
};

extern const char *const	 order_ends[ORDER_ENDS];
const char	*order_event_name(enum order_event e);
unsigned	 order_from(enum order_event e);
enum order_end	 order_to(enum order_event e);

#endif
