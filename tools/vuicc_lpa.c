/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_lpa.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "tools/vuicc_answer.h"

/* One download on its way. */
struct download {
	struct vuicc_lpa	*lpa;
	const struct vuicc_want	*want;
	struct vuicc_result	*res;
	struct vuicc_session	 s;
	int64_t			 seq;	/* before the download */
	struct buf		 der;	/* the message being built */
};

/* A request with the transactionId, or with another on purpose. */
static json_t *
lpa_request(struct download *d, enum vuicc_odd odd)
{
	json_t		*o = json_object();
	struct buf	 copy = {0}, text = {0};
	size_t		 i;

	hex_add(&text, vuicc_card_tid(d->lpa->card, &d->s, odd, &copy));
	for (i = 0; d->lpa->relay && i < text.len; i++)
		text.p[i] = (uint8_t)tolower(text.p[i]);
	json_object_set_new(o, "transactionId",
	    json_string(buf_cstr(&text)));
	buf_free(&copy);
	buf_free(&text);
	return o;
}

/* Make the file, and wait until somebody removes it. */
static void
lpa_pause(const char *path)
{
	const struct timespec	 tick = { 0, 20000000 };

	if (file_write(path, slice_str("paused\n"), 0600, false, NULL) != 0)
		return;
	while (access(path, F_OK) == 0)
		nanosleep(&tick, NULL);
}

/* Was it asked to end here, or to wait? */
static bool
lpa_stop(struct download *d, enum vuicc_step step)
{
	if (d->want->pause_file != NULL && d->want->pause_step == step)
		lpa_pause(d->want->pause_file);
	if (!vuicc_odd_at(d->lpa->card->odds, ODD_STOP_AFTER, step))
		return false;
	d->res->stopped = true;
	return true;
}

/* The OID of the activation code names the SM-DP+ too (4.1). */
static int
lpa_check_oid(struct download *d)
{
	char	 oid[64];

	if (d->want->code.oid[0] == '\0')
		return 0;
	if (oid_text(d->s.auth.rid, oid, sizeof(oid)) != 0 ||
	    strcmp(oid, d->want->code.oid) != 0)
		return why_set(&d->res->why, DPE_CERT,
		    "CERT.DPauth: not the OID of the activation code");
	return 0;
}

/* What the card has read of serverSigned1 is what was said around it. */
static int
lpa_check_init(struct download *d, const struct init_answer *a)
{
	char		 tid[2 * LIM_TID + 1];
	char		*address;
	int		 r = 0;

	hex_put(tid, buf_slice(&d->s.tid));
	address = slice_dup(buf_slice(&d->s.address));
	if (strcasecmp(tid, a->tid) != 0)
		r = why_set(&d->res->why, DPE_PEER, "initiateAuthentication: "
		    "transactionId differs from the signed one");
	else if (strcasecmp(address, d->want->code.address) != 0)
		r = why_set(&d->res->why, DPE_PEER, "initiateAuthentication: "
		    "the server signs as %.100s", address);
	else
		memcpy(d->res->tid, tid, sizeof(tid));
	free(address);
	return r == 0 ? lpa_check_oid(d) : r;
}

static int
lpa_init_answer(struct download *d, const json_t *body)
{
	struct init_answer	 a;
	struct vuicc_server	 in;
	const char		*mid = d->want->no_mid ? NULL :
				    d->want->code.matching_id;
	int			 r;

	if ((r = init_answer_read(body, d->res->tid, &a,
	    &d->res->why)) != 0)
		goto out;
	in.signed1 = buf_slice(&a.signed1);
	in.signature1 = buf_slice(&a.signature1);
	in.ci_id = buf_slice(&a.ci_id);
	in.cert = buf_slice(&a.cert);
	in.ctx = slice_of(NULL, 0);
	if ((r = vuicc_card_authenticate(d->lpa->card, &d->s, &in, mid,
	    &d->der, &d->res->why)) == 0)
		r = lpa_check_init(d, &a);
out:
	init_answer_free(&a);
	return r;
}

static int
lpa_init(struct download *d)
{
	struct vuicc_card	*card = d->lpa->card;
	const char		*address = d->want->code.address;
	json_t			*req = json_object(), *body = NULL;
	int			 r;

	if ((r = vuicc_card_info1(card, &d->der)) != 0) {
		r = why_set(&d->res->why, r, "EUICCInfo1: %s", err_text(r));
		goto out;
	}
	vuicc_odd_mangle(card->odds, STEP_INIT, &d->der);
	vuicc_json_der(req, "euiccChallenge",
	    slice_of(d->s.challenge, sizeof(d->s.challenge)));
	vuicc_json_der(req, "euiccInfo1", buf_slice(&d->der));
	json_object_set_new(req, "smdpAddress",
	    json_string(vuicc_odd(card->odds, ODD_WRONG_ADDRESS) ?
	    "not.the.address.example" : address));
	buf_cut(&d->der, 0);
	if ((r = vuicc_call(d->lpa, address, "initiateAuthentication", req,
	    200, &body, d->res)) == 0)
		r = lpa_init_answer(d, body);
out:
	json_decref(req);
	json_decref(body);
	return r;
}

/* The ICCID of what is offered, for the report. */
static int
lpa_read_metadata(struct download *d)
{
	struct store_metadata	 m;
	int			 r;

	if ((r = store_metadata_decode(buf_slice(&d->s.metadata),
	    &m)) != 0 || (r = iccid_from_ef(m.iccid, d->res->iccid)) != 0)
		why_set(&d->res->why, r, "profileMetadata: %s", err_text(r));
	msg_free(&m.msg);
	return r;
}

static int
lpa_auth_answer(struct download *d, const json_t *body)
{
	struct auth_answer	 a;
	struct vuicc_offer	 in;
	int			 r;

	if ((r = auth_answer_read(body, d->res->tid, &a,
	    &d->res->why)) != 0)
		goto out;
	in.metadata = buf_slice(&a.metadata);
	in.signed2 = buf_slice(&a.signed2);
	in.signature2 = buf_slice(&a.signature2);
	in.cert = buf_slice(&a.cert);
	if ((r = vuicc_card_offer(d->lpa->card, &d->s, &in,
	    &d->res->why)) == 0 && (r = lpa_read_metadata(d)) == 0)
		d->res->cc_required = d->s.cc_required;
out:
	auth_answer_free(&a);
	return r;
}

static int
lpa_auth(struct download *d)
{
	const struct vuicc_odds	*odds = d->lpa->card->odds;
	json_t			*req, *body = NULL;
	int			 r;

	req = lpa_request(d, ODD_OTHER_JSON_TID);
	vuicc_odd_mangle(odds, STEP_AUTH, &d->der);
	vuicc_json_der(req, "authenticateServerResponse", buf_slice(&d->der));
	buf_cut(&d->der, 0);
	r = vuicc_call(d->lpa, d->want->code.address, "authenticateClient",
	    req, 200, &body, d->res);
	if (r == 0 && vuicc_odd(odds, ODD_REPLAY_AUTH)) {
		json_decref(body);
		r = vuicc_call(d->lpa, d->want->code.address,
		    "authenticateClient", req, 200, &body, d->res);
	}
	if (r == 0)
		r = lpa_auth_answer(d, body);
	json_decref(req);
	json_decref(body);
	return r;
}

static int
lpa_cancel(struct download *d, long reason)
{
	json_t	*req, *body = NULL;
	int	 r;

	buf_cut(&d->der, 0);
	if ((r = vuicc_card_cancel(d->lpa->card, &d->s, reason,
	    &d->der)) != 0)
		return why_set(&d->res->why, r, "CancelSessionResponse: %s",
		    err_text(r));
	vuicc_odd_mangle(d->lpa->card->odds, STEP_CANCEL, &d->der);
	req = lpa_request(d, ODD_OTHER_JSON_TID2);
	vuicc_json_der(req, "cancelSessionResponse", buf_slice(&d->der));
	r = vuicc_call(d->lpa, d->want->code.address, "cancelSession", req,
	    200, &body, d->res);
	if (r == 0)
		d->res->cancelled = true;
	json_decref(req);
	json_decref(body);
	return r;
}

/*
 * An IPA cancels what has failed, whatever else was said of it, and does not
 * care for the answer (spec 07, 5).
 */
static void
lpa_give_up(struct download *d, long reason)
{
	struct why	 why = d->res->why;
	bool		 told = d->res->refusal.function != NULL;

	if (!d->lpa->relay)
		return;
	if (lpa_cancel(d, reason) != 0 && !told)
		vuicc_result_forgive(d->res);
	d->res->why = why;
}

/* Send what the card has to say, unless it was told to keep it. */
static int
lpa_results(struct download *d)
{
	int	 r;

	if ((r = vuicc_state_save(d->lpa->card->state, &d->res->why)) != 0 ||
	    lpa_stop(d, STEP_INSTALL) ||
	    vuicc_odd(d->lpa->card->odds, ODD_SKIP_NOTIFY))
		return r;
	return d->lpa->relay ? vuicc_notify_ahead(d->lpa, d->seq, d->res) :
	    vuicc_notify_send(d->lpa, d->seq, d->res);
}

/* Load it; what does not agree with the offer is cancelled (3.1.3.2, 12). */
static int
lpa_load(struct download *d, struct slice bpp)
{
	struct why	 why;
	int		 r, r2;

	if ((r = vuicc_card_load(d->lpa->card, &d->s, bpp, d->want->upp,
	    &d->res->why)) == 0)
		d->res->installed = true;
	why = d->res->why;
	r2 = r == DPE_PEER ? lpa_cancel(d, 4) : lpa_results(d);
	if (r != 0 && r != DPE_PEER && !d->res->stopped)
		lpa_give_up(d, 5);
	if (r == DPE_STATE &&
	    vuicc_odd(d->lpa->card->odds, ODD_INSTALL_ERROR))
		return r2;	/* as asked */
	if (r != 0)
		d->res->why = why;
	return r != 0 ? r : r2;
}

static int
lpa_bpp_answer(struct download *d, const json_t *body)
{
	struct bpp_answer	 a;
	int			 r;

	if ((r = bpp_answer_read(body, d->res->tid, &a,
	    &d->res->why)) != 0)
		goto out;
	if (lpa_stop(d, STEP_BPP))
		goto out;
	if (d->want->cancel && d->want->cancel_step == STEP_BPP)
		r = lpa_cancel(d, d->want->cancel_reason);
	else
		r = lpa_load(d, buf_slice(&a.bpp));
out:
	bpp_answer_free(&a);
	return r;
}

static int
lpa_bpp(struct download *d)
{
	const struct vuicc_odds	*odds = d->lpa->card->odds;
	json_t			*req = NULL, *body = NULL;
	int			 r;

	if ((r = vuicc_card_prepare(d->lpa->card, &d->s, d->want->cc,
	    &d->der, &d->res->why)) != 0)
		return r;
	vuicc_odd_mangle(odds, STEP_BPP, &d->der);
	req = lpa_request(d, ODD_OTHER_JSON_TID2);
	vuicc_json_der(req, "prepareDownloadResponse", buf_slice(&d->der));
	r = vuicc_call(d->lpa, d->want->code.address,
	    "getBoundProfilePackage", req, 200, &body, d->res);
	if (r == 0 && vuicc_odd(odds, ODD_REPLAY_BPP)) {
		json_decref(body);
		r = vuicc_call(d->lpa, d->want->code.address,
		    "getBoundProfilePackage", req, 200, &body, d->res);
	}
	if (r == 0)
		r = lpa_bpp_answer(d, body);
	else
		lpa_give_up(d, 127);
	json_decref(req);
	json_decref(body);
	return r;
}

int
vuicc_download(struct vuicc_lpa *lpa, const struct vuicc_want *want,
    struct vuicc_result *res)
{
	struct download	 d;
	struct why	 why;
	int		 r;

	memset(&d, 0, sizeof(d));
	d.lpa = lpa;
	d.want = want;
	d.res = res;
	d.seq = lpa->card->state->seq;
	vuicc_session_init(lpa->card, &d.s);
	if (!lpa->relay)
		vuicc_http_hang_up(lpa->http);
	if ((r = lpa_init(&d)) != 0 || lpa_stop(&d, STEP_INIT) ||
	    (r = lpa_auth(&d)) != 0 || lpa_stop(&d, STEP_AUTH))
		goto out;
	if (want->cancel && want->cancel_step == STEP_AUTH)
		r = lpa_cancel(&d, want->cancel_reason);
	else
		r = lpa_bpp(&d);
out:
	if (vuicc_state_save(lpa->card->state, &why) != 0 && r == 0) {
		res->why = why;
		r = DPE_IO;
	}
	vuicc_session_free(&d.s);
	buf_free(&d.der);
	return r;
}
