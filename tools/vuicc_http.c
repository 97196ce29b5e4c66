/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_http.h"

#include <curl/curl.h>

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/jfield.h"
#include "base/limits.h"
#include "config.h"
#include "tools/vuicc_asn1.h"

#define PATH		"/gsma/rsp2/es9plus/"
#define PATH_ASN1	"/gsma/rsp2/asn1"
#define ANSWER_MAX	(2 * LIM_UPP)	/* base64 and framing of a package */
#define TIMEOUT		60L		/* seconds for one call */
#define CONNECT_TIMEOUT	10L

struct vuicc_http {
	CURL			*curl;
	struct curl_slist	*headers, *connect;
	char			 error[CURL_ERROR_SIZE];
	bool			 fresh;
	bool			 asn1;
	const char		*eim_id;
	unsigned long		 n_call;	/* of this eIM, so far */
	FILE			*trace;
};

static pthread_once_t	http_once = PTHREAD_ONCE_INIT;

static void
http_global(void)
{
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		abort();
}

/* HOST:PORT=IP:PORT to curl's HOST:PORT:IP:PORT. */
static int
http_connect_to(struct vuicc_http *h, const char *text, struct why *why)
{
	struct buf	 b = {0};
	const char	*eq = strchr(text, '=');

	if (eq == NULL || memchr(text, ':', (size_t)(eq - text)) == NULL ||
	    strchr(eq, ':') == NULL)
		return why_set(why, DPE_USAGE,
		    "--connect %s: is not HOST:PORT=IP:PORT", text);
	buf_add(&b, text, (size_t)(eq - text));
	buf_addf(&b, ":%s", eq + 1);
	h->connect = curl_slist_append(h->connect, buf_cstr(&b));
	buf_free(&b);
	return 0;
}

/* Trust: these roots and no others, and the name must fit. */
static void
http_trust(struct vuicc_http *h, const struct vuicc_http_conf *conf)
{
	struct curl_blob	 blob;

	curl_easy_setopt(h->curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(h->curl, CURLOPT_SSL_VERIFYHOST, 2L);
	curl_easy_setopt(h->curl, CURLOPT_SSLVERSION,
	    (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(h->curl, CURLOPT_CAPATH, NULL);
	if (conf->cafile != NULL) {
		curl_easy_setopt(h->curl, CURLOPT_CAINFO, conf->cafile);
		return;
	}
	curl_easy_setopt(h->curl, CURLOPT_CAINFO, NULL);
	blob.data = (void *)(uintptr_t)conf->ca_pem.p;
	blob.len = conf->ca_pem.len;
	blob.flags = CURL_BLOB_COPY;
	curl_easy_setopt(h->curl, CURLOPT_CAINFO_BLOB, &blob);
}

/* What an LPA says of itself, or an eIM as they are seen (spec 07, 7). */
static void
http_headers(struct vuicc_http *h)
{
	bool	 eim = h->eim_id != NULL;

	h->headers = curl_slist_append(NULL, h->asn1 ?
	    "Content-Type: application/x-gsma-rsp-asn1" : eim ?
	    "Content-Type: application/json;charset=UTF-8" :
	    "Content-Type: application/json");
	h->headers = curl_slist_append(h->headers, eim ?
	    "X-Admin-Protocol: gsma/rsp/v2.1.0" :
	    "X-Admin-Protocol: gsma/rsp/v2.2.2");
	h->headers = curl_slist_append(h->headers, "Expect:");
	curl_easy_setopt(h->curl, CURLOPT_HTTPHEADER, h->headers);
	curl_easy_setopt(h->curl, CURLOPT_USERAGENT, eim ?
	    "vuicc-eim/" PACKAGE_VERSION : "gsma-rsp-lpad");
}

static void
http_options(struct vuicc_http *h, const struct vuicc_http_conf *conf)
{
	CURL	*c = h->curl;

	h->asn1 = conf->asn1;
	h->eim_id = conf->eim_id;
	http_headers(h);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(c, CURLOPT_HTTP_VERSION,
	    (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(c, CURLOPT_TIMEOUT, TIMEOUT);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, CONNECT_TIMEOUT);
	curl_easy_setopt(c, CURLOPT_TCP_NODELAY, 1L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, h->error);
	/* A new key exchange for every session (3.1.2 step 5). */
	curl_easy_setopt(c, CURLOPT_SSL_SESSIONID_CACHE, 0L);
	if (conf->reconnect)
		curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	if (h->connect != NULL)
		curl_easy_setopt(c, CURLOPT_CONNECT_TO, h->connect);
	http_trust(h, conf);
}

int
vuicc_http_new(const struct vuicc_http_conf *conf, struct vuicc_http **out,
    struct why *why)
{
	struct vuicc_http	*h;
	size_t			 i;
	int			 r = 0;

	*out = NULL;
	pthread_once(&http_once, http_global);
	h = xcalloc(1, sizeof(*h));
	if (conf->trace != NULL && (h->trace = fopen(conf->trace, "ae")) ==
	    NULL)
		r = why_set(why, DPE_IO, "%s: %s", conf->trace,
		    strerror(errno));
	else if ((h->curl = curl_easy_init()) == NULL)
		r = why_set(why, DPE_IO, "libcurl does not start");
	for (i = 0; r == 0 && i < conf->n_connect; i++)
		r = http_connect_to(h, conf->connect[i], why);
	if (r != 0) {
		vuicc_http_free(h);
		return r;
	}
	http_options(h, conf);
	*out = h;
	return 0;
}

void
vuicc_http_free(struct vuicc_http *h)
{
	if (h == NULL)
		return;
	curl_easy_cleanup(h->curl);
	curl_slist_free_all(h->headers);
	curl_slist_free_all(h->connect);
	if (h->trace != NULL)
		fclose(h->trace);
	free(h);
}

void
vuicc_http_hang_up(struct vuicc_http *h)
{
	h->fresh = true;
}

void
vuicc_answer_free(struct vuicc_answer *a)
{
	json_decref(a->body);
	buf_free(&a->text);
	memset(a, 0, sizeof(*a));
}

static size_t
http_receive(char *p, size_t size, size_t n, void *arg)
{
	struct buf	*text = arg;

	n *= size;
	if (n > ANSWER_MAX - text->len)
		return 0;	/* ends the transfer with an error */
	buf_add(text, p, n);
	return n;
}

/* One transfer; the body is in *body. */
static int
http_transfer(struct vuicc_http *h, const char *url, struct slice body,
    struct vuicc_answer *out, struct why *why)
{
	CURL		*c = h->curl;
	CURLcode	 code;
	curl_off_t	 us = 0;

	h->error[0] = '\0';
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_POST, 1L);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.p);
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)body.len);
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, h->fresh ? 1L : 0L);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, http_receive);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &out->text);
	h->fresh = false;
	if ((code = curl_easy_perform(c)) != CURLE_OK)
		return why_set(why, DPE_IO, "%s", h->error[0] != '\0' ?
		    h->error : curl_easy_strerror(code));
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &out->status);
	if (curl_easy_getinfo(c, CURLINFO_TOTAL_TIME_T, &us) == CURLE_OK)
		out->us = us;
	curl_easy_getinfo(c, CURLINFO_NUM_CONNECTS, &out->connects);
	return 0;
}

/* An answer as it came, but for ends of lines, or in the terms of JSON. */
static int
http_trace(struct vuicc_http *h, const struct vuicc_answer *a,
    struct why *why)
{
	struct buf	 line = {0};
	size_t		 i;
	bool		 good;

	if (h->trace == NULL)
		return 0;
	if (h->asn1 && a->body != NULL)
		json_write(a->body, &line);
	else if (!h->asn1)
		buf_add(&line, a->text.p, a->text.len);
	for (i = 0; i < line.len; i++)
		if (line.p[i] == '\n' || line.p[i] == '\r')
			line.p[i] = ' ';
	buf_add_str(&line, "\n");
	good = fwrite(line.p, 1, line.len, h->trace) == line.len &&
	    fflush(h->trace) == 0;
	buf_free(&line);
	return good ? 0 : why_set(why, DPE_IO, "--trace: %s",
	    strerror(errno));
}

/* The body in JSON; an eIM puts a header before it, as ES2+ has it (6.5). */
static void
http_json(struct vuicc_http *h, const json_t *request, struct buf *out)
{
	json_t	*all;
	char	 call[32];

	if (h->eim_id == NULL) {
		json_write(request, out);
		return;
	}
	snprintf(call, sizeof(call), "call-%lu", ++h->n_call);
	all = json_pack("{s:{s:s,s:s}}", "header",
	    "functionRequesterIdentifier", h->eim_id,
	    "functionCallIdentifier", call);
	json_object_update(all, (json_t *)(uintptr_t)request);
	json_write(all, out);
	json_decref(all);
}

int
vuicc_http_post(struct vuicc_http *h, const char *address,
    const char *function, const json_t *request, struct vuicc_answer *out,
    struct why *why)
{
	struct buf	 url = {0}, body = {0};
	int		 r;

	memset(out, 0, sizeof(*out));
	if (h->asn1) {
		buf_addf(&url, "https://%s" PATH_ASN1, address);
		if ((r = vuicc_asn1_request(function, request, &body,
		    why)) != 0)
			goto out;
	} else {
		buf_addf(&url, "https://%s" PATH "%s", address, function);
		http_json(h, request, &body);
	}
	if ((r = http_transfer(h, buf_cstr(&url), buf_slice(&body), out,
	    why)) != 0 || out->text.len == 0)
		goto out;
	if (h->asn1)
		out->body = vuicc_asn1_answer(function,
		    buf_slice(&out->text));
	else if (json_read(buf_slice(&out->text), &out->body, NULL) != 0)
		out->body = NULL;
	r = http_trace(h, out, why);
out:
	buf_free(&url);
	buf_free(&body);
	return r;
}

void
vuicc_json_der(json_t *o, const char *name, struct slice s)
{
	struct buf	 b = {0};

	base64_add(&b, s);
	json_object_set_new(o, name, json_stringn((const char *)b.p, b.len));
	buf_free(&b);
}
