/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every ES9+ function with every single call of the database failing once: a
 * fault is a fault and no refusal, nothing is half done, and the same call
 * works when the fault is gone.
 */
#include <stdio.h>

#include "db/db.h"
#include "db/fault.h"
#include "server/rsp/rsp.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

#define CALLS_MAX	400	/* no function makes as many */

struct flow {
	const char	*name;
	void		(*prepare)(struct env *e);
	int		(*call)(struct env *e);
	enum life_state	 before, after;
};

static int
call_initiate(struct env *e)
{
	struct es9_initiate	 m = {0};
	struct buf		 chal = {0}, info = {0};
	int			 r;

	m.euicc_challenge = env_vec(&chal, "nist_skeys.euiccChallenge");
	m.euicc_info1 = env_vec(&info, "nist_skeys.euiccInfo1");
	m.smdp_address = slice_str("smdp.example.com");
	r = es9_initiate(&e->ctx, &m);
	CU_ASSERT_EQUAL(r == 0, m.server_signed1.len > 0);
	es9_initiate_free(&m);
	buf_free(&chal);
	buf_free(&info);
	return r;
}

static int
call_authenticate(struct env *e)
{
	struct es9_authenticate	 m = {0};
	struct buf		 tid = {0}, resp = {0};
	int			 r;

	m.tid = env_vec(&tid, "nist_skeys.transactionId");
	m.response = env_vec(&resp, "case.ok");
	r = es9_authenticate(&e->ctx, &m);
	CU_ASSERT_EQUAL(r == 0, m.metadata.len > 0);
	es9_authenticate_free(&m);
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

static int
call_get_bpp(struct env *e)
{
	struct es9_get_bpp	 m = {0};
	struct buf		 tid = {0}, resp = {0};
	int			 r;

	m.tid = env_vec(&tid, "nist_skeys.transactionId");
	m.response = env_vec(&resp, "nist_skeys.prepareDownloadResponse");
	r = es9_get_bpp(&e->ctx, &m);
	CU_ASSERT_EQUAL(r == 0, m.bpp.len > 0);
	es9_get_bpp_free(&m);
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

static int
call_notify(struct env *e)
{
	struct buf	 b = {0};
	int		 r;

	r = es9_notify(&e->ctx, env_vec(&b, "nist_skeys.pir_success"));
	buf_free(&b);
	return r;
}

static int
call_event(struct env *e)
{
	struct buf	 b = {0};
	int		 r;

	r = es9_notify(&e->ctx, env_vec(&b, "nist_skeys.install"));
	buf_free(&b);
	return r;
}

static int
call_cancel(struct env *e)
{
	struct buf	 tid = {0}, b = {0};
	int		 r;

	r = es9_cancel(&e->ctx, env_vec(&tid, "nist_skeys.transactionId"),
	    env_vec(&b, "nist_skeys.cancel.0"));
	buf_free(&tid);
	buf_free(&b);
	return r;
}

static int
call_delete(struct env *e)
{
	struct buf	 b = {0};
	int		 r;

	r = es9_notify(&e->ctx, env_vec(&b, "nist_skeys.delete"));
	buf_free(&b);
	return r;
}

/* Refusals that change something are what these calls want. */
static int
call_ineligible(struct env *e)
{
	struct card	 c;
	int		 r;

	card_open(&c, e);
	c.info.rsp_capability.octets.len = 0;
	c.info.rsp_capability.unused = 0;
	r = card_authenticate(&c);
	card_close(&c);
	return told(r, REFUSE_INELIGIBLE, 0);
}

static int
call_rebind(struct env *e)
{
	struct card	 c;
	int		 r;

	card_open(&c, e);
	if ((r = card_authenticate(&c)) == 0)
		r = card_get_bpp(&c, 1);
	card_close(&c);
	return told(r, REFUSE_REBIND, 0);
}

static int
set_type(struct db *db, void *arg)
{
	static const struct stmt set = { "test_type",
	    "UPDATE types SET reinstall = 1, bind_once = 1,"
	    " ineligible_error = 1 WHERE tenant = $1" };

	(void)arg;
	return db_run(db, &set, "i", TENANT_DEFAULT);
}

static void
prepare_none(struct env *e)
{
	(void)e;
}

static void
prepare_initiated(struct env *e)
{
	env_session(e, "nist_skeys", false);
}

static void
prepare_authenticated(struct env *e)
{
	env_session(e, "nist_skeys", true);
}

static void
prepare_sent(struct env *e)
{
	env_session(e, "nist_skeys", true);
	CU_ASSERT_EQUAL(call_get_bpp(e), 0);
}

static void
prepare_type(struct env *e)
{
	env_write(e, set_type, NULL);
}

static void
prepare_once(struct env *e)
{
	prepare_type(e);
	prepare_sent(e);
}

static void
prepare_installed(struct env *e)
{
	prepare_once(e);
	CU_ASSERT_EQUAL(call_notify(e), 0);
}

/* The n-th call of the database fails; did one? */
static bool
fault_once(const struct flow *f, long n)
{
	struct env	 e;
	bool		 failed;
	int		 r;

	env_open(&e);
	f->prepare(&e);
	fault_arm(FAULT_ANY, n);
	r = f->call(&e);
	failed = fault_disarm();
	if (r > 0 || (r != 0 && env_state(&e) != f->before) ||
	    (r == 0 && env_state(&e) != f->after))
		printf("# %s, call %ld: result %d, state %s\n", f->name, n, r,
		    life_state_name(env_state(&e)));
	CU_ASSERT_TRUE(r <= 0);
	CU_ASSERT_EQUAL(env_state(&e), r == 0 ? f->after : f->before);
	if (r != 0) {
		r = f->call(&e);
		if (r != 0)
			printf("# %s, call %ld: %d the second time\n",
			    f->name, n, r);
		CU_ASSERT_EQUAL(r, 0);
		CU_ASSERT_EQUAL(env_state(&e), f->after);
	}
	env_close(&e);
	CU_ASSERT_EQUAL(fault_open_count(), 0);
	return failed;
}

void
faults_at_every_call(void)
{
	static const struct flow flows[] = {
		{ "initiate", prepare_none, call_initiate,
		    LIFE_RELEASED, LIFE_RELEASED },
		{ "authenticate", prepare_initiated, call_authenticate,
		    LIFE_RELEASED, LIFE_RELEASED },
		{ "get_bpp", prepare_authenticated, call_get_bpp,
		    LIFE_RELEASED, LIFE_DOWNLOADED },
		{ "notify", prepare_sent, call_notify,
		    LIFE_DOWNLOADED, LIFE_INSTALLED },
		{ "event", prepare_sent, call_event,
		    LIFE_DOWNLOADED, LIFE_INSTALLED },
		{ "cancel", prepare_authenticated, call_cancel,
		    LIFE_RELEASED, LIFE_ERROR },
		{ "delete", prepare_installed, call_delete,
		    LIFE_INSTALLED, LIFE_RELEASED },
		{ "ineligible", prepare_type, call_ineligible,
		    LIFE_RELEASED, LIFE_ERROR },
		{ "rebind", prepare_once, call_rebind,
		    LIFE_DOWNLOADED, LIFE_ERROR },
	};
	size_t	 i;
	long	 n;

	for (i = 0; i < NELEM(flows); i++) {
		for (n = 1; n < CALLS_MAX && fault_once(&flows[i], n); n++)
			;
		printf("# %s: %ld calls\n", flows[i].name, n - 1);
		/* initiateAuthentication leaves nothing behind. */
		CU_ASSERT_TRUE(flows[i].call == call_initiate ? n == 1 :
		    n > 5 && n < CALLS_MAX);
	}
}
