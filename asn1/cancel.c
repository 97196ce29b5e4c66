/* SPDX-License-Identifier: Apache-2.0 */
/* Cancel session, 5.7.14. */
#include <CancelSessionResponse.h>
#include <CancelSessionSigned.h>

#include <string.h>

#include "asn1/codec.h"

#define TAG_SEQ	0x30

int
cancel_response_decode(struct slice in, struct cancel_response *out)
{
	CancelSessionResponse_t	*v;
	void			*p;
	int			 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_CancelSessionResponse, in, &out->msg,
	    &p)) != 0)
		return r;
	v = p;
	if (v->present == CancelSessionResponse_PR_error) {
		out->error = v->choice.error;
		return 0;
	}
	out->ok = true;
	out->signature = codec_slice(&v->choice.ok.signature);
	return codec_any(&v->choice.ok.data, TAG_SEQ, &out->signed_data);
}

int
cancel_response_encode(const struct cancel_response *in, struct buf *out)
{
	CancelSessionResponse_t	 v;
	CancelSessionOk_t	*ok = &v.choice.ok;
	int			 r;

	memset(&v, 0, sizeof(v));
	if (in->ok) {
		v.present = CancelSessionResponse_PR_ok;
		if ((r = signature_of(in->signature, &ok->signature)) != 0 ||
		    (r = any_of(in->signed_data, TAG_SEQ, &ok->data)) != 0)
			return r;
	} else {
		v.present = CancelSessionResponse_PR_error;
		v.choice.error = in->error;
	}
	return codec_encode(&asn_DEF_CancelSessionResponse, &v, out);
}

int
cancel_signed_decode(struct slice in, struct cancel_signed *out)
{
	CancelSessionSigned_t	*v;
	void			*p;
	int			 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_CancelSessionSigned, in, &out->msg,
	    &p)) != 0)
		return r;
	v = p;
	out->tid = codec_slice(&v->transactionId);
	out->smdp_oid = codec_oid(&v->smdpOid);
	out->reason = v->reason;
	return 0;
}

int
cancel_signed_encode(const struct cancel_signed *in, struct buf *out)
{
	CancelSessionSigned_t	 v;

	memset(&v, 0, sizeof(v));
	v.transactionId = octets_of(in->tid);
	v.smdpOid = oid_of(in->smdp_oid);
	v.reason = in->reason;
	return codec_encode(&asn_DEF_CancelSessionSigned, &v, out);
}
