/* SPDX-License-Identifier: Apache-2.0 */
/* Download preparation, 5.7.5. */
#include <EuiccSigned2.h>
#include <PrepareDownloadResponse.h>
#include <SmdpSigned2.h>

#include <string.h>

#include "asn1/codec.h"

#define TAG_SEQ	0x30

int
smdp_signed2_decode(struct slice in, struct smdp_signed2 *out)
{
	SmdpSigned2_t	*v;
	void		*p;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_SmdpSigned2, in, &out->msg, &p)) != 0)
		return r;
	v = p;
	out->tid = codec_slice(&v->transactionId);
	out->cc_required = v->ccRequired != 0;
	out->bpp_euicc_otpk = codec_slice(v->bppEuiccOtpk);
	return 0;
}

int
smdp_signed2_encode(const struct smdp_signed2 *in, struct buf *out)
{
	OCTET_STRING_t	 otpk;
	SmdpSigned2_t	 v;

	memset(&v, 0, sizeof(v));
	v.transactionId = octets_of(in->tid);
	v.ccRequired = in->cc_required;
	if (in->bpp_euicc_otpk.len > 0)
		v.bppEuiccOtpk = octets_if(in->bpp_euicc_otpk, &otpk);
	return codec_encode(&asn_DEF_SmdpSigned2, &v, out);
}

int
euicc_signed2_decode(struct slice in, struct euicc_signed2 *out)
{
	EuiccSigned2_t	*v;
	void		*p;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_EuiccSigned2, in, &out->msg, &p)) != 0)
		return r;
	v = p;
	out->tid = codec_slice(&v->transactionId);
	out->euicc_otpk = codec_slice(&v->euiccOtpk);
	out->hash_cc = codec_slice(v->hashCc);
	return 0;
}

int
euicc_signed2_encode(const struct euicc_signed2 *in, struct buf *out)
{
	OCTET_STRING_t	 hash;
	EuiccSigned2_t	 v;

	memset(&v, 0, sizeof(v));
	v.transactionId = octets_of(in->tid);
	v.euiccOtpk = octets_of(in->euicc_otpk);
	if (in->hash_cc.len > 0)
		v.hashCc = octets_if(in->hash_cc, &hash);
	return codec_encode(&asn_DEF_EuiccSigned2, &v, out);
}

int
prepare_response_decode(struct slice in, struct prepare_response *out)
{
	PrepareDownloadResponse_t	*v;
	void				*p;
	int				 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_PrepareDownloadResponse, in,
	    &out->msg, &p)) != 0)
		return r;
	v = p;
	if (v->present == PrepareDownloadResponse_PR_ok) {
		out->ok = true;
		out->signature = codec_slice(&v->choice.ok.signature2);
		return codec_any(&v->choice.ok.signed2, TAG_SEQ,
		    &out->signed2);
	}
	out->tid = codec_slice(&v->choice.error.transactionId);
	out->error = v->choice.error.code;
	return 0;
}

int
prepare_response_encode(const struct prepare_response *in, struct buf *out)
{
	PrepareDownloadResponse_t	 v;
	PrepareDownloadOk_t		*ok = &v.choice.ok;
	int				 r;

	memset(&v, 0, sizeof(v));
	if (in->ok) {
		v.present = PrepareDownloadResponse_PR_ok;
		if ((r = signature_of(in->signature, &ok->signature2)) != 0 ||
		    (r = any_of(in->signed2, TAG_SEQ, &ok->signed2)) != 0)
			return r;
	} else {
		v.present = PrepareDownloadResponse_PR_error;
		v.choice.error.transactionId = octets_of(in->tid);
		v.choice.error.code = in->error;
	}
	return codec_encode(&asn_DEF_PrepareDownloadResponse, &v, out);
}
