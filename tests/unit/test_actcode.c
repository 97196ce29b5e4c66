/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/actcode.h"
#include "tests/unit/test_base.h"

#define TOKEN	"04KQ7-ZZTOP-A74Y8-3F81X"
#define HOST	"SMDP.EXAMPLE.COM"

static const struct actcode_case {
	const char	*text;
	struct actcode	 want;
	bool		 canonical;	/* is what is written, but for LPA: */
} good[] = {
	{ "1$" HOST "$" TOKEN, { HOST, TOKEN, "", false }, true },
	{ "1$" HOST "$" TOKEN "$$1", { HOST, TOKEN, "", true }, true },
	{ "1$" HOST "$" TOKEN "$2.999.10$1",
	  { HOST, TOKEN, "2.999.10", true }, true },
	{ "1$" HOST "$" TOKEN "$2.999.10",
	  { HOST, TOKEN, "2.999.10", false }, true },
	{ "1$" HOST "$$2.999.10", { HOST, "", "2.999.10", false }, true },
	{ "1$smdp.example.com$", { "smdp.example.com", "", "", false }, true },
	{ "1$smdp.example.com$A",
	  { "smdp.example.com", "A", "", false }, true },
	{ "1$smdp.example.com$-",
	  { "smdp.example.com", "-", "", false }, true },
	{ "1$smdp.example.com$TOKEN$",
	  { "smdp.example.com", "TOKEN", "", false }, false },
	{ "1$smdp.example.com$TOKEN$$",
	  { "smdp.example.com", "TOKEN", "", false }, false },
	{ "1$smdp.example.com$TOKEN$$1$FUTURE$X",
	  { "smdp.example.com", "TOKEN", "", true }, false },
	{ "LPA:1$smdp.example.com$TOKEN",
	  { "smdp.example.com", "TOKEN", "", false }, true },
	{ "1$localhost:8443$TOKEN",
	  { "localhost:8443", "TOKEN", "", false }, true },
	{ "1$smdp.example.com$K7QX2$2.999.10$1",
	  { "smdp.example.com", "K7QX2", "2.999.10", true }, true },
};

static void
actcode_same(const struct actcode *got, const struct actcode *want)
{
	CU_ASSERT_STRING_EQUAL(got->address, want->address);
	CU_ASSERT_STRING_EQUAL(got->matching_id, want->matching_id);
	CU_ASSERT_STRING_EQUAL(got->oid, want->oid);
	CU_ASSERT_EQUAL(got->cc_required, want->cc_required);
}

void
actcode_good(void)
{
	struct actcode	 a;
	struct buf	 out = {0};
	struct why	 why;
	const char	*text;
	size_t		 i;

	for (i = 0; i < NELEM(good); i++) {
		text = good[i].text;
		CU_ASSERT_EQUAL(actcode_parse(text, &a, &why), 0);
		actcode_same(&a, &good[i].want);
		buf_cut(&out, 0);
		actcode_format(&a, &out);
		CU_ASSERT_EQUAL(strncmp(buf_cstr(&out), "LPA:1$", 6), 0);
		CU_ASSERT_TRUE(a.matching_id[0] == '\0' ||
		    out.p[out.len - 1] != '$');
		if (good[i].canonical)
			CU_ASSERT_STRING_EQUAL(buf_cstr(&out) + 4, text +
			    (strncmp(text, "LPA:", 4) == 0 ? 4 : 0));
		CU_ASSERT_EQUAL(actcode_parse(buf_cstr(&out), &a, &why), 0);
		actcode_same(&a, &good[i].want);
	}
	buf_free(&out);
}

void
actcode_bad(void)
{
	static const char *const bad[] = {
		"", "1", "1$", "1$smdp.example.com", "LPA:",
		"2$smdp.example.com$TOKEN", "1$$TOKEN",
		"$smdp.example.com$TOKEN", "lpa:1$smdp.example.com$TOKEN",
		"LPA:LPA:1$smdp.example.com$TOKEN",
		"1$smdp.example.com$token", "1$smdp.example.com$TO KEN",
		"1$smdp.example.com$TOK_EN", "1$smdp.example.com$TOKEN$1.2.x",
		"1$smdp.example.com$TOKEN$1..2",
		"1$smdp.example.com$TOKEN$.1",
		"1$smdp.example.com$TOKEN$1.",
		"1$smdp.example.com$TOKEN$$2", "1$smdp.example.com$TOKEN$$0",
		"1$smdp.example.com$TOKEN$$11", "1$smdp example.com$TOKEN",
		"1$smdp/example.com$TOKEN", " 1$smdp.example.com$TOKEN",
		"1$smdp.example.com$TOKEN\n",
	};
	struct actcode	 a;
	struct why	 why;
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		why.text[0] = '\0';
		if (actcode_parse(bad[i], &a, &why) != DPE_SYNTAX)
			printf("# taken: %s\n", bad[i]);
		CU_ASSERT_EQUAL(actcode_parse(bad[i], &a, &why), DPE_SYNTAX);
		CU_ASSERT_EQUAL(strncmp(why.text, "activation code: ", 17), 0);
		CU_ASSERT_EQUAL(actcode_parse(bad[i], &a, NULL), DPE_SYNTAX);
	}
}

/* 255 characters in all, whatever the fields are; LPA: comes on top. */
void
actcode_lengths(void)
{
	struct actcode	 a;
	struct buf	 b = {0};
	struct why	 why;

	buf_add_str(&b, "1$smdp.example.com$");
	while (b.len < 255)
		buf_add_u8(&b, 'A');
	CU_ASSERT_EQUAL(actcode_parse(buf_cstr(&b), &a, &why), 0);
	CU_ASSERT_EQUAL(strlen(a.matching_id), 236);
	buf_add_u8(&b, 'A');
	CU_ASSERT_EQUAL(actcode_parse(buf_cstr(&b), &a, &why), DPE_RANGE);
	buf_set(&b, slice_str("LPA:1$smdp.example.com$"));
	while (b.len < 259)
		buf_add_u8(&b, 'A');
	CU_ASSERT_EQUAL(actcode_parse(buf_cstr(&b), &a, &why), 0);
	buf_set(&b, slice_str("1$h$T$1"));
	while (b.len < 100)
		buf_add_str(&b, ".1");
	CU_ASSERT_EQUAL(actcode_parse(buf_cstr(&b), &a, &why), DPE_RANGE);
	buf_free(&b);
}
