/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Requests as bytes into the bindings, answers as bytes out of them.  Every
 * answer is held against the members that the standard gives it (6.5.2).
 */
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/jfield.h"
#include "server/http/es9.h"
#include "tests/conformance/bench.h"
#include "tools/vuicc_asn1.h"

#define JSON_TYPE	"application/json"
#define ASN1_TYPE	"application/x-gsma-rsp-asn1"
#define ASN1_PATH	"/gsma/rsp2/asn1"

/* What a success has besides `header`, and what is compared with the last. */
static const struct {
	const char	*function;
	const char	*members[6];
} answers[BENCH_CALLS] = {
	{ "initiateAuthentication", { "transactionId", "serverSigned1",
	    "serverSignature1", "euiccCiPKIdToBeUsed",
	    "serverCertificate" } },
	{ "authenticateClient", { "transactionId", "profileMetadata",
	    "smdpSigned2", "smdpSignature2", "smdpCertificate" } },
	{ "getBoundProfilePackage", { "transactionId",
	    "boundProfilePackage" } },
	{ "cancelSession", { NULL } },
	{ "handleNotification", { NULL } },
};

static size_t
wire_index(const char *function)
{
	size_t	 i;

	for (i = 0; i < BENCH_CALLS; i++)
		if (strcmp(answers[i].function, function) == 0)
			return i;
	bench_broken(function, "no such function");
}

static bool
wire_exact(const char *function, const json_t *answer, bool ok)
{
	const char *const	*name = answers[wire_index(function)].members;
	size_t			 n = 1;

	if (!json_is_object(json_object_get(answer, "header")))
		return false;
	for (; ok && *name != NULL; name++, n++)
		if (!json_is_string(json_object_get(answer, *name)))
			return false;
	return json_object_size(answer) == n;
}

/* statusCodeData: two codes, and at most an identifier and a message. */
static void
wire_failed(struct bench *b, const json_t *st)
{
	const json_t	*d = json_object_get(st, "statusCodeData");
	const char	*subject, *reason;
	size_t		 n = 2;

	subject = json_string_value(json_object_get(d, "subjectCode"));
	reason = json_string_value(json_object_get(d, "reasonCode"));
	n += json_is_string(json_object_get(d, "subjectIdentifier"));
	n += json_is_string(json_object_get(d, "message"));
	if (subject == NULL || reason == NULL || json_object_size(d) != n ||
	    json_object_size(st) != 2)
		snprintf(b->code, sizeof(b->code), "a failure without codes");
	else if (strcmp(subject, "asn1") == 0)
		snprintf(b->code, sizeof(b->code), "error %s", reason);
	else
		snprintf(b->code, sizeof(b->code), "%s/%s", subject, reason);
}

static void
wire_judge(struct bench *b)
{
	const json_t	*st;
	const char	*status;
	bool		 ok;

	st = json_object_get(json_object_get(b->answer, "header"),
	    "functionExecutionStatus");
	status = json_string_value(json_object_get(st, "status"));
	ok = status != NULL && strcmp(status, "Executed-Success") == 0;
	if (status == NULL)
		snprintf(b->code, sizeof(b->code), "no answer of a function");
	else if (ok && json_object_size(st) == 1)
		snprintf(b->code, sizeof(b->code), "accepted");
	else
		wire_failed(b, st);
	if (status != NULL && !wire_exact(b->function, b->answer, ok))
		snprintf(b->code, sizeof(b->code), "members %s",
		    "that are not the standard's");
}

/* Keep what repeats are compared by. */
static void
wire_keep(struct bench *b)
{
	const char	*bpp;

	buf_set(&b->answers[0], buf_slice(&b->answers[1]));
	buf_set(&b->answers[1], buf_slice(&b->an.body));
	bpp = json_string_value(json_object_get(b->answer,
	    "boundProfilePackage"));
	if (bpp == NULL)
		return;
	buf_set(&b->packages[0], buf_slice(&b->packages[1]));
	buf_cut(&b->packages[1], 0);
	if (base64_decode(slice_str(bpp), &b->packages[1]) != 0)
		bench_broken("boundProfilePackage", "is no base64");
}

void
bench_read(struct bench *b)
{
	struct why	 why = {""};
	const char	*type = b->asn1 ? ASN1_TYPE : JSON_TYPE;

	json_decref(b->answer);
	b->answer = NULL;
	snprintf(b->code, sizeof(b->code), "%u", b->an.status);
	if (b->an.status != 200) {
		if (b->an.status == 204 && (b->an.body.len > 0 ||
		    b->an.content_type != NULL))
			snprintf(b->code, sizeof(b->code), "204 with a body");
		return;
	}
	if (b->an.content_type == NULL ||
	    strcmp(b->an.content_type, type) != 0) {
		snprintf(b->code, sizeof(b->code), "the wrong media type");
		return;
	}
	if (b->asn1)
		b->answer = vuicc_asn1_answer(b->function,
		    buf_slice(&b->an.body));
	else if (json_read(buf_slice(&b->an.body), &b->answer, &why) != 0)
		b->answer = NULL;
	wire_judge(b);
	wire_keep(b);
}

void
bench_http(struct bench *b, const char *method, const char *path,
    const char *type, struct slice body)
{
	struct http_request	 rq = { .method = method, .path = path,
				    .content_type = type, .body = body,
				    .fd = -1 };

	rq.too_large = body.len > LIM_ES9_BODY;
	buf_free(&b->an.body);
	memset(&b->an, 0, sizeof(b->an));
	if (es9_admit(&rq, &b->an))
		es9_serve(&b->env.ctx, &rq, &b->an);
	snprintf(b->code, sizeof(b->code), "%u", b->an.status);
}

void
bench_send(struct bench *b, struct slice body)
{
	char	 path[80];

	snprintf(path, sizeof(path), "/gsma/rsp2/es9plus/%s", b->function);
	bench_http(b, "POST", b->asn1 ? ASN1_PATH : path, b->asn1 ?
	    ASN1_TYPE : JSON_TYPE, body);
}

/* Change members of the request as the case wants it. */
static void
wire_set(struct bench *b, json_t *request)
{
	const char	*name;
	json_t		*v;

	json_object_foreach(b->set, name, v) {
		if (json_is_null(v))
			json_object_del(request, name);
		else
			json_object_set(request, name, v);
	}
	json_object_clear(b->set);
}

void
bench_post_again(struct bench *b, const char *function)
{
	size_t		 i = wire_index(function);
	json_t		*rq = b->sent[i];
	struct why	 why = {""};

	wire_set(b, rq);
	b->function = answers[i].function;
	buf_cut(&b->body, 0);
	if (!b->asn1)
		json_write(rq, &b->body);
	else if (vuicc_asn1_request(function, rq, &b->body, &why) != 0)
		bench_broken(function, why.text);
	if (b->hold)
		return;
	bench_send(b, buf_slice(&b->body));
	bench_read(b);
}

void
bench_post(struct bench *b, const char *function, json_t *request)
{
	json_t	**keep = &b->sent[wire_index(function)];

	json_decref(*keep);
	*keep = request;
	bench_post_again(b, function);
}
