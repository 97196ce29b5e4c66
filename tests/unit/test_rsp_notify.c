/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.HandleNotification and CancelSession. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/hex.h"
#include "db/db.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

static void
send_package(struct env *e)
{
	struct es9_get_bpp	 m = {0};
	struct buf		 tid = {0}, resp = {0};

	m.tid = env_vec(&tid, "nist_skeys.transactionId");
	m.response = env_vec(&resp, "nist_skeys.prepareDownloadResponse");
	CU_ASSERT_EQUAL(es9_get_bpp(&e->ctx, &m), 0);
	es9_get_bpp_free(&m);
	buf_free(&tid);
	buf_free(&resp);
}

/* As it is when the package was sent. */
static void
downloaded(struct env *e)
{
	env_open(e);
	env_session(e, "nist_skeys", true);
	send_package(e);
}

static int
notify_vec(struct env *e, const char *name)
{
	struct buf	 b = {0};
	int		 r;

	r = es9_notify(&e->ctx, env_vec(&b, name));
	buf_free(&b);
	return r;
}

static int
count_one(void *arg, const struct notification *n)
{
	int	*count = arg;

	count[n->verified ? 1 : 0]++;
	return 0;
}

/* How many are kept: unverified in [0], verified in [1]. */
static void
kept(struct env *e, int count[2])
{
	count[0] = count[1] = 0;
	CU_ASSERT_EQUAL(store_notification_each(e->ctx.db, TENANT_DEFAULT, 0,
	    100, count_one, count), 0);
}

static enum card_state
card_state(struct env *e)
{
	struct profile	 p = {0};
	enum card_state	 s;

	CU_ASSERT_EQUAL(store_profile_get(e->ctx.db, TENANT_DEFAULT,
	    ENV_ICCID, &p), 0);
	s = p.card;
	profile_free(&p);
	return s;
}

void
result_success(void)
{
	struct env	 e;
	int		 count[2];

	downloaded(&e);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_success"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
	CU_ASSERT_EQUAL(card_state(&e), CARD_DISABLED);
	/* Once more: acknowledged, kept once, nothing happens. */
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_success"), 0);
	kept(&e, count);
	CU_ASSERT_EQUAL(count[1], 1);
	/* An error that comes after the success changes nothing. */
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_error_pe_processing"),
	    0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	env_close(&e);
}

void
result_errors(void)
{
	static const struct {
		const char	*name;
		enum life_state	 state;
	} cases[] = {
		{ "pir_error_iccid_exists", LIFE_ERROR },
		{ "pir_error_insufficient_memory", LIFE_DOWNLOADED },
		{ "pir_error_interruption", LIFE_DOWNLOADED },
		{ "pir_error_pe_processing", LIFE_ERROR },
		{ "pir_error_bad_smdpsign_no_iccid", LIFE_ERROR },
	};
	struct env	 e;
	char		 name[80];
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		downloaded(&e);
		snprintf(name, sizeof(name), "nist_skeys.%s", cases[i].name);
		CU_ASSERT_EQUAL(notify_vec(&e, name), 0);
		CU_ASSERT_EQUAL(env_state(&e), cases[i].state);
		CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
		env_close(&e);
	}
}

/* Acknowledged, kept as evidence, and nothing else. */
void
result_forged(void)
{
	struct env	 e;
	struct buf	 b = {0};
	int		 count[2];

	downloaded(&e);
	env_vec(&b, "nist_skeys.pir_success");
	b.p[b.len - 1] ^= 1;
	CU_ASSERT_EQUAL(es9_notify(&e.ctx, buf_slice(&b)), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	kept(&e, count);
	CU_ASSERT_EQUAL(count[0], 1);
	CU_ASSERT_EQUAL(count[1], 0);
	CU_ASSERT_EQUAL(es9_notify(&e.ctx, slice_str("x")), DPE_SYNTAX);
	env_close(&e);

	/* Before any package was sent there is nothing to install. */
	env_open(&e);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_success"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	/* After it, the same octets are no repeat of what meant nothing. */
	send_package(&e);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_success"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	env_close(&e);
	buf_free(&b);
}

void
card_events(void)
{
	struct env	 e;
	int		 count[2];

	downloaded(&e);
	/* Before the result: the install event stands in for it. */
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.install"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.enable"), 0);
	CU_ASSERT_EQUAL(card_state(&e), CARD_ENABLED);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.disable"), 0);
	CU_ASSERT_EQUAL(card_state(&e), CARD_DISABLED);
	/* A repeat of the older one is overtaken. */
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.enable"), 0);
	CU_ASSERT_EQUAL(card_state(&e), CARD_DISABLED);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.delete"), 0);
	CU_ASSERT_EQUAL(card_state(&e), CARD_DELETED);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	kept(&e, count);
	CU_ASSERT_EQUAL(count[1], 4);
	env_close(&e);

	/* Of a profile that we never gave to this card: kept, not believed. */
	env_open(&e);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.delete"), 0);
	kept(&e, count);
	CU_ASSERT_EQUAL(count[0], 1);
	CU_ASSERT_EQUAL(card_state(&e), CARD_NONE);
	env_close(&e);
}

static int
cancel_vec(struct env *e, const char *name)
{
	struct buf	 tid = {0}, resp = {0};
	char		 full[80];
	int		 r;

	snprintf(full, sizeof(full), "nist_skeys.cancel.%s", name);
	r = es9_cancel(&e->ctx, env_vec(&tid, "nist_skeys.transactionId"),
	    env_vec(&resp, full));
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

void
cancel_reasons(void)
{
	static const struct {
		const char	*reason;
		enum life_state	 state;
	} cases[] = {
		{ "0", LIFE_ERROR }, { "1", LIFE_RELEASED },
		{ "2", LIFE_RELEASED }, { "3", LIFE_ERROR },
		{ "4", LIFE_ERROR }, { "5", LIFE_ERROR },
		{ "127", LIFE_ERROR },
		{ "error_invalidTransactionId", LIFE_RELEASED },
		{ "error_undefined", LIFE_RELEASED },
	};
	struct env	 e;
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		env_open(&e);
		env_session(&e, "nist_skeys", true);
		CU_ASSERT_EQUAL(cancel_vec(&e, cases[i].reason), 0);
		CU_ASSERT_EQUAL(env_state(&e), cases[i].state);
		CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
		/* Once it is closed it is unknown. */
		CU_ASSERT_EQUAL(cancel_vec(&e, cases[i].reason),
		    REFUSE_TRANSACTION);
		env_close(&e);

		downloaded(&e);
		CU_ASSERT_EQUAL(cancel_vec(&e, cases[i].reason), 0);
		CU_ASSERT_EQUAL(env_state(&e),
		    cases[i].state == LIFE_RELEASED ? LIFE_DOWNLOADED :
		    cases[i].state);
		env_close(&e);
	}
}

static int
set_on_cancel(struct db *db, void *arg)
{
	static const struct stmt set = { "test_on_cancel",
	    "UPDATE types SET on_cancel = $2 WHERE tenant = $1" };

	return db_run(db, &set, "id", TENANT_DEFAULT, *(int *)arg);
}

/* What each policy spares, in both states; and what none of them does. */
void
cancel_policies(void)
{
	static const struct {
		const char	*reason;
		int		 spared_by;	/* this one and those above */
	} cases[] = {
		{ "0", ON_CANCEL_KEEP }, { "3", ON_CANCEL_KEEP + 1 },
		{ "4", ON_CANCEL_KEEP + 1 }, { "5", ON_CANCEL_RETRY },
		{ "127", ON_CANCEL_RETRY },
	};
	struct env	 e;
	size_t		 i;
	int		 policy;

	for (i = 0; i < 2 * NELEM(cases); i++)
		for (policy = ON_CANCEL_ENDS; policy <= ON_CANCEL_KEEP; policy++) {
			if (i % 2 == 0) {
				env_open(&e);
				env_session(&e, "nist_skeys", true);
			} else
				downloaded(&e);
			env_write(&e, set_on_cancel, &policy);
			CU_ASSERT_EQUAL(cancel_vec(&e, cases[i / 2].reason),
			    0);
			CU_ASSERT_EQUAL(env_state(&e),
			    policy < cases[i / 2].spared_by ? LIFE_ERROR :
			    i % 2 == 0 ? LIFE_RELEASED : LIFE_DOWNLOADED);
			CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
			env_close(&e);
		}
}

static int
bind_other(struct db *db, void *arg)
{
	return store_order_bind(db, TENANT_DEFAULT, arg,
	    "89049032000000000000000000000066", ENV_NOW);
}

void
cancel_refuses(void)
{
	struct env	 e;
	struct buf	 tid = {0}, b = {0};

	/* A signature that is not the card's. */
	env_open(&e);
	env_session(&e, "nist_skeys", true);
	env_vec(&tid, "nist_skeys.transactionId");
	env_vec(&b, "nist_skeys.cancel.0");
	b.p[b.len - 1] ^= 1;
	CU_ASSERT_EQUAL(es9_cancel(&e.ctx, buf_slice(&tid), buf_slice(&b)),
	    REFUSE_EUICC_SIG);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	/* One that lost the race cannot take the winner's profile away. */
	env_write(&e, bind_other, e.order.id);
	CU_ASSERT_EQUAL(cancel_vec(&e, "0"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	env_close(&e);

	/* Before authenticateClient no eUICC is known. */
	env_open(&e);
	env_session(&e, "nist_skeys", false);
	CU_ASSERT_EQUAL(cancel_vec(&e, "0"), REFUSE_TRANSACTION);
	CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
	env_close(&e);
	buf_free(&tid);
	buf_free(&b);
}

/* A later session of the same card has sent the package, too. */
static int
sent_again(struct db *db, void *arg)
{
	struct session	*s = arg;
	int		 r;

	if ((r = store_session_authenticated(db, TENANT_DEFAULT, s,
	    ENV_NOW)) != 0)
		return r;
	return store_session_sent(db, TENANT_DEFAULT, s, ENV_NOW);
}

static void
send_again(struct env *e)
{
	struct session	 s = {0};
	struct buf	 tid = {0};
	char		 text[TID_TEXT];

	hex_put(text, env_vec(&tid, "nist_skeys.transactionId"));
	CU_ASSERT_EQUAL(store_session_get(e->ctx.db, TENANT_DEFAULT, text,
	    &s), 0);
	snprintf(s.tid, sizeof(s.tid), "%032X", 1U);
	env_write(e, sent_again, &s);
	session_free(&s);
	buf_free(&tid);
}

/*
 * LPAs send the failure of a first attempt together with the success of a
 * second: the first must not end what the second has done.
 */
void
result_superseded(void)
{
	struct env	 e;
	int		 count[2];

	downloaded(&e);
	send_again(&e);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_error_pe_processing"),
	    0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
	kept(&e, count);
	CU_ASSERT_EQUAL(count[1], 1);
	env_close(&e);

	/* A success is one, whichever of the two it was. */
	downloaded(&e);
	send_again(&e);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.pir_success"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	env_close(&e);
}

/*
 * A notification, and what it says is odd: an LPA that got an error would
 * send it for ever, and none of those behind it.
 */
void
result_odd(void)
{
	static const char *const tags[] = { "\xbf\x27\x00", "\xbf\x2f\x00" };
	struct pending_notification	 p = {0};
	struct env			 e;
	struct buf			 b = {0}, crt = {0};
	uint8_t				 sig[SIG_LEN] = { 1 };
	int				 count[2];
	size_t				 i;

	env_open(&e);
	p.signature = slice_of(sig, sizeof(sig));
	p.euicc_cert = p.eum_cert = env_vec(&crt, "nist.eum.crt");
	for (i = 0; i < 2; i++) {
		p.is_install = i == 0;
		p.data = slice_of(tags[i], 3);
		buf_cut(&b, 0);
		CU_ASSERT_EQUAL(pending_notification_encode(&p, &b), 0);
		CU_ASSERT_EQUAL(es9_notify(&e.ctx, buf_slice(&b)), 0);
		kept(&e, count);
		CU_ASSERT_EQUAL(count[0], (int)i + 1);
		CU_ASSERT_EQUAL(count[1], 0);
	}
	buf_free(&b);
	buf_free(&crt);
	env_close(&e);
}

static int
deliver_again(struct db *db, void *arg)
{
	static const enum life_event	 way[] = {
		LIFE_INSTALL, LIFE_REINSTALL, LIFE_DELIVER
	};
	size_t				 i;
	int				 r;

	(void)arg;
	for (i = 0; i < NELEM(way); i++)
		if ((r = store_profile_event(db, TENANT_DEFAULT, ENV_ICCID,
		    way[i], ENV_NOW)) != 0)
			return r;
	return 0;
}

/* An event of the first installation says nothing about the second one. */
void
card_event_overtaken(void)
{
	struct env	 e;

	downloaded(&e);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.delete"), 0);
	CU_ASSERT_EQUAL(card_state(&e), CARD_DELETED);
	env_write(&e, deliver_again, NULL);
	CU_ASSERT_EQUAL(notify_vec(&e, "nist_skeys.install"), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	CU_ASSERT_EQUAL(card_state(&e), CARD_DELETED);
	env_close(&e);
}
