/* SPDX-License-Identifier: Apache-2.0 */
/* The commands of ES8+ besides the metadata, 5.5. */
#include <ConfigureIsdp.h>
#include <InitialiseSecureChannel.h>
#include <ReplaceSessionKeys.h>

#include <string.h>

#include "asn1/codec.h"
#include "base/der.h"

#define TAG_SIGNATURE	0x5f37
#define TAG_OTPK	0x5f49
#define TAG_CHANNEL	0xbf23
#define TAG_CONFIGURE	0xbf24
#define TAG_DP_DATA	0xb8
#define DP_DATA_MAX	128	/* dpProprietaryData with its tag and length */

int
secure_channel_decode(struct slice in, struct secure_channel *out)
{
	InitialiseSecureChannel_t	*v;
	void				*p;
	int				 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_InitialiseSecureChannel, in,
	    &out->msg, &p)) != 0)
		return r;
	v = p;
	out->remote_op = v->operation;
	out->tid = codec_slice(&v->transactionId);
	codec_copy(&out->key_type, 1, &v->controlRef.keyType);
	codec_copy(&out->key_len, 1, &v->controlRef.keyLen);
	out->host_id = codec_slice(&v->controlRef.hostId);
	out->smdp_otpk = codec_slice(&v->smdpOtpk);
	out->smdp_sign = codec_slice(&v->smdpSign);
	return 0;
}

static int
secure_channel_put(const struct secure_channel *in, struct slice sign,
    struct buf *out)
{
	InitialiseSecureChannel_t	 v;
	int				 r;

	memset(&v, 0, sizeof(v));
	v.operation = in->remote_op;
	v.transactionId = octets_of(in->tid);
	v.controlRef.keyType = octets_of(slice_of(&in->key_type, 1));
	v.controlRef.keyLen = octets_of(slice_of(&in->key_len, 1));
	v.controlRef.hostId = octets_of(in->host_id);
	v.smdpOtpk = octets_of(in->smdp_otpk);
	if ((r = signature_of(sign, &v.smdpSign)) != 0)
		return r;
	return codec_encode(&asn_DEF_InitialiseSecureChannel, &v, out);
}

int
secure_channel_encode(const struct secure_channel *in, struct buf *out)
{
	return secure_channel_put(in, in->smdp_sign, out);
}

/* Encoded once with an empty signature, whose TLV is then left out. */
int
secure_channel_tbs(const struct secure_channel *in, struct slice euicc_otpk,
    struct buf *out)
{
	uint8_t		 zero[SIG_LEN] = {0};
	struct buf	 b = {0};
	struct der	 d;
	int		 r;

	r = secure_channel_put(in, slice_of(zero, sizeof(zero)), &b);
	if (r == 0)
		r = der_whole(buf_slice(&b), TAG_CHANNEL, &d);
	if (r == 0) {
		buf_add_slice(out, slice_sub(d.value, 0, d.value.len -
		    der_head_size(TAG_SIGNATURE, SIG_LEN) - SIG_LEN));
		der_add(out, TAG_OTPK, euicc_otpk);
	}
	buf_free(&b);
	return r;
}

int
configure_isdp_decode(struct slice in, struct configure_isdp *out)
{
	ConfigureIsdp_t	*v;
	struct der	 d;
	void		*p;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_ConfigureIsdp, in, &out->msg, &p)) != 0)
		return r;
	v = p;
	if (v->proprietary == NULL)
		return 0;
	out->dp_oid = codec_oid(&v->proprietary->dpOid);
	/* The bound is on all of it, of which we know the OID only. */
	if ((r = der_whole(in, TAG_CONFIGURE, &d)) != 0 ||
	    (r = der_find(d.value, TAG_DP_DATA, &d)) != 0)
		return r;
	return d.raw.len > DP_DATA_MAX ? DPE_RANGE : 0;
}

int
configure_isdp_encode(const struct configure_isdp *in, struct buf *out)
{
	DpProprietary_t	 dp;
	ConfigureIsdp_t	 v;

	memset(&v, 0, sizeof(v));
	memset(&dp, 0, sizeof(dp));
	if (in->dp_oid.len > 0) {
		if (in->dp_oid.len > DP_DATA_MAX - 4)
			return DPE_RANGE;
		dp.dpOid = oid_of(in->dp_oid);
		v.proprietary = &dp;
	}
	return codec_encode(&asn_DEF_ConfigureIsdp, &v, out);
}

/* asn1c frees without wiping, so the keys move into bytes of ours. */
static void
replace_keys_move(ReplaceSessionKeys_t *v, struct replace_keys *out)
{
	OCTET_STRING_t	*from[] = { &v->macChaining, &v->ppkEnc, &v->ppkCmac };
	struct slice	*to[] = { &out->mac_chaining, &out->ppk_enc,
			    &out->ppk_cmac };
	struct buf	 b;
	size_t		 i;

	for (i = 0; i < 3; i++) {
		memset(&b, 0, sizeof(b));
		buf_add_slice(&b, codec_slice(from[i]));
		mem_wipe(from[i]->buf, (size_t)from[i]->size);
		*to[i] = codec_keep(&out->msg, &b);
	}
}

int
replace_keys_decode(struct slice in, struct replace_keys *out)
{
	void	*p;
	int	 r;

	memset(out, 0, sizeof(*out));
	r = codec_decode(&asn_DEF_ReplaceSessionKeys, in, &out->msg, &p);
	if (r == 0)
		replace_keys_move(p, out);
	return r;
}

int
replace_keys_encode(const struct replace_keys *in, struct buf *out)
{
	ReplaceSessionKeys_t	 v;

	memset(&v, 0, sizeof(v));
	v.macChaining = octets_of(in->mac_chaining);
	v.ppkEnc = octets_of(in->ppk_enc);
	v.ppkCmac = octets_of(in->ppk_cmac);
	return codec_encode(&asn_DEF_ReplaceSessionKeys, &v, out);
}
