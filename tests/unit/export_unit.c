/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/export_unit.h"

#include <openssl/ec.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/jfield.h"
#include "certs/cms.h"

static struct reader	reader;		/* of all files here */
static char		recipient[4096];	/* its certificate, Base64 */

/* A type, and three profiles of it. */
struct bench *
export_stock(bool lab, const struct driver *drv)
{
	struct bench	*b = drv == NULL ? bench_new(lab) :
	    bench_new_over(lab, drv);
	struct buf	 text = { 0 };

	json_decref(bench_ask(b, "type add", "{\"name\":\"staff\"}"));
	json_decref(bench_ask(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":3,\"iccid\":\"" FIRST "\"}"));
	if (reader.cert.len == 0)
		reader_make(EVP_EC_gen("P-256"), NULL, BENCH_NOW, &reader);
	base64_add(&text, buf_slice(&reader.cert));
	snprintf(recipient, sizeof(recipient), "%s", buf_cstr(&text));
	buf_free(&text);
	return b;
}

static void
take_file(struct admin_file *f, bool whole, struct buf *octets)
{
	ssize_t	 n;

	n = pread(f->fd, buf_grow(octets, f->size), f->size, 0);
	CU_ASSERT_EQUAL(n, (ssize_t)f->size);
	close(f->fd);
	f->ended(f->arg, whole);
	free(f);
}

void
export_ask(struct bench *b, const char *members, bool whole, struct got *g)
{
	const struct admin_verb	*v = admin_verb_find("export", "hss");
	struct admin_call	 call = { .ctx = &b->c, .actor = "uid 0" };
	struct buf		 in = { 0 };
	json_t			*j = NULL;

	memset(g, 0, sizeof(*g));
	buf_addf(&in, "{%s}", members);
	if (json_read(buf_slice(&in), &j, &g->why) != 0)
		abort();
	if (json_object_get(j, "recipient") == NULL &&
	    json_object_get(j, "plain") == NULL)
		json_object_set_new(j, "recipient", json_string(recipient));
	call.in = j;
	call.out = json_object();
	g->r = v->fn(&call);
	g->why = call.why;
	g->out = call.out;
	CU_ASSERT((call.file != NULL) == (g->r == 0));
	if (call.file != NULL)
		take_file(call.file, whole, &g->octets);
	json_decref(j);
	buf_free(&in);
}

void
export_got_free(struct got *g)
{
	json_decref(g->out);
	buf_free(&g->octets);
}

void
export_open(struct got *g, struct buf *plain)
{
	buf_cut(plain, 0);
	CU_ASSERT_EQUAL_FATAL(g->r, 0);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&g->octets),
	    buf_slice(&reader.cert), buf_slice(&reader.key), plain), 0);
}

/* Lines of an encrypted csv that has only ICCIDs. */
size_t
export_lines(struct bench *b, const char *members, const char *first)
{
	struct got	 g;
	struct buf	 plain = { 0 }, in = { 0 };
	const char	*p;
	size_t		 n = 0;

	buf_addf(&in, "\"format\":\"csv\",\"columns\":\"iccid\"%s", members);
	export_ask(b, buf_cstr(&in), true, &g);
	if (g.r == 0) {
		export_open(&g, &plain);
		for (p = buf_cstr(&plain); (p = strchr(p, '\n')) != NULL; p++)
			n++;
		CU_ASSERT_EQUAL(strncmp(buf_cstr(&plain) + 6, first,
		    strlen(first)), 0);
		n--;		/* the head */
	} else
		CU_ASSERT_EQUAL(g.r, DPE_NOTFOUND);
	export_got_free(&g);
	buf_free(&plain);
	buf_free(&in);
	return n;
}

void
export_reader_free(void)
{
	reader_free(&reader);
}
