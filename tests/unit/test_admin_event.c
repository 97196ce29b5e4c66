/* SPDX-License-Identifier: Apache-2.0 */
/* What is only read: sessions, eUICCs, notifications, audit, status; lab. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/store_event.h"
#include "tests/unit/admin_unit.h"
#include "tests/unit/session_row.h"
#include "tools/pki_lab.h"

#define EID	"89049032123451234512345678901235"

static json_t *
item(const json_t *o, size_t i)
{
	return json_array_get(json_object_get(o, "items"), i);
}

static size_t
items(const json_t *o)
{
	return json_array_size(json_object_get(o, "items"));
}

static int64_t
number(const json_t *o, const char *key)
{
	return json_integer_value(json_object_get(o, key));
}

static int
write_session(struct db *db, void *arg)
{
	struct session	 s = { 0 };
	int		 i, r = 0;

	(void)arg;
	s.svn[0] = 2;
	s.svn[1] = 5;
	s.created = s.touched = BENCH_NOW;
	snprintf(s.address, sizeof(s.address), "smdp.example.com");
	for (i = 0; i < 3 && r == 0; i++) {
		snprintf(s.tid, sizeof(s.tid), "%032X", (unsigned)i + 1);
		r = session_row(db, TENANT_DEFAULT, &s);
	}
	return r != 0 ? r : store_session_close(db, TENANT_DEFAULT, &s,
	    BENCH_NOW);
}

static void
session_list(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;

	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, write_session,
	    NULL), 0);
	o = bench_ask(b, "session list", "{}");
	CU_ASSERT_EQUAL(items(o), 2);
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "tid"),
	    "00000000000000000000000000000002");
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "step"), "initiated");
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "svn"), "2.5.0");
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "created"),
	    "2027-01-15T08:00:00Z");
	json_decref(o);
	o = bench_ask(b, "session list", "{\"all\":true}");
	CU_ASSERT_EQUAL(items(o), 3);
	json_decref(o);
	o = bench_ask(b, "session list", "{\"all\":true,\"limit\":1}");
	CU_ASSERT_EQUAL(items(o), 1);
	json_decref(o);
	bench_refused(b, "session list", "{\"limit\":-1}", DPE_USAGE,
	    "limit");
	bench_free(b);
}

static int
write_euiccs(struct db *db, void *arg)
{
	struct euicc	 e = { .eid = EID, .first_seen = BENCH_NOW,
	    .last_seen = BENCH_NOW + 1, .svn = { 2, 2, 2 },
	    .profile_version = { 2, 3, 1 }, .eum = "EUM", .free_nvm = -1 };
	int		 r;

	(void)arg;
	if ((r = store_euicc_seen(db, TENANT_DEFAULT, &e)) != 0)
		return r;
	snprintf(e.eid, sizeof(e.eid), "89882119900000000000000000000005");
	e.free_nvm = 300000;
	return store_euicc_seen(db, TENANT_DEFAULT, &e);
}

static void
euicc_list(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;

	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, write_euiccs,
	    NULL), 0);
	o = bench_ask(b, "euicc list", "{\"limit\":1}");
	CU_ASSERT_EQUAL(items(o), 1);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "after"), EID);
	CU_ASSERT(json_is_null(json_object_get(item(o, 0), "free_nvm")));
	json_decref(o);
	o = bench_ask(b, "euicc list", "{\"after\":\"" EID "\"}");
	CU_ASSERT_EQUAL(items(o), 1);
	json_decref(o);
	o = bench_ask(b, "euicc show",
	    "{\"eid\":\"89882119900000000000000000000005\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "profile_version"), "2.3.1");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "eum"), "EUM");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "free_nvm")),
	    300000);
	json_decref(o);
	bench_refused(b, "euicc show", "{\"eid\":\"1\"}", DPE_NOTFOUND,
	    "euicc 1: not found");
	bench_free(b);
}

static int
write_notifications(struct db *db, void *arg)
{
	struct notification	 n = { .received = BENCH_NOW, .seq = -1,
	    .event = "enable", .result = "success", .verified = true,
	    .eid = EID };
	int			 r;

	(void)arg;
	n.raw = slice_str("one");
	if ((r = store_notification_add(db, TENANT_DEFAULT, &n)) != 0)
		return r;
	n.raw = slice_str("two");
	n.is_result = true;
	n.seq = 4;
	return store_notification_add(db, TENANT_DEFAULT, &n);
}

static void
notify_list(void)
{
	struct bench	*b = bench_new(false);
	char		 in[64];
	json_t		*o;

	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE,
	    write_notifications, NULL), 0);
	o = bench_ask(b, "notify list", "{\"limit\":1,\"raw\":true}");
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "kind"), "result");
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "raw"), "dHdv");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(item(o, 0),
	    "seq")), 4);
	snprintf(in, sizeof(in), "{\"after\":\"%s\"}",
	    bench_text(o, "after"));
	json_decref(o);
	o = bench_ask(b, "notify list", in);
	CU_ASSERT_EQUAL(items(o), 1);
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "event"), "enable");
	CU_ASSERT(json_is_null(json_object_get(item(o, 0), "seq")));
	CU_ASSERT_PTR_NULL(json_object_get(item(o, 0), "raw"));
	CU_ASSERT(json_is_true(json_object_get(item(o, 0), "verified")));
	json_decref(o);
	bench_free(b);
}

/* Every change leaves a row; the filters find it; no secret is in it. */
static void
audit_list(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21], in[80], id[64], *all;
	json_t		*o;

	bench_stock(b, iccid);
	bench_get(b, "order new", "{\"type\":\"staff\",\"cc\":\"87654321\","
	    "\"matching_id\":\"SECRET-7\"}", "order", id, sizeof(id));
	snprintf(in, sizeof(in), "{\"order\":\"%s\"}", id);
	o = bench_ask(b, "audit list", in);
	CU_ASSERT_EQUAL(items(o), 1);
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "action"), "order.new");
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 0), "iccid"), iccid);
	json_decref(o);
	snprintf(in, sizeof(in), "{\"iccid\":\"%s\"}", iccid);
	o = bench_ask(b, "audit list", in);
	CU_ASSERT_EQUAL(items(o), 2);
	json_decref(o);
	o = bench_ask(b, "audit list", "{\"eid\":\"" EID "\"}");
	CU_ASSERT_EQUAL(items(o), 0);
	json_decref(o);
	o = bench_ask(b, "audit list", "{}");
	CU_ASSERT_EQUAL(items(o), 3);
	CU_ASSERT_STRING_EQUAL(bench_text(item(o, 2), "action"), "type.add");
	all = json_dumps(o, 0);
	CU_ASSERT_PTR_NULL(strstr(all, "87654321"));
	CU_ASSERT_PTR_NULL(strstr(all, "SECRET-7"));
	free(all);
	json_decref(o);
	bench_free(b);
}

/* A refused change leaves none. */
static void
audit_of_refusals(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;

	json_decref(bench_ask(b, "type add", "{\"name\":\"staff\"}"));
	bench_refused(b, "type add", "{\"name\":\"staff\"}", DPE_EXISTS, "");
	bench_refused(b, "order new", "{\"type\":\"staff\"}", DPE_STATE, "");
	o = bench_ask(b, "audit list", "{}");
	CU_ASSERT_EQUAL(items(o), 1);
	json_decref(o);
	bench_free(b);
}

/* With a PKI of its own below the bench's directory. */
static void
status_show(void)
{
	struct bench	*b = bench_new(false);
	struct why	 why = { "" };
	char		 dir[80], iccid[21], cmd[100];
	json_t		*o;

	bench_stock(b, iccid);
	snprintf(dir, sizeof(dir), "%s/pki", b->dir);
	CU_ASSERT_EQUAL_FATAL(pki_lab_init(dir, "smdp.example.com", &why), 0);
	atomic_store(&b->offset, (int64_t)time(NULL) - BENCH_NOW);
	CU_ASSERT_EQUAL_FATAL(pki_load(dir, b->c.crypto, time(NULL), true,
	    &b->c.pki, &why), 0);
	o = bench_ask(b, "status show", "{}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "version"), PACKAGE_VERSION);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "address"), "smdp.example.com");
	CU_ASSERT_EQUAL(number(o, "certificate_days_left"),
	    pki_days_left(b->c.pki, time(NULL)));
	CU_ASSERT(number(o, "uptime") >= 0 && number(o, "uptime") < 600);
	CU_ASSERT(number(o, "db_bytes") > 0);
	CU_ASSERT(number(o, "schema_version") >= 1);
	CU_ASSERT_EQUAL(number(o, "open_sessions"), 0);
	CU_ASSERT_EQUAL(number(json_object_get(o, "profiles"), "available"),
	    1);
	CU_ASSERT_EQUAL(number(json_object_get(o, "profiles"), "installed"),
	    0);
	json_decref(o);
	bench_refused(b, "status show", "{\"x\":1}", DPE_USAGE, "x");
	pki_free(b->c.pki);
	snprintf(cmd, sizeof(cmd), "rm -rf '%s'", dir);
	CU_ASSERT_EQUAL(system(cmd), 0);
	bench_free(b);
}

static void
lab_clock(void)
{
	struct bench	*b = bench_new(true);
	json_t		*o;

	o = bench_ask(b, "lab clock", "{\"by\":\"+25h\"}");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "offset")),
	    90000);
	CU_ASSERT_STRING_EQUAL(bench_text(o, "now"), "2027-01-16T09:00:00Z");
	json_decref(o);
	o = bench_ask(b, "lab clock", "{\"by\":\"-1h\"}");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "offset")),
	    86400);
	json_decref(o);
	json_decref(bench_ask(b, "lab clock", "{\"by\":\"reset\"}"));
	CU_ASSERT_EQUAL(atomic_load(&b->offset), 0);
	bench_refused(b, "lab clock", "{\"by\":\"25h\"}", DPE_USAGE,
	    "clock 25h");
	bench_refused(b, "lab clock", "{\"by\":\"+x\"}", DPE_USAGE,
	    "clock +x");
	bench_refused(b, "lab clock", "{\"by\":\"+99999d\"}", DPE_USAGE,
	    "clock +99999d");
	bench_free(b);
}

static void
error_words(void)
{
	unsigned	 status;

	CU_ASSERT_STRING_EQUAL(admin_error_word(DPE_USAGE, &status), "usage");
	CU_ASSERT_EQUAL(status, 400);
	CU_ASSERT_STRING_EQUAL(admin_error_word(DPE_NOTFOUND, &status),
	    "not_found");
	CU_ASSERT_EQUAL(status, 404);
	CU_ASSERT_STRING_EQUAL(admin_error_word(DPE_UNSUPPORTED, &status),
	    "refused");
	CU_ASSERT_EQUAL(status, 403);
	CU_ASSERT_STRING_EQUAL(admin_error_word(DPE_STATE, &status), "state");
	CU_ASSERT_EQUAL(status, 409);
	CU_ASSERT_STRING_EQUAL(admin_error_word(DPE_DB, &status), "failed");
	CU_ASSERT_EQUAL(status, 500);
	CU_ASSERT_PTR_NULL(admin_verb_find("order", "eat"));
	CU_ASSERT_PTR_NULL(admin_verb_find("soup", "list"));
	CU_ASSERT_PTR_NOT_NULL(admin_verb_find("order", "list"));
}

const struct unit_case	unit_events[] = {
	UNIT_CASE(session_list),
	UNIT_CASE(euicc_list),
	UNIT_CASE(notify_list),
	UNIT_CASE(audit_list),
	UNIT_CASE(audit_of_refusals),
	UNIT_CASE(status_show),
	UNIT_CASE(lab_clock),
	UNIT_CASE(error_words)
};
const size_t	unit_events_n = NELEM(unit_events);
