/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that lose a race: what they read was true then and is not any more
 * when their write has its turn.  While a row of a query is looked at, its
 * handle keeps the view it had: all that a call reads there is old, and what
 * it writes meets the present.
 */
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "db/db.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"
#include "server/vault.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

#define OTHER_EID	"89049032000000000000000000000066"
#define OTHER_ORDER	"0123456789abcdef0123456789abcdef"

struct late {
	struct env	*e;
	int		(*first)(struct db *db, void *arg);
	int		(*call)(struct env *e);
	int		 r, calls;
};

static int
late_row(void *arg, const struct profile *p)
{
	struct late	*l = arg;

	(void)p;
	if (l->calls++ == 0) {
		env_write(l->e, l->first, l->e);
		l->r = l->call(l->e);
	}
	return 0;
}

/* The call, which does not see yet what first has written. */
static int
late(struct env *e, int (*first)(struct db *db, void *arg),
    int (*call)(struct env *e))
{
	struct profile_filter	 all = { .state = -1 };
	struct late		 l = { e, first, call, 0, 0 };

	CU_ASSERT_EQUAL(store_profile_each(e->ctx.db, TENANT_DEFAULT, &all,
	    late_row, &l), 0);
	CU_ASSERT_EQUAL(l.calls, 1);
	return l.r;
}

/* The order of env_open() gives way to this one. */
struct replace {
	struct order	*o;
	char		 old[ROW_ID_TEXT];
};

static int
replace_write(struct db *db, void *arg)
{
	struct replace	*w = arg;
	int		 r;

	if ((r = store_order_end(db, TENANT_DEFAULT, w->old, ORDER_CANCELLED,
	    ENV_NOW)) != 0)
		return r;
	return store_order_add(db, TENANT_DEFAULT, w->o);
}

static void
replace(struct env *e, enum order_lock lock, const char *cc)
{
	struct replace	 w = { env_order(e), "" };
	struct order	 sealed = { .id = OTHER_ORDER };

	memcpy(w.old, w.o->id, sizeof(w.old));
	memcpy(w.o->id, OTHER_ORDER, sizeof(OTHER_ORDER));
	w.o->lock = lock;
	if (cc != NULL) {
		CU_ASSERT_EQUAL(vault_cc_put(&e->ctx, &sealed, slice_str(cc)),
		    0);
		buf_set(&w.o->cc, buf_slice(&sealed.cc));
		buf_free(&sealed.cc);
	}
	env_write(e, replace_write, &w);
}

static int
get_call(struct env *e, const char *name)
{
	struct es9_get_bpp	 m = {0};
	struct buf		 tid = {0}, resp = {0};
	int			 r;

	m.tid = env_vec(&tid, "nist_skeys.transactionId");
	m.response = env_vec(&resp, name);
	r = es9_get_bpp(&e->ctx, &m);
	es9_get_bpp_free(&m);
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

static int
get_plain(struct env *e)
{
	return get_call(e, "nist_skeys.prepareDownloadResponse");
}

static int
get_cc(struct env *e)
{
	return get_call(e, "nist_skeys_cc.prepareDownloadResponse");
}

static int
authenticate_ineligible(struct env *e)
{
	struct es9_authenticate	 m = {0};
	struct buf		 tid = {0}, resp = {0};
	int			 r;

	m.tid = env_vec(&tid, "nist_skeys.transactionId");
	m.response = env_vec(&resp, "case.no_additional_profile");
	r = es9_authenticate(&e->ctx, &m);
	es9_authenticate_free(&m);
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

static int
cancel_final(struct env *e)
{
	struct buf	 tid = {0}, resp = {0};
	int		 r;

	r = es9_cancel(&e->ctx, env_vec(&tid, "nist_skeys.transactionId"),
	    env_vec(&resp, "nist_skeys.cancel.0"));
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

static int
event(struct db *db, enum life_event e)
{
	return store_profile_event(db, TENANT_DEFAULT, ENV_ICCID, e, ENV_NOW);
}

static int
exhaust(struct db *db, void *arg)
{
	struct env	*e = arg;
	int64_t		 left;
	int		 r;

	do {
		r = store_order_wrong_cc(db, TENANT_DEFAULT, e->order.id,
		    &left, ENV_NOW);
	} while (r == 0 && left > 0);
	return r != 0 ? r : event(db, LIFE_EXHAUST);
}

/* The order is over, its profile is free and another's already. */
static int
order_anew(struct db *db, void *arg)
{
	struct env	*e = arg;
	struct order	 o = { .id = "another", .iccid = ENV_ICCID,
			    .type = "t", .lock = LOCK_TOFU, .max_cc = 2 };
	int		 r;

	if ((r = event(db, LIFE_FREE)) != 0 ||
	    (r = store_order_end(db, TENANT_DEFAULT, e->order.id,
	    ORDER_CANCELLED, ENV_NOW)) != 0 ||
	    (r = event(db, LIFE_ORDER)) != 0 ||
	    (r = store_order_add(db, TENANT_DEFAULT, &o)) != 0)
		return r;
	return event(db, LIFE_RELEASE);
}

void
race_confirmation_codes(void)
{
	struct env	 e;

	env_open(&e);
	replace(&e, LOCK_TOFU, "12345679");
	env_session(&e, "nist_skeys_cc", true);
	CU_ASSERT_EQUAL(late(&e, exhaust, get_cc), REFUSE_MATCHING_ID);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_ERROR);
	CU_ASSERT_EQUAL(env_order(&e)->cc_attempts, 2);
	env_close(&e);

	/* A wrong code for an order that is over harms no other one. */
	env_open(&e);
	replace(&e, LOCK_TOFU, "12345679");
	env_session(&e, "nist_skeys_cc", true);
	CU_ASSERT_EQUAL(late(&e, order_anew, get_cc), REFUSE_MATCHING_ID);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	env_close(&e);
}

static int
deliver(struct db *db, void *arg)
{
	struct env	*e = arg;
	int		 r;

	if ((r = store_order_bind(db, TENANT_DEFAULT, e->order.id, ENV_EID,
	    ENV_NOW)) != 0)
		return r;
	return event(db, LIFE_DELIVER);
}

static int
ineligible_error(struct db *db, void *arg)
{
	static const struct stmt set = { "test_ineligible",
	    "UPDATE types SET ineligible_error = 1 WHERE tenant = $1" };

	(void)arg;
	return db_run(db, &set, "i", TENANT_DEFAULT);
}

/* A package that is out already is not taken back (spec 02, section 4, 15). */
void
race_ineligible(void)
{
	struct env	 e;

	env_open(&e);
	env_write(&e, ineligible_error, NULL);
	env_session(&e, "nist_skeys", false);
	CU_ASSERT_EQUAL(late(&e, deliver, authenticate_ineligible),
	    REFUSE_INELIGIBLE);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	env_close(&e);

	env_open(&e);
	env_write(&e, ineligible_error, NULL);
	env_session(&e, "nist_skeys", false);
	CU_ASSERT_EQUAL(authenticate_ineligible(&e), REFUSE_INELIGIBLE);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_ERROR);
	env_close(&e);
}

static int
bind_other(struct db *db, void *arg)
{
	struct env	*e = arg;

	return store_order_bind(db, TENANT_DEFAULT, e->order.id, OTHER_EID,
	    ENV_NOW);
}

static int
close_session(struct db *db, void *arg)
{
	struct session	 s = {0};
	struct buf	 tid = {0};
	int		 r;

	(void)arg;
	hex_put(s.tid, env_vec(&tid, "nist_skeys.transactionId"));
	r = store_session_close(db, TENANT_DEFAULT, &s, ENV_NOW);
	buf_free(&tid);
	return r;
}

void
race_cancel(void)
{
	struct env	 e;

	/* Two at the same time: the second finds what the first has left. */
	env_open(&e);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(late(&e, close_session, cancel_final),
	    REFUSE_TRANSACTION);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	env_close(&e);

	/* An open order that another card has by now is not ours to end. */
	env_open(&e);
	replace(&e, LOCK_OPEN, NULL);
	env_session(&e, "nist_skeys", true);
	env_write(&e, bind_other, &e);
	CU_ASSERT_EQUAL(cancel_final(&e), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	env_close(&e);
}

/* The same session has sent a package under another one-time key. */
static int
sent_other_key(struct db *db, void *arg)
{
	struct session	 s = {0};
	struct buf	 tid = {0};
	int		 r;

	(void)arg;
	hex_put(s.tid, env_vec(&tid, "nist_skeys.transactionId"));
	buf_add_str(&s.euicc_otpk, "another key");
	r = store_session_sent(db, TENANT_DEFAULT, &s, ENV_NOW);
	session_free(&s);
	buf_free(&tid);
	return r;
}

void
race_one_time_keys(void)
{
	struct env	 e;

	env_open(&e);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(late(&e, sent_other_key, get_plain),
	    REFUSE_TRANSACTION);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	env_close(&e);
}
