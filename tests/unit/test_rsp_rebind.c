/* SPDX-License-Identifier: Apache-2.0 */
/* A package that is asked for again, with the same one-time key or another. */
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

static int
set_once(struct db *db, void *arg)
{
	static const struct stmt set = { "test_once",
	    "UPDATE types SET bind_once = 1 WHERE tenant = $1" };

	(void)arg;
	return db_run(db, &set, "i", TENANT_DEFAULT);
}

static int
audit_first(void *arg, const struct audit *a)
{
	snprintf(arg, 80, "%s %s", a->action,
	    a->detail == NULL ? "-" : a->detail);
	return 1;
}

/* The newest audit row: action and detail. */
static const char *
newest(struct env *e, char text[80])
{
	struct audit_filter	 f = { .limit = 1 };

	text[0] = '\0';
	CU_ASSERT_EQUAL(store_audit_each(e->ctx.db, TENANT_DEFAULT, &f,
	    audit_first, text), 1);
	return text;
}

void
rebind_is_counted(void)
{
	struct env	 e;
	struct card	 c;
	char		 text[80];

	env_open(&e);
	card_open(&c, &e);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_STRING_EQUAL(newest(&e, text), "order.bound -");
	/* With the key that it is offered back, nothing is bound anew. */
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	unit_same("offered", buf_slice(&c.offered), slice_of(c.otpk[0], 65));
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_STRING_EQUAL(newest(&e, text), "order.bound again");
	CU_ASSERT_EQUAL(env_order(&e)->rebinds, 0);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 1), 0);
	CU_ASSERT_EQUAL(env_order(&e)->rebinds, 1);
	CU_ASSERT_EQUAL(env_order(&e)->downloads, 3);
	CU_ASSERT_STRING_EQUAL(newest(&e, text), "order.bound anew");
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	card_close(&c);
	env_close(&e);
}

void
rebind_refused(void)
{
	struct env	 e;
	struct card	 c;
	char		 text[80];

	env_open(&e);
	env_write(&e, set_once, NULL);
	card_open(&c, &e);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 1), REFUSE_REBIND);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_ERROR);
	CU_ASSERT_EQUAL(env_order(&e)->rebinds, 0);
	CU_ASSERT_STRING_EQUAL(newest(&e, text),
	    "order.failed not to be bound anew");
	/* The session is over, and so is the order. */
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), REFUSE_TRANSACTION);
	CU_ASSERT_EQUAL(card_authenticate(&c), REFUSE_MATCHING_ID);
	card_close(&c);
	env_close(&e);
}

/* Before the package has left, any key is the first one. */
void
rebind_of_none(void)
{
	struct env	 e;
	struct card	 c;

	env_open(&e);
	env_write(&e, set_once, NULL);
	card_open(&c, &e);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 1), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	card_close(&c);
	env_close(&e);
}
