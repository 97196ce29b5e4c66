/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles one by one: made, found, moved through their life cycle. */
#include "db/store_profile.h"

#include <pthread.h>

#include "db/db.h"
#include "db/hidden.h"

/* The copy of the state in the live order of this profile. */
static const struct stmt order_state = { "order_state",
    "UPDATE orders SET state = $3, updated = $4"
    " WHERE tenant = $1 AND iccid = $2 AND ended = 'live'" };

/* The package is kept for as long as it may be asked for again. */
static const struct stmt bpp_drop = { "bpp_drop",
    "DELETE FROM bpps WHERE profile ="
    " (SELECT seq FROM profiles WHERE tenant = $1 AND iccid = $2)" };

/* One conditional update per event, written from the life-cycle table. */
static struct stmt	event_stmt[LIFE_EVENTS];
static struct buf	event_sql[LIFE_EVENTS];
static pthread_once_t	event_once = PTHREAD_ONCE_INIT;

int
store_profile_add(struct db *db, int64_t tenant, const struct profile *p,
    int64_t now)
{
	static const struct stmt add = { "profile_add",
	    "INSERT INTO profiles (tenant, iccid, type, body, sealed_values,"
	    " state, created, updated, checked)"
	    " SELECT $1, $2, t.id, b.seq, $5, 'available', $6, $6, $7"
	    " FROM types t, bodies b WHERE t.tenant = $1 AND t.name = $3"
	    " AND b.tenant = $1 AND b.id = $4" };
	int	 r;

	r = db_must(db, &add, "itttbid", tenant, p->iccid, p->type, p->body,
	    buf_slice(&p->values), now, p->checked);
	return told(r, DPE_STATE, DPE_NOTFOUND);
}

/* Of those in this batch or a later one; *hidden: it is not to be seen. */
static int
pick_from(struct db *db, int64_t tenant, const char *type, int64_t *batch,
    bool *hidden, char iccid[ICCID_TEXT])
{
	static const struct stmt pick = { "profile_pick",
	    "SELECT p.iccid, p.batch, p.batch IN " HIDDEN_BATCHES
	    " FROM profiles p WHERE p.tenant = $1 AND p.type ="
	    " (SELECT id FROM types WHERE tenant = $1 AND name = $2)"
	    " AND p.state = 'available' AND p.batch >= $3"
	    " ORDER BY p.batch, p.seq LIMIT 1" };
	struct row	*row;
	int		 r;

	if ((r = db_get(db, &pick, &row, "iti", tenant, type, *batch)) != 0)
		return r;
	row_text(row, 0, iccid, ICCID_TEXT);
	row_int(row, 1, batch);
	row_bool(row, 2, hidden);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_profile_checked(struct db *db, int64_t tenant, const char *iccid)
{
	static const struct stmt set = { "profile_checked",
	    "UPDATE profiles SET checked = 1"
	    " WHERE tenant = $1 AND iccid = $2" };

	return db_must(db, &set, "it", tenant, iccid);
}

/* A batch that is not to be seen is passed over as a whole. */
int
store_profile_pick(struct db *db, int64_t tenant, const char *type,
    char iccid[ICCID_TEXT])
{
	int64_t	 batch = 0;
	bool	 hidden;
	int	 r;

	do {
		hidden = false;
		r = pick_from(db, tenant, type, &batch, &hidden, iccid);
		batch++;
	} while (r == 0 && hidden);
	if (r != 0)
		iccid[0] = '\0';
	return r;
}

static void
event_build(void)
{
	struct buf	*b;
	int		 e, s;
	const char	*sep;

	for (e = 0; e < LIFE_EVENTS; e++) {
		b = &event_sql[e];
		buf_add_str(b, "UPDATE profiles SET state = $3, updated = $4"
		    " WHERE tenant = $1 AND iccid = $2 AND state IN (");
		for (s = 0, sep = ""; s < LIFE_STATES; s++)
			if (life_from((enum life_event)e) & 1U << s) {
				buf_addf(b, "%s'%s'", sep,
				    life_state_name((enum life_state)s));
				sep = ", ";
			}
		buf_add_str(b, ")");
		event_stmt[e].name = life_event_name((enum life_event)e);
		event_stmt[e].sql = buf_cstr(b);
	}
}

int
store_profile_event(struct db *db, int64_t tenant, const char *iccid,
    enum life_event e, int64_t now)
{
	const char	*to = life_state_name(life_to(e));
	int		 r;

	pthread_once(&event_once, event_build);
	if ((r = db_must(db, &event_stmt[e], "itti", tenant, iccid, to,
	    now)) != 0)
		return r;
	if ((r = db_run(db, &order_state, "itti", tenant, iccid, to,
	    now)) != 0 || life_to(e) == LIFE_DOWNLOADED)
		return r;
	return db_run(db, &bpp_drop, "it", tenant, iccid);
}

/* Another card's sequence numbers and state say nothing about this one. */
int
store_profile_link(struct db *db, int64_t tenant, const char *iccid,
    const char *order, const char *eid)
{
	static const struct stmt link_order = { "profile_link_order",
	    "UPDATE profiles SET order_id = $3"
	    " WHERE tenant = $1 AND iccid = $2" };
	static const struct stmt link_eid = { "profile_link_eid",
	    "UPDATE profiles SET eid = $3,"
	    " card = CASE WHEN coalesce(eid, '') = coalesce($3, '')"
	    " THEN card END,"
	    " card_seq = CASE WHEN coalesce(eid, '') = coalesce($3, '')"
	    " THEN card_seq ELSE -1 END"
	    " WHERE tenant = $1 AND iccid = $2" };
	int	 r = 0;

	if (order != NULL)
		r = db_must(db, &link_order, "ite", tenant, iccid, order);
	if (r == 0 && eid != NULL)
		r = db_must(db, &link_eid, "ite", tenant, iccid, eid);
	return told(r, DPE_STATE, DPE_NOTFOUND);
}

int
store_profile_card(struct db *db, int64_t tenant, const char *iccid,
    const char *eid, int64_t seq, enum card_state card, int64_t now)
{
	static const struct stmt set = { "profile_card",
	    "UPDATE profiles SET card = $5, card_seq = $4, updated = $6"
	    " WHERE tenant = $1 AND iccid = $2 AND eid = $3"
	    " AND card_seq < $4" };

	return db_must(db, &set, "ittiti", tenant, iccid, eid, seq,
	    card_state_name(card), now);
}
