/* SPDX-License-Identifier: Apache-2.0 */
/* `export hss': what is in the file, who may have it, and what is written. */
#include <openssl/ec.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/hex.h"
#include "base/jfield.h"
#include "certs/cms.h"
#include "certs/digest.h"
#include "db/db.h"
#include "db/fault.h"
#include "db/store_profile.h"
#include "server/saip/path.h"
#include "tests/unit/admin_unit.h"
#include "tests/unit/cms_reader.h"

#define FIRST	"8944000000000000001"
#define SECOND	"8944000000000000019"
#define THIRD	"8944000000000000027"
#define CALLS	200

static struct reader	reader;		/* of all files here */
static char		recipient[4096];	/* its certificate, Base64 */

/* A type, and three profiles of it. */
static struct bench *
stock(bool lab, const struct driver *drv)
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

/* One export; with 0 its answer and, where asked for, its octets. */
struct got {
	int		 r;
	json_t		*out;
	struct why	 why;
	struct buf	 octets;
};

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

static void
ask(struct bench *b, const char *members, bool whole, struct got *g)
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

static void
got_free(struct got *g)
{
	json_decref(g->out);
	buf_free(&g->octets);
}

static void
open_file(struct got *g, struct buf *plain)
{
	buf_cut(plain, 0);
	CU_ASSERT_EQUAL_FATAL(g->r, 0);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&g->octets),
	    buf_slice(&reader.cert), buf_slice(&reader.key), plain), 0);
}

/* Lines of an encrypted csv that has only ICCIDs. */
static size_t
lines(struct bench *b, const char *members, const char *first)
{
	struct got	 g;
	struct buf	 plain = { 0 }, in = { 0 };
	const char	*p;
	size_t		 n = 0;

	buf_addf(&in, "\"format\":\"csv\",\"columns\":\"iccid\"%s", members);
	ask(b, buf_cstr(&in), true, &g);
	if (g.r == 0) {
		open_file(&g, &plain);
		for (p = buf_cstr(&plain); (p = strchr(p, '\n')) != NULL; p++)
			n++;
		CU_ASSERT_EQUAL(strncmp(buf_cstr(&plain) + 6, first,
		    strlen(first)), 0);
		n--;		/* the head */
	} else
		CU_ASSERT_EQUAL(g.r, DPE_NOTFOUND);
	got_free(&g);
	buf_free(&plain);
	buf_free(&in);
	return n;
}

/* The package of a profile, as its own export gives it. */
static void
package(struct bench *b, const char *iccid, struct buf *upp)
{
	char	 in[80];
	json_t	*o;

	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"upp\":true}", iccid);
	o = bench_ask(b, "profile export", in);
	buf_cut(upp, 0);
	CU_ASSERT_EQUAL_FATAL(base64_decode(slice_str(bench_text(o, "upp")),
	    upp), 0);
	json_decref(o);
}

/* Keys in the row of this ICCID are those of the package. */
static void
row_is_of(struct buf *csv, const char *iccid, const struct buf *upp,
    const char *source)
{
	static const enum saip_field fields[] = { SAIP_K, SAIP_OPC,
	    SAIP_OTA_ENC };
	struct buf	 want = { 0 };
	struct slice	 v;
	size_t		 i;

	buf_addf(&want, "%s", iccid);
	for (i = 0; i < NELEM(fields); i++) {
		CU_ASSERT_EQUAL_FATAL(saip_path_first(buf_slice(upp),
		    fields[i], &v), 0);
		buf_add_str(&want, ",");
		hex_add(&want, v);
	}
	buf_addf(&want, ",milenage,%s\n", source);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(csv), buf_cstr(&want)));
	buf_free(&want);
}

static void
exports_are_the_packages(void)
{
	struct bench	*b = stock(false, NULL), *other = stock(false, NULL);
	struct buf	 upp = { 0 }, in = { 0 }, plain = { 0 };
	struct got	 g;

	/* One that came as a package, from another server. */
	json_decref(bench_ask(other, "profile generate", "{\"type\":\"staff\""
	    ",\"count\":1,\"iccid\":\"8945000000000000008\","
	    "\"imsi\":\"999700000012345\"}"));
	package(other, "8945000000000000008", &upp);
	buf_add_str(&in, "{\"type\":\"staff\",\"upp\":\"");
	base64_add(&in, buf_slice(&upp));
	buf_add_str(&in, "\"}");
	json_decref(bench_ask(b, "profile import", buf_cstr(&in)));
	ask(b, "\"format\":\"csv\","
	    "\"columns\":\"iccid,k,opc,ota-enc,algorithm,source\"", true, &g);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(g.out, "count")),
	    4);
	CU_ASSERT_PTR_NULL(memmem(g.octets.p, g.octets.len, FIRST, 19));
	open_file(&g, &plain);
	row_is_of(&plain, "8945000000000000008", &upp, "package");
	package(b, FIRST, &upp);
	row_is_of(&plain, FIRST, &upp, "template");
	package(b, THIRD, &upp);
	row_is_of(&plain, THIRD, &upp, "template");
	got_free(&g);
	buf_free(&upp);
	buf_free(&in);
	buf_free(&plain);
	bench_free(b);
	bench_free(other);
}

/* ICCIDs of rows of this action, the newest first. */
static void
audited_of(struct bench *b, const char *action, char *iccid, size_t size)
{
	json_t	*o = bench_ask(b, "audit list", "{}"), *a;
	size_t	 i;

	iccid[0] = '\0';
	json_array_foreach(json_object_get(o, "items"), i, a)
		if (strcmp(bench_text(a, "action"), action) == 0) {
			snprintf(iccid, size, "%s", bench_text(a, "iccid"));
			break;
		}
	json_decref(o);
}

/* The newest rows of the audit; detail of the first of this action. */
static size_t
audited(struct bench *b, const char *action, char *detail, size_t size)
{
	json_t	*o = bench_ask(b, "audit list", "{}"), *a;
	size_t	 i, n = 0;

	json_array_foreach(json_object_get(o, "items"), i, a) {
		if (strcmp(bench_text(a, "action"), action) != 0)
			continue;
		if (n++ == 0 && detail != NULL)
			snprintf(detail, size, "%s", bench_text(a, "detail"));
	}
	json_decref(o);
	return n;
}

static void
exports_are_audited(void)
{
	struct bench	*b = stock(false, NULL);
	struct digest	*d;
	struct got	 g;
	char		 detail[400] = "", want[400], sum[DIGEST_TEXT];

	ask(b, "\"format\":\"open5gs\",\"type\":\"staff\",\"iccid\":\""
	    FIRST ".." SECOND "\",\"reason\":\"go live\"", true, &g);
	CU_ASSERT_EQUAL_FATAL(g.r, 0);
	if (digest_new(&d) != 0)
		abort();
	digest_add(d, buf_slice(&g.octets));
	digest_end(d, sum);
	CU_ASSERT_STRING_EQUAL(bench_text(g.out, "sha256"), sum);
	snprintf(want, sizeof(want), "format=open5gs count=2 recipient=%s "
	    "sha256=%s type=staff iccid=" FIRST ".." SECOND
	    " reason=go live", bench_text(g.out, "recipient"), sum);
	CU_ASSERT_EQUAL(strlen(bench_text(g.out, "recipient")), 40);
	CU_ASSERT_EQUAL(audited(b, "export.hss", detail, sizeof(detail)), 1);
	CU_ASSERT_STRING_EQUAL(detail, want);
	CU_ASSERT_EQUAL(audited(b, "export.hss.broken-off", NULL, 0), 0);
	got_free(&g);
	/* Who goes away before the end is written down as well. */
	ask(b, "\"format\":\"csv\"", false, &g);
	CU_ASSERT_EQUAL(audited(b, "export.hss", detail, sizeof(detail)), 2);
	CU_ASSERT_EQUAL(audited(b, "export.hss.broken-off", want,
	    sizeof(want)), 1);
	CU_ASSERT_STRING_EQUAL(detail, want);
	got_free(&g);
	digest_free(d);
	/* And so is the package of one profile. */
	json_decref(bench_ask(b, "profile export", "{\"iccid\":\"" FIRST
	    "\",\"upp\":true}"));
	CU_ASSERT_EQUAL(audited(b, "profile.export", detail, sizeof(detail)),
	    1);
	CU_ASSERT_PTR_NOT_NULL(strstr(detail, "sha256="));
	bench_free(b);
}

static int
erase(struct db *db, void *arg)
{
	static const struct stmt q = { "test_erase", "UPDATE profiles SET"
	    " body = NULL, sealed_values = NULL WHERE iccid = $1" };

	return db_run(db, &q, "t", (const char *)arg);
}

static void
exports_choose(void)
{
	struct bench	*b = stock(false, NULL);
	char		 second[] = SECOND, iccid[ICCID_TEXT];
	struct got	 g;

	CU_ASSERT_EQUAL(lines(b, "", FIRST), 3);
	CU_ASSERT_EQUAL(lines(b, ",\"iccid\":\"" SECOND "\"", SECOND), 1);
	CU_ASSERT_EQUAL(lines(b, ",\"iccid\":\"" SECOND ".." THIRD "\"",
	    SECOND), 2);
	CU_ASSERT_EQUAL(lines(b, ",\"iccid\":\"" FIRST ".." SECOND "\"",
	    FIRST), 2);
	/* Numbers with one digit more begin with the same ones. */
	CU_ASSERT_EQUAL(lines(b, ",\"iccid\":\"89440000000000000010.."
	    "89440000000000000270\"", ""), 0);
	CU_ASSERT_EQUAL(lines(b, ",\"type\":\"staff\"", FIRST), 3);
	CU_ASSERT_EQUAL(lines(b, ",\"state\":\"installed\"", ""), 0);
	json_decref(bench_ask(b, "profile retire", "{\"iccid\":\"" FIRST
	    "\"}"));
	CU_ASSERT_EQUAL(lines(b, "", SECOND), 2);
	CU_ASSERT_EQUAL(lines(b, ",\"state\":\"unavailable\"", FIRST), 1);
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, erase, second),
	    0);
	ask(b, "\"format\":\"csv\"", true, &g);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(g.out, "count")),
	    1);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(g.out, "erased")),
	    1);
	got_free(&g);
	/* The only one of several that were looked at. */
	audited_of(b, "export.hss", iccid, sizeof(iccid));
	CU_ASSERT_STRING_EQUAL(iccid, THIRD);
	json_decref(bench_ask(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":1,\"iccid\":\"8944000000000000035\"}"));
	json_decref(bench_ask(b, "profile retire",
	    "{\"iccid\":\"8944000000000000035\"}"));
	ask(b, "\"format\":\"csv\"", true, &g);
	audited_of(b, "export.hss", iccid, sizeof(iccid));
	CU_ASSERT_STRING_EQUAL(iccid, THIRD);
	got_free(&g);
	bench_free(b);
}

/* A batch is nobody's subscribers before it is complete. */
static void
exports_of_batches(void)
{
	struct bench	*b = stock(false, NULL);
	struct got	 g;
	char		 batch[80];
	int64_t		 id;
	json_t		*o;

	o = bench_ask(b, "batch start", "{\"type\":\"staff\",\"kind\":"
	    "\"generate\",\"total\":3,\"iccid\":\"8945000000000000008\","
	    "\"imsi\":\"999700000012345\"}");
	id = json_integer_value(json_object_get(o, "batch"));
	json_decref(o);
	snprintf(batch, sizeof(batch), "{\"batch\":%d}", (int)id);
	json_decref(bench_ask(b, "batch generate", batch));
	snprintf(batch, sizeof(batch), ",\"batch\":%d", (int)id);
	CU_ASSERT_EQUAL(lines(b, "", FIRST), 3);
	snprintf(batch, sizeof(batch), "\"format\":\"csv\",\"batch\":%d",
	    (int)id);
	ask(b, batch, true, &g);
	CU_ASSERT_EQUAL(g.r, DPE_STATE);
	got_free(&g);
	snprintf(batch, sizeof(batch), "{\"batch\":%d}", (int)id);
	json_decref(bench_ask(b, "batch finish", batch));
	snprintf(batch, sizeof(batch), ",\"batch\":%d", (int)id);
	CU_ASSERT_EQUAL(lines(b, batch, "8945000000000000008"), 3);
	CU_ASSERT_EQUAL(lines(b, "", FIRST), 6);
	json_decref(bench_ask(b, "type add", "{\"name\":\"other\"}"));
	ask(b, "\"format\":\"csv\",\"batch\":1,\"type\":\"other\"", true, &g);
	CU_ASSERT_EQUAL(g.r, DPE_NOTFOUND);
	got_free(&g);
	bench_free(b);
}

static void
refused(struct bench *b, const char *members, int r, const char *part)
{
	struct got	 g;

	ask(b, members, true, &g);
	if (g.r != r || strstr(g.why.text, part) == NULL)
		printf("# %s: %d %s\n", members, g.r, g.why.text);
	CU_ASSERT_EQUAL(g.r, r);
	CU_ASSERT_PTR_NOT_NULL(strstr(g.why.text, part));
	got_free(&g);
}

static void
exports_refused(void)
{
	struct bench	*b = stock(false, NULL);

	refused(b, "\"format\":\"xml\"", DPE_USAGE, "format");
	refused(b, "\"plain\":true,\"format\":\"csv\"", DPE_UNSUPPORTED,
	    "lab");
	refused(b, "\"plain\":false,\"format\":\"csv\"", DPE_USAGE,
	    "recipient");
	refused(b, "\"format\":\"csv\",\"recipient\":\"AAAA\"", DPE_SYNTAX,
	    "no certificate");
	refused(b, "\"format\":\"csv\",\"type\":\"none\"", DPE_NOTFOUND,
	    "type none");
	refused(b, "\"format\":\"csv\",\"state\":\"gone\"", DPE_USAGE,
	    "state");
	refused(b, "\"format\":\"csv\",\"iccid\":\"12\"", DPE_USAGE, "iccid");
	refused(b, "\"format\":\"csv\",\"iccid\":\"" SECOND ".." FIRST "\"",
	    DPE_USAGE, "iccid");
	refused(b, "\"format\":\"csv\",\"iccid\":\"" FIRST "..\"", DPE_USAGE,
	    "iccid");
	refused(b, "\"format\":\"csv\",\"state\":\"error\"", DPE_NOTFOUND,
	    "none that fits");
	CU_ASSERT_EQUAL(audited(b, "export.hss", NULL, 0), 0);
	/* Too old: the certificate's time is over. */
	atomic_store(&b->offset, 2000);
	refused(b, "\"format\":\"csv\"", DPE_RANGE, "dates");
	b->set.db = (char *)(uintptr_t)"sqlite:/nowhere/at/all/db";
	atomic_store(&b->offset, 0);
	refused(b, "\"format\":\"csv\"", DPE_IO, "beside the database");
	bench_free(b);
}

/* In a lab, in clear: the same rows. */
static void
exports_plain(void)
{
	struct bench	*b = stock(true, NULL);
	struct got	 g;

	ask(b, "\"format\":\"csv\",\"plain\":true,\"columns\":\"iccid\"",
	    true, &g);
	CU_ASSERT_EQUAL(g.r, 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&g.octets), "iccid\n" FIRST "\n"
	    SECOND "\n" THIRD "\n");
	CU_ASSERT_STRING_EQUAL(bench_text(g.out, "recipient"), "");
	got_free(&g);
	ask(b, "\"format\":\"csv\",\"plain\":true,\"pem\":true", true, &g);
	CU_ASSERT_EQUAL(g.r, DPE_USAGE);
	got_free(&g);
	bench_free(b);
}

/* Whichever call fails: a file has its row, and without one no file leaves. */
static void
exports_fail(void)
{
	struct bench	*b;
	struct got	 g;
	bool		 fired = true;
	size_t		 rows;
	long		 n;

	for (n = 1; fired && n < CALLS; n++) {
		b = stock(false, &driver_fault);
		fault_arm(FAULT_ANY, n);
		ask(b, "\"format\":\"csv\"", true, &g);
		fired = fault_disarm();
		rows = audited(b, "export.hss", NULL, 0);
		CU_ASSERT_EQUAL(rows, g.r == 0 ? 1 : 0);
		CU_ASSERT(fired || g.r == 0);
		got_free(&g);
		bench_free(b);
	}
	CU_ASSERT(n > 5 && n < CALLS);
	reader_free(&reader);
}

const struct unit_case	unit_exports[] = {
	UNIT_CASE(exports_are_the_packages),
	UNIT_CASE(exports_are_audited),
	UNIT_CASE(exports_choose),
	UNIT_CASE(exports_of_batches),
	UNIT_CASE(exports_refused),
	UNIT_CASE(exports_plain),
	UNIT_CASE(exports_fail)
};
const size_t	unit_exports_n = NELEM(unit_exports);
