/* SPDX-License-Identifier: Apache-2.0 */
/* ES10b: authentication and download, SGP.22 5.7.5 to 5.7.8, 5.7.13, 5.7.14. */
#include <string.h>

#include "base/der.h"
#include "tools/vuicc_es10.h"

#define NO_SESSION	4	/* of both lists of errors */
#define INVALID_TID	5	/* of cancelSession */
#define UNDEFINED	127

unsigned
es10b_info1(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	if (in.len > 0)
		return SW_DATA;
	return vuicc_card_info1(e->card, out) == 0 ? SW_OK : SW_CONDITIONS;
}

unsigned
es10b_info2(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	if (in.len > 0)
		return SW_DATA;
	return vuicc_card_info2(e->card, out) == 0 ? SW_OK : SW_CONDITIONS;
}

/* A new session; what there was of another is over (3.1.2). */
unsigned
es10b_challenge(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	size_t	 at = out->len;

	if (in.len > 0)
		return SW_DATA;
	es10_forget(e);
	vuicc_session_init(e->card, &e->s);
	e->step = ES10_CHALLENGED;
	der_add(out, 0x80, slice_of(e->s.challenge, sizeof(e->s.challenge)));
	der_wrap(out, at, 0xBF2E);
	return SW_OK;
}

/* BF38 or BF21 { A1 { 80 tid, 02 code } }, and the session is over. */
static unsigned
session_error(struct vuicc_es10 *e, uint32_t tag, struct slice tid, long code,
    struct buf *out)
{
	struct auth_response	 auth;
	struct prepare_response	 prepare;
	int			 r;

	memset(&auth, 0, sizeof(auth));
	memset(&prepare, 0, sizeof(prepare));
	auth.tid = prepare.tid = tid;
	auth.error = prepare.error = code;
	r = tag == 0xBF38 ? auth_response_encode(&auth, out) :
	    prepare_response_encode(&prepare, out);
	es10_forget(e);
	return r == 0 ? SW_OK : SW_DATA;
}

/* 30 serverSigned1, 5F37, 04, 30 certificate, A0 ctxParams1. */
static int
authenticate_parse(struct slice in, struct vuicc_server *out)
{
	struct der	 d[5];

	if (der_expect(&in, 0x30, &d[0]) != 0 ||
	    der_expect(&in, 0x5F37, &d[1]) != 0 ||
	    der_expect(&in, 0x04, &d[2]) != 0 ||
	    der_expect(&in, 0x30, &d[3]) != 0 ||
	    der_expect(&in, 0xA0, &d[4]) != 0 || in.len > 0)
		return DPE_SYNTAX;
	out->signed1 = d[0].raw;
	out->signature1 = d[1].raw;
	out->ci_id = d[2].raw;
	out->cert = d[3].raw;
	out->ctx = d[4].raw;
	return 0;
}

unsigned
es10b_authenticate(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_server	 server;
	struct server_signed1	 m;
	unsigned		 sw = SW_OK;

	if (authenticate_parse(in, &server) != 0)
		return SW_DATA;
	if (server_signed1_decode(server.signed1, &m) != 0)
		sw = SW_DATA;
	else if (e->step != ES10_CHALLENGED) {
		why_set(&e->why, DPE_STATE, "AuthenticateServer: there was "
		    "no GetEuiccChallenge");
		sw = session_error(e, 0xBF38, m.tid, NO_SESSION, out);
	} else if (vuicc_card_authenticate(e->card, &e->s, &server, NULL, out,
	    &e->why) != 0)
		sw = session_error(e, 0xBF38, m.tid, e->s.error, out);
	else
		e->step = ES10_AUTHENTICATED;
	msg_free(&m.msg);
	return sw;
}

/* 30 smdpSigned2, 5F37, 04 hashCc or not, 30 certificate. */
static int
prepare_parse(struct slice in, struct vuicc_offer *out, struct slice *hash_cc)
{
	struct der	 d[3], hash;

	*hash_cc = slice_of(NULL, 0);
	memset(out, 0, sizeof(*out));
	if (der_expect(&in, 0x30, &d[0]) != 0 ||
	    der_expect(&in, 0x5F37, &d[1]) != 0)
		return DPE_SYNTAX;
	if (der_expect(&in, 0x04, &hash) == 0) {
		if (hash.value.len != 32)
			return DPE_SYNTAX;
		*hash_cc = hash.value;
	}
	if (der_expect(&in, 0x30, &d[2]) != 0 || in.len > 0)
		return DPE_SYNTAX;
	out->signed2 = d[0].raw;
	out->signature2 = d[1].raw;
	out->cert = d[2].raw;
	return 0;
}

unsigned
es10b_prepare(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_offer	 offer;
	struct smdp_signed2	 m;
	struct slice		 hash_cc;
	unsigned		 sw = SW_OK;

	if (prepare_parse(in, &offer, &hash_cc) != 0)
		return SW_DATA;
	if (smdp_signed2_decode(offer.signed2, &m) != 0)
		sw = SW_DATA;
	else if (e->step < ES10_AUTHENTICATED) {
		why_set(&e->why, DPE_STATE, "PrepareDownload: there was no "
		    "AuthenticateServer");
		sw = session_error(e, 0xBF21, m.tid, NO_SESSION, out);
	} else if (vuicc_card_offer(e->card, &e->s, &offer, &e->why) != 0 ||
	    vuicc_card_prepare_hashed(e->card, &e->s, hash_cc, out,
	    &e->why) != 0)
		sw = session_error(e, 0xBF21, m.tid, e->s.error, out);
	else
		e->step = ES10_PREPARED;
	msg_free(&m.msg);
	return sw;
}

/* 80 transactionId, 81 reason. */
unsigned
es10b_cancel(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct cancel_response	 error;
	struct der		 tid, reason;
	uint64_t		 n;
	int			 r;

	if (der_expect(&in, 0x80, &tid) != 0 ||
	    der_expect(&in, 0x81, &reason) != 0 || in.len > 0)
		return SW_DATA;
	memset(&error, 0, sizeof(error));
	if (e->step < ES10_AUTHENTICATED ||
	    !slice_eq(tid.value, buf_slice(&e->s.tid))) {
		why_set(&e->why, DPE_STATE, "CancelSession: of no session");
		error.error = INVALID_TID;
		r = cancel_response_encode(&error, out);
	} else if (der_uint(reason.value, &n) != 0 || (n > 5 && n != 127)) {
		why_set(&e->why, DPE_RANGE, "CancelSession: no such reason");
		error.error = UNDEFINED;
		r = cancel_response_encode(&error, out);
	} else {
		r = vuicc_card_cancel(e->card, &e->s, (long)n, out);
		es10_forget(e);
	}
	return r == 0 ? SW_OK : SW_CONDITIONS;
}

/* The policy: any operator may have PPR1 and PPR2, unasked (2.9.2). */
unsigned
es10b_rat(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	size_t	 at = out->len, operators;

	(void)e;
	if (in.len > 0)
		return SW_DATA;
	der_add(out, 0x80, slice_of("\x05\x60", 2));
	operators = out->len;
	der_add(out, 0x80, slice_of("\xee\xee\xee", 3));
	der_add(out, 0x81, slice_of(NULL, 0));
	der_add(out, 0x82, slice_of(NULL, 0));
	der_wrap(out, operators, 0x30);
	der_wrap(out, operators, 0xA1);
	der_add(out, 0x82, slice_of("\x00", 1));
	der_wrap(out, at, 0x30);
	der_wrap(out, at, 0xA0);
	der_wrap(out, at, 0xBF43);
	return SW_OK;
}
