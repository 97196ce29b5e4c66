/* SPDX-License-Identifier: Apache-2.0 */
/* The admin API over its unix socket: who calls, which verb, what answer. */
#ifndef SERVER_HTTP_ADMIN_API_H
#define SERVER_HTTP_ADMIN_API_H

#include "server/ctx.h"
#include "server/http/http.h"

void	admin_api_serve(struct ctx *c, const struct http_request *rq,
	    struct http_answer *an);
/*
 * Root, our own uid, members of the admin group: answered 403 otherwise.  The
 * caller's name for the audit trail goes into actor.
 */
bool	admin_api_admit(const struct settings *set,
	    const struct http_request *rq, char *actor, size_t size,
	    struct http_answer *an);

#endif
