/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages of the two cards, made of those of tests/vec/rsp.txt.  No key
 * signs them: the functions below stand in for those that would look.
 */
#include <stdlib.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/hex.h"
#include "certs/chain.h"
#include "certs/signer.h"
#include "server/rsp/bpp.h"
#include "server/rsp/rsp.h"
#include "tests/unit/life.h"

struct life_mail {
	struct buf		 info1, raw;
	struct auth_response	 resp;
	struct euicc_signed1	 s1;
	uint8_t			 sig[SIG_LEN];
};

int	life_speaker;

/* The linker puts these in the place of those (tests/Makefile.inc). */
int	__wrap_sig_verify(struct crypto *c, const struct pubkey *k,
	    const struct slice *parts, size_t n, struct slice sig);
int	__wrap_chain_verify_euicc(struct crypto *c, struct pki *pki,
	    struct slice euicc_der, struct slice eum_der, int64_t now,
	    bool dates, struct chain *out);
int	__wrap_signer_sign(struct signer *s, enum signer_role role,
	    const uint8_t ci[20], struct slice data, uint8_t out[SIG_LEN]);
int	__wrap_bpp_protect(struct ctx *c, const struct bpp_want *w,
	    struct bpp_groups *out);

/* Our pair under the CI of these cards. */
static const struct pki_dp *
mail_dp(const struct pki *pki)
{
	size_t	 i;

	for (i = 0; strcmp(pki_dp_at(pki, i)->name, "nist") != 0; i++)
		;
	return pki_dp_at(pki, i);
}

int
__wrap_sig_verify(struct crypto *c, const struct pubkey *k,
    const struct slice *parts, size_t n, struct slice sig)
{
	(void)c;
	(void)k;
	(void)parts;
	(void)n;
	(void)sig;
	return 0;
}

int
__wrap_chain_verify_euicc(struct crypto *c, struct pki *pki,
    struct slice euicc_der, struct slice eum_der, int64_t now, bool dates,
    struct chain *out)
{
	struct cert	 card;
	int		 r;

	(void)eum_der;
	(void)now;
	(void)dates;
	if ((r = cert_parse(euicc_der, &card)) != 0 ||
	    (r = eid_parse(life_eid(life_speaker), out->eid_bcd)) != 0)
		return r;
	memcpy(out->eid, life_eid(life_speaker), sizeof(out->eid));
	memcpy(out->ci, mail_dp(pki)->ci, sizeof(out->ci));
	return pubkey_new(c, card.curve, card.point, &out->euicc);
}

int
__wrap_signer_sign(struct signer *s, enum signer_role role,
    const uint8_t ci[20], struct slice data, uint8_t out[SIG_LEN])
{
	(void)s;
	(void)role;
	(void)ci;
	(void)data;
	memset(out, 1, SIG_LEN);
	return 0;
}

int
__wrap_bpp_protect(struct ctx *c, const struct bpp_want *w,
    struct bpp_groups *out)
{
	(void)c;
	memcpy(out->smdp_otpk, w->euicc_otpk.p, sizeof(out->smdp_otpk));
	buf_add_str(&out->host_id, "host");
	buf_add_str(&out->groups, "groups");
	return 0;
}

static void
must(int r)
{
	if (r != 0)
		abort();
}

void
life_mail_open(struct life_world *w)
{
	struct life_mail	*m = xcalloc(1, sizeof(*m));

	env_vec(&m->info1, "nist_skeys.euiccInfo1");
	must(auth_response_decode(env_vec(&m->raw,
	    "nist_skeys.authenticateServerResponse"), &m->resp));
	must(euicc_signed1_decode(m->resp.signed1, &m->s1));
	memset(m->sig, 2, sizeof(m->sig));
	w->mail = m;
}

void
life_mail_close(struct life_world *w)
{
	struct life_mail	*m = w->mail;

	msg_free(&m->s1.msg);
	msg_free(&m->resp.msg);
	buf_free(&m->raw);
	buf_free(&m->info1);
	free(m);
}

static struct slice
mail_sig(struct life_world *w)
{
	return slice_of(w->mail->sig, sizeof(w->mail->sig));
}

static struct slice
tid_octets(const char *tid, struct buf *b)
{
	buf_cut(b, 0);
	must(hex_decode(slice_str(tid), b));
	return buf_slice(b);
}

/* The answer to what initiateAuthentication has said. */
static int
auth_second(struct life_world *w, struct es9_initiate *first,
    struct slice matching_id)
{
	struct es9_authenticate	 m = {0};
	struct server_signed1	 asked = {0};
	struct euicc_signed1	 s1 = w->mail->s1;
	struct auth_response	 resp = w->mail->resp;
	struct buf		 signed1 = {0}, out = {0};
	int			 r;

	must(server_signed1_decode(buf_slice(&first->server_signed1),
	    &asked));
	s1.tid = m.tid = asked.tid;
	s1.server_challenge = asked.server_challenge;
	s1.has_matching_id = true;
	s1.matching_id = matching_id;
	must(euicc_signed1_encode(&s1, &signed1));
	resp.signed1 = buf_slice(&signed1);
	must(auth_response_encode(&resp, &out));
	m.response = buf_slice(&out);
	r = es9_authenticate(&w->e.ctx, &m);
	es9_authenticate_free(&m);
	msg_free(&asked.msg);
	buf_free(&signed1);
	buf_free(&out);
	return r;
}

int
life_auth(struct life_world *w, int card, int order)
{
	struct es9_initiate	 m = {
		.euicc_challenge = slice_of(w->mail->sig, 16),
		.euicc_info1 = buf_slice(&w->mail->info1),
		.smdp_address = slice_str("smdp.example.com"),
	};
	struct buf		 id = {0};
	int			 r;

	life_speaker = card;
	if (w->v.o[order].named)
		buf_addf(&id, "LIFE-%d", order);
	if ((r = es9_initiate(&w->e.ctx, &m)) == 0)
		r = auth_second(w, &m, buf_slice(&id));
	es9_initiate_free(&m);
	buf_free(&id);
	return r;
}

int
life_get(struct life_world *w, const struct life_session *s, int key,
    const char *code)
{
	struct es9_get_bpp	 m = {0};
	uint8_t			 otpk[POINT_LEN] = { 4 }, cc[32], hash[32];
	struct euicc_signed2	 s2 = { .euicc_otpk = slice_of(otpk,
				    sizeof(otpk)) };
	struct prepare_response	 resp = { .ok = true,
				    .signature = mail_sig(w) };
	struct buf		 tid = {0}, signed2 = {0}, out = {0};
	int			 r;

	memset(otpk + 1, key, sizeof(otpk) - 1);
	s2.tid = m.tid = tid_octets(s->tid, &tid);
	if (code != NULL) {
		sha256(w->e.ctx.crypto, slice_str(code), cc);
		sha256_2(w->e.ctx.crypto, slice_of(cc, sizeof(cc)), s2.tid,
		    hash);
		s2.hash_cc = slice_of(hash, sizeof(hash));
	}
	must(euicc_signed2_encode(&s2, &signed2));
	resp.signed2 = buf_slice(&signed2);
	must(prepare_response_encode(&resp, &out));
	m.response = buf_slice(&out);
	r = es9_get_bpp(&w->e.ctx, &m);
	es9_get_bpp_free(&m);
	buf_free(&tid);
	buf_free(&signed2);
	buf_free(&out);
	return r;
}

int
life_cancel(struct life_world *w, const struct life_session *s, long reason)
{
	struct cancel_signed	 cs = { .reason = reason,
				    .smdp_oid = mail_dp(w->e.ctx.pki)->auth.rid };
	struct cancel_response	 resp = { .ok = true,
				    .signature = mail_sig(w) };
	struct buf		 tid = {0}, data = {0}, out = {0};
	int			 r;

	cs.tid = tid_octets(s->tid, &tid);
	must(cancel_signed_encode(&cs, &data));
	resp.signed_data = buf_slice(&data);
	must(cancel_response_encode(&resp, &out));
	r = es9_cancel(&w->e.ctx, cs.tid, buf_slice(&out));
	buf_free(&tid);
	buf_free(&data);
	buf_free(&out);
	return r;
}

static void
meta_fill(struct notification_meta *m, int profile, unsigned event,
    int64_t seq, uint8_t ef[10])
{
	must(iccid_to_ef(life_iccid(profile), ef));
	m->seq = seq;
	m->events = event;
	m->address = slice_str("smdp.example.com");
	m->iccid = slice_of(ef, 10);
}

int
life_result(struct life_world *w, const struct life_session *s, int profile,
    long error, int64_t seq)
{
	struct install_data		 d = { .success = error == 0,
					    .smdp_oid = mail_dp(w->e.ctx.pki)->pb.rid,
					    .aid = slice_str("instance"),
					    .reason = error };
	struct pending_notification	 p = { .is_install = true,
					    .signature = mail_sig(w) };
	struct buf			 tid = {0}, data = {0}, out = {0};
	uint8_t				 ef[10];
	int				 r;

	d.tid = tid_octets(s->tid, &tid);
	meta_fill(&d.meta, profile, 1, seq, ef);
	must(install_data_encode(&d, &data));
	p.data = buf_slice(&data);
	must(pending_notification_encode(&p, &out));
	r = es9_notify(&w->e.ctx, buf_slice(&out));
	buf_free(&tid);
	buf_free(&data);
	buf_free(&out);
	return r;
}

int
life_event(struct life_world *w, int card, int profile, unsigned event,
    int64_t seq)
{
	struct notification_meta	 meta = {0};
	struct pending_notification	 p = { .signature = mail_sig(w),
					    .euicc_cert =
					    w->mail->resp.euicc_cert,
					    .eum_cert =
					    w->mail->resp.eum_cert };
	struct buf			 data = {0}, out = {0};
	uint8_t				 ef[10];
	int				 r;

	life_speaker = card;
	meta_fill(&meta, profile, event, seq, ef);
	must(notification_meta_encode(&meta, &data));
	p.data = buf_slice(&data);
	must(pending_notification_encode(&p, &out));
	r = es9_notify(&w->e.ctx, buf_slice(&out));
	buf_free(&data);
	buf_free(&out);
	return r;
}
