/* SPDX-License-Identifier: Apache-2.0 */
/* What the CIs have revoked: the lists of DIR/crl in one sorted table. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "certs/crl.h"
#include "certs/pki_parts.h"

/* Zero-padded, so that it compares as bytes. */
struct revoked {
	uint8_t	ci[20];
	uint8_t	len;
	uint8_t	serial[CERT_SERIAL_MAX];
};

static int
revoked_cmp(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct revoked));
}

static void
revoked_make(struct revoked *r, struct slice ci, struct slice serial)
{
	memset(r, 0, sizeof(*r));
	memcpy(r->ci, ci.p, sizeof(r->ci));
	r->len = (uint8_t)serial.len;
	memcpy(r->serial, serial.p, serial.len);
}

/*
 * Of several lists of one CI the one counts that is good for longest; one
 * without a time is never due.
 */
static void
crl_due(struct pki *p, const struct pki_ci *ci, const struct crl *crl)
{
	int64_t	*due = &p->crl_due[ci - p->ci];
	int64_t	 next = crl->next_update == 0 ? INT64_MAX : crl->next_update;

	if (next > *due)
		*due = next;
}

bool
pki_crl_stale(const struct pki *p, const struct pki_ci *ci, int64_t now,
    int64_t *since)
{
	int64_t	 due = p->crl_due[ci - p->ci];

	if (since != NULL)
		*since = due;
	return due != 0 && now > due;
}

static int
crl_take(struct pki *p, struct slice der)
{
	const struct pki_ci	*ci;
	struct slice		 serial;
	struct crl		 crl;
	int			 r;

	if ((r = crl_parse(der, &crl)) != 0)
		return r;
	if ((ci = pki_ci_find(p, crl.aki)) == NULL)
		return DPE_CI;
	if ((r = sig_verify_der(p->crypto, pki_ci_key(p, ci), crl.tbs,
	    crl.signature)) != 0)
		return r;
	crl_due(p, ci, &crl);
	while ((r = crl_next(&crl.entries, &serial)) == 0)
		revoked_make((struct revoked *)(void *)buf_grow(&p->revoked,
		    sizeof(struct revoked)), ci->cert.ski, serial);
	return r == DPE_NOTFOUND ? 0 : r;
}

int
pki_crl_load(struct pki *p, const char *path, struct why *why)
{
	struct buf	 text = {0}, der = {0};
	int		 r;

	if ((r = file_read(path, LIM_CRL, &text, why)) != 0)
		goto out;
	if ((r = armor_open(buf_slice(&text), "X509 CRL", &der)) == 0)
		r = crl_take(p, buf_slice(&der));
	if (r == DPE_CI)
		why_set(why, r, "%s: not of a CI in ci/", path);
	else if (r == DPE_SIG)
		why_set(why, r, "%s: not signed by its CI", path);
	else if (r == DPE_UNSUPPORTED)
		why_set(why, r, "%s: a kind of CRL that is not known", path);
	else if (r != 0)
		why_set(why, r, "%s: not a CRL", path);
out:
	buf_free(&text);
	buf_free(&der);
	return r;
}

void
pki_crl_sort(struct pki *p)
{
	if (p->revoked.len > 0)
		qsort(p->revoked.p, p->revoked.len / sizeof(struct revoked),
		    sizeof(struct revoked), revoked_cmp);
}

bool
pki_revoked(const struct pki *p, struct slice ci_ski, struct slice serial)
{
	struct revoked	 key;

	if (p->revoked.len == 0 || ci_ski.len != sizeof(key.ci) ||
	    serial.len > sizeof(key.serial))
		return false;
	revoked_make(&key, ci_ski, serial);
	return bsearch(&key, p->revoked.p,
	    p->revoked.len / sizeof(struct revoked), sizeof(struct revoked),
	    revoked_cmp) != NULL;
}
