/* SPDX-License-Identifier: Apache-2.0 */
/* Revocation lists: one a CI, in crl/NAME.crl (spec 04, 3.4). */
#include "tools/pki_crl.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

/* What is done to a list that is there already, or is not. */
enum crl_mode { CRL_NEW, CRL_ADD, CRL_RENEW };

struct crl_change {
	enum crl_mode		 mode;
	struct issue_revoked	*add;
	size_t			 n;
};

static int
crl_write(struct pki_lab *l, const struct pki_want *w, const char *path,
    const struct pki_pair *ci, const struct crl_change *ch, struct why *why)
{
	struct buf	 before = {0}, der = {0}, pem = {0};
	int64_t		 days = w->days > 0 ? w->days : DAYS_CRL;
	int		 r = 0;

	if (ch->mode != CRL_NEW)
		r = issue_crl_load(path, &before, why);
	if (r == DPE_NOTFOUND && ch->mode == CRL_ADD)
		r = 0;
	if (r != 0)
		goto out;
	r = issue_crl(l->crypto, ci->key, buf_slice(&ci->der),
	    buf_slice(&before), ch->add, ch->n, l->now, l->now + days * DAY,
	    &der);
	if (r != 0) {
		why_set(why, r, "%s: %s", path, r == DPE_EXISTS ?
		    "revoked already" : err_text(r));
		goto out;
	}
	issue_pem(buf_slice(&der), "X509 CRL", &pem);
	r = file_write(path, buf_slice(&pem), 0644, ch->mode == CRL_NEW, why);
	if (r == 0)
		pki_made(w, path);
out:
	buf_free(&before);
	buf_free(&der);
	buf_free(&pem);
	return r;
}

static int
crl_change(struct pki_lab *l, const struct pki_want *w, const char *sub,
    const struct pki_pair *ci, const struct crl_change *ch, struct why *why)
{
	struct buf	 path = {0};
	int		 r;

	buf_addf(&path, "%s/%s", l->dir, sub);
	if ((r = file_mkdir(buf_cstr(&path), 0755, why)) == 0) {
		buf_addf(&path, "/%s.crl", ci->name);
		r = crl_write(l, w, buf_cstr(&path), ci, ch, why);
	}
	buf_free(&path);
	return r;
}

struct crl_all {
	struct pki_lab		*l;
	const struct pki_want	*w;
	enum crl_mode		 mode;
	size_t			 n;
	struct why		*why;
};

static int
crl_named(const struct crl_all *a, const char *name)
{
	struct crl_change	 ch = { a->mode, NULL, 0 };
	struct pki_pair		 ci = {0};
	int			 r;

	if ((r = pki_pair_load(a->l, "ci", name, &ci, a->why)) == 0)
		r = crl_change(a->l, a->w, "crl", &ci, &ch, a->why);
	pki_pair_free(&ci);
	return r;
}

/* file_each over ci/: every CI with a key that has, or has not, a list. */
static int
crl_each(void *arg, const char *file)
{
	struct crl_all	*a = arg;
	struct buf	 path = {0};
	char		 name[PKI_NAME];
	int		 r = 0, n = (int)strlen(file) - 4;

	if (n < 1 || n >= PKI_NAME)
		return 0;
	snprintf(name, sizeof(name), "%.*s", n, file);
	buf_addf(&path, "%s/crl/%s.crl", a->l->dir, name);
	if ((access(buf_cstr(&path), F_OK) == 0) == (a->mode == CRL_RENEW)) {
		a->n++;
		r = crl_named(a, name);
	}
	buf_free(&path);
	return r;
}

static int
crl_all(struct pki_lab *l, const struct pki_want *w, enum crl_mode mode,
    struct why *why)
{
	struct crl_all	 a = { l, w, mode, 0, why };
	struct buf	 dir = {0};
	int		 r;

	if (w->name != NULL)
		return crl_named(&a, w->name);
	buf_addf(&dir, "%s/ci", l->dir);
	r = file_each(buf_cstr(&dir), ".key", crl_each, &a, why);
	if (r == 0 && a.n == 0)
		r = mode == CRL_NEW ? why_set(why, DPE_EXISTS,
		    "%s/crl: every CI has its list", l->dir) :
		    why_set(why, DPE_NOTFOUND, "%s/crl: no list of a CI "
		    "with a key", l->dir);
	buf_free(&dir);
	return r;
}

int
pki_lab_crl_new(struct pki_lab *l, const struct pki_want *w, struct why *why)
{
	return crl_all(l, w, CRL_NEW, why);
}

int
pki_crl_renew(struct pki_lab *l, const struct pki_want *w, struct why *why)
{
	return crl_all(l, w, CRL_RENEW, why);
}

int
pki_lab_revoke(struct pki_lab *l, enum pki_kind kind,
    const struct pki_want *w, struct why *why)
{
	struct issue_revoked	 add[2];
	struct crl_change	 ch = { CRL_ADD, add, 0 };
	struct pki_pair		 ci = {0};
	struct buf		 files[2] = {0}, der[2] = {0};
	struct cert		 c = {0};
	size_t			 i;
	int			 r;

	if (kind == PKI_EUICC)
		return why_set(why, DPE_UNSUPPORTED, "%s: no list has cards; "
		    "what is revoked is their EUM (SGP.22 2.7)",
		    w->name == NULL ? "euicc" : w->name);
	if ((r = pki_name_check(w->name, why)) != 0)
		return r;
	ch.n = pki_lab_files(l, kind, w->name, files);
	for (i = 0; r == 0 && i < ch.n; i++) {
		if ((r = cert_load(buf_cstr(&files[i]), &der[i], why)) != 0)
			break;
		if ((r = cert_parse(buf_slice(&der[i]), &c)) != 0)
			why_set(why, r, "%s: %s", buf_cstr(&files[i]),
			    err_text(r));
		add[i].serial = c.serial;
		add[i].since = l->now;
		add[i].expires = c.not_after;
	}
	if (r == 0 && (r = pki_lab_issuer(l, kind, &c, &ci, why)) == 0)
		r = crl_change(l, w, kind == PKI_CLIENT ? "es2" : "crl", &ci,
		    &ch, why);
	pki_pair_free(&ci);
	for (i = 0; i < 2; i++) {
		buf_free(&files[i]);
		buf_free(&der[i]);
	}
	return r;
}
