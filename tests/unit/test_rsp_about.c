/* SPDX-License-Identifier: Apache-2.0 */
/* What a refusal says it is about, and which versions are served at all. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/der.h"
#include "base/hex.h"
#include "server/rsp/refusal.h"
#include "server/rsp/rsp.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

/* The bounds of SGP.22 6.5.1.4 on what is written into every failure. */
void
refusals_fit_their_members(void)
{
	const struct refusal	*f;
	size_t			 k;
	int			 i;

	for (i = REFUSE_NONE + 1; i < REFUSE_COUNT; i++) {
		f = refusal_of(i);
		CU_ASSERT_TRUE(strlen(f->subject) <= 8);
		CU_ASSERT_TRUE(strlen(f->reason) <= 8);
		/* With the ": " and what about.reason may hold. */
		CU_ASSERT_TRUE(strlen(f->text) + 2 + ABOUT_MAX / 2 <= 128);
		CU_ASSERT_PTR_NULL(strpbrk(f->text, "\"\\"));
		for (k = 0; k < strlen(f->text); k++)
			CU_ASSERT_TRUE(f->text[k] >= 0x20 &&
			    f->text[k] <= 0x7e);
	}
}

void
about_takes_printable_text(void)
{
	struct about	 a = {"old", ""};
	char		 text[ABOUT_MAX + 2];

	about_text(&a, slice_str("a \"b\\"));
	CU_ASSERT_STRING_EQUAL(a.text, "a \"b\\");
	about_text(&a, slice_str("a\nb"));
	CU_ASSERT_STRING_EQUAL(a.text, "");
	about_text(&a, slice_str("caf\xc3\xa9"));
	CU_ASSERT_STRING_EQUAL(a.text, "");
	about_text(&a, slice_of("a\0b", 3));
	CU_ASSERT_STRING_EQUAL(a.text, "");
	memset(text, 'x', sizeof(text));
	about_text(&a, slice_of(text, ABOUT_MAX));
	CU_ASSERT_EQUAL(strlen(a.text), ABOUT_MAX);
	about_text(&a, slice_of(text, ABOUT_MAX + 1));
	CU_ASSERT_STRING_EQUAL(a.text, "");
	about_hex(&a, slice_of(text, ABOUT_MAX / 2));
	CU_ASSERT_EQUAL(strlen(a.text), ABOUT_MAX);
	about_hex(&a, slice_of(text, ABOUT_MAX / 2 + 1));
	CU_ASSERT_STRING_EQUAL(a.text, "");
	about_version(&a, (const uint8_t *)"\x02\x0a\xff");
	CU_ASSERT_STRING_EQUAL(a.text, "2.10.255");
}

/* EUICCInfo1 as octets; more is put behind its members. */
static void
info_bytes(const uint8_t svn[3], struct slice sign, struct slice verify,
    struct slice more, struct buf *out)
{
	struct buf	 b = {0}, list = {0};

	der_add(&b, 0x82, slice_of(svn, 3));
	der_add(&list, 0x04, verify);
	der_add(&b, 0xa9, buf_slice(&list));
	buf_cut(&list, 0);
	der_add(&list, 0x04, sign);
	der_add(&b, 0xaa, buf_slice(&list));
	buf_add_slice(&b, more);
	der_add(out, 0xbf20, buf_slice(&b));
	buf_free(&b);
	buf_free(&list);
}

static int
initiate_with(struct env *e, struct slice info, const char *address,
    struct about *about)
{
	static const uint8_t	 challenge[16];
	struct es9_initiate	 m = {
		.euicc_challenge = slice_of(challenge, sizeof(challenge)),
		.euicc_info1 = info, .smdp_address = slice_str(address),
	};
	int			 r = es9_initiate(&e->ctx, &m);

	*about = m.about;
	es9_initiate_free(&m);
	return r;
}

void
initiate_says_about_what(void)
{
	static const uint8_t	 none[20] = { 0xab };
	static const struct {
		const char	*svn, *address;
		bool		 sign, verify;
		int		 refusal;
		const char	*about;
	} cases[] = {
		{ "\2\2\2", "smdp.example.com", true, true, 0, "" },
		{ "\1\0\7", "smdp.example.com", true, true, REFUSE_SVN,
		    "1.0.7" },
		{ "\2\2\2", "\"other\"", true, true, REFUSE_ADDRESS,
		    "\"other\"" },
		{ "\2\2\2", "smdp.example.com", false, true, REFUSE_SECURITY,
		    "AB00000000000000000000000000000000000000" },
		{ "\2\2\2", "smdp.example.com", true, false, REFUSE_DP_CERT,
		    "AB00000000000000000000000000000000000000" },
	};
	struct env	 e;
	struct about	 about;
	struct slice	 ski, no = slice_of(none, sizeof(none));
	struct buf	 info = {0};
	size_t		 i;

	env_open(&e);
	ski = pki_ci_at(e.ctx.pki, 0)->cert.ski;
	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&info, 0);
		info_bytes((const uint8_t *)cases[i].svn,
		    cases[i].sign ? ski : no, cases[i].verify ? ski : no,
		    slice_of(NULL, 0), &info);
		CU_ASSERT_EQUAL(initiate_with(&e, buf_slice(&info),
		    cases[i].address, &about), cases[i].refusal);
		CU_ASSERT_STRING_EQUAL(about.text, cases[i].about);
	}
	buf_free(&info);
	env_close(&e);
}

/* svn-max; an eUICC of version 3 claims a 2 and has more members. */
void
initiate_versions(void)
{
	static const struct {
		uint8_t		svn[3];
		unsigned	max;
		int		refusal;
	} cases[] = {
		{ { 1, 0, 0 }, 255, REFUSE_SVN },
		{ { 2, 0, 0 }, 255, 0 },
		{ { 2, 2, 1 }, 255, 0 },
		{ { 2, 255, 255 }, 255, 0 },
		{ { 3, 0, 0 }, 255, REFUSE_SVN },
		{ { 0, 0, 0 }, 255, REFUSE_SVN },
		{ { 2, 5, 9 }, 5, 0 },
		{ { 2, 6, 0 }, 5, REFUSE_SVN },
		{ { 2, 0, 0 }, 0, 0 },
		{ { 2, 1, 0 }, 0, REFUSE_SVN },
	};
	static const char	*v3 = "B1020400930303010092020780";
	struct env	 e;
	struct about	 about;
	struct slice	 ski;
	struct buf	 info = {0}, more = {0};
	size_t		 i;

	env_open(&e);
	ski = pki_ci_at(e.ctx.pki, 0)->cert.ski;
	CU_ASSERT_EQUAL(e.set.svn_minor, 255);
	CU_ASSERT_EQUAL(hex_decode(slice_str(v3), &more), 0);
	for (i = 0; i < NELEM(cases); i++) {
		buf_cut(&info, 0);
		info_bytes(cases[i].svn, ski, ski, i % 2 == 0 ?
		    buf_slice(&more) : slice_of(NULL, 0), &info);
		e.set.svn_minor = cases[i].max;
		CU_ASSERT_EQUAL(initiate_with(&e, buf_slice(&info),
		    "smdp.example.com", &about), cases[i].refusal);
	}
	buf_free(&info);
	buf_free(&more);
	env_close(&e);
}

/* Of an eUICC that is not proved to be one, nothing is repeated. */
void
authenticate_says_about_what(void)
{
	static const struct { const char *name, *about; } cases[] = {
		{ "ok", "" },
		{ "eum_unknown_ci", "CI" },
		{ "eum_expired", "" },
		{ "euicc_expired", "" },
		{ "signature_flipped_bit", ENV_EID },
		{ "matchingId_absent", ENV_EID },
		{ "matchingId_unknown", "MID" },
		{ "no_additional_profile", "" },
	};
	struct env		 e;
	struct es9_authenticate	 m;
	struct buf		 tid = {0}, resp = {0};
	char			 name[64];
	size_t			 i;

	for (i = 0; i < NELEM(cases); i++) {
		env_open(&e);
		env_session(&e, "nist_skeys", false);
		snprintf(name, sizeof(name), "case.%s", cases[i].name);
		memset(&m, 0, sizeof(m));
		m.tid = env_vec(&tid, "nist_skeys.transactionId");
		m.response = env_vec(&resp, name);
		CU_ASSERT_EQUAL(es9_authenticate(&e.ctx, &m) == 0, i == 0);
		if (strcmp(cases[i].about, "CI") == 0) {
			CU_ASSERT_EQUAL(strspn(m.about.text,
			    "0123456789ABCDEF"), 40);
		} else if (strcmp(cases[i].about, "MID") == 0) {
			CU_ASSERT_STRING_NOT_EQUAL(m.about.text, "");
			CU_ASSERT_STRING_NOT_EQUAL(m.about.text, ENV_MID);
		} else {
			CU_ASSERT_STRING_EQUAL(m.about.text, cases[i].about);
		}
		es9_authenticate_free(&m);
		env_close(&e);
	}
	buf_free(&tid);
	buf_free(&resp);
}
