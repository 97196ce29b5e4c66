/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What lpac carried (tests/vec/lpac.txt), without lpac: its APDUs again before
 * the card, its requests again before the server, octet by octet.  A signature
 * is another one each time, and what is signed over one is checked over the
 * one that was recorded: so that of the recording is put in its place.
 */
#include <jansson.h>

#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/der.h"
#include "base/hex.h"
#include "base/jfield.h"
#include "db/store_priv.h"
#include "tests/unit/lpac_env.h"

struct replay {
	struct lpac_env	 l;
	char		 run[96], path[96];
	struct buf	 got, want;	/* of one command, or of one request */
	struct buf	 otsk, sent;
	size_t		 blocks, requests, packages, sessions;
};

/* Zeros for the 64 octets of every signature. */
static void
without_signatures(struct buf *b)
{
	size_t	 i;

	for (i = 0; i + 3 + SIG_LEN <= b->len; i++)
		if (memcmp(b->p + i, "\x5f\x37\x40", 3) == 0)
			memset(b->p + i + 3, 0, SIG_LEN);
}

static void
same_unsigned(const char *what, struct slice got, struct slice want)
{
	struct buf	 a = {0}, b = {0};

	buf_add_slice(&a, got);
	buf_add_slice(&b, want);
	without_signatures(&a);
	without_signatures(&b);
	unit_same(what, buf_slice(&a), buf_slice(&b));
	buf_free(&a);
	buf_free(&b);
}

/* The card --------------------------------------------------------------- */

/* euiccSignature1 as it was: smdpSignature2 covers it. */
static void
card_signature(struct replay *r)
{
	struct auth_response	 m;

	if (der_peek(buf_slice(&r->want)) != 0xBF38)
		return;
	CU_ASSERT_EQUAL_FATAL(auth_response_decode(buf_slice(&r->want), &m),
	    0);
	CU_ASSERT_TRUE(m.ok);
	buf_cut(&r->l.es10.s.sig1, 0);
	sig_tlv(&r->l.es10.s.sig1, m.signature);
	r->sessions++;
	msg_free(&m.msg);
}

static void
card_response(struct replay *r, struct slice rx)
{
	struct buf	 out = {0};
	size_t		 n;

	vuicc_apdu_transmit(&r->l.apdu, buf_slice(&r->sent), &out);
	CU_ASSERT_EQUAL_FATAL(out.len, rx.len);
	n = rx.len - 2;
	unit_same(r->run, slice_sub(buf_slice(&out), n, 2),
	    slice_sub(rx, n, 2));
	buf_add(&r->got, out.p, n);
	buf_add(&r->want, rx.p, n);
	if (rx.p[n] == 0x90) {
		same_unsigned(r->run, buf_slice(&r->got),
		    buf_slice(&r->want));
		card_signature(r);
		buf_cut(&r->got, 0);
		buf_cut(&r->want, 0);
		r->blocks++;
	}
	buf_free(&out);
}

static void
card_line(void *arg, const char *name, struct slice b)
{
	struct replay	*r = arg;

	if (strcmp(name, "run") == 0)
		snprintf(r->run, sizeof(r->run), "%.*s", (int)b.len, b.p);
	else if (strcmp(name, "reset") == 0)
		vuicc_apdu_free(&r->l.apdu);
	else if (strcmp(name, "open") == 0)
		buf_set(&r->sent, b);
	else if (strcmp(name, "opened") == 0)
		CU_ASSERT_EQUAL(vuicc_apdu_open(&r->l.apdu,
		    buf_slice(&r->sent)), b.p[0])
	else if (strcmp(name, "close") == 0)
		vuicc_apdu_close(&r->l.apdu, b.p[0]);
	else if (strcmp(name, "tx") == 0)
		buf_set(&r->sent, b);
	else if (strcmp(name, "rx") == 0)
		card_response(r, b);
	else if (strcmp(name, "otsk") == 0)
		unit_same("otSK.EUICC", buf_slice(&r->l.f.state->kept.scalar),
		    b);
}

static void
before_the_card(void)
{
	struct replay	 r = {0};

	lpac_env_open(&r.l);
	unit_vec_each(LPAC_VEC, card_line, &r);
	CU_ASSERT_EQUAL(r.sessions, 2);
	CU_ASSERT_EQUAL(r.blocks, 78);
	CU_ASSERT_EQUAL(r.l.f.state->n_profile, 0);	/* deleted */
	CU_ASSERT_EQUAL(r.l.f.state->last_aid, 1);	/* it was there */
	CU_ASSERT_EQUAL(r.l.f.state->n_pending, 0);
	lpac_env_close(&r.l);
	buf_free(&r.got);
	buf_free(&r.want);
	buf_free(&r.sent);
}

/* The server ------------------------------------------------------------- */

struct recorded {
	const char	*tid;
	struct buf	 signature2;
};

static int
write_signature2(struct db *db, void *arg)
{
	static const struct stmt set = { "test_signature2",
	    "UPDATE sessions SET smdp_signature2 = $3"
	    " WHERE tenant = $1 AND tid = $2" };
	struct recorded	*q = arg;

	return db_must(db, &set, "itb", TENANT_DEFAULT, q->tid,
	    buf_slice(&q->signature2));
}

/* smdpSignature2 as it was: euiccSignature2 covers it. */
static void
server_signature(struct replay *r, const json_t *want)
{
	const char	*text = json_string_value(json_object_get(want,
			    "smdpSignature2"));
	struct recorded	 q = { json_string_value(json_object_get(want,
			    "transactionId")), {0} };

	if (text == NULL)
		return;
	CU_ASSERT_EQUAL(base64_decode(slice_str(text), &q.signature2), 0);
	env_write(&r->l.server, write_signature2, &q);
	r->sessions++;
	buf_free(&q.signature2);
}

/* Another package for the same key: what is in it is the profile. */
static void
server_package(struct replay *r, struct slice bpp, struct slice want,
    const char *tid_text)
{
	struct vfix		*f = &r->l.f;
	struct unbsp_in		 in = { .crypto = f->crypto };
	struct unbsp_out	 out;
	struct unbsp_fault	 fault;
	struct privkey		*otsk;
	struct pubkey		*pb;
	struct cert		 cert;
	struct buf		 tid = {0};
	uint8_t			 point[POINT_LEN];

	CU_ASSERT_EQUAL(bpp.len, want.len);
	unit_hex(tid_text, &tid);
	CU_ASSERT_EQUAL_FATAL(privkey_from_scalar(f->crypto, CURVE_P256,
	    buf_slice(&r->otsk), &otsk), 0);
	privkey_point(otsk, point);
	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&f->dp_pb_der), &cert), 0);
	CU_ASSERT_EQUAL_FATAL(pubkey_new(f->crypto, cert.curve, cert.point,
	    &pb), 0);
	in.otsk = otsk;
	in.otpk = slice_of(point, POINT_LEN);
	in.dp_pb = pb;
	in.tid = buf_slice(&tid);
	in.eid = f->card.eid_bcd;
	CU_ASSERT_EQUAL(unbsp_open(&in, bpp, &out, &fault, NULL), 0);
	unit_same("UPP", buf_slice(&out.upp), buf_slice(&r->l.upp));
	unbsp_free(&out);
	privkey_free(otsk);
	pubkey_free(pb);
	buf_free(&tid);
	r->packages++;
}

/* Every member that was answered: the same text, or the same octets. */
static void
server_members(struct replay *r, json_t *got, json_t *want)
{
	struct buf	 a = {0}, b = {0};
	const char	*name, *text;
	json_t		*v;

	CU_ASSERT_EQUAL(json_object_size(got), json_object_size(want));
	json_object_foreach(want, name, v) {
		text = json_string_value(json_object_get(got, name));
		if (!json_is_string(v) || text == NULL ||
		    strcmp(name, "transactionId") == 0) {
			CU_ASSERT_TRUE(json_equal(v,
			    json_object_get(got, name)));
			continue;
		}
		buf_cut(&a, 0);
		buf_cut(&b, 0);
		CU_ASSERT_EQUAL(base64_decode(slice_str(text), &a), 0);
		CU_ASSERT_EQUAL(base64_decode(slice_str(json_string_value(v)),
		    &b), 0);
		if (strcmp(name, "boundProfilePackage") == 0)
			server_package(r, buf_slice(&a), buf_slice(&b),
			    json_string_value(json_object_get(want,
			    "transactionId")));
		else
			same_unsigned(name, buf_slice(&a), buf_slice(&b));
	}
	buf_free(&a);
	buf_free(&b);
}

static void
server_answer(struct replay *r, struct slice want)
{
	struct buf	 got = {0};
	json_t		*a = NULL, *b = NULL;

	lpac_env_serve(&r->l, r->path, buf_slice(&r->sent), &got);
	unit_same(r->path, slice_sub(buf_slice(&got), 0, 2),
	    slice_sub(want, 0, 2));
	if (want.len == 2)
		CU_ASSERT_EQUAL(got.len, 2)
	else {
		CU_ASSERT_EQUAL_FATAL(json_read(slice_sub(buf_slice(&got), 2,
		    got.len), &a, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(json_read(slice_sub(want, 2, want.len),
		    &b, NULL), 0);
		server_members(r, a, b);
		server_signature(r, b);
	}
	json_decref(a);
	json_decref(b);
	buf_free(&got);
	r->requests++;
}

static void
server_line(void *arg, const char *name, struct slice b)
{
	struct replay	*r = arg;

	if (strcmp(name, "otsk") == 0)
		buf_set(&r->otsk, b);
	else if (strcmp(name, "path") == 0)
		snprintf(r->path, sizeof(r->path), "%.*s", (int)b.len, b.p);
	else if (strcmp(name, "body") == 0)
		buf_set(&r->sent, b);
	else if (strcmp(name, "answer") == 0)
		server_answer(r, b);
}

static enum life_state
state_of(struct replay *r, const char *iccid, int64_t *card_state)
{
	struct profile	 p = {0};
	enum life_state	 state;

	CU_ASSERT_EQUAL_FATAL(store_profile_get(r->l.server.ctx.db,
	    TENANT_DEFAULT, iccid, &p), 0);
	state = p.state;
	*card_state = (int64_t)p.card;
	profile_free(&p);
	return state;
}

static void
before_the_server(void)
{
	struct replay	 r = {0};
	int64_t		 on_card;

	lpac_env_open(&r.l);
	unit_vec_each(LPAC_VEC, server_line, &r);
	CU_ASSERT_EQUAL(r.sessions, 2);
	CU_ASSERT_EQUAL(r.packages, 1);
	/* Three of a download, five notifications, three of a refusal. */
	CU_ASSERT_EQUAL(r.requests, 11);
	CU_ASSERT_EQUAL(state_of(&r, LPAC_ICCID, &on_card), LIFE_INSTALLED);
	CU_ASSERT_EQUAL(on_card, CARD_DELETED);
	CU_ASSERT_EQUAL(state_of(&r, LPAC_ICCID2, &on_card), LIFE_ERROR);
	lpac_env_close(&r.l);
	buf_free(&r.otsk);
	buf_free(&r.sent);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(before_the_card),
		UNIT_CASE(before_the_server),
	};

	return unit_main("lpac", cases, NELEM(cases));
}
