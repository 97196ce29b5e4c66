/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Steps of the server that can be broken: a search that would not notice is
 * worth nothing.  The linker puts these before the true ones.
 */
#include <string.h>

#include "db/db.h"
#include "server/rsp/common.h"
#include "tests/unit/life.h"

enum life_breakage	 life_broken;

const char *const	 life_breakages[BREAK_ALL] = {
	[BREAK_NONE] = "nothing",
	[BREAK_LOCK] = "the device lock",
	[BREAK_EXPIRY] = "the expiry of orders",
	[BREAK_STATES] = "the table of moves",
	[BREAK_SEQUENCE] = "the order of notifications",
	[BREAK_ATTEMPTS] = "the count of downloads",
	[BREAK_CODES] = "the count of wrong codes",
	[BREAK_END] = "the end of a cancelled order",
};

#define WRAP(name, params)	int __real_ ## name params; \
				int __wrap_ ## name params

WRAP(rsp_order_allows, (const struct order *o, const char *eid, int64_t now));
WRAP(store_order_bind, (struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t now));
WRAP(store_profile_event, (struct db *db, int64_t tenant, const char *iccid,
    enum life_event e, int64_t now));
WRAP(store_profile_card, (struct db *db, int64_t tenant, const char *iccid,
    const char *eid, int64_t seq, enum card_state card, int64_t now));
WRAP(store_order_attempt, (struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t now));
WRAP(store_order_wrong_cc, (struct db *db, int64_t tenant, const char *id,
    int64_t *left, int64_t now));
WRAP(store_order_end, (struct db *db, int64_t tenant, const char *id,
    enum order_end end, int64_t now));

int
__wrap_rsp_order_allows(const struct order *o, const char *eid, int64_t now)
{
	struct order	 blind = *o;

	if (life_broken == BREAK_LOCK)
		blind.eid[0] = '\0';
	if (life_broken == BREAK_EXPIRY)
		now = 0;
	return __real_rsp_order_allows(&blind, eid, now);
}

/* Without its WHERE. */
int
__wrap_store_order_bind(struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t now)
{
	static const struct stmt bind = { "broken_bind",
	    "UPDATE orders SET eid = $3 WHERE tenant = $1 AND id = $2" };

	if (life_broken != BREAK_LOCK)
		return __real_store_order_bind(db, tenant, id, eid, now);
	return db_must(db, &bind, "itt", tenant, id, eid);
}

int
__wrap_store_profile_event(struct db *db, int64_t tenant, const char *iccid,
    enum life_event e, int64_t now)
{
	static const struct stmt profile = { "broken_profile",
	    "UPDATE profiles SET state = $3 WHERE tenant = $1"
	    " AND iccid = $2" };
	static const struct stmt order = { "broken_order",
	    "UPDATE orders SET state = $3 WHERE tenant = $1 AND iccid = $2"
	    " AND ended = 'live'" };
	const char	*to = life_state_name(life_to(e));
	int		 r;

	if (life_broken != BREAK_STATES)
		return __real_store_profile_event(db, tenant, iccid, e, now);
	if ((r = db_must(db, &profile, "itt", tenant, iccid, to)) != 0)
		return r;
	return db_run(db, &order, "itt", tenant, iccid, to);
}

int
__wrap_store_profile_card(struct db *db, int64_t tenant, const char *iccid,
    const char *eid, int64_t seq, enum card_state card, int64_t now)
{
	static const struct stmt set = { "broken_card",
	    "UPDATE profiles SET card = $4, card_seq = $3"
	    " WHERE tenant = $1 AND iccid = $2" };

	if (life_broken != BREAK_SEQUENCE)
		return __real_store_profile_card(db, tenant, iccid, eid, seq,
		    card, now);
	return db_must(db, &set, "itit", tenant, iccid, seq,
	    card_state_name(card));
}

int
__wrap_store_order_attempt(struct db *db, int64_t tenant, const char *id,
    const char *eid, int64_t now)
{
	if (life_broken == BREAK_ATTEMPTS)
		return 0;
	return __real_store_order_attempt(db, tenant, id, eid, now);
}

int
__wrap_store_order_wrong_cc(struct db *db, int64_t tenant, const char *id,
    int64_t *left, int64_t now)
{
	*left = 1;
	if (life_broken == BREAK_CODES)
		return 0;
	return __real_store_order_wrong_cc(db, tenant, id, left, now);
}

int
__wrap_store_order_end(struct db *db, int64_t tenant, const char *id,
    enum order_end end, int64_t now)
{
	if (life_broken == BREAK_END)
		return 0;
	return __real_store_order_end(db, tenant, id, end, now);
}
