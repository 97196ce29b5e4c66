/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/ctl_call.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/jfield.h"
#include "base/limits.h"
#include "certs/digest.h"
#include "server/settings.h"

#define CALL_ANSWER_MAX	(4 * LIM_ADMIN_BODY)
#define CALL_TIMEOUT	120L	/* seconds */
#define FILE_TIMEOUT	3600L	/* a file of all subscribers is made first */

struct ctl_link {
	struct settings		 set;
	CURL			*curl;
	struct curl_slist	*head;
	struct buf		 answer;
	int			 fd;		/* for octets behind the answer */
	bool			 file;		/* there may be some */
	bool			 failed;	/* fd cannot be written */
	bool			 tty;		/* somebody watches */
	uint64_t		 octets;
	struct digest		*digest;
};

void
ctl_link_free(struct ctl_link *l)
{
	if (l == NULL)
		return;
	curl_slist_free_all(l->head);
	curl_easy_cleanup(l->curl);
	buf_free(&l->answer);
	digest_free(l->digest);
	settings_free(&l->set);
	free(l);
}

static bool
link_write(struct ctl_link *l, struct slice s)
{
	ssize_t	 n;

	digest_add(l->digest, s);
	l->octets += s.len;
	for (; s.len > 0; s = slice_sub(s, (size_t)n, s.len)) {
		n = write(l->fd, s.p, s.len);
		if (n == -1 && errno == EINTR)
			n = 0;
		else if (n <= 0) {
			l->failed = true;
			return false;
		}
	}
	return true;
}

/* The answer is one line where a file follows it. */
static size_t
link_sink(char *p, size_t size, size_t n, void *arg)
{
	struct ctl_link	*l = arg;
	struct slice	 s = slice_of(p, size * n);
	const char	*end = NULL;
	size_t		 head = s.len;

	if (l->file && l->answer.len > 0 &&
	    l->answer.p[l->answer.len - 1] == '\n')
		return link_write(l, s) ? s.len : 0;
	if (l->file && (end = memchr(p, '\n', s.len)) != NULL)
		head = (size_t)(end - p) + 1;
	if (l->answer.len + head > CALL_ANSWER_MAX)
		return 0;
	buf_add(&l->answer, p, head);
	return head == s.len || link_write(l, slice_sub(s, head, s.len)) ?
	    s.len : 0;
}

static void
link_curl(struct ctl_link *l, const char *socket)
{
	if ((l->curl = curl_easy_init()) == NULL)
		abort();
	l->head = curl_slist_append(l->head,
	    "Content-Type: application/json");
	l->head = curl_slist_append(l->head, "Expect:");
	curl_easy_setopt(l->curl, CURLOPT_UNIX_SOCKET_PATH, socket);
	curl_easy_setopt(l->curl, CURLOPT_HTTPHEADER, l->head);
	curl_easy_setopt(l->curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(l->curl, CURLOPT_TIMEOUT, CALL_TIMEOUT);
	curl_easy_setopt(l->curl, CURLOPT_WRITEFUNCTION, link_sink);
	curl_easy_setopt(l->curl, CURLOPT_WRITEDATA, l);
}

/* Where is the socket?  The daemon's own configuration says it. */
static int
link_new(const char *dir, struct ctl_link **out, struct why *why)
{
	struct ctl_link	*l = xcalloc(1, sizeof(*l));
	struct buf	 path = { 0 };
	int		 r;

	buf_addf(&path, "%s/smdpd.conf", dir);
	if ((r = settings_load(buf_cstr(&path), &l->set, why)) != 0)
		goto out;
	if (l->set.listen_admin == NULL ||
	    strncmp(l->set.listen_admin, "unix:", 5) != 0) {
		r = why_set(why, DPE_USAGE, "%s: listen-admin names no unix "
		    "socket", buf_cstr(&path));
		goto out;
	}
	link_curl(l, l->set.listen_admin + 5);
	*out = l;
	l = NULL;
out:
	ctl_link_free(l);
	buf_free(&path);
	return r;
}

static int
call_begin(struct ctl *c, struct why *why)
{
	int	 r;

	if (c->link != NULL)
		return CTL_DONE;
	if (c->dir == NULL) {
		why_set(why, DPE_USAGE, "the directory of the server is "
		    "needed: -d D, or SMDP_LAB");
		return CTL_USAGE;
	}
	if ((r = link_new(c->dir, &c->link, why)) == 0)
		return CTL_DONE;
	return r == DPE_NOTFOUND ? CTL_NOTFOUND : CTL_FAILED;
}

/* {"error":{"code":..,"text":..}} to an exit status and a reason. */
static int
call_refused(const json_t *out, struct why *why)
{
	const json_t	*e = json_object_get(out, "error");
	const char	*code, *text;

	code = json_string_value(json_object_get(e, "code"));
	text = json_string_value(json_object_get(e, "text"));
	if (code == NULL || text == NULL)
		return why_set(why, CTL_FAILED, "smdpd: an answer that makes "
		    "no sense");
	why_set(why, 0, "%s", text);
	if (strcmp(code, "not_found") == 0)
		return CTL_NOTFOUND;
	return strcmp(code, "usage") == 0 ? CTL_USAGE : CTL_FAILED;
}

static int
call_post(struct ctl_link *l, const char *url, struct slice body,
    long *status, struct why *why)
{
	CURLcode	 r;

	buf_cut(&l->answer, 0);
	curl_easy_setopt(l->curl, CURLOPT_URL, url);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDSIZE_LARGE,
	    (curl_off_t)body.len);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDS, (const char *)body.p);
	r = curl_easy_perform(l->curl);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDS, NULL);
	if (l->failed)
		return why_set(why, CTL_FAILED, "the file cannot be written: "
		    "%s", strerror(errno));
	if (r == CURLE_COULDNT_CONNECT)
		return why_set(why, CTL_FAILED, "%s: smdpd is not running, or "
		    "you may not use its socket", l->set.listen_admin + 5);
	if (r != CURLE_OK)
		return why_set(why, CTL_FAILED, "%s: %s",
		    l->set.listen_admin + 5, curl_easy_strerror(r));
	curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, status);
	return CTL_DONE;
}

int
ctl_call(struct ctl *c, const char *noun, const char *verb, const json_t *in,
    json_t **out, struct why *why)
{
	struct buf	 url = { 0 }, body = { 0 };
	long		 status = 0;
	int		 r;

	*out = NULL;
	if ((r = call_begin(c, why)) != CTL_DONE)
		return r;
	buf_addf(&url, "http://smdpd/v1/%s/%s", noun, verb);
	json_write(in, &body);
	if ((r = call_post(c->link, buf_cstr(&url), buf_slice(&body), &status,
	    why)) != CTL_DONE)
		goto out;
	if (json_read(buf_slice(&c->link->answer), out, why) != 0) {
		r = status == 403 ? why_set(why, CTL_FAILED, "smdpd: this user "
		    "may not administer it") : why_set(why, CTL_FAILED,
		    "smdpd: answers %ld and no JSON", status);
		goto out;
	}
	if (status != 200) {
		r = call_refused(*out, why);
		json_decref(*out);
		*out = NULL;
	}
out:
	buf_cut(&c->link->answer, 0);
	buf_free(&body);
	buf_free(&url);
	return r;
}

int
ctl_call_say(struct ctl *c, const char *noun, const char *verb,
    const json_t *in, json_t **out)
{
	struct why	 why;
	int		 r;

	if ((r = ctl_call(c, noun, verb, in, out, &why)) != CTL_DONE) {
		ctl_opt_reason(c->verb, &why);
		return ctl_say(r, "%s", why.text);
	}
	return r;
}

/* On a terminal: the file is made first, and then it comes. */
static int
file_progress(void *arg, curl_off_t want, curl_off_t got, curl_off_t up_want,
    curl_off_t up_got)
{
	struct ctl_link	*l = arg;

	(void)up_want;
	(void)up_got;
	if (!l->tty || want == 0)
		return 0;
	fprintf(stderr, "\r%lld of %lld MB%s", (long long)got / 1000000,
	    (long long)want / 1000000, got == want ? "\n" : "");
	l->tty = got < want;
	return 0;
}

/* What has arrived must be what was announced. */
static int
file_check(struct ctl_link *l, const json_t *out)
{
	char		 digest[DIGEST_TEXT];
	const char	*want;

	digest_end(l->digest, digest);
	want = json_string_value(json_object_get(out, "sha256"));
	if (want != NULL && strcmp(want, digest) == 0 && (json_int_t)l->octets
	    == json_integer_value(json_object_get(out, "octets")))
		return CTL_DONE;
	return ctl_say(CTL_FAILED, "smdpd: the file did not arrive whole");
}

int
ctl_call_file(struct ctl *c, const char *noun, const char *verb,
    const json_t *in, int fd, json_t **out)
{
	struct why	 why;
	int		 r;

	*out = NULL;
	if ((r = call_begin(c, &why)) != CTL_DONE)
		return ctl_say(r, "%s", why.text);
	if (c->link->digest == NULL && digest_new(&c->link->digest) != 0)
		return ctl_say(CTL_FAILED, "OpenSSL does not start");
	c->link->fd = fd;
	c->link->file = true;
	c->link->octets = 0;
	c->link->tty = isatty(STDERR_FILENO) == 1;
	curl_easy_setopt(c->link->curl, CURLOPT_XFERINFOFUNCTION,
	    file_progress);
	curl_easy_setopt(c->link->curl, CURLOPT_XFERINFODATA, c->link);
	curl_easy_setopt(c->link->curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c->link->curl, CURLOPT_TIMEOUT, FILE_TIMEOUT);
	if ((r = ctl_call_say(c, noun, verb, in, out)) == CTL_DONE &&
	    (r = file_check(c->link, *out)) != CTL_DONE) {
		json_decref(*out);
		*out = NULL;
	}
	curl_easy_setopt(c->link->curl, CURLOPT_TIMEOUT, CALL_TIMEOUT);
	curl_easy_setopt(c->link->curl, CURLOPT_NOPROGRESS, 1L);
	c->link->file = false;
	return r;
}

int
ctl_pages(struct ctl *c, const char *noun, const char *verb, json_t *in,
    int64_t max, int (*fn)(void *arg, const json_t *items), void *arg)
{
	json_t		*out, *after = NULL, *items;
	int64_t		 seen = 0, page;
	int		 r;

	do {
		page = max > 0 && max - seen < LIM_LIST ? max - seen :
		    LIM_LIST;
		json_object_set_new(in, "limit", json_integer(page));
		if ((r = ctl_call_say(c, noun, verb, in, &out)) != CTL_DONE)
			return r;
		items = json_object_get(out, "items");
		after = json_object_get(out, "after");
		json_object_set(in, "after", after);
		seen += (int64_t)json_array_size(items);
		r = fn(arg, items);
		after = json_object_get(in, "after");
		json_decref(out);
	} while (r == 0 && json_is_string(after) && (max == 0 || seen < max));
	return r;
}
