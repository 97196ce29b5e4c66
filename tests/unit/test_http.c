/* SPDX-License-Identifier: Apache-2.0 */
/* The listener by itself, plain: bodies, bounds, deadlines, its end. */
#include <sys/mman.h>
#include <sys/socket.h>

#include <netinet/in.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "server/http/es9_binding.h"
#include "server/http/http.h"
#include "tests/unit/unit.h"

#define MAX_BODY	1000

struct bench {
	struct http_service	 svc;
	struct http		*http;
	struct sockaddr_in	 addr;
	_Atomic int		 served;
	_Atomic int		 slow;		/* ms that serving takes */
	pthread_t		 reaper;
	_Atomic bool		 stop;
	_Atomic int		 whole, broken;	/* files that were sent */
};

#define FILE_SIZE	(3 * 1024 * 1024 + 1)

static void
bench_ended(void *arg, bool whole)
{
	struct bench	*b = arg;

	atomic_fetch_add(whole ? &b->whole : &b->broken, 1);
}

/* A body, and three megabytes behind it; short: the file ends before that. */
static void
bench_file(struct bench *b, struct http_answer *an, bool is_short)
{
	char	*p = xcalloc(1, FILE_SIZE);
	int	 fd = memfd_create("test", 0);
	size_t	 n = is_short ? FILE_SIZE / 2 : FILE_SIZE;

	memset(p, 'f', FILE_SIZE);
	if (fd == -1 || write(fd, p, n) != (ssize_t)n)
		abort();
	free(p);
	an->status = 200;
	an->content_type = "application/octet-stream";
	buf_add_str(&an->body, "head\n");
	an->file = xcalloc(1, sizeof(*an->file));
	*an->file = (struct http_file){ fd, FILE_SIZE, bench_ended, b };
}

/* Say how long the body was, or 413. */
static void
bench_serve(void *arg, const struct http_request *rq, struct http_answer *an)
{
	struct bench	*b = arg;
	int		 ms = atomic_load(&b->slow);

	if (ms > 0)
		usleep((useconds_t)ms * 1000);
	atomic_fetch_add(&b->served, 1);
	if (rq->too_large) {
		http_text(an, 413, "too large");
		return;
	}
	if (strncmp(rq->path, "/file", 5) == 0) {
		bench_file(b, an, strcmp(rq->path, "/file-short") == 0);
		return;
	}
	http_text(an, 200, "");
	buf_cut(&an->body, 0);
	buf_addf(&an->body, "%s %s %zu", rq->method, rq->path, rq->body.len);
}

static void *
bench_reap(void *arg)
{
	struct bench	*b = arg;

	while (!atomic_load(&b->stop)) {
		http_reap(b->http);
		usleep(100000);
	}
	return NULL;
}

static void
bench_open(struct bench *b, int deadline)
{
	socklen_t	 n = sizeof(b->addr);
	struct why	 why = {""};
	int		 fd;

	memset(b, 0, sizeof(*b));
	b->addr.sin_family = AF_INET;
	b->addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) == -1 ||
	    bind(fd, (struct sockaddr *)&b->addr, sizeof(b->addr)) == -1 ||
	    listen(fd, 16) == -1 ||
	    getsockname(fd, (struct sockaddr *)&b->addr, &n) == -1)
		abort();
	b->svc = (struct http_service){ .max_body = MAX_BODY,
	    .max_connections = 20, .idle = 20, .deadline = deadline,
	    .serve = bench_serve, .arg = b };
	if (http_start(&b->svc, fd, &b->http, &why) != 0 ||
	    pthread_create(&b->reaper, NULL, bench_reap, b) != 0)
		abort();
}

static void
bench_close(struct bench *b)
{
	atomic_store(&b->stop, true);
	pthread_join(b->reaper, NULL);
	http_stop(b->http, 5);
}

static int
dial(const struct bench *b)
{
	struct timeval	 tv = { 10, 0 };
	int		 fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd == -1 || connect(fd, (const struct sockaddr *)&b->addr,
	    sizeof(b->addr)) == -1)
		abort();
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	return fd;
}

static void
say(int fd, const char *text, size_t n)
{
	if (send(fd, text, n, MSG_NOSIGNAL) != (ssize_t)n)
		CU_PASS("the other end has gone: the answer will tell");
}

/* What comes until `want` is in it or the end: true if it is. */
static bool
hear(int fd, const char *want)
{
	char	 text[4096];
	size_t	 n = 0;
	ssize_t	 got;

	for (;;) {
		got = recv(fd, text + n, sizeof(text) - 1 - n, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
		text[n] = '\0';
		if (strstr(text, want) != NULL)
			return true;
	}
}

static void
post(int fd, size_t body)
{
	char	 head[200], *octets = xcalloc(body + 1, 1);
	int	 n;

	n = snprintf(head, sizeof(head), "POST /x HTTP/1.1\r\nHost: h\r\n"
	    "Content-Length: %zu\r\n\r\n", body);
	memset(octets, 'a', body);
	say(fd, head, (size_t)n);
	say(fd, octets, body);
	free(octets);
}

static void
bodies_arrive_whole(void)
{
	struct bench	 b;
	int		 fd;

	bench_open(&b, 20);
	fd = dial(&b);
	post(fd, 0);
	CU_ASSERT_TRUE(hear(fd, "POST /x 0"));
	post(fd, MAX_BODY);
	CU_ASSERT_TRUE(hear(fd, "POST /x 1000"));
	say(fd, "GET /y HTTP/1.1\r\nHost: h\r\n\r\n", 28);
	CU_ASSERT_TRUE(hear(fd, "GET /y 0"));
	CU_ASSERT_EQUAL(atomic_load(&b.served), 3);
	close(fd);
	bench_close(&b);
}

static void
bodies_are_bounded(void)
{
	struct bench	 b;
	char		 chunk[600];
	int		 fd, i;

	bench_open(&b, 20);
	fd = dial(&b);
	post(fd, MAX_BODY + 1);
	CU_ASSERT_TRUE(hear(fd, " 413 "));
	close(fd);
	/* One that announces more than is worth reading. */
	fd = dial(&b);
	post(fd, 100 * MAX_BODY);
	CU_ASSERT_TRUE(hear(fd, " 413 "));
	close(fd);
	/* Chunks that announce nothing. */
	fd = dial(&b);
	say(fd, "POST /x HTTP/1.1\r\nHost: h\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n", 57);
	snprintf(chunk, sizeof(chunk), "1f4\r\n%0500d\r\n", 0);
	for (i = 0; i < 3; i++)
		say(fd, chunk, strlen(chunk));
	say(fd, "0\r\n\r\n", 5);
	CU_ASSERT_TRUE(hear(fd, " 413 "));
	close(fd);
	/* Chunks without end. */
	fd = dial(&b);
	say(fd, "POST /x HTTP/1.1\r\nHost: h\r\n"
	    "Transfer-Encoding: chunked\r\n\r\n", 57);
	for (i = 0; i < 200; i++)
		say(fd, chunk, strlen(chunk));
	CU_ASSERT_FALSE(hear(fd, " 200 "));
	close(fd);
	bench_close(&b);
}

/* An octet now and then is activity, but no request for ever. */
static void
requests_have_a_deadline(void)
{
	struct bench	 b;
	int		 fd, i;
	ssize_t		 n = 0;

	bench_open(&b, 1);
	fd = dial(&b);
	for (i = 0; i < 60; i++) {
		n = send(fd, "P", 1, MSG_NOSIGNAL);
		if (n != 1)
			break;
		usleep(100000);
	}
	CU_ASSERT_NOT_EQUAL(n, 1);
	CU_ASSERT_TRUE(i < 50);
	close(fd);
	CU_ASSERT_EQUAL(atomic_load(&b.served), 0);
	/* Serving is our time, not the client's. */
	atomic_store(&b.slow, 2500);
	fd = dial(&b);
	post(fd, 1);
	CU_ASSERT_TRUE(hear(fd, "POST /x 1"));
	close(fd);
	bench_close(&b);
}

static void *
bench_late(void *arg)
{
	struct bench	*b = arg;
	int		 fd = dial(b);
	bool		 heard;

	post(fd, 5);
	heard = hear(fd, "POST /x 5");
	close(fd);
	return heard ? b : NULL;
}

/* What is being served when the end comes is served. */
static void
the_end_waits_for_answers(void)
{
	struct bench	 b;
	pthread_t	 late;
	void		*heard = NULL;

	bench_open(&b, 20);
	atomic_store(&b.slow, 800);
	if (pthread_create(&late, NULL, bench_late, &b) != 0)
		abort();
	usleep(300000);
	bench_close(&b);
	pthread_join(late, &heard);
	CU_ASSERT_PTR_NOT_NULL(heard);
	CU_ASSERT_EQUAL(atomic_load(&b.served), 1);
}

/* Octets behind the head, if it is to come; max 0: until the end. */
static size_t
hear_file(int fd, size_t max, bool head)
{
	char	 part[65536], *body;
	size_t	 n = 0;
	ssize_t	 got;

	while ((max == 0 || n < max) &&
	    (got = recv(fd, part, sizeof(part) - 1, 0)) > 0) {
		part[got] = '\0';
		body = head ? strstr(part, "\r\n\r\n") : part;
		if (body == NULL)
			continue;
		n += (size_t)(part + got - body) - (head ? 4 : 0);
		head = false;
	}
	return n;
}

static bool
waited(_Atomic int *n, int want)
{
	int	 tenths;

	for (tenths = 0; tenths < 50 && atomic_load(n) < want; tenths++)
		usleep(100000);
	return atomic_load(n) == want;
}

static void
ask_file(int fd, const char *path)
{
	char	 text[100];
	int	 n;

	n = snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: h\r\n"
	    "Connection: close\r\n\r\n", path);
	say(fd, text, (size_t)n);
}

/* A file comes behind the body; who breaks it off is told from who does not. */
static void
files_follow(void)
{
	struct bench	 b;
	int		 fd;

	bench_open(&b, 1);
	fd = dial(&b);
	ask_file(fd, "/file");
	CU_ASSERT_EQUAL(hear_file(fd, 0, true), 5 + FILE_SIZE);
	close(fd);
	CU_ASSERT_TRUE(waited(&b.whole, 1));
	CU_ASSERT_EQUAL(atomic_load(&b.broken), 0);
	fd = dial(&b);
	ask_file(fd, "/file");
	CU_ASSERT(hear_file(fd, 1000, true) < FILE_SIZE);
	close(fd);
	CU_ASSERT_TRUE(waited(&b.broken, 1));
	/* Slower than a request may be: it goes on as long as it moves. */
	fd = dial(&b);
	ask_file(fd, "/file");
	CU_ASSERT(hear_file(fd, 1000, true) < FILE_SIZE);
	usleep(2500000);
	CU_ASSERT(hear_file(fd, 0, false) > FILE_SIZE / 2);
	close(fd);
	CU_ASSERT_TRUE(waited(&b.whole, 2));
	fd = dial(&b);
	ask_file(fd, "/file-short");
	CU_ASSERT(hear_file(fd, 0, true) < FILE_SIZE);
	close(fd);
	CU_ASSERT_TRUE(waited(&b.broken, 2));
	bench_close(&b);
	CU_ASSERT_EQUAL(atomic_load(&b.whole) + atomic_load(&b.broken), 4);
}

/* A request whose header has this functionRequesterIdentifier. */
static void
check_actor(json_t *id, const char *want)
{
	json_t	*q = json_pack("{s:{s:s}}", "header",
		    "functionCallIdentifier", "call-1");
	char	 out[CTX_ACTOR_TEXT] = "left from before";

	if (id != NULL)
		json_object_set_new(json_object_get(q, "header"),
		    "functionRequesterIdentifier", id);
	es9_actor(q, out);
	CU_ASSERT_STRING_EQUAL(out, want);
	json_decref(q);
}

/* What a caller says of itself is shown to people: bounded, printable. */
static void
callers_are_named(void)
{
	char	 id[LIM_REQUESTER + 2], want[sizeof(id) + 16];
	char	 out[CTX_ACTOR_TEXT];
	json_t	*q;

	check_actor(json_string("eIM"), "euicc via eIM");
	check_actor(json_string("2.999.10"), "euicc via 2.999.10");
	check_actor(NULL, "");
	check_actor(json_string(""), "");
	check_actor(json_integer(7), "");
	check_actor(json_object(), "");
	check_actor(json_string("a b"), "");
	check_actor(json_string("a\nb"), "");
	check_actor(json_string("\033[2J"), "");
	check_actor(json_string("e\303\257M"), "");
	check_actor(json_stringn("a\0b", 3), "");
	memset(id, 'x', sizeof(id));
	id[LIM_REQUESTER + 1] = '\0';
	check_actor(json_string(id), "");
	id[LIM_REQUESTER] = '\0';
	snprintf(want, sizeof(want), "euicc via %s", id);
	check_actor(json_string(id), want);
	q = json_pack("{s:s}", "header", "eIM");
	es9_actor(q, out);
	CU_ASSERT_STRING_EQUAL(out, "");
	json_decref(q);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(bodies_arrive_whole),
		UNIT_CASE(bodies_are_bounded),
		UNIT_CASE(requests_have_a_deadline),
		UNIT_CASE(the_end_waits_for_answers),
		UNIT_CASE(files_follow),
		UNIT_CASE(callers_are_named),
	};

	return unit_main("http", cases, NELEM(cases));
}
