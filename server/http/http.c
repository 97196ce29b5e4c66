/* SPDX-License-Identifier: Apache-2.0 */
#include "server/http/http.h"

#include <sys/socket.h>

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "server/http/stream.h"
#include "server/http/tls.h"

#ifdef SANITIZED
#define STACK_SIZE	(2 * 1024 * 1024)	/* their frames are larger */
#else
#define STACK_SIZE	(256 * 1024)
#endif
#define ARRIVAL_TENTHS	30	/* for the rest of a request, at the end */
#define FRESH_TENTHS	10	/* for a connection to ask something */
#define DISCARD_MAX	16	/* times max_body that is read and dropped */

/* One connection, for its deadline. */
struct conn {
	struct conn	*prev, *next;
	int		 fd;
	int64_t		 deadline;	/* monotonic seconds; 0: none */
	bool		 fresh;		/* nothing was asked yet */
};

struct http {
	const struct http_service *svc;
	struct MHD_Daemon	*mhd;
	int			 fd;
	pthread_mutex_t		 lock;		/* of the list */
	struct conn		*conns;
	_Atomic uint64_t	 accepted;
	_Atomic bool		 draining;	/* an answer is the last one */
	_Atomic int		 fresh;		/* connections, until they ask */
	_Atomic int		 arriving;	/* requests that have begun */
	_Atomic int		 serving;	/* that are whole, until answered */
};

/* One request while its body comes in. */
struct incoming {
	struct buf	 body;
	size_t		 dropped;
	bool		 whole;
	struct http_stream *stream;	/* of the answer */
};

static int64_t
monotonic(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec;
}

static struct conn *
conn_new(struct http *h, int fd)
{
	struct conn	*c = xcalloc(1, sizeof(*c));

	c->fd = fd;
	c->fresh = true;
	atomic_fetch_add(&h->fresh, 1);
	c->deadline = monotonic() + h->svc->deadline;
	pthread_mutex_lock(&h->lock);
	c->next = h->conns;
	if (c->next != NULL)
		c->next->prev = c;
	h->conns = c;
	pthread_mutex_unlock(&h->lock);
	return c;
}

static void
conn_free(struct http *h, struct conn *c)
{
	pthread_mutex_lock(&h->lock);
	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		h->conns = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	pthread_mutex_unlock(&h->lock);
	free(c);
}

static void
conn_asks(struct http *h, struct conn *c)
{
	if (c == NULL || !c->fresh)
		return;
	c->fresh = false;
	atomic_fetch_sub(&h->fresh, 1);
}

static void
conn_deadline(struct http *h, struct conn *c, int64_t deadline)
{
	pthread_mutex_lock(&h->lock);
	c->deadline = deadline;
	pthread_mutex_unlock(&h->lock);
}

void
http_reap(struct http *h)
{
	int64_t		 now = monotonic();
	struct conn	*c;

	pthread_mutex_lock(&h->lock);
	for (c = h->conns; c != NULL; c = c->next)
		if (c->deadline != 0 && now > c->deadline) {
			log_debug("connection-cut fd=%d", c->fd);
			shutdown(c->fd, SHUT_RDWR);
			c->deadline = 0;
		}
	pthread_mutex_unlock(&h->lock);
}

static void
on_connection(void *cls, struct MHD_Connection *mc, void **ctx,
    enum MHD_ConnectionNotificationCode what)
{
	const union MHD_ConnectionInfo	*i;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		atomic_fetch_add(&((struct http *)cls)->accepted, 1);
		i = MHD_get_connection_info(mc,
		    MHD_CONNECTION_INFO_CONNECTION_FD);
		*ctx = conn_new(cls, i == NULL ? -1 : i->connect_fd);
	} else if (*ctx != NULL) {
		conn_asks(cls, *ctx);
		conn_free(cls, *ctx);
		*ctx = NULL;
	}
}

static struct conn *
conn_of(struct MHD_Connection *mc)
{
	const union MHD_ConnectionInfo	*i;

	i = MHD_get_connection_info(mc, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return i == NULL ? NULL : i->socket_context;
}

void
http_text(struct http_answer *an, unsigned status, const char *text)
{
	an->status = status;
	an->content_type = "text/plain; charset=utf-8";
	buf_cut(&an->body, 0);
	buf_addf(&an->body, "%s\n", text);
}

/* The response takes the bytes over: nothing is copied. */
static struct MHD_Response *
http_response(struct http_answer *an, struct incoming *in)
{
	struct MHD_Response	*rs;

	if (in != NULL && an->file != NULL) {
		in->stream = http_stream_new(an);
		return http_stream_response(in->stream);
	}
	rs = MHD_create_response_from_buffer(an->body.len, an->body.p,
	    an->body.p == NULL ? MHD_RESPMEM_PERSISTENT :
	    MHD_RESPMEM_MUST_FREE);
	if (rs == NULL)
		buf_free(&an->body);
	else
		memset(&an->body, 0, sizeof(an->body));
	return rs;
}

static enum MHD_Result
http_send(struct http *h, struct MHD_Connection *mc, struct http_answer *an,
    struct incoming *in)
{
	struct MHD_Response	*rs = http_response(an, in);
	enum MHD_Result		 ok;

	if (rs == NULL)
		return MHD_NO;
	if (an->content_type != NULL)
		MHD_add_response_header(rs, MHD_HTTP_HEADER_CONTENT_TYPE,
		    an->content_type);
	if (an->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(rs, MHD_HTTP_HEADER_ALLOW, "POST");
	MHD_add_response_header(rs, "X-Admin-Protocol", "gsma/rsp/v2.5.0");
	if (atomic_load(&h->draining))
		MHD_add_response_header(rs, MHD_HTTP_HEADER_CONNECTION,
		    "close");
	ok = MHD_queue_response(mc, an->status, rs);
	MHD_destroy_response(rs);
	return ok;
}

static enum MHD_Result
http_serve(struct http *h, struct MHD_Connection *mc, const char *url,
    const char *method, struct incoming *in)
{
	struct conn		*c = conn_of(mc);
	struct http_answer	 an = { .status = 500 };
	struct http_request	 rq = {
		.method = method, .path = url,
		.content_type = MHD_lookup_connection_value(mc,
		    MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE),
		.body = buf_slice(&in->body),
		.too_large = in->dropped > 0,
		.fd = c == NULL ? -1 : c->fd,
	};

	if (c != NULL)		/* it has arrived: now it is our time */
		conn_deadline(h, c, 0);
	in->whole = true;
	atomic_fetch_add(&h->serving, 1);
	atomic_fetch_sub(&h->arriving, 1);
	h->svc->serve(h->svc->arg, &rq, &an);
	/* A file may take its time, as long as it goes on (idle). */
	if (c != NULL && an.file == NULL)
		conn_deadline(h, c, monotonic() + h->svc->deadline);
	return http_send(h, mc, &an, in);
}

static enum MHD_Result
http_receive(struct http *h, struct incoming *in, const char *data, size_t *n)
{
	size_t	 room = h->svc->max_body - in->body.len;

	if (in->dropped == 0 && *n <= room)
		buf_add(&in->body, data, *n);
	else {
		buf_cut(&in->body, 0);
		in->dropped += *n;
	}
	*n = 0;
	return in->dropped > DISCARD_MAX * h->svc->max_body ? MHD_NO : MHD_YES;
}

/*
 * A body that is too large is read and dropped, so that its sender sees the
 * answer; one that is larger than we care to read is refused at once.
 */
static bool
http_announces_too_much(struct http *h, struct MHD_Connection *mc)
{
	const char	*v;

	v = MHD_lookup_connection_value(mc, MHD_HEADER_KIND,
	    MHD_HTTP_HEADER_CONTENT_LENGTH);
	return v != NULL && strtoull(v, NULL, 10) >
	    DISCARD_MAX * h->svc->max_body;
}

static enum MHD_Result
on_request(void *cls, struct MHD_Connection *mc, const char *url,
    const char *method, const char *version, const char *data, size_t *n,
    void **state)
{
	struct http		*h = cls;
	struct http_answer	 an = {0};

	(void)version;
	if (*state == NULL) {
		*state = xcalloc(1, sizeof(struct incoming));
		atomic_fetch_add(&h->arriving, 1);
		conn_asks(h, conn_of(mc));
		if (!http_announces_too_much(h, mc))
			return MHD_YES;
		http_text(&an, MHD_HTTP_CONTENT_TOO_LARGE, "body too large");
		return http_send(h, mc, &an, NULL);
	}
	if (*n > 0)
		return http_receive(h, *state, data, n);
	return http_serve(h, mc, url, method, *state);
}

static void
on_completed(void *cls, struct MHD_Connection *mc, void **state,
    enum MHD_RequestTerminationCode why)
{
	struct http	*h = cls;
	struct incoming	*in = *state;
	struct conn	*c = conn_of(mc);

	if (in != NULL) {
		if (in->stream != NULL && c != NULL)
			conn_deadline(h, c, monotonic() + h->svc->deadline);
		http_stream_end(in->stream,
		    why == MHD_REQUEST_TERMINATED_COMPLETED_OK);
		atomic_fetch_sub(in->whole ? &h->serving : &h->arriving, 1);
		buf_free(&in->body);
		free(in);
		*state = NULL;
	}
}

/* Its messages are about peers, not about us: for debugging only. */
static void PRINTF(2, 0)
on_message(void *cls, const char *fmt, va_list ap)
{
	char	 text[300];

	(void)cls;
	vsnprintf(text, sizeof(text), fmt, ap);
	log_debug("http message=\"%s\"", text);
}

int
http_start(const struct http_service *svc, int fd, struct http **out,
    struct why *why)
{
	struct http		*h = xcalloc(1, sizeof(*h));
	unsigned		 flags = MHD_USE_THREAD_PER_CONNECTION |
				    MHD_USE_INTERNAL_POLLING_THREAD |
				    MHD_USE_POLL | MHD_USE_ITC |
				    MHD_USE_ERROR_LOG;
	struct MHD_OptionItem	 tls[3];

	h->svc = svc;
	h->fd = fd;
	pthread_mutex_init(&h->lock, NULL);
	tls_options(svc->tls, tls);
	if (svc->tls != NULL)
		flags |= MHD_USE_TLS;
	h->mhd = MHD_start_daemon(flags, 0, NULL, NULL, on_request, h,
	    MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL,
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_CONNECTION_LIMIT, svc->max_connections,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)svc->idle,
	    MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_SIZE,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, h,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, h,
	    MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (h->mhd == NULL) {
		pthread_mutex_destroy(&h->lock);
		free(h);
		return why_set(why, DPE_IO, "cannot start an HTTP listener");
	}
	*out = h;
	return 0;
}

uint64_t
http_accepted(struct http *h)
{
	return atomic_load(&h->accepted);
}

size_t
http_connections(struct http *h)
{
	struct conn	*c;
	size_t		 n = 0;

	pthread_mutex_lock(&h->lock);
	for (c = h->conns; c != NULL; c = c->next)
		n++;
	pthread_mutex_unlock(&h->lock);
	return n;
}

void
http_drain(struct http *h)
{
	atomic_store(&h->draining, true);
	MHD_quiesce_daemon(h->mhd);
}

void
http_stop(struct http *h, int wait)
{
	int	 tenths;

	if (h == NULL)
		return;
	http_drain(h);
	for (tenths = 0; tenths < wait * 10; tenths++) {
		if (atomic_load(&h->serving) == 0 &&
		    (atomic_load(&h->arriving) == 0 ||
		    tenths >= ARRIVAL_TENTHS) &&
		    (atomic_load(&h->fresh) == 0 || tenths >= FRESH_TENTHS))
			break;
		usleep(100000);
	}
	MHD_stop_daemon(h->mhd);
	close(h->fd);
	pthread_mutex_destroy(&h->lock);
	free(h);
}
