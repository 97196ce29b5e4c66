/* SPDX-License-Identifier: Apache-2.0 */
/* CtxParams1: MatchingID, DeviceInfo, DeviceCapabilities (4.2, 5.7.13). */
#include "asn1/info.h"

#include <CtxParams1.h>

#include <string.h>

#include "base/der.h"

#define TAG_CTX_COMMON	0xa0
#define TAG_DEVICE	0xa1

/* Where the member of tag 80 + i stands in asn1c's structure. */
static OCTET_STRING_t **
device_cap_at(DeviceCapabilities_t *c, size_t i)
{
	OCTET_STRING_t	**at[DEVICE_CAPS] = {
		&c->gsm, &c->utran, &c->cdma1x, &c->hrpd, &c->ehrpd,
		&c->eutran, &c->contactless, &c->rspCrl, &c->nrEpc, &c->nr5gc,
		&c->eutran5gc, &c->lpaSvn, &c->catClasses, &c->formFactor
	};

	return at[i];
}

/* The A1 TLV as received; it is there, since the type has been decoded. */
static int
device_raw(struct slice ctx, struct slice *out)
{
	struct der	 d;
	int		 r;

	if ((r = der_whole(ctx, TAG_CTX_COMMON, &d)) != 0 ||
	    (r = der_find(d.value, TAG_DEVICE, &d)) != 0)
		return r;
	*out = d.raw;
	return 0;
}

int
ctx_params_decode(struct slice in, struct euicc_signed1 *out)
{
	CtxParamsCommon_t	*v;
	CtxParams1_t		*ctx;
	void			*p;
	size_t			 i;
	int			 r;

	r = codec_decode(&asn_DEF_CtxParams1, in, &out->msg, &p);
	if (r != 0)
		return r;
	ctx = p;
	v = &ctx->choice.common;
	out->has_matching_id = v->matchingId != NULL;
	out->matching_id = codec_slice(v->matchingId);
	out->tac = codec_slice(&v->device.tac);
	out->imei = codec_slice(v->device.imei);
	for (i = 0; i < DEVICE_CAPS; i++)
		out->device_cap[i] = codec_slice(
		    *device_cap_at(&v->device.capabilities, i));
	return device_raw(in, &out->device_raw);
}

int
ctx_params_encode(const struct euicc_signed1 *in, struct buf *out)
{
	OCTET_STRING_t		 id, imei, cap[DEVICE_CAPS];
	CtxParamsCommon_t	*v;
	CtxParams1_t		 ctx;
	size_t			 i;

	memset(&ctx, 0, sizeof(ctx));
	ctx.present = CtxParams1_PR_common;
	v = &ctx.choice.common;
	if (in->has_matching_id) {
		id = octets_of(in->matching_id);
		v->matchingId = &id;
	}
	v->device.tac = octets_of(in->tac);
	if (in->imei.len > 0)
		v->device.imei = octets_if(in->imei, &imei);
	for (i = 0; i < DEVICE_CAPS; i++)
		*device_cap_at(&v->device.capabilities, i) =
		    octets_if(in->device_cap[i], &cap[i]);
	return codec_encode(&asn_DEF_CtxParams1, &ctx, out);
}
