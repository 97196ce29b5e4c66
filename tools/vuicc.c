/* SPDX-License-Identifier: Apache-2.0 */
/* vuicc: a virtual eUICC with an LPA, to try an SM-DP+ with.  See vuicc(1). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tools/vuicc_forge.h"
#include "tools/vuicc_lpac.h"
#include "tools/vuicc_open.h"
#include "tools/vuicc_relay.h"
#include "tools/vuicc_report.h"

struct vuicc {
	struct vuicc_opt	 opt;
	struct vuicc_state	*state;
	struct crypto		*crypto;
	struct pki		*pki;
	struct vuicc_card	 card;
	struct vuicc_http	*http;
	struct buf		 upp;
};

static int
vuicc_open_card(struct vuicc *v, struct why *why)
{
	const struct vuicc_trust	*t = &v->state->trust;
	int				 r;

	if ((r = crypto_new(&v->crypto)) != 0)
		return why_set(why, r, "OpenSSL does not start");
	if ((r = pki_load(t->pki, v->crypto, clock_now(&clock_system), false,
	    &v->pki, why)) != 0 ||
	    (r = vuicc_card_open(&v->card, t->pki, t->eid, v->crypto, v->pki,
	    v->state, why)) != 0)
		return r;
	v->card.odds = &v->opt.odds;
	return vuicc_forge(&v->card, t->pki, why);
}

/* download and notify: what talks to a server. */
static int
vuicc_online(struct vuicc *v, struct why *why)
{
	struct vuicc_result	 res;
	struct vuicc_lpa	 lpa;
	int			 r;

	if ((r = vuicc_open_http(&v->opt, &v->state->trust, v->pki, &v->http,
	    why)) != 0)
		return r;
	memset(&res, 0, sizeof(res));
	memset(&lpa, 0, sizeof(lpa));
	lpa.card = &v->card;
	lpa.http = v->http;
	lpa.reencode = v->opt.reencode;
	if (strcmp(v->opt.verb, "notify") == 0)
		r = vuicc_notify_send(&lpa, 0, &res);
	else {
		v->opt.want.upp = v->opt.save_upp == NULL ? NULL : &v->upp;
		r = vuicc_download(&lpa, &v->opt.want, &res);
	}
	vuicc_report(&v->opt, v->card.eid, &res, r);
	if (r != 0)
		vuicc_report_error(&res, r);
	*why = res.why;
	vuicc_result_free(&res);
	if (r == 0 && v->upp.len > 0 && (r = file_write(v->opt.save_upp,
	    buf_slice(&v->upp), 0600, false, why)) != 0)
		fprintf(stderr, "vuicc: %s\n", why->text);
	return r == 0 ? 0 : VUICC_REFUSED;	/* all is said */
}

/* The card behind another LPA. */
static int
vuicc_behind(struct vuicc *v, struct why *why)
{
	int	 r;

	r = vuicc_lpac_run(&v->card, v->opt.command, stdin, stdout, why);
	if (r == VUICC_REFUSED)
		fprintf(stderr, "vuicc: %s\n", why->text);
	return r;
}

/* enable, disable, delete: only the card. */
static int
vuicc_offline(struct vuicc *v, struct why *why)
{
	int	 r;

	if (strcmp(v->opt.verb, "enable") == 0)
		r = vuicc_card_enable(&v->card, v->opt.arg, why);
	else if (strcmp(v->opt.verb, "disable") == 0)
		r = vuicc_card_disable(&v->card, v->opt.arg, why);
	else
		r = vuicc_card_delete(&v->card, v->opt.arg, why);
	return r == 0 ? vuicc_state_save(v->state, why) : r;
}

static int
vuicc_run(struct vuicc *v, struct why *why)
{
	const struct vuicc_opt	*o = &v->opt;
	bool			 download = strcmp(o->verb, "download") == 0;
	bool			 lpac = strcmp(o->verb, "lpac") == 0;
	int			 r;

	if (strcmp(o->verb, "relay") == 0)
		return vuicc_relay(o, why);
	if ((r = vuicc_state_open(o->state, !download && !lpac, &v->state,
	    why)) != 0)
		return r;
	if (strcmp(o->verb, "list") == 0) {
		vuicc_report_list(o, v->state);
		return 0;
	}
	if (strcmp(o->verb, "show") == 0)
		return vuicc_report_show(o, v->state, why);
	if ((r = vuicc_open_trust(o, o->eid, v->state, why)) != 0 ||
	    (r = vuicc_open_card(v, why)) != 0)
		return r;
	if (download || strcmp(o->verb, "notify") == 0)
		return vuicc_online(v, why);
	return lpac ? vuicc_behind(v, why) : vuicc_offline(v, why);
}

static int
vuicc_exit(int r)
{
	return r == 0 ? 0 : r == DPE_USAGE || r == DPE_UNSUPPORTED ? 2 :
	    r == DPE_NOTFOUND ? 3 : 1;
}

int
main(int argc, char **argv)
{
	struct vuicc	 v;
	struct why	 why;
	int		 r;

	memset(&v, 0, sizeof(v));
	r = vuicc_opt_read(argc, argv, &v.opt, &why);
	if (r == 0 && !v.opt.done)
		r = vuicc_run(&v, &why);
	if (r < 0)
		fprintf(stderr, "vuicc: %s\n", why.text);
	vuicc_http_free(v.http);
	vuicc_card_close(&v.card);
	pki_free(v.pki);
	crypto_free(v.crypto);
	vuicc_state_free(v.state);
	buf_free(&v.upp);
	return vuicc_exit(r);
}
