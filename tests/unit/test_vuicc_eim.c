/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is different behind an eIM: the card of SGP.32 in a device without an
 * IMEI, compact forms, and DER that is decoded and encoded on its way.
 */
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "tests/unit/test_vuicc_fix.h"
#include "tools/vuicc_compact.h"
#include "tools/vuicc_http.h"
#include "tools/vuicc_info.h"
#include "tools/vuicc_reencode.h"

static void
is_an_iot_card(void)
{
	struct vfix		 f;
	struct auth_response	 m;
	struct euicc_signed1	 s;
	struct buf		 out = {0};
	struct der		 info, d;

	vfix_open(&f, false);
	f.card.iot = true;
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
	CU_ASSERT_EQUAL_FATAL(auth_response_decode(buf_slice(&out), &m), 0);
	CU_ASSERT_TRUE(vfix_signed(&f, m.signed1, slice_of(NULL, 0),
	    m.signature));
	CU_ASSERT_EQUAL_FATAL(euicc_signed1_decode(m.signed1, &s), 0);
	CU_ASSERT_EQUAL(s.tac.len, 4);
	CU_ASSERT_EQUAL(s.imei.len, 0);
	CU_ASSERT_EQUAL(s.info2.category, 2);
	CU_ASSERT_EQUAL_FATAL(der_whole(m.signed1, 0x30, &d), 0);
	CU_ASSERT_EQUAL_FATAL(der_find(d.value, 0xBF22, &info), 0);
	CU_ASSERT_EQUAL(der_find(info.value, 0x90, &d), 0);
	CU_ASSERT_EQUAL(der_find(info.value, 0xB4, &d), 0);
	msg_free(&s.msg);
	msg_free(&m.msg);
	buf_set(&out, slice_of("\x31\x00", 2));
	CU_ASSERT_EQUAL(vuicc_info_iot(&out), DPE_SYNTAX);
	buf_set(&out, slice_of("\x30\x02\x80\x05", 4));
	CU_ASSERT_EQUAL(vuicc_info_iot(&out), DPE_SYNTAX);
	buf_free(&out);
	vfix_close(&f);
}

/* A message of this tag is A2 with these members in its signed part. */
static void
check_compact(const char *what, struct slice in, uint32_t tag,
    const char *members)
{
	struct buf	 b = {0}, tags = {0};
	struct der	 d, ok, data, sig, was;

	buf_set(&b, in);
	vuicc_compact(&b);
	CU_ASSERT_EQUAL_FATAL(der_whole(buf_slice(&b), tag, &d), 0);
	CU_ASSERT_EQUAL_FATAL(der_whole(d.value, 0xA2, &ok), 0);
	CU_ASSERT_EQUAL_FATAL(der_expect(&ok.value, 0x30, &data), 0);
	CU_ASSERT_EQUAL_FATAL(der_whole(ok.value, 0x5F37, &sig), 0);
	while (data.value.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&data.value, &d), 0);
		buf_addf(&tags, "%X ", (unsigned)d.tag);
	}
	unit_same(what, buf_slice(&tags), slice_str(members));
	CU_ASSERT_EQUAL_FATAL(der_whole(in, tag, &was), 0);
	CU_ASSERT_EQUAL_FATAL(der_whole(was.value, 0xA0, &was), 0);
	CU_ASSERT_EQUAL_FATAL(der_find(was.value, 0x5F37, &d), 0);
	unit_same(what, sig.raw, d.raw);
	buf_free(&b);
	buf_free(&tags);
}

static void
makes_compact_forms(void)
{
	static const char *const same[] = {
		"", "00", "BF3804A1028000", "BF410381017F", "BF2103A20130",
		"BF3802A000", "BF3807A0053003800100", "30030201FF"
	};
	struct vfix	 f;
	struct buf	 out = {0}, was = {0};
	size_t		 i;

	vfix_open(&f, false);
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
	check_compact("BF38", buf_slice(&out), 0xBF38, "80 83 84 BF22 A0 ");
	buf_cut(&out, 0);
	vfix_again(&f);
	CU_ASSERT_EQUAL(vfix_prepare(&f, NULL, &out), 0);
	check_compact("BF21", buf_slice(&out), 0xBF21, "5F49 ");
	buf_cut(&out, 0);
	CU_ASSERT_EQUAL(vuicc_card_cancel(&f.card, &f.s, 5, &out), 0);
	check_compact("BF41", buf_slice(&out), 0xBF41, "82 ");
	vfix_close(&f);
	for (i = 0; i < NELEM(same); i++) {
		buf_cut(&was, 0);
		unit_hex(same[i], &was);
		buf_set(&out, buf_slice(&was));
		vuicc_compact(&out);
		unit_same(same[i], buf_slice(&out), buf_slice(&was));
	}
	buf_free(&out);
	buf_free(&was);
}

static void
check_again(const char *name, struct slice in, bool same)
{
	struct buf	 out = {0};

	CU_ASSERT_EQUAL(vuicc_reencode(name, in, &out), 0);
	if (same)
		unit_same(name, buf_slice(&out), in);
	else
		CU_ASSERT_FALSE(slice_eq(buf_slice(&out), in));
	buf_free(&out);
}

static void
check_again_hex(const char *name, const char *hex, bool same)
{
	struct buf	 in = {0};

	unit_hex(hex, &in);
	check_again(name, buf_slice(&in), same);
	buf_free(&in);
}

/* A package by hand, and the messages that lead to it. */
static void
check_again_package(struct vfix *f)
{
	static const uint8_t	 iccid[10] = {
		0x98, 0x00, 0x10, 0x32, 0x54, 0x76, 0x98, 0x10, 0x32, 0x14
	};
	struct buf		 metadata = {0}, upp = {0}, bpp = {0};
	struct buf		 out = {0};

	vfix_profile(iccid, &metadata, &upp);
	check_again("profileMetadata", buf_slice(&metadata), true);
	buf_set(&f->metadata, buf_slice(&metadata));
	CU_ASSERT_EQUAL_FATAL(vfix_prepare(f, NULL, &out), 0);
	check_again("prepareDownloadResponse", buf_slice(&out), true);
	check_again("smdpSigned2", buf_slice(&f->signed2), true);
	check_again("smdpSignature2", buf_slice(&f->signature2), true);
	check_again("smdpCertificate", buf_slice(&f->dp_pb_der), true);
	vfix_bind(f, buf_slice(&metadata), buf_slice(&upp), &bpp);
	check_again("boundProfilePackage", buf_slice(&bpp), true);
	CU_ASSERT_EQUAL_FATAL(vuicc_card_load(&f->card, &f->s,
	    buf_slice(&bpp), NULL, NULL), 0);
	check_again("pendingNotification",
	    buf_slice(&f->state->pending[0].der), true);
	check_again("pendingNotification",
	    buf_slice(&f->state->pending[1].der), true);
	buf_free(&metadata);
	buf_free(&upp);
	buf_free(&bpp);
	buf_free(&out);
}

static void
strict_der_passes(void)
{
	struct vfix	 f;
	struct buf	 out = {0};

	vfix_open(&f, false);
	check_again("serverSigned1", buf_slice(&f.signed1), true);
	check_again("serverSignature1", buf_slice(&f.signature1), true);
	check_again("euiccCiPKIdToBeUsed", buf_slice(&f.ci_id), true);
	check_again("serverCertificate", buf_slice(&f.dp_auth), true);
	CU_ASSERT_EQUAL(vuicc_card_info1(&f.card, &out), 0);
	check_again("euiccInfo1", buf_slice(&out), true);
	buf_cut(&out, 0);
	CU_ASSERT_EQUAL(vfix_authenticate(&f, &out), 0);
	check_again("authenticateServerResponse", buf_slice(&out), true);
	buf_cut(&out, 0);
	CU_ASSERT_EQUAL(vuicc_card_cancel(&f.card, &f.s, 5, &out), 0);
	check_again("cancelSessionResponse", buf_slice(&out), true);
	vfix_again(&f);
	check_again_package(&f);
	buf_free(&out);
	vfix_close(&f);
}

static void
loose_der_does_not(void)
{
	struct buf	 in = {0}, out = {0};

	/* A DEFAULT that is written out, TRUE as 1, an INTEGER with a zero. */
	check_again_hex("profileMetadata", "BF2515"
	    "5A0A98001032547698103214" "910150" "92014E" "950102", false);
	check_again_hex("profileMetadata", "BF2512"
	    "5A0A98001032547698103214" "910150" "92014E", true);
	check_again_hex("serverCertificate", "3003010101", false);
	check_again_hex("serverCertificate", "30030101FF", true);
	check_again_hex("serverCertificate", "300402020001", false);
	check_again_hex("serverCertificate", "300402020080", true);
	unit_hex("30810100", &in);		/* a length that is too long */
	CU_ASSERT_NOT_EQUAL(vuicc_reencode("serverCertificate",
	    buf_slice(&in), &out), 0);
	CU_ASSERT_EQUAL(vuicc_reencode("hello", buf_slice(&in), &out),
	    DPE_USAGE);
	CU_ASSERT_EQUAL(out.len, 0);
	buf_free(&in);
	buf_free(&out);
}

static void
judges_answers(void)
{
	json_t		*o = json_object();
	struct why	 why;
	struct slice	 none = slice_of(NULL, 0);

	vuicc_json_der(o, "serverCertificate", slice_of("\x30\x03\x01\x01\xff",
	    5));
	CU_ASSERT_EQUAL(vuicc_reencode_answer(o, none, &why), 0);
	CU_ASSERT_EQUAL(vuicc_reencode_answer(o,
	    slice_of("\xA2\x03\x01\x01\xff", 5), &why), DPE_PEER);
	vuicc_json_der(o, "serverCertificate", slice_of("\x30\x03\x01\x01\x01",
	    5));
	CU_ASSERT_EQUAL(vuicc_reencode_answer(o, none, &why), DPE_PEER);
	CU_ASSERT_EQUAL(strncmp(why.text, "serverCertificate: is not", 25),
	    0);
	CU_ASSERT_EQUAL(vuicc_reencode_request(o, &why), 0);
	CU_ASSERT_EQUAL(vuicc_reencode_answer(o, none, &why), 0);
	json_object_set_new(o, "serverSigned1", json_integer(1));
	CU_ASSERT_EQUAL(vuicc_reencode_answer(o, none, &why), DPE_PEER);
	CU_ASSERT_EQUAL(vuicc_reencode_request(o, &why), DPE_PEER);
	json_decref(o);
}

const struct unit_case test_vuicc_eim[] = {
	UNIT_CASE(is_an_iot_card),
	UNIT_CASE(makes_compact_forms),
	UNIT_CASE(strict_der_passes),
	UNIT_CASE(loose_der_does_not),
	UNIT_CASE(judges_answers),
};
const size_t test_vuicc_eim_n = NELEM(test_vuicc_eim);
