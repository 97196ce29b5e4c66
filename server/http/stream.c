/* SPDX-License-Identifier: Apache-2.0 */
#include "server/http/stream.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK	(64 * 1024)

/*
 * All calls come from the thread of the connection, but which of its holders,
 * the response or the request, goes first is libmicrohttpd's affair.
 */
struct http_stream {
	struct buf		 head;
	struct http_file	 file;
	uint64_t		 sent;
	int			 holders;
};

struct http_stream *
http_stream_new(struct http_answer *an)
{
	struct http_stream	*s = xcalloc(1, sizeof(*s));

	s->head = an->body;
	memset(&an->body, 0, sizeof(an->body));
	s->file = *an->file;
	free(an->file);
	an->file = NULL;
	s->holders = 1;
	return s;
}

static void
stream_drop(void *arg)
{
	struct http_stream	*s = arg;

	if (--s->holders > 0)
		return;
	close(s->file.fd);
	buf_free(&s->head);
	free(s);
}

static ssize_t
stream_read(void *arg, uint64_t at, char *out, size_t max)
{
	struct http_stream	*s = arg;
	struct slice		 piece;
	ssize_t			 n;

	if (at < s->head.len) {
		piece = slice_sub(buf_slice(&s->head), (size_t)at, max);
		memcpy(out, piece.p, piece.len);
		n = (ssize_t)piece.len;
	} else do
		n = pread(s->file.fd, out, max, (off_t)(at - s->head.len));
	while (n == -1 && errno == EINTR);
	if (n <= 0)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	s->sent = at + (uint64_t)n;
	return n;
}

struct MHD_Response *
http_stream_response(struct http_stream *s)
{
	struct MHD_Response	*rs;

	rs = MHD_create_response_from_callback(s->head.len + s->file.size,
	    BLOCK, stream_read, s, stream_drop);
	if (rs != NULL)
		s->holders++;
	return rs;
}

void
http_stream_end(struct http_stream *s, bool ok)
{
	if (s == NULL)
		return;
	if (s->file.ended != NULL)
		s->file.ended(s->file.arg, ok &&
		    s->sent == s->head.len + s->file.size);
	stream_drop(s);
}
