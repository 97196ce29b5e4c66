/* SPDX-License-Identifier: Apache-2.0 */
/* What test_db_fault.c runs: the store's functions and steps of a download. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/db_flows.h"
#include "tests/unit/session_row.h"

/*
 * The zoo: profile 1 available; 2 released with order 2 and session 2
 * authenticated; 3 downloaded with order 3, EID_A and session 3 sent;
 * 4 installed; 5 available; session 5 initiated.
 */
static char	iccid[6][ICCID_TEXT];
static char	order[6][ROW_ID_TEXT];

static void
session_fill(struct session *s, int n)
{
	memset(s, 0, sizeof(*s));
	snprintf(s->tid, sizeof(s->tid), "%032d", n);
	s->created = n;
	strcpy(s->address, "smdp.example.com");
	strcpy(s->eid, EID_A);
	strcpy(s->order, order[n]);
	strcpy(s->iccid, iccid[n]);
	buf_add_str(&s->euicc_point, "point");
	buf_add_str(&s->smdp_signature2, "signature");
	buf_add_str(&s->metadata, "metadata");
	buf_add_str(&s->euicc_otpk, "otpk");
}

static int
zoo_sessions(struct db *db, void *arg)
{
	struct session	 s;
	int		 n, r = 0;

	(void)arg;
	for (n = 2; n <= 5 && r == 0; n++) {
		session_fill(&s, n);
		r = session_row(db, T, &s);
		if (r == 0 && n <= 3)
			r = store_session_authenticated(db, T, &s, 10);
		if (r == 0 && n == 3)
			r = store_session_sent(db, T, &s, 10);
		session_free(&s);
	}
	return r != 0 ? r : store_order_bind(db, T, order[3], EID_A, 5);
}

struct store *
flows_zoo(struct place *p)
{
	struct store	*s = db_fresh(p, &driver_fault);
	int		 n;

	for (n = 0; n < 6; n++) {
		iccid_n(n, iccid[n]);
		id_n('o', n, order[n]);
	}
	seed_type(s);
	seed_profiles(s, 1, 5);
	for (n = 2; n <= 4; n++)
		seed_order(s, n);
	CU_ASSERT_EQUAL_FATAL(store_write(s, STORE_RELAXED, zoo_variant,
	    NULL), 0);
	CU_ASSERT_EQUAL_FATAL(store_write(s, STORE_RELAXED, zoo_sessions,
	    NULL), 0);
	CU_ASSERT_EQUAL(event_write(s, iccid[3], LIFE_DELIVER), 0);
	CU_ASSERT_EQUAL(event_write(s, iccid[4], LIFE_DELIVER), 0);
	CU_ASSERT_EQUAL(event_write(s, iccid[4], LIFE_INSTALL), 0);
	return s;
}

/* Writes -------------------------------------------------------------------*/

static int
w_type_add(struct db *db, void *arg)
{
	struct ptype	 t = { .name = "new" };

	(void)arg;
	return store_type_add(db, T, &t);
}

static int
w_body_add(struct db *db, void *arg)
{
	struct body	 b = { .id = "new", .index = { 8 } };
	int		 r;

	(void)arg;
	buf_add_str(&b.sealed, "sealed");
	if ((r = store_body_add(db, T, &b)) == 0)
		r = store_body_learn(db, T, b.id, &b);
	buf_free(&b.sealed);
	return r;
}

static int
w_profile_add(struct db *db, void *arg)
{
	struct profile	 p = { .type = "t" };
	int		 r;

	(void)arg;
	id_n('b', 1, p.body);
	iccid_n(77, p.iccid);
	if ((r = store_profile_add(db, T, &p, 1)) != 0)
		return r;
	return store_profile_checked(db, T, p.iccid);
}

static int
w_event(struct db *db, void *arg)
{
	(void)arg;
	return store_profile_event(db, T, iccid[2], LIFE_DELIVER, 1);
}

static int
w_link(struct db *db, void *arg)
{
	(void)arg;
	return store_profile_link(db, T, iccid[2], order[2], EID_A);
}

static int
w_card(struct db *db, void *arg)
{
	int	 r;

	(void)arg;
	if ((r = store_profile_link(db, T, iccid[4], NULL, EID_A)) != 0)
		return r;
	return store_profile_card(db, T, iccid[4], EID_A, 1, CARD_ENABLED, 1);
}

static int
w_shred(struct db *db, void *arg)
{
	(void)arg;
	return store_profile_shred(db, T, iccid[4]);
}

static int
w_order_new(struct db *db, void *arg)
{
	struct audit	 a = { .actor = "uid 0", .action = "order.new" };
	struct order	 o;
	char		 picked[ICCID_TEXT];
	int		 r;

	(void)arg;
	order_fill(&o, 1);
	if ((r = store_profile_pick(db, T, "t", picked)) == 0 &&
	    (r = store_profile_event(db, T, picked, LIFE_ORDER, 1)) == 0 &&
	    (r = store_order_add(db, T, &o)) == 0 &&
	    (r = store_profile_link(db, T, picked, o.id, NULL)) == 0 &&
	    (r = store_profile_event(db, T, picked, LIFE_RELEASE, 1)) == 0)
		r = store_audit_add(db, T, &a);
	order_free(&o);
	return r;
}

static int
w_attempt(struct db *db, void *arg)
{
	(void)arg;
	return store_order_attempt(db, T, order[2], EID_A, 1);
}

static int
w_wrong_cc(struct db *db, void *arg)
{
	int64_t	 left;

	(void)arg;
	return store_order_wrong_cc(db, T, order[2], &left, 1);
}

static int
w_cancel(struct db *db, void *arg)
{
	int	 r;

	(void)arg;
	if ((r = store_order_end(db, T, order[2], ORDER_CANCELLED, 1)) != 0 ||
	    (r = store_profile_event(db, T, iccid[2], LIFE_FREE, 1)) != 0)
		return r;
	return store_profile_link(db, T, iccid[2], "", "");
}

static int
w_renew(struct db *db, void *arg)
{
	int	 r;

	(void)arg;
	if ((r = store_order_bind(db, T, order[2], EID_A, 1)) != 0 ||
	    (r = store_order_rebound(db, T, order[2])) != 0 ||
	    (r = store_session_forget(db, T, order[3])) != 0 ||
	    (r = store_order_reinstall(db, T, order[2], EID_A, 1)) != 0 ||
	    (r = store_profile_event(db, T, iccid[4], LIFE_REINSTALL,
	    1)) != 0)
		return r;
	return store_order_renew(db, T, order[4], true, 1);
}

static int
w_reset(struct db *db, void *arg)
{
	int	 r;

	(void)arg;
	if ((r = store_order_reset(db, T, order[3], 1)) != 0)
		return r;
	return store_order_expires(db, T, order[3], 99, 1);
}

static int
w_imsi(struct db *db, void *arg)
{
	(void)arg;
	return store_imsi_take(db, T, "001010000000001", "001010000000009", 0);
}

static int
w_session_new(struct db *db, void *arg)
{
	struct session	 s;
	int		 r;

	(void)arg;
	session_fill(&s, 1);
	s.begun = true;
	r = store_session_close(db, T, &s, 1);
	session_free(&s);
	return r;
}

static int
w_authenticate(struct db *db, void *arg)
{
	struct euicc	 e = { .eid = EID_A, .eum = "Eum" };
	struct session	 s;
	int		 r;

	(void)arg;
	session_fill(&s, 5);
	if ((r = store_session_authenticated(db, T, &s, 1)) == 0 &&
	    (r = store_order_attempt(db, T, order[2], EID_A, 1)) == 0)
		r = store_euicc_seen(db, T, &e);
	session_free(&s);
	return r;
}

static int
w_deliver(struct db *db, void *arg)
{
	struct session	 s;
	int		 r;

	(void)arg;
	session_fill(&s, 2);
	if ((r = store_order_bind(db, T, order[2], EID_A, 1)) == 0 &&
	    (r = store_profile_event(db, T, iccid[2], LIFE_DELIVER, 1)) == 0 &&
	    (r = store_profile_link(db, T, iccid[2], NULL, EID_A)) == 0)
		r = store_session_sent(db, T, &s, 1);
	session_free(&s);
	return r;
}

static int
w_install(struct db *db, void *arg)
{
	struct notification	 n = { .is_result = true, .verified = true,
	    .eid = EID_A, .event = "install", .result = "success" };
	struct session		 s;
	int			 r;

	(void)arg;
	session_fill(&s, 3);
	n.raw = slice_str("raw");
	if ((r = store_notification_add(db, T, &n)) == 0 &&
	    (r = store_profile_event(db, T, iccid[3], LIFE_INSTALL, 1)) == 0)
		r = store_session_close(db, T, &s, 1);
	session_free(&s);
	return r;
}

static int
w_expire(struct db *db, void *arg)
{
	int64_t	 n;

	(void)arg;
	return store_session_expire(db, 100, 10, &n);
}

/* Writes first, and is refused then. */
static int
w_refused(struct db *db, void *arg)
{
	int	 r;

	if ((r = w_type_add(db, arg)) != 0)
		return r;
	return 42;
}

/* Reads --------------------------------------------------------------------*/

static int
r_types(struct db *db, void *arg)
{
	struct ptype	 t;
	int64_t		 n;
	int		 r;

	(void)arg;
	if ((r = store_type_get(db, T, "t", &t)) == 0)
		r = store_type_stock(db, T, "t", 2, &n);
	ptype_free(&t);
	return r;
}

static int
r_bodies(struct db *db, void *arg)
{
	const uint8_t	 index[32] = { 1 };
	struct body_needs needs;
	struct buf	 b = {0};
	char		 id[ROW_ID_TEXT];
	int		 r;

	(void)arg;
	if ((r = store_body_find(db, T, index, id)) == 0 &&
	    (r = store_body_get(db, T, id, &b, NULL)) == 0)
		r = store_profile_needs(db, T, iccid[4], &needs);
	buf_free(&b);
	return r;
}

static int
seen_profile(void *arg, const struct profile *p)
{
	(void)arg;
	return p->iccid[0] == '\0';
}

static int
r_profiles(struct db *db, void *arg)
{
	struct profile_filter	 f = { .state = LIFE_RELEASED };
	struct profile		 p;
	int64_t			 count[LIFE_STATES];
	int			 r;

	(void)arg;
	if ((r = store_profile_get(db, T, iccid[4], &p)) != 0 ||
	    (r = store_profile_each(db, T, &f, seen_profile, NULL)) != 0)
		goto out;
	r = store_profile_count(db, T, count);
out:
	profile_free(&p);
	return r;
}

static int
seen_order(void *arg, const struct order *o)
{
	(void)arg;
	return o->id[0] == '\0';
}

static int
r_orders(struct db *db, void *arg)
{
	struct order_filter	 f = { .state = -1 };
	struct order		 like, o = {0};
	int			 r;

	(void)arg;
	order_fill(&like, 3);
	if ((r = store_order_by_mid(db, T, like.mid_index, &o)) != 0)
		goto out;
	order_free(&o);
	if ((r = store_order_by_eid(db, T, EID_A, &o)) != 0)
		goto out;
	order_free(&o);
	if ((r = store_order_get(db, T, order[2], &o)) != 0)
		goto out;
	r = store_order_each(db, T, &f, seen_order, NULL);
out:
	order_free(&like);
	order_free(&o);
	return r;
}

static int
seen_session(void *arg, const struct session *s)
{
	(void)arg;
	return s->tid[0] == '\0';
}

static int
r_sessions(struct db *db, void *arg)
{
	struct session	 like, s;
	int64_t		 open;
	int		 r;

	(void)arg;
	session_fill(&like, 3);
	if ((r = store_session_get(db, T, like.tid, &s)) != 0 ||
	    (r = store_session_count(db, 0, INT64_MAX, &open)) != 0)
		goto out;
	r = store_session_each(db, T, true, 9, seen_session, NULL);
out:
	session_free(&like);
	session_free(&s);
	return r;
}

static int
r_facts(struct db *db, void *arg)
{
	int64_t	 n;
	int	 r;

	(void)arg;
	if ((r = store_version(db, &n)) != 0)
		return r;
	return store_size(db, &n);
}

#define WRITE(fn, want)	{ #fn, w_ ## fn, true, want }
#define READ(fn)	{ #fn, r_ ## fn, false, 0 }

const struct flow flows[] = {
	WRITE(type_add, 0), WRITE(type_set, 0), WRITE(variant, 0),
	WRITE(body_add, 0),
	WRITE(profile_add, 0),
	WRITE(event, 0), WRITE(link, 0), WRITE(card, 0), WRITE(shred, 0),
	WRITE(order_new, 0), WRITE(attempt, 0), WRITE(wrong_cc, 0),
	WRITE(cancel, 0), WRITE(renew, 0), WRITE(reset, 0),
	WRITE(imsi, 0), { "batch", flow_batch, true, 0 },
	{ "batch_undo", flow_batch_undo, true, 0 },
	WRITE(session_new, 0),
	WRITE(authenticate, 0), WRITE(deliver, 0), WRITE(install, 0),
	WRITE(expire, 0), WRITE(refused, 42),
	READ(types), READ(variants), READ(bodies), READ(profiles),
	{ "batches", flow_batches, false, 0 }, READ(orders),
	READ(sessions), READ(facts),
};
const size_t flows_n = NELEM(flows);
