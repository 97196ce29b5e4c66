/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/same.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include "asn1/es9.h"
#include "base/base64.h"
#include "base/hex.h"
#include "base/jfield.h"

/* A request taken apart; the message is one TLV. */
struct said {
	struct buf	tid, message;
};

static const struct {
	const char		*name, *member;
	enum es9_function	 function;
} calls[] = {
	{ "initiateAuthentication", "euiccInfo1", ES9_INITIATE },
	{ "authenticateClient", "authenticateServerResponse",
	    ES9_AUTHENTICATE },
	{ "getBoundProfilePackage", "prepareDownloadResponse", ES9_GET_BPP },
	{ "handleNotification", "pendingNotification", ES9_NOTIFY },
	{ "cancelSession", "cancelSessionResponse", ES9_CANCEL },
};

static size_t
said_call(const char *function)
{
	size_t	 i = 0;

	while (strcmp(calls[i].name, function) != 0)
		i++;
	return i;
}

static bool
said_json(size_t call, struct slice in, struct said *out)
{
	struct why	 why = {""};
	json_t		*o = NULL;
	const char	*tid, *text;
	bool		 ok = false;

	if (json_read(in, &o, &why) != 0)
		return false;
	tid = json_string_value(json_object_get(o, "transactionId"));
	text = json_string_value(json_object_get(o, calls[call].member));
	ok = text != NULL &&
	    base64_decode(slice_str(text), &out->message) == 0 &&
	    (tid == NULL || hex_decode(slice_str(tid), &out->tid) == 0);
	json_decref(o);
	return ok;
}

static bool
said_asn1(size_t call, struct slice in, struct said *out)
{
	struct es9_request	 q = {0};
	bool			 ok;

	ok = es9_request_decode(in, &q) == 0 &&
	    q.function == calls[call].function;
	if (ok) {
		buf_set(&out->tid, q.tid);
		buf_set(&out->message, q.message);
	}
	msg_free(&q.msg);
	return ok;
}

static bool
same_auth(struct slice a, struct slice b)
{
	struct auth_response	 x = {0}, y = {0};
	bool			 same;

	same = auth_response_decode(a, &x) == 0 &&
	    auth_response_decode(b, &y) == 0 && x.ok && y.ok &&
	    slice_eq(x.signed1, y.signed1) &&
	    slice_eq(x.signature, y.signature) &&
	    slice_eq(x.euicc_cert, y.euicc_cert) &&
	    slice_eq(x.eum_cert, y.eum_cert);
	msg_free(&x.msg);
	msg_free(&y.msg);
	return same;
}

static bool
same_prepare(struct slice a, struct slice b)
{
	struct prepare_response	 x = {0}, y = {0};
	bool			 same;

	same = prepare_response_decode(a, &x) == 0 &&
	    prepare_response_decode(b, &y) == 0 && x.ok && y.ok &&
	    slice_eq(x.signed2, y.signed2) &&
	    slice_eq(x.signature, y.signature);
	msg_free(&x.msg);
	msg_free(&y.msg);
	return same;
}

static bool
same_cancel(struct slice a, struct slice b)
{
	struct cancel_response	 x = {0}, y = {0};
	bool			 same;

	same = cancel_response_decode(a, &x) == 0 &&
	    cancel_response_decode(b, &y) == 0 && x.ok && y.ok &&
	    slice_eq(x.signed_data, y.signed_data) &&
	    slice_eq(x.signature, y.signature);
	msg_free(&x.msg);
	msg_free(&y.msg);
	return same;
}

static bool
same_pending(struct slice a, struct slice b)
{
	struct pending_notification	 x = {0}, y = {0};
	bool				 same;

	same = pending_notification_decode(a, &x) == 0 &&
	    pending_notification_decode(b, &y) == 0 &&
	    x.is_install == y.is_install && slice_eq(x.data, y.data) &&
	    slice_eq(x.signature, y.signature) &&
	    slice_eq(x.euicc_cert, y.euicc_cert) &&
	    slice_eq(x.eum_cert, y.eum_cert);
	msg_free(&x.msg);
	msg_free(&y.msg);
	return same;
}

static bool
same_message(size_t call, struct slice a, struct slice b)
{
	switch (calls[call].function) {
	case ES9_AUTHENTICATE:
		return same_auth(a, b);
	case ES9_GET_BPP:
		return same_prepare(a, b);
	case ES9_NOTIFY:
		return same_pending(a, b);
	case ES9_CANCEL:
		return same_cancel(a, b);
	default:
		return slice_eq(a, b);
	}
}

bool
same_meaning(const char *function, bool asn1, struct slice a, struct slice b)
{
	size_t		 call = said_call(function);
	struct said	 x = {0}, y = {0};
	bool		 same;

	same = (asn1 ? said_asn1 : said_json)(call, a, &x) &&
	    (asn1 ? said_asn1 : said_json)(call, b, &y) &&
	    slice_eq(buf_slice(&x.tid), buf_slice(&y.tid)) &&
	    same_message(call, buf_slice(&x.message),
	    buf_slice(&y.message));
	buf_free(&x.tid);
	buf_free(&x.message);
	buf_free(&y.tid);
	buf_free(&y.message);
	return same;
}
