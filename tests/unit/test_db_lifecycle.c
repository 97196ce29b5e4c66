/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
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

/* "'available', 'allocated', ..." as the CHECKs have it, blanks aside. */
static void
check_list(struct buf *out)
{
	int	 i;

	buf_add_str(out, "CHECK(stateIN(");
	for (i = 0; i < LIFE_STATES; i++)
		buf_addf(out, "%s'%s'", i == 0 ? "" : ",", life_states[i]);
	buf_add_str(out, "))");
}

/* The CHECKs of profiles and orders name exactly these states. */
void
life_in_schema(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct buf	 sql = {0}, want = {0};
	char		*t, *to;
	int		 found = 0;

	db_ask(p.path, "SELECT sql FROM sqlite_master WHERE name IN"
	    " ('profiles', 'orders')", &sql);
	for (t = to = buf_cstr(&sql); *t != '\0'; t++)
		if (strchr(" \t\n", *t) == NULL)
			*to++ = *t;
	*to = '\0';
	check_list(&want);
	for (t = buf_cstr(&sql); (t = strstr(t, buf_cstr(&want))) != NULL; t++)
		found++;
	CU_ASSERT_EQUAL(found, 2);
	buf_free(&sql);
	buf_free(&want);
	db_gone(&p, s);
}

/* One line of the table in docs/lifecycle.md. */
static void
document_line(enum life_event e, struct buf *out)
{
	const char	*sep = "";
	int		 s;

	buf_addf(out, "| `%s` | ", life_event_name(e));
	for (s = 0; s < LIFE_STATES; s++)
		if (life_from(e) & 1U << s) {
			buf_addf(out, "%s%s", sep, life_states[s]);
			sep = ", ";
		}
	buf_addf(out, " | %s |", life_states[life_to(e)]);
}

/* The document has a line for every event, and no other. */
void
life_document(void)
{
	struct buf	 path = {0}, text = {0}, line = {0};
	const char	*top = getenv("TOP_SRCDIR"), *t;
	enum life_event	 e;
	int		 lines = 0;

	buf_addf(&path, "%s/docs/lifecycle.md", top == NULL ? "." : top);
	CU_ASSERT_EQUAL_FATAL(file_read(buf_cstr(&path), 65536, &text, NULL),
	    0);
	for (e = LIFE_ORDER; e < LIFE_EVENTS; e++) {
		buf_cut(&line, 0);
		document_line(e, &line);
		if (strstr(buf_cstr(&text), buf_cstr(&line)) == NULL) {
			printf("# missing: %s\n", buf_cstr(&line));
			CU_FAIL("docs/lifecycle.md differs from lifecycle.c");
		}
	}
	for (t = buf_cstr(&text); (t = strstr(t, "\n| `")) != NULL; t++)
		lines++;
	CU_ASSERT_EQUAL(lines, LIFE_EVENTS);
	buf_free(&path);
	buf_free(&text);
	buf_free(&line);
}
