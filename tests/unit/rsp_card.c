/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/rsp_card.h"

#include <string.h>

#include "base/hex.h"
#include "server/rsp/rsp.h"

static const uint8_t	resource[] = { 0x81, 1, 0, 0x82, 4, 0, 0x10, 0, 0,
			    0x83, 2, 0x10, 0 };
static const uint8_t	uicc_capability[] = { 0xff, 0x36, 0xff, 0xc0 };
static const uint8_t	rsp_capability[] = { 0x90 };
static const uint8_t	oid[] = { 0x88, 0x37, 0x0a };

static const struct pki_ci *
card_ci(struct card *c)
{
	return pki_ci_find(c->e->ctx.pki, slice_of(pki_dp_at(c->e->ctx.pki,
	    strcmp(pki_dp_at(c->e->ctx.pki, 0)->name, "nist") == 0 ? 0 :
	    1)->ci, 20));
}

void
card_open(struct card *c, struct env *e)
{
	struct buf	 d = {0};
	struct privkey	*k;
	size_t		 i;

	memset(c, 0, sizeof(*c));
	c->e = e;
	c->mid = ENV_MID;
	CU_ASSERT_EQUAL_FATAL(privkey_from_scalar(e->ctx.crypto, CURVE_P256,
	    env_vec(&d, "nist.euicc.d"), &c->key), 0);
	buf_free(&d);
	for (i = 0; i < CARD_KEYS; i++) {
		CU_ASSERT_EQUAL_FATAL(privkey_generate(e->ctx.crypto,
		    CURVE_P256, &k), 0);
		privkey_point(k, c->otpk[i]);
		privkey_free(k);
	}
	memcpy(c->info.profile_version, "\2\3\1", 3);
	memcpy(c->info.svn, "\2\2\2", 3);
	memcpy(c->info.firmware, "\1\4\7", 3);
	memcpy(c->info.pp_version, "\1\0\0", 3);
	c->info.ext_card_resource = slice_of(resource, sizeof(resource));
	c->info.uicc_capability.octets = slice_of(uicc_capability,
	    sizeof(uicc_capability));
	c->info.uicc_capability.unused = 6;
	c->info.rsp_capability.octets = slice_of(rsp_capability, 1);
	c->info.rsp_capability.unused = 4;
	c->info.verify.id[0] = c->info.sign.id[0] = card_ci(c)->cert.ski;
	c->info.verify.n = c->info.sign.n = 1;
	c->info.category = 2;
	c->info.sas_number = slice_str("TEST");
}

void
card_close(struct card *c)
{
	privkey_free(c->key);
	buf_free(&c->challenge);
	buf_free(&c->signature2);
	buf_free(&c->offered);
}

static void
card_sign(struct card *c, const struct buf *data, uint8_t sig[SIG_LEN])
{
	CU_ASSERT_EQUAL(sig_sign(c->e->ctx.crypto, c->key, buf_slice(data),
	    sig), 0);
}

static int
card_initiate(struct card *c)
{
	static const uint8_t	 challenge[16];
	struct euicc_info1	 info = {0};
	struct server_signed1	 s1 = {0};
	struct es9_initiate	 m = {0};
	struct buf		 b = {0};
	int			 r;

	memcpy(info.svn, c->info.svn, 3);
	info.verify = c->info.verify;
	info.sign = c->info.sign;
	CU_ASSERT_EQUAL(euicc_info1_encode(&info, &b), 0);
	m.euicc_challenge = slice_of(challenge, sizeof(challenge));
	m.euicc_info1 = buf_slice(&b);
	m.smdp_address = slice_str("smdp.example.com");
	if ((r = es9_initiate(&c->e->ctx, &m)) == 0) {
		CU_ASSERT_EQUAL(hex_get(slice_str(m.tid), c->tid, 16), 0);
		CU_ASSERT_EQUAL(server_signed1_decode(
		    buf_slice(&m.server_signed1), &s1), 0);
		buf_set(&c->challenge, s1.server_challenge);
	}
	c->about = m.about;
	msg_free(&s1.msg);
	es9_initiate_free(&m);
	buf_free(&b);
	return r;
}

static void
card_answer(struct card *c, struct buf *out)
{
	struct euicc_signed1	 s1 = {0};
	struct auth_response	 resp = { .ok = true };
	struct buf		 b = {0}, card = {0}, eum = {0};
	uint8_t			 sig[SIG_LEN];

	s1.tid = slice_of(c->tid, sizeof(c->tid));
	s1.address = slice_str("smdp.example.com");
	s1.server_challenge = buf_slice(&c->challenge);
	s1.info2 = c->info;
	s1.has_matching_id = c->mid != NULL;
	s1.matching_id = slice_str(c->mid);
	s1.tac = slice_of("\x53\x21\x43\x65", 4);
	CU_ASSERT_EQUAL(euicc_signed1_encode(&s1, &b), 0);
	card_sign(c, &b, sig);
	resp.signed1 = buf_slice(&b);
	resp.signature = slice_of(sig, sizeof(sig));
	resp.euicc_cert = env_vec(&card, "nist.euicc.crt");
	resp.eum_cert = env_vec(&eum, "nist.eum.crt");
	CU_ASSERT_EQUAL(auth_response_encode(&resp, out), 0);
	buf_free(&b);
	buf_free(&card);
	buf_free(&eum);
}

int
card_authenticate(struct card *c)
{
	struct es9_authenticate	 m = {0};
	struct smdp_signed2	 s2 = {0};
	struct buf		 b = {0};
	int			 r;

	if ((r = card_initiate(c)) != 0)
		return r;
	card_answer(c, &b);
	m.tid = slice_of(c->tid, sizeof(c->tid));
	m.response = buf_slice(&b);
	if ((r = es9_authenticate(&c->e->ctx, &m)) == 0) {
		CU_ASSERT_EQUAL(smdp_signed2_decode(
		    buf_slice(&m.smdp_signed2), &s2), 0);
		buf_set(&c->offered, s2.bpp_euicc_otpk);
		buf_set(&c->signature2, buf_slice(&m.smdp_signature2));
	}
	c->about = m.about;
	msg_free(&s2.msg);
	es9_authenticate_free(&m);
	buf_free(&b);
	return r;
}

int
card_get_bpp(struct card *c, unsigned n)
{
	struct euicc_signed2	 s2 = {0};
	struct prepare_response	 resp = { .ok = true };
	struct es9_get_bpp	 m = {0};
	struct buf		 b = {0}, tbs = {0}, out = {0};
	uint8_t			 sig[SIG_LEN];
	int			 r;

	s2.tid = m.tid = slice_of(c->tid, sizeof(c->tid));
	s2.euicc_otpk = slice_of(c->otpk[n], sizeof(c->otpk[n]));
	CU_ASSERT_EQUAL(euicc_signed2_encode(&s2, &b), 0);
	buf_add_slice(&tbs, buf_slice(&b));
	buf_add_slice(&tbs, buf_slice(&c->signature2));
	card_sign(c, &tbs, sig);
	resp.signed2 = buf_slice(&b);
	resp.signature = slice_of(sig, sizeof(sig));
	CU_ASSERT_EQUAL(prepare_response_encode(&resp, &out), 0);
	m.response = buf_slice(&out);
	r = es9_get_bpp(&c->e->ctx, &m);
	es9_get_bpp_free(&m);
	buf_free(&b);
	buf_free(&tbs);
	buf_free(&out);
	return r;
}

static void
card_meta(struct notification_meta *m, int64_t seq, unsigned event,
    uint8_t ef[10])
{
	CU_ASSERT_EQUAL(iccid_to_ef(ENV_ICCID, ef), 0);
	m->seq = seq;
	m->events = event;
	m->address = slice_str("smdp.example.com");
	m->iccid = slice_of(ef, 10);
}

static int
card_send(struct card *c, struct pending_notification *p,
    const struct buf *data)
{
	struct buf	 out = {0};
	uint8_t		 sig[SIG_LEN];
	int		 r;

	card_sign(c, data, sig);
	p->data = buf_slice(data);
	p->signature = slice_of(sig, sizeof(sig));
	CU_ASSERT_EQUAL(pending_notification_encode(p, &out), 0);
	r = es9_notify(&c->e->ctx, buf_slice(&out));
	buf_free(&out);
	return r;
}

int
card_result(struct card *c, int64_t seq, long command, long reason)
{
	struct install_data		 d = {0};
	struct pending_notification	 p = { .is_install = true };
	struct buf			 b = {0};
	uint8_t				 ef[10];
	int				 r;

	d.tid = slice_of(c->tid, sizeof(c->tid));
	card_meta(&d.meta, seq, 1, ef);
	d.smdp_oid = slice_of(oid, sizeof(oid));
	d.success = reason == CARD_SUCCESS;
	d.aid = slice_str("0123456789ABCDEF");
	d.bpp_command = command;
	d.reason = reason;
	d.sima_response = slice_of("\x30\x00", 2);
	CU_ASSERT_EQUAL(install_data_encode(&d, &b), 0);
	r = card_send(c, &p, &b);
	buf_free(&b);
	return r;
}

int
card_event(struct card *c, int64_t seq, unsigned event)
{
	struct notification_meta	 m = {0};
	struct pending_notification	 p = {0};
	struct buf			 b = {0}, card = {0}, eum = {0};
	uint8_t				 ef[10];
	int				 r;

	card_meta(&m, seq, event, ef);
	CU_ASSERT_EQUAL(notification_meta_encode(&m, &b), 0);
	p.euicc_cert = env_vec(&card, "nist.euicc.crt");
	p.eum_cert = env_vec(&eum, "nist.eum.crt");
	r = card_send(c, &p, &b);
	buf_free(&b);
	buf_free(&card);
	buf_free(&eum);
	return r;
}

void
card_install(struct card *c, int64_t seq)
{
	CU_ASSERT_EQUAL(card_authenticate(c), 0);
	CU_ASSERT_EQUAL(card_get_bpp(c, 0), 0);
	CU_ASSERT_EQUAL(card_result(c, seq, 0, CARD_SUCCESS), 0);
	CU_ASSERT_EQUAL(env_state(c->e), LIFE_INSTALLED);
}
