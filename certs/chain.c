/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/chain.h"

#include <string.h>

#include "base/ident.h"
#include "certs/internal.h"

static bool
in_dates(const struct cert *c, int64_t now)
{
	return now >= c->not_before && now <= c->not_after;
}

/* Everything about the EUM's certificate but signature and dates. */
static bool
eum_fits(const struct pki *pki, const struct pki_ci *ci,
    const struct cert *eum)
{
	return eum->has_role && eum->role == ROLE_EUM &&
	    (eum->key_usage & CERT_KU_CERT_SIGN) != 0 &&
	    eum->is_ca && eum->path_len == 0 &&
	    !eum->unknown_critical && eum->has_constraints &&
	    eum->ski.len > 0 && eum->curve == ci->cert.curve &&
	    !pki_revoked(pki, ci->cert.ski, eum->serial);
}

/*
 * The EUM's key, if the CI signed it.  One EUM makes millions of eUICCs, so
 * that the answer is usually known; failures are not remembered.
 */
static int
eum_key(struct crypto *c, struct pki *pki, const struct pki_ci *ci,
    const struct cert *eum, struct pubkey **out)
{
	uint8_t	 hash[32];
	int	 r;

	sha256(c, eum->raw, hash);
	if ((*out = pki_eum_get(pki, hash)) != NULL)
		return 0;
	if ((r = sig_verify_der(c, pki_ci_key(pki, ci), eum->tbs,
	    eum->signature)) != 0 ||
	    (r = pubkey_new(c, eum->curve, eum->point, out)) != 0)
		return r == DPE_SIG || r == DPE_POINT ? DPE_EUM : r;
	pki_eum_put(pki, hash, *out);
	return 0;
}

/* 32 digits that begin with the IIN of a pair whose O is theirs (3.3). */
static bool
euicc_permitted(const struct cert *eum, const struct cert *euicc)
{
	size_t	 i;

	for (i = 0; i < eum->n_permitted; i++)
		if (slice_eq(eum->permitted[i].organization,
		    euicc->organization) &&
		    slice_starts(euicc->serial_number, eum->permitted[i].iin))
			return true;
	return false;
}

static int
euicc_eid(const struct cert *euicc, struct chain *out)
{
	if (euicc->serial_number.len != EID_DIGITS)
		return DPE_EUICC;
	memcpy(out->eid, euicc->serial_number.p, EID_DIGITS);
	out->eid[EID_DIGITS] = '\0';
	return eid_parse(out->eid, out->eid_bcd) == 0 ? 0 : DPE_EUICC;
}

static bool
euicc_fits(const struct cert *eum, const struct cert *euicc)
{
	return slice_eq(euicc->aki, eum->ski) &&
	    slice_eq(euicc->issuer, eum->subject) &&
	    euicc->has_role && euicc->role == ROLE_EUICC &&
	    (euicc->key_usage & CERT_KU_DIGITAL_SIGNATURE) != 0 &&
	    (euicc->key_usage & CERT_KU_CERT_SIGN) == 0 &&
	    !euicc->is_ca && !euicc->unknown_critical &&
	    euicc->curve == eum->curve && euicc_permitted(eum, euicc);
}

static int
euicc_check(struct crypto *c, const struct cert *eum, struct pubkey *key,
    struct slice der, struct cert *euicc, struct chain *out)
{
	if (cert_parse(der, euicc) != 0 || !euicc_fits(eum, euicc) ||
	    euicc_eid(euicc, out) != 0 ||
	    sig_verify_der(c, key, euicc->tbs, euicc->signature) != 0 ||
	    pubkey_new(c, euicc->curve, euicc->point, &out->euicc) != 0)
		return DPE_EUICC;
	return 0;
}

int
chain_verify_euicc(struct crypto *c, struct pki *pki, struct slice euicc_der,
    struct slice eum_der, int64_t now, bool dates, struct chain *out)
{
	const struct pki_ci	*ci;
	struct cert		 eum, euicc;
	struct pubkey		*key = NULL;
	int			 r;

	memset(out, 0, sizeof(*out));
	if (cert_parse(eum_der, &eum) != 0)
		return DPE_EUM;
	if ((ci = pki_ci_find(pki, eum.aki)) == NULL)
		return DPE_CI;
	memcpy(out->ci, ci->cert.ski.p, sizeof(out->ci));
	if (!eum_fits(pki, ci, &eum))
		return DPE_EUM;
	if ((r = eum_key(c, pki, ci, &eum, &key)) != 0)
		return r;
	if (dates && !in_dates(&eum, now))
		r = DPE_EUM_DATE;
	else if ((r = euicc_check(c, &eum, key, euicc_der, &euicc,
	    out)) == 0 && dates && !in_dates(&euicc, now))
		r = DPE_EUICC_DATE;
	if (r == 0) {
		out->eum_ski = eum.ski;
		out->euicc_ski = euicc.ski;
	} else {
		pubkey_free(out->euicc);
		memset(out, 0, sizeof(*out));
	}
	pubkey_free(key);
	return r;
}

int
chain_verify_dp(struct crypto *c, struct pki *pki, struct slice der,
    enum cert_role role, int64_t now, struct cert *out)
{
	const struct pki_ci	*ci;
	struct cert		 dp;

	if (out == NULL)
		out = &dp;
	if (cert_parse(der, out) != 0)
		return DPE_CERT;
	if ((ci = pki_ci_find(pki, out->aki)) == NULL)
		return DPE_CI;
	if (!out->has_role || out->role != role || out->is_ca ||
	    (out->key_usage & CERT_KU_DIGITAL_SIGNATURE) == 0 ||
	    out->unknown_critical || out->rid.len == 0 ||
	    pki_revoked(pki, ci->cert.ski, out->serial) ||
	    !in_dates(out, now))
		return DPE_CERT;
	/* The TLS certificate may be of another curve than its CI. */
	return sig_verify_der(c, pki_ci_key(pki, ci), out->tbs,
	    out->signature) == 0 ? 0 : DPE_CERT;
}
