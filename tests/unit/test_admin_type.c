/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
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
		{ "{\"name\":\"a\",\"ppr\":\"ppr1\"}", "need an owner" },
		{ "{\"name\":\"a\",\"ppr\":\"ppr1\",\"owner\":\"999-70\","
		    "\"class\":\"test\"}", "no policy rules" },
		{ "{\"name\":\"a\",\"after_install\":\"shred\","
		    "\"reinstall\":1}", "cannot be reinstalled" },
		{ "{\"name\":\"a\",\"icon\":\"AAAA\"}", "PNG or JPEG" },
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
	UNIT_CASE(type_icons)
};
const size_t	unit_types_n = NELEM(unit_types);
