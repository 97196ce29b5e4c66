/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

/* The words of states and events, there and back. */
void
life_table(void)
{
	enum life_state	 s, back;
	enum life_event	 e;

	for (s = LIFE_AVAILABLE; s < LIFE_STATES; s++) {
		CU_ASSERT_EQUAL(life_state_parse(life_state_name(s), &back), 0);
		CU_ASSERT_EQUAL(back, s);
	}
	CU_ASSERT_EQUAL(life_state_parse("gone", &back), DPE_NOTFOUND);
	for (e = LIFE_ORDER; e < LIFE_EVENTS; e++) {
		CU_ASSERT_PTR_NOT_NULL(life_event_name(e));
		CU_ASSERT_NOT_EQUAL(life_from(e), 0);
		CU_ASSERT_EQUAL(life_from(e) >> LIFE_STATES, 0);
		CU_ASSERT(life_to(e) < LIFE_STATES);
	}
}

struct force {
	const char	*iccid, *state;
};

/* Past the life cycle, into a state: profile and its order. */
static int
force_write(struct db *db, void *arg)
{
	static const struct stmt profile = { "force_profile",
	    "UPDATE profiles SET state = $2 WHERE iccid = $1" };
	static const struct stmt order = { "force_order",
	    "UPDATE orders SET state = $2 WHERE iccid = $1" };
	struct force	*f = arg;
	int		 r;

	if ((r = db_run(db, &profile, "tt", f->iccid, f->state)) != 0)
		return r;
	return db_run(db, &order, "tt", f->iccid, f->state);
}

static void
try_event(struct store *s, struct db *rd, enum life_state from,
    enum life_event e)
{
	struct force	 f = { .state = life_state_name(from) };
	struct profile	 p;
	struct order	 o;
	char		 iccid[ICCID_TEXT], id[ROW_ID_TEXT];
	bool		 legal = (life_from(e) & 1U << from) != 0;

	iccid_n(1, iccid);
	id_n('o', 1, id);
	f.iccid = iccid;
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, force_write, &f), 0);
	CU_ASSERT_EQUAL(event_write(s, iccid, e), legal ? 0 : DPE_STATE);
	CU_ASSERT_EQUAL(store_profile_get(rd, T, iccid, &p), 0);
	CU_ASSERT_EQUAL(p.state, legal ? life_to(e) : from);
	CU_ASSERT_EQUAL(store_order_get(rd, T, id, &o), 0);
	CU_ASSERT_EQUAL(o.state, p.state);
	profile_free(&p);
	order_free(&o);
}

/* Every state and every event, through the database. */
void
life_exhaustive(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	enum life_state	 from;
	enum life_event	 e;

	seed_type(s);
	seed_profiles(s, 1, 1);
	seed_order(s, 1);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (from = LIFE_AVAILABLE; from < LIFE_STATES; from++)
		for (e = LIFE_ORDER; e < LIFE_EVENTS; e++)
			try_event(s, rd, from, e);
	CU_ASSERT_EQUAL(event_write(s, "8949999999999999999", LIFE_ORDER),
	    DPE_STATE);
	store_reader_free(rd);
	db_gone(&p, s);
}

struct end_move {
	char		 id[ROW_ID_TEXT];
	enum order_event e;
};

static int
end_write(struct db *db, void *arg)
{
	struct end_move	*m = arg;

	switch (m->e) {
	case ORDER_CANCEL:
	case ORDER_EXPIRE:
		return store_order_end(db, T, m->id, order_to(m->e), 7);
	case ORDER_RENEW:
		return store_order_renew(db, T, m->id, false, 7);
	default:
		return store_order_reset(db, T, m->id, 7);
	}
}

static void
try_end(struct place *p, struct store *s, struct db *rd, enum order_end from,
    enum order_event e)
{
	struct end_move	 m = { .e = e };
	struct order	 o;
	struct buf	 sql = {0}, none = {0};
	bool		 legal = (order_from(e) & 1U << from) != 0;

	id_n('o', 1, m.id);
	buf_addf(&sql, "UPDATE orders SET ended = '%s'", order_ends[from]);
	db_ask(p->path, buf_cstr(&sql), &none);
	CU_ASSERT_EQUAL(store_write(s, STORE_RELAXED, end_write, &m),
	    legal ? 0 : DPE_STATE);
	CU_ASSERT_EQUAL(store_order_get(rd, T, m.id, &o), 0);
	CU_ASSERT_EQUAL(o.end, legal ? order_to(e) : from);
	order_free(&o);
	buf_free(&sql);
	buf_free(&none);
}

/* The same for how orders end. */
void
life_ends(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	enum order_end	 from;
	enum order_event e;

	seed_type(s);
	seed_profiles(s, 1, 1);
	seed_order(s, 1);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (from = ORDER_LIVE; from < ORDER_ENDS; from++)
		for (e = ORDER_CANCEL; e < ORDER_EVENTS; e++)
			try_end(&p, s, rd, from, e);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* "'available','allocated',..." as the CHECKs have it, blanks aside. */
static void
check_list(const char *column, const char *const *words, int n,
    struct buf *out)
{
	int	 i;

	buf_cut(out, 0);
	buf_addf(out, "CHECK(%sIN(", column);
	for (i = 0; i < n; i++)
		buf_addf(out, "%s'%s'", i == 0 ? "" : ",", words[i]);
	buf_add_str(out, "))");
}

static int
count_of(struct buf *text, struct buf *word)
{
	const char	*t = buf_cstr(text);
	int		 n = 0;

	for (; (t = strstr(t, buf_cstr(word))) != NULL; t++)
		n++;
	return n;
}

/* The CHECKs of profiles and orders name exactly these states. */
void
life_in_schema(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct buf	 sql = {0}, want = {0};
	char		*t, *to;

	db_ask(p.path, "SELECT sql FROM sqlite_master WHERE name IN"
	    " ('profiles', 'orders')", &sql);
	for (t = to = buf_cstr(&sql); *t != '\0'; t++)
		if (strchr(" \t\n", *t) == NULL)
			*to++ = *t;
	*to = '\0';
	check_list("state", life_states, LIFE_STATES, &want);
	CU_ASSERT_EQUAL(count_of(&sql, &want), 2);
	check_list("ended", order_ends, ORDER_ENDS, &want);
	CU_ASSERT_EQUAL(count_of(&sql, &want), 1);
	buf_free(&sql);
	buf_free(&want);
	db_gone(&p, s);
}
