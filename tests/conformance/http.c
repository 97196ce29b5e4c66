/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/http.h"

#include <sys/socket.h>

#include <netinet/in.h>

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/hex.h"
#include "server/http/es9.h"

#define VERSION	"gsma/rsp/v2.5.0"

static void
http_bench_serve(void *arg, const struct http_request *rq,
    struct http_answer *an)
{
	struct bench	*b = arg;

	if (es9_admit(rq, an))
		es9_serve(&b->env.ctx, rq, an);
}

/* A listener on loopback, and a connection to it. */
static int
http_open(const struct http_service *svc, struct http **h)
{
	struct sockaddr_in	 at = { .sin_family = AF_INET };
	socklen_t		 n = sizeof(at);
	struct timeval		 tv = { 20, 0 };
	struct why		 why = {""};
	int			 fd, client;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) == -1 ||
	    bind(fd, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    listen(fd, 4) == -1 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) == -1)
		bench_broken("socket", "cannot listen");
	if (http_start(svc, fd, h, &why) != 0)
		bench_broken("listener", why.text);
	if ((client = socket(AF_INET, SOCK_STREAM, 0)) == -1 ||
	    connect(client, (struct sockaddr *)&at, sizeof(at)) == -1)
		bench_broken("socket", "cannot connect");
	setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	return client;
}

static void
http_body(const struct bench *b, const char *text, struct buf *out)
{
	size_t	 n;

	if (text == NULL)
		buf_add_slice(out, buf_slice(&b->body));
	else if (text[0] == '#')
		for (n = strtoul(text + 1, NULL, 10); n > 0; n--)
			buf_add_u8(out, 'a');
	else if (text[0] == 'x') {
		if (hex_decode(slice_str(text + 1), out) != 0)
			bench_broken(text, "is no hex");
	} else if (strcmp(text, "-") != 0)
		buf_add_str(out, text);
}

static void
http_request(const struct bench *b, const struct conf_case *c,
    struct buf *out)
{
	struct buf	 body = {0};
	const char	*p;

	http_body(b, c->order, &body);
	for (p = c->type; *p != '\0'; p++) {
		if (*p == '|')
			buf_add_str(out, "\r\n");
		else
			buf_add_u8(out, (uint8_t)*p);
	}
	buf_add_str(out, "Host: " ENV_ADDRESS "\r\nConnection: close\r\n");
	if (strstr(c->type, "chunked") == NULL)
		buf_addf(out, "Content-Length: %zu\r\n", body.len);
	buf_add_str(out, "\r\n");
	buf_add_slice(out, buf_slice(&body));
	buf_free(&body);
}

/* All that comes until the other side ends. */
static void
http_exchange(int fd, struct slice rq, struct buf *out)
{
	uint8_t	 part[4096];
	ssize_t	 n;

	if (send(fd, rq.p, rq.len, MSG_NOSIGNAL) != (ssize_t)rq.len)
		bench_broken("socket", "cannot send");
	while ((n = recv(fd, part, sizeof(part), 0)) > 0)
		buf_add(out, part, (size_t)n);
	close(fd);
}

/* A header's value, and how often it is there. */
static size_t
http_header(const char *head, const char *name, char *value, size_t size)
{
	size_t		 n = 0, len = strlen(name);
	const char	*line;

	value[0] = '\0';
	for (line = head; line != NULL; line = strstr(line, "\r\n")) {
		line += line == head ? 0 : 2;
		if (strncasecmp(line, name, len) != 0 || line[len] != ':')
			continue;
		n++;
		snprintf(value, size, "%.*s",
		    (int)strcspn(line + len + 2, "\r"), line + len + 2);
	}
	return n;
}

/* What is wrong with the head of an answer; NULL: nothing. */
static const char *
http_doubt(const char *head, const struct http_answer *an, bool has_body)
{
	char	 value[80];

	if (http_header(head, "X-Admin-Protocol", value, sizeof(value)) != 1 ||
	    strcmp(value, VERSION) != 0)
		return "not one X-Admin-Protocol " VERSION;
	if (an->status != 204 && (http_header(head, "Content-Length", value,
	    sizeof(value)) != 1 || (has_body &&
	    strtoul(value, NULL, 10) != an->body.len)))
		return "no Content-Length, or another";
	if ((http_header(head, "Content-Type", value, sizeof(value)) == 1) !=
	    (an->status != 204))
		return "a Content-Type without body, or a body without it";
	if (an->status == 405 && (http_header(head, "Allow", value,
	    sizeof(value)) != 1 || strcmp(value, "POST") != 0))
		return "405 without Allow: POST";
	return NULL;
}

/* Into b->an, as if it had come without a network. */
static const char *
http_answer(struct bench *b, struct buf *all, bool has_body)
{
	static char	 type[80];
	char		*end = strstr(buf_cstr(all), "\r\n\r\n");
	char		*head = buf_cstr(all);

	buf_free(&b->an.body);
	memset(&b->an, 0, sizeof(b->an));
	if (end == NULL || strncmp(head, "HTTP/1.", 7) != 0)
		return "no answer of HTTP";
	buf_set(&b->an.body, slice_sub(buf_slice(all),
	    (size_t)(end + 4 - head), all->len));
	*end = '\0';
	b->an.status = (unsigned)strtoul(head + 9, NULL, 10);
	if (http_header(head, "Content-Type", type, sizeof(type)) > 0)
		b->an.content_type = type;
	return http_doubt(head, &b->an, has_body);
}

static void
http_case(struct bench *b, const struct conf_case *c, struct buf *got)
{
	struct http_service	 svc = { .max_body = LIM_ES9_BODY,
				    .max_connections = 4, .idle = 20,
				    .deadline = 20, .arg = b,
				    .serve = http_bench_serve };
	struct buf		 rq = {0}, all = {0};
	struct http		*h;
	const char		*doubt;
	int			 fd;

	http_request(b, c, &rq);
	fd = http_open(&svc, &h);
	http_exchange(fd, buf_slice(&rq), &all);
	doubt = http_answer(b, &all, strncmp(c->type, "HEAD", 4) != 0);
	if (doubt != NULL)
		buf_addf(got, "%s; ", doubt);
	bench_read(b);
	http_stop(h, 5);
	buf_free(&rq);
	buf_free(&all);
}

bool
conf_over_http(const struct conf_case *c, bool asn1, struct buf *want,
    struct buf *got)
{
	struct bench	 b;
	char		*script = xstrdup(c->script), *text = xstrdup(c->want);

	bench_open(&b, asn1);
	bench_type(&b, NULL);
	bench_order(&b, NULL);
	if (conf_steps(&b, script, got))
		http_case(&b, c, got);
	conf_facts(&b, text, want, got);
	bench_close(&b);
	free(script);
	free(text);
	return slice_eq(buf_slice(want), buf_slice(got));
}
