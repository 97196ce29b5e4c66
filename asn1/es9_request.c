/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/es9.h"

#include <Es9Request.h>

#include <string.h>

#include "asn1/codec.h"
#include "base/der.h"

#define TAG_SEQ		0x30
#define TAG_INFO1	0xbf20
#define TAG_PREPARE	0xbf21
#define TAG_INSTALL	0xbf37
#define TAG_AUTH	0xbf38
#define TAG_CANCEL	0xbf41
#define TAG_CANCEL_OK	0xa0
#define TAG_CANCEL_ERR	0x81

/* Either tag; anything else fails as the first. */
static int
any_get2(const ANY_t *any, uint32_t a, uint32_t b, struct slice *out)
{
	return codec_any(any, b, out) == 0 ? 0 : codec_any(any, a, out);
}

static int
any_put2(struct slice s, uint32_t a, uint32_t b, ANY_t *out)
{
	return any_of(s, b, out) == 0 ? 0 : any_of(s, a, out);
}

static int
initiate_get(const Es9Initiate_t *v, struct es9_request *out)
{
	out->function = ES9_INITIATE;
	out->challenge = codec_slice(&v->euiccChallenge);
	out->address = codec_slice(&v->smdpAddress);
	return codec_any(&v->euiccInfo1, TAG_INFO1, &out->message);
}

static int
cancel_get(const Es9Cancel_t *v, struct es9_request *out)
{
	struct buf	 b = {0};
	struct slice	 inner;
	int		 r;

	out->function = ES9_CANCEL;
	out->tid = codec_slice(&v->transactionId);
	r = any_get2(&v->response, TAG_CANCEL_OK, TAG_CANCEL_ERR, &inner);
	if (r != 0)
		return r;
	der_add(&b, TAG_CANCEL, inner);
	out->message = codec_keep(&out->msg, &b);
	return 0;
}

static int
request_get(const Es9Request_t *v, struct es9_request *out)
{
	switch (v->present) {
	case Es9Request_PR_initiate:
		return initiate_get(&v->choice.initiate, out);
	case Es9Request_PR_authenticate:
		out->function = ES9_AUTHENTICATE;
		out->tid = codec_slice(&v->choice.authenticate.transactionId);
		return codec_any(&v->choice.authenticate.response, TAG_AUTH,
		    &out->message);
	case Es9Request_PR_getBpp:
		out->function = ES9_GET_BPP;
		out->tid = codec_slice(&v->choice.getBpp.transactionId);
		return codec_any(&v->choice.getBpp.response, TAG_PREPARE,
		    &out->message);
	case Es9Request_PR_notify:
		out->function = ES9_NOTIFY;
		return any_get2(&v->choice.notify.notification, TAG_INSTALL,
		    TAG_SEQ, &out->message);
	case Es9Request_PR_cancel:
		return cancel_get(&v->choice.cancel, out);
	default:
		return DPE_SYNTAX;
	}
}

int
es9_request_decode(struct slice in, struct es9_request *out)
{
	void	*p;
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_Es9Request, in, &out->msg, &p)) != 0)
		return r;
	return request_get(p, out);
}

static int
initiate_put(const struct es9_request *in, Es9Request_t *v)
{
	v->present = Es9Request_PR_initiate;
	v->choice.initiate.euiccChallenge = octets_of(in->challenge);
	v->choice.initiate.smdpAddress = octets_of(in->address);
	return any_of(in->message, TAG_INFO1, &v->choice.initiate.euiccInfo1);
}

static int
cancel_put(const struct es9_request *in, Es9Request_t *v)
{
	struct der	 d;

	v->present = Es9Request_PR_cancel;
	v->choice.cancel.transactionId = octets_of(in->tid);
	if (der_whole(in->message, TAG_CANCEL, &d) != 0)
		return DPE_RANGE;
	return any_put2(d.value, TAG_CANCEL_OK, TAG_CANCEL_ERR,
	    &v->choice.cancel.response);
}

static int
request_put(const struct es9_request *in, Es9Request_t *v)
{
	switch (in->function) {
	case ES9_INITIATE:
		return initiate_put(in, v);
	case ES9_AUTHENTICATE:
		v->present = Es9Request_PR_authenticate;
		v->choice.authenticate.transactionId = octets_of(in->tid);
		return any_of(in->message, TAG_AUTH,
		    &v->choice.authenticate.response);
	case ES9_GET_BPP:
		v->present = Es9Request_PR_getBpp;
		v->choice.getBpp.transactionId = octets_of(in->tid);
		return any_of(in->message, TAG_PREPARE,
		    &v->choice.getBpp.response);
	case ES9_NOTIFY:
		v->present = Es9Request_PR_notify;
		return any_put2(in->message, TAG_INSTALL, TAG_SEQ,
		    &v->choice.notify.notification);
	case ES9_CANCEL:
		return cancel_put(in, v);
	}
	return DPE_RANGE;
}

int
es9_request_encode(const struct es9_request *in, struct buf *out)
{
	Es9Request_t	 v;
	int		 r;

	memset(&v, 0, sizeof(v));
	if ((r = request_put(in, &v)) != 0)
		return r;
	return codec_encode(&asn_DEF_Es9Request, &v, out);
}
