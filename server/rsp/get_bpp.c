/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.GetBoundProfilePackage: SGP.22 5.6.2; checks as in spec 02, 5. */
#include <string.h>

#include "asn1/rsp.h"
#include "base/log.h"
#include "server/rsp/bpp.h"
#include "server/rsp/common.h"
#include "server/rsp/kept.h"
#include "server/rsp/rsp.h"
#include "server/vault.h"

/* What one call works on. */
struct get {
	struct session		 s;
	bool			 open;		/* s is ours to close */
	struct prepare_response	 resp;
	struct euicc_signed2	 s2;
	struct order		 order;
	struct profile		 profile;
	struct ptype		 type;
	struct variant		 variant;	/* seq 0: the profile's own */
	int			 loaded;	/* what get_load() said */
	struct kept_bpp		 before;	/* where given is 0 */
	int			 given;
	struct bpp_groups	 groups;
	struct kept_bpp		 kept;		/* to be stored */
	bool			 fresh;		/* bound in this call */
};

static void
get_free(struct get *g)
{
	msg_free(&g->resp.msg);
	msg_free(&g->s2.msg);
	order_free(&g->order);
	profile_free(&g->profile);
	ptype_free(&g->type);
	variant_free(&g->variant);
	bpp_groups_free(&g->groups);
	kept_bpp_free(&g->before);
	kept_bpp_free(&g->kept);
	session_free(&g->s);
}

void
es9_get_bpp_free(struct es9_get_bpp *m)
{
	buf_free(&m->bpp);
}

/* Checks 3 and 4: euiccSignature2 covers our smdpSignature2 TLV too. */
static int
get_signed(struct ctx *c, struct get *g)
{
	struct slice	 parts[2] = { g->resp.signed2,
			    buf_slice(&g->s.smdp_signature2) };
	struct pubkey	*k = NULL;
	int		 r;

	if ((r = pubkey_new(c->crypto, (enum curve)g->s.euicc_curve,
	    buf_slice(&g->s.euicc_point), &k)) != 0)
		return r;
	r = told(sig_verify(c->crypto, k, parts, 2, g->resp.signature),
	    DPE_SIG, REFUSE_EUICC_SIG);
	pubkey_free(k);
	if (r != 0 ||
	    (r = euicc_signed2_decode(g->resp.signed2, &g->s2)) != 0)
		return r;
	return rsp_same_tid(&g->s, g->s2.tid);
}

/* The order of the session, its profile, and the package that it was given. */
static int
get_load(struct ctx *c, struct get *g)
{
	int	 r;

	if ((r = told(store_order_get(c->db, c->tenant, g->s.order,
	    &g->order), DPE_NOTFOUND, REFUSE_MATCHING_ID)) != 0 ||
	    (r = store_profile_get(c->db, c->tenant, g->order.iccid,
	    &g->profile)) != 0 ||
	    (r = store_type_get(c->db, c->tenant, g->profile.type,
	    &g->type)) != 0)
		return r;
	/* One that was taken away since: the session must begin anew. */
	if (g->s.variant != 0 && (r = told(store_variant_get(c->db,
	    c->tenant, g->s.variant, &g->variant), DPE_NOTFOUND,
	    REFUSE_TRANSACTION)) != 0)
		return r;
	g->given = kept_find(c, &g->s, &g->order, g->variant.name,
	    buf_slice(&g->s.metadata), &g->before);
	return told(g->given, DPE_NOTFOUND, 0);
}

/* All reads of one moment; what load says is for later, after its checks. */
static int
get_read(struct ctx *c, const struct es9_get_bpp *m, struct get *g)
{
	int	 r;

	if ((r = store_snapshot(c->db)) != 0)
		return r;
	if ((r = rsp_session(c, m->tid, STEP_BIT(STEP_AUTHENTICATED) |
	    STEP_BIT(STEP_BPP_SENT), &g->s)) == 0)
		g->loaded = get_load(c, g);
	store_snapshot_end(c->db);
	return r;
}

/*
 * A session that has its package may ask again with the same one-time key (an
 * answer that was lost); with another key it must begin anew.
 */
static int
get_verify(struct ctx *c, const struct es9_get_bpp *m, struct get *g)
{
	int	 r;

	if ((r = get_read(c, m, g)) != 0 ||
	    (r = prepare_response_decode(m->response, &g->resp)) != 0)
		return r;
	g->open = g->s.step == STEP_AUTHENTICATED;
	if (!g->resp.ok) {
		log_info("euicc-refused-download tid=%s code=%ld", g->s.tid,
		    g->resp.error);
		return REFUSE_EXECUTION;
	}
	if ((r = get_signed(c, g)) != 0)
		return r;
	if (g->s.step == STEP_BPP_SENT &&
	    !slice_eq(buf_slice(&g->s.euicc_otpk), g->s2.euicc_otpk))
		return REFUSE_TRANSACTION;
	buf_set(&g->s.euicc_otpk, g->s2.euicc_otpk);
	return 0;
}

struct cc_write {
	struct get	*g;
	int64_t		 tenant, now;
	int		 refusal;
};

static int
cc_write(struct db *db, void *arg)
{
	struct cc_write	*w = arg;
	struct order	 o = {0};
	int64_t		 left = 0;
	int		 r;

	/* Another call may have ended the order, and freed its profile. */
	if ((r = store_order_get(db, w->tenant, w->g->order.id, &o)) == 0)
		r = rsp_order_allows(&o, w->g->s.eid, w->now);
	order_free(&o);
	if (r != 0)
		return r;
	r = store_order_wrong_cc(db, w->tenant, w->g->order.id, &left, w->now);
	if (r != 0 && r != DPE_STATE)
		return r;
	w->refusal = left > 0 ? REFUSE_CC : REFUSE_CC_ATTEMPTS;
	if (left > 0)
		return rsp_audit(db, w->tenant, w->now, "order.wrong-cc",
		    &w->g->s, NULL);
	if ((r = store_profile_event(db, w->tenant, w->g->order.iccid,
	    LIFE_EXHAUST, w->now)) != 0)
		return r;
	return rsp_audit(db, w->tenant, w->now, "order.exhausted", &w->g->s,
	    "confirmation codes");
}

/* Check 6: hashCc = SHA256(SHA256(CC) || transactionId), spec 02 5.1. */
static int
get_confirmation(struct ctx *c, const struct es9_get_bpp *m, struct get *g,
    int64_t now)
{
	struct cc_write	 w = { g, c->tenant, now, 0 };
	uint8_t		 cc[32], want[32];
	bool		 same;
	int		 r;

	if (g->order.cc.len == 0)
		return 0;
	if (g->s2.hash_cc.len == 0)
		return REFUSE_CC_MISSING;
	if ((r = vault_cc_get(c, &g->order, cc)) != 0)
		return r;
	sha256_2(c->crypto, slice_of(cc, sizeof(cc)), m->tid, want);
	same = slice_eq_ct(slice_of(want, sizeof(want)), g->s2.hash_cc);
	mem_wipe(cc, sizeof(cc));
	mem_wipe(want, sizeof(want));
	if (same)
		return 0;
	r = store_write(c->store, STORE_DURABLE, cc_write, &w);
	return r != 0 ? r : w.refusal;
}

/* Bind anew: a one-time key of ours that is used once. */
static int
get_bind(struct ctx *c, const struct bpp_want *want, struct get *g)
{
	struct bpp_want	 w = *want;
	struct buf	 upp = {0};
	int		 r;

	if ((r = vault_upp_as(c, &g->profile, g->variant.seq != 0 ?
	    &g->variant : NULL, &upp)) == 0) {
		w.upp = buf_slice(&upp);
		r = told(bpp_protect(c, &w, &g->groups), DPE_POINT,
		    REFUSE_EUICC_SIG);
	}
	buf_free(&upp);
	if (r != 0)
		return r;
	g->fresh = true;
	return kept_make(c, &g->s, &g->groups, &g->kept);
}

static int
get_build(struct ctx *c, struct es9_get_bpp *m, struct get *g)
{
	struct bpp_want	 w = {
		.tid = m->tid, .euicc_otpk = g->s2.euicc_otpk,
		.metadata = buf_slice(&g->s.metadata),
		.ppk = g->type.protect_ppk,
	};
	int		 r;

	if ((w.dp = rsp_dp(c, &g->s)) == NULL)
		return REFUSE_TRANSACTION;
	if ((r = eid_parse(g->s.eid, w.eid)) != 0)
		return r;
	/* The groups that it was given before, for the same key. */
	r = g->given == 0 ? kept_groups(c, &g->before, g->s2.euicc_otpk,
	    &g->groups) : DPE_NOTFOUND;
	if (r == DPE_NOTFOUND)
		r = get_bind(c, &w, g);
	return r != 0 ? r : bpp_assemble(c, &w, &g->groups, &m->bpp);
}

struct get_write {
	struct get	*g;
	int64_t		 tenant, now;
	bool		 anew;		/* another key than before */
	int		 refusal;	/* committed, and refused all the same */
};

/*
 * Was this eUICC given the package before, for another one-time key?  Not when
 * two calls with the same key have both bound it.
 */
static int
get_anew(struct db *db, struct get_write *w, const struct order *o)
{
	struct session	*s = &w->g->s;
	struct kept_bpp	 k = {0};
	int		 r;

	if (!w->g->fresh || o->state != LIFE_DOWNLOADED ||
	    strcmp(o->eid, s->eid) != 0)
		return 0;
	if ((r = store_bpp_get(db, w->tenant, o->id, s->eid, &k)) == 0)
		w->anew = !slice_eq(buf_slice(&s->euicc_otpk),
		    slice_of(k.euicc_otpk, sizeof(k.euicc_otpk)));
	kept_bpp_free(&k);
	return told(r, DPE_NOTFOUND, 0);
}

/* Check 8: the end of the profile, for a type that is bound once. */
static int
get_rebind(struct db *db, struct get_write *w, const struct order *o)
{
	int	 r;

	w->anew = false;
	w->refusal = 0;
	if ((r = get_anew(db, w, o)) != 0 || !w->anew)
		return r;
	if (!w->g->type.bind_once)
		return store_order_rebound(db, w->tenant, o->id);
	w->refusal = REFUSE_REBIND;
	if ((r = store_profile_event(db, w->tenant, o->iccid, LIFE_FAIL,
	    w->now)) != 0)
		return r;
	return rsp_audit(db, w->tenant, w->now, "order.failed", &w->g->s,
	    "not to be bound anew");
}

/* What was bound, where that is not what the order says already. */
static int
get_variant(struct db *db, const struct get_write *w)
{
	const struct get	*g = w->g;

	if (!g->fresh || strcmp(g->order.variant, g->variant.name) == 0)
		return 0;
	return store_order_variant(db, w->tenant, g->order.id,
	    g->variant.name);
}

/* The device lock, then all that follows from it, before anything leaves. */
static int
get_write(struct db *db, void *arg)
{
	struct get_write	*w = arg;
	struct session		*s = &w->g->s;
	struct order		 o = {0};
	int			 r;

	if ((r = store_order_get(db, w->tenant, s->order, &o)) == 0)
		r = rsp_order_allows(&o, s->eid, w->now);
	if (r == 0)
		r = get_rebind(db, w, &o);
	order_free(&o);
	if (r != 0 || w->refusal != 0)
		return r;
	if ((r = told(store_order_bind(db, w->tenant, s->order, s->eid,
	    w->now), DPE_STATE, REFUSE_EID)) != 0 ||
	    (r = told(store_profile_event(db, w->tenant, s->iccid,
	    LIFE_DELIVER, w->now), DPE_STATE, REFUSE_MATCHING_ID)) != 0 ||
	    (r = store_profile_link(db, w->tenant, s->iccid, NULL,
	    s->eid)) != 0 ||
	    (r = get_variant(db, w)) != 0 ||
	    (r = told(store_session_sent(db, w->tenant, s, w->now),
	    DPE_STATE, REFUSE_TRANSACTION)) != 0 ||
	    (w->g->fresh && (r = store_bpp_put(db, w->tenant, &w->g->kept,
	    w->now)) != 0))
		return r;
	return rsp_audit(db, w->tenant, w->now, "order.bound", s,
	    w->anew ? "anew" : w->g->fresh ? NULL : "again");
}

int
es9_get_bpp(struct ctx *c, struct es9_get_bpp *m)
{
	int64_t			 now = clock_now(c->clock);
	struct get		 g = {0};
	struct get_write	 w = { .g = &g, .tenant = c->tenant,
				    .now = now };
	int			 r;

	if ((r = get_verify(c, m, &g)) != 0 ||
	    (r = g.loaded) != 0 ||
	    (r = rsp_order_allows(&g.order, g.s.eid, now)) != 0 ||
	    (r = get_confirmation(c, m, &g, now)) != 0 ||
	    (r = get_build(c, m, &g)) != 0 ||
	    (r = store_write(c->store, STORE_DURABLE, get_write, &w)) != 0 ||
	    (r = w.refusal) != 0)
		goto out;
	log_info("%s tid=%s order=%s octets=%zu", g.fresh ?
	    "package-bound" : "package-again", g.s.tid, g.s.order,
	    m->bpp.len);
out:
	/* After a wrong code the same session may try again (spec 02, 5.1). */
	if (r > 0 && g.open && r != REFUSE_TRANSACTION && r != REFUSE_CC &&
	    r != REFUSE_CC_MISSING)
		rsp_session_drop(c, &g.s);
	if (r != 0)
		es9_get_bpp_free(m);
	get_free(&g);
	return r;
}
