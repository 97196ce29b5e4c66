/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/http: an answer that goes on with the octets of a file. */
#ifndef SERVER_HTTP_STREAM_H
#define SERVER_HTTP_STREAM_H

#include <microhttpd.h>

#include "server/http/http.h"

struct http_stream;

/* Takes the body and the file of the answer. */
struct http_stream	*http_stream_new(struct http_answer *an);
/* NULL: no memory.  It keeps the stream until it is destroyed. */
struct MHD_Response	*http_stream_response(struct http_stream *s);
/* The request is over; was its answer sent to the end?  Gives s back. */
void			 http_stream_end(struct http_stream *s, bool ok);

#endif
