/* SPDX-License-Identifier: Apache-2.0 */
/* What an administrator refuses by smdpd.conf: key ids, EIDs, firmware. */
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "server/rsp/block.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

static void
list_set(struct conf_list *l, const char *value)
{
	size_t	 i;

	for (i = 0; i < l->n; i++)
		free(l->item[i]);
	free(l->item);
	l->item = NULL;
	l->n = 0;
	if (value == NULL)
		return;
	/* The second of two. */
	l->item = xcalloc(2, sizeof(*l->item));
	l->item[0] = xstrdup("0000000000000000000000000000000000000000");
	l->item[1] = xstrdup(value);
	l->n = 2;
}

static void
ski_of(const char *name, char out[41])
{
	struct buf	 b = {0};
	struct cert	 c;

	CU_ASSERT_EQUAL_FATAL(cert_parse(env_vec(&b, name), &c), 0);
	CU_ASSERT_EQUAL_FATAL(c.ski.len, 20);
	hex_put(out, c.ski);
	buf_free(&b);
}

/* Refused so, with nothing counted and the order as it was. */
static void
blocked(struct card *c, int refusal)
{
	CU_ASSERT_EQUAL(card_authenticate(c), refusal);
	CU_ASSERT_EQUAL(env_state(c->e), LIFE_RELEASED);
	CU_ASSERT_EQUAL(env_order(c->e)->downloads, 0);
	CU_ASSERT_STRING_EQUAL(c->about.text, "");
}

void
block_key_ids(void)
{
	struct env	 e;
	struct card	 c;
	char		 eum[41], euicc[41];
	size_t		 i;

	env_open(&e);
	card_open(&c, &e);
	ski_of("nist.eum.crt", eum);
	ski_of("nist.euicc.crt", euicc);
	list_set(&e.set.block_ski, euicc);
	blocked(&c, REFUSE_EUICC);
	list_set(&e.set.block_ski, eum);
	blocked(&c, REFUSE_EUM);
	for (i = 0; i < 40; i++)
		if (eum[i] >= 'A')
			eum[i] = (char)(eum[i] + 32);
	list_set(&e.set.block_ski, eum);
	blocked(&c, REFUSE_EUM);
	eum[39] = eum[39] == '0' ? '1' : '0';
	list_set(&e.set.block_ski, eum);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	list_set(&e.set.block_ski, NULL);
	card_close(&c);
	env_close(&e);
}

void
block_eids(void)
{
	static const struct { const char *item; int r; } cases[] = {
		{ ENV_EID, REFUSE_EUICC },
		{ ENV_EID "-" ENV_EID, REFUSE_EUICC },
		{ "89049032123451234512345678900000-"
		  "89049032123451234512345678901235", REFUSE_EUICC },
		{ "89049032123451234512345678901235-"
		  "89049032999999999999999999999999", REFUSE_EUICC },
		{ "89049032123451234512345678901236", 0 },
		{ "89049032123451234512345678900000-"
		  "89049032123451234512345678901234", 0 },
		{ "89049032123451234512345678901236-"
		  "89049032999999999999999999999999", 0 },
	};
	struct env	 e;
	struct card	 c;
	size_t		 i;

	for (i = 0; i < NELEM(cases); i++) {
		env_open(&e);
		card_open(&c, &e);
		list_set(&e.set.block_eid, cases[i].item);
		if (cases[i].r != 0)
			blocked(&c, cases[i].r);
		else
			CU_ASSERT_EQUAL(card_authenticate(&c), 0);
		list_set(&e.set.block_eid, NULL);
		card_close(&c);
		env_close(&e);
	}
}

/* The card says 1.4.7: that is a matter of eligibility. */
void
block_firmwares(void)
{
	static const struct { const char *item; int r; } cases[] = {
		{ "1.4.7", REFUSE_INELIGIBLE },
		{ "8:1.4.7", REFUSE_INELIGIBLE },
		{ "89049032:1.4.7", REFUSE_INELIGIBLE },
		{ ENV_EID ":1.4.7", REFUSE_INELIGIBLE },
		{ "89049033:1.4.7", 0 },
		{ "1.4.8", 0 },
		{ "1.4.70", 0 },
		{ "11.4.7", 0 },
	};
	struct env	 e;
	struct card	 c;
	size_t		 i;

	env_open(&e);
	card_open(&c, &e);
	for (i = 0; i < NELEM(cases); i++) {
		list_set(&e.set.block_firmware, cases[i].item);
		CU_ASSERT_EQUAL(card_authenticate(&c), cases[i].r);
		CU_ASSERT_STRING_EQUAL(c.about.reason, "");
	}
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	list_set(&e.set.block_firmware, NULL);
	card_close(&c);
	env_close(&e);
}

static int
is_verified(void *arg, const struct notification *n)
{
	*(bool *)arg = n->verified;
	return 1;
}

/* A key that is not trusted any more does not say what is on a card either. */
void
block_notifications(void)
{
	struct env	 e;
	struct card	 c;
	bool		 verified = true;
	char		 eum[41];

	env_open(&e);
	card_open(&c, &e);
	card_install(&c, 1);
	ski_of("nist.eum.crt", eum);
	list_set(&e.set.block_ski, eum);
	CU_ASSERT_EQUAL(card_event(&c, 2, 8), 0);
	CU_ASSERT_EQUAL(store_notification_each(e.ctx.db, TENANT_DEFAULT, 0,
	    1, is_verified, &verified), 1);
	CU_ASSERT_FALSE(verified);
	list_set(&e.set.block_ski, NULL);
	card_close(&c);
	env_close(&e);
}
