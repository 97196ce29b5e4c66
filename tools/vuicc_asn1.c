/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_asn1.h"

#include <stdio.h>
#include <string.h>

#include "asn1/es9.h"
#include "base/der.h"
#include "base/hex.h"
#include "base/jfield.h"
#include "tools/vuicc_http.h"


struct call_in {
	struct buf	 tid, challenge, message;
	char		*address;
};
#define AT(member)	offsetof(struct call_in, member)
#define TID		{ "transactionId", JFIELD_HEX, AT(tid), LIM_TID, 0 }
#define MESSAGE(name)	{ name, JFIELD_BASE64, AT(message), LIM_ES9_BODY, 0 }

static const struct jfield initiate_in[] = {
	{ "euiccChallenge", JFIELD_BASE64, AT(challenge), 16, 0 },
	{ "smdpAddress", JFIELD_TEXT, AT(address), LIM_HOST, 0 },
	MESSAGE("euiccInfo1"),
};
static const struct jfield authenticate_in[] = {
	TID, MESSAGE("authenticateServerResponse"),
};
static const struct jfield get_bpp_in[] = {
	TID, MESSAGE("prepareDownloadResponse"),
};
static const struct jfield notify_in[] = { MESSAGE("pendingNotification") };
static const struct jfield cancel_in[] = {
	TID, MESSAGE("cancelSessionResponse"),
};

static const struct call {
	const char		*name;
	enum es9_function	 function;
	const struct jfield	*in;
	size_t			 n_in;
	const char		*signed_data, *signature, *certificate;
} calls[] = {
	{ "initiateAuthentication", ES9_INITIATE, initiate_in,
	    NELEM(initiate_in), "serverSigned1", "serverSignature1",
	    "serverCertificate" },
	{ "authenticateClient", ES9_AUTHENTICATE, authenticate_in,
	    NELEM(authenticate_in), "smdpSigned2", "smdpSignature2",
	    "smdpCertificate" },
	{ "getBoundProfilePackage", ES9_GET_BPP, get_bpp_in,
	    NELEM(get_bpp_in), NULL, NULL, NULL },
	{ "handleNotification", ES9_NOTIFY, notify_in, NELEM(notify_in),
	    NULL, NULL, NULL },
	{ "cancelSession", ES9_CANCEL, cancel_in, NELEM(cancel_in),
	    NULL, NULL, NULL },
};

static const struct call *
call_find(const char *function)
{
	size_t	 i;

	for (i = 0; i < NELEM(calls); i++)
		if (strcmp(calls[i].name, function) == 0)
			return &calls[i];
	return NULL;
}

/*
 * CancelSession around a message that has no type here, which a server should
 * refuse: its content as it is (the compact A2).
 */
static int
call_cancel_any(const struct es9_request *q, struct buf *out)
{
	size_t		 at = out->len;
	struct der	 d;

	if (q->function != ES9_CANCEL || der_whole(q->message, 0xBF41,
	    &d) != 0 || der_peek(d.value) != 0xA2)
		return DPE_RANGE;
	der_add(out, 0x80, q->tid);
	der_add(out, 0xA1, d.value);
	der_wrap(out, at, 0xBF41);
	der_wrap(out, at, 0xA2);
	return 0;
}

int
vuicc_asn1_request(const char *function, const json_t *request,
    struct buf *out, struct why *why)
{
	const struct call	*c = call_find(function);
	struct es9_request	 q = {0};
	struct call_in		 in = {0};
	int			 r;

	if (c == NULL)
		return why_set(why, DPE_INTERNAL, "%s: no such function",
		    function);
	if ((r = jfield_read(request, c->in, c->n_in, &in, why)) == 0) {
		q.function = c->function;
		q.tid = buf_slice(&in.tid);
		q.challenge = buf_slice(&in.challenge);
		q.address = slice_str(in.address);
		q.message = buf_slice(&in.message);
		if ((r = es9_request_encode(&q, out)) != 0 &&
		    (r = call_cancel_any(&q, out)) != 0)
			why_set(why, r, "%s: not to be said in ASN.1",
			    function);
	}
	jfield_free(c->in, c->n_in, &in);
	return r;
}

static json_t *
answer_failed(long error)
{
	char	 text[24];

	snprintf(text, sizeof(text), "%ld", error);
	return json_pack("{s:{s:{s:s,s:{s:s,s:s}}}}", "header",
	    "functionExecutionStatus", "status", "Failed", "statusCodeData",
	    "subjectCode", "asn1", "reasonCode", text);
}

/* A bare value under its tag, as JSON carries it. */
static void
answer_wrapped(json_t *o, const char *name, uint32_t tag, struct slice v)
{
	struct buf	 b = {0};

	der_add(&b, tag, v);
	vuicc_json_der(o, name, buf_slice(&b));
	buf_free(&b);
}

static json_t *
answer_ok(const struct call *c, const struct es9_response *a)
{
	json_t	*o = json_pack("{s:{s:{s:s}}}", "header",
		    "functionExecutionStatus", "status", "Executed-Success");
	char	 tid[2 * LIM_TID + 1];

	if (a->tid.len > 0 && a->tid.len <= LIM_TID) {
		hex_put(tid, a->tid);
		json_object_set_new(o, "transactionId", json_string(tid));
	}
	if (c->signed_data != NULL) {
		vuicc_json_der(o, c->signed_data, a->signed_data);
		answer_wrapped(o, c->signature, 0x5F37, a->signature);
		vuicc_json_der(o, c->certificate, a->certificate);
	}
	if (c->function == ES9_INITIATE)
		answer_wrapped(o, "euiccCiPKIdToBeUsed", 0x04, a->ci_key_id);
	if (c->function == ES9_AUTHENTICATE)
		vuicc_json_der(o, "profileMetadata", a->metadata);
	if (c->function == ES9_GET_BPP)
		vuicc_json_der(o, "boundProfilePackage", a->bpp);
	return o;
}

json_t *
vuicc_asn1_answer(const char *function, struct slice der)
{
	const struct call	*c = call_find(function);
	struct es9_response	 a = {0};
	json_t			*o = NULL;

	if (c != NULL && es9_response_decode(der, &a) == 0 &&
	    a.function == c->function)
		o = a.ok ? answer_ok(c, &a) : answer_failed(a.error);
	msg_free(&a.msg);
	return o;
}
