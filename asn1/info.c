/* SPDX-License-Identifier: Apache-2.0 */
/* EUICCInfo1, and EUICCInfo2 for eusigned.c. */
#include "asn1/info.h"

#include <EuiccInfo1.h>
#include <EuiccInfo2.h>

#include <string.h>

int
euicc_info1_decode(struct slice in, struct euicc_info1 *out)
{
	EuiccInfo1_t	*v;
	void		*p;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_EuiccInfo1, in, &out->msg, &p)) != 0)
		return r;
	v = p;
	codec_copy(out->svn, sizeof(out->svn), &v->svn);
	codec_key_ids(&out->verify, &v->verification);
	codec_key_ids(&out->sign, &v->signing);
	return 0;
}

int
euicc_info1_encode(const struct euicc_info1 *in, struct buf *out)
{
	struct key_list	 verify, sign;
	EuiccInfo1_t	 v;

	memset(&v, 0, sizeof(v));
	v.svn = octets_of(slice_of(in->svn, sizeof(in->svn)));
	v.verification = key_ids_of(&in->verify, &verify);
	v.signing = key_ids_of(&in->sign, &sign);
	return codec_encode(&asn_DEF_EuiccInfo1, &v, out);
}

/* What has no OPTIONAL in it. */
static void
info2_get(const EuiccInfo2_t *v, struct euicc_info2 *out)
{
	codec_copy(out->profile_version, 3, &v->profileVersion);
	codec_copy(out->svn, 3, &v->svn);
	codec_copy(out->firmware, 3, &v->firmware);
	codec_copy(out->pp_version, 3, &v->ppVersion);
	out->ext_card_resource = codec_slice(&v->cardResource);
	out->uicc_capability = codec_bits(&v->uiccCapability);
	out->rsp_capability = codec_bits(&v->rspCapability);
	codec_key_ids(&out->verify, &v->verification);
	codec_key_ids(&out->sign, &v->signing);
	out->sas_number = codec_slice(&v->sasNumber);
}

int
info2_decode(struct slice in, struct msg *m, struct euicc_info2 *out)
{
	EuiccInfo2_t	*v;
	void		*p;
	int		 r;

	if ((r = codec_decode(&asn_DEF_EuiccInfo2, in, m, &p)) != 0)
		return r;
	v = p;
	info2_get(v, out);
	out->raw = in;
	out->javacard = codec_slice(v->javacard);
	out->globalplatform = codec_slice(v->globalplatform);
	out->category = v->category != NULL ? *v->category : -1;
	out->has_forbidden_ppr = v->forbiddenPpr != NULL;
	if (out->has_forbidden_ppr)
		out->forbidden_ppr = codec_bits(v->forbiddenPpr);
	return 0;
}

static void
info2_put(const struct euicc_info2 *in, EuiccInfo2_t *v)
{
	v->profileVersion = octets_of(slice_of(in->profile_version, 3));
	v->svn = octets_of(slice_of(in->svn, 3));
	v->firmware = octets_of(slice_of(in->firmware, 3));
	v->ppVersion = octets_of(slice_of(in->pp_version, 3));
	v->cardResource = octets_of(in->ext_card_resource);
	v->uiccCapability = bit_string_of(in->uicc_capability);
	v->rspCapability = bit_string_of(in->rsp_capability);
	v->sasNumber = octets_of(in->sas_number);
}

int
info2_encode(const struct euicc_info2 *in, struct buf *out)
{
	struct key_list	 verify, sign;
	OCTET_STRING_t	 javacard, gp;
	BIT_STRING_t	 ppr = bit_string_of(in->forbidden_ppr);
	long		 category = in->category;
	EuiccInfo2_t	 v;

	memset(&v, 0, sizeof(v));
	info2_put(in, &v);
	v.verification = key_ids_of(&in->verify, &verify);
	v.signing = key_ids_of(&in->sign, &sign);
	if (in->javacard.len > 0)
		v.javacard = octets_if(in->javacard, &javacard);
	if (in->globalplatform.len > 0)
		v.globalplatform = octets_if(in->globalplatform, &gp);
	if (category >= 0)
		v.category = &category;
	if (in->has_forbidden_ppr)
		v.forbiddenPpr = &ppr;
	return codec_encode(&asn_DEF_EuiccInfo2, &v, out);
}

int
euicc_info2_encode(const struct euicc_info2 *in, struct buf *out)
{
	return info2_encode(in, out);
}
