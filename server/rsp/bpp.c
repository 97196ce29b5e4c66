/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/bpp.h"

#include <string.h>

#include "asn1/rsp.h"

#define HOST_ID_LEN	16
#define CRT_KEY_TYPE	0x88	/* AES */
#define CRT_KEY_LEN	0x10
#define REMOTE_OP_INSTALL	1

struct bpp {
	struct privkey	*fresh;
	struct pubkey	*peer;
	struct bsp	*bsp;
	struct buf	 a0, a1, a2, a3;
};

void
bpp_groups_free(struct bpp_groups *g)
{
	buf_free(&g->host_id);
	buf_free(&g->groups);
}

static void
bpp_clear(struct bpp *b)
{
	privkey_free(b->fresh);
	pubkey_free(b->peer);
	bsp_free(b->bsp);
	buf_free(&b->a0);
	buf_free(&b->a1);
	buf_free(&b->a2);
	buf_free(&b->a3);
}

/* Annex G: one-time keys to session keys. */
static int
bpp_agree(struct ctx *c, const struct bpp_want *w, struct bpp *b,
    struct bpp_groups *out)
{
	const struct privkey	*own = w->ot_key;
	struct bsp_keys		 keys;
	uint8_t			 z[32];
	int			 r;

	if ((r = pubkey_new(c->crypto, w->dp->pb.curve, w->euicc_otpk,
	    &b->peer)) != 0)
		return r;
	if (own == NULL) {
		if ((r = privkey_generate(c->crypto, w->dp->pb.curve,
		    &b->fresh)) != 0)
			return r;
		own = b->fresh;
	}
	privkey_point(own, out->smdp_otpk);
	if (w->host_id.len > 0)
		buf_set(&out->host_id, w->host_id);
	else
		rnd_fill(c->rnd, buf_grow(&out->host_id, HOST_ID_LEN),
		    HOST_ID_LEN);
	if ((r = ecdh_derive(c->crypto, own, b->peer, z)) == 0) {
		bsp_derive(c->crypto, z, buf_slice(&out->host_id), w->eid,
		    &keys);
		r = bsp_new(c->crypto, &keys, &b->bsp);
	}
	mem_wipe(z, sizeof(z));
	mem_wipe(&keys, sizeof(keys));
	return r;
}

static int
bpp_segments(struct bsp *bsp, uint8_t tag, struct slice data, struct buf *out)
{
	struct slice	 seg;
	int		 r;

	buf_reserve(out, data.len + seg_count(tag, data.len) * 32);
	while (seg_next(tag, &data, &seg))
		if ((r = bsp_protect(bsp, tag, seg, out)) != 0)
			return r;
	return 0;
}

static int
bpp_configure(const struct bpp_want *w, struct bpp *b)
{
	struct configure_isdp	 ci = { .dp_oid = w->dp->pb.rid };
	struct buf		 plain = {0};
	int			 r;

	if ((r = configure_isdp_encode(&ci, &plain)) == 0)
		r = bpp_segments(b->bsp, 0x87, buf_slice(&plain), &b->a0);
	buf_free(&plain);
	return r;
}

/* Random keys for the profile elements, under the session keys (2.5.3). */
static int
bpp_replace_keys(struct ctx *c, const struct bpp_want *w, struct bpp *b)
{
	struct bsp_keys		 ppk;
	struct replace_keys	 rk = {
		.mac_chaining = slice_of(ppk.mac_chaining, KEY_LEN),
		.ppk_enc = slice_of(ppk.enc, KEY_LEN),
		.ppk_cmac = slice_of(ppk.mac, KEY_LEN),
	};
	struct buf		 plain = {0};
	int			 r;

	rnd_fill(c->rnd, ppk.mac_chaining, KEY_LEN);
	rnd_fill(c->rnd, ppk.enc, KEY_LEN);
	rnd_fill(c->rnd, ppk.mac, KEY_LEN);
	if (w->ppk_keys != NULL)
		ppk = *w->ppk_keys;
	if ((r = replace_keys_encode(&rk, &plain)) == 0 &&
	    (r = bpp_segments(b->bsp, 0x87, buf_slice(&plain), &b->a2)) == 0)
		r = bsp_rekey(b->bsp, &ppk);
	mem_wipe(&ppk, sizeof(ppk));
	buf_free(&plain);
	return r;
}

int
bpp_protect(struct ctx *c, const struct bpp_want *w, struct bpp_groups *out)
{
	struct bpp		 b = {0};
	struct bpp_parts	 parts;
	int			 r;

	if ((r = bpp_agree(c, w, &b, out)) != 0 ||
	    (r = bpp_configure(w, &b)) != 0 ||
	    (r = bpp_segments(b.bsp, 0x88, w->metadata, &b.a1)) != 0 ||
	    (w->ppk && (r = bpp_replace_keys(c, w, &b)) != 0) ||
	    (r = bpp_segments(b.bsp, 0x86, w->upp, &b.a3)) != 0)
		goto out;
	parts.a0 = buf_slice(&b.a0);
	parts.a1 = buf_slice(&b.a1);
	parts.a2 = buf_slice(&b.a2);
	parts.a3 = buf_slice(&b.a3);
	bpp_frame_groups(&parts, &out->groups);
out:
	bpp_clear(&b);
	return r;
}

/* BF23 with smdpSign, which covers otPK.EUICC too. */
int
bpp_assemble(struct ctx *c, const struct bpp_want *w,
    const struct bpp_groups *g, struct buf *out)
{
	struct secure_channel	 sc = {
		.remote_op = REMOTE_OP_INSTALL, .tid = w->tid,
		.key_type = CRT_KEY_TYPE, .key_len = CRT_KEY_LEN,
		.host_id = buf_slice(&g->host_id),
		.smdp_otpk = slice_of(g->smdp_otpk, sizeof(g->smdp_otpk)),
	};
	struct buf		 tbs = {0}, bf23 = {0};
	uint8_t			 sig[SIG_LEN];
	int			 r;

	if ((r = secure_channel_tbs(&sc, w->euicc_otpk, &tbs)) != 0 ||
	    (r = signer_sign(c->signer, SIGNER_DP_PB, w->dp->ci,
	    buf_slice(&tbs), sig)) != 0)
		goto out;
	sc.smdp_sign = slice_of(sig, sizeof(sig));
	if ((r = secure_channel_encode(&sc, &bf23)) == 0)
		bpp_frame_whole(buf_slice(&bf23), buf_slice(&g->groups), out);
out:
	buf_free(&tbs);
	buf_free(&bf23);
	return r;
}
