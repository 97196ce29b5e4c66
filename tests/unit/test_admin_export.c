/* SPDX-License-Identifier: Apache-2.0 */
/* `export hss': what is in the file, who may have it, and what is written. */
#include <stdio.h>
#include <string.h>

#include "certs/digest.h"
#include "db/db.h"
#include "db/fault.h"
#include "db/store_profile.h"
#include "tests/unit/export_unit.h"

#define CALLS	200

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
	struct bench	*b = export_stock(false, NULL);
	struct digest	*d;
	struct got	 g;
	char		 detail[400] = "", want[400], sum[DIGEST_TEXT];

	export_ask(b, "\"format\":\"open5gs\",\"type\":\"staff\",\"iccid\":\""
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
	export_got_free(&g);
	/* Who goes away before the end is written down as well. */
	export_ask(b, "\"format\":\"csv\"", false, &g);
	CU_ASSERT_EQUAL(audited(b, "export.hss", detail, sizeof(detail)), 2);
	CU_ASSERT_EQUAL(audited(b, "export.hss.broken-off", want,
	    sizeof(want)), 1);
	CU_ASSERT_STRING_EQUAL(detail, want);
	export_got_free(&g);
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
	struct bench	*b = export_stock(false, NULL);
	char		 second[] = SECOND, iccid[ICCID_TEXT];
	struct got	 g;

	CU_ASSERT_EQUAL(export_lines(b, "", FIRST), 3);
	CU_ASSERT_EQUAL(export_lines(b, ",\"iccid\":\"" SECOND "\"",
	    SECOND), 1);
	CU_ASSERT_EQUAL(export_lines(b, ",\"iccid\":\"" SECOND ".." THIRD "\"",
	    SECOND), 2);
	CU_ASSERT_EQUAL(export_lines(b, ",\"iccid\":\"" FIRST ".." SECOND "\"",
	    FIRST), 2);
	/* Numbers with one digit more begin with the same ones. */
	CU_ASSERT_EQUAL(export_lines(b, ",\"iccid\":\"89440000000000000010.."
	    "89440000000000000270\"", ""), 0);
	CU_ASSERT_EQUAL(export_lines(b, ",\"type\":\"staff\"", FIRST), 3);
	CU_ASSERT_EQUAL(export_lines(b, ",\"state\":\"installed\"", ""), 0);
	json_decref(bench_ask(b, "profile retire", "{\"iccid\":\"" FIRST
	    "\"}"));
	CU_ASSERT_EQUAL(export_lines(b, "", SECOND), 2);
	CU_ASSERT_EQUAL(export_lines(b, ",\"state\":\"unavailable\"",
	    FIRST), 1);
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, erase, second),
	    0);
	export_ask(b, "\"format\":\"csv\"", true, &g);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(g.out, "count")),
	    1);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(g.out, "erased")),
	    1);
	export_got_free(&g);
	/* The only one of several that were looked at. */
	audited_of(b, "export.hss", iccid, sizeof(iccid));
	CU_ASSERT_STRING_EQUAL(iccid, THIRD);
	json_decref(bench_ask(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":1,\"iccid\":\"8944000000000000035\"}"));
	json_decref(bench_ask(b, "profile retire",
	    "{\"iccid\":\"8944000000000000035\"}"));
	export_ask(b, "\"format\":\"csv\"", true, &g);
	audited_of(b, "export.hss", iccid, sizeof(iccid));
	CU_ASSERT_STRING_EQUAL(iccid, THIRD);
	export_got_free(&g);
	bench_free(b);
}

static void
refused(struct bench *b, const char *members, int r, const char *part)
{
	struct got	 g;

	export_ask(b, members, true, &g);
	if (g.r != r || strstr(g.why.text, part) == NULL)
		printf("# %s: %d %s\n", members, g.r, g.why.text);
	CU_ASSERT_EQUAL(g.r, r);
	CU_ASSERT_PTR_NOT_NULL(strstr(g.why.text, part));
	export_got_free(&g);
}

static void
exports_refused(void)
{
	struct bench	*b = export_stock(false, NULL);

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
	struct bench	*b = export_stock(true, NULL);
	struct got	 g;

	export_ask(b, "\"format\":\"csv\",\"plain\":true,\"columns\":\"iccid\"",
	    true, &g);
	CU_ASSERT_EQUAL(g.r, 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&g.octets), "iccid\n" FIRST "\n"
	    SECOND "\n" THIRD "\n");
	CU_ASSERT_STRING_EQUAL(bench_text(g.out, "recipient"), "");
	export_got_free(&g);
	export_ask(b, "\"format\":\"csv\",\"plain\":true,\"pem\":true", true,
	    &g);
	CU_ASSERT_EQUAL(g.r, DPE_USAGE);
	export_got_free(&g);
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
		b = export_stock(false, &driver_fault);
		fault_arm(FAULT_ANY, n);
		export_ask(b, "\"format\":\"csv\"", true, &g);
		fired = fault_disarm();
		rows = audited(b, "export.hss", NULL, 0);
		CU_ASSERT_EQUAL(rows, g.r == 0 ? 1 : 0);
		CU_ASSERT(fired || g.r == 0);
		export_got_free(&g);
		bench_free(b);
	}
	CU_ASSERT(n > 5 && n < CALLS);
	export_reader_free();
}

const struct unit_case	unit_exports[] = {
	UNIT_CASE(exports_are_audited),
	UNIT_CASE(exports_choose),
	UNIT_CASE(exports_refused),
	UNIT_CASE(exports_plain),
	UNIT_CASE(exports_fail)
};
const size_t	unit_exports_n = NELEM(unit_exports);
