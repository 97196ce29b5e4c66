/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+ over HTTPS in its two bindings (SGP.22 6.2, 6.3; spec 01, section 1). */
#ifndef SERVER_HTTP_ES9_H
#define SERVER_HTTP_ES9_H

#include "server/ctx.h"
#include "server/http/http.h"

/*
 * May the request proceed?  404, 405, 413 and 415 are answered here, before
 * a context is borrowed.
 */
bool	es9_admit(const struct http_request *rq, struct http_answer *an);

/* Answer one admitted request with a borrowed context. */
void	es9_serve(struct ctx *c, const struct http_request *rq,
	    struct http_answer *an);

#endif
