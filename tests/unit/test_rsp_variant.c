/* SPDX-License-Identifier: Apache-2.0 */
/* Which variant of its type a card is given: the first that it can take. */
#include <stdio.h>
#include <string.h>

#include "db/store_variant.h"
#include "server/rsp/variant.h"
#include "server/saip/saip.h"
#include "server/vault.h"
#include "tests/unit/rsp_card.h"
#include "tests/unit/test_rsp.h"

#define JAVACARD	(INT64_C(1) << 0x0b)

struct seed {
	struct variant	 v;
	struct body	 body;
};

static int
seed_write(struct db *db, void *arg)
{
	struct seed	*s = arg;
	int		 r = store_body_find(db, TENANT_DEFAULT,
			    s->body.index, s->v.body);

	if (r == DPE_NOTFOUND) {
		memcpy(s->v.body, s->body.id, sizeof(s->v.body));
		r = store_body_add(db, TENANT_DEFAULT, &s->body);
	}
	return r != 0 ? r : store_variant_add(db, TENANT_DEFAULT, "t",
	    &s->v);
}

/* A variant of the env's type, with the package of this vector. */
static void
variant(struct env *e, const char *name, const char *upp,
    struct body_needs needs, const struct buf *patch)
{
	struct seed	 s = { .v = { .template = "x", .needs = needs } };
	struct buf	 b = {0};

	snprintf(s.v.name, sizeof(s.v.name), "%s", name);
	if (patch != NULL)
		buf_set(&s.v.patch, buf_slice(patch));
	CU_ASSERT_EQUAL(vault_body_put(&e->ctx, env_vec(&b, upp), true,
	    &s.body), 0);
	env_write(e, seed_write, &s);
	buf_free(&s.body.sealed);
	variant_free(&s.v);
	buf_free(&b);
}

static int
remove_write(struct db *db, void *arg)
{
	return store_variant_remove(db, TENANT_DEFAULT, "t", arg);
}

static const struct body_needs	large = { 0x0203, JAVACARD, 50000 },
    small = { 0x0201, 0, 100 };

/* uicc_capability: a USIM, Milenage; Java Card with the second octet. */
static void
card_can(struct card *c, const char *capability, unsigned minor)
{
	c->info.uicc_capability.octets = slice_of(capability, 2);
	c->info.uicc_capability.unused = 0;
	c->info.profile_version[0] = 2;
	c->info.profile_version[1] = (uint8_t)minor;
}

#define WITH_JAVA	"\x48\x02"
#define NO_JAVA		"\x48\x00"

void
variant_by_card(void)
{
	static const struct {
		const char	*capability;
		unsigned	 minor;
		int		 r;
		const char	*variant;
	} cards[] = {
		{ WITH_JAVA, 3, 0, "large" },
		{ NO_JAVA, 3, 0, "small" },
		{ WITH_JAVA, 2, 0, "small" },
		{ WITH_JAVA, 0, REFUSE_INELIGIBLE, "" }
	};
	struct env	 e;
	struct card	 c;
	size_t		 i;

	for (i = 0; i < NELEM(cards); i++) {
		env_open(&e);
		variant(&e, "large", "nist_skeys_cc.upp", large, NULL);
		variant(&e, "small", "nist_skeys.upp", small, NULL);
		card_open(&c, &e);
		card_can(&c, cards[i].capability, cards[i].minor);
		CU_ASSERT_EQUAL(card_authenticate(&c), cards[i].r);
		if (cards[i].r == 0) {
			CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
		} else {
			CU_ASSERT_STRING_EQUAL(c.about.reason, "large: "
			    "profileVersion 2.0, the package needs 2.3; "
			    "small: profile");
		}
		CU_ASSERT_STRING_EQUAL(env_order(&e)->variant,
		    cards[i].variant);
		card_close(&c);
		env_close(&e);
	}
}

/* What is bound is the package of that variant: it differs in length. */
void
variant_is_bound(void)
{
	struct env	 e;
	struct card	 c;
	struct variants	 vs = {0};
	struct buf	 upp = {0}, want = {0};

	env_open(&e);
	variant(&e, "only", "nist_skeys_cc.upp", small, NULL);
	card_open(&c, &e);
	CU_ASSERT_EQUAL(variants_load(&e.ctx, "t", ENV_ICCID, &vs), 0);
	CU_ASSERT_EQUAL_FATAL(vs.n, 1);
	CU_ASSERT_EQUAL(vault_upp_as(&e.ctx, &vs.profile, &vs.at[0], &upp),
	    0);
	unit_same("package", buf_slice(&upp), env_vec(&want,
	    "nist_skeys_cc.upp"));
	/* Taken away before it was bound: the session must begin anew. */
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	env_write(&e, remove_write, (void *)(uintptr_t)"only");
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), REFUSE_TRANSACTION);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_STRING_EQUAL(env_order(&e)->variant, "");
	variants_free(&vs);
	buf_free(&upp);
	buf_free(&want);
	card_close(&c);
	env_close(&e);
}

/* An imported package has no values for what a template leaves open. */
void
variant_lacks_values(void)
{
	static const struct saip_product product = { "t", "Example",
	    "999-70" };
	struct buf	 upp = {0}, patch = {0};
	struct env	 e;
	struct card	 c;

	CU_ASSERT_EQUAL_FATAL(saip_template("consumer", &product, &upp,
	    &patch, NULL), 0);
	env_open(&e);
	variant(&e, "empty", "nist_skeys_cc.upp", small, &patch);
	card_open(&c, &e);
	CU_ASSERT_EQUAL(card_authenticate(&c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(&c, 0), 0);
	CU_ASSERT_STRING_EQUAL(env_order(&e)->variant, "");
	card_close(&c);
	env_close(&e);
	buf_free(&upp);
	buf_free(&patch);
}
