/* SPDX-License-Identifier: Apache-2.0 */
/* Renewal: the same keys and names, other dates. */
#include "tools/pki_pair.h"

#include <string.h>

#include "base/file.h"
#include "tools/pki_crl.h"

static const struct {
	const char	*sub, *prefix, *issuers;
} kinds[] = {
	[PKI_CI] = { "ci", "", "ci" },
	[PKI_EUM] = { "eum", "", "ci" },
	[PKI_EUICC] = { "euicc", "", "eum" },
	[PKI_DP] = { "dp", "", "ci" },
	[PKI_TLS] = { "tls", "", "ci" },
	[PKI_CLIENT] = { "es2", "client-", "es2" },
	[PKI_CRL] = { "crl", "", "ci" }
};

void
pki_lab_path(const struct pki_lab *l, enum pki_kind kind, const char *name,
    struct buf *out)
{
	buf_addf(out, "%s/%s/%s%s", l->dir, kinds[kind].sub,
	    kinds[kind].prefix, name);
}

size_t
pki_lab_files(const struct pki_lab *l, enum pki_kind kind, const char *name,
    struct buf files[2])
{
	size_t	 i, n = kind == PKI_DP ? 2 : 1;

	for (i = 0; i < n; i++) {
		pki_lab_path(l, kind, name, &files[i]);
		if (kind == PKI_DP)
			buf_add_str(&files[i], i == 0 ? "/auth" : "/pb");
		buf_add_str(&files[i], ".crt");
	}
	return n;
}

int
pki_lab_issuer(struct pki_lab *l, enum pki_kind kind, const struct cert *c,
    struct pki_pair *out, struct why *why)
{
	return pki_issuer_find(l, kinds[kind].issuers, c, out, why);
}

/* The new certificate for the one in this file, as PEM. */
static int
renew_issue(struct pki_lab *l, enum pki_kind kind, const struct pki_want *w,
    const char *file, struct buf *pem, struct why *why)
{
	struct pki_pair	 issuer = {0};
	struct buf	 old = {0}, der = {0};
	struct cert	 c;
	int64_t		 from, to;
	int		 r;

	if ((r = cert_load(file, &old, why)) != 0)
		goto out;
	if ((r = cert_parse(buf_slice(&old), &c)) != 0) {
		why_set(why, r, "%s: not a certificate of ours: %s", file,
		    err_text(r));
		goto out;
	}
	if ((r = pki_lab_issuer(l, kind, &c, &issuer, why)) != 0)
		goto out;
	pki_dates(l, c.has_role ? c.role : ROLE_NONE, w->days, &from, &to);
	r = issue_renew(l->crypto, buf_slice(&old), issuer.key, from, to,
	    &der);
	if (r != 0)
		why_set(why, r, "%s: cannot be issued: %s", file,
		    err_text(r));
	else
		issue_pem(buf_slice(&der), "CERTIFICATE", pem);
out:
	pki_pair_free(&issuer);
	buf_free(&old);
	buf_free(&der);
	return r;
}

int
pki_lab_renew(struct pki_lab *l, enum pki_kind kind, const struct pki_want *w,
    struct why *why)
{
	struct buf	 files[2] = {0}, pem[2] = {0};
	size_t		 i, n;
	int		 r;

	if (kind == PKI_CRL)
		return pki_crl_renew(l, w, why);
	if ((r = pki_name_check(w->name, why)) != 0)
		return r;
	/* Both of a pair are issued before the first is written. */
	n = pki_lab_files(l, kind, w->name, files);
	for (i = 0; r == 0 && i < n; i++)
		r = renew_issue(l, kind, w, buf_cstr(&files[i]), &pem[i],
		    why);
	for (i = 0; r == 0 && i < n; i++)
		if ((r = file_write(buf_cstr(&files[i]), buf_slice(&pem[i]),
		    0644, false, why)) == 0)
			pki_made(w, buf_cstr(&files[i]));
	for (i = 0; i < 2; i++) {
		buf_free(&files[i]);
		buf_free(&pem[i]);
	}
	return r;
}
