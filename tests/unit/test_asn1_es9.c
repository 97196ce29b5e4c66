/* SPDX-License-Identifier: Apache-2.0 */
/* The members of the A2 envelope and what they hold. */
#include <string.h>

#include "asn1/es9.h"
#include "base/der.h"
#include "tests/unit/asn1_msg.h"
#include "tests/unit/unit.h"

static void
request_of(const char *name, struct es9_request *rq)
{
	struct buf	 b = {0};

	unit_vec("asn1/es9_request.txt", name, &b);
	CU_ASSERT_EQUAL_FATAL(es9_request_decode(buf_slice(&b), rq), 0);
	buf_free(&b);
}

/* The message inside is the one of the JSON binding, octet for octet. */
static void
message_is(const struct es9_request *rq, const char *file, const char *name)
{
	struct buf	 want = {0};

	unit_vec(file, name, &want);
	unit_same(name, rq->message, buf_slice(&want));
	buf_free(&want);
}

void
es9_request_members(void)
{
	struct es9_request	 rq;

	request_of("nist_skeys_initiateAuthentication_request", &rq);
	CU_ASSERT_EQUAL(rq.function, ES9_INITIATE);
	CU_ASSERT_EQUAL(rq.challenge.len, 16);
	CU_ASSERT_EQUAL(rq.tid.len, 0);
	unit_same("address", rq.address, slice_str("smdp.example.com"));
	message_is(&rq, "asn1/euicc_info1.txt", "nist_skeys");
	msg_free(&rq.msg);

	request_of("nist_skeys_authenticateClient_request", &rq);
	CU_ASSERT_EQUAL(rq.function, ES9_AUTHENTICATE);
	CU_ASSERT_EQUAL(rq.tid.len, 16);
	message_is(&rq, "asn1/auth_response.txt", "nist_skeys");
	msg_free(&rq.msg);

	request_of("nist_skeys_getBoundProfilePackage_request", &rq);
	CU_ASSERT_EQUAL(rq.function, ES9_GET_BPP);
	message_is(&rq, "asn1/prepare_response.txt", "nist_skeys");
	msg_free(&rq.msg);

	request_of("nist_skeys_handleNotification_request", &rq);
	CU_ASSERT_EQUAL(rq.function, ES9_NOTIFY);
	message_is(&rq, "asn1/pending_notification.txt",
	    "nist_skeys_pir_success");
	msg_free(&rq.msg);
}

void
es9_cancel_is_rebuilt(void)
{
	struct es9_request	 rq;
	struct cancel_response	 c;

	request_of("nist_skeys_cancelSession_request", &rq);
	CU_ASSERT_EQUAL(rq.function, ES9_CANCEL);
	message_is(&rq, "asn1/cancel_response.txt", "nist_skeys_0");
	msg_free(&rq.msg);

	request_of("cancel_error", &rq);
	CU_ASSERT_EQUAL(cancel_response_decode(rq.message, &c), 0);
	CU_ASSERT_FALSE(c.ok);
	CU_ASSERT_EQUAL(c.error, 5);
	msg_free(&c.msg);
	rq.message = slice_of("\xbf\x37\x00", 3);
	CU_ASSERT_EQUAL(es9_request_encode(&rq, &(struct buf){0}), DPE_RANGE);
	msg_free(&rq.msg);
}

static void
response_of(const char *name, struct es9_response *rs)
{
	struct buf	 b = {0};

	unit_vec("asn1/es9_response.txt", name, &b);
	CU_ASSERT_EQUAL_FATAL(es9_response_decode(buf_slice(&b), rs), 0);
	buf_free(&b);
}

static void
part_is(struct slice got, const char *file)
{
	struct buf	 want = {0};

	unit_vec(file, "nist_skeys", &want);
	unit_same(file, got, buf_slice(&want));
	buf_free(&want);
}

void
es9_response_members(void)
{
	struct es9_response	 rs;

	response_of("nist_skeys_initiateAuthentication_response", &rs);
	CU_ASSERT_EQUAL(rs.function, ES9_INITIATE);
	CU_ASSERT_TRUE(rs.ok);
	CU_ASSERT_EQUAL(rs.ci_key_id.len, 20);
	CU_ASSERT_EQUAL(rs.signature.len, SIG_LEN);
	CU_ASSERT_EQUAL(der_peek(rs.certificate), 0x30);
	part_is(rs.signed_data, "asn1/server_signed1.txt");
	msg_free(&rs.msg);

	response_of("nist_skeys_authenticateClient_response", &rs);
	CU_ASSERT_EQUAL(rs.function, ES9_AUTHENTICATE);
	part_is(rs.signed_data, "asn1/smdp_signed2.txt");
	part_is(rs.metadata, "asn1/store_metadata.txt");
	msg_free(&rs.msg);

	response_of("nist_skeys_getBoundProfilePackage_response", &rs);
	CU_ASSERT_EQUAL(rs.function, ES9_GET_BPP);
	part_is(rs.bpp, "asn1/bpp.txt");
	msg_free(&rs.msg);

	response_of("nist_skeys_cancelSession_response_ok", &rs);
	CU_ASSERT_EQUAL(rs.function, ES9_CANCEL);
	CU_ASSERT_TRUE(rs.ok);
	msg_free(&rs.msg);

	response_of("get_bpp_error", &rs);
	CU_ASSERT_FALSE(rs.ok);
	CU_ASSERT_EQUAL(rs.error, 95);
	rs.function = ES9_NOTIFY;
	CU_ASSERT_EQUAL(es9_response_encode(&rs, &(struct buf){0}),
	    DPE_RANGE);
	msg_free(&rs.msg);
}
