/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of lpac's stdio backend, and a child that speaks them. */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test_vuicc_es10_fix.h"
#include "tools/vuicc_lpa.h"
#include "tools/vuicc_lpac.h"

#define APDU(func, param) \
	"{\"type\":\"apdu\",\"payload\":{\"func\":\"" func "\",\"param\":" \
	param "}}"
#define ECODE(rest)	"{\"type\":\"apdu\",\"payload\":{\"ecode\":" rest "}}\n"
#define ISD_R		"\"a0000005591010ffffffff8900000100\""

struct line_case {
	const char	*line, *want;
};

static void
lines(void)
{
	static const struct line_case	 cases[] = {
		{ APDU("connect", "null"), ECODE("0") },
		{ APDU("logic_channel_open", ISD_R), ECODE("1") },
		{ APDU("logic_channel_open", "\"a000000559\""), ECODE("2") },
		{ APDU("logic_channel_open", "\"a000000087\""), ECODE("-1") },
		{ APDU("logic_channel_open", "null"), ECODE("-1") },
		{ APDU("transmit", "\"81E2910006BF3E035C015A\""),
		    ECODE("0,\"data\":\"6115\"") },
		{ APDU("transmit", "\"81C0000000\""), ECODE("0,\"data\":"
		    "\"BF3E125A10890490321234512345123456789012359000\"") },
		{ APDU("transmit", "null"), ECODE("0,\"data\":\"6700\"") },
		{ APDU("transmit", "\"81C\""), ECODE("-1") },
		{ APDU("transmit", "\"zz\""), ECODE("-1") },
		{ APDU("transmit", "17"), ECODE("-1") },
		{ APDU("logic_channel_close", "\"02\""), ECODE("0") },
		{ APDU("logic_channel_close", "\"0201\""), ECODE("-1") },
		{ APDU("disconnect", "null"), ECODE("0") },
		{ APDU("transmit", "\"81E2910003BF2000\""),
		    ECODE("0,\"data\":\"6881\"") },
		{ APDU("format", "null"), ECODE("-1") },
		{ "{\"type\":\"apdu\"}", ECODE("-1") },
		{ "{\"type\":\"apdu\",\"payload\":[]}", ECODE("-1") },
		{ "{\"type\":\"apdu\",\"payload\":{\"func\":7}}",
		    ECODE("-1") },
	};
	struct efix		 x;
	struct vuicc_apdu	 a;
	struct buf		 out = {0};
	size_t			 i;

	efix_open(&x);
	vuicc_apdu_init(&a, vuicc_es10_call, &x.e);
	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&out, 0);
		CU_ASSERT_EQUAL(vuicc_lpac_line(&a,
		    slice_str(cases[i].line), &out), LPAC_ANSWERED);
		unit_same(cases[i].line, buf_slice(&out),
		    slice_str(cases[i].want));
	}
	vuicc_apdu_free(&a);
	buf_free(&out);
	efix_close(&x);
}

/* An APDU longer than any: refused before it is looked at. */
static void
long_param(void)
{
	struct vuicc_apdu	 a;
	struct buf		 in = {0}, out = {0};
	size_t			 i;

	vuicc_apdu_init(&a, vuicc_es10_call, NULL);
	buf_add_str(&in, "{\"type\":\"apdu\",\"payload\":{\"func\":"
	    "\"transmit\",\"param\":\"");
	for (i = 0; i < APDU_MAX + 1; i++)
		buf_add_str(&in, "81");
	buf_add_str(&in, "\"}}");
	CU_ASSERT_EQUAL(vuicc_lpac_line(&a, buf_slice(&in), &out),
	    LPAC_ANSWERED);
	unit_same("long", buf_slice(&out), slice_str(ECODE("-1")));
	buf_free(&in);
	buf_free(&out);
	vuicc_apdu_free(&a);
}

static void
other_lines(void)
{
	static const char *const	 told[] = {
		"", "Usage: lpac", "{", "[1]", "{}", "{\"type\":7}",
		"{\"type\":\"lpa\",\"payload\":{\"code\":0}}",
		"{\"type\":\"progress\",\"payload\":{\"message\":\"a\"}}",
		"{\"type\":\"progress\",\"payload\":\"preview\"}",
	};
	struct vuicc_apdu	 a;
	struct buf		 out = {0};
	size_t			 i;

	vuicc_apdu_init(&a, vuicc_es10_call, NULL);
	for (i = 0; i < NELEM(told); i++)
		CU_ASSERT_EQUAL(vuicc_lpac_line(&a, slice_str(told[i]), &out),
		    LPAC_TOLD);
	CU_ASSERT_EQUAL(vuicc_lpac_line(&a, slice_str("{\"type\":\"progress\""
	    ",\"payload\":{\"code\":0,\"message\":\"preview\",\"data\":"
	    "\"y/n\"}}"), &out), LPAC_ASKED);
	CU_ASSERT_EQUAL(out.len, 0);
	vuicc_apdu_free(&a);
}

/* Run a shell script as the child; what it tells, and how it ended. */
static int
run(const char *script, const char *input, const char *told)
{
	char *const	 argv[] = { (char *)(uintptr_t)"sh",
			    (char *)(uintptr_t)"-c",
			    (char *)(uintptr_t)script, NULL };
	struct efix	 x;
	struct why	 why = {""};
	FILE		*in = tmpfile(), *out = tmpfile();
	char		 text[512];
	size_t		 n;
	int		 r;

	CU_ASSERT_PTR_NOT_NULL_FATAL(in);
	CU_ASSERT_PTR_NOT_NULL_FATAL(out);
	fputs(input, in);
	rewind(in);
	efix_open(&x);
	r = vuicc_lpac_run(&x.f.card, argv, in, out, &why);
	efix_close(&x);
	rewind(out);
	n = fread(text, 1, sizeof(text), out);
	unit_same(script, slice_of(text, n), slice_str(told));
	fclose(in);
	fclose(out);
	return r;
}

static void
children(void)
{
	setenv("LPAC_APDU", "pcsc", 1);		/* no matter */
	unsetenv("LPAC_HTTP");
	CU_ASSERT_EQUAL(run("echo a; echo $LPAC_APDU $LPAC_HTTP; printf b",
	    "", "a\nstdio curl\nb\n"), 0);
	setenv("LPAC_HTTP", "stdio", 1);
	CU_ASSERT_EQUAL(run("echo $LPAC_HTTP", "", "stdio\n"), 0);
	CU_ASSERT_EQUAL(run("echo '" APDU("logic_channel_open", ISD_R) "'; "
	    "read a; echo \"> $a\"", "", "> " ECODE("1")), 0);
	CU_ASSERT_EQUAL(run("exit 3", "", ""), VUICC_REFUSED);
	CU_ASSERT_EQUAL(run("kill -9 $$", "", ""), VUICC_REFUSED);
	/* One that asks and does not wait for the answer. */
	CU_ASSERT_EQUAL(run("exec <&-; for i in 1 2 3; do echo '"
	    APDU("connect", "null") "'; done; echo end", "", "end\n"), 0);
	/* More in a line than there can be: ended. */
	CU_ASSERT_EQUAL(run("echo a; head -c 3000000 /dev/zero; sleep 60", "",
	    "a\n"), DPE_RANGE);
}

#define PREVIEW	"{\"type\":\"progress\",\"payload\":{\"message\":\"preview\"}}"
#define ASK	"echo '" PREVIEW "'; a=$(head -c 1); echo \"[$a]\""

/* One character of the user's line, not more: it would disturb what follows. */
static void
asks(void)
{
	CU_ASSERT_EQUAL(run(ASK, "yes\n", PREVIEW "\n[y]\n"), 0);
	CU_ASSERT_EQUAL(run(ASK, "\n", PREVIEW "\n[n]\n"), 0);
	CU_ASSERT_EQUAL(run(ASK, "", PREVIEW "\n[n]\n"), 0);
	CU_ASSERT_EQUAL(run(ASK "; " ASK, "yes\nno\n", PREVIEW "\n[y]\n"
	    PREVIEW "\n[n]\n"), 0);
}

static void
no_child(void)
{
	char *const	 argv[] = {
		(char *)(uintptr_t)"/nonexistent/lpac", NULL
	};
	struct efix	 x;
	struct why	 why = {""};

	efix_open(&x);
	CU_ASSERT_EQUAL(vuicc_lpac_run(&x.f.card, argv, stdin, stdout, &why),
	    DPE_NOTFOUND);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "/nonexistent/lpac"));
	efix_close(&x);
}

const struct unit_case test_vuicc_lpac[] = {
	UNIT_CASE(lines),
	UNIT_CASE(long_param),
	UNIT_CASE(other_lines),
	UNIT_CASE(children),
	UNIT_CASE(asks),
	UNIT_CASE(no_child),
};
const size_t test_vuicc_lpac_n = NELEM(test_vuicc_lpac);
