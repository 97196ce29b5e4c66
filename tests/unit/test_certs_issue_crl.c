/* SPDX-License-Identifier: Apache-2.0 */
/* Revocation lists and PEM of certs/issue.h, read by libcrypto. */
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "tests/unit/test_certs_issue.h"

static X509_CRL *
crl_read(const struct buf *der)
{
	const uint8_t	*p = der->p;
	X509_CRL	*crl = d2i_X509_CRL(NULL, &p, (long)der->len);

	CU_ASSERT_FATAL(crl != NULL);
	return crl;
}

static int
crl_count(X509_CRL *crl)
{
	STACK_OF(X509_REVOKED)	*list = X509_CRL_get_REVOKED(crl);

	return list == NULL ? 0 : sk_X509_REVOKED_num(list);
}

static bool
crl_has(X509_CRL *crl, const struct made *m)
{
	X509_REVOKED	*entry = NULL;

	return X509_CRL_get0_by_serial(crl, &entry,
	    X509_get_serialNumber(m->x)) == 1;
}

static long
crl_number(X509_CRL *crl)
{
	ASN1_INTEGER	*n = X509_CRL_get_ext_d2i(crl, NID_crl_number, NULL,
	    NULL);
	long		 v = n == NULL ? -1 : ASN1_INTEGER_get(n);

	ASN1_INTEGER_free(n);
	return v;
}

/* Both authority key id and distribution point stand there, critical. */
static void
check_crl_extensions(X509_CRL *crl)
{
	static const int	 nids[] = { NID_authority_key_identifier,
		NID_issuing_distribution_point };
	size_t			 i;
	int			 at;

	for (i = 0; i < NELEM(nids); i++) {
		at = X509_CRL_get_ext_by_NID(crl, nids[i], -1);
		CU_ASSERT_FATAL(at >= 0);
		CU_ASSERT_EQUAL(X509_EXTENSION_get_critical(
		    X509_CRL_get_ext(crl, at)), 1);
	}
}

static void
check_crl_entry(X509_CRL *crl, const struct made *m)
{
	ASN1_OBJECT	*oid = OBJ_txt2obj("2.23.146.1.2.0.1", 1);
	X509_REVOKED	*entry = NULL;
	X509_EXTENSION	*e;
	ASN1_OCTET_STRING *os;
	int		 at;

	CU_ASSERT_EQUAL_FATAL(X509_CRL_get0_by_serial(crl, &entry,
	    X509_get_serialNumber(m->x)), 1);
	at = X509_REVOKED_get_ext_by_OBJ(entry, oid, -1);
	ASN1_OBJECT_free(oid);
	CU_ASSERT_FATAL(at >= 0);
	e = X509_REVOKED_get_ext(entry, at);
	CU_ASSERT_EQUAL(X509_EXTENSION_get_critical(e), 1);
	os = X509_EXTENSION_get_data(e);
	unit_same("expDate", slice_of(ASN1_STRING_get0_data(os),
	    (size_t)ASN1_STRING_length(os)),
	    slice_str("\x17\x0d" "270101000000Z"));
}

static int
crl_issue(const struct made *ci, struct slice before, const struct made *m,
    int64_t now, struct buf *out)
{
	struct issue_revoked	 add = {0};

	if (m != NULL) {
		add.serial = m->cert.serial;
		add.since = now;
		add.expires = m->cert.not_after;
	}
	return issue_crl(issue_crypto, ci->key, buf_slice(&ci->der), before,
	    &add, m == NULL ? 0 : 1, now, now + 86400, out);
}

void
crl_grows(void)
{
	struct made	 ci, eum, auth;
	struct buf	 der[4] = {0};
	X509_CRL	*crl;
	size_t		 i;

	make(&ci, &want_ci, CURVE_BP256, NULL);
	make(&eum, &want_eum, CURVE_BP256, &ci);
	make(&auth, &want_auth, CURVE_BP256, &ci);
	CU_ASSERT_EQUAL(crl_issue(&ci, slice_of(NULL, 0), NULL, NOW,
	    &der[0]), 0);
	CU_ASSERT_EQUAL(crl_issue(&ci, buf_slice(&der[0]), &eum, NOW + 5,
	    &der[1]), 0);
	CU_ASSERT_EQUAL(crl_issue(&ci, buf_slice(&der[1]), &auth, NOW + 9,
	    &der[2]), 0);
	CU_ASSERT_EQUAL(crl_issue(&ci, buf_slice(&der[2]), &eum, NOW + 10,
	    &der[3]), DPE_EXISTS);
	CU_ASSERT_EQUAL(der[3].len, 0);
	for (i = 0; i < 3; i++) {
		crl = crl_read(&der[i]);
		CU_ASSERT_EQUAL(X509_CRL_verify(crl,
		    X509_get0_pubkey(ci.x)), 1);
		CU_ASSERT_EQUAL(crl_count(crl), (int)i);
		CU_ASSERT_EQUAL(crl_number(crl), (long)i + 1);
		CU_ASSERT_EQUAL(crl_has(crl, &eum), i >= 1);
		CU_ASSERT_EQUAL(crl_has(crl, &auth), i >= 2);
		check_crl_extensions(crl);
		if (i >= 1)
			check_crl_entry(crl, &eum);
		X509_CRL_free(crl);
		buf_free(&der[i]);
	}
	unmake(&auth);
	unmake(&eum);
	unmake(&ci);
}

/* Every length of the last line, read back by libcrypto. */
void
pem(void)
{
	uint8_t		 raw[100], *back;
	struct buf	 text = {0};
	char		*name, *header;
	BIO		*bio;
	size_t		 n;
	long		 len;

	for (n = 0; n < sizeof(raw); n++)
		raw[n] = (uint8_t)(n * 7);
	for (n = 1; n <= sizeof(raw); n++) {
		buf_cut(&text, 0);
		issue_pem(slice_of(raw, n), "X509 CRL", &text);
		bio = BIO_new_mem_buf(text.p, (int)text.len);
		CU_ASSERT_EQUAL_FATAL(PEM_read_bio(bio, &name, &header,
		    &back, &len), 1);
		CU_ASSERT_STRING_EQUAL(name, "X509 CRL");
		unit_same("pem", slice_of(back, (size_t)len),
		    slice_of(raw, n));
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_free(back);
		BIO_free(bio);
	}
	buf_free(&text);
}
