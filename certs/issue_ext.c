/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/issue_ext.h"

#include <arpa/inet.h>

#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <string.h>

#include "base/der.h"

#define EXT_POLICY	0x01	/* certificatePolicies ... */
#define EXT_POLICY_SOFT	0x02	/* ... not critical */
#define EXT_CA		0x04
#define EXT_CA_LAST	0x08	/* pathLenConstraint 0 */
#define EXT_NAMES	0x10	/* subjectAltName */
#define EXT_CRL		0x20
#define EXT_IIN		0x40	/* nameConstraints */
#define EXT_TLS		0x80	/* extKeyUsage */

struct ext_role {
	uint8_t		key_usage;
	unsigned	parts;
};

#define CA_USAGE	(CERT_KU_CERT_SIGN | CERT_KU_CRL_SIGN)

static const struct ext_role ext_roles[] = {
	[ROLE_CI] = { CA_USAGE, EXT_POLICY | EXT_CA | EXT_NAMES | EXT_CRL },
	[ROLE_EUICC] = { CERT_KU_DIGITAL_SIGNATURE, EXT_POLICY },
	[ROLE_EUM] = { CERT_KU_CERT_SIGN, EXT_POLICY | EXT_CA | EXT_CA_LAST |
	    EXT_NAMES | EXT_CRL | EXT_IIN },
	[ROLE_DP_TLS] = { CERT_KU_DIGITAL_SIGNATURE, EXT_POLICY |
	    EXT_POLICY_SOFT | EXT_NAMES | EXT_CRL | EXT_TLS },
	[ROLE_DP_AUTH] = { CERT_KU_DIGITAL_SIGNATURE,
	    EXT_POLICY | EXT_NAMES | EXT_CRL },
	[ROLE_DP_PB] = { CERT_KU_DIGITAL_SIGNATURE,
	    EXT_POLICY | EXT_NAMES | EXT_CRL },
	[ROLE_DS_TLS] = { CERT_KU_DIGITAL_SIGNATURE, EXT_POLICY |
	    EXT_POLICY_SOFT | EXT_NAMES | EXT_CRL | EXT_TLS },
	[ROLE_DS_AUTH] = { CERT_KU_DIGITAL_SIGNATURE,
	    EXT_POLICY | EXT_NAMES | EXT_CRL },
	[ROLE_NONE] = { CERT_KU_DIGITAL_SIGNATURE, EXT_TLS },
};
static const struct ext_role ext_admin_ca = { CA_USAGE, EXT_CA };

X509_EXTENSION *
issue_ext_new(int nid, bool critical, struct buf *value)
{
	ASN1_OCTET_STRING	*os = ASN1_OCTET_STRING_new();
	X509_EXTENSION		*e = NULL;

	if (os != NULL &&
	    ASN1_OCTET_STRING_set(os, value->p, (int)value->len) == 1)
		e = X509_EXTENSION_create_by_NID(NULL, nid, critical, os);
	ASN1_OCTET_STRING_free(os);
	buf_cut(value, 0);
	return e;
}

static int
ext_add(X509 *x, int nid, bool critical, struct buf *value)
{
	X509_EXTENSION	*e = issue_ext_new(nid, critical, value);
	int		 ok = e != NULL && X509_add_ext(x, e, -1) == 1;

	X509_EXTENSION_free(e);
	return ok ? 0 : DPE_CRYPTO;
}

int
issue_ext_aki(const X509 *issuer, struct buf *b)
{
	const ASN1_OCTET_STRING	*id;

	/* The getter fills a cache inside, hence no const. */
	id = X509_get0_subject_key_id((X509 *)(uintptr_t)issuer);
	if (id == NULL)
		return DPE_CERT;
	der_add(b, 0x80, slice_of(ASN1_STRING_get0_data(id),
	    (size_t)ASN1_STRING_length(id)));
	der_wrap(b, 0, 0x30);
	return 0;
}

static int
ext_key_ids(X509 *x, const struct privkey *subject, const X509 *issuer)
{
	struct buf	 b = {0};
	uint8_t		 point[POINT_LEN], id[20];
	int		 r = 0;

	if (issuer != NULL && (r = issue_ext_aki(issuer, &b)) == 0)
		r = ext_add(x, NID_authority_key_identifier, false, &b);
	if (r == 0) {
		privkey_point(subject, point);
		sha1(slice_of(point, sizeof(point)), id);
		der_add(&b, 0x04, slice_of(id, sizeof(id)));
		r = ext_add(x, NID_subject_key_identifier, false, &b);
	}
	buf_free(&b);
	return r;
}

static int
ext_key_usage(X509 *x, uint8_t usage)
{
	struct buf	 b = {0};
	uint8_t		 unused = 0;
	int		 r;

	while ((usage >> unused & 1) == 0)
		unused++;
	buf_add_u8(&b, unused);
	buf_add_u8(&b, usage);
	der_wrap(&b, 0, 0x03);
	r = ext_add(x, NID_key_usage, true, &b);
	buf_free(&b);
	return r;
}

/* id-rspRole and its last arc. */
static int
ext_policy(X509 *x, enum cert_role role, bool critical)
{
	static const uint8_t	 arcs[] = { 0x67, 0x81, 0x12, 1, 2, 1 };
	struct buf		 b = {0};
	int			 r;

	buf_add(&b, arcs, sizeof(arcs));
	buf_add_u8(&b, (uint8_t)role);
	der_wrap(&b, 0, 0x06);
	der_wrap(&b, 0, 0x30);
	der_wrap(&b, 0, 0x30);
	r = ext_add(x, NID_certificate_policies, critical, &b);
	buf_free(&b);
	return r;
}

static int
ext_basic(X509 *x, bool last)
{
	static const uint8_t	 yes = 0xff, zero = 0;
	struct buf		 b = {0};
	int			 r;

	der_add(&b, 0x01, slice_of(&yes, 1));
	if (last)
		der_add(&b, 0x02, slice_of(&zero, 1));
	der_wrap(&b, 0, 0x30);
	r = ext_add(x, NID_basic_constraints, true, &b);
	buf_free(&b);
	return r;
}

static int
ext_rid_value(const char *rid, struct buf *b)
{
	ASN1_OBJECT	*oid = OBJ_txt2obj(rid, 1);
	int		 ok = oid != NULL;

	if (ok)
		der_add(b, 0x88, slice_of(OBJ_get0_data(oid),
		    OBJ_length(oid)));
	ASN1_OBJECT_free(oid);
	return ok ? 0 : DPE_RANGE;
}

static int
ext_ip_value(const char *ip, struct buf *b)
{
	uint8_t	 v4[4];

	if (inet_pton(AF_INET, ip, v4) != 1)
		return DPE_RANGE;
	der_add(b, 0x87, slice_of(v4, sizeof(v4)));
	return 0;
}

static int
ext_names(X509 *x, const struct issue *want)
{
	const char *const	*more;
	struct buf		 b = {0};
	int			 r = 0;

	if (want->dns != NULL)
		der_add(&b, 0x82, slice_str(want->dns));
	for (more = want->dns_more; more != NULL && *more != NULL; more++)
		der_add(&b, 0x82, slice_str(*more));
	if (want->ip != NULL)
		r = ext_ip_value(want->ip, &b);
	if (r == 0)
		r = ext_rid_value(want->rid, &b);
	if (r == 0) {
		der_wrap(&b, 0, 0x30);
		r = ext_add(x, NID_subject_alt_name, false, &b);
	}
	buf_free(&b);
	return r;
}

static int
ext_tls(X509 *x, bool server)
{
	static const uint8_t	 kp[] = { 0x2b, 6, 1, 5, 5, 7, 3 };
	struct buf		 b = {0};
	uint8_t			 i;
	int			 r;

	for (i = server ? 1 : 2; i <= 2; i++) {
		der_add_head(&b, 0x06, sizeof(kp) + 1);
		buf_add(&b, kp, sizeof(kp));
		buf_add_u8(&b, i);
	}
	der_wrap(&b, 0, 0x30);
	r = ext_add(x, NID_ext_key_usage, true, &b);
	buf_free(&b);
	return r;
}

static int
ext_crl_points(X509 *x, const char *url, const X509 *issuer)
{
	X509_EXTENSION	*e;
	struct buf	 b = {0};
	int		 i, r;

	if (url == NULL) {
		i = issuer == NULL ? -1 : X509_get_ext_by_NID(issuer,
		    NID_crl_distribution_points, -1);
		if (i < 0)
			return 0;
		e = X509_get_ext(issuer, i);
		return X509_add_ext(x, e, -1) == 1 ? 0 : DPE_CRYPTO;
	}
	der_add(&b, 0x86, slice_str(url));
	der_wrap(&b, 0, 0xa0);
	der_wrap(&b, 0, 0xa0);
	der_wrap(&b, 0, 0x30);
	der_wrap(&b, 0, 0x30);
	r = ext_add(x, NID_crl_distribution_points, false, &b);
	buf_free(&b);
	return r;
}

/* Permitted: directoryName O + serialNumber, the IIN (spec 04, 3.3). */
static int
ext_iin(X509 *x, const struct issue *want)
{
	X509_NAME	*n = X509_NAME_new();
	const uint8_t	*der;
	struct buf	 b = {0};
	size_t		 len;
	int		 r = DPE_CRYPTO;

	if (n == NULL || (r = issue_name(n, want->organization, want->iin,
	    NULL)) != 0)
		goto out;
	r = DPE_CRYPTO;
	if (i2d_X509_NAME(n, NULL) < 0 ||
	    X509_NAME_get0_der(n, &der, &len) != 1)
		goto out;
	der_add(&b, 0xa4, slice_of(der, len));
	der_wrap(&b, 0, 0x30);
	der_wrap(&b, 0, 0xa0);
	der_wrap(&b, 0, 0x30);
	r = ext_add(x, NID_name_constraints, true, &b);
out:
	X509_NAME_free(n);
	buf_free(&b);
	return r;
}

int
issue_ext_cert(X509 *x, const struct issue *want,
    const struct privkey *subject, const X509 *issuer)
{
	const struct ext_role	*role = &ext_roles[want->role];
	unsigned		 has;
	int			 r;

	if (want->role == ROLE_NONE && issuer == NULL)
		role = &ext_admin_ca;
	has = role->parts;
	if ((r = ext_key_ids(x, subject, issuer)) == 0)
		r = ext_key_usage(x, role->key_usage);
	if (r == 0 && (has & EXT_POLICY) != 0)
		r = ext_policy(x, want->role, (has & EXT_POLICY_SOFT) == 0);
	if (r == 0 && (has & EXT_CA) != 0)
		r = ext_basic(x, (has & EXT_CA_LAST) != 0);
	if (r == 0 && (has & EXT_NAMES) != 0)
		r = ext_names(x, want);
	if (r == 0 && (has & EXT_TLS) != 0)
		r = ext_tls(x, want->role != ROLE_NONE);
	if (r == 0 && (has & EXT_CRL) != 0)
		r = ext_crl_points(x, want->crl_url, issuer);
	if (r == 0 && (has & EXT_IIN) != 0)
		r = ext_iin(x, want);
	return r;
}
