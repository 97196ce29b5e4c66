/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_open.h"

#include <stdlib.h>
#include <string.h>

#include "certs/issue.h"

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

int
vuicc_open_trust(const struct vuicc_opt *o, const char *eid,
    struct vuicc_state *st, struct why *why)
{
	struct vuicc_trust	*t = &st->trust;
	size_t			 i;

	if (eid != NULL && t->eid != NULL && strcmp(eid, t->eid) != 0)
		return why_set(why, DPE_USAGE, "%s: the state of another "
		    "card, %s", st->path, t->eid);
	if (o->pki != NULL || eid != NULL || o->cafile != NULL ||
	    o->n_connect > 0)
		st->dirty = true;
	keep_text(&t->eid, eid);
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

int
vuicc_open_http(const struct vuicc_opt *o, const struct vuicc_trust *t,
    const struct pki *pki, struct vuicc_http **out, struct why *why)
{
	struct vuicc_http_conf	 conf;
	struct buf		 pem = {0};
	size_t			 i;
	int			 r;

	for (i = 0; i < pki_ci_count(pki); i++)
		issue_pem(buf_slice(&pki_ci_at(pki, i)->der),
		    "CERTIFICATE", &pem);
	memset(&conf, 0, sizeof(conf));
	conf.ca_pem = buf_slice(&pem);
	conf.cafile = t->cafile;
	conf.connect = t->connect;
	conf.n_connect = t->n_connect;
	conf.reconnect = o->reconnect;
	conf.asn1 = o->asn1;
	conf.eim_id = o->eim_id;
	conf.trace = o->trace;
	r = vuicc_http_new(&conf, out, why);
	buf_free(&pem);
	return r;
}
