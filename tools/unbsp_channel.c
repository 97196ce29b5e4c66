/* SPDX-License-Identifier: Apache-2.0 */
/* InitialiseSecureChannel and the keys that follow from it, 5.5.1, Annex G. */
#include <string.h>

#include "base/der.h"
#include "tools/unbsp_int.h"

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

int
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
int
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
int
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
