/* SPDX-License-Identifier: Apache-2.0 */
#include "server/http/es9.h"

#include <string.h>

#include "base/log.h"
#include "server/http/es9_binding.h"
#include "server/rsp/refusal.h"

bool
es9_admit(const struct http_request *rq, struct http_answer *an)
{
	bool	 json = es9_json_knows(rq->path);

	if (!json && !es9_asn1_knows(rq->path))
		http_text(an, 404, "no such function");
	else if (strcmp(rq->method, "POST") != 0)
		http_text(an, 405, "POST is the method here");
	else if (rq->too_large)
		http_text(an, 413, "body too large");
	else if (json && !es9_json_type(rq->content_type))
		http_text(an, 415, "application/json is the media type here");
	else if (!json && !es9_asn1_type(rq->content_type))
		http_text(an, 415,
		    "application/x-gsma-rsp-asn1 is the media type here");
	else
		return true;
	return false;
}

void
es9_serve(struct ctx *c, const struct http_request *rq,
    struct http_answer *an)
{
	if (es9_json_knows(rq->path))
		es9_json_serve(c, rq, an);
	else
		es9_asn1_serve(c, rq, an);
}

static bool
es9_is_input(int r)
{
	return r == DPE_SYNTAX || r == DPE_RANGE || r == DPE_MISSING;
}

void
es9_log(const char *function, int r, const struct why *why)
{
	const struct refusal	*f = refusal_of(r);

	if (r < 0 && !es9_is_input(r))
		log_error("%s-failed reason=\"%s\"", function, err_text(r));
	else
		log_info("%s-refused code=%s/%s reason=\"%s\"", function,
		    f->subject, f->reason,
		    why->text[0] != '\0' ? why->text : f->text);
}

void
es9_notified(int r, struct http_answer *an)
{
	buf_free(&an->body);
	an->content_type = NULL;
	if (r == 0)
		an->status = 204;
	else if (es9_is_input(r))
		http_text(an, 400, "not a notification");
	else
		http_text(an, 503, "try again later");
}
