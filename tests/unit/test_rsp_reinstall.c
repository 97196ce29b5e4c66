/* SPDX-License-Identifier: Apache-2.0 */
/* Types that may be installed again by the eUICC that deleted them. */
#include <stdio.h>
#include <string.h>

#include "db/db.h"
#include "db/store_order.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

#define OTHER_EID	"89049032000000000000000000000066"
#define INSTALL		1
#define ENABLE		2
#define DELETE		8

static int
set_reinstall(struct db *db, void *arg)
{
	static const struct stmt set = { "test_reinstall",
	    "UPDATE types SET reinstall = $2 WHERE tenant = $1" };

	return db_run(db, &set, "ii", TENANT_DEFAULT, *(int64_t *)arg);
}

/* A card of a type with `reinstall n`. */
static void
reinstall_open(struct env *e, struct card *c, int64_t n)
{
	env_open(e);
	env_write(e, set_reinstall, &n);
	card_open(c, e);
}

struct counted {
	const char	*action;
	int		 n;
};

static int
count_row(void *arg, const struct audit *a)
{
	struct counted	*w = arg;

	if (strcmp(a->action, w->action) == 0 &&
	    strcmp(a->eid == NULL ? "" : a->eid, ENV_EID) == 0)
		w->n++;
	return 0;
}

static int
audited(struct env *e, const char *action)
{
	struct audit_filter	 f = { .iccid = ENV_ICCID };
	struct counted		 w = { action, 0 };

	CU_ASSERT_EQUAL(store_audit_each(e->ctx.db, TENANT_DEFAULT, &f,
	    count_row, &w), 0);
	return w.n;
}

void
reinstall_after_delete(void)
{
	struct env	 e;
	struct card	 c;

	reinstall_open(&e, &c, 2);
	card_install(&c, 1);
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 1);
	CU_ASSERT_EQUAL(env_order(&e)->downloads, 0);
	CU_ASSERT_STRING_EQUAL(env_order(&e)->eid, ENV_EID);
	CU_ASSERT_EQUAL(audited(&e, "order.reinstall"), 1);
	/* Told again, in other octets, too: nothing more. */
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 1);
	CU_ASSERT_EQUAL(audited(&e, "order.reinstall"), 1);
	card_install(&c, 3);
	/* The delete of the first installation says nothing of the second. */
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(card_event(&c, 4, ENABLE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(card_event(&c, 5, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	card_install(&c, 6);
	/* Twice it was; a third time it may not. */
	CU_ASSERT_EQUAL(card_event(&c, 7, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 2);
	CU_ASSERT_EQUAL(audited(&e, "order.reinstall"), 2);
	CU_ASSERT_EQUAL(audited(&e, "card.event"), 4);
	CU_ASSERT_EQUAL(card_authenticate(&c), REFUSE_MATCHING_ID);
	card_close(&c);
	env_close(&e);
}

/*
 * The same result with another signature, which for ECDSA takes no key, is no
 * repeat of octets.  It is not about the second installation either.
 */
void
reinstall_old_result(void)
{
	struct env	 e;
	struct card	 c;
	uint8_t		 old[16], fresh[16];

	reinstall_open(&e, &c, 1);
	card_install(&c, 1);
	memcpy(old, c.tid, sizeof(old));
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	memcpy(fresh, c.tid, sizeof(fresh));
	memcpy(c.tid, old, sizeof(old));
	CU_ASSERT_EQUAL(card_result(&c, 1, 0, CARD_SUCCESS), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	CU_ASSERT_EQUAL(card_result(&c, 1, 5, 12), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	memcpy(c.tid, fresh, sizeof(fresh));
	CU_ASSERT_EQUAL(card_result(&c, 3, 0, CARD_SUCCESS), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	card_close(&c);
	env_close(&e);
}

void
reinstall_of_none(void)
{
	struct env	 e;
	struct card	 c;

	reinstall_open(&e, &c, 0);
	card_install(&c, 1);
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 0);
	card_close(&c);
	env_close(&e);

	/* Not installed yet by what the card has said: nothing to release. */
	reinstall_open(&e, &c, 5);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 0);
	card_close(&c);
	env_close(&e);
}

/* Notifications may come in any order: the result behind the delete. */
void
reinstall_out_of_order(void)
{
	struct env	 e;
	struct card	 c;

	reinstall_open(&e, &c, 1);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(card_result(&c, 1, 0, CARD_SUCCESS), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 1);
	CU_ASSERT_EQUAL(audited(&e, "profile.installed"), 1);
	CU_ASSERT_EQUAL(audited(&e, "order.reinstall"), 1);
	card_install(&c, 3);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 1);
	card_close(&c);
	env_close(&e);
}

static int
give_away(struct db *db, void *arg)
{
	(void)arg;
	return store_profile_link(db, TENANT_DEFAULT, ENV_ICCID, NULL,
	    OTHER_EID);
}

static int
end_order(struct db *db, void *arg)
{
	return store_order_end(db, TENANT_DEFAULT, arg, ORDER_CANCELLED,
	    ENV_NOW);
}

static int
shred(struct db *db, void *arg)
{
	(void)arg;
	return store_profile_shred(db, TENANT_DEFAULT, ENV_ICCID);
}

/* Not by a card that has not had it, not when the order or package is gone. */
void
reinstall_excluded(void)
{
	static int	(*const ways[])(struct db *db, void *arg) = {
		give_away, end_order, shred
	};
	struct env	 e;
	struct card	 c;
	size_t		 i;

	for (i = 0; i < NELEM(ways); i++) {
		reinstall_open(&e, &c, 5);
		card_install(&c, 1);
		env_write(&e, ways[i], e.order.id);
		CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
		CU_ASSERT_EQUAL(env_state(&e), LIFE_INSTALLED);
		CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 0);
		CU_ASSERT_EQUAL(audited(&e, "order.reinstall"), 0);
		card_close(&c);
		env_close(&e);
	}
}

static int
set_shred(struct db *db, void *arg)
{
	static const struct stmt set = { "test_shred",
	    "UPDATE types SET shred = 1 WHERE tenant = $1" };

	(void)arg;
	return db_run(db, &set, "i", TENANT_DEFAULT);
}

static int
set_reusable(struct db *db, void *arg)
{
	static const struct stmt set = { "test_reusable",
	    "UPDATE orders SET reusable = 1 WHERE tenant = $1" };

	(void)arg;
	return db_run(db, &set, "i", TENANT_DEFAULT);
}

/*
 * The notification of an installation may come before its result, or alone:
 * what follows from an installation follows from it as well.
 */
void
installed_by_event(void)
{
	static int	(*const ways[])(struct db *db, void *arg) = {
		set_shred, set_reusable
	};
	struct env	 e;
	struct card	 c;
	struct profile	 p = {0};
	size_t		 i;

	for (i = 0; i < NELEM(ways); i++) {
		reinstall_open(&e, &c, 0);
		env_write(&e, ways[i], NULL);
		CU_ASSERT_EQUAL(card_authenticate(&c), 0);
		CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
		CU_ASSERT_EQUAL(card_event(&c, 2, INSTALL), 0);
		CU_ASSERT_EQUAL(card_result(&c, 1, 0, CARD_SUCCESS), 0);
		CU_ASSERT_EQUAL(store_profile_get(e.ctx.db, TENANT_DEFAULT,
		    ENV_ICCID, &p), 0);
		CU_ASSERT_EQUAL(p.state, i == 0 ? LIFE_INSTALLED :
		    LIFE_RELEASED);
		CU_ASSERT_EQUAL(p.body[0] == '\0', i == 0);
		profile_free(&p);
		card_close(&c);
		env_close(&e);
	}
}

static int
set_open(struct db *db, void *arg)
{
	static const struct stmt set = { "test_open",
	    "UPDATE orders SET lock = 'open', first_lock = 'open',"
	    " expires = $2 WHERE tenant = $1" };

	(void)arg;
	return db_run(db, &set, "ii", TENANT_DEFAULT, (int64_t)ENV_NOW + 60);
}

static int
bind_other(struct db *db, void *arg)
{
	int	 r = store_order_bind(db, TENANT_DEFAULT, arg, OTHER_EID,
	    ENV_NOW);

	CU_ASSERT_EQUAL(r, DPE_STATE);
	return 0;
}

static int
reset(struct db *db, void *arg)
{
	return store_order_reset(db, TENANT_DEFAULT, arg, ENV_NOW);
}

/* Whatever the lock was, it is this card's now; its time begins anew. */
void
reinstall_binds(void)
{
	struct env	 e;
	struct card	 c;

	reinstall_open(&e, &c, 1);
	env_write(&e, set_open, NULL);
	card_install(&c, 1);
	e.now += 3600;
	e.set.order_expiry = 7200;
	CU_ASSERT_EQUAL(card_event(&c, 2, DELETE), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	CU_ASSERT_EQUAL(env_order(&e)->lock, LOCK_TOFU);
	CU_ASSERT_EQUAL(env_order(&e)->expires, e.now + 7200);
	env_write(&e, bind_other, e.order.id);
	card_install(&c, 3);
	/* A test bench finds it as it was made. */
	env_write(&e, reset, e.order.id);
	CU_ASSERT_EQUAL(env_order(&e)->lock, LOCK_OPEN);
	CU_ASSERT_EQUAL(env_order(&e)->reinstalls, 0);
	card_close(&c);
	env_close(&e);
}
