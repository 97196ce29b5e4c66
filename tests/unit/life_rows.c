/* SPDX-License-Identifier: Apache-2.0 */
/* Rows: looked at, told in one way only, taken away and put back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/life.h"

const char *
life_eid(int card)
{
	return card == 1 ? "89049032123451234512345678901235" :
	    "89049032123451234512345678901332";
}

const char *
life_iccid(int profile)
{
	return profile == 1 ? "8900010000000000019" : "8900010000000000027";
}

static sqlite3_stmt *
query(sqlite3 *h, const char *sql)
{
	sqlite3_stmt	*st;

	if (sqlite3_prepare_v2(h, sql, -1, &st, NULL) != SQLITE_OK) {
		fprintf(stderr, "life: %s: %s\n", sql, sqlite3_errmsg(h));
		abort();
	}
	return st;
}

static const char *
text(sqlite3_stmt *st, int col)
{
	const char	*t = (const char *)sqlite3_column_text(st, col);

	return t == NULL ? "" : t;
}

static int
word(sqlite3_stmt *st, int col, const char *const *words, int n)
{
	int	 i;

	for (i = 0; i < n; i++)
		if (words[i] != NULL && strcmp(words[i], text(st, col)) == 0)
			return i;
	return 0;
}

static int
eid_of(sqlite3_stmt *st, int col)
{
	if (text(st, col)[0] == '\0')
		return 0;
	return strcmp(text(st, col), life_eid(1)) == 0 ? 1 : 2;
}

static int
profile_of(sqlite3_stmt *st, int col)
{
	return strcmp(text(st, col), life_iccid(1)) == 0 ? 1 : 2;
}

static int
order_of(const struct life_view *v, sqlite3_stmt *st, int col)
{
	int	 i;

	for (i = 1; i <= v->n_o; i++)
		if (strcmp(v->o[i].id, text(st, col)) == 0)
			return i;
	return 0;
}

/* One-time keys are 04 and one octet again and again. */
static int
key_of(sqlite3_stmt *st, int col)
{
	const uint8_t	*p = sqlite3_column_blob(st, col);

	return sqlite3_column_bytes(st, col) < 2 ? 0 : p[1];
}

static void
look_orders(sqlite3_stmt *st, struct life_view *v)
{
	static const char *const locks[] = { "eid", "tofu", "open" };
	struct life_order	*o;

	for (v->n_o = 0; sqlite3_step(st) == SQLITE_ROW;) {
		o = &v->o[++v->n_o];
		snprintf(o->id, sizeof(o->id), "%s", text(st, 0));
		o->profile = profile_of(st, 1);
		o->lock = word(st, 2, locks, 3);
		o->eid = eid_of(st, 3);
		o->state = word(st, 4, life_states, LIFE_STATES);
		o->end = word(st, 5, order_ends, ORDER_ENDS);
		o->attempt = eid_of(st, 6);
		o->reusable = sqlite3_column_int(st, 7) != 0;
		o->cc = sqlite3_column_int(st, 8) != 0;
		o->expires = sqlite3_column_int64(st, 9);
		o->max_downloads = sqlite3_column_int64(st, 10);
		o->downloads = sqlite3_column_int64(st, 11);
		o->max_cc = sqlite3_column_int64(st, 12);
		o->cc_attempts = sqlite3_column_int64(st, 13);
		o->named = sqlite3_column_int(st, 14) != 0;
		o->sent = sqlite3_column_int(st, 15) != 0;
		o->reinstalls = sqlite3_column_int64(st, 16);
	}
	sqlite3_reset(st);
}

static void
look_profiles(sqlite3_stmt *st, struct life_view *v)
{
	static const char *const cards[] = { NULL, "enabled", "disabled",
				    "deleted" };
	struct life_profile	*p;

	while (sqlite3_step(st) == SQLITE_ROW) {
		p = &v->p[profile_of(st, 0)];
		p->state = word(st, 1, life_states, LIFE_STATES);
		p->card = word(st, 2, cards, 4);
		p->seq = sqlite3_column_int64(st, 3);
		p->eid = eid_of(st, 4);
		p->order = order_of(v, st, 5);
	}
	sqlite3_reset(st);
}

static void
look_sessions(sqlite3_stmt *st, struct life_view *v)
{
	static const char *const steps[] = { "initiated", "authenticated",
				    "bpp_sent", "closed" };
	struct life_session	*s;

	for (v->n_s = 0; v->n_s < LIFE_SESSIONS &&
	    sqlite3_step(st) == SQLITE_ROW; v->n_s++) {
		s = &v->s[v->n_s];
		snprintf(s->tid, sizeof(s->tid), "%s", text(st, 0));
		s->step = word(st, 1, steps, 4);
		s->eid = eid_of(st, 2);
		s->order = order_of(v, st, 3);
		s->key = key_of(st, 4);
		s->last = sqlite3_column_int(st, 5) != 0;
	}
	sqlite3_reset(st);
}

static void
look_bpps(sqlite3_stmt *st, struct life_view *v)
{
	struct life_bpp	*b;

	memset(v->b, 0, sizeof(v->b));
	while (sqlite3_step(st) == SQLITE_ROW) {
		b = &v->b[profile_of(st, 0)];
		b->order = order_of(v, st, 1);
		b->eid = eid_of(st, 2);
		b->key = key_of(st, 3);
	}
	sqlite3_reset(st);
}

/*
 * Sessions that are closed and had no package are of no consequence any more.
 */
static const char *const looks[LIFE_LOOKS] = {
	("SELECT id, iccid, lock, eid, state, ended, attempt_eid, reusable,"
	" cc IS NOT NULL, expires, max_downloads, downloads, max_cc,"
	" cc_attempts, mid IS NOT NULL, sent_tid IS NOT NULL, reinstalls"
	" FROM orders ORDER BY seq"),
	"SELECT iccid, state, card, card_seq, eid, order_id FROM profiles",
	("SELECT tid, step, eid, order_id, euicc_otpk, tid = (SELECT sent_tid"
	" FROM orders o WHERE o.id = order_id) FROM sessions"
	" WHERE eid IS NOT NULL AND (step <> 'closed'"
	" OR euicc_otpk IS NOT NULL) ORDER BY seq"),
	("SELECT p.iccid, b.order_id, b.eid, b.euicc_otpk FROM bpps b"
	" JOIN profiles p ON p.seq = b.profile"),
};

void
life_look_open(struct life_world *w)
{
	int	 i;

	for (i = 0; i < LIFE_LOOKS; i++)
		w->look[i] = query(w->h, looks[i]);
}

void
life_look_close(struct life_world *w)
{
	int	 i;

	for (i = 0; i < LIFE_LOOKS; i++)
		sqlite3_finalize(w->look[i]);
}

void
life_look(struct life_world *w)
{
	look_orders(w->look[0], &w->v);
	look_profiles(w->look[1], &w->v);
	look_sessions(w->look[2], &w->v);
	look_bpps(w->look[3], &w->v);
}

/* Names that chance gave, and how high a number is, make no difference. */
void
life_canon(const struct life_view *v, struct buf *out)
{
	const struct life_order	*o;
	int			 i;

	buf_cut(out, 0);
	buf_addf(out, "%d", v->late);
	for (i = 1; i <= LIFE_PROFILES; i++)
		buf_addf(out, " p%d,%d,%d,%d,%d,%u b%d,%d,%d", v->p[i].state,
		    v->p[i].card, v->p[i].eid, v->p[i].order, v->p[i].seq >= 0,
		    v->given[i], v->b[i].order, v->b[i].eid, v->b[i].key);
	for (i = 1; i <= v->n_o; i++) {
		o = &v->o[i];
		buf_addf(out, " o%d,%d,%d,%d,%d,%d,%d,%d,%d,%d", o->profile,
		    o->eid, o->state, o->end, o->attempt, (int)o->downloads,
		    (int)o->cc_attempts, o->expires != 0, o->sent,
		    (int)o->reinstalls);
	}
	for (i = 0; i < v->n_s; i++)
		buf_addf(out, " s%d,%d,%d,%d,%d", v->s[i].step, v->s[i].eid,
		    v->s[i].order, v->s[i].key, v->s[i].last);
}

/* In the order in which they may be filled. */
static const char *const tables[LIFE_KEEPS] = {
	"profiles", "orders", "sessions", "bpps"
};

static int
more(struct life_rows *r, int cap)
{
	cap = cap == 0 ? 256 : 2 * cap;
	if ((r->v = realloc(r->v, (size_t)cap * sizeof(*r->v))) == NULL)
		abort();
	return cap;
}

void
life_rows_take(sqlite3 *h, struct life_rows *out)
{
	sqlite3_stmt	*st;
	char		 sql[80];
	int		 t, i, cap = 0;

	memset(out, 0, sizeof(*out));
	for (t = 0; t < LIFE_KEEPS; t++) {
		snprintf(sql, sizeof(sql), "SELECT * FROM %s", tables[t]);
		st = query(h, sql);
		for (; sqlite3_step(st) == SQLITE_ROW; out->rows[t]++)
			for (i = 0; i < sqlite3_column_count(st); i++) {
				if (out->n == cap)
					cap = more(out, cap);
				out->v[out->n++] = sqlite3_value_dup(
				    sqlite3_column_value(st, i));
			}
		sqlite3_finalize(st);
	}
}

static int
fill(sqlite3 *h, const char *table, int rows, sqlite3_value **v)
{
	sqlite3_stmt	*st;
	struct buf	 sql = {0};
	char		 ask[40];
	int		 i, r, n;

	snprintf(ask, sizeof(ask), "SELECT * FROM %s", table);
	st = query(h, ask);
	n = sqlite3_column_count(st);
	sqlite3_finalize(st);
	buf_addf(&sql, "INSERT INTO %s VALUES (?", table);
	for (i = 1; i < n; i++)
		buf_add_str(&sql, ",?");
	buf_add_str(&sql, ")");
	st = query(h, buf_cstr(&sql));
	for (r = 0; r < rows; r++) {
		for (i = 0; i < n; i++)
			sqlite3_bind_value(st, i + 1, v[r * n + i]);
		if (sqlite3_step(st) != SQLITE_DONE)
			abort();
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	buf_free(&sql);
	return rows * n;
}

void
life_rows_put(sqlite3 *h, const struct life_rows *r)
{
	int	 t, at = 0;

	life_sql(h, "DELETE FROM bpps; DELETE FROM sessions;"
	    "DELETE FROM orders; DELETE FROM profiles");
	for (t = 0; t < LIFE_KEEPS; t++)
		at += fill(h, tables[t], r->rows[t], r->v + at);
}

void
life_rows_free(struct life_rows *r)
{
	int	 i;

	for (i = 0; i < r->n; i++)
		sqlite3_value_free(r->v[i]);
	free(r->v);
	memset(r, 0, sizeof(*r));
}
