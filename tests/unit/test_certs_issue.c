/* SPDX-License-Identifier: Apache-2.0 */
/* What certs/issue.h makes, read by certs/cert.h and by libcrypto. */
#include <openssl/x509v3.h>

#include <string.h>

#include "tests/unit/test_certs_issue.h"

#define EID	"89049032123451234512345678901235"
#define FAR	INT64_C(174385734538)		/* 7496-01-24 09:48:58 */

struct crypto	*issue_crypto;

const struct issue want_ci = { .role = ROLE_CI,
    .organization = "Lab", .common_name = "Root", .rid = "2.999.1",
    .crl_url = "http://ci.example.com/a.crl",
    .not_before = NOW, .not_after = LATER };
const struct issue want_eum = { .role = ROLE_EUM,
    .organization = "Cards", .common_name = "Maker", .rid = "2.999.5",
    .iin = "89049032", .not_before = NOW, .not_after = LATER };
static const struct issue want_euicc = { .role = ROLE_EUICC,
    .organization = "Cards", .eid = EID, .not_before = NOW,
    .not_after = FAR };
const struct issue want_auth = { .role = ROLE_DP_AUTH,
    .organization = "Acme", .common_name = "DP+", .rid = "2.999.10",
    .not_before = NOW, .not_after = LATER };
static const struct issue want_pb = { .role = ROLE_DP_PB,
    .organization = "Acme", .common_name = "DP+", .rid = "2.999.10",
    .not_before = NOW, .not_after = LATER };
static const char *const more_hosts[] = { "localhost", NULL };
static const struct issue want_tls = { .role = ROLE_DP_TLS,
    .organization = "Acme", .dns = "dp.example.com",
    .dns_more = more_hosts, .ip = "192.0.2.1", .rid = "2.999.10",
    .not_before = NOW, .not_after = NOW + 398 * INT64_C(86400) };
static const struct issue want_admin_ca = { .role = ROLE_NONE,
    .organization = "Acme", .common_name = "Clients", .not_before = NOW,
    .not_after = LATER };
static const struct issue want_client = { .role = ROLE_NONE,
    .organization = "Acme", .common_name = "operator", .not_before = NOW,
    .not_after = LATER };

void
make(struct made *m, const struct issue *want, enum curve curve,
    const struct made *by)
{
	const uint8_t	*p;
	int		 r;

	memset(m, 0, sizeof(*m));
	r = privkey_generate(issue_crypto, curve, &m->key);
	CU_ASSERT_FATAL(r == 0);
	r = issue_cert(issue_crypto, want, m->key, by == NULL ? NULL : by->key,
	    by == NULL ? slice_of(NULL, 0) : buf_slice(&by->der), &m->der);
	CU_ASSERT_FATAL(r == 0);
	CU_ASSERT_EQUAL(cert_parse(buf_slice(&m->der), &m->cert), 0);
	p = m->der.p;
	m->x = d2i_X509(NULL, &p, (long)m->der.len);
	CU_ASSERT_FATAL(m->x != NULL);
	CU_ASSERT_EQUAL(p, m->der.p + m->der.len);
}

void
unmake(struct made *m)
{
	privkey_free(m->key);
	buf_free(&m->der);
	X509_free(m->x);
}

static int
signed_by(const struct made *m, const struct made *by)
{
	EVP_PKEY	*k = X509_get0_pubkey(by->x);

	return X509_verify(m->x, k) == 1;
}

/* What all certificates have in common. */
static void
check_common(const struct made *m, const struct made *by,
    const struct issue *want, enum curve curve)
{
	uint8_t	 point[POINT_LEN], id[20];

	CU_ASSERT_EQUAL(X509_get_version(m->x), X509_VERSION_3);
	CU_ASSERT_EQUAL(X509_get_signature_nid(m->x), NID_ecdsa_with_SHA256);
	CU_ASSERT_TRUE(signed_by(m, by));
	CU_ASSERT_EQUAL(m->cert.curve, curve);
	CU_ASSERT_EQUAL(m->cert.has_role, want->role != ROLE_NONE);
	if (want->role != ROLE_NONE)
		CU_ASSERT_EQUAL(m->cert.role, want->role);
	CU_ASSERT_EQUAL(m->cert.not_before, want->not_before);
	CU_ASSERT_EQUAL(m->cert.not_after, want->not_after);
	CU_ASSERT_EQUAL(m->cert.unknown_critical, false);
	privkey_point(m->key, point);
	sha1(slice_of(point, sizeof(point)), id);
	unit_same("point", m->cert.point, slice_of(point, sizeof(point)));
	unit_same("ski", m->cert.ski, slice_of(id, sizeof(id)));
	unit_same("aki", m->cert.aki, by == m ? slice_of(NULL, 0) :
	    by->cert.ski);
	unit_same("issuer", m->cert.issuer, by->cert.subject);
	unit_same("O", m->cert.organization, slice_str(want->organization));
}

static void
check_rid(const struct made *m, const char *want)
{
	char	 text[64] = "";

	if (m->cert.rid.len > 0)
		CU_ASSERT_EQUAL(oid_text(m->cert.rid, text, sizeof(text)), 0);
	CU_ASSERT_STRING_EQUAL(text, want);
}

static void
ci_fields(void)
{
	struct made	 ci;
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		make(&ci, &want_ci, c, NULL);
		check_common(&ci, &ci, &want_ci, c);
		check_rid(&ci, "2.999.1");
		CU_ASSERT_TRUE(ci.cert.is_ca);
		CU_ASSERT_EQUAL(ci.cert.path_len, -1);
		CU_ASSERT_EQUAL(ci.cert.key_usage, CERT_KU_CERT_SIGN |
		    CERT_KU_CRL_SIGN);
		unit_same("CN", ci.cert.common_name, slice_str("Root"));
		unmake(&ci);
	}
}

static void
eum_fields(void)
{
	struct made	 ci, eum;
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		make(&ci, &want_ci, c, NULL);
		make(&eum, &want_eum, c, &ci);
		check_common(&eum, &ci, &want_eum, c);
		check_rid(&eum, "2.999.5");
		CU_ASSERT_TRUE(eum.cert.is_ca);
		CU_ASSERT_EQUAL(eum.cert.path_len, 0);
		CU_ASSERT_EQUAL(eum.cert.key_usage, CERT_KU_CERT_SIGN);
		CU_ASSERT_TRUE(eum.cert.has_constraints);
		CU_ASSERT_EQUAL(eum.cert.n_permitted, 1);
		unit_same("permitted O", eum.cert.permitted[0].organization,
		    slice_str("Cards"));
		unit_same("IIN", eum.cert.permitted[0].iin,
		    slice_str("89049032"));
		unmake(&eum);
		unmake(&ci);
	}
}

static void
euicc_fields(void)
{
	struct made	 ci, eum, card;
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		make(&ci, &want_ci, c, NULL);
		make(&eum, &want_eum, c, &ci);
		make(&card, &want_euicc, c, &eum);
		check_common(&card, &eum, &want_euicc, c);
		check_rid(&card, "");
		unit_same("EID", card.cert.serial_number, slice_str(EID));
		CU_ASSERT_EQUAL(card.cert.key_usage,
		    CERT_KU_DIGITAL_SIGNATURE);
		CU_ASSERT_FALSE(card.cert.is_ca);
		CU_ASSERT_EQUAL(X509_get0_notAfter(card.x)->type,
		    V_ASN1_GENERALIZEDTIME);
		CU_ASSERT_EQUAL(X509_get0_notBefore(card.x)->type,
		    V_ASN1_UTCTIME);
		CU_ASSERT_FALSE(signed_by(&card, &ci));
		unmake(&card);
		unmake(&eum);
		unmake(&ci);
	}
}

static void
dp_fields(void)
{
	struct made	 ci, auth, pb;
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		make(&ci, &want_ci, c, NULL);
		make(&auth, &want_auth, c, &ci);
		make(&pb, &want_pb, c, &ci);
		check_common(&auth, &ci, &want_auth, c);
		check_common(&pb, &ci, &want_pb, c);
		check_rid(&auth, "2.999.10");
		check_rid(&pb, "2.999.10");
		unit_same("subject", pb.cert.subject, auth.cert.subject);
		CU_ASSERT_EQUAL(auth.cert.key_usage,
		    CERT_KU_DIGITAL_SIGNATURE);
		CU_ASSERT_EQUAL(pb.cert.key_usage,
		    CERT_KU_DIGITAL_SIGNATURE);
		unmake(&pb);
		unmake(&auth);
		unmake(&ci);
	}
}

static void
tls_fields(void)
{
	struct made	 ci, tls;
	enum curve	 c;

	for (c = 0; c < CURVE_COUNT; c++) {
		make(&ci, &want_ci, c, NULL);
		make(&tls, &want_tls, CURVE_P256, &ci);
		check_common(&tls, &ci, &want_tls, CURVE_P256);
		check_rid(&tls, "2.999.10");
		unit_same("CN", tls.cert.common_name,
		    slice_str("dp.example.com"));
		CU_ASSERT_EQUAL(X509_check_host(tls.x, "dp.example.com", 0, 0,
		    NULL), 1);
		CU_ASSERT_EQUAL(X509_check_host(tls.x, "localhost", 0, 0,
		    NULL), 1);
		CU_ASSERT_EQUAL(X509_check_host(tls.x, "example.com", 0, 0,
		    NULL), 0);
		CU_ASSERT_EQUAL(X509_check_ip_asc(tls.x, "192.0.2.1", 0), 1);
		CU_ASSERT_EQUAL(X509_get_extended_key_usage(tls.x),
		    XKU_SSL_SERVER | XKU_SSL_CLIENT);
		unmake(&tls);
		unmake(&ci);
	}
}

/* Names of extensions, `!` for critical, in the order of the certificate. */
static void
check_extensions(const struct made *m, const char *want)
{
	X509_EXTENSION	*e;
	struct buf	 got = {0};
	int		 i;

	for (i = 0; i < X509_get_ext_count(m->x); i++) {
		e = X509_get_ext(m->x, i);
		buf_addf(&got, "%s%s%s", i > 0 ? " " : "",
		    OBJ_nid2sn(OBJ_obj2nid(X509_EXTENSION_get_object(e))),
		    X509_EXTENSION_get_critical(e) ? "!" : "");
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), want);
	buf_free(&got);
}

/* Exactly those of SGP.22 4.5.2.1, with their criticality. */
static void
extensions_exact(void)
{
	struct made	 ci, eum, m;

	make(&ci, &want_ci, CURVE_P256, NULL);
	check_extensions(&ci, "subjectKeyIdentifier keyUsage! "
	    "certificatePolicies! basicConstraints! subjectAltName "
	    "crlDistributionPoints");
	make(&eum, &want_eum, CURVE_P256, &ci);
	check_extensions(&eum, "authorityKeyIdentifier subjectKeyIdentifier "
	    "keyUsage! certificatePolicies! basicConstraints! subjectAltName "
	    "crlDistributionPoints nameConstraints!");
	make(&m, &want_euicc, CURVE_P256, &eum);
	check_extensions(&m, "authorityKeyIdentifier subjectKeyIdentifier "
	    "keyUsage! certificatePolicies!");
	unmake(&m);
	make(&m, &want_auth, CURVE_P256, &ci);
	check_extensions(&m, "authorityKeyIdentifier subjectKeyIdentifier "
	    "keyUsage! certificatePolicies! subjectAltName "
	    "crlDistributionPoints");
	unmake(&m);
	make(&m, &want_tls, CURVE_P256, &ci);
	check_extensions(&m, "authorityKeyIdentifier subjectKeyIdentifier "
	    "keyUsage! certificatePolicies subjectAltName "
	    "extendedKeyUsage! crlDistributionPoints");
	unmake(&m);
	unmake(&eum);
	unmake(&ci);
}

/* The verdict of the stock verifier; X509_V_OK is 0. */
static int
stock_verify(const struct made *root, const struct made *between,
    const struct made *leaf, int purpose)
{
	X509_STORE		*store = X509_STORE_new();
	X509_STORE_CTX		*ctx = X509_STORE_CTX_new();
	STACK_OF(X509)		*chain = sk_X509_new_null();
	int			 r;

	CU_ASSERT_EQUAL(X509_STORE_add_cert(store, root->x), 1);
	if (between != NULL)
		CU_ASSERT_TRUE(sk_X509_push(chain, between->x) > 0);
	CU_ASSERT_EQUAL(X509_STORE_CTX_init(ctx, store, leaf->x, chain), 1);
	X509_STORE_CTX_set_time(ctx, 0, NOW + 60);
	if (purpose != 0)
		CU_ASSERT_EQUAL(X509_STORE_CTX_set_purpose(ctx, purpose), 1);
	r = X509_verify_cert(ctx) == 1 ? X509_V_OK :
	    X509_STORE_CTX_get_error(ctx);
	sk_X509_free(chain);
	X509_STORE_CTX_free(ctx);
	X509_STORE_free(store);
	return r;
}

/*
 * TLS peers and clients are judged by stock software.  So would a card be, but
 * for the one thing in which GSMA differs: it reads the IIN as a prefix.
 */
static void
stock_verifier(void)
{
	struct made	 ci, eum, card, tls, ca, client;

	make(&ci, &want_ci, CURVE_P256, NULL);
	make(&eum, &want_eum, CURVE_P256, &ci);
	make(&card, &want_euicc, CURVE_P256, &eum);
	make(&tls, &want_tls, CURVE_P256, &ci);
	make(&ca, &want_admin_ca, CURVE_P256, NULL);
	make(&client, &want_client, CURVE_P256, &ca);
	CU_ASSERT_EQUAL(stock_verify(&ci, NULL, &tls,
	    X509_PURPOSE_SSL_SERVER), X509_V_OK);
	CU_ASSERT_EQUAL(stock_verify(&ci, NULL, &eum, 0), X509_V_OK);
	CU_ASSERT_EQUAL(stock_verify(&ci, &eum, &card, 0),
	    X509_V_ERR_PERMITTED_VIOLATION);
	CU_ASSERT_EQUAL(stock_verify(&ca, NULL, &client,
	    X509_PURPOSE_SSL_CLIENT), X509_V_OK);
	CU_ASSERT_EQUAL(stock_verify(&ca, NULL, &client,
	    X509_PURPOSE_SSL_SERVER), X509_V_ERR_INVALID_PURPOSE);
	CU_ASSERT_NOT_EQUAL(stock_verify(&ca, NULL, &tls, 0), X509_V_OK);
	check_common(&ca, &ca, &want_admin_ca, CURVE_P256);
	check_common(&client, &ca, &want_client, CURVE_P256);
	check_extensions(&ca, "subjectKeyIdentifier keyUsage! "
	    "basicConstraints!");
	unmake(&client);
	unmake(&ca);
	unmake(&tls);
	unmake(&card);
	unmake(&eum);
	unmake(&ci);
}

/* Nine octets, positive, not twice the same. */
static void
serial_numbers(void)
{
	struct made	 a, b;

	make(&a, &want_ci, CURVE_P256, NULL);
	make(&b, &want_ci, CURVE_P256, NULL);
	CU_ASSERT_EQUAL(a.cert.serial.len, 9);
	CU_ASSERT_EQUAL(a.cert.serial.p[0] & 0x80, 0);
	CU_ASSERT_FALSE(slice_eq(a.cert.serial, b.cert.serial));
	unmake(&a);
	unmake(&b);
}

static void
renewal(void)
{
	struct made	 ci, tls, again = {0};
	const uint8_t	*p;

	make(&ci, &want_ci, CURVE_BP256, NULL);
	make(&tls, &want_tls, CURVE_P256, &ci);
	CU_ASSERT_EQUAL(issue_renew(issue_crypto, buf_slice(&tls.der), ci.key,
	    NOW + 1000, FAR, &again.der), 0);
	CU_ASSERT_EQUAL_FATAL(cert_parse(buf_slice(&again.der), &again.cert),
	    0);
	p = again.der.p;
	again.x = d2i_X509(NULL, &p, (long)again.der.len);
	CU_ASSERT_TRUE(signed_by(&again, &ci));
	CU_ASSERT_EQUAL(again.cert.not_before, NOW + 1000);
	CU_ASSERT_EQUAL(again.cert.not_after, FAR);
	CU_ASSERT_FALSE(slice_eq(again.cert.serial, tls.cert.serial));
	unit_same("subject", again.cert.subject, tls.cert.subject);
	unit_same("issuer", again.cert.issuer, tls.cert.issuer);
	unit_same("point", again.cert.point, tls.cert.point);
	check_extensions(&again, "authorityKeyIdentifier "
	    "subjectKeyIdentifier keyUsage! certificatePolicies "
	    "subjectAltName extendedKeyUsage! crlDistributionPoints");
	CU_ASSERT_EQUAL(issue_renew(issue_crypto, slice_str("no certificate"),
	    ci.key, NOW, LATER, &again.der), DPE_SYNTAX);
	unmake(&again);
	unmake(&tls);
	unmake(&ci);
}

static void
refusals(void)
{
	static const char	 long_name[] =
	    "0123456789012345678901234567890123456789012345678901234567890123x";
	struct made		 ci;
	struct {
		struct issue	 want;
		int		 r;
	} cases[12];
	struct buf		 der = {0};
	size_t			 i, n = 0;

#define CASE(from, member, value, result)				\
	cases[n].want = from;						\
	cases[n].want.member = value;					\
	cases[n++].r = result
	CASE(want_auth, organization, NULL, DPE_USAGE);
	CASE(want_auth, common_name, NULL, DPE_USAGE);
	CASE(want_auth, rid, NULL, DPE_USAGE);
	CASE(want_auth, rid, "2.x", DPE_RANGE);
	CASE(want_auth, organization, long_name, DPE_RANGE);
	CASE(want_auth, not_after, NOW - 1, DPE_RANGE);
	CASE(want_auth, eid, EID, DPE_USAGE);
	CASE(want_euicc, eid, NULL, DPE_USAGE);
	CASE(want_euicc, common_name, "card", DPE_USAGE);
	CASE(want_eum, iin, NULL, DPE_USAGE);
	CASE(want_tls, dns, NULL, DPE_USAGE);
	CASE(want_tls, ip, "localhost", DPE_RANGE);
#undef CASE
	make(&ci, &want_ci, CURVE_P256, NULL);
	for (i = 0; i < n; i++) {
		CU_ASSERT_EQUAL(issue_cert(issue_crypto, &cases[i].want, ci.key,
		    ci.key, buf_slice(&ci.der), &der), cases[i].r);
		CU_ASSERT_EQUAL(der.len, 0);
	}
	CU_ASSERT_EQUAL(issue_cert(issue_crypto, &want_auth, ci.key, ci.key,
	    slice_str("no certificate"), &der), DPE_SYNTAX);
	buf_free(&der);
	unmake(&ci);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(ci_fields), UNIT_CASE(eum_fields),
		UNIT_CASE(euicc_fields), UNIT_CASE(dp_fields),
		UNIT_CASE(tls_fields), UNIT_CASE(extensions_exact),
		UNIT_CASE(stock_verifier), UNIT_CASE(serial_numbers),
		UNIT_CASE(renewal), UNIT_CASE(crl_grows),
		UNIT_CASE(refusals), UNIT_CASE(pem),
	};
	int	 r;

	if (crypto_new(&issue_crypto) != 0)
		return 99;
	r = unit_main("issue", cases, NELEM(cases));
	crypto_free(issue_crypto);
	return r;
}
