/* SPDX-License-Identifier: Apache-2.0 */
/* vuicc: a virtual eUICC with an LPA, to try an SM-DP+ with.  See vuicc(1). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "certs/issue.h"
#include "tools/vuicc_forge.h"
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

static void
keep_text(char **to, const char *from)
{
	char	*copy;

	if (from == NULL)
		return;
	copy = xstrdup(from);
	free(*to);
	*to = copy;
}

/* Directories are remembered whole, so that notify works from anywhere. */
static void
keep_path(char **to, const char *from)
{
	char	*whole = from == NULL ? NULL : realpath(from, NULL);

	keep_text(to, whole == NULL ? from : whole);
	free(whole);
}

/* What the command line says goes before what the state remembers. */
static int
vuicc_trust(struct vuicc *v, struct why *why)
{
	struct vuicc_trust	*t = &v->state->trust;
	const struct vuicc_opt	*o = &v->opt;
	size_t			 i;

	if (o->eid != NULL && t->eid != NULL && strcmp(o->eid, t->eid) != 0)
		return why_set(why, DPE_USAGE, "%s: the state of another "
		    "card, %s", o->state, t->eid);
	if (o->pki != NULL || o->eid != NULL || o->cafile != NULL ||
	    o->n_connect > 0)
		v->state->dirty = true;
	keep_text(&t->eid, o->eid);
	keep_path(&t->pki, o->pki);
	keep_path(&t->cafile, o->cafile);
	if (o->n_connect > 0) {
		for (i = 0; i < o->n_connect; i++)
			keep_text(&t->connect[i], o->connect[i]);
		t->n_connect = o->n_connect;
	}
	if (t->pki == NULL || t->eid == NULL)
		return why_set(why, DPE_USAGE, "%s: needs --pki and --eid",
		    o->verb);
	return 0;
}

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

static int
vuicc_open_http(struct vuicc *v, struct why *why)
{
	const struct vuicc_trust	*t = &v->state->trust;
	struct vuicc_http_conf		 conf;
	struct buf			 pem = {0};
	size_t				 i;
	int				 r;

	for (i = 0; i < pki_ci_count(v->pki); i++)
		issue_pem(buf_slice(&pki_ci_at(v->pki, i)->der),
		    "CERTIFICATE", &pem);
	memset(&conf, 0, sizeof(conf));
	conf.ca_pem = buf_slice(&pem);
	conf.cafile = t->cafile;
	conf.connect = t->connect;
	conf.n_connect = t->n_connect;
	conf.reconnect = v->opt.reconnect;
	conf.asn1 = v->opt.asn1;
	conf.trace = v->opt.trace;
	r = vuicc_http_new(&conf, &v->http, why);
	buf_free(&pem);
	return r;
}

/* download and notify: what talks to a server. */
static int
vuicc_online(struct vuicc *v, struct why *why)
{
	struct vuicc_result	 res;
	struct vuicc_lpa	 lpa;
	int			 r;

	if ((r = vuicc_open_http(v, why)) != 0)
		return r;
	memset(&res, 0, sizeof(res));
	lpa.card = &v->card;
	lpa.http = v->http;
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
	int			 r;

	if ((r = vuicc_state_open(o->state, !download, &v->state, why)) != 0)
		return r;
	if (strcmp(o->verb, "list") == 0) {
		vuicc_report_list(o, v->state);
		return 0;
	}
	if ((r = vuicc_trust(v, why)) != 0 ||
	    (r = vuicc_open_card(v, why)) != 0)
		return r;
	if (download || strcmp(o->verb, "notify") == 0)
		return vuicc_online(v, why);
	return vuicc_offline(v, why);
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
