/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/mutants.h"

#include <sys/socket.h>

#include <netinet/in.h>

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/http/es9.h"
#include "server/http/tls.h"

struct https {
	struct bench		*b;
	struct http_service	 svc;
	struct http		*http;
	CURL			*curl;
	struct curl_slist	*json, *asn1, *to;
	unsigned		 port;
	size_t			 bytes;		/* of the answer */
};

static void
https_serve(void *arg, const struct http_request *rq, struct http_answer *an)
{
	struct https	*h = arg;

	if (es9_admit(rq, an))
		es9_serve(&h->b->env.ctx, rq, an);
}

static void
https_listen(struct https *h)
{
	struct sockaddr_in	 at = { .sin_family = AF_INET };
	socklen_t		 n = sizeof(at);
	struct why		 why = {""};
	int			 fd;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if ((fd = socket(AF_INET, SOCK_STREAM, 0)) == -1 ||
	    bind(fd, (struct sockaddr *)&at, sizeof(at)) == -1 ||
	    listen(fd, 4) == -1 ||
	    getsockname(fd, (struct sockaddr *)&at, &n) == -1)
		bench_broken("socket", "cannot listen");
	h->port = ntohs(at.sin_port);
	h->svc = (struct http_service){ .max_body = LIM_ES9_BODY,
	    .max_connections = 8, .idle = 60, .deadline = 60,
	    .serve = https_serve, .arg = h };
	if (tls_load(bench_pki_dir(), h->b->env.now, &h->svc.tls, &why) != 0)
		bench_broken("tls", why.text);
	tls_use(h->svc.tls);
	if (http_start(&h->svc, fd, &h->http, &why) != 0)
		bench_broken("listener", why.text);
}

static size_t
https_drop(char *p, size_t size, size_t n, void *arg)
{
	struct https	*h = arg;

	(void)p;
	h->bytes += size * n;
	return size * n;
}

struct https *
https_open(struct bench *b)
{
	struct https	*h = xcalloc(1, sizeof(*h));
	struct buf	 text = {0};

	h->b = b;
	https_listen(h);
	if ((h->curl = curl_easy_init()) == NULL)
		bench_broken("curl", "cannot begin");
	buf_addf(&text, ENV_ADDRESS ":443:127.0.0.1:%u", h->port);
	h->to = curl_slist_append(NULL, buf_cstr(&text));
	buf_cut(&text, 0);
	buf_addf(&text, "%s/ci/lab-p256.crt", bench_pki_dir());
	curl_easy_setopt(h->curl, CURLOPT_CAINFO, buf_cstr(&text));
	curl_easy_setopt(h->curl, CURLOPT_CONNECT_TO, h->to);
	curl_easy_setopt(h->curl, CURLOPT_WRITEFUNCTION, https_drop);
	curl_easy_setopt(h->curl, CURLOPT_WRITEDATA, h);
	curl_easy_setopt(h->curl, CURLOPT_TIMEOUT, 60L);
	curl_easy_setopt(h->curl, CURLOPT_NOPROXY, "*");
	h->json = curl_slist_append(curl_slist_append(NULL,
	    "Content-Type: application/json"), "Expect:");
	h->asn1 = curl_slist_append(curl_slist_append(NULL,
	    "Content-Type: application/x-gsma-rsp-asn1"), "Expect:");
	buf_free(&text);
	return h;
}

void
https_close(struct https *h)
{
	curl_easy_cleanup(h->curl);
	curl_slist_free_all(h->json);
	curl_slist_free_all(h->asn1);
	curl_slist_free_all(h->to);
	http_stop(h->http, 5);
	tls_free(h->svc.tls);
	free(h);
}

unsigned
https_post(struct https *h, const char *function, bool asn1,
    struct slice body)
{
	CURLcode	 r;
	long		 status = 0;
	char		 url[128];

	snprintf(url, sizeof(url), "https://" ENV_ADDRESS "/gsma/rsp2/%s%s",
	    asn1 ? "asn1" : "es9plus/", asn1 ? "" : function);
	curl_easy_setopt(h->curl, CURLOPT_URL, url);
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, asn1 ? h->asn1 :
	    h->json);
	curl_easy_setopt(h->curl, CURLOPT_POSTFIELDSIZE, (long)body.len);
	curl_easy_setopt(h->curl, CURLOPT_POSTFIELDS,
	    body.len == 0 ? "" : (const char *)body.p);
	if ((r = curl_easy_perform(h->curl)) != CURLE_OK)
		bench_broken("https", curl_easy_strerror(r));
	curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
	return (unsigned)status;
}
