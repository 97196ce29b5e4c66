/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.GetBoundProfilePackage and the packages of the vectors. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/der.h"
#include "db/store_bpp.h"
#include "server/rsp/bpp.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"
#include "server/vault.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

static int
get_bpp_vec(struct env *e, const char *name, size_t *octets)
{
	struct es9_get_bpp	 m = {0};
	struct buf		 tid = {0}, resp = {0};
	int			 r;

	m.tid = env_vec(&tid, "nist_skeys.transactionId");
	m.response = env_vec(&resp, name);
	r = es9_get_bpp(&e->ctx, &m);
	if (octets != NULL)
		*octets = m.bpp.len;
	es9_get_bpp_free(&m);
	buf_free(&tid);
	buf_free(&resp);
	return r;
}

#define PREPARED	"nist_skeys.prepareDownloadResponse"

void
get_bpp_binds(void)
{
	struct env	 e;
	struct buf	 want = {0};
	size_t		 octets;

	env_open(&e);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED, &octets), 0);
	/* The same length as the vector's but for the longer hostId: equal. */
	CU_ASSERT_EQUAL(octets, env_vec(&want,
	    "nist_skeys.boundProfilePackage").len);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	CU_ASSERT_EQUAL(env_step(&e), STEP_BPP_SENT);
	CU_ASSERT_STRING_EQUAL(env_order(&e)->eid, ENV_EID);
	/* The answer was lost: the same question has an answer again. */
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED, &octets), 0);
	CU_ASSERT_EQUAL(env_step(&e), STEP_BPP_SENT);
	buf_free(&want);
	env_close(&e);
}

/* The octets behind BF23: A0 to A3. */
static struct slice
groups_of(struct slice bpp)
{
	struct der	 all, d;

	if (der_whole(bpp, 0xBF36, &all) != 0 ||
	    der_expect(&all.value, 0xBF23, &d) != 0)
		CU_FAIL("no package");
	return all.value;
}

/*
 * The same card with the same key: the same groups under the same keys, which
 * may be used for these octets only; and none of it when the order is over.
 */
void
get_bpp_again(void)
{
	struct env		 e;
	struct es9_get_bpp	 one = {0}, two = {0};
	struct buf		 tid = {0}, resp = {0};
	struct kept_bpp		 k = {0};

	env_open(&e);
	env_session(&e, "nist_skeys", true);
	one.tid = two.tid = env_vec(&tid, "nist_skeys.transactionId");
	one.response = two.response = env_vec(&resp, PREPARED);
	CU_ASSERT_EQUAL(es9_get_bpp(&e.ctx, &one), 0);
	CU_ASSERT_EQUAL(es9_get_bpp(&e.ctx, &two), 0);
	unit_same("A0 to A3", groups_of(buf_slice(&two.bpp)),
	    groups_of(buf_slice(&one.bpp)));
	CU_ASSERT_EQUAL(store_bpp_get(e.ctx.db, TENANT_DEFAULT, e.order.id,
	    ENV_EID, &k), 0);
	/* Sealed: neither the groups nor the profile stand there in clear. */
	CU_ASSERT_PTR_NULL(memmem(k.sealed.p, k.sealed.len,
	    groups_of(buf_slice(&one.bpp)).p, 16));
	kept_bpp_free(&k);
	CU_ASSERT_EQUAL(store_bpp_get(e.ctx.db, TENANT_DEFAULT, e.order.id,
	    "89049032000000000000000000000066", &k), DPE_NOTFOUND);
	env_vec(&resp, "nist_skeys.pir_success");
	CU_ASSERT_EQUAL(es9_notify(&e.ctx, buf_slice(&resp)), 0);
	CU_ASSERT_EQUAL(store_bpp_get(e.ctx.db, TENANT_DEFAULT, e.order.id,
	    ENV_EID, &k), DPE_NOTFOUND);
	es9_get_bpp_free(&one);
	es9_get_bpp_free(&two);
	buf_free(&tid);
	buf_free(&resp);
	env_close(&e);
}

static int
bind_other(struct db *db, void *arg)
{
	return store_order_bind(db, TENANT_DEFAULT, arg,
	    "89049032000000000000000000000066", ENV_NOW);
}

void
get_bpp_refuses(void)
{
	struct env	 e;

	env_open(&e);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED, NULL), REFUSE_TRANSACTION);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, "nist_skeys.euiccInfo1", NULL),
	    DPE_SYNTAX);
	CU_ASSERT_EQUAL(env_step(&e), STEP_AUTHENTICATED);
	e.now += e.set.session_timeout + 1;
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED, NULL), REFUSE_TRANSACTION);
	e.now = ENV_NOW;
	/* Another session of another card was faster. */
	env_write(&e, bind_other, e.order.id);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED, NULL), REFUSE_EID);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	CU_ASSERT_EQUAL(env_step(&e), STEP_CLOSED);
	env_close(&e);

	/* Signed over another smdpSignature2 than ours. */
	env_open(&e);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e,
	    "nist_skeys_cc.prepareDownloadResponse", NULL),
	    REFUSE_EUICC_SIG);
	env_close(&e);

	env_open(&e);
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e,
	    "nist_skeys.downloadResponseError_invalidSignature", NULL),
	    REFUSE_EXECUTION);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_RELEASED);
	env_close(&e);
}

struct cc_change {
	struct order	*o;
};

/* An order with a confirmation code in place of the one without. */
static int
cc_write(struct db *db, void *arg)
{
	struct cc_change	*c = arg;
	char			 old[ROW_ID_TEXT];
	int			 r;

	memcpy(old, c->o->id, sizeof(old));
	if ((r = store_order_end(db, TENANT_DEFAULT, old, ORDER_CANCELLED,
	    ENV_NOW)) != 0)
		return r;
	snprintf(c->o->id, sizeof(c->o->id), "0123456789abcdef"
	    "0123456789abcdef");
	return store_order_add(db, TENANT_DEFAULT, c->o);
}

static void
cc_order(struct env *e, const char *cc)
{
	struct cc_change	 c = { env_order(e) };
	struct order		 sealed = { .id = "0123456789abcdef"
				    "0123456789abcdef" };

	CU_ASSERT_EQUAL(vault_cc_put(&e->ctx, &sealed, slice_str(cc)), 0);
	buf_set(&c.o->cc, buf_slice(&sealed.cc));
	buf_free(&sealed.cc);
	env_write(e, cc_write, &c);
}

#define PREPARED_CC	"nist_skeys_cc.prepareDownloadResponse"

void
get_bpp_confirmation_code(void)
{
	struct env	 e;

	env_open(&e);
	cc_order(&e, "12345678");
	env_session(&e, "nist_skeys_cc", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED_CC, NULL), 0);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_DOWNLOADED);
	env_close(&e);

	env_open(&e);
	cc_order(&e, "12345679");
	env_session(&e, "nist_skeys_cc", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED_CC, NULL), REFUSE_CC);
	CU_ASSERT_EQUAL(env_order(&e)->cc_attempts, 1);
	CU_ASSERT_EQUAL(env_step(&e), STEP_AUTHENTICATED);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED_CC, NULL),
	    REFUSE_CC_ATTEMPTS);
	CU_ASSERT_EQUAL(env_state(&e), LIFE_ERROR);
	env_close(&e);

	env_open(&e);
	cc_order(&e, "12345678");
	env_session(&e, "nist_skeys", true);
	CU_ASSERT_EQUAL(get_bpp_vec(&e, PREPARED, NULL), REFUSE_CC_MISSING);
	CU_ASSERT_EQUAL(env_order(&e)->cc_attempts, 0);
	env_close(&e);
}

struct wanted {
	struct buf	 tid, otpk, metadata, upp, host, d, ppk, bpp, tbs;
	struct bsp_keys	 keys;
};

static void
wanted_free(struct wanted *v)
{
	buf_free(&v->tid);
	buf_free(&v->otpk);
	buf_free(&v->metadata);
	buf_free(&v->upp);
	buf_free(&v->host);
	buf_free(&v->d);
	buf_free(&v->ppk);
	buf_free(&v->bpp);
	buf_free(&v->tbs);
}

static struct slice
vec_of(struct buf *b, const char *session, const char *member)
{
	char	 name[80];

	snprintf(name, sizeof(name), "%s.%s", session, member);
	return env_vec(b, name);
}

static void
wanted_load(const char *session, struct wanted *v, struct bpp_want *w)
{
	static const uint8_t	 eid[16] = ENV_EID_BCD;
	char			 name[80];

	w->tid = vec_of(&v->tid, session, "transactionId");
	w->euicc_otpk = vec_of(&v->otpk, session, "otPK_EUICC");
	w->metadata = vec_of(&v->metadata, session, "metadata");
	w->upp = vec_of(&v->upp, session, "upp");
	w->host_id = vec_of(&v->host, session, "hostId");
	memcpy(w->eid, eid, sizeof(w->eid));
	vec_of(&v->d, session, "otSK_DP");
	vec_of(&v->bpp, session, "boundProfilePackage");
	vec_of(&v->tbs, session, "smdpSign_tbs");
	snprintf(name, sizeof(name), "%s.ppk", session);
	if (unit_vec_has("rsp.txt", name, &v->ppk)) {
		memcpy(&v->keys, v->ppk.p, sizeof(v->keys));
		w->ppk = true;
		w->ppk_keys = &v->keys;
	}
}

/* Where the 64 octets of smdpSign stand: the only ones that chance decides. */
static size_t
sign_offset(struct slice bpp)
{
	static const uint8_t	 head[] = { 0x5f, 0x37, 0x40 };
	size_t			 i;

	for (i = 0; i + 3 + SIG_LEN < bpp.len; i++)
		if (memcmp(bpp.p + i, head, 3) == 0)
			return i + 3;
	return 0;
}

static void
bpp_vector(struct env *e, const char *session, const char *ci_name,
    enum curve curve)
{
	struct wanted	 v = {0};
	struct bpp_want	 w = {0};
	struct bpp_groups g = {0};
	struct privkey	*ot = NULL;
	struct pubkey	*pub = NULL;
	struct buf	 got = {0}, b = {0};
	struct cert	 ci;
	struct slice	 tbs;
	size_t		 at;

	wanted_load(session, &v, &w);
	CU_ASSERT_EQUAL(cert_parse(env_vec(&b, ci_name), &ci), 0);
	w.dp = pki_dp_find(e->ctx.pki, ci.ski);
	CU_ASSERT_EQUAL(privkey_from_scalar(e->ctx.crypto, curve,
	    buf_slice(&v.d), &ot), 0);
	w.ot_key = ot;
	CU_ASSERT_EQUAL(bpp_protect(&e->ctx, &w, &g), 0);
	CU_ASSERT_EQUAL(bpp_assemble(&e->ctx, &w, &g, &got), 0);
	bpp_groups_free(&g);
	at = sign_offset(buf_slice(&got));
	CU_ASSERT_EQUAL(at, sign_offset(buf_slice(&v.bpp)));
	CU_ASSERT_NOT_EQUAL(at, 0);
	CU_ASSERT_EQUAL(pubkey_new(e->ctx.crypto, w.dp->pb.curve,
	    w.dp->pb.point, &pub), 0);
	tbs = buf_slice(&v.tbs);
	CU_ASSERT_EQUAL(sig_verify(e->ctx.crypto, pub, &tbs, 1,
	    slice_of(got.p + at, SIG_LEN)), 0);
	memcpy(got.p + at, v.bpp.p + at, SIG_LEN);
	unit_same(session, buf_slice(&got), buf_slice(&v.bpp));
	pubkey_free(pub);
	privkey_free(ot);
	buf_free(&got);
	buf_free(&b);
	wanted_free(&v);
}

void
bpp_vectors(void)
{
	struct env	 e;

	env_open(&e);
	bpp_vector(&e, "nist_skeys", "nist.ci.crt", CURVE_P256);
	bpp_vector(&e, "nist_skeys_cc", "nist.ci.crt", CURVE_P256);
	bpp_vector(&e, "nist_ppk", "nist.ci.crt", CURVE_P256);
	bpp_vector(&e, "nist_two88", "nist.ci.crt", CURVE_P256);
	bpp_vector(&e, "brainpool_skeys", "brp.ci.crt", CURVE_BP256);
	env_close(&e);
}

static struct slice
hash_cc_vec(struct buf *b, int i, const char *member)
{
	char	 name[24];

	buf_cut(b, 0);
	snprintf(name, sizeof(name), "%d.%s", i, member);
	unit_vec("hashcc.txt", name, b);
	return buf_slice(b);
}

/* What is stored of a code, and what a card makes of it (spec 02, 5.1). */
void
hash_cc_vectors(void)
{
	struct env	 e;
	struct buf	 cc = {0}, tid = {0}, want = {0};
	uint8_t		 stored[32], hash[32];
	char		 name[24];
	int		 i;

	env_open(&e);
	for (i = 0;; i++) {
		snprintf(name, sizeof(name), "%d.cc", i);
		if (!unit_vec_has("hashcc.txt", name, &cc))
			break;
		sha256(e.ctx.crypto, hash_cc_vec(&cc, i, "cc"), stored);
		unit_same("stored", slice_of(stored, sizeof(stored)),
		    hash_cc_vec(&want, i, "stored"));
		sha256_2(e.ctx.crypto, slice_of(stored, sizeof(stored)),
		    hash_cc_vec(&tid, i, "tid"), hash);
		unit_same("hashCc", slice_of(hash, sizeof(hash)),
		    hash_cc_vec(&want, i, "hash"));
	}
	CU_ASSERT_TRUE(i > 10);
	buf_free(&cc);
	buf_free(&tid);
	buf_free(&want);
	env_close(&e);
}
