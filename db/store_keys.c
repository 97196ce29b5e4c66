/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_keys.h"

#include <string.h>

#include "base/limits.h"
#include "db/db.h"
#include "db/hidden.h"

#define KEYS "SELECT p.iccid, t.name, p.state, p.eid, b.id, p.sealed_values" \
	" FROM profiles p JOIN types t ON t.id = p.type" \
	" LEFT JOIN bodies b ON b.seq = p.body WHERE p.tenant = $1" \
	VISIBLE_PROFILES
#define STATE " AND ($5 = '' OR p.state = $5)"	/* where it does not lead */
#define RANGE " AND p.iccid > $2 AND ($6 = '' OR p.iccid <= $6)" \
	" AND ($7 = 0 OR p.batch = $7) ORDER BY p.iccid LIMIT $3"

struct each {
	int	(*fn)(void *arg, const struct profile *p);
	void	*arg;
};

static int
keys_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct profile	 p = { 0 };
	int		 state, r;

	row_text(row, 0, p.iccid, sizeof(p.iccid));
	row_text(row, 1, p.type, sizeof(p.type));
	row_word(row, 2, life_states, LIFE_STATES, &state);
	p.state = (enum life_state)state;
	row_text(row, 3, p.eid, sizeof(p.eid));
	row_text(row, 4, p.body, sizeof(p.body));
	row_blob(row, 5, &p.values);
	if ((r = row_end(row)) == 0)
		r = e->fn(e->arg, &p);
	profile_free(&p);
	return r;
}

int
store_keys_each(struct db *db, int64_t tenant, const struct keys_filter *f,
    int (*fn)(void *arg, const struct profile *p), void *arg)
{
	static const struct stmt by_type = { "keys_each_type",
	    KEYS " AND p.type = (SELECT id FROM types WHERE tenant = $1"
	    " AND name = $4)" STATE RANGE };
	static const struct stmt by_state = { "keys_each_state",
	    KEYS " AND p.state = $5 AND p.state <> 'available'" RANGE };
	static const struct stmt all = { "keys_each", KEYS STATE RANGE };
	struct each	 e = { fn, arg };

	return db_each(db, f->type != NULL ? &by_type : f->state >= 0 &&
	    f->state != LIFE_AVAILABLE ? &by_state : &all, keys_one, &e,
	    "itittti", tenant, f->after == NULL ? "" : f->after,
	    f->limit > 0 ? f->limit : (int64_t)LIM_LIST,
	    f->type == NULL ? "" : f->type,
	    f->state < 0 ? "" : life_state_name((enum life_state)f->state),
	    f->last == NULL ? "" : f->last, f->batch);
}
