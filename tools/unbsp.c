/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/unbsp.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"
#include "tools/unbsp_int.h"

/* The pieces of one package while it is taken apart. */
struct unbsp {
	const struct unbsp_in	*in;
	struct unbsp_out	*out;
	struct unbsp_fault	*fault;
	struct why		*why;
	struct unbsp_keys	 keys;
	struct slice		 bf23, a0, a1, a2, a3;	/* values */
	struct slice		 host_id, smdp_otpk, smdp_sign;
	struct slice		 signed_part;	/* 82 .. 5F49 of BF23 */
};

static int
unbsp_fail(struct unbsp *u, int r, int command, int reason, const char *text)
{
	u->fault->command = command;
	u->fault->reason = reason;
	return why_set(u->why, r, "bound profile package: %s", text);
}

/* BF36 { BF23 A0 A1 [A2] A3 } and nothing else (2.5.4). */
static int
unbsp_frame(struct unbsp *u, struct slice bpp)
{
	struct slice	 s;
	struct der	 d[6];
	bool		 a2;

	memset(d, 0, sizeof(d));
	if (der_whole(bpp, 0xBF36, &d[0]) != 0)
		goto bad;
	s = d[0].value;
	if (der_expect(&s, 0xBF23, &d[1]) != 0 ||
	    der_expect(&s, 0xA0, &d[2]) != 0 ||
	    der_expect(&s, 0xA1, &d[3]) != 0)
		goto bad;
	a2 = der_peek(s) == 0xA2;
	if ((a2 && (der_expect(&s, 0xA2, &d[4]) != 0 ||
	    d[4].value.len == 0)) ||
	    der_expect(&s, 0xA3, &d[5]) != 0 || s.len != 0)
		goto bad;
	u->bf23 = d[1].value;
	u->a0 = d[2].value;
	u->a1 = d[3].value;
	u->a2 = d[4].value;
	u->a3 = d[5].value;
	return 0;
bad:
	return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
	    UNBSP_STRUCTURE, "it is not BF36 { BF23 A0 A1 [A2] A3 }");
}

/* A6 { 80 01 88 81 01 10 84 hostId }. */
static int
unbsp_template(struct unbsp *u, struct slice crt)
{
	struct der	 type, len, host;

	if (der_expect(&crt, 0x80, &type) != 0 ||
	    der_expect(&crt, 0x81, &len) != 0 ||
	    der_expect(&crt, 0x84, &host) != 0 || crt.len != 0)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
		    UNBSP_VALUES, "bad control reference template");
	if (type.value.len != 1 || type.value.p[0] != 0x88 ||
	    len.value.len != 1 || len.value.p[0] != 0x10 ||
	    host.value.len < 1 || host.value.len > 16)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
		    UNBSP_CRT, "key type, key length or host id unsupported");
	u->host_id = host.value;
	return 0;
}

static int
unbsp_channel(struct unbsp *u)
{
	struct slice	 s = u->bf23;
	struct der	 op, tid, crt, otpk, sign;

	if (der_expect(&s, 0x82, &op) != 0 ||
	    der_expect(&s, 0x80, &tid) != 0 ||
	    der_expect(&s, 0xA6, &crt) != 0 ||
	    der_expect(&s, 0x5F49, &otpk) != 0)
		goto bad;
	u->signed_part = slice_sub(u->bf23, 0, u->bf23.len - s.len);
	if (der_expect(&s, 0x5F37, &sign) != 0 || s.len != 0 ||
	    otpk.value.len != POINT_LEN || sign.value.len != SIG_LEN)
		goto bad;
	if (op.value.len != 1 || op.value.p[0] != 1)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
		    UNBSP_OPERATION, "not installBoundProfilePackage");
	if (!slice_eq(tid.value, u->in->tid))
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL,
		    UNBSP_TRANSACTION, "another transactionId");
	u->smdp_otpk = otpk.value;
	u->smdp_sign = sign.value;
	return unbsp_template(u, crt.value);
bad:
	return unbsp_fail(u, DPE_SYNTAX, UNBSP_SECURE_CHANNEL, UNBSP_VALUES,
	    "InitialiseSecureChannel does not parse");
}

/* smdpSign covers our one-time key too, which is not in the package. */
static int
unbsp_signature(struct unbsp *u)
{
	struct buf	 own = {0};
	struct slice	 part[2];
	int		 r;

	der_add(&own, 0x5F49, u->in->otpk);
	part[0] = u->signed_part;
	part[1] = buf_slice(&own);
	r = sig_verify(u->in->crypto, u->in->dp_pb, part, 2, u->smdp_sign);
	buf_free(&own);
	if (r != 0)
		return unbsp_fail(u, r, UNBSP_SECURE_CHANNEL, UNBSP_SIGNATURE,
		    "smdpSign does not verify");
	return 0;
}

/*
 * Annex G by hand: SHA-256(Z || counter || SharedInfo) twice, 48 octets of it.
 */
static int
unbsp_derive(struct unbsp *u)
{
	struct buf	 info = {0};
	struct pubkey	*peer = NULL;
	uint8_t		 z[32 + 4] = {0}, data[64];
	int		 i, r;

	if ((r = pubkey_new(u->in->crypto, pubkey_curve(u->in->dp_pb),
	    u->smdp_otpk, &peer)) != 0 ||
	    (r = ecdh_derive(u->in->crypto, u->in->otsk, peer, z)) != 0)
		goto out;
	buf_add(&info, "\x88\x10", 2);
	buf_add_u8(&info, (uint8_t)u->host_id.len);
	buf_add_slice(&info, u->host_id);
	buf_add_u8(&info, 16);
	buf_add(&info, u->in->eid, 16);
	for (i = 0; i < 2; i++) {
		z[35] = (uint8_t)(i + 1);
		sha256_2(u->in->crypto, slice_of(z, sizeof(z)),
		    buf_slice(&info), data + 32 * i);
	}
	r = unbsp_keys_set(&u->keys, data);
out:
	mem_wipe(z, sizeof(z));
	mem_wipe(data, sizeof(data));
	pubkey_free(peer);
	buf_free(&info);
	if (r != 0)
		return unbsp_fail(u, r, UNBSP_SECURE_CHANNEL, UNBSP_VALUES,
		    "otPK.DP is no point of the curve");
	return 0;
}

/* One segment in words. */
static int
unbsp_take(struct unbsp *u, int command, uint8_t tag, struct slice *in,
    struct buf *plain)
{
	int	 r;

	if ((r = unbsp_segment(&u->keys, tag, in, plain)) == 0) {
		u->out->segments++;
		return 0;
	}
	return unbsp_fail(u, r, command,
	    r == DPE_SYNTAX ? UNBSP_STRUCTURE : UNBSP_SECURITY,
	    r == DPE_SYNTAX ? "a segment has the wrong tag or size" :
	    "a segment's MAC or padding is wrong");
}

/* A0: exactly one 87 with BF24 in it (5.5.2, at most 128 octets inside). */
static int
unbsp_configure(struct unbsp *u)
{
	struct slice	 s = u->a0, v;
	struct der	 d, b8, oid;
	int		 r;

	if ((r = unbsp_take(u, UNBSP_CONFIGURE, 0x87, &s,
	    &u->out->configure)) != 0)
		return r;
	if (s.len != 0 ||
	    der_whole(buf_slice(&u->out->configure), 0xBF24, &d) != 0)
		goto bad;
	if (d.value.len == 0)
		return 0;
	if (d.value.len > 128 || der_whole(d.value, 0xB8, &b8) != 0)
		goto bad;
	v = b8.value;
	if (der_expect(&v, 0x80, &oid) != 0 || oid.value.len == 0)
		goto bad;
	return 0;
bad:
	return unbsp_fail(u, DPE_SYNTAX, UNBSP_CONFIGURE, UNBSP_VALUES,
	    "ConfigureISDP does not parse");
}

/* A1: one 88, or a full one and the rest (2.5.4.3), together one BF25. */
static int
unbsp_metadata(struct unbsp *u)
{
	struct slice	 s = u->a1;
	struct buf	*m = &u->out->metadata;
	struct der	 d;
	int		 r;

	if ((r = unbsp_take(u, UNBSP_METADATA, 0x88, &s, m)) != 0)
		return r;
	if (s.len != 0) {
		if (m->len != UNBSP_CLEAR)
			return unbsp_fail(u, DPE_SYNTAX, UNBSP_METADATA2,
			    UNBSP_STRUCTURE, "the first 88 is not full");
		if ((r = unbsp_take(u, UNBSP_METADATA2, 0x88, &s, m)) != 0)
			return r;
	}
	if (s.len != 0)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_METADATA2,
		    UNBSP_STRUCTURE, "more than two 88");
	if (der_whole(buf_slice(m), 0xBF25, &d) != 0)
		return unbsp_fail(u, DPE_SYNTAX, UNBSP_METADATA,
		    UNBSP_VALUES, "no StoreMetadata in A1");
	return 0;
}

/* BF26 36 { 80 10 mcv, 81 10 ppkEnc, 82 10 ppkCmac } to 48 octets. */
static int
unbsp_ppk(struct slice plain, uint8_t data[48])
{
	struct slice	 s;
	struct der	 d;
	uint32_t	 i;

	if (der_whole(plain, 0xBF26, &d) != 0)
		return DPE_SYNTAX;
	for (s = d.value, i = 0; i < 3; i++) {
		if (der_expect(&s, 0x80 + i, &d) != 0 || d.value.len != 16)
			return DPE_SYNTAX;
		memcpy(data + 16 * i, d.value.p, 16);
	}
	return s.len == 0 ? 0 : DPE_SYNTAX;
}

/* A2, when it is there: exactly one 87; counter and chain start anew. */
static int
unbsp_replace(struct unbsp *u)
{
	struct slice	 s = u->a2;
	struct buf	 plain = {0};
	uint8_t		 data[48];
	int		 r;

	if (s.len == 0)
		return 0;
	if ((r = unbsp_take(u, UNBSP_REPLACE_KEYS, 0x87, &s, &plain)) != 0)
		goto out;
	if (s.len != 0 || unbsp_ppk(buf_slice(&plain), data) != 0) {
		r = unbsp_fail(u, DPE_SYNTAX, UNBSP_REPLACE_KEYS,
		    UNBSP_VALUES, "ReplaceSessionKeys does not parse");
		goto out;
	}
	u->out->own_keys = true;
	if ((r = unbsp_keys_set(&u->keys, data)) != 0)
		r = unbsp_fail(u, r, UNBSP_REPLACE_KEYS, UNBSP_UNKNOWN,
		    "no keys");
out:
	mem_wipe(data, sizeof(data));
	buf_free(&plain);
	return r;
}

/* A3: one 86 or more, all of them full but the last (2.5.3). */
static int
unbsp_profile(struct unbsp *u)
{
	struct slice	 s = u->a3;
	struct buf	*upp = &u->out->upp;
	size_t		 before;
	int		 r;

	buf_reserve(upp, s.len);	/* so that no copy is left behind */
	do {
		before = upp->len;
		if ((r = unbsp_take(u, UNBSP_PROFILE, 0x86, &s, upp)) != 0)
			return r;
		if (s.len != 0 && upp->len - before != UNBSP_FULL)
			return unbsp_fail(u, DPE_SYNTAX, UNBSP_PROFILE,
			    UNBSP_STRUCTURE, "an 86 before the last is not "
			    "full");
	} while (s.len != 0);
	if (upp->len > LIM_UPP)
		return unbsp_fail(u, DPE_RANGE, UNBSP_PROFILE, UNBSP_MEMORY,
		    "the profile is too large");
	return 0;
}

int
unbsp_open(const struct unbsp_in *in, struct slice bpp, struct unbsp_out *out,
    struct unbsp_fault *fault, struct why *why)
{
	struct unbsp	 u;
	int		 r;

	memset(&u, 0, sizeof(u));
	memset(out, 0, sizeof(*out));
	u.in = in;
	u.out = out;
	u.fault = fault;
	u.why = why;
	if ((r = unbsp_frame(&u, bpp)) == 0 && (r = unbsp_channel(&u)) == 0 &&
	    (r = unbsp_signature(&u)) == 0 && (r = unbsp_derive(&u)) == 0 &&
	    (r = unbsp_configure(&u)) == 0 && (r = unbsp_metadata(&u)) == 0 &&
	    (r = unbsp_replace(&u)) == 0)
		r = unbsp_profile(&u);
	unbsp_keys_free(&u.keys);
	if (r != 0)
		unbsp_free(out);
	return r;
}

void
unbsp_free(struct unbsp_out *out)
{
	buf_free(&out->configure);
	buf_free(&out->metadata);
	buf_free(&out->upp);
	memset(out, 0, sizeof(*out));
}
