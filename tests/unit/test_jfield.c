/* SPDX-License-Identifier: Apache-2.0 */
#include "base/jfield.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "tests/unit/test_base.h"

struct sample {
	char		*text;
	char		*more;
	struct buf	 hex;
	struct buf	 b64;
	int64_t		 number;
	bool		 flag;
};

#define AT(m)	offsetof(struct sample, m)

static const struct jfield fields[] = {
	{ "text", JFIELD_TEXT, AT(text), 5, 0 },
	{ "more", JFIELD_TEXT, AT(more), 5, JFIELD_OPT },
	{ "hex", JFIELD_HEX, AT(hex), 3, JFIELD_OPT },
	{ "b64", JFIELD_BASE64, AT(b64), 1, JFIELD_OPT },
	{ "number", JFIELD_INT, AT(number), 1000, JFIELD_OPT },
	{ "flag", JFIELD_BOOL, AT(flag), 0, JFIELD_OPT },
};
#define NFIELDS	NELEM(fields)

static int
sample_read(const char *text, bool strict, struct sample *s, struct why *why)
{
	json_t	*j;
	int	 r;

	memset(s, 0, sizeof(*s));
	memset(why, 0, sizeof(*why));
	if (json_read(slice_str(text), &j, why) != 0)
		return DPE_INTERNAL;
	r = strict ? jfield_read_strict(j, fields, NFIELDS, s, why) :
	    jfield_read(j, fields, NFIELDS, s, why);
	json_decref(j);
	return r;
}

void
jfield_every_kind(void)
{
	struct sample	 s;
	struct why	 why;

	CU_ASSERT_EQUAL(sample_read("{\"text\":\"abcde\",\"more\":null,"
	    "\"hex\":\"00fF10\",\"b64\":\"/w==\",\"number\":1000,"
	    "\"flag\":true}", true, &s, &why), 0);
	CU_ASSERT_STRING_EQUAL(s.text, "abcde");
	CU_ASSERT_PTR_NULL(s.more);
	unit_same("hex", buf_slice(&s.hex), slice_of("\0\xff\x10", 3));
	unit_same("b64", buf_slice(&s.b64), slice_of("\xff", 1));
	CU_ASSERT_EQUAL(s.number, 1000);
	CU_ASSERT_TRUE(s.flag);
	jfield_free(fields, NFIELDS, &s);
	CU_ASSERT_PTR_NULL(s.text);
	CU_ASSERT_PTR_NULL(s.hex.p);
	jfield_free(fields, NFIELDS, &s);
}

void
jfield_refuses(void)
{
	static const struct {
		const char	*text;
		int		 r;
		const char	*why;
	} bad[] = {
		{ "{}", DPE_MISSING, "text is missing" },
		{ "{\"text\":null}", DPE_MISSING, "text is missing" },
		{ "{\"text\":1}", DPE_SYNTAX, "text: not a text" },
		{ "{\"text\":\"abcdef\"}", DPE_RANGE,
		  "text: longer than 5 bytes" },
		{ "{\"text\":[]}", DPE_SYNTAX, "text: not a text" },
		{ "{\"text\":\"a\",\"hex\":\"0\"}", DPE_SYNTAX,
		  "hex: not hex" },
		{ "{\"text\":\"a\",\"hex\":5}", DPE_SYNTAX, NULL },
		{ "{\"text\":\"a\",\"hex\":\"00112233\"}", DPE_RANGE,
		  "hex: longer than 3 bytes" },
		{ "{\"text\":\"a\",\"hex\":\"zz\"}", DPE_SYNTAX, NULL },
		{ "{\"text\":\"a\",\"hex\":\"001122334455667788\"}",
		  DPE_RANGE, NULL },
		{ "{\"text\":\"a\",\"b64\":\"/w\"}", DPE_SYNTAX,
		  "b64: not base64" },
		{ "{\"text\":\"a\",\"b64\":\"//8=\"}", DPE_RANGE, NULL },
		{ "{\"text\":\"a\",\"b64\":\"////////\"}", DPE_RANGE, NULL },
		{ "{\"text\":\"a\",\"number\":1001}", DPE_RANGE,
		  "number: not a number from 0 to 1000" },
		{ "{\"text\":\"a\",\"number\":-1}", DPE_RANGE, NULL },
		{ "{\"text\":\"a\",\"number\":1.0}", DPE_SYNTAX, NULL },
		{ "{\"text\":\"a\",\"number\":\"1\"}", DPE_SYNTAX,
		  "number: not a number from 0 to 1000" },
		{ "{\"text\":\"a\",\"flag\":1}", DPE_SYNTAX,
		  "flag: not true or false" },
		{ "{\"text\":\"a\",\"flag\":\"yes\"}", DPE_SYNTAX, NULL },
	};
	struct sample	 s;
	struct why	 why;
	size_t		 i;
	int		 r;

	for (i = 0; i < NELEM(bad); i++) {
		r = sample_read(bad[i].text, false, &s, &why);
		if (r != bad[i].r)
			printf("# %d: %s\n", r, bad[i].text);
		CU_ASSERT_EQUAL(r, bad[i].r);
		if (bad[i].why != NULL)
			CU_ASSERT_STRING_EQUAL(why.text, bad[i].why);
		jfield_free(fields, NFIELDS, &s);
	}
}

void
jfield_strict_or_not(void)
{
	static const char text[] = "{\"text\":\"a\",\"other\":{\"x\":1}}";
	struct sample	 s;
	struct why	 why;

	CU_ASSERT_EQUAL(sample_read(text, false, &s, &why), 0);
	jfield_free(fields, NFIELDS, &s);
	CU_ASSERT_EQUAL(sample_read(text, true, &s, &why), DPE_USAGE);
	CU_ASSERT_STRING_EQUAL(why.text, "unknown member other");
	jfield_free(fields, NFIELDS, &s);
	CU_ASSERT_EQUAL(jfield_read(NULL, fields, NFIELDS, &s, &why),
	    DPE_SYNTAX);
	CU_ASSERT_EQUAL(jfield_read_strict(NULL, fields, NFIELDS, &s, &why),
	    DPE_SYNTAX);
}

void
json_texts(void)
{
	static const char *const bad[] = {
		"", "[]", "1", "\"x\"", "null", "{", "{}}", "{} {}",
		"{\"a\":1,\"a\":2}", "{\"a\":01}", "{\"a\":1,}", "{'a':1}",
		"{\"a\":\"\\u0000\"}", "{\"\xff\":1}", "{\"a\":\"\xc0\x80\"}",
	};
	struct buf	 out = {0};
	struct why	 why;
	json_t		*j;
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		CU_ASSERT_EQUAL(json_read(slice_str(bad[i]), &j, &why),
		    DPE_SYNTAX);
		CU_ASSERT_PTR_NULL(j);
	}
	CU_ASSERT_EQUAL(json_read(slice_str(NULL), &j, &why), DPE_SYNTAX);
	CU_ASSERT_EQUAL(json_read(slice_str(" { \"b\" : [ 1 , true ],"
	    " \"a\" : \"/\\\"\" } "), &j, &why), 0);
	json_write(j, &out);
	unit_same("compact", buf_slice(&out),
	    slice_str("{\"b\":[1,true],\"a\":\"/\\\"\"}"));
	json_decref(j);
	buf_free(&out);
}

/* n objects in one another, each with this member before the next. */
static int
deep_read(size_t n, const char *member)
{
	struct buf	 b = {0};
	struct why	 why;
	json_t		*j;
	size_t		 i;
	int		 r;

	for (i = 1; i < n; i++)
		buf_addf(&b, "{%s,\"a\":", member);
	buf_add_str(&b, "{");
	for (i = 0; i < n; i++)
		buf_add_str(&b, "}");
	r = json_read(buf_slice(&b), &j, &why);
	json_decref(j);
	buf_free(&b);
	return r;
}

/* Brackets count outside of strings only. */
void
json_depth(void)
{
	CU_ASSERT_EQUAL(deep_read(LIM_JSON_DEPTH, "\"x\":1"), 0);
	CU_ASSERT_EQUAL(deep_read(LIM_JSON_DEPTH + 1, "\"x\":1"), DPE_RANGE);
	CU_ASSERT_EQUAL(deep_read(100000, "\"x\":1"), DPE_RANGE);
	CU_ASSERT_EQUAL(deep_read(LIM_JSON_DEPTH, "\"x\":\"[{\\\"[{\\\\\""),
	    0);
	CU_ASSERT_EQUAL(deep_read(LIM_JSON_DEPTH + 1, "\"x\":\"]}\""),
	    DPE_RANGE);
	CU_ASSERT_EQUAL(deep_read(LIM_JSON_DEPTH + 1, "\"x\":\"\\\"]}\""),
	    DPE_RANGE);
}

/* Of a text that somebody still holds, nothing is left to read. */
void
json_wiped(void)
{
	json_t	*o = json_object(), *list = json_array();
	json_t	*text = json_string("a key");

	json_array_append(list, text);
	json_object_set_new(o, "list", list);
	json_object_set_new(o, "n", json_integer(1));
	json_free_wiped(o);
	CU_ASSERT_EQUAL(json_string_length(text), 5);
	CU_ASSERT_EQUAL(memcmp(json_string_value(text), "\0\0\0\0\0", 6), 0);
	json_decref(text);
	json_free_wiped(NULL);
}
