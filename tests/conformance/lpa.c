/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The client's side of ES9+: what card and LPA say, built by the virtual eUICC
 * and changed as the case wants it before and after it is signed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "tests/conformance/bench.h"
#include "tools/vuicc_answer.h"
#include "tools/vuicc_forge.h"
#include "tools/vuicc_http.h"
#include "tools/vuicc_info.h"

static void
must(int r, const char *what, const struct why *why)
{
	if (r != 0)
		bench_broken(what, why->text[0] != '\0' ? why->text :
		    err_text(r));
}

void
bench_forge(struct bench *b)
{
	struct why	 why = {""};

	must(vuicc_forge(&b->at->card, bench_pki_dir(), &why), "forge", &why);
}

/* What happens to a message that is signed already. */
static void
lpa_last(struct bench *b, struct buf *der)
{
	edits_make(&b->edits, true, der);
	if (b->octets < 0)
		buf_cut(der, der->len - 1);
	else if (b->octets > 0)
		buf_add_u8(der, 0);
	b->octets = 0;
}

/* A list of CIs: a letter each. */
static void
ask_list(struct bench *b, const char *letters, struct ci_list *out)
{
	if (letters == NULL)
		return;
	for (out->n = 0; out->n < LIM_CI && *letters != '\0'; letters++)
		out->id[out->n++] = bench_ci(b, *letters);
}

static void
ask_info1(struct bench *b, struct buf *out)
{
	struct euicc_info1	 info = { .svn = { 2, 2, 2 } };
	int			 v[3];
	size_t			 i;

	vuicc_info_ci(&b->at->card, &info.verify, &info.sign);
	ask_list(b, b->ask.verify, &info.verify);
	ask_list(b, b->ask.sign, &info.sign);
	if (b->ask.svn != NULL && sscanf(b->ask.svn, "%d.%d.%d", &v[0], &v[1],
	    &v[2]) == 3)
		for (i = 0; i < 3; i++)
			info.svn[i] = (uint8_t)v[i];
	if (euicc_info1_encode(&info, out) != 0)
		bench_broken("euiccInfo1", "does not encode");
	lpa_last(b, out);
}

void
bench_init(struct bench *b)
{
	json_t		*rq = json_object();
	const char	*tid;
	struct buf	 info = {0};

	vuicc_session_free(&b->s);
	vuicc_session_init(&b->at->card, &b->s);
	ask_info1(b, &info);
	vuicc_json_der(rq, "euiccChallenge",
	    slice_of(b->s.challenge, sizeof(b->s.challenge)));
	vuicc_json_der(rq, "euiccInfo1", buf_slice(&info));
	json_object_set_new(rq, "smdpAddress", json_string(
	    b->ask.address != NULL ? b->ask.address : ENV_ADDRESS));
	buf_free(&info);
	bench_post(b, "initiateAuthentication", rq);
	json_decref(b->init);
	b->init = json_incref(b->answer);
	tid = json_string_value(json_object_get(b->init, "transactionId"));
	if (tid != NULL && hex_decode(slice_str(tid), &b->s.tid) != 0)
		bench_broken("transactionId", tid);
}

void
bench_swap(struct bench *b)
{
	struct vuicc_session	 s = b->s;
	json_t			*init = b->init;

	b->s = b->other;
	b->init = b->other_init;
	b->other = s;
	b->other_init = init;
}

/* The transactionId of the session in hand, and a message. */
static void
lpa_post(struct bench *b, const char *function, const char *member,
    struct buf *der)
{
	json_t		*rq = json_object();
	struct buf	 tid = {0};

	lpa_last(b, der);
	hex_add(&tid, buf_slice(&b->s.tid));
	json_object_set_new(rq, "transactionId", json_string(buf_cstr(&tid)));
	vuicc_json_der(rq, member, buf_slice(der));
	buf_free(&tid);
	bench_post(b, function, rq);
}

/*
 * Change what is signed in head.signed || 5F37 || tail, the signature covering
 * signed || more, and sign it anew.
 */
static void
lpa_sign(struct bench *b, struct slice signed_in, struct slice more,
    struct buf *data, uint8_t sig[SIG_LEN])
{
	struct buf	 tbs = {0};

	buf_set(data, signed_in);
	edits_make(&b->edits, false, data);
	buf_add_slice(&tbs, buf_slice(data));
	buf_add_slice(&tbs, more);
	if (vuicc_card_sign(&b->at->card, buf_slice(&tbs), false, sig) != 0)
		bench_broken("signature", "cannot be made");
	buf_free(&tbs);
}

/*
 * The same in a whole message: from its outer tags down to the values among
 * which the signed one is the first and 5F37 the second.
 */
static void
lpa_resign(struct bench *b, const uint32_t *outer, size_t n,
    struct slice more, struct buf *der)
{
	struct buf	 data = {0}, out = {0};
	struct slice	 in = buf_slice(der);
	struct der	 d;
	uint8_t		 sig[SIG_LEN];
	size_t		 i;

	if (b->edits.n == 0)
		return;
	for (i = 0; i < n; i++) {
		if (der_expect(&in, outer[i], &d) != 0)
			return;		/* an error of the card's */
		in = d.value;
	}
	if (der_next(&in, &d) != 0)
		return;
	lpa_sign(b, d.raw, more, &data, sig);
	buf_add_slice(&out, buf_slice(&data));
	der_add(&out, 0x5F37, slice_of(sig, SIG_LEN));
	if (der_expect(&in, 0x5F37, &d) != 0)
		bench_broken("message", "no signature in it");
	buf_add_slice(&out, in);
	while (n-- > 0)
		der_wrap(&out, 0, outer[n]);
	buf_set(der, buf_slice(&out));
	buf_free(&out);
	buf_free(&data);
}

/* smdpSignature2 will cover the signature that was sent. */
static void
lpa_remember_sig1(struct bench *b, const struct buf *der)
{
	struct auth_response	 m = {0};

	if (auth_response_decode(buf_slice(der), &m) == 0 && m.ok &&
	    m.signature.len == SIG_LEN) {
		buf_cut(&b->s.sig1, 0);
		sig_tlv(&b->s.sig1, m.signature);
	}
	msg_free(&m.msg);
}

/* The card looks at the offer as soon as there is one. */
static void
lpa_offer(struct bench *b)
{
	struct auth_answer	 a;
	struct vuicc_offer	 in = {0};
	struct why		 why = {""};

	if (json_object_get(b->answer, "smdpSigned2") == NULL)
		return;
	must(auth_answer_read(b->answer, "", &a, &why), "answer", &why);
	in.metadata = buf_slice(&a.metadata);
	in.signed2 = buf_slice(&a.signed2);
	in.signature2 = buf_slice(&a.signature2);
	in.cert = buf_slice(&a.cert);
	must(vuicc_card_offer(&b->at->card, &b->s, &in, &why), "offer", &why);
	auth_answer_free(&a);
}

static void
lpa_authenticate(struct bench *b, struct buf *der)
{
	struct init_answer	 a;
	struct vuicc_server	 in = {0};
	struct why		 why = {""};

	must(init_answer_read(b->init, "", &a, &why), "answer", &why);
	in.signed1 = buf_slice(&a.signed1);
	in.signature1 = buf_slice(&a.signature1);
	in.ci_id = buf_slice(&a.ci_id);
	in.cert = buf_slice(&a.cert);
	must(vuicc_card_authenticate(&b->at->card, &b->s, &in, b->mid, der,
	    &why), "AuthenticateServer", &why);
	init_answer_free(&a);
}

void
bench_look(struct bench *b)
{
	struct buf	 der = {0};

	lpa_authenticate(b, &der);
	buf_free(&der);
}

/* The same signature under the certificates of another card. */
static void
lpa_certs(struct bench *b, struct buf *der)
{
	struct bench_card	*own = b->at, *other;
	struct auth_response	 m = {0};
	struct buf		 out = {0};

	if (b->certs == 0)
		return;
	bench_card(b, b->certs);
	other = b->at;
	b->at = own;
	b->certs = 0;
	if (auth_response_decode(buf_slice(der), &m) != 0)
		bench_broken("certs", "no AuthenticateServerResponse");
	m.euicc_cert = buf_slice(&other->card.euicc_der);
	m.eum_cert = buf_slice(&other->card.eum_der);
	if (auth_response_encode(&m, &out) != 0)
		bench_broken("certs", "does not encode");
	buf_set(der, buf_slice(&out));
	msg_free(&m.msg);
	buf_free(&out);
}

void
bench_auth(struct bench *b)
{
	static const uint32_t	 outer[] = { 0xBF38, 0xA0 };
	struct buf		 der = {0};

	lpa_authenticate(b, &der);
	lpa_resign(b, outer, 2, slice_of(NULL, 0), &der);
	lpa_remember_sig1(b, &der);
	lpa_certs(b, &der);
	lpa_post(b, "authenticateClient", "authenticateServerResponse", &der);
	buf_free(&der);
	lpa_offer(b);
}

void
bench_forget(struct bench *b)
{
	vuicc_state_kept_drop(b->at->state);
	privkey_free(b->s.otsk);
	b->s.otsk = NULL;
}

void
bench_bpp(struct bench *b, const char *cc)
{
	static const uint32_t	 outer[] = { 0xBF21, 0xA0 };
	struct buf		 der = {0};
	struct why		 why = {""};

	must(vuicc_card_prepare(&b->at->card, &b->s, cc, &der, &why),
	    "PrepareDownload", &why);
	lpa_resign(b, outer, 2, buf_slice(&b->s.sig2), &der);
	lpa_post(b, "getBoundProfilePackage", "prepareDownloadResponse",
	    &der);
	buf_free(&der);
}

void
bench_cancel(struct bench *b, long reason)
{
	static const uint32_t	 outer[] = { 0xBF41, 0xA0 };
	struct buf		 der = {0};

	if (vuicc_card_cancel(&b->at->card, &b->s, reason, &der) != 0)
		bench_broken("CancelSession", "the card cannot");
	lpa_resign(b, outer, 2, slice_of(NULL, 0), &der);
	lpa_post(b, "cancelSession", "cancelSessionResponse", &der);
	buf_free(&der);
}

/* Not with install-error, nor what the card has already: it says so then. */
void
bench_load(struct bench *b)
{
	struct bpp_answer	 a;
	struct why		 why = {""};
	int			 r;

	must(bpp_answer_read(b->answer, "", &a, &why), "answer", &why);
	r = vuicc_card_load(&b->at->card, &b->s, buf_slice(&a.bpp), NULL,
	    &why);
	bpp_answer_free(&a);
	if (r != 0 && r != DPE_EXISTS &&
	    !(r == DPE_STATE && b->odds.on[ODD_INSTALL_ERROR]))
		bench_broken("LoadBoundProfilePackage", why.text);
}

/* The oldest notification waits until all others are sent. */
void
bench_later(struct bench *b)
{
	struct vuicc_state	*st = b->at->state;
	struct vuicc_pending	 first = st->pending[0];

	if (st->n_pending == 0)
		bench_broken("notification", "none is pending");
	memmove(&st->pending[0], &st->pending[1],
	    (st->n_pending - 1) * sizeof(first));
	st->pending[st->n_pending - 1] = first;
}

/* The oldest notification of the card, which forgets it or keeps it. */
void
bench_notify(struct bench *b, bool keep)
{
	static const uint32_t	 pir[] = { 0xBF37 }, other[] = { 0x30 };
	struct vuicc_state	*st = b->at->state;
	json_t			*rq = json_object();
	struct buf		 der = {0};

	if (st->n_pending == 0)
		bench_broken("notification", "none is pending");
	buf_set(&der, buf_slice(&st->pending[0].der));
	if (!keep)
		vuicc_state_pending_del(st, 0);
	lpa_resign(b, der_peek(buf_slice(&der)) == 0xBF37 ? pir : other, 1,
	    slice_of(NULL, 0), &der);
	lpa_last(b, &der);
	vuicc_json_der(rq, "pendingNotification", buf_slice(&der));
	buf_free(&der);
	bench_post(b, "handleNotification", rq);
}

void
bench_event(struct bench *b, const char *what)
{
	struct why	 why = {""};
	int		 r;

	if (strcmp(what, "enable") == 0)
		r = vuicc_card_enable(&b->at->card, b->iccid, &why);
	else if (strcmp(what, "disable") == 0)
		r = vuicc_card_disable(&b->at->card, b->iccid, &why);
	else
		r = vuicc_card_delete(&b->at->card, b->iccid, &why);
	must(r, what, &why);
}
