/* SPDX-License-Identifier: Apache-2.0 */
/* Orders after they were made: released, cancelled, reinstalled, reset. */
#include <stdio.h>
#include <string.h>

#include "db/store_session.h"
#include "tests/unit/admin_unit.h"

#define EID	"89049032123451234512345678901235"

/* What the protocol would do to an order, in one write. */
struct steps {
	const char	*iccid, *order;
	enum life_event	 e[4];
	size_t		 n;
	bool		 bind, shred;
};

static int
steps_write(struct db *db, void *arg)
{
	struct steps	*s = arg;
	size_t		 i;
	int		 r = 0;

	if (s->bind && ((r = store_order_bind(db, TENANT_DEFAULT, s->order,
	    EID, BENCH_NOW)) != 0 ||
	    (r = store_order_attempt(db, TENANT_DEFAULT, s->order, EID,
	    BENCH_NOW)) != 0))
		return r;
	for (i = 0; i < s->n && r == 0; i++)
		r = store_profile_event(db, TENANT_DEFAULT, s->iccid, s->e[i],
		    BENCH_NOW);
	if (r == 0 && s->shred)
		r = store_profile_shred(db, TENANT_DEFAULT, s->iccid);
	return r;
}

struct made {
	char	iccid[21], id[64], in[200];
};

static void
order_make(struct bench *b, const char *in, struct made *m)
{
	bench_stock(b, m->iccid);
	bench_get(b, "order new", in, "order", m->id, sizeof(m->id));
	snprintf(m->in, sizeof(m->in),
	    "{\"order\":\"%s\",\"reason\":\"why not\"}", m->id);
}

static void
protocol(struct bench *b, const struct made *m, const enum life_event *e,
    size_t n)
{
	struct steps	 s = { m->iccid, m->id, { 0 }, n, true, false };

	memcpy(s.e, e, n * sizeof(*e));
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, steps_write,
	    &s), 0);
}

static void
installed(struct bench *b, const struct made *m)
{
	static const enum life_event	 e[] = { LIFE_DELIVER, LIFE_INSTALL };

	protocol(b, m, e, 2);
}

static void
in_state(struct bench *b, const struct made *m, const char *order,
    const char *profile)
{
	char	 in[100], state[32];

	snprintf(in, sizeof(in), "{\"order\":\"%s\"}", m->id);
	bench_get(b, "order show", in, "state", state, sizeof(state));
	CU_ASSERT_STRING_EQUAL(state, order);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\"}", m->iccid);
	bench_get(b, "profile show", in, "state", state, sizeof(state));
	CU_ASSERT_STRING_EQUAL(state, profile);
}

static void
held_order_is_released(void)
{
	struct bench	*b = bench_new(false);
	struct made	 m;

	order_make(b, "{\"type\":\"staff\",\"hold\":true}", &m);
	in_state(b, &m, "confirmed", "confirmed");
	json_decref(bench_ask(b, "order release", m.in));
	in_state(b, &m, "released", "released");
	json_decref(bench_ask(b, "order release", m.in));	/* again */
	json_decref(bench_ask(b, "order cancel", m.in));
	bench_refused(b, "order release", m.in, DPE_STATE,
	    "is cancelled, cannot be released");
	bench_refused(b, "order release", "{\"order\":\"x\"}", DPE_NOTFOUND,
	    "order x: not found");
	bench_free(b);
}

/* A profile that was never issued goes back; the old code is dead. */
static void
cancelled_profile_is_free(void)
{
	struct bench	*b = bench_new(false);
	struct made	 m;
	char		 in[200], text[64];

	order_make(b, "{\"type\":\"staff\",\"matching_id\":\"AB\"}", &m);
	json_decref(bench_ask(b, "order cancel", m.in));
	in_state(b, &m, "cancelled", "available");
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\"}", m.iccid);
	bench_get(b, "profile show", in, "order", text, sizeof(text));
	CU_ASSERT_STRING_EQUAL(text, "");
	bench_refused(b, "order cancel", m.in, DPE_STATE,
	    "is cancelled, cannot be cancelled");
	/* Another order may have both, and the old one cannot touch it. */
	json_decref(bench_ask(b, "order new",
	    "{\"type\":\"staff\",\"matching_id\":\"AB\"}"));
	bench_refused(b, "order cancel", m.in, DPE_STATE, "cancelled");
	bench_free(b);
}

static void
cancelled_profile_is_scrapped(void)
{
	static const enum life_event	 fail[] = { LIFE_DELIVER, LIFE_FAIL };
	struct bench			*b = bench_new(false);
	struct made			 m;

	order_make(b, "{\"type\":\"staff\"}", &m);
	protocol(b, &m, fail, 2);
	json_decref(bench_ask(b, "order cancel", m.in));
	in_state(b, &m, "cancelled", "unavailable");
	bench_free(b);
}

static void
cancel_says_what_becomes(void)
{
	struct bench	*b = bench_new(false);
	struct made	 m;
	char		 in[200];

	order_make(b, "{\"type\":\"staff\"}", &m);
	snprintf(in, sizeof(in), "{\"order\":\"%s\",\"profile\":\"lost\"}",
	    m.id);
	bench_refused(b, "order cancel", in, DPE_USAGE, "profile lost");
	snprintf(in, sizeof(in),
	    "{\"order\":\"%s\",\"profile\":\"unavailable\"}", m.id);
	json_decref(bench_ask(b, "order cancel", in));
	in_state(b, &m, "cancelled", "unavailable");
	bench_free(b);
}

/* What may be on a card cannot be cancelled (5.3.3). */
static void
installed_order_stays(void)
{
	static const enum life_event	 deliver[] = { LIFE_DELIVER };
	struct bench			*b = bench_new(false);
	struct made			 m;

	order_make(b, "{\"type\":\"staff\"}", &m);
	protocol(b, &m, deliver, 1);
	bench_refused(b, "order cancel", m.in, DPE_STATE,
	    "is downloaded, cannot be cancelled");
	in_state(b, &m, "downloaded", "downloaded");
	installed(b, &m);
	bench_refused(b, "order cancel", m.in, DPE_STATE,
	    "is installed, cannot be cancelled");
	bench_free(b);
}

/* The package has left in a session. */
static int
sent_write(struct db *db, void *arg)
{
	struct made	*m = arg;
	struct session	 s = { .tid = "AB", .address = "x", .eid = EID };
	int		 r;

	memcpy(s.order, m->id, ROW_ID_TEXT);
	buf_add_str(&s.euicc_otpk, "key");
	if ((r = store_session_authenticated(db, TENANT_DEFAULT, &s,
	    BENCH_NOW)) == 0)
		r = store_session_sent(db, TENANT_DEFAULT, &s, BENCH_NOW);
	session_free(&s);
	return r;
}

/* A reinstall counts anew, but what was issued once stays so. */
static void
cancelled_after_reinstall(void)
{
	struct bench	*b = bench_new(false);
	struct made	 m;

	order_make(b, "{\"type\":\"staff\"}", &m);
	installed(b, &m);
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, sent_write,
	    &m), 0);
	json_decref(bench_ask(b, "order reinstall", m.in));
	json_decref(bench_ask(b, "order cancel", m.in));
	in_state(b, &m, "cancelled", "unavailable");
	bench_free(b);
}

static void
reinstalled_for_the_same_eid(void)
{
	struct bench	*b = bench_new(false);
	struct made	 m;
	char		 in[100], text[64];
	json_t		*o;

	order_make(b, "{\"type\":\"staff\"}", &m);
	bench_refused(b, "order reinstall", m.in, DPE_STATE,
	    "no eUICC has had it");
	installed(b, &m);
	snprintf(in, sizeof(in), "{\"order\":\"%s\"}", m.id);
	bench_refused(b, "order reinstall", in, DPE_USAGE, "needs a reason");
	o = bench_ask(b, "order reinstall", m.in);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "state"), "released");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "eid"), EID);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "downloads")),
	    0);
	json_decref(o);
	o = bench_ask(b, "audit list", "{\"limit\":1}");
	snprintf(text, sizeof(text), "%s", bench_text(json_array_get(
	    json_object_get(o, "items"), 0), "detail"));
	CU_ASSERT_STRING_EQUAL(text, "why not");
	json_decref(o);
	bench_refused(b, "order reinstall", m.in, DPE_STATE,
	    "is released, cannot be reinstalled");
	bench_free(b);
}

/* When its time is up, by hand and with a new time alone. */
static void
reinstalled_later(void)
{
	struct bench	*b = bench_new(true);
	struct made	 m;
	char		 in[200];
	json_t		*o;

	order_make(b, "{\"type\":\"staff\",\"expires\":\"+1h\"}", &m);
	installed(b, &m);
	json_decref(bench_ask(b, "lab clock", "{\"by\":\"+2h\"}"));
	in_state(b, &m, "installed", "installed");
	bench_refused(b, "order reinstall", m.in, DPE_STATE,
	    "its time is up");
	snprintf(in, sizeof(in), "{\"order\":\"%s\",\"reason\":\"x\","
	    "\"expires\":\"soon\"}", m.id);
	bench_refused(b, "order reinstall", in, DPE_USAGE, "expires soon");
	snprintf(in, sizeof(in), "{\"order\":\"%s\",\"reason\":\"x\","
	    "\"expires\":\"+1h\"}", m.id);
	o = bench_ask(b, "order reinstall", in);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "state"), "released");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "expires"),
	    "2027-01-15T11:00:00Z");
	json_decref(o);
	bench_free(b);
}

static void
reinstall_refusals(void)
{
	struct bench	*b = bench_new(false);
	struct steps	 s = { NULL, NULL, { 0 }, 0, false, true };
	struct made	 m;

	order_make(b, "{\"type\":\"staff\"}", &m);
	installed(b, &m);
	s.iccid = m.iccid;
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, steps_write,
	    &s), 0);
	bench_refused(b, "order reinstall", m.in, DPE_STATE,
	    "erased after installation");
	snprintf(m.in, sizeof(m.in), "{\"iccid\":\"%s\",\"upp\":true}",
	    m.iccid);
	bench_refused(b, "profile export", m.in, DPE_STATE,
	    "erased after installation");
	bench_free(b);
}

static void
same_but(const json_t *a, const json_t *z, const char *key)
{
	json_t	*x = json_deep_copy(a), *y = json_deep_copy(z);

	json_object_del(x, key);
	json_object_del(y, key);
	CU_ASSERT(json_equal(x, y));
	json_decref(x);
	json_decref(y);
}

/* Whatever happened in between, every member is as it was. */
static void
reset_case(const char *in)
{
	struct bench	*b = bench_new(true);
	struct made	 m;
	char		 show[100];
	json_t		*was, *is;

	order_make(b, in, &m);
	snprintf(show, sizeof(show), "{\"order\":\"%s\"}", m.id);
	was = bench_ask(b, "order show", show);
	if (strcmp(bench_text(was, "state"), "confirmed") == 0)
		json_decref(bench_ask(b, "order release", m.in));
	installed(b, &m);
	json_decref(bench_ask(b, "order reset", m.in));
	is = bench_ask(b, "order show", show);
	same_but(was, is, "updated");
	json_decref(is);
	/* And from the inventory, where a cancelled one went. */
	snprintf(m.in, sizeof(m.in),
	    "{\"order\":\"%s\",\"profile\":\"available\"}", m.id);
	json_decref(bench_ask(b, "order cancel", m.in));
	json_decref(bench_ask(b, "order reset", m.in));
	is = bench_ask(b, "order show", show);
	same_but(was, is, "updated");
	json_decref(is);
	json_decref(was);
	bench_free(b);
}

static void
reset_to_the_first_state(void)
{
	reset_case("{\"type\":\"staff\"}");
	reset_case("{\"type\":\"staff\",\"eid\":\"" EID "\"}");
	reset_case("{\"type\":\"staff\",\"hold\":true,\"cc\":\"1\"}");
	reset_case("{\"type\":\"staff\",\"downloads\":3,"
	    "\"cc_attempts\":1}");
	reset_case("{\"type\":\"staff\",\"lock\":\"open\","
	    "\"reusable\":true}");
	reset_case("{\"type\":\"staff\",\"lock\":\"open\",\"eid\":"
	    "\"89882119900000000000000000000005\"}");
}

static void
reset_refusals(void)
{
	struct bench	*b = bench_new(true);
	struct made	 m;

	order_make(b, "{\"type\":\"staff\"}", &m);
	json_decref(bench_ask(b, "order cancel", m.in));
	json_decref(bench_ask(b, "order new", "{\"type\":\"staff\"}"));
	bench_refused(b, "order reset", m.in, DPE_STATE, "cannot be reset");
	bench_refused(b, "order reset", "{\"order\":\"x\"}", DPE_NOTFOUND,
	    "order x: not found");
	bench_free(b);
}

/* The package is gone: a reset order could not be downloaded. */
static void
reset_after_shred(void)
{
	struct bench	*b = bench_new(true);
	struct made	 m;
	struct steps	 s = { .shred = true };

	order_make(b, "{\"type\":\"staff\"}", &m);
	installed(b, &m);
	s.iccid = m.iccid;
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, steps_write,
	    &s), 0);
	bench_refused(b, "order reset", m.in, DPE_STATE,
	    "its package was erased");
	in_state(b, &m, "installed", "installed");
	bench_free(b);
}

struct late {
	struct bench		*b;
	const struct made	*m;
	const enum life_event	*e;
	size_t			 n;
	const char		*verb;
	int			 r, calls;
};

static int
late_row(void *arg, const struct profile *p)
{
	struct late	*l = arg;

	(void)p;
	if (l->calls++ == 0) {
		protocol(l->b, l->m, l->e, l->n);
		l->r = bench_try(l->b, l->verb, l->m->in);
	}
	return 0;
}

/*
 * A phone was faster than the cancellation, which still sees the order as it
 * was: a handle keeps its view while a row of it is looked at.  The profile has
 * been on a card and must not be given to another.
 */
static void
cancelled_too_late(void)
{
	static const enum life_event	 e[] = { LIFE_DELIVER, LIFE_FAIL };
	struct bench			*b = bench_new(false);
	struct profile_filter		 all = { .state = -1 };
	struct profile			 p;
	struct made			 m;
	struct late			 l = { b, &m, e, 2, "order cancel", 0,
					    0 };

	order_make(b, "{\"type\":\"staff\"}", &m);
	CU_ASSERT_EQUAL(store_profile_each(b->c.db, TENANT_DEFAULT, &all,
	    late_row, &l), 0);
	CU_ASSERT_EQUAL(l.calls, 1);
	CU_ASSERT_EQUAL(l.r, 0);
	CU_ASSERT_EQUAL(store_profile_get(b->c.db, TENANT_DEFAULT, m.iccid,
	    &p), 0);
	CU_ASSERT_EQUAL(p.state, LIFE_UNAVAILABLE);
	profile_free(&p);
	bench_free(b);
}

static int
late_release(void *arg, const struct profile *p)
{
	struct late	*l = arg;

	(void)p;
	if (l->calls++ == 0) {
		json_decref(bench_ask(l->b, "order cancel", l->m->in));
		json_decref(bench_ask(l->b, "order new",
		    "{\"type\":\"staff\",\"hold\":true}"));
		l->r = bench_try(l->b, "order release", l->m->in);
	}
	return 0;
}

/* The profile is another order's by now, and that one is held back. */
static void
released_too_late(void)
{
	struct bench			*b = bench_new(false);
	struct profile_filter		 all = { .state = -1 };
	struct profile			 p;
	struct made			 m;
	struct late			 l = { b, &m, NULL, 0, NULL, 0, 0 };

	order_make(b, "{\"type\":\"staff\",\"hold\":true}", &m);
	CU_ASSERT_EQUAL(store_profile_each(b->c.db, TENANT_DEFAULT, &all,
	    late_release, &l), 0);
	CU_ASSERT_EQUAL(l.calls, 1);
	CU_ASSERT_EQUAL(l.r, DPE_STATE);
	CU_ASSERT_EQUAL(store_profile_get(b->c.db, TENANT_DEFAULT, m.iccid,
	    &p), 0);
	CU_ASSERT_EQUAL(p.state, LIFE_CONFIRMED);
	profile_free(&p);
	bench_free(b);
}

const struct unit_case	unit_moves[] = {
	UNIT_CASE(held_order_is_released),
	UNIT_CASE(cancelled_profile_is_free),
	UNIT_CASE(cancelled_profile_is_scrapped),
	UNIT_CASE(cancelled_after_reinstall),
	UNIT_CASE(cancel_says_what_becomes),
	UNIT_CASE(installed_order_stays),
	UNIT_CASE(reinstalled_for_the_same_eid),
	UNIT_CASE(reinstalled_later),
	UNIT_CASE(reinstall_refusals),
	UNIT_CASE(reset_to_the_first_state),
	UNIT_CASE(reset_refusals),
	UNIT_CASE(reset_after_shred),
	UNIT_CASE(cancelled_too_late),
	UNIT_CASE(released_too_late)
};
const size_t	unit_moves_n = NELEM(unit_moves);
