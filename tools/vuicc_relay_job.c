/* SPDX-License-Identifier: Apache-2.0 */
/* One EID of the eIM: its card and its IPA, for as long as it is their turn. */
#include <string.h>

#include "tools/vuicc_forge.h"
#include "tools/vuicc_open.h"
#include "tools/vuicc_relay.h"

/* A card with its state, as the IPA in the device has it. */
struct device {
	struct vuicc_state	*state;
	struct vuicc_card	 card;
	struct vuicc_lpa	 lpa;
};

static int
device_open(struct relay_worker *w, const struct relay_job *j,
    struct device *d, struct why *why)
{
	const struct vuicc_opt	*o = w->relay->opt;
	struct buf		 path = {0};
	int			 r;

	memset(d, 0, sizeof(*d));
	buf_addf(&path, "%s/%s.state", o->state, j->order->eid);
	if ((r = vuicc_state_open(buf_cstr(&path), false, &d->state,
	    why)) != 0 ||
	    (r = vuicc_open_trust(o, j->order->eid, d->state, why)) != 0 ||
	    (r = vuicc_card_open(&d->card, o->pki, j->order->eid, w->crypto,
	    w->pki, d->state, why)) != 0)
		goto out;
	d->card.odds = &o->odds;
	d->card.iot = true;
	d->lpa.card = &d->card;
	d->lpa.http = w->http;
	d->lpa.relay = true;
	d->lpa.reencode = o->reencode;
	r = vuicc_forge(&d->card, o->pki, why);
out:
	buf_free(&path);
	return r;
}

static void
device_close(struct device *d)
{
	if (d->card.key != NULL)
		vuicc_card_close(&d->card);
	vuicc_state_free(d->state);
}

/* What is on the card's list goes first; that it fails is an old failure. */
static int
job_list(struct device *d, struct relay_job *j)
{
	return vuicc_notify_send(&d->lpa, j->order->download ?
	    d->state->seq : -1, &j->res);
}

void
relay_job_download(struct relay_worker *w, struct relay_job *j)
{
	struct vuicc_want	 want = w->relay->opt->want;
	struct device		 d;

	want.code = j->order->code;
	want.no_mid = j->order->no_mid;
	if ((j->r = device_open(w, j, &d, &j->res.why)) == 0 &&
	    (j->r = job_list(&d, j)) == 0 && j->order->download)
		j->r = vuicc_download(&d.lpa, &want, &j->res);
	device_close(&d);
}

void
relay_job_poll(struct relay_worker *w, struct relay_job *j)
{
	const struct vuicc_odds	*odds = &w->relay->opt->odds;
	struct why		 why = j->res.why;
	struct device		 d;
	int			 r;

	if (j->order->download && !j->res.stopped &&
	    !vuicc_odd(odds, ODD_SKIP_NOTIFY)) {
		if ((r = device_open(w, j, &d, &j->res.why)) == 0)
			r = vuicc_notify_send(&d.lpa, -1, &j->res);
		device_close(&d);
		if (j->r == 0)
			j->r = r;
		else
			j->res.why = why;
	}
	pthread_mutex_lock(&w->relay->lock);
	relay_report_job(w->relay, j);
	pthread_mutex_unlock(&w->relay->lock);
}
