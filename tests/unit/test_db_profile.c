/* SPDX-License-Identifier: Apache-2.0 */
/* Types, bodies, profiles. */
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

static int
body_add(struct db *db, void *arg)
{
	return store_body_add(db, T, arg);
}

/* Bodies: one a plaintext, found again by its index. */
void
store_bodies(void)
{
	struct body	 b = { .index = { 9 } };
	struct buf	 got = {0};
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	char		 id[ROW_ID_TEXT];

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	id_n('b', 7, b.id);
	buf_add_str(&b.sealed, "sealed");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, body_add, &b), 0);
	id_n('b', 8, b.id);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, body_add, &b),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(store_body_find(rd, T, b.index, id), 0);
	CU_ASSERT_EQUAL(store_body_get(rd, T, id, &got, NULL), 0);
	unit_same("body", buf_slice(&got), buf_slice(&b.sealed));
	CU_ASSERT_EQUAL(store_body_find(rd, 2, b.index, id), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(store_body_get(rd, T, b.id, &got, NULL), DPE_NOTFOUND);
	buf_free(&b.sealed);
	buf_free(&got);
	store_reader_free(rd);
	db_gone(&p, s);
}

struct seen {
	int	n;
	char	last[ICCID_TEXT];
};

static int
see(void *arg, const struct profile *p)
{
	struct seen	*seen = arg;

	seen->n++;
	strcpy(seen->last, p->iccid);
	return 0;
}

static int
profiles(struct db *rd, const char *type, int state, const char *eid,
    const char *after, int64_t limit)
{
	struct profile_filter	 f = { type, state, eid, after, limit };
	struct seen		 seen = { 0, "" };

	CU_ASSERT_EQUAL(store_profile_each(rd, T, &f, see, &seen), 0);
	return seen.n;
}

static int
link_eid(struct db *db, void *arg)
{
	char	 iccid[ICCID_TEXT];

	iccid_n(3, iccid);
	return store_profile_link(db, T, iccid, NULL, arg);
}

void
store_profiles(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	struct profile	 got;
	int64_t		 count[LIFE_STATES];
	char		 iccid[ICCID_TEXT];

	seed_type(s);
	seed_profiles(s, 1, 10);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_profile_pick(rd, T, "t", iccid), 0);
	CU_ASSERT_STRING_EQUAL(iccid, "89490000000000000001");
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_ORDER), 0);
	CU_ASSERT_EQUAL(store_profile_pick(rd, T, "t", iccid), 0);
	CU_ASSERT_STRING_EQUAL(iccid, "89490000000000000002");
	CU_ASSERT_EQUAL(store_profile_pick(rd, T, "x", iccid), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, link_eid, EID_A), 0);
	iccid_n(3, iccid);
	CU_ASSERT_EQUAL(store_profile_get(rd, T, iccid, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.type, "t");
	CU_ASSERT_STRING_EQUAL(got.eid, EID_A);
	CU_ASSERT_STRING_EQUAL(got.order, "");
	CU_ASSERT_EQUAL(got.card, CARD_NONE);
	unit_same("values", buf_slice(&got.values),
	    slice_str("sealed values"));
	profile_free(&got);
	CU_ASSERT_EQUAL(profiles(rd, NULL, -1, NULL, NULL, 0), 10);
	CU_ASSERT_EQUAL(profiles(rd, NULL, -1, NULL, iccid, 5), 5);
	CU_ASSERT_EQUAL(profiles(rd, "t", -1, NULL, iccid, 0), 7);
	CU_ASSERT_EQUAL(profiles(rd, "x", -1, NULL, NULL, 0), 0);
	CU_ASSERT_EQUAL(profiles(rd, "t", LIFE_ALLOCATED, NULL, NULL, 0), 1);
	CU_ASSERT_EQUAL(profiles(rd, NULL, LIFE_AVAILABLE, NULL, NULL, 0), 9);
	CU_ASSERT_EQUAL(profiles(rd, NULL, -1, EID_A, NULL, 0), 1);
	CU_ASSERT_EQUAL(profiles(rd, "t", LIFE_ALLOCATED, EID_A, NULL, 0), 0);
	CU_ASSERT_EQUAL(store_profile_count(rd, T, count), 0);
	CU_ASSERT_EQUAL(count[LIFE_AVAILABLE], 9);
	CU_ASSERT_EQUAL(count[LIFE_ALLOCATED], 1);
	CU_ASSERT_EQUAL(count[LIFE_ERROR], 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, link_eid, ""), 0);
	CU_ASSERT_EQUAL(profiles(rd, NULL, -1, EID_A, NULL, 0), 0);
	store_reader_free(rd);
	db_gone(&p, s);
}

static int
same_profile(struct db *db, void *arg)
{
	struct profile	*p = arg;

	return store_profile_add(db, T, p, 5);
}

/* What may not be added: a second one, without its type or its body. */
void
store_profile_refused(void)
{
	struct profile	 p = { .type = "t" };
	struct place	 at;
	struct store	*s = db_fresh(&at, &driver_sqlite);

	seed_type(s);
	seed_profiles(s, 1, 1);
	iccid_n(1, p.iccid);
	id_n('b', 1, p.body);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, same_profile, &p),
	    DPE_EXISTS);
	strcpy(p.iccid, "12");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, same_profile, &p),
	    DPE_RANGE);
	iccid_n(2, p.iccid);
	strcpy(p.type, "x");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, same_profile, &p),
	    DPE_NOTFOUND);
	strcpy(p.type, "t");
	id_n('b', 2, p.body);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, same_profile, &p),
	    DPE_NOTFOUND);
	db_gone(&at, s);
}

struct card {
	const char	*eid;
	int64_t		 seq;
	enum card_state	 state;
};

static int
card_write(struct db *db, void *arg)
{
	struct card	*c = arg;
	char		 iccid[ICCID_TEXT];

	iccid_n(3, iccid);
	return store_profile_card(db, T, iccid, c->eid, c->seq, c->state, 7);
}

static int
card(struct store *s, const char *eid, int64_t seq, enum card_state state)
{
	struct card	 c = { eid, seq, state };

	return store_write(s, STORE_DURABLE, card_write, &c);
}

/* A card speaks for its own profile, and each number once. */
void
store_profile_cards(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	struct profile	 got;
	char		 iccid[ICCID_TEXT];

	seed_type(s);
	seed_profiles(s, 3, 1);
	iccid_n(3, iccid);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(card(s, EID_A, 1, CARD_ENABLED), DPE_STATE);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, link_eid, EID_A), 0);
	CU_ASSERT_EQUAL(card(s, EID_A, 0, CARD_ENABLED), 0);
	CU_ASSERT_EQUAL(card(s, EID_A, 5, CARD_DELETED), 0);
	CU_ASSERT_EQUAL(card(s, EID_A, 5, CARD_ENABLED), DPE_STATE);
	CU_ASSERT_EQUAL(card(s, EID_A, 4, CARD_ENABLED), DPE_STATE);
	CU_ASSERT_EQUAL(card(s, EID_B, 9, CARD_ENABLED), DPE_STATE);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, link_eid, EID_A), 0);
	CU_ASSERT_EQUAL(store_profile_get(rd, T, iccid, &got), 0);
	CU_ASSERT_EQUAL(got.card, CARD_DELETED);
	profile_free(&got);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, link_eid, EID_B), 0);
	CU_ASSERT_EQUAL(store_profile_get(rd, T, iccid, &got), 0);
	CU_ASSERT_EQUAL(got.card, CARD_NONE);
	profile_free(&got);
	CU_ASSERT_EQUAL(card(s, EID_B, 1, CARD_ENABLED), 0);
	store_reader_free(rd);
	db_gone(&p, s);
}

/* An imported profile (a body of its own) and one from the template. */
static int
imported_write(struct db *db, void *arg)
{
	struct body	 b = { .index = { 2 } };
	struct profile	 p = { .type = "t" };
	int		 r;

	(void)arg;
	id_n('b', 2, b.id);
	id_n('b', 2, p.body);
	iccid_n(2, p.iccid);
	buf_add_str(&b.sealed, "sealed import");
	if ((r = store_body_add(db, T, &b)) == 0)
		r = store_profile_add(db, T, &p, 1);
	buf_free(&b.sealed);
	return r;
}

static int
shred_write(struct db *db, void *arg)
{
	return store_profile_shred(db, T, arg);
}

static void
shred(struct store *s, struct db *rd, int n)
{
	struct profile	 p;
	char		 iccid[ICCID_TEXT];

	iccid_n(n, iccid);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_ORDER), 0);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_RELEASE), 0);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_DELIVER), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, shred_write, iccid),
	    DPE_STATE);
	CU_ASSERT_EQUAL(event_write(s, iccid, LIFE_INSTALL), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, shred_write, iccid), 0);
	CU_ASSERT_EQUAL(store_profile_get(rd, T, iccid, &p), 0);
	CU_ASSERT_EQUAL(p.state, LIFE_INSTALLED);
	CU_ASSERT_STRING_EQUAL(p.body, "");
	CU_ASSERT_EQUAL(p.values.len, 0);
	profile_free(&p);
}

/* Shredding takes an imported body along, and leaves a template. */
void
store_profile_shredded(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	struct buf	 b = {0};
	char		 id[ROW_ID_TEXT];

	seed_type(s);
	seed_profiles(s, 1, 1);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, imported_write, NULL),
	    0);
	shred(s, rd, 1);
	shred(s, rd, 2);
	id_n('b', 1, id);
	CU_ASSERT_EQUAL(store_body_get(rd, T, id, &b, NULL), 0);
	id_n('b', 2, id);
	CU_ASSERT_EQUAL(store_body_get(rd, T, id, &b, NULL), DPE_NOTFOUND);
	buf_free(&b);
	store_reader_free(rd);
	db_gone(&p, s);
}

struct range {
	const char	*first, *last;
};

static int
take_write(struct db *db, void *arg)
{
	struct range	*r = arg;

	return store_imsi_take(db, T, r->first, r->last, 0);
}

static int
take(struct store *s, const char *first, const char *last)
{
	struct range	 r = { first, last };

	return store_write(s, STORE_DURABLE, take_write, &r);
}

/* Ranges of IMSIs never overlap, whichever way they come. */
void
store_imsis(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);

	CU_ASSERT_EQUAL(take(s, "001010000000100", "001010000000199"), 0);
	CU_ASSERT_EQUAL(take(s, "001010000000199", "001010000000300"),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(take(s, "001010000000050", "001010000000100"),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(take(s, "001010000000150", "001010000000150"),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(take(s, "001010000000050", "001010000000500"),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(take(s, "001010000000050", "001010000000099"), 0);
	CU_ASSERT_EQUAL(take(s, "001010000000200", "001010000000200"), 0);
	CU_ASSERT_EQUAL(take(s, "00101000000010", "00101000000019"), 0);
	db_gone(&p, s);
}
