/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ASN.1 binding of ES9+ (SGP.22 6.6; spec 01, section 5): the same
 * functions, in an A2 envelope, with numbers in place of status codes.
 */
#include <string.h>
#include <strings.h>

#include "asn1/es9.h"
#include "base/hex.h"
#include "server/http/es9_binding.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"

#define ASN1_PATH	"/gsma/rsp2/asn1"
#define ASN1_TYPE	"application/x-gsma-rsp-asn1"
#define UNDEFINED_ERROR	127

static const char *const names[] = {
	[ES9_INITIATE] = "initiateAuthentication",
	[ES9_AUTHENTICATE] = "authenticateClient",
	[ES9_GET_BPP] = "getBoundProfilePackage",
	[ES9_NOTIFY] = "handleNotification",
	[ES9_CANCEL] = "cancelSession",
};

/* The error INTEGER of a function for a refusal (6.6.2; spec 02, 1). */
static const struct {
	enum es9_function	function;
	int			refusal;
	long			error;
} errors[] = {
	{ ES9_INITIATE, REFUSE_ADDRESS, 1 },
	{ ES9_INITIATE, REFUSE_SVN, 2 },
	{ ES9_INITIATE, REFUSE_SECURITY, 3 },
	{ ES9_INITIATE, REFUSE_DP_CERT, 3 },
	{ ES9_AUTHENTICATE, REFUSE_EUM, 1 },
	{ ES9_AUTHENTICATE, REFUSE_EUM_DATE, 2 },
	{ ES9_AUTHENTICATE, REFUSE_EUICC, 3 },
	{ ES9_AUTHENTICATE, REFUSE_EUICC_DATE, 4 },
	{ ES9_AUTHENTICATE, REFUSE_EUICC_SIG, 5 },
	{ ES9_AUTHENTICATE, REFUSE_MATCHING_ID, 6 },
	{ ES9_AUTHENTICATE, REFUSE_EID, 7 },
	{ ES9_AUTHENTICATE, REFUSE_INELIGIBLE, 8 },
	{ ES9_AUTHENTICATE, REFUSE_CI, 9 },
	{ ES9_AUTHENTICATE, REFUSE_TRANSACTION, 10 },
	{ ES9_AUTHENTICATE, REFUSE_MEMORY, 11 },
	{ ES9_GET_BPP, REFUSE_EUICC_SIG, 1 },
	{ ES9_GET_BPP, REFUSE_CC_MISSING, 2 },
	{ ES9_GET_BPP, REFUSE_CC, 3 },
	{ ES9_GET_BPP, REFUSE_CC_ATTEMPTS, 4 },
	{ ES9_GET_BPP, REFUSE_REBIND, 5 },
	{ ES9_GET_BPP, REFUSE_EXPIRED, 6 },
	{ ES9_GET_BPP, REFUSE_TRANSACTION, 95 },
	{ ES9_CANCEL, REFUSE_TRANSACTION, 1 },
	{ ES9_CANCEL, REFUSE_EUICC_SIG, 2 },
};

static long
asn1_error(enum es9_function f, int r)
{
	size_t	 i;

	for (i = 0; i < NELEM(errors); i++)
		if (errors[i].function == f && errors[i].refusal == r)
			return errors[i].error;
	return UNDEFINED_ERROR;
}

/* The value of a TLV that we have made ourselves. */
static struct slice
asn1_inside(const struct buf *tlv, size_t head)
{
	return slice_sub(buf_slice(tlv), head, tlv->len);
}

#define SIG_HEAD	3	/* 5F 37 40 */
#define KEY_ID_HEAD	2	/* 04 14 */

static int
asn1_initiate(struct ctx *c, const struct es9_request *q,
    struct es9_response *a, struct buf *out)
{
	struct es9_initiate	 m = {
		.euicc_challenge = q->challenge, .euicc_info1 = q->message,
		.smdp_address = q->address,
	};
	uint8_t			 tid[LIM_TID];
	int			 r;

	if ((r = es9_initiate(c, &m)) == 0 &&
	    (r = hex_get(slice_str(m.tid), tid, sizeof(tid))) == 0) {
		a->tid = slice_of(tid, sizeof(tid));
		a->signed_data = buf_slice(&m.server_signed1);
		a->signature = asn1_inside(&m.server_signature1, SIG_HEAD);
		a->ci_key_id = asn1_inside(&m.euicc_ci_pk_id, KEY_ID_HEAD);
		a->certificate = buf_slice(&m.server_certificate);
		r = es9_response_encode(a, out);
	}
	es9_initiate_free(&m);
	return r;
}

static int
asn1_authenticate(struct ctx *c, const struct es9_request *q,
    struct es9_response *a, struct buf *out)
{
	struct es9_authenticate	 m = { .tid = q->tid,
				     .response = q->message };
	int			 r;

	if ((r = es9_authenticate(c, &m)) == 0) {
		a->tid = q->tid;
		a->metadata = buf_slice(&m.metadata);
		a->signed_data = buf_slice(&m.smdp_signed2);
		a->signature = asn1_inside(&m.smdp_signature2, SIG_HEAD);
		a->certificate = buf_slice(&m.smdp_certificate);
		r = es9_response_encode(a, out);
	}
	es9_authenticate_free(&m);
	return r;
}

static int
asn1_get_bpp(struct ctx *c, const struct es9_request *q,
    struct es9_response *a, struct buf *out)
{
	struct es9_get_bpp	 m = { .tid = q->tid, .response = q->message };
	int			 r;

	if ((r = es9_get_bpp(c, &m)) == 0) {
		a->tid = q->tid;
		a->bpp = buf_slice(&m.bpp);
		r = es9_response_encode(a, out);
	}
	es9_get_bpp_free(&m);
	return r;
}

static int
asn1_call(struct ctx *c, const struct es9_request *q, struct buf *out)
{
	struct es9_response	 a = { .function = q->function, .ok = true };
	int			 r;

	switch (q->function) {
	case ES9_INITIATE:
		return asn1_initiate(c, q, &a, out);
	case ES9_AUTHENTICATE:
		return asn1_authenticate(c, q, &a, out);
	case ES9_GET_BPP:
		return asn1_get_bpp(c, q, &a, out);
	case ES9_NOTIFY:
		return es9_notify(c, q->message);
	case ES9_CANCEL:
		if ((r = es9_cancel(c, q->tid, q->message)) == 0)
			r = es9_response_encode(&a, out);
		return r;
	}
	return DPE_INTERNAL;
}

static int
asn1_failed(enum es9_function f, int r, struct buf *out)
{
	struct es9_response	 a = { .function = f, .ok = false,
				     .error = asn1_error(f, r) };

	buf_cut(out, 0);
	return es9_response_encode(&a, out);
}

bool
es9_asn1_knows(const char *path)
{
	return strcmp(path, ASN1_PATH) == 0;
}

bool
es9_asn1_type(const char *type)
{
	return type != NULL && strcasecmp(type, ASN1_TYPE) == 0;
}

void
es9_asn1_serve(struct ctx *c, const struct http_request *rq,
    struct http_answer *an)
{
	struct es9_request	 q = {0};
	struct why		 why = {""};
	int			 r;

	if (es9_request_decode(rq->body, &q) != 0) {
		http_text(an, 400, "not a RemoteProfileProvisioningRequest");
		goto out;
	}
	an->status = 200;
	an->content_type = ASN1_TYPE;
	if ((r = asn1_call(c, &q, &an->body)) != 0)
		es9_log(names[q.function], r, &why);
	if (q.function == ES9_NOTIFY)
		es9_notified(r, an);
	else if (r != 0 && asn1_failed(q.function, r, &an->body) != 0)
		http_text(an, 500, "cannot say what went wrong");
out:
	msg_free(&q.msg);
}
