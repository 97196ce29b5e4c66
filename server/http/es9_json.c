/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON binding of ES9+ (SGP.22 6.5; spec 01, sections 2 to 4). */
#include "server/http/es9_binding.h"

#include <jansson.h>

#include <string.h>
#include <strings.h>

#include "base/base64.h"
#include "base/hex.h"
#include "base/jfield.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"

#define ES9_PREFIX	"/gsma/rsp2/es9plus/"

/*
 * Answers are written by hand: every value is hex, base64 or a word of ours,
 * so nothing needs escaping (6.5: and nothing else may be escaped), but for a
 * subjectIdentifier, which is text that was sent to us.
 */
static void
answer_begin(struct buf *b)
{
	buf_add_str(b, "{\"header\":{\"functionExecutionStatus\":"
	    "{\"status\":\"Executed-Success\"}}");
}

static void
answer_text(struct buf *b, const char *name, const char *value)
{
	buf_addf(b, ",\"%s\":\"%s\"", name, value);
}

static void
answer_base64(struct buf *b, const char *name, const struct buf *value)
{
	buf_addf(b, ",\"%s\":\"", name);
	base64_add(b, buf_slice(value));
	buf_add_str(b, "\"");
}

/* Printable ASCII as a JSON string. */
static void
answer_quoted(struct buf *b, const char *text)
{
	buf_add_str(b, "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			buf_add_str(b, "\\");
		buf_add(b, text, 1);
	}
	buf_add_str(b, "\"");
}

static void
answer_failed(struct buf *b, const struct refusal *f, const struct about *about)
{
	buf_cut(b, 0);
	buf_addf(b, "{\"header\":{\"functionExecutionStatus\":{\"status\":"
	    "\"Failed\",\"statusCodeData\":{\"subjectCode\":\"%s\","
	    "\"reasonCode\":\"%s\"", f->subject, f->reason);
	if (about->text[0] != '\0') {
		buf_add_str(b, ",\"subjectIdentifier\":");
		answer_quoted(b, about->text);
	}
	buf_addf(b, ",\"message\":\"%s%s%s\"}}}}", f->text,
	    about->reason[0] != '\0' ? ": " : "", about->reason);
}

/* What any of the requests may carry. */
struct es9_in {
	struct buf	 tid;
	struct buf	 bytes;		/* the one TLV of the request */
	struct buf	 challenge;
	char		*address;
};
#define AT(member)	offsetof(struct es9_in, member)

static int
es9_do_initiate(struct ctx *c, const struct es9_in *in, struct buf *out,
    struct about *about)
{
	struct es9_initiate	 m = {
		.euicc_challenge = buf_slice(&in->challenge),
		.euicc_info1 = buf_slice(&in->bytes),
		.smdp_address = slice_str(in->address),
	};
	int			 r;

	if ((r = es9_initiate(c, &m)) == 0) {
		answer_begin(out);
		answer_text(out, "transactionId", m.tid);
		answer_base64(out, "serverSigned1", &m.server_signed1);
		answer_base64(out, "serverSignature1", &m.server_signature1);
		answer_base64(out, "euiccCiPKIdToBeUsed", &m.euicc_ci_pk_id);
		answer_base64(out, "serverCertificate",
		    &m.server_certificate);
		buf_add_str(out, "}");
	}
	*about = m.about;
	es9_initiate_free(&m);
	return r;
}

static void
answer_tid(struct buf *out, const struct buf *tid)
{
	char	 text[TID_TEXT];

	hex_put(text, slice_sub(buf_slice(tid), 0, LIM_TID));
	answer_text(out, "transactionId", text);
}

static int
es9_do_authenticate(struct ctx *c, const struct es9_in *in, struct buf *out,
    struct about *about)
{
	struct es9_authenticate	 m = {
		.tid = buf_slice(&in->tid), .response = buf_slice(&in->bytes),
	};
	int			 r;

	if ((r = es9_authenticate(c, &m)) == 0) {
		answer_begin(out);
		answer_tid(out, &in->tid);
		answer_base64(out, "profileMetadata", &m.metadata);
		answer_base64(out, "smdpSigned2", &m.smdp_signed2);
		answer_base64(out, "smdpSignature2", &m.smdp_signature2);
		answer_base64(out, "smdpCertificate", &m.smdp_certificate);
		buf_add_str(out, "}");
	}
	*about = m.about;
	es9_authenticate_free(&m);
	return r;
}

static int
es9_do_get_bpp(struct ctx *c, const struct es9_in *in, struct buf *out,
    struct about *about)
{
	struct es9_get_bpp	 m = {
		.tid = buf_slice(&in->tid), .response = buf_slice(&in->bytes),
	};
	int			 r;

	(void)about;
	if ((r = es9_get_bpp(c, &m)) == 0) {
		buf_reserve(out, m.bpp.len / 3 * 4 + 256);
		answer_begin(out);
		answer_tid(out, &in->tid);
		answer_base64(out, "boundProfilePackage", &m.bpp);
		buf_add_str(out, "}");
	}
	es9_get_bpp_free(&m);
	return r;
}

static int
es9_do_notify(struct ctx *c, const struct es9_in *in, struct buf *out,
    struct about *about)
{
	(void)out;
	(void)about;
	return es9_notify(c, buf_slice(&in->bytes));
}

static int
es9_do_cancel(struct ctx *c, const struct es9_in *in, struct buf *out,
    struct about *about)
{
	int	 r;

	(void)about;
	r = es9_cancel(c, buf_slice(&in->tid), buf_slice(&in->bytes));
	if (r == 0) {
		answer_begin(out);
		buf_add_str(out, "}");
	}
	return r;
}

static const struct jfield initiate_fields[] = {
	{ "euiccChallenge", JFIELD_BASE64, AT(challenge), 64, 0 },
	{ "euiccInfo1", JFIELD_BASE64, AT(bytes), LIM_ES9_BODY, 0 },
	{ "smdpAddress", JFIELD_TEXT, AT(address), LIM_HOST, 0 },
};
static const struct jfield authenticate_fields[] = {
	{ "transactionId", JFIELD_HEX, AT(tid), LIM_TID, 0 },
	{ "authenticateServerResponse", JFIELD_BASE64, AT(bytes),
	    LIM_ES9_BODY, 0 },
};
static const struct jfield get_bpp_fields[] = {
	{ "transactionId", JFIELD_HEX, AT(tid), LIM_TID, 0 },
	{ "prepareDownloadResponse", JFIELD_BASE64, AT(bytes),
	    LIM_ES9_BODY, 0 },
};
static const struct jfield notify_fields[] = {
	{ "pendingNotification", JFIELD_BASE64, AT(bytes), LIM_ES9_BODY, 0 },
};
static const struct jfield cancel_fields[] = {
	{ "transactionId", JFIELD_HEX, AT(tid), LIM_TID, 0 },
	{ "cancelSessionResponse", JFIELD_BASE64, AT(bytes),
	    LIM_ES9_BODY, 0 },
};

static const struct es9_route {
	const char		*name;
	const struct jfield	*fields;
	size_t			 n_fields;
	int			(*fn)(struct ctx *c, const struct es9_in *in,
				    struct buf *out, struct about *about);
	bool			 quiet;		/* answered 204 */
} routes[] = {
	{ "initiateAuthentication", initiate_fields, NELEM(initiate_fields),
	    es9_do_initiate, false },
	{ "authenticateClient", authenticate_fields,
	    NELEM(authenticate_fields), es9_do_authenticate, false },
	{ "getBoundProfilePackage", get_bpp_fields, NELEM(get_bpp_fields),
	    es9_do_get_bpp, false },
	{ "handleNotification", notify_fields, NELEM(notify_fields),
	    es9_do_notify, true },
	{ "cancelSession", cancel_fields, NELEM(cancel_fields),
	    es9_do_cancel, false },
};

static const struct es9_route *
es9_route(const char *path)
{
	size_t	 i;

	if (strncmp(path, ES9_PREFIX, strlen(ES9_PREFIX)) != 0)
		return NULL;
	for (i = 0; i < NELEM(routes); i++)
		if (strcmp(path + strlen(ES9_PREFIX), routes[i].name) == 0)
			return &routes[i];
	return NULL;
}

bool
es9_json_knows(const char *path)
{
	return es9_route(path) != NULL;
}

bool
es9_json_type(const char *type)
{
	static const char json[] = "application/json";
	size_t	 n = sizeof(json) - 1;

	return type != NULL && strncasecmp(type, json, n) == 0 &&
	    (type[n] == '\0' || type[n] == ';' || type[n] == ' ');
}

static int
es9_call(struct ctx *c, const struct es9_route *rt, struct slice body,
    struct buf *out, struct about *about, struct why *why)
{
	struct es9_in	 in = {0};
	json_t		*j = NULL;
	int		 r;

	if ((r = json_read(body, &j, why)) == 0 &&
	    (r = jfield_read(j, rt->fields, rt->n_fields, &in, why)) == 0) {
		es9_actor(j, c->actor);
		r = rt->fn(c, &in, out, about);
		c->actor[0] = '\0';
	}
	if (r == REFUSE_TRANSACTION)
		about_hex(about, buf_slice(&in.tid));
	json_decref(j);
	jfield_free(rt->fields, rt->n_fields, &in);
	return r;
}

void
es9_json_serve(struct ctx *c, const struct http_request *rq,
    struct http_answer *an)
{
	const struct es9_route	*rt = es9_route(rq->path);
	struct about		 about = {"", ""};
	struct why		 why = {""};
	int			 r;

	r = es9_call(c, rt, rq->body, &an->body, &about, &why);
	if (r != 0) {
		es9_log(rt->name, r, &why);
		answer_failed(&an->body, refusal_of(r), &about);
	}
	if (rt->quiet) {
		es9_notified(r, an);
		return;
	}
	an->status = 200;
	an->content_type = "application/json";
}
