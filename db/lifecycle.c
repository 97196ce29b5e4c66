/* SPDX-License-Identifier: Apache-2.0 */
#include "db/lifecycle.h"

#include <string.h>

#define F(s)	(1U << LIFE_ ## s)

const char *const life_states[LIFE_STATES] = {
	[LIFE_AVAILABLE] = "available",
	[LIFE_ALLOCATED] = "allocated",
	[LIFE_LINKED] = "linked",
	[LIFE_CONFIRMED] = "confirmed",
	[LIFE_RELEASED] = "released",
	[LIFE_DOWNLOADED] = "downloaded",
	[LIFE_INSTALLED] = "installed",
	[LIFE_ERROR] = "error",
	[LIFE_UNAVAILABLE] = "unavailable",
};

static const struct {
	const char	*name;
	unsigned	 from;
	enum life_state	 to;
} moves[LIFE_EVENTS] = {
	[LIFE_ORDER] = { "order", F(AVAILABLE), LIFE_ALLOCATED },
	[LIFE_ORDER_EID] = { "order-eid", F(AVAILABLE), LIFE_LINKED },
	[LIFE_CONFIRM] = { "confirm", F(ALLOCATED) | F(LINKED),
	    LIFE_CONFIRMED },
	[LIFE_RELEASE] = { "release", F(ALLOCATED) | F(LINKED) | F(CONFIRMED),
	    LIFE_RELEASED },
	[LIFE_DELIVER] = { "deliver", F(RELEASED) | F(DOWNLOADED),
	    LIFE_DOWNLOADED },
	[LIFE_INSTALL] = { "install", F(DOWNLOADED), LIFE_INSTALLED },
	[LIFE_FAIL] = { "fail", F(DOWNLOADED), LIFE_ERROR },
	[LIFE_INELIGIBLE] = { "ineligible", F(RELEASED) | F(DOWNLOADED),
	    LIFE_ERROR },
	[LIFE_EXHAUST] = { "exhaust", F(RELEASED) | F(DOWNLOADED), LIFE_ERROR },
	[LIFE_REJECT] = { "reject", F(RELEASED) | F(DOWNLOADED), LIFE_ERROR },
	[LIFE_FREE] = { "free", F(ALLOCATED) | F(LINKED) | F(CONFIRMED) |
	    F(RELEASED) | F(ERROR), LIFE_AVAILABLE },
	[LIFE_SCRAP] = { "scrap", F(ALLOCATED) | F(LINKED) | F(CONFIRMED) |
	    F(RELEASED) | F(ERROR), LIFE_UNAVAILABLE },
	[LIFE_RETIRE] = { "retire", F(AVAILABLE) | F(ERROR) | F(INSTALLED),
	    LIFE_UNAVAILABLE },
	[LIFE_REINSTALL] = { "reinstall", F(INSTALLED) | F(ERROR),
	    LIFE_RELEASED },
	[LIFE_REUSE] = { "reuse", F(RELEASED) | F(DOWNLOADED) | F(INSTALLED) |
	    F(ERROR), LIFE_RELEASED },
};

#define ANY_END	(1U << ORDER_LIVE | 1U << ORDER_CANCELLED | 1U << ORDER_EXPIRED)

const char *const order_ends[ORDER_ENDS] = {
	[ORDER_LIVE] = "live",
	[ORDER_CANCELLED] = "cancelled",
	[ORDER_EXPIRED] = "expired",
};

static const struct {
	const char	*name;
	unsigned	 from;
	enum order_end	 to;
} order_moves[ORDER_EVENTS] = {
	[ORDER_CANCEL] = { "cancel", 1U << ORDER_LIVE, ORDER_CANCELLED },
	[ORDER_EXPIRE] = { "expire", 1U << ORDER_LIVE, ORDER_EXPIRED },
	[ORDER_RENEW] = { "renew", 1U << ORDER_LIVE, ORDER_LIVE },
	[ORDER_RESET] = { "reset", ANY_END, ORDER_LIVE },
};

const char *
life_state_name(enum life_state s)
{
	return life_states[s];
}

int
life_state_parse(const char *name, enum life_state *out)
{
	int	 i;

	for (i = 0; i < LIFE_STATES; i++)
		if (strcmp(name, life_states[i]) == 0) {
			*out = (enum life_state)i;
			return 0;
		}
	return DPE_NOTFOUND;
}

const char *
life_event_name(enum life_event e)
{
	return moves[e].name;
}

unsigned
life_from(enum life_event e)
{
	return moves[e].from;
}

enum life_state
life_to(enum life_event e)
{
	return moves[e].to;
}

const char *
order_event_name(enum order_event e)
{
	return order_moves[e].name;
}

unsigned
order_from(enum order_event e)
{
	return order_moves[e].from;
}

enum order_end
order_to(enum order_event e)
{
	return order_moves[e].to;
}
