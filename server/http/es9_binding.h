/* SPDX-License-Identifier: Apache-2.0 */
/* What the two bindings of ES9+ are to the listener, and share. */
#ifndef SERVER_HTTP_ES9_BINDING_H
#define SERVER_HTTP_ES9_BINDING_H

#include <jansson.h>

#include "server/ctx.h"
#include "server/http/http.h"

/* JSON, 6.5: one path a function. */
bool	es9_json_knows(const char *path);
bool	es9_json_type(const char *type);
void	es9_json_serve(struct ctx *c, const struct http_request *rq,
	    struct http_answer *an);

/* ASN.1, 6.6: one path for all. */
bool	es9_asn1_knows(const char *path);
bool	es9_asn1_type(const char *type);
void	es9_asn1_serve(struct ctx *c, const struct http_request *rq,
	    struct http_answer *an);

/*
 * How audit rows name the caller: by the functionRequesterIdentifier of the
 * request's header (spec 07, 9), which nothing proves, if it is printable and
 * not longer than LIM_REQUESTER; "" otherwise, and for an LPA, which has none.
 */
void	es9_actor(const json_t *request, char out[CTX_ACTOR_TEXT]);
/* Log what a function refused, or failed in. */
void	es9_log(const char *function, int r, const struct why *why);
/* Answer handleNotification, which has no result: 204, or 400, 503. */
void	es9_notified(int r, struct http_answer *an);

#endif
