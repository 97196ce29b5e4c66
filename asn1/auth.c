/* SPDX-License-Identifier: Apache-2.0 */
/* Common mutual authentication, 5.7.13. */
#include <AuthenticateServerResponse.h>
#include <EuiccSigned1.h>
#include <ServerSigned1.h>

#include <string.h>

#include "asn1/info.h"

#define TAG_SEQ		0x30
#define TAG_INFO2	0xbf22
#define TAG_CTX		0xa0

int
server_signed1_decode(struct slice in, struct server_signed1 *out)
{
	ServerSigned1_t	*v;
	void		*p;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_ServerSigned1, in, &out->msg, &p)) != 0)
		return r;
	v = p;
	out->tid = codec_slice(&v->transactionId);
	out->euicc_challenge = codec_slice(&v->euiccChallenge);
	out->address = codec_slice(&v->serverAddress);
	out->server_challenge = codec_slice(&v->serverChallenge);
	return 0;
}

int
server_signed1_encode(const struct server_signed1 *in, struct buf *out)
{
	ServerSigned1_t	 v;

	memset(&v, 0, sizeof(v));
	v.transactionId = octets_of(in->tid);
	v.euiccChallenge = octets_of(in->euicc_challenge);
	v.serverAddress = octets_of(in->address);
	v.serverChallenge = octets_of(in->server_challenge);
	return codec_encode(&asn_DEF_ServerSigned1, &v, out);
}

int
euicc_signed1_decode(struct slice in, struct euicc_signed1 *out)
{
	EuiccSigned1_t	*v;
	struct slice	 info2, ctx;
	void		*p;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_EuiccSigned1, in, &out->msg, &p)) != 0)
		return r;
	v = p;
	out->tid = codec_slice(&v->transactionId);
	out->address = codec_slice(&v->serverAddress);
	out->server_challenge = codec_slice(&v->serverChallenge);
	if ((r = codec_any(&v->euiccInfo2, TAG_INFO2, &info2)) != 0 ||
	    (r = codec_any(&v->ctxParams1, TAG_CTX, &ctx)) != 0 ||
	    (r = info2_decode(info2, &out->msg, &out->info2)) != 0)
		return r;
	return ctx_params_decode(ctx, out);
}

int
euicc_signed1_encode(const struct euicc_signed1 *in, struct buf *out)
{
	struct buf	 info2 = {0}, ctx = {0};
	EuiccSigned1_t	 v;
	int		 r;

	memset(&v, 0, sizeof(v));
	v.transactionId = octets_of(in->tid);
	v.serverAddress = octets_of(in->address);
	v.serverChallenge = octets_of(in->server_challenge);
	if (in->ctx_given.len > 0)
		buf_set(&ctx, in->ctx_given);
	else if ((r = ctx_params_encode(in, &ctx)) != 0)
		goto out;
	if ((r = info2_encode(&in->info2, &info2)) != 0 ||
	    (r = any_of(buf_slice(&info2), TAG_INFO2, &v.euiccInfo2)) != 0 ||
	    (r = any_of(buf_slice(&ctx), TAG_CTX, &v.ctxParams1)) != 0)
		goto out;
	r = codec_encode(&asn_DEF_EuiccSigned1, &v, out);
out:
	buf_free(&info2);
	buf_free(&ctx);
	return r;
}

static int
auth_ok_decode(const AuthenticateServerOk_t *v, struct auth_response *out)
{
	int	 r;

	out->ok = true;
	out->signature = codec_slice(&v->signature1);
	if ((r = codec_any(&v->signed1, TAG_SEQ, &out->signed1)) != 0 ||
	    (r = codec_any(&v->euiccCert, TAG_SEQ, &out->euicc_cert)) != 0)
		return r;
	return codec_any(&v->eumCert, TAG_SEQ, &out->eum_cert);
}

int
auth_response_decode(struct slice in, struct auth_response *out)
{
	AuthenticateServerResponse_t	*v;
	void				*p;
	int				 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_AuthenticateServerResponse, in,
	    &out->msg, &p)) != 0)
		return r;
	v = p;
	if (v->present == AuthenticateServerResponse_PR_ok)
		return auth_ok_decode(&v->choice.ok, out);
	out->tid = codec_slice(&v->choice.error.transactionId);
	out->error = v->choice.error.code;
	return 0;
}

static int
auth_ok_encode(const struct auth_response *in, AuthenticateServerOk_t *v)
{
	int	 r;

	if ((r = signature_of(in->signature, &v->signature1)) != 0 ||
	    (r = any_of(in->signed1, TAG_SEQ, &v->signed1)) != 0 ||
	    (r = any_of(in->euicc_cert, TAG_SEQ, &v->euiccCert)) != 0)
		return r;
	return any_of(in->eum_cert, TAG_SEQ, &v->eumCert);
}

int
auth_response_encode(const struct auth_response *in, struct buf *out)
{
	AuthenticateServerResponse_t	 v;
	int				 r;

	memset(&v, 0, sizeof(v));
	if (in->ok) {
		v.present = AuthenticateServerResponse_PR_ok;
		if ((r = auth_ok_encode(in, &v.choice.ok)) != 0)
			return r;
	} else {
		v.present = AuthenticateServerResponse_PR_error;
		v.choice.error.transactionId = octets_of(in->tid);
		v.choice.error.code = in->error;
	}
	return codec_encode(&asn_DEF_AuthenticateServerResponse, &v, out);
}
