/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/ident.h"
#include "db/db.h"
#include "db/store_profile.h"
#include "server/saip/saip.h"
#include "tests/unit/admin_unit.h"

#define STAFF	"{\"name\":\"staff\"}"

static void
package(const char *iccid, const char *type, struct buf *in)
{
	bench_package(iccid, "999700000000001", NULL, type, in);
}

static int
forget_needs(struct db *db, void *arg)
{
	static const struct stmt forget = { "test_forget",
	    "UPDATE bodies SET saip_version = 0, services = 0, octets = 0" };

	(void)arg;
	return db_run(db, &forget, "");
}

/* The header of what came in; of a body from before, when it is used again. */
static void
profile_needs(void)
{
	struct bench		*b = bench_new(false);
	struct body_needs	 n;
	struct buf		 in = { 0 };
	char			 iccid[ICCID_TEXT];

	json_decref(bench_ask(b, "type add", STAFF));
	package("8944000000000000001", "staff", &in);
	json_decref(bench_ask(b, "profile import", buf_cstr(&in)));
	CU_ASSERT_EQUAL(store_profile_needs(b->c.db, TENANT_DEFAULT,
	    "8944000000000000001", &n), 0);
	CU_ASSERT_EQUAL(n.version, 0x0203);
	CU_ASSERT_EQUAL(n.services, 0x12);
	CU_ASSERT_TRUE(n.octets > 1000);
	bench_get(b, "profile generate", "{\"type\":\"staff\",\"count\":1}",
	    "first_iccid", iccid, sizeof(iccid));
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, forget_needs,
	    NULL), 0);
	CU_ASSERT_EQUAL(store_profile_needs(b->c.db, TENANT_DEFAULT, iccid,
	    &n), 0);
	CU_ASSERT_EQUAL(n.version, 0);
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":1}"));
	CU_ASSERT_EQUAL(store_profile_needs(b->c.db, TENANT_DEFAULT, iccid,
	    &n), 0);
	CU_ASSERT_EQUAL(n.version, 0x0203);
	CU_ASSERT_TRUE(n.octets > 1000);
	CU_ASSERT_EQUAL(store_profile_needs(b->c.db, TENANT_DEFAULT,
	    "8944000000000000002", &n), DPE_NOTFOUND);
	buf_free(&in);
	bench_free(b);
}

static void
profile_is_imported(void)
{
	struct bench	*b = bench_new(false);
	struct buf	 in = { 0 };
	json_t		*o;

	json_decref(bench_ask(b, "type add", STAFF));
	package("8944000000000000001", "staff", &in);
	o = bench_ask(b, "profile import", buf_cstr(&in));
	CU_ASSERT_STRING_EQUAL(bench_text(o, "iccid"), "8944000000000000001");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "state"), "available");
	json_decref(o);
	o = bench_ask(b, "profile show",
	    "{\"iccid\":\"8944000000000000001F\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "iccid"), "8944000000000000001");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "type"), "staff");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "state"), "available");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "card_state"), "");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "eid"), "");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "order"), "");
	CU_ASSERT_EQUAL(json_object_size(o), 6);
	json_decref(o);
	bench_refused(b, "profile import", buf_cstr(&in), DPE_EXISTS,
	    "profile 8944000000000000001: is in the inventory");
	buf_free(&in);
	bench_free(b);
}

static void
import_refusals(void)
{
	struct bench	*b = bench_new(false);
	struct buf	 in = { 0 };
	json_t		*o;

	package("8944000000000000001", "staff", &in);
	bench_refused(b, "profile import", buf_cstr(&in), DPE_NOTFOUND,
	    "type staff: not found");
	json_decref(bench_ask(b, "type add", STAFF));
	bench_refused(b, "profile import", "{\"type\":\"staff\"}", DPE_USAGE,
	    "upp is missing");
	bench_refused(b, "profile import",
	    "{\"type\":\"staff\",\"upp\":\"?\"}", DPE_USAGE,
	    "upp: not base64");
	bench_refused(b, "profile import",
	    "{\"type\":\"staff\",\"upp\":\"oAAA\"}", DPE_SYNTAX, "");
	o = bench_ask(b, "profile list", "{}");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "items")), 0);
	json_decref(o);
	buf_free(&in);
	bench_free(b);
}

/* More than one write, numbers without a gap, right check digits. */
static void
profiles_are_generated(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[ICCID_TEXT];
	json_t		*o, *items, *p;
	size_t		 i;

	json_decref(bench_ask(b, "type add", STAFF));
	o = bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":150}");
	snprintf(iccid, sizeof(iccid), "%s", bench_text(o, "first_iccid"));
	CU_ASSERT_EQUAL(strncmp(iccid, "8999901", 7), 0);
	CU_ASSERT_EQUAL(strncmp(bench_text(o, "first_imsi"), "999700", 6), 0);
	CU_ASSERT_EQUAL(strlen(bench_text(o, "first_imsi")), 15);
	json_decref(o);
	o = bench_ask(b, "profile list", "{}");
	items = json_object_get(o, "items");
	CU_ASSERT_EQUAL(json_array_size(items), 150);
	json_array_foreach(items, i, p) {
		CU_ASSERT_STRING_EQUAL(bench_text(p, "iccid"), iccid);
		CU_ASSERT(luhn_valid(iccid));
		CU_ASSERT_EQUAL(iccid_next(iccid), 0);
	}
	json_decref(o);
	o = bench_ask(b, "audit list", "{}");
	items = json_object_get(o, "items");
	CU_ASSERT_EQUAL(json_array_size(items), 2);
	CU_ASSERT_STRING_EQUAL(bench_text(json_array_get(items, 0), "action"),
	    "profile.generate");
	CU_ASSERT_EQUAL(strncmp(bench_text(json_array_get(items, 0),
	    "detail"), "type=staff count=150 last=", 26), 0);
	json_decref(o);
	bench_free(b);
}

static void
generate_from_numbers(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;

	json_decref(bench_ask(b, "type add",
	    "{\"name\":\"m3\",\"owner\":\"310-410\"}"));
	o = bench_ask(b, "profile generate", "{\"type\":\"m3\",\"count\":2,"
	    "\"iccid\":\"8944000000000000001\",\"imsi\":\"310410999999998\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "last_iccid"),
	    "8944000000000000019");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "last_imsi"), "310410999999999");
	json_decref(o);
	o = bench_ask(b, "profile generate", "{\"type\":\"m3\",\"count\":1,"
	    "\"iccid\":\"8944000000000000027\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "first_imsi"),
	    "310410000000002");
	json_decref(o);
	/* Nobody gets an IMSI a second time, whatever the ICCID. */
	bench_refused(b, "profile generate", "{\"type\":\"m3\",\"count\":1,"
	    "\"iccid\":\"8945000000000000000\","
	    "\"imsi\":\"310410999999999\"}", DPE_EXISTS,
	    "IMSI 310410999999999 to 310410999999999: in use");
	bench_refused(b, "profile generate", "{\"type\":\"m3\",\"count\":1,"
	    "\"total\":5,\"imsi\":\"310410000000000\"}", DPE_EXISTS,
	    "IMSI 310410000000000 to 310410000000004: in use");
	json_decref(bench_ask(b, "profile generate", "{\"type\":\"m3\","
	    "\"count\":1,\"imsi\":\"310410000000003\"}"));
	/* The range that follows is not free. */
	bench_refused(b, "profile generate", "{\"type\":\"m3\",\"count\":1,"
	    "\"total\":5,\"iccid\":\"8943999999999999990\"}", DPE_USAGE,
	    "check digit");
	bench_refused(b, "profile generate", "{\"type\":\"m3\",\"count\":1,"
	    "\"total\":5,\"iccid\":\"8943999999999999997\"}", DPE_EXISTS,
	    "profile 8944000000000000001: is in the inventory");
	bench_free(b);
}

/* Each of a thousand has an IMSI of its own, and keys of its own. */
static void
generated_values_differ(void)
{
	struct bench	*b = bench_new(false);
	struct buf	 one = { 0 }, two = { 0 };
	struct saip_info a, c;
	json_t		*o, *p;

	json_decref(bench_ask(b, "type add", STAFF));
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":2,"
	    "\"iccid\":\"8944000000000000001\"}"));
	o = bench_ask(b, "profile export",
	    "{\"iccid\":\"8944000000000000001\",\"upp\":true}");
	CU_ASSERT_EQUAL_FATAL(base64_decode(slice_str(bench_text(o, "upp")),
	    &one), 0);
	p = bench_ask(b, "profile export",
	    "{\"iccid\":\"8944000000000000019\",\"upp\":true}");
	CU_ASSERT_EQUAL_FATAL(base64_decode(slice_str(bench_text(p, "upp")),
	    &two), 0);
	CU_ASSERT_EQUAL(saip_check(buf_slice(&one), &a, NULL), 0);
	CU_ASSERT_EQUAL(saip_check(buf_slice(&two), &c, NULL), 0);
	CU_ASSERT_STRING_EQUAL(a.iccid, "8944000000000000001");
	CU_ASSERT_STRING_EQUAL(c.iccid, "8944000000000000019");
	CU_ASSERT_STRING_EQUAL(a.imsi, "999700000000000");
	CU_ASSERT_STRING_EQUAL(c.imsi, "999700000000001");
	CU_ASSERT_EQUAL(one.len, two.len);
	json_decref(o);
	json_decref(p);
	buf_free(&one);
	buf_free(&two);
	bench_free(b);
}

static void
generate_refusals(void)
{
	struct bench	*b = bench_new(false);

	bench_refused(b, "profile generate", "{\"type\":\"x\",\"count\":1}",
	    DPE_NOTFOUND, "type x: not found");
	json_decref(bench_ask(b, "type add", STAFF));
	bench_refused(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":0}", DPE_USAGE, "at least 1");
	bench_refused(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":1001}", DPE_USAGE, "count");
	bench_refused(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":1,\"template\":\"x\"}", DPE_NOTFOUND, "x");
	bench_refused(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":1,\"iccid\":\"1\"}", DPE_USAGE, "ICCID 1:");
	bench_refused(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":1,\"imsi\":\"x\"}", DPE_USAGE, "IMSI x:");
	bench_refused(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":2,\"iccid\":\"9999999999999999998\"}", DPE_USAGE,
	    "no 2 numbers follow");
	bench_refused(b, "profile generate", "{\"type\":\"staff\","
	    "\"count\":2,\"imsi\":\"999709999999999\"}", DPE_USAGE,
	    "IMSI 999709999999999: no 2 numbers follow");
	bench_free(b);
}

/* Pages meet without a gap and without a double. */
static void
profile_pages(void)
{
	struct bench	*b = bench_new(false);
	struct buf	 in = { 0 };
	char		 after[32] = "", last[32] = "";
	json_t		*o, *items, *p;
	size_t		 i, n = 0;

	json_decref(bench_ask(b, "type add", STAFF));
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":7}"));
	do {
		buf_cut(&in, 0);
		buf_addf(&in, "{\"limit\":3,\"type\":\"staff\","
		    "\"state\":\"available\",\"after\":\"%s\"}", after);
		o = bench_ask(b, "profile list", buf_cstr(&in));
		items = json_object_get(o, "items");
		json_array_foreach(items, i, p) {
			CU_ASSERT(strcmp(last, bench_text(p, "iccid")) < 0);
			snprintf(last, sizeof(last), "%s",
			    bench_text(p, "iccid"));
			n++;
		}
		snprintf(after, sizeof(after), "%s", bench_text(o, "after"));
		json_decref(o);
	} while (after[0] != '\0' && n < 100);
	CU_ASSERT_EQUAL(n, 7);
	bench_refused(b, "profile list", "{\"state\":\"lost\"}", DPE_USAGE,
	    "state lost");
	bench_refused(b, "profile list", "{\"limit\":1001}", DPE_USAGE,
	    "limit");
	buf_free(&in);
	bench_free(b);
}

/* The keys leave on request alone, and that is written down. */
static void
export_is_audited(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[80];
	json_t		*o, *row;

	bench_stock(b, iccid);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\"}", iccid);
	o = bench_ask(b, "profile export", in);
	CU_ASSERT_PTR_NULL(json_object_get(o, "upp"));
	json_decref(o);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"upp\":true}", iccid);
	json_decref(bench_ask(b, "profile export", in));
	o = bench_ask(b, "audit list", "{\"limit\":1}");
	row = json_array_get(json_object_get(o, "items"), 0);
	CU_ASSERT_STRING_EQUAL(bench_text(row, "action"), "profile.export");
	CU_ASSERT_STRING_EQUAL(bench_text(row, "iccid"), iccid);
	CU_ASSERT_STRING_EQUAL(bench_text(row, "actor"), "uid 0");
	json_decref(o);
	bench_refused(b, "profile export", "{\"iccid\":\"12\"}", DPE_USAGE,
	    "19 or 20 digits");
	bench_refused(b, "profile show",
	    "{\"iccid\":\"8944000000000000001\"}", DPE_NOTFOUND,
	    "profile 8944000000000000001: not found");
	bench_free(b);
}

static void
profile_is_retired(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[80], state[32];

	bench_stock(b, iccid);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"reason\":\"old\"}",
	    iccid);
	bench_get(b, "profile retire", in, "state", state, sizeof(state));
	CU_ASSERT_STRING_EQUAL(state, "unavailable");
	bench_refused(b, "profile retire", in, DPE_STATE,
	    "is unavailable, cannot be retired");
	bench_refused(b, "order new", "{\"type\":\"staff\"}", DPE_STATE,
	    "no profile is available");
	bench_refused(b, "profile retire",
	    "{\"iccid\":\"8944000000000000001\"}", DPE_NOTFOUND, "not found");
	bench_free(b);
}

const struct unit_case	unit_profiles[] = {
	UNIT_CASE(profile_is_imported),
	UNIT_CASE(profile_needs),
	UNIT_CASE(import_refusals),
	UNIT_CASE(profiles_are_generated),
	UNIT_CASE(generate_from_numbers),
	UNIT_CASE(generated_values_differ),
	UNIT_CASE(generate_refusals),
	UNIT_CASE(profile_pages),
	UNIT_CASE(export_is_audited),
	UNIT_CASE(profile_is_retired)
};
const size_t	unit_profiles_n = NELEM(unit_profiles);
