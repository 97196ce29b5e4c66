/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/es9.h"

#include <Es9Response.h>

#include <string.h>

#include "asn1/codec.h"

#define TAG_SEQ		0x30
#define TAG_METADATA	0xbf25
#define TAG_BPP		0xbf36

static int
initiate_get(const Es9InitiateOk_t *v, struct es9_response *out)
{
	int	 r;

	out->tid = codec_slice(&v->transactionId);
	out->signature = codec_slice(&v->signature1);
	out->ci_key_id = codec_slice(&v->ciKeyId);
	if ((r = codec_any(&v->signed1, TAG_SEQ, &out->signed_data)) != 0)
		return r;
	return codec_any(&v->certificate, TAG_SEQ, &out->certificate);
}

static int
authenticate_get(const Es9AuthenticateOk_t *v, struct es9_response *out)
{
	int	 r;

	out->tid = codec_slice(&v->transactionId);
	out->signature = codec_slice(&v->signature2);
	if ((r = codec_any(&v->metadata, TAG_METADATA,
	    &out->metadata)) != 0 ||
	    (r = codec_any(&v->signed2, TAG_SEQ, &out->signed_data)) != 0)
		return r;
	return codec_any(&v->certificate, TAG_SEQ, &out->certificate);
}

/* Note that it failed. */
static int
error_get(long error, struct es9_response *out)
{
	out->ok = false;
	out->error = error;
	return 0;
}

static int
response_get(const Es9Response_t *v, struct es9_response *out)
{
	out->ok = true;
	switch (v->present) {
	case Es9Response_PR_initiate:
		out->function = ES9_INITIATE;
		if (v->choice.initiate.present == Es9InitiateAnswer_PR_error)
			return error_get(v->choice.initiate.choice.error, out);
		return initiate_get(&v->choice.initiate.choice.ok, out);
	case Es9Response_PR_authenticate:
		out->function = ES9_AUTHENTICATE;
		if (v->choice.authenticate.present ==
		    Es9AuthenticateAnswer_PR_error)
			return error_get(v->choice.authenticate.choice.error,
			    out);
		return authenticate_get(&v->choice.authenticate.choice.ok,
		    out);
	case Es9Response_PR_getBpp:
		out->function = ES9_GET_BPP;
		if (v->choice.getBpp.present == Es9GetBppAnswer_PR_error)
			return error_get(v->choice.getBpp.choice.error, out);
		out->tid = codec_slice(
		    &v->choice.getBpp.choice.ok.transactionId);
		return codec_any(&v->choice.getBpp.choice.ok.bpp, TAG_BPP,
		    &out->bpp);
	case Es9Response_PR_cancel:
		out->function = ES9_CANCEL;
		if (v->choice.cancel.present == Es9CancelAnswer_PR_error)
			return error_get(v->choice.cancel.choice.error, out);
		return 0;
	default:
		return DPE_SYNTAX;
	}
}

int
es9_response_decode(struct slice in, struct es9_response *out)
{
	void	*p;
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_Es9Response, in, &out->msg, &p)) != 0)
		return r;
	return response_get(p, out);
}

static int
initiate_put(const struct es9_response *in, Es9InitiateAnswer_t *v)
{
	int	 r;

	if (!in->ok) {
		v->present = Es9InitiateAnswer_PR_error;
		v->choice.error = in->error;
		return 0;
	}
	v->present = Es9InitiateAnswer_PR_ok;
	v->choice.ok.transactionId = octets_of(in->tid);
	v->choice.ok.ciKeyId = octets_of(in->ci_key_id);
	if ((r = signature_of(in->signature,
	    &v->choice.ok.signature1)) != 0 ||
	    (r = any_of(in->signed_data, TAG_SEQ,
	    &v->choice.ok.signed1)) != 0)
		return r;
	return any_of(in->certificate, TAG_SEQ, &v->choice.ok.certificate);
}

static int
authenticate_put(const struct es9_response *in, Es9AuthenticateAnswer_t *v)
{
	Es9AuthenticateOk_t	*ok = &v->choice.ok;
	int			 r;

	if (!in->ok) {
		v->present = Es9AuthenticateAnswer_PR_error;
		v->choice.error = in->error;
		return 0;
	}
	v->present = Es9AuthenticateAnswer_PR_ok;
	ok->transactionId = octets_of(in->tid);
	if ((r = signature_of(in->signature, &ok->signature2)) != 0 ||
	    (r = any_of(in->metadata, TAG_METADATA, &ok->metadata)) != 0 ||
	    (r = any_of(in->signed_data, TAG_SEQ, &ok->signed2)) != 0)
		return r;
	return any_of(in->certificate, TAG_SEQ, &ok->certificate);
}

static int
get_bpp_put(const struct es9_response *in, Es9GetBppAnswer_t *v)
{
	if (!in->ok) {
		v->present = Es9GetBppAnswer_PR_error;
		v->choice.error = in->error;
		return 0;
	}
	v->present = Es9GetBppAnswer_PR_ok;
	v->choice.ok.transactionId = octets_of(in->tid);
	return any_of(in->bpp, TAG_BPP, &v->choice.ok.bpp);
}

static int
cancel_put(const struct es9_response *in, Es9CancelAnswer_t *v)
{
	v->present = in->ok ? Es9CancelAnswer_PR_ok : Es9CancelAnswer_PR_error;
	if (!in->ok)
		v->choice.error = in->error;
	return 0;
}

static int
response_put(const struct es9_response *in, Es9Response_t *v)
{
	switch (in->function) {
	case ES9_INITIATE:
		v->present = Es9Response_PR_initiate;
		return initiate_put(in, &v->choice.initiate);
	case ES9_AUTHENTICATE:
		v->present = Es9Response_PR_authenticate;
		return authenticate_put(in, &v->choice.authenticate);
	case ES9_GET_BPP:
		v->present = Es9Response_PR_getBpp;
		return get_bpp_put(in, &v->choice.getBpp);
	case ES9_CANCEL:
		v->present = Es9Response_PR_cancel;
		return cancel_put(in, &v->choice.cancel);
	case ES9_NOTIFY:
		break;
	}
	return DPE_RANGE;
}

int
es9_response_encode(const struct es9_response *in, struct buf *out)
{
	Es9Response_t	 v;
	int		 r;

	memset(&v, 0, sizeof(v));
	if ((r = response_put(in, &v)) != 0)
		return r;
	return codec_encode(&asn_DEF_Es9Response, &v, out);
}
