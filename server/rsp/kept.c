/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/kept.h"

#include <string.h>

#include "server/vault.h"

int
kept_find(struct ctx *c, const struct session *s, const struct order *o,
    const char *variant, struct slice metadata, struct kept_bpp *out)
{
	uint8_t	 sum[32];
	int	 r;

	/* A card that is not what it was takes another package. */
	if (o->state != LIFE_DOWNLOADED || strcmp(o->variant, variant) != 0)
		return DPE_NOTFOUND;
	if ((r = store_bpp_get(c->db, c->tenant, s->order, s->eid, out)) != 0)
		return r;
	/*
	 * The same keys and counters may only ever protect the same octets:
	 * with other metadata it must be bound anew.
	 */
	sha256(c->crypto, metadata, sum);
	if (memcmp(sum, out->meta_sum, sizeof(sum)) == 0 &&
	    memcmp(s->dp_ci, out->dp_ci, sizeof(s->dp_ci)) == 0)
		return 0;
	kept_bpp_free(out);
	return DPE_NOTFOUND;
}

int
kept_groups(struct ctx *c, const struct kept_bpp *k, struct slice euicc_otpk,
    struct bpp_groups *out)
{
	if (!slice_eq(euicc_otpk,
	    slice_of(k->euicc_otpk, sizeof(k->euicc_otpk))))
		return DPE_NOTFOUND;
	memcpy(out->smdp_otpk, k->smdp_otpk, sizeof(out->smdp_otpk));
	buf_set(&out->host_id, buf_slice(&k->host_id));
	return vault_bpp_get(c, k, &out->groups);
}

int
kept_make(struct ctx *c, const struct session *s, const struct bpp_groups *g,
    struct kept_bpp *out)
{
	memcpy(out->iccid, s->iccid, sizeof(out->iccid));
	memcpy(out->order, s->order, sizeof(out->order));
	memcpy(out->eid, s->eid, sizeof(out->eid));
	memcpy(out->dp_ci, s->dp_ci, sizeof(out->dp_ci));
	memcpy(out->smdp_otpk, g->smdp_otpk, sizeof(out->smdp_otpk));
	if (s->euicc_otpk.len != sizeof(out->euicc_otpk))
		return DPE_INTERNAL;
	memcpy(out->euicc_otpk, s->euicc_otpk.p, sizeof(out->euicc_otpk));
	sha256(c->crypto, buf_slice(&s->metadata), out->meta_sum);
	buf_set(&out->host_id, buf_slice(&g->host_id));
	return vault_bpp_put(c, out, buf_slice(&g->groups));
}
