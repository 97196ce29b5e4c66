/* SPDX-License-Identifier: Apache-2.0 */
/* ES10a and ES10b: authentication, download, notifications, addresses. */
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc_es10_fix.h"

static const uint8_t	iccid_a[10] = {
	0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14
};
#define NOTHING	slice_of(NULL, 0)

/* The answer is tag { A1 { 80 tid, 02 code } }. */
static void
refused_with(struct efix *x, uint32_t tag, long code)
{
	struct auth_response	 a;
	struct prepare_response	 p;

	if (tag == 0xBF38) {
		CU_ASSERT_EQUAL_FATAL(auth_response_decode(
		    buf_slice(&x->out), &a), 0);
		CU_ASSERT_FALSE(a.ok);
		CU_ASSERT_EQUAL(a.error, code);
		msg_free(&a.msg);
	} else {
		CU_ASSERT_EQUAL_FATAL(prepare_response_decode(
		    buf_slice(&x->out), &p), 0);
		CU_ASSERT_FALSE(p.ok);
		CU_ASSERT_EQUAL(p.error, code);
		msg_free(&p.msg);
	}
	CU_ASSERT_NOT_EQUAL(x->e.why.text[0], '\0');
	CU_ASSERT_EQUAL(x->e.step, ES10_NONE);
}

static void
no_function(void)
{
	struct efix	 x;

	efix_open(&x);
	CU_ASSERT_EQUAL(efix_hex(&x, ""), SW_NO_FUNCTION);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3500"), SW_NO_FUNCTION);
	CU_ASSERT_EQUAL(efix_hex(&x, "a000"), SW_NO_FUNCTION);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf20"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2001"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf200000"), SW_DATA);
	CU_ASSERT_EQUAL(x.out.len, 0);
	CU_ASSERT_NOT_EQUAL(x.e.why.text[0], '\0');
	efix_close(&x);
}

static void
infos(void)
{
	struct efix		 x;
	struct euicc_info1	 info1;
	struct der		 d;

	efix_open(&x);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2000"), SW_OK);
	CU_ASSERT_EQUAL(euicc_info1_decode(buf_slice(&x.out), &info1), 0);
	CU_ASSERT_EQUAL(info1.sign.n, 1);
	msg_free(&info1.msg);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf20020102"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2200"), SW_OK);
	CU_ASSERT_EQUAL(der_whole(buf_slice(&x.out), 0xBF22, &d), 0);
	CU_ASSERT_EQUAL(der_find(d.value, 0xA9, &d), 0);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf220105"), SW_DATA);
	efix_same(&x, "bf3e035c015a",
	    "bf3e125a1089049032123451234512345678901235");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3e035c015b"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3e00"), SW_DATA);
	efix_same(&x, "bf4300", "bf4318a016301480020560a10b30098003eeeeee8100"
	    "8200820100");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf43020500"), SW_DATA);
	efix_close(&x);
}

static void
addresses(void)
{
	struct efix	 x;

	efix_open(&x);
	efix_same(&x, "bf3c00",
	    "bf3c138111736d2d64732e6578616d706c652e636f6d");
	efix_same(&x, "bf3f078005612e62632e", "bf3f03800100");
	CU_ASSERT_STRING_EQUAL(x.f.state->default_dp, "a.bc.");
	efix_same(&x, "bf3c00", "bf3c1a8005612e62632e8111736d2d64732e65"
	    "78616d706c652e636f6d");
	efix_same(&x, "bf3f058003612f62", "bf3f0380017f");	/* a/b */
	efix_same(&x, "bf3f058003610062", "bf3f0380017f");
	CU_ASSERT_STRING_EQUAL(x.f.state->default_dp, "a.bc.");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3f00"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3c020500"), SW_DATA);
	efix_same(&x, "bf3f028000", "bf3f03800100");
	CU_ASSERT_PTR_NULL(x.f.state->default_dp);
	efix_close(&x);
}

/* The card signs what the LPA said of the device, as it said it. */
static void
authenticates(void)
{
	struct efix		 x;
	struct auth_response	 m;
	struct euicc_signed1	 s;
	struct buf		 want = {0};

	efix_open(&x);
	efix_authenticate(&x);
	CU_ASSERT_EQUAL_FATAL(auth_response_decode(buf_slice(&x.out), &m), 0);
	CU_ASSERT_TRUE(m.ok);
	CU_ASSERT_TRUE(vfix_signed(&x.f, m.signed1, NOTHING, m.signature));
	CU_ASSERT_EQUAL_FATAL(euicc_signed1_decode(m.signed1, &s), 0);
	unit_same("matchingId", s.matching_id, slice_str("A-B-C"));
	unit_hex("a108800435290611a100", &want);
	unit_same("device", s.device_raw, buf_slice(&want));
	buf_free(&want);
	msg_free(&s.msg);
	msg_free(&m.msg);
	efix_close(&x);
}

static void
authenticate_refuses(void)
{
	struct efix	 x;
	struct buf	 in = {0};

	efix_open(&x);
	efix_server(&x, &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF38, 4);	/* no challenge */
	efix_challenge(&x);
	x.e.s.challenge[0] ^= 1;
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF38, 6);
	efix_challenge(&x);
	x.f.signature1.p[20] ^= 1;
	efix_server(&x, &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF38, 2);
	x.f.signature1.p[20] ^= 1;
	efix_challenge(&x);
	x.f.ci_id.p[5] ^= 1;
	efix_server(&x, &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF38, 7);
	x.f.ci_id.p[5] ^= 1;
	efix_challenge(&x);
	x.f.dp_auth.p[x.f.dp_auth.len - 1] ^= 1;
	efix_server(&x, &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF38, 1);
	x.f.dp_auth.p[x.f.dp_auth.len - 1] ^= 1;
	/* CtxParams1 that is none: the device lacks its TAC. */
	efix_challenge(&x);
	efix_server(&x, &in);
	memcpy(in.p + in.len - 8, "\x84\x04", 2);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF38, 127);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3800"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf380a30005f370004003000a000"),
	    SW_DATA);
	buf_free(&in);
	efix_close(&x);
}

static void
prepares(void)
{
	static const uint8_t	 hash[32] = { 7 };
	struct efix		 x;
	struct prepare_response	 m;
	struct euicc_signed2	 s;
	struct buf		 in = {0};

	efix_open(&x);
	efix_authenticate(&x);
	vfix_sign(&x.f, &x.e.s, true, NOTHING);
	efix_offer(&x, slice_of(hash, 32), &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	CU_ASSERT_EQUAL_FATAL(prepare_response_decode(buf_slice(&x.out), &m),
	    0);
	CU_ASSERT_TRUE(m.ok);
	CU_ASSERT_TRUE(vfix_signed(&x.f, m.signed2,
	    buf_slice(&x.f.signature2), m.signature));
	CU_ASSERT_EQUAL_FATAL(euicc_signed2_decode(m.signed2, &s), 0);
	unit_same("hashCc", s.hash_cc, slice_of(hash, 32));
	unit_same("otPK", s.euicc_otpk, slice_of(x.e.s.otpk, POINT_LEN));
	CU_ASSERT_TRUE(x.f.state->kept.set);
	msg_free(&s.msg);
	msg_free(&m.msg);
	buf_free(&in);
	efix_close(&x);
}

static void
prepare_refuses(void)
{
	struct efix	 x;
	struct buf	 in = {0};

	efix_open(&x);
	efix_authenticate(&x);
	vfix_sign(&x.f, &x.e.s, false, NOTHING);
	efix_offer(&x, slice_of("short", 5), &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_DATA);
	efix_offer(&x, NOTHING, &in);
	es10_forget(&x.e);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF21, 4);	/* no session */
	efix_authenticate(&x);		/* another signature of the card */
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF21, 2);
	efix_authenticate(&x);
	x.e.s.tid.p[0] ^= 1;
	vfix_sign(&x.f, &x.e.s, false, NOTHING);
	x.e.s.tid.p[0] ^= 1;
	efix_offer(&x, NOTHING, &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF21, 5);
	efix_authenticate(&x);
	vfix_sign(&x.f, &x.e.s, false, NOTHING);
	buf_set(&x.f.dp_pb_der, buf_slice(&x.f.dp_auth));
	efix_offer(&x, NOTHING, &in);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	refused_with(&x, 0xBF21, 1);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2100"), SW_DATA);
	buf_free(&in);
	efix_close(&x);
}

static void
loads(void)
{
	struct efix			 x;
	struct pending_notification	 m;
	struct buf			 bpp = {0};

	efix_open(&x);
	efix_prepare(&x);
	efix_package(&x, iccid_a, &bpp);
	CU_ASSERT_EQUAL(efix_load(&x, buf_slice(&bpp)), SW_OK);
	CU_ASSERT_EQUAL_FATAL(pending_notification_decode(buf_slice(&x.out),
	    &m), 0);
	CU_ASSERT_TRUE(m.is_install);
	CU_ASSERT_TRUE(vfix_signed(&x.f, m.data, NOTHING, m.signature));
	CU_ASSERT_EQUAL(x.f.state->n_profile, 1);
	CU_ASSERT_EQUAL(x.f.state->n_pending, 2);
	CU_ASSERT_EQUAL(x.e.step, ES10_NONE);
	msg_free(&m.msg);
	/* The session is over: the same package has none. */
	CU_ASSERT_EQUAL(efix_load(&x, buf_slice(&bpp)), SW_CONDITIONS);
	buf_free(&bpp);
	efix_close(&x);
}

/* A result that says no is a result: the card has the same profile. */
static void
load_says_no(void)
{
	struct efix			 x;
	struct pending_notification	 m;
	struct install_data		 d;
	struct buf			 bpp = {0};

	efix_open(&x);
	efix_install(&x, iccid_a);
	efix_prepare(&x);
	efix_package(&x, iccid_a, &bpp);
	CU_ASSERT_EQUAL(efix_load(&x, buf_slice(&bpp)), SW_OK);
	CU_ASSERT_EQUAL_FATAL(pending_notification_decode(buf_slice(&x.out),
	    &m), 0);
	CU_ASSERT_EQUAL_FATAL(install_data_decode(m.data, &d), 0);
	CU_ASSERT_FALSE(d.success);
	CU_ASSERT_EQUAL(d.reason, UNBSP_EXISTS);
	CU_ASSERT_NOT_EQUAL(x.e.why.text[0], '\0');
	CU_ASSERT_EQUAL(x.f.state->n_profile, 1);
	msg_free(&d.msg);
	msg_free(&m.msg);
	buf_free(&bpp);
	efix_close(&x);
}

/* A wrong piece: the package is forgotten, the session is not. */
static void
load_wrong(struct efix *x, struct slice bpp, struct slice wrong,
    bool begun)
{
	struct der	 whole, d;
	struct slice	 rest;

	CU_ASSERT_EQUAL_FATAL(der_whole(bpp, 0xBF36, &whole), 0);
	rest = whole.value;
	CU_ASSERT_EQUAL_FATAL(der_expect(&rest, 0xBF23, &d), 0);
	if (begun)
		CU_ASSERT_EQUAL(efix_call(x, slice_sub(bpp, 0,
		    bpp.len - rest.len)), SW_OK);
	CU_ASSERT_NOT_EQUAL(efix_call(x, wrong), SW_OK);
	CU_ASSERT_EQUAL(x->out.len, 0);
	CU_ASSERT_FALSE(es10b_load_continues(&x->e, 0xA0));
	CU_ASSERT_EQUAL(x->e.step, ES10_PREPARED);
}

static void
load_pieces(void)
{
	struct efix	 x;
	struct buf	 bpp = {0};
	struct der	 whole, d, a0;
	struct slice	 rest, b;

	efix_open(&x);
	efix_prepare(&x);
	efix_package(&x, iccid_a, &bpp);
	b = buf_slice(&bpp);
	CU_ASSERT_EQUAL_FATAL(der_whole(b, 0xBF36, &whole), 0);
	rest = whole.value;
	CU_ASSERT_EQUAL_FATAL(der_expect(&rest, 0xBF23, &d), 0);
	CU_ASSERT_EQUAL_FATAL(der_expect(&rest, 0xA0, &a0), 0);
	load_wrong(&x, b, b, false);		/* all at once */
	load_wrong(&x, b, slice_sub(b, 0, 4), false);
	load_wrong(&x, b, slice_sub(b, 0, 3), false);
	load_wrong(&x, b, a0.value, true);	/* without A0 */
	load_wrong(&x, b, rest, true);	/* A1 before A0 */
	load_wrong(&x, b, slice_sub(a0.raw, 0, a0.raw.len - 1),
	    true);
	load_wrong(&x, b, slice_of("\x30\x00", 2), true);
	load_wrong(&x, b, slice_of(NULL, 0), true);
	load_wrong(&x, b,
	    slice_of("\xbf\x36\x84\x7f\xff\xff\xff", 7), false);
	load_wrong(&x, b,
	    slice_of("\xbf\x36\x83\x7f\xff\xff\xbf\x23\x00", 9), false);
	load_wrong(&x, b, slice_of("\xbf\x36\x02\xbf\x23", 5),
	    false);
	CU_ASSERT_EQUAL(x.f.state->n_pending, 0);
	CU_ASSERT_EQUAL(efix_load(&x, b), SW_OK);
	CU_ASSERT_EQUAL(x.f.state->n_profile, 1);
	buf_free(&bpp);
	efix_close(&x);
}

static void
cancels(void)
{
	struct efix		 x;
	struct cancel_response	 m;
	struct cancel_signed	 s;
	struct buf		 in = {0};

	efix_open(&x);
	efix_same(&x, "bf41068001008101" "00", "bf4103810105");
	efix_prepare(&x);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf4100"), SW_DATA);
	efix_same(&x, "bf4106800100810100", "bf4103810105");	/* other tid */
	der_add(&in, 0x80, buf_slice(&x.e.s.tid));
	der_add(&in, 0x81, slice_of("\x06", 1));
	der_wrap(&in, 0, 0xBF41);
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	unit_same("no such reason", buf_slice(&x.out),
	    slice_of("\xbf\x41\x03\x81\x01\x7f", 6));
	in.p[in.len - 1] = 0;
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	CU_ASSERT_EQUAL_FATAL(cancel_response_decode(buf_slice(&x.out), &m),
	    0);
	CU_ASSERT_TRUE(m.ok);
	CU_ASSERT_TRUE(vfix_signed(&x.f, m.signed_data, NOTHING,
	    m.signature));
	CU_ASSERT_EQUAL_FATAL(cancel_signed_decode(m.signed_data, &s), 0);
	CU_ASSERT_EQUAL(s.reason, 0);
	CU_ASSERT_FALSE(x.f.state->kept.set);
	CU_ASSERT_EQUAL(x.e.step, ES10_NONE);
	msg_free(&s.msg);
	msg_free(&m.msg);
	/* Once. */
	CU_ASSERT_EQUAL(efix_call(&x, buf_slice(&in)), SW_OK);
	unit_same("twice", buf_slice(&x.out),
	    slice_of("\xbf\x41\x03\x81\x01\x05", 6));
	buf_free(&in);
	efix_close(&x);
}

static void
notifications(void)
{
	struct efix			 x;
	struct vuicc_state		*st;
	struct notification_meta	 meta;
	struct buf			 want = {0};
	struct slice			 list;
	struct der			 d;

	efix_open(&x);
	st = x.f.state;
	efix_same(&x, "bf2800", "bf2802a000");
	efix_same(&x, "bf2b00", "bf2b03810101");
	efix_install(&x, iccid_a);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2800"), SW_OK);
	CU_ASSERT_EQUAL_FATAL(der_whole(buf_slice(&x.out), 0xBF28, &d), 0);
	CU_ASSERT_EQUAL_FATAL(der_whole(d.value, 0xA0, &d), 0);
	list = d.value;
	CU_ASSERT_EQUAL_FATAL(der_expect(&list, 0xBF2F, &d), 0);
	CU_ASSERT_EQUAL(notification_meta_decode(d.raw, &meta), 0);
	CU_ASSERT_EQUAL(meta.seq, 1);
	unit_same("iccid", meta.iccid, slice_of(iccid_a, 10));
	msg_free(&meta.msg);
	CU_ASSERT_EQUAL_FATAL(der_expect(&list, 0xBF2F, &d), 0);
	CU_ASSERT_EQUAL(list.len, 0);
	efix_same(&x, "bf280481020640", "bf2802a000");	/* enable: none */
	/* By number: the octets that are pending. */
	buf_add_slice(&want, buf_slice(&st->pending[1].der));
	der_wrap(&want, 0, 0xA0);
	der_wrap(&want, 0, 0xBF2B);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2b05a003800102"), SW_OK);
	unit_same("second", buf_slice(&x.out), buf_slice(&want));
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2b06a00481020780"), SW_OK);
	CU_ASSERT_TRUE(x.out.len > want.len);	/* both: install */
	efix_same(&x, "bf2b05a003800109", "bf2b03810101");
	efix_same(&x, "bf3003800102", "bf3003800100");
	CU_ASSERT_EQUAL(st->n_pending, 1);
	efix_same(&x, "bf3003800102", "bf3003800101");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3000"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf300481020780"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2803800101"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2803810108"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2b03800101"), SW_DATA);
	CU_ASSERT_EQUAL(efix_hex(&x, "bf2b05a003800180"), SW_DATA);
	CU_ASSERT_EQUAL(st->n_pending, 1);
	buf_free(&want);
	efix_close(&x);
}

/* What the card cannot keep it does not answer. */
static void
not_saved(void)
{
	struct efix	 x;

	efix_open(&x);
	x.f.state->path = xstrdup("/nonexistent/card");
	CU_ASSERT_EQUAL(efix_hex(&x, "bf3f038001" "61"), SW_MEMORY);
	CU_ASSERT_EQUAL(x.out.len, 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(x.e.why.text, "/nonexistent"));
	efix_close(&x);
}

const struct unit_case test_vuicc_es10[] = {
	UNIT_CASE(no_function),
	UNIT_CASE(infos),
	UNIT_CASE(addresses),
	UNIT_CASE(authenticates),
	UNIT_CASE(authenticate_refuses),
	UNIT_CASE(prepares),
	UNIT_CASE(prepare_refuses),
	UNIT_CASE(loads),
	UNIT_CASE(load_says_no),
	UNIT_CASE(load_pieces),
	UNIT_CASE(cancels),
	UNIT_CASE(notifications),
	UNIT_CASE(not_saved),
};
const size_t test_vuicc_es10_n = NELEM(test_vuicc_es10);
