/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A listener: libmicrohttpd, a thread a connection (never epoll with TLS:
 * docs/performance.md says why), whole bounded bodies, an absolute deadline
 * for every request.  What is served is a function of the caller's.
 */
#ifndef SERVER_HTTP_HTTP_H
#define SERVER_HTTP_HTTP_H

#include "base/buf.h"

struct tls;

struct http_request {
	const char	*method;
	const char	*path;
	const char	*content_type;	/* NULL: none */
	struct slice	 body;
	bool		 too_large;	/* body was cut: answer 413 */
	int		 fd;		/* of the connection, for its peer */
};

/* Octets behind the body, which need not be in memory. */
struct http_file {
	int		 fd;		/* is closed */
	uint64_t	 size;
	void		(*ended)(void *arg, bool whole);	/* once, sent
			    or broken off; may be NULL */
	void		*arg;
};

struct http_answer {
	unsigned	 status;
	const char	*content_type;	/* NULL with an empty body */
	struct buf	 body;
	struct http_file *file;		/* malloc'd, is freed; NULL: none */
};

struct http_service {
	size_t		 max_body;
	unsigned	 max_connections;
	int		 idle;		/* seconds between requests */
	int		 deadline;	/* seconds a request may take to arrive */
	struct tls	*tls;		/* NULL: plain */
	void		(*serve)(void *arg, const struct http_request *rq,
			    struct http_answer *an);
	void		*arg;
};

struct http;

/* Serve on a listening socket; svc must outlive it.  Takes the descriptor. */
MUST_CHECK int	http_start(const struct http_service *svc, int fd,
		    struct http **out, struct why *why);
/* Cut connections whose request is past its deadline; call every second. */
void		http_reap(struct http *h);
/* How many connections there have been. */
uint64_t	http_accepted(struct http *h);
/*
 * Stop accepting, and go on with the connections there are: each one's next
 * answer is its last, and says so ("Connection: close").
 */
void		http_drain(struct http *h);
/* How many connections there are. */
size_t		http_connections(struct http *h);
/*
 * Stop accepting, let requests that have begun arrive and finish (at most
 * `wait` seconds), close everything.  The listening socket itself is left
 * alone: it is shared with the parent.
 */
void		http_stop(struct http *h, int wait);

/* Free text answer, for what never reached a function. */
void		http_text(struct http_answer *an, unsigned status,
		    const char *text);

#endif
