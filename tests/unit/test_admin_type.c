/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/limits.h"
#include "tests/unit/admin_unit.h"

static void
type_with_defaults(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;

	o = bench_ask(b, "type add", "{\"name\":\"staff\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "type"), "staff");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "spn"), "staff");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "class"), "operational");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "protect"), "session");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "on_ineligible"), "keep");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "after_install"), "keep");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "rebind"), "yes");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "icon"), "");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "reinstall")),
	    0);
	json_decref(o);
	bench_refused(b, "type add", "{\"name\":\"staff\"}", DPE_EXISTS,
	    "type staff: exists");
	bench_free(b);
}

static void
type_with_everything(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;
	char		*text;

	json_decref(bench_ask(b, "type add", "{\"name\":\"t1\","
	    "\"spn\":\"Example\",\"profile_name\":\"Work\","
	    "\"class\":\"operational\",\"owner\":\"999-70\","
	    "\"ppr\":\"ppr1,ppr2\",\"notify\":\"install,delete\","
	    "\"protect\":\"ppk\",\"on_ineligible\":\"error\","
	    "\"on_cancel\":\"retry\",\"rebind\":\"no\",\"reinstall\":2}"));
	o = bench_ask(b, "type show", "{\"name\":\"t1\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "owner"), "999-70");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "profile_name"), "Work");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "protect"), "ppk");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "on_ineligible"), "error");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "on_cancel"), "retry");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "rebind"), "no");
	text = json_dumps(json_object_get(o, "ppr"), JSON_COMPACT);
	CU_ASSERT_STRING_EQUAL(text, "[\"ppr1\",\"ppr2\"]");
	free(text);
	text = json_dumps(json_object_get(o, "notify"), JSON_COMPACT);
	CU_ASSERT_STRING_EQUAL(text, "[\"install\",\"delete\"]");
	free(text);
	json_decref(o);
	o = bench_ask(b, "type list", "{\"limit\":1000}");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "items")), 1);
	CU_ASSERT(json_is_null(json_object_get(o, "after")));
	json_decref(o);
	bench_free(b);
}

static void
type_refusals(void)
{
	static const struct {
		const char	*in, *part;
	} bad[] = {
		{ "{}", "name is missing" },
		{ "{\"name\":\"\"}", "type name" },
		{ "{\"name\":\"a b\"}", "type name" },
		{ "{\"name\":\"-a\"}", "type name" },
		{ "{\"name\":\"a\",\"colour\":1}", "unknown member colour" },
		{ "{\"name\":\"a\",\"spn\":"
		    "\"123456789012345678901234567890123\"}", "32 bytes" },
		{ "{\"name\":\"a\",\"profile_name\":\"1234567890123456789012"
		    "3456789012345678901234567890123456789012345\"}",
		    "64 bytes" },
		{ "{\"name\":\"a\",\"class\":\"best\"}",
		    "class: one of test, provisioning, operational" },
		{ "{\"name\":\"a\",\"protect\":\"no\"}", "session, ppk" },
		{ "{\"name\":\"a\",\"on_ineligible\":\"no\"}",
		    "keep, error" },
		{ "{\"name\":\"a\",\"after_install\":\"no\"}",
		    "keep, shred" },
		{ "{\"name\":\"a\",\"rebind\":\"never\"}", "no, yes" },
		{ "{\"name\":\"a\",\"ppr\":\"ppr3\"}", "ppr1, ppr2" },
		{ "{\"name\":\"a\",\"notify\":\"install,x\"}", "install," },
		{ "{\"name\":\"a\",\"owner\":\"99970\"}", "MCC-MNC" },
		{ "{\"name\":\"a\",\"owner\":\"999-70,gid3=01\"}",
		    "gid1=HEX" },
		{ "{\"name\":\"a\",\"owner\":\"999-70,gid1=\"}", "gid1=HEX" },
		{ "{\"name\":\"a\",\"owner\":\"999-70,gid1=1\"}", "gid1=HEX" },
		{ "{\"name\":\"a\",\"owner\":\"999-70,gid1=01,gid1=02\"}",
		    "gid1=HEX" },
		{ "{\"name\":\"a\",\"owner\":\"999-70,\"}", "gid1=HEX" },
		{ "{\"name\":\"a\",\"icon\":\"AAAA\",\"no_icon\":true}",
		    "either an icon" },
		{ "{\"name\":\"a\",\"ppr\":\"ppr1\"}", "need an owner" },
		{ "{\"name\":\"a\",\"ppr\":\"ppr1\",\"owner\":\"999-70\","
		    "\"class\":\"test\"}", "no policy rules" },
		{ "{\"name\":\"a\",\"after_install\":\"shred\","
		    "\"reinstall\":1}", "cannot be reinstalled" },
		{ "{\"name\":\"a\",\"icon\":\"AAAA\"}", "PNG or JPEG" },
		{ "{\"name\":\"a\",\"low_stock\":10001}", "low_stock" },
		{ "{\"name\":\"a\",\"icon\":\"*\"}", "icon: not base64" }
	};
	struct bench	*b = bench_new(true);
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++)
		bench_refused(b, "type add", bad[i].in, DPE_USAGE,
		    bad[i].part);
	bench_refused(b, "type show", "{\"name\":\"a\"}", DPE_NOTFOUND,
	    "type a: not found");
	bench_free(b);
}

static void
notify_case(struct bench *b, const char *notify, const char *list)
{
	char	 in[512], *text;
	json_t	*o;

	snprintf(in, sizeof(in), "{\"name\":\"n\",\"notify\":\"%s\"}",
	    notify);
	if (list == NULL) {
		bench_refused(b, "type set", in, DPE_USAGE, "notify:");
		return;
	}
	o = bench_ask(b, "type set", in);
	text = json_dumps(json_object_get(o, "notify"), JSON_COMPACT);
	CU_ASSERT_STRING_EQUAL(text, list);
	free(text);
	json_decref(o);
}

/* Several addresses for an event, several events for an address. */
static void
type_notifies_where(void)
{
	struct bench	*b = bench_new(false);
	char		 many[400] = "install";
	int		 i;

	json_decref(bench_ask(b, "type add", "{\"name\":\"n\"}"));
	notify_case(b, "install,delete=b.example,delete",
	    "[\"install\",\"delete\",\"delete=b.example\"]");
	notify_case(b, "enable=a.example,disable=a.example,enable=b.example",
	    "[\"enable=a.example\",\"disable=a.example\","
	    "\"enable=b.example\"]");
	notify_case(b, "", "[]");
	for (i = 0; i < 7; i++)
		snprintf(many + strlen(many), sizeof(many) - strlen(many),
		    ",install=%d.example", i);
	json_decref(bench_ask(b, "type set", "{\"name\":\"n\","
	    "\"notify\":\"install\"}"));
	notify_case(b, many, "[\"install\",\"install=0.example\","
	    "\"install=1.example\",\"install=2.example\","
	    "\"install=3.example\",\"install=4.example\","
	    "\"install=5.example\",\"install=6.example\"]");
	strcat(many, ",install=8.example");
	notify_case(b, many, NULL);
	notify_case(b, "install=", NULL);
	notify_case(b, "install=a", NULL);
	notify_case(b, "install=a.b:1", NULL);
	notify_case(b, "install=a b.c", NULL);
	notify_case(b, "install=.b", NULL);
	notify_case(b, "install=a.b.", NULL);
	notify_case(b, "install=-a.b", NULL);
	notify_case(b, ",", NULL);
	notify_case(b, "install,", NULL);
	b->set.lab = true;
	notify_case(b, "install=a:8443", "[\"install=a:8443\"]");
	notify_case(b, "install=a:", NULL);
	bench_free(b);
}

/* What is not named stays; what follows the package stays with profiles. */
static void
type_changes(void)
{
	struct bench	*b = bench_new(false);
	json_t		*o;

	json_decref(bench_ask(b, "type add", "{\"name\":\"t\","
	    "\"spn\":\"Old\",\"owner\":\"999-70,gid2=0A,gid1=0102ff\","
	    "\"ppr\":\"ppr2\",\"reinstall\":3,\"protect\":\"ppk\"}"));
	o = bench_ask(b, "type set", "{\"name\":\"t\",\"spn\":\"New\","
	    "\"low_stock\":7}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "spn"), "New");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "profile_name"), "t");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "protect"), "ppk");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "gid1"), "0102FF");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "gid2"), "0A");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "reinstall")),
	    3);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "low_stock")),
	    7);
	json_decref(o);
	bench_refused(b, "type set", "{\"name\":\"t\"}", DPE_USAGE,
	    "nothing to change");
	bench_refused(b, "type set", "{\"name\":\"u\",\"spn\":\"x\"}",
	    DPE_NOTFOUND, "type u: not found");
	bench_refused(b, "type set", "{\"name\":\"t\",\"owner\":\"\"}",
	    DPE_USAGE, "need an owner");
	bench_refused(b, "type set", "{\"name\":\"t\","
	    "\"after_install\":\"shred\"}", DPE_USAGE, "reinstalled");
	o = bench_ask(b, "type set", "{\"name\":\"t\",\"owner\":\"\","
	    "\"ppr\":\"\",\"reinstall\":0}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "owner"), "");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "gid1"), "");
	json_decref(o);
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"t\",\"count\":2}"));
	bench_refused(b, "type set", "{\"name\":\"t\","
	    "\"owner\":\"999-71\"}", DPE_STATE, "has profiles");
	bench_refused(b, "type set", "{\"name\":\"t\","
	    "\"class\":\"test\"}", DPE_STATE, "has profiles");
	json_decref(bench_ask(b, "type set", "{\"name\":\"t\","
	    "\"class\":\"operational\",\"protect\":\"session\"}"));
	o = bench_ask(b, "type show", "{\"name\":\"t\"}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "protect"), "session");
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "available")),
	    2);
	json_decref(o);
	bench_free(b);
}

static size_t
alarms(struct bench *b)
{
	json_t	*o = bench_ask(b, "audit list", "{}"), *a;
	size_t	 i, n = 0;

	json_array_foreach(json_object_get(o, "items"), i, a)
		n += strcmp(bench_text(a, "action"), "type.low-stock") == 0;
	json_decref(o);
	return n;
}

/* Once for each crossing, and again after the stock was filled up. */
static void
type_low_stock(void)
{
	static const char	 order[] = "{\"type\":\"t\"}";
	struct bench		*b = bench_new(false);

	json_decref(bench_ask(b, "type add",
	    "{\"name\":\"t\",\"low_stock\":2}"));
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"t\",\"count\":3}"));
	json_decref(bench_ask(b, "order new", order));
	CU_ASSERT_EQUAL(alarms(b), 0);
	json_decref(bench_ask(b, "order new", order));
	CU_ASSERT_EQUAL(alarms(b), 1);
	json_decref(bench_ask(b, "order new", order));
	CU_ASSERT_EQUAL(alarms(b), 1);
	bench_refused(b, "order new", order, DPE_STATE,
	    "type t: no profile is available");
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"t\",\"count\":2}"));
	json_decref(bench_ask(b, "order new", order));
	CU_ASSERT_EQUAL(alarms(b), 2);
	bench_free(b);
}

/* What a variant needs: of the package, more, or something else. */
static void
type_variants(void)
{
	static const char	 add[] = "{\"type\":\"t\",\"name\":\"v%d\","
	    "\"template\":\"consumer\"}";
	static const struct {
		const char	*more, *part;
	} bad[] = {
		{ "\"saip_min\":\"2\"", "a version is needed" },
		{ "\"saip_min\":\"2.3x\"", "a version is needed" },
		{ "\"saip_min\":\"4.0\"", "a version is needed" },
		{ "\"services\":\"usim,,isim\"", "no such service" },
		{ "\"services\":\"us\"", "us: no such service" },
		{ "\"colour\":1", "unknown member" }
	};
	struct bench	*b = bench_new(false);
	char		 in[200];
	json_t		*o;
	size_t		 i;

	json_decref(bench_ask(b, "type add", "{\"name\":\"t\","
	    "\"owner\":\"999-70\"}"));
	o = bench_ask(b, "variant add", "{\"type\":\"t\",\"name\":\"v\","
	    "\"template\":\"consumer\",\"saip_min\":\"3.1\","
	    "\"services\":\"isim,tuak128\",\"javacard\":true,"
	    "\"memory\":77}");
	CU_ASSERT_STRING_EQUAL(bench_text(o, "saip_min"), "3.1");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "services")), 5);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "memory")), 77);
	json_decref(o);
	for (i = 0; i < NELEM(bad); i++) {
		snprintf(in, sizeof(in), "{\"type\":\"t\",\"name\":\"w\","
		    "\"template\":\"consumer\",%s}", bad[i].more);
		bench_refused(b, "variant add", in, DPE_USAGE, bad[i].part);
	}
	bench_refused(b, "type set", "{\"name\":\"t\","
	    "\"owner\":\"999-71\"}", DPE_STATE, "has profiles");
	for (i = 1; i < LIM_VARIANTS; i++) {
		snprintf(in, sizeof(in), add, (int)i);
		json_decref(bench_ask(b, "variant add", in));
	}
	snprintf(in, sizeof(in), add, 99);
	bench_refused(b, "variant add", in, DPE_RANGE, "has 16 variants");
	o = bench_ask(b, "variant list", "{\"type\":\"t\"}");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "items")), 16);
	json_decref(o);
	/* What the owner's groups would be refused for. */
	json_decref(bench_ask(b, "type add", "{\"name\":\"g\","
	    "\"owner\":\"999-70,gid1=01\"}"));
	bench_refused(b, "variant add", "{\"type\":\"g\",\"name\":\"v\","
	    "\"template\":\"consumer\"}", DPE_RANGE, "service 17");
	bench_free(b);
}

/* As much of a name as EF.SPN takes; 7 characters where they are others. */
static void
type_long_names(void)
{
	static const char *const names[] = {
		"A name of thirty-two octets here",
		"\303\226sterreichischer Mobilfunk"
	};
	struct bench	*b = bench_new(false);
	char		 in[200];
	size_t		 i;

	for (i = 0; i < NELEM(names); i++) {
		snprintf(in, sizeof(in), "{\"name\":\"n%zu\",\"spn\":\"%s\"}",
		    i, names[i]);
		json_decref(bench_ask(b, "type add", in));
		snprintf(in, sizeof(in), "{\"type\":\"n%zu\",\"count\":1}", i);
		json_decref(bench_ask(b, "profile generate", in));
	}
	bench_free(b);
}

static void
icon_case(const char *name, const void *head, size_t n, const char *kind)
{
	struct bench	*b = bench_new(false);
	struct buf	 in = { 0 };
	json_t		*o;

	buf_addf(&in, "{\"name\":\"%s\",\"icon\":\"", name);
	base64_add(&in, slice_of(head, n));
	buf_add_str(&in, "\"}");
	if (kind != NULL) {
		o = bench_ask(b, "type add", buf_cstr(&in));
		CU_ASSERT_STRING_EQUAL(bench_text(o, "icon"), kind);
		json_decref(o);
	} else
		bench_refused(b, "type add", buf_cstr(&in), DPE_USAGE,
		    "64 x 64");
	buf_free(&in);
	bench_free(b);
}

/* Told by content; the size stands in the header of either format. */
static void
type_icons(void)
{
	static const char	 png[] =
	    "\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\100\0\0\0\100\010\6\0\0";
	static const char	 png48[] =
	    "\211PNG\r\n\032\n\0\0\0\015IHDR\0\0\0\060\0\0\0\060\010\6\0\0";
	static const char	 jpeg[] = "\377\330\377\340\0\4ab"
	    "\377\300\0\013\010\0\100\0\100\1\1\021\0";
	static const char	 jpeg48[] = "\377\330\377\340\0\4ab"
	    "\377\300\0\013\010\0\060\0\100\1\1\021\0";
	static const char	 loop[] = "\377\330\377\340\0\0ab12345678";
	char			 large[1024];

	icon_case("a", png, sizeof(png) - 1, "png");
	icon_case("b", png48, sizeof(png48) - 1, NULL);
	icon_case("c", jpeg, sizeof(jpeg) - 1, "jpeg");
	icon_case("d", jpeg48, sizeof(jpeg48) - 1, NULL);
	icon_case("e", loop, sizeof(loop) - 1, NULL);
	memset(large, 0, sizeof(large));
	memcpy(large, png, sizeof(png) - 1);
	icon_case("f", large, sizeof(large), "png");
}

const struct unit_case	unit_types[] = {
	UNIT_CASE(type_with_defaults),
	UNIT_CASE(type_with_everything),
	UNIT_CASE(type_refusals),
	UNIT_CASE(type_icons),
	UNIT_CASE(type_notifies_where),
	UNIT_CASE(type_changes),
	UNIT_CASE(type_low_stock),
	UNIT_CASE(type_variants),
	UNIT_CASE(type_long_names)
};
const size_t	unit_types_n = NELEM(unit_types);
