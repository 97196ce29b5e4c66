/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles read back: one, pages of them, and how many there are. */
#include <string.h>

#include "base/limits.h"
#include "db/db.h"
#include "db/hidden.h"
#include "db/store_profile.h"

#define COLUMNS " p.iccid, t.name, p.state, p.card, p.eid, p.order_id," \
	" p.created, p.updated"
#define TABLES " FROM profiles p JOIN types t ON t.id = p.type"
#define PROFILES "SELECT" COLUMNS TABLES " WHERE p.tenant = $1" \
	VISIBLE_PROFILES
/* The filters that do not lead, where empty means any. */
#define TYPE " AND ($4 = '' OR t.name = $4)"
#define STATE " AND ($5 = '' OR p.state = $5)"
#define PAGE " AND p.iccid > $2 ORDER BY p.iccid LIMIT $3"

static const char *const cards[] = {
	[CARD_NONE] = NULL,
	[CARD_ENABLED] = "enabled",
	[CARD_DISABLED] = "disabled",
	[CARD_DELETED] = "deleted",
};

const char *
card_state_name(enum card_state s)
{
	return cards[s];
}

void
profile_free(struct profile *p)
{
	buf_free(&p->values);
}

static void
profile_read(struct row *row, struct profile *p)
{
	int	 state, card;

	row_text(row, 0, p->iccid, sizeof(p->iccid));
	row_text(row, 1, p->type, sizeof(p->type));
	row_word(row, 2, life_states, LIFE_STATES, &state);
	row_word(row, 3, cards, CARD_DELETED + 1, &card);
	p->state = (enum life_state)state;
	p->card = (enum card_state)card;
	row_text(row, 4, p->eid, sizeof(p->eid));
	row_text(row, 5, p->order, sizeof(p->order));
	row_int(row, 6, &p->created);
	row_int(row, 7, &p->updated);
}

int
store_profile_get(struct db *db, int64_t tenant, const char *iccid,
    struct profile *out)
{
	static const struct stmt get = { "profile_get",
	    "SELECT" COLUMNS ", b.id, p.sealed_values, p.checked" TABLES
	    " LEFT JOIN bodies b ON b.seq = p.body"
	    " WHERE p.tenant = $1 AND p.iccid = $2" VISIBLE_PROFILES };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "it", tenant, iccid)) != 0)
		return r;
	profile_read(row, out);
	row_text(row, 8, out->body, sizeof(out->body));
	row_blob(row, 9, &out->values);
	row_bool(row, 10, &out->checked);
	if ((r = row_end(row)) != 0)
		profile_free(out);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, const struct profile *p);
	void	*arg;
};

static int
profile_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct profile	 p = {0};
	int		 r;

	profile_read(row, &p);
	if ((r = row_end(row)) == 0)
		r = e->fn(e->arg, &p);
	return r;
}

/*
 * The narrowest filter leads: each has an index that ends in the ICCID.  Most
 * profiles may be available, so that of this state alone no index is led.
 */
static const struct stmt *
profile_query(const struct profile_filter *f)
{
	static const struct stmt by_eid = { "profile_each_eid",
	    PROFILES " AND p.eid = $6" TYPE STATE PAGE };
	static const struct stmt by_state = { "profile_each_state",
	    PROFILES " AND p.state = $5 AND p.state <> 'available'" TYPE PAGE };
	static const struct stmt by_type = { "profile_each_type",
	    PROFILES " AND p.type = (SELECT id FROM types WHERE tenant = $1"
	    " AND name = $4)" STATE PAGE };
	static const struct stmt all = { "profile_each", PROFILES STATE PAGE };

	if (f->eid != NULL)
		return &by_eid;
	if (f->state >= 0 && f->state != LIFE_AVAILABLE)
		return &by_state;
	return f->type != NULL ? &by_type : &all;
}

int
store_profile_each(struct db *db, int64_t tenant,
    const struct profile_filter *f,
    int (*fn)(void *arg, const struct profile *p), void *arg)
{
	struct each	 e = { fn, arg };

	return db_each(db, profile_query(f), profile_one, &e, "ititte", tenant,
	    f->after == NULL ? "" : f->after,
	    f->limit > 0 ? f->limit : (int64_t)LIM_LIST,
	    f->type == NULL ? "" : f->type,
	    f->state < 0 ? "" : life_state_name((enum life_state)f->state),
	    f->eid);
}

static int
count_one(void *arg, struct row *row)
{
	int64_t	*count = arg;
	int	 state;

	row_word(row, 0, life_states, LIFE_STATES, &state);
	row_int(row, 1, &count[state]);
	return row_end(row);
}

/* What is hidden is available, and counted by its batches. */
int
store_profile_count(struct db *db, int64_t tenant, int64_t count[LIFE_STATES])
{
	static const struct stmt moved = { "profile_count",
	    "SELECT state, count(*) FROM profiles WHERE tenant = $1"
	    " AND state <> 'available' GROUP BY state" };
	static const struct stmt free = { "profile_count_free",
	    "SELECT 'available', (SELECT count(*) FROM profiles"
	    " WHERE tenant = $1 AND state = 'available')"
	    " - (SELECT coalesce(sum(w.done), 0) FROM batches w"
	    " WHERE w.tenant = $1 AND w.state IN ('loading', 'aborting'))" };
	int	 r;

	memset(count, 0, LIFE_STATES * sizeof(count[0]));
	if ((r = db_each(db, &free, count_one, count, "i", tenant)) != 0)
		return r;
	return db_each(db, &moved, count_one, count, "i", tenant);
}
