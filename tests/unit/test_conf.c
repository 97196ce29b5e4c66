/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/conf.h"
#include "base/limits.h"
#include "tests/unit/test_base.h"

struct sample {
	char			*text;
	char			*none;
	struct conf_list	 list;
	struct conf_list	 listed;
	unsigned		 number;
	bool			 flag;
	int64_t			 time;
	int64_t			 ever;
};

#define AT(m)	offsetof(struct sample, m)

static const struct conf_word words[] = {
	{ "text", CONF_TEXT, AT(text), "preset text", 0, 0, "a text", NULL },
	{ "none", CONF_TEXT, AT(none), NULL, 0, 0, "a text, no preset", NULL },
	{ "list", CONF_LIST, AT(list), NULL, 0, 0, "a list", NULL },
	{ "listed", CONF_LIST, AT(listed), "one", 0, 0, "a preset list", NULL },
	{ "number", CONF_UINT, AT(number), "7", 2, 500, "a number", NULL },
	{ "flag", CONF_BOOL, AT(flag), "no", 0, 0, "a flag", NULL },
	{ "time", CONF_SECONDS, AT(time), "15m", 0, 0, "a time", NULL },
	{ "ever", CONF_SECONDS, AT(ever), "never", 0, 0, "a time", NULL },
	{ "later", CONF_LATER, 0, NULL, 0, 0, "a word of a later part", NULL },
};
#define NWORDS	NELEM(words)

static int
sample_read(const char *text, struct sample *s, struct why *why)
{
	memset(s, 0, sizeof(*s));
	memset(why, 0, sizeof(*why));
	return conf_read("t.conf", slice_str(text), words, NWORDS, s, why);
}

void
conf_presets_hold(void)
{
	struct sample	 s;
	struct why	 why;

	CU_ASSERT_EQUAL(sample_read("", &s, &why), 0);
	CU_ASSERT_STRING_EQUAL(s.text, "preset text");
	CU_ASSERT_PTR_NULL(s.none);
	CU_ASSERT_EQUAL(s.list.n, 0);
	CU_ASSERT_EQUAL(s.listed.n, 1);
	CU_ASSERT_EQUAL(s.number, 7);
	CU_ASSERT_FALSE(s.flag);
	CU_ASSERT_EQUAL(s.time, 900);
	CU_ASSERT_EQUAL(s.ever, 0);
	conf_free(words, NWORDS, &s);
	CU_ASSERT_PTR_NULL(s.text);
	CU_ASSERT_PTR_NULL(s.listed.item);
	conf_free(words, NWORDS, &s);
}

static const char sample_text[] =
    "# a comment\n"
    "\n"
    "text   two words\t# and a comment\n"
    "\tlist a\n"
    "list b c\r\n"
    "   \t\n"
    "listed two\n"
    "number 500\n"
    "flag yes\n"
    "time 30d\n"
    "none x";	/* no newline at the end */

void
conf_every_kind(void)
{
	struct sample	 s;
	struct why	 why;

	CU_ASSERT_EQUAL(sample_read(sample_text, &s, &why), 0);
	CU_ASSERT_STRING_EQUAL(s.text, "two words");
	CU_ASSERT_STRING_EQUAL(s.none, "x");
	CU_ASSERT_EQUAL_FATAL(s.list.n, 2);
	CU_ASSERT_STRING_EQUAL(s.list.item[0], "a");
	CU_ASSERT_STRING_EQUAL(s.list.item[1], "b c");
	CU_ASSERT_EQUAL_FATAL(s.listed.n, 1);
	CU_ASSERT_STRING_EQUAL(s.listed.item[0], "two");
	CU_ASSERT_EQUAL(s.number, 500);
	CU_ASSERT_TRUE(s.flag);
	CU_ASSERT_EQUAL(s.time, 30 * 86400);
	conf_free(words, NWORDS, &s);
}

/* What is printed is read again as the same. */
void
conf_prints(void)
{
	static const char want[] =
	    "text two words\nnone x\nlist a\nlist b c\nlisted two\n"
	    "number 500\nflag yes\ntime 2592000\never never\n";
	struct sample	 s;
	struct buf	 out = {0}, again = {0};
	struct why	 why;

	CU_ASSERT_EQUAL(sample_read(sample_text, &s, &why), 0);
	conf_print(words, NWORDS, &s, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), want);
	conf_free(words, NWORDS, &s);
	CU_ASSERT_EQUAL(sample_read(buf_cstr(&out), &s, &why), 0);
	conf_print(words, NWORDS, &s, &again);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&again), want);
	conf_free(words, NWORDS, &s);
	buf_free(&out);
	buf_free(&again);
}

void
conf_errors(void)
{
	static const struct {
		const char	*text;
		int		 r;
		const char	*why;
	} bad[] = {
		{ "flag yes\nwrong 1\n", DPE_USAGE,
		  "t.conf:2: unknown keyword wrong" },
		{ "\n\n\nText x\n", DPE_USAGE,
		  "t.conf:4: unknown keyword Text" },
		{ "text a\ntext b\n", DPE_EXISTS,
		  "t.conf:2: text is given twice" },
		{ "later 1\n", DPE_UNSUPPORTED,
		  "t.conf:1: later is not built yet" },
		{ "text\n", DPE_MISSING, "t.conf:1: text has no value" },
		{ "text   # none\n", DPE_MISSING,
		  "t.conf:1: text has no value" },
		{ "wrong\n", DPE_USAGE, "t.conf:1: unknown keyword wrong" },
		{ "number 1\n", DPE_RANGE, "t.conf:1: number expects a number "
		  "from 2 to 500, not 1" },
		{ "number 501\n", DPE_RANGE, NULL },
		{ "number -3\n", DPE_RANGE, NULL },
		{ "number +3\n", DPE_RANGE, NULL },
		{ "number 3x\n", DPE_RANGE, NULL },
		{ "number 0x10\n", DPE_RANGE, NULL },
		{ "number 4294967298\n", DPE_RANGE, NULL },
		{ "number 99999999999999999999999\n", DPE_RANGE, NULL },
		{ "flag true\n", DPE_RANGE,
		  "t.conf:1: flag expects yes or no, not true" },
		{ "flag YES\n", DPE_RANGE, NULL },
		{ "time 5 minutes\n", DPE_RANGE, "t.conf:1: time expects a "
		  "time such as 90, 15m, 72h, 30d or never, not 5 minutes" },
		{ "time -1\n", DPE_RANGE, NULL },
	};
	struct sample	 s;
	struct why	 why;
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		CU_ASSERT_EQUAL(sample_read(bad[i].text, &s, &why), bad[i].r);
		if (bad[i].why != NULL)
			CU_ASSERT_STRING_EQUAL(why.text, bad[i].why);
		conf_free(words, NWORDS, &s);
	}
}

void
conf_hostile_text(void)
{
	struct sample	 s = {0};
	struct buf	 b = {0};
	struct why	 why;

	CU_ASSERT_EQUAL(conf_read("t.conf", slice_of("text a\0b\n", 9), words,
	    NWORDS, &s, &why), DPE_SYNTAX);
	CU_ASSERT_STRING_EQUAL(why.text, "t.conf: contains a NUL byte");
	conf_free(words, NWORDS, &s);
	buf_add_str(&b, "flag no\ntext ");
	while (b.len < 8 + LIM_CONF_LINE)
		buf_add_u8(&b, 'x');
	CU_ASSERT_EQUAL(sample_read(buf_cstr(&b), &s, &why), 0);
	CU_ASSERT_EQUAL(strlen(s.text), LIM_CONF_LINE - 5);
	conf_free(words, NWORDS, &s);
	buf_add_u8(&b, 'x');
	CU_ASSERT_EQUAL(sample_read(buf_cstr(&b), &s, &why), DPE_RANGE);
	CU_ASSERT_STRING_EQUAL(why.text, "t.conf:2: line is too long");
	conf_free(words, NWORDS, &s);
	buf_free(&b);
}

void
conf_times(void)
{
	static const struct {
		const char	*text;
		int64_t		 s;
	} good[] = {
		{ "0", 0 }, { "90", 90 }, { "90s", 90 }, { "15m", 900 },
		{ "72h", 259200 }, { "30d", 2592000 },
	};
	static const char *const bad[] = {
		"", "s", "d1", "-1", "+1", " 1", "1 ", "1w", "1hh", "1h30m",
		"1.5h", "99999999999999999999", "3162240001", "36601d",
		"never",
	};
	int64_t	 v;
	size_t	 i;

	for (i = 0; i < NELEM(good); i++) {
		CU_ASSERT_EQUAL(conf_seconds(good[i].text, &v), 0);
		CU_ASSERT_EQUAL(v, good[i].s);
	}
	for (i = 0; i < NELEM(bad); i++) {
		if (conf_seconds(bad[i], &v) != DPE_RANGE)
			printf("# taken: %s\n", bad[i]);
		CU_ASSERT_EQUAL(conf_seconds(bad[i], &v), DPE_RANGE);
	}
	CU_ASSERT_EQUAL(conf_seconds("36600d", &v), 0);
}
