/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/issue.h"

#include <openssl/rand.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "certs/internal.h"
#include "certs/issue_ext.h"

#define SERIAL_LEN	9	/* as long as the eUICCs of SGP.26 have it */

static int
name_add(X509_NAME *n, int nid, const char *text)
{
	if (text == NULL)
		return 0;
	return X509_NAME_add_entry_by_NID(n, nid, MBSTRING_UTF8,
	    (const unsigned char *)text, -1, -1, 0) == 1 ? 0 : DPE_RANGE;
}

int
issue_name(X509_NAME *n, const char *organization, const char *serial_number,
    const char *common_name)
{
	int	 r;

	if ((r = name_add(n, NID_organizationName, organization)) == 0 &&
	    (r = name_add(n, NID_serialNumber, serial_number)) == 0)
		r = name_add(n, NID_commonName, common_name);
	return r;
}

/* Does want have what its role needs? */
static int
want_check(const struct issue *want)
{
	bool	 euicc = want->role == ROLE_EUICC;
	bool	 tls = want->role == ROLE_DP_TLS || want->role == ROLE_DS_TLS;
	bool	 named = want->common_name != NULL || want->dns != NULL;

	if (want->organization == NULL || want->role > ROLE_NONE ||
	    euicc != (want->eid != NULL) || euicc == named ||
	    tls != (want->dns != NULL) ||
	    (want->role == ROLE_EUM) != (want->iin != NULL))
		return DPE_USAGE;
	if ((euicc || want->role == ROLE_NONE) != (want->rid == NULL))
		return DPE_USAGE;
	return want->not_before <= want->not_after ? 0 : DPE_RANGE;
}

static int
serial_set(X509 *x)
{
	uint8_t	 raw[SERIAL_LEN];
	BIGNUM	*bn;
	int	 ok;

	if (RAND_bytes(raw, sizeof(raw)) != 1)
		return DPE_CRYPTO;
	/* Positive, and never shorter. */
	raw[0] = (uint8_t)((raw[0] & 0x3f) | 0x40);
	bn = BN_bin2bn(raw, sizeof(raw), NULL);
	ok = bn != NULL &&
	    BN_to_ASN1_INTEGER(bn, X509_get_serialNumber(x)) != NULL;
	BN_free(bn);
	return ok ? 0 : DPE_CRYPTO;
}

static int
dates_set(X509 *x, int64_t not_before, int64_t not_after)
{
	if (ASN1_TIME_set(X509_getm_notBefore(x), (time_t)not_before) ==
	    NULL ||
	    ASN1_TIME_set(X509_getm_notAfter(x), (time_t)not_after) == NULL)
		return DPE_RANGE;
	return 0;
}

static X509 *
cert_read(struct slice der)
{
	const uint8_t	*p = der.p;
	X509		*x = d2i_X509(NULL, &p, (long)der.len);

	if (x != NULL && p != der.p + der.len) {
		X509_free(x);
		return NULL;
	}
	return x;
}

/* Sign and append the DER. */
static int
cert_finish(X509 *x, const struct privkey *issuer, struct buf *der)
{
	uint8_t	*p = NULL;
	int	 n;

	if (X509_sign(x, issuer->pkey, EVP_sha256()) <= 0 ||
	    (n = i2d_X509(x, &p)) <= 0)
		return DPE_CRYPTO;
	buf_add(der, p, (size_t)n);
	OPENSSL_free(p);
	return 0;
}

/* Everything but the extensions and the signature. */
static int
cert_fill(X509 *x, const struct issue *want, const struct privkey *subject,
    const X509 *ca)
{
	X509_NAME	*name = X509_get_subject_name(x);
	int		 r;

	if ((r = serial_set(x)) != 0 ||
	    (r = dates_set(x, want->not_before, want->not_after)) != 0 ||
	    (r = issue_name(name, want->organization, want->eid,
	    want->common_name != NULL ? want->common_name : want->dns)) != 0)
		return r;
	if (X509_set_version(x, X509_VERSION_3) != 1 ||
	    X509_set_issuer_name(x, ca == NULL ? name :
	    X509_get_subject_name(ca)) != 1 ||
	    X509_set_pubkey(x, subject->pkey) != 1)
		return DPE_CRYPTO;
	return 0;
}

int
issue_cert(struct crypto *c, const struct issue *want,
    const struct privkey *subject, const struct privkey *issuer,
    struct slice issuer_cert, struct buf *der)
{
	X509	*x = NULL, *ca = NULL;
	int	 r;

	(void)c;
	if ((r = want_check(want)) != 0)
		return r;
	if (issuer != NULL && (ca = cert_read(issuer_cert)) == NULL)
		return DPE_SYNTAX;
	if ((x = X509_new()) == NULL)
		r = DPE_CRYPTO;
	else if ((r = cert_fill(x, want, subject, ca)) == 0 &&
	    (r = issue_ext_cert(x, want, subject, ca)) == 0)
		r = cert_finish(x, issuer == NULL ? subject : issuer, der);
	X509_free(x);
	X509_free(ca);
	return r;
}

int
issue_renew(struct crypto *c, struct slice old, const struct privkey *issuer,
    int64_t not_before, int64_t not_after, struct buf *der)
{
	X509	*x = cert_read(old);
	int	 r;

	(void)c;
	if (x == NULL)
		return DPE_SYNTAX;
	if ((r = serial_set(x)) == 0 &&
	    (r = dates_set(x, not_before, not_after)) == 0)
		r = cert_finish(x, issuer, der);
	X509_free(x);
	return r;
}

void
issue_pem(struct slice der, const char *label, struct buf *out)
{
	struct buf	 text = {0};
	size_t		 at;

	base64_add(&text, der);
	buf_addf(out, "-----BEGIN %s-----\n", label);
	for (at = 0; at < text.len; at += 64) {
		buf_add_slice(out, slice_sub(buf_slice(&text), at, 64));
		buf_add_u8(out, '\n');
	}
	buf_addf(out, "-----END %s-----\n", label);
	buf_free(&text);
}
