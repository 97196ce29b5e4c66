/* SPDX-License-Identifier: Apache-2.0 */
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include "base/der.h"
#include "base/file.h"
#include "base/limits.h"
#include "certs/internal.h"
#include "certs/issue_ext.h"

static int
crl_ext_add(X509_CRL *crl, int nid, bool critical, struct buf *value)
{
	X509_EXTENSION	*e = issue_ext_new(nid, critical, value);
	int		 ok = e != NULL && X509_CRL_add_ext(crl, e, -1) == 1;

	X509_EXTENSION_free(e);
	return ok ? 0 : DPE_CRYPTO;
}

/*
 * A DistributionPoint begins with the same octets as IssuingDistributionPoint
 * does, so that the CI's own first one serves.  Nothing if it has none.
 */
static int
crl_idp_value(const X509 *ci, struct buf *b)
{
	ASN1_OCTET_STRING	*os;
	struct der		 all, point;
	int			 i;

	i = X509_get_ext_by_NID(ci, NID_crl_distribution_points, -1);
	if (i < 0)
		return 0;
	os = X509_EXTENSION_get_data(X509_get_ext(ci, i));
	if (der_whole(slice_of(ASN1_STRING_get0_data(os),
	    (size_t)ASN1_STRING_length(os)), 0x30, &all) != 0 ||
	    der_expect(&all.value, 0x30, &point) != 0)
		return DPE_CERT;
	buf_add_slice(b, point.raw);
	return 0;
}

/* Authority key, number and distribution point. */
static int
crl_ext(X509_CRL *crl, const X509 *ci, uint64_t number)
{
	struct buf	 b = {0};
	int		 r;

	if ((r = issue_ext_aki(ci, &b)) != 0 ||
	    (r = crl_ext_add(crl, NID_authority_key_identifier, true,
	    &b)) != 0)
		goto out;
	der_add_uint(&b, 0x02, number);
	if ((r = crl_ext_add(crl, NID_crl_number, false, &b)) != 0 ||
	    (r = crl_idp_value(ci, &b)) != 0 || b.len == 0)
		goto out;
	r = crl_ext_add(crl, NID_issuing_distribution_point, true, &b);
out:
	buf_free(&b);
	return r;
}

static int
entry_ext_add(X509_REVOKED *entry, const char *oid, bool critical,
    const void *value, int len)
{
	ASN1_OCTET_STRING	*os = ASN1_OCTET_STRING_new();
	ASN1_OBJECT		*obj = OBJ_txt2obj(oid, 1);
	X509_EXTENSION		*e = NULL;
	int			 ok = 0;

	if (os != NULL && obj != NULL &&
	    ASN1_OCTET_STRING_set(os, value, len) == 1 &&
	    (e = X509_EXTENSION_create_by_OBJ(NULL, obj, critical, os)) !=
	    NULL)
		ok = X509_REVOKED_add_ext(entry, e, -1) == 1;
	X509_EXTENSION_free(e);
	ASN1_OBJECT_free(obj);
	ASN1_OCTET_STRING_free(os);
	return ok ? 0 : DPE_CRYPTO;
}

/* Reason and id-rsp-expDate (spec 04, 3.4). */
static int
entry_ext(X509_REVOKED *entry, int64_t expires)
{
	static const uint8_t	 key_compromise[] = { 0x0a, 1, 1 };
	ASN1_TIME		*t = ASN1_TIME_set(NULL, (time_t)expires);
	uint8_t			*der = NULL;
	int			 len, r;

	if (t == NULL || (len = i2d_ASN1_TIME(t, &der)) <= 0) {
		ASN1_TIME_free(t);
		return DPE_RANGE;
	}
	r = entry_ext_add(entry, "2.5.29.21", false, key_compromise,
	    sizeof(key_compromise));
	if (r == 0)
		r = entry_ext_add(entry, "2.23.146.1.2.0.1", true, der, len);
	OPENSSL_free(der);
	ASN1_TIME_free(t);
	return r;
}

/* What the CRL before has, copied; *number is its number. */
static int
crl_copy(X509_CRL *crl, struct slice before, uint64_t *number)
{
	STACK_OF(X509_REVOKED)	*list;
	X509_REVOKED		*entry;
	const uint8_t		*p = before.p;
	ASN1_INTEGER		*n;
	X509_CRL		*old;
	int			 i, r = 0;

	if ((old = d2i_X509_CRL(NULL, &p, (long)before.len)) == NULL)
		return DPE_SYNTAX;
	n = X509_CRL_get_ext_d2i(old, NID_crl_number, NULL, NULL);
	if (n != NULL && ASN1_INTEGER_get_uint64(number, n) != 1)
		r = DPE_RANGE;
	ASN1_INTEGER_free(n);
	list = X509_CRL_get_REVOKED(old);
	for (i = 0; r == 0 && i < sk_X509_REVOKED_num(list); i++) {
		entry = X509_REVOKED_dup(sk_X509_REVOKED_value(list, i));
		if (entry == NULL || X509_CRL_add0_revoked(crl, entry) != 1) {
			X509_REVOKED_free(entry);
			r = DPE_CRYPTO;
		}
	}
	X509_CRL_free(old);
	return r;
}

static int
entry_fill(X509_REVOKED *entry, const struct issue_revoked *want,
    const ASN1_INTEGER *serial)
{
	ASN1_TIME	*since = ASN1_TIME_set(NULL, (time_t)want->since);
	int		 ok;

	ok = since != NULL &&
	    X509_REVOKED_set_serialNumber(entry,
	    (ASN1_INTEGER *)(uintptr_t)serial) == 1 &&
	    X509_REVOKED_set_revocationDate(entry, since) == 1;
	ASN1_TIME_free(since);
	return ok ? entry_ext(entry, want->expires) : DPE_CRYPTO;
}

static int
crl_add(X509_CRL *crl, const struct issue_revoked *want)
{
	BIGNUM		*bn = BN_bin2bn(want->serial.p, (int)want->serial.len,
	    NULL);
	ASN1_INTEGER	*serial = bn == NULL ? NULL :
	    BN_to_ASN1_INTEGER(bn, NULL);
	X509_REVOKED	*entry = NULL;
	int		 r = DPE_CRYPTO;

	BN_free(bn);
	if (serial == NULL)
		return r;
	if (X509_CRL_get0_by_serial(crl, &entry, serial) != 0) {
		entry = NULL;
		r = DPE_EXISTS;
	} else if ((entry = X509_REVOKED_new()) != NULL &&
	    (r = entry_fill(entry, want, serial)) == 0) {
		if (X509_CRL_add0_revoked(crl, entry) == 1)
			entry = NULL;
		else
			r = DPE_CRYPTO;
	}
	X509_REVOKED_free(entry);
	ASN1_INTEGER_free(serial);
	return r;
}

static int
crl_dates(X509_CRL *crl, int64_t now, int64_t next)
{
	ASN1_TIME	*last = ASN1_TIME_set(NULL, (time_t)now);
	ASN1_TIME	*until = ASN1_TIME_set(NULL, (time_t)next);
	int		 ok;

	ok = last != NULL && until != NULL &&
	    X509_CRL_set1_lastUpdate(crl, last) == 1 &&
	    X509_CRL_set1_nextUpdate(crl, until) == 1;
	ASN1_TIME_free(last);
	ASN1_TIME_free(until);
	return ok ? 0 : DPE_RANGE;
}

static int
crl_finish(X509_CRL *crl, const struct privkey *ci, struct buf *der)
{
	uint8_t	*p = NULL;
	int	 n;

	if (X509_CRL_sort(crl) != 1 ||
	    X509_CRL_sign(crl, ci->pkey, EVP_sha256()) <= 0 ||
	    (n = i2d_X509_CRL(crl, &p)) <= 0)
		return DPE_CRYPTO;
	buf_add(der, p, (size_t)n);
	OPENSSL_free(p);
	return 0;
}

int
issue_crl(struct crypto *c, const struct privkey *ci, struct slice ci_cert,
    struct slice before, const struct issue_revoked *add, size_t n,
    int64_t now, int64_t next, struct buf *der)
{
	const uint8_t	*p = ci_cert.p;
	uint64_t	 number = 0;
	X509_CRL	*crl = X509_CRL_new();
	X509		*ca = d2i_X509(NULL, &p, (long)ci_cert.len);
	size_t		 i;
	int		 r = DPE_CRYPTO;

	(void)c;
	if (ca == NULL)
		r = DPE_SYNTAX;
	else if (crl != NULL &&
	    X509_CRL_set_version(crl, X509_CRL_VERSION_2) == 1 &&
	    X509_CRL_set_issuer_name(crl, X509_get_subject_name(ca)) == 1)
		r = crl_dates(crl, now, next);
	if (r == 0 && before.len > 0)
		r = crl_copy(crl, before, &number);
	for (i = 0; r == 0 && i < n; i++)
		r = crl_add(crl, &add[i]);
	if (r == 0 && (r = crl_ext(crl, ca, number + 1)) == 0)
		r = crl_finish(crl, ci, der);
	X509_CRL_free(crl);
	X509_free(ca);
	return r;
}

int
issue_crl_load(const char *path, struct buf *der, struct why *why)
{
	struct buf	 text = {0};
	int		 r;

	if ((r = file_read(path, LIM_ADMIN_BODY, &text, why)) == 0 &&
	    (r = armor_open(buf_slice(&text), "X509 CRL", der)) != 0)
		why_set(why, r, "%s: not a revocation list", path);
	buf_free(&text);
	return r;
}
