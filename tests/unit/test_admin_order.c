/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/admin_unit.h"

#define EID	"89049032123451234512345678901235"

static int64_t
number(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static void
order_with_defaults(void)
{
	static const char *const	 keys[] = {
		"order", "iccid", "type", "state", "matching_id",
		"activation_code", "cc_required", "lock", "eid", "expires",
		"subject", "downloads", "cc_attempts"
	};
	struct bench	*b = bench_new(false);
	char		 iccid[21], code[80];
	const char	*mid;
	json_t		*o;
	size_t		 i;

	bench_stock(b, iccid);
	o = bench_ask(b, "order new", "{\"type\":\"staff\"}");
	CU_ASSERT_EQUAL(json_object_size(o), 13);
	for (i = 0; i < 13; i++)
		CU_ASSERT_PTR_NOT_NULL(json_object_get(o, keys[i]));
	CU_ASSERT_STRING_EQUAL(bench_text(o, "iccid"), iccid);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "type"), "staff");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "state"), "released");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "lock"), "tofu");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "eid"), "");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "expires"), "");
	CU_ASSERT(json_is_false(json_object_get(o, "cc_required")));
	CU_ASSERT_EQUAL(number(o, "downloads"), 0);
	mid = bench_text(o, "matching_id");
	CU_ASSERT_EQUAL(strlen(mid), 23);
	CU_ASSERT_EQUAL(strspn(mid, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"),
	    23);
	CU_ASSERT(mid[5] == '-' && mid[11] == '-' && mid[17] == '-');
	snprintf(code, sizeof(code), "LPA:1$smdp.example.com$%s", mid);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "activation_code"), code);
	json_decref(o);
	bench_refused(b, "order new", "{\"type\":\"staff\"}", DPE_STATE,
	    "type staff: no profile is available");
	bench_free(b);
}

static void
order_with_everything(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[400], id[64];
	json_t		*o;

	bench_stock(b, iccid);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"type\":\"staff\","
	    "\"eid\":\"" EID "\",\"matching_id\":\"TOKEN-1\",\"default\":true,"
	    "\"cc\":\"1234\",\"expires\":\"2027-02-01T00:00:00+01:00\","
	    "\"max_downloads\":5,\"max_cc\":2,\"subject\":\"E-17\","
	    "\"hold\":true}", iccid);
	o = bench_ask(b, "order new", in);
	snprintf(id, sizeof(id), "%s", bench_text(o, "order"));
	CU_ASSERT_STRING_EQUAL(bench_text(o, "state"), "confirmed");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "lock"), "eid");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "eid"), EID);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "activation_code"),
	    "LPA:1$smdp.example.com$TOKEN-1$$1");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "expires"),
	    "2027-01-31T23:00:00Z");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "subject"), "E-17");
	CU_ASSERT_PTR_NULL(json_object_get(o, "cc"));
	json_decref(o);
	snprintf(in, sizeof(in), "{\"order\":\"%s\"}", id);
	o = bench_ask(b, "order show", in);
	CU_ASSERT_EQUAL(number(o, "max_downloads"), 5);
	CU_ASSERT_EQUAL(number(o, "max_cc"), 2);
	CU_ASSERT(json_is_true(json_object_get(o, "default")));
	CU_ASSERT_STRING_EQUAL(bench_text(o, "created"),
	    "2027-01-15T08:00:00Z");
	json_decref(o);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\"}", iccid);
	o = bench_ask(b, "profile show", in);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "order"), id);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "eid"), EID);
	json_decref(o);
	bench_free(b);
}

/* Found by its EID: there is no code, and no QR code either. */
static void
order_by_eid_alone(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[80];
	json_t		*o;

	bench_stock(b, iccid);
	o = bench_ask(b, "order new", "{\"type\":\"staff\",\"default\":true,"
	    "\"eid\":\"" EID "\"}");
	CU_ASSERT(json_is_null(json_object_get(o, "matching_id")));
	CU_ASSERT(json_is_null(json_object_get(o, "activation_code")));
	snprintf(in, sizeof(in), "{\"order\":\"%s\"}",
	    bench_text(o, "order"));
	bench_refused(b, "qr show", in, DPE_STATE, "has no activation code");
	json_decref(o);
	bench_free(b);
}

/* Shown once, kept as a hash. */
static void
order_with_drawn_code(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[80], code[16];
	json_t		*o;

	bench_stock(b, iccid);
	o = bench_ask(b, "order new",
	    "{\"type\":\"staff\",\"cc_random\":true}");
	snprintf(code, sizeof(code), "%s", bench_text(o, "cc"));
	CU_ASSERT_EQUAL(strlen(code), 8);
	CU_ASSERT_EQUAL(strspn(code, "0123456789"), 8);
	CU_ASSERT(json_is_true(json_object_get(o, "cc_required")));
	snprintf(in, sizeof(in), "{\"order\":\"%s\"}",
	    bench_text(o, "order"));
	json_decref(o);
	o = bench_ask(b, "qr show", in);
	CU_ASSERT_PTR_NULL(json_object_get(o, "cc"));
	CU_ASSERT_PTR_NOT_NULL(strstr(bench_text(o, "activation_code"),
	    "$$1"));
	json_decref(o);
	bench_free(b);
}

static void
order_refusals(void)
{
	static const struct {
		const char	*in, *part;
	} bad[] = {
		{ "{}", "an iccid or a type" },
		{ "{\"type\":\"staff\",\"eid\":\"123\"}", "32 digits" },
		{ "{\"type\":\"staff\",\"lock\":\"eid\"}", "EID is needed" },
		{ "{\"type\":\"staff\",\"lock\":\"shut\"}", "lock shut" },
		{ "{\"type\":\"staff\",\"lock\":\"tofu\",\"eid\":\"" EID
		    "\"}", "locks already" },
		{ "{\"type\":\"staff\",\"default\":true}", "EID" },
		{ "{\"type\":\"staff\",\"matching_id\":\"\"}", "is empty" },
		{ "{\"type\":\"staff\",\"cc\":\"\"}", "code is empty" },
		{ "{\"type\":\"staff\",\"cc\":\"1\",\"cc_random\":true}",
		    "given or drawn" },
		{ "{\"type\":\"staff\",\"expires\":\"soon\"}",
		    "expires soon" },
		{ "{\"type\":\"staff\",\"expires\":\"+x\"}", "expires +x" },
		{ "{\"type\":\"staff\",\"expires\":\"2027-02-31T00:00:00Z\"}",
		    "expires 2027" },
		{ "{\"type\":\"staff\",\"expires\":\"2027-02-01T00:00:00\"}",
		    "expires 2027" },
		{ "{\"iccid\":\"1\"}", "19 or 20 digits" }
	};
	struct bench	*b = bench_new(false);
	char		 iccid[21];
	size_t		 i;

	bench_stock(b, iccid);
	for (i = 0; i < NELEM(bad); i++)
		bench_refused(b, "order new", bad[i].in, DPE_USAGE,
		    bad[i].part);
	bench_refused(b, "order new", "{\"type\":\"x\"}", DPE_NOTFOUND,
	    "type x: not found");
	bench_refused(b, "order new", "{\"iccid\":\"8944000000000000001\"}",
	    DPE_NOTFOUND, "profile 8944000000000000001: not found");
	bench_refused(b, "order show", "{\"order\":\"x\"}", DPE_NOTFOUND,
	    "order x: not found");
	bench_refused(b, "qr show", "{\"order\":\"x\"}", DPE_NOTFOUND,
	    "order x: not found");
	bench_free(b);
}

/* What a production server never does, and what a test bench needs. */
static void
order_lab_only(void)
{
	static const char *const	 in[] = {
		"{\"type\":\"staff\",\"lock\":\"open\"}",
		"{\"type\":\"staff\",\"reusable\":true}",
		"{\"type\":\"staff\",\"downloads\":1}",
		"{\"type\":\"staff\",\"cc_attempts\":1}",
		"{\"type\":\"staff\",\"expires\":\"2020-01-01T00:00:00Z\"}",
		"{\"type\":\"staff\",\"matching_id\":\"a b\"}"
	};
	struct bench	*b = bench_new(false), *lab = bench_new(true);
	char		 iccid[21];
	size_t		 i;

	bench_stock(b, iccid);
	bench_stock(lab, iccid);
	json_decref(bench_ask(lab, "profile generate",
	    "{\"type\":\"staff\",\"count\":5}"));
	for (i = 0; i < NELEM(in); i++) {
		bench_refused(b, "order new", in[i], DPE_UNSUPPORTED,
		    "needs `lab yes`");
		json_decref(bench_ask(lab, "order new", in[i]));
	}
	bench_refused(b, "order reset", "{\"order\":\"x\"}", DPE_UNSUPPORTED,
	    "needs `lab yes`");
	bench_refused(b, "lab clock", "{\"by\":\"+25h\"}", DPE_UNSUPPORTED,
	    "needs `lab yes`");
	bench_free(b);
	bench_free(lab);
}

static void
order_conflicts(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[200];

	bench_stock(b, iccid);
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":1}"));
	json_decref(bench_ask(b, "type add", "{\"name\":\"other\"}"));
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"type\":\"other\"}",
	    iccid);
	bench_refused(b, "order new", in, DPE_STATE, "is of type staff");
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"matching_id\":\"A1\"}",
	    iccid);
	json_decref(bench_ask(b, "order new", in));
	bench_refused(b, "order new", in, DPE_STATE,
	    "is released, not available");
	bench_refused(b, "order new",
	    "{\"type\":\"staff\",\"matching_id\":\"A1\"}", DPE_EXISTS,
	    "another live order");
	/* Nothing of the refused one was kept. */
	json_decref(bench_ask(b, "order new", "{\"type\":\"staff\"}"));
	bench_free(b);
}

static void
order_warns_of_odd_eids(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], text[80];

	bench_stock(b, iccid);
	bench_get(b, "order new", "{\"type\":\"staff\",\"eid\":"
	    "\"89049032123451234512345678901236\"}", "warning", text,
	    sizeof(text));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "check digits"));
	bench_free(b);
}

/* In pages of one, so that most pages are empty. */
static size_t
listed(struct bench *b, const char *state)
{
	char	 in[120], after[64] = "";
	size_t	 n = 0, pages = 0;
	json_t	*o;

	do {
		snprintf(in, sizeof(in), "{\"state\":\"%s\",\"limit\":1,"
		    "\"after\":\"%s\"}", state, after);
		o = bench_ask(b, "order list", in);
		n += json_array_size(json_object_get(o, "items"));
		snprintf(after, sizeof(after), "%s", bench_text(o, "after"));
		json_decref(o);
	} while (after[0] != '\0' && ++pages < 20);
	return n;
}

/* The preset of the configuration, and the clock that moves on. */
static void
order_expires(void)
{
	struct bench	*b = bench_new(true);
	char		 iccid[21], id[64], in[80], text[40];

	bench_stock(b, iccid);
	b->set.order_expiry = 3600;
	bench_get(b, "order new", "{\"type\":\"staff\"}", "order", id,
	    sizeof(id));
	snprintf(in, sizeof(in), "{\"order\":\"%s\"}", id);
	bench_get(b, "order show", in, "expires", text, sizeof(text));
	CU_ASSERT_STRING_EQUAL(text, "2027-01-15T09:00:00Z");
	bench_get(b, "order show", in, "state", text, sizeof(text));
	CU_ASSERT_STRING_EQUAL(text, "released");
	json_decref(bench_ask(b, "lab clock", "{\"by\":\"+3601s\"}"));
	bench_get(b, "order show", in, "state", text, sizeof(text));
	CU_ASSERT_STRING_EQUAL(text, "expired");
	CU_ASSERT_EQUAL(listed(b, "expired"), 1);
	CU_ASSERT_EQUAL(listed(b, "released"), 0);
	CU_ASSERT_EQUAL(listed(b, "cancelled"), 0);
	json_decref(bench_ask(b, "lab clock", "{\"by\":\"reset\"}"));
	bench_get(b, "order show", in, "state", text, sizeof(text));
	CU_ASSERT_STRING_EQUAL(text, "released");
	bench_free(b);
}

static void
order_lists(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[120];
	json_t		*o, *items;

	bench_stock(b, iccid);
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":2}"));
	json_decref(bench_ask(b, "order new", "{\"type\":\"staff\"}"));
	json_decref(bench_ask(b, "order new",
	    "{\"type\":\"staff\",\"hold\":true}"));
	json_decref(bench_ask(b, "order new", "{\"type\":\"staff\","
	    "\"eid\":\"" EID "\"}"));
	o = bench_ask(b, "order list", "{\"limit\":2}");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "items")), 2);
	snprintf(in, sizeof(in), "{\"after\":\"%s\"}",
	    bench_text(o, "after"));
	json_decref(o);
	o = bench_ask(b, "order list", in);
	items = json_object_get(o, "items");
	CU_ASSERT_EQUAL(json_array_size(items), 1);
	CU_ASSERT_STRING_EQUAL(bench_text(json_array_get(items, 0), "eid"),
	    EID);
	CU_ASSERT(json_is_null(json_object_get(o, "after")));
	json_decref(o);
	CU_ASSERT_EQUAL(listed(b, "confirmed"), 1);
	CU_ASSERT_EQUAL(listed(b, "released"), 2);
	CU_ASSERT_EQUAL(listed(b, "cancelled"), 0);
	o = bench_ask(b, "order list", "{\"eid\":\"" EID "\"}");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "items")), 1);
	json_decref(o);
	bench_refused(b, "order list", "{\"state\":\"x\"}", DPE_USAGE,
	    "state x");
	bench_free(b);
}

const struct unit_case	unit_orders[] = {
	UNIT_CASE(order_with_defaults),
	UNIT_CASE(order_with_everything),
	UNIT_CASE(order_by_eid_alone),
	UNIT_CASE(order_with_drawn_code),
	UNIT_CASE(order_refusals),
	UNIT_CASE(order_lab_only),
	UNIT_CASE(order_conflicts),
	UNIT_CASE(order_warns_of_odd_eids),
	UNIT_CASE(order_expires),
	UNIT_CASE(order_lists)
};
const size_t	unit_orders_n = NELEM(unit_orders);
