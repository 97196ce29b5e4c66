/* SPDX-License-Identifier: Apache-2.0 */
/* What a card says of an installation that failed, and what we make of it. */
#include <stdio.h>
#include <string.h>

#include "server/rsp/notify.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

void
result_words(void)
{
	static const struct {
		long		 command, reason;
		const char	*text;
	} cases[] = {
		{ 0, 5, "error 0/5 initialiseSecureChannel/"
		    "unsupportedRemoteOperationType" },
		{ 1, 1, "error 1/1 configureISDP/incorrectInputValues" },
		{ 2, 13, "error 2/13 storeMetadata/dataMismatch" },
		{ 3, 8, "error 3/8 storeMetadata2/scp03tSecurityError" },
		{ 4, 7, "error 4/7 replaceSessionKeys/scp03tStructureError" },
		{ 5, 12, "error 5/12 loadProfileElements/PEProcessingError" },
		{ 5, 2, "error 5/2 loadProfileElements/invalidSignature" },
		{ 5, 3, "error 5/3 loadProfileElements/"
		    "invalidTransactionId" },
		{ 5, 4, "error 5/4 loadProfileElements/"
		    "unsupportedCrtValues" },
		{ 5, 6, "error 5/6 loadProfileElements/"
		    "unsupportedProfileClass" },
		{ 5, 9, "error 5/9 loadProfileElements/iccidAlreadyExists" },
		{ 5, 10, "error 5/10 loadProfileElements/"
		    "insufficientMemory" },
		{ 5, 11, "error 5/11 loadProfileElements/interruption" },
		{ 5, 14, "error 5/14 loadProfileElements/"
		    "testProfileInvalidNaaKey" },
		{ 5, 15, "error 5/15 loadProfileElements/pprNotAllowed" },
		{ 5, 127, "error 5/127 loadProfileElements/unknown" },
		{ 6, 0, "error 6/0 6/0" },
		{ -1, 16, "error -1/16 -1/16" },
		{ 5, -9223372036854775807, "error 5/-9223372036854775807 "
		    "loadProfileElements/-9223372036854775807" },
	};
	struct notification	 row;
	size_t			 i;

	for (i = 0; i < NELEM(cases); i++) {
		notify_words(cases[i].command, cases[i].reason, row.result,
		    sizeof(row.result));
		CU_ASSERT_STRING_EQUAL(row.result, cases[i].text);
	}
}

static int
result_row(void *arg, const struct notification *n)
{
	snprintf(arg, sizeof(n->result), "%s", n->result);
	return 1;
}

struct audited {
	const char	*action;
	char		 detail[96];
};

static int
audit_row(void *arg, const struct audit *a)
{
	struct audited	*w = arg;

	if (strcmp(a->action, w->action) != 0)
		return 0;
	snprintf(w->detail, sizeof(w->detail), "%s",
	    a->detail == NULL ? "" : a->detail);
	return 1;
}

void
result_is_told(void)
{
	static const char	 words[] =
	    "error 5/12 loadProfileElements/PEProcessingError";
	struct audit_filter	 f = { .iccid = ENV_ICCID };
	struct audited		 w = { .action = "profile.failed" };
	struct env		 e;
	struct card		 c;
	char			 text[96] = "";

	env_open(&e);
	card_open(&c, &e);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_EQUAL(card_result(&c, 1, 5, 12), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_ERROR);
	CU_ASSERT_EQUAL(store_notification_each(e.ctx.db, TENANT_DEFAULT, 0,
	    1, result_row, text), 1);
	CU_ASSERT_STRING_EQUAL(text, words);
	CU_ASSERT_EQUAL(store_audit_each(e.ctx.db, TENANT_DEFAULT, &f,
	    audit_row, &w), 1);
	CU_ASSERT_STRING_EQUAL(w.detail, words);
	card_close(&c);
	env_close(&e);
}

static int
reinstall(struct db *db, void *arg)
{
	int	 r;

	if ((r = store_profile_event(db, TENANT_DEFAULT, ENV_ICCID,
	    LIFE_REINSTALL, ENV_NOW)) != 0)
		return r;
	return store_order_renew(db, TENANT_DEFAULT, arg, false, ENV_NOW);
}

/*
 * "There is one of this ICCID": by our records it is this one, or it is not,
 * because the card has deleted it or has never had it.
 */
void
result_exists(void)
{
	static const struct {
		unsigned	event;		/* what the card said last */
		enum card_state	card;
		enum life_state	state;
	} cases[] = {
		{ 2, CARD_ENABLED, LIFE_INSTALLED },
		{ 4, CARD_DISABLED, LIFE_INSTALLED },
		{ 8, CARD_DELETED, LIFE_ERROR },
		{ 0, CARD_NONE, LIFE_ERROR },
	};
	struct profile	 p = {0};
	struct env	 e;
	struct card	 c;
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		env_open(&e);
		card_open(&c, &e);
		if (cases[i].event != 0) {
			card_install(&c, 1);
			CU_ASSERT_EQUAL(card_event(&c, 2, cases[i].event), 0);
			env_write(&e, reinstall, e.order.id);
		}
		CU_ASSERT_EQUAL(card_authenticate(&c), 0);
		CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
		CU_ASSERT_EQUAL(card_result(&c, 3, 5, 9), 0);
		CU_ASSERT_EQUAL(env_state(&e), cases[i].state);
		CU_ASSERT_EQUAL(store_profile_get(e.ctx.db, TENANT_DEFAULT,
		    ENV_ICCID, &p), 0);
		CU_ASSERT_EQUAL(p.card, cases[i].card);
		profile_free(&p);
		card_close(&c);
		env_close(&e);
	}
}

/* After these the same card may try again, as often as the order says. */
void
result_may_be_tried_again(void)
{
	static const long	 reasons[] = { 10, 11 };
	struct env		 e;
	struct card		 c;
	size_t			 i;

	for (i = 0; i < 2; i++) {
		env_open(&e);
		card_open(&c, &e);
		CU_ASSERT_EQUAL(card_authenticate(&c), 0);
		CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
		CU_ASSERT_EQUAL(card_result(&c, 1, 5, reasons[i]), 0);
		CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
		CU_ASSERT_EQUAL(card_authenticate(&c), 0);
		CU_ASSERT_EQUAL(card_get_bpp(&c, 1), 0);
		CU_ASSERT_EQUAL(card_result(&c, 2, 0, CARD_SUCCESS), 0);
		CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
		CU_ASSERT_EQUAL(env_order(&e)->downloads, 2);
		card_close(&c);
		env_close(&e);
	}
}
