/* SPDX-License-Identifier: Apache-2.0 */
/* Files for one reader: RSA and EC, PEM and DER, and whom they refuse. */
#include "certs/cms.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "certs/digest.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define NOW	((int64_t)AT_2026)

/* A certificate that its own key has signed, and the key, both as PEM. */
struct reader {
	struct buf	 cert, key;
};

static void
bio_take(BIO *b, struct buf *out)
{
	char	*p;
	long	 n = BIO_get_mem_data(b, &p);

	buf_add(out, p, (size_t)n);
	BIO_free(b);
}

static void
reader_make(EVP_PKEY *key, const char *usage, struct reader *out)
{
	X509		*x = X509_new();
	X509_EXTENSION	*e;
	BIO		*b = BIO_new(BIO_s_mem());

	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	ASN1_TIME_set(X509_getm_notBefore(x), NOW - 1000);
	ASN1_TIME_set(X509_getm_notAfter(x), NOW + 1000);
	X509_set_version(x, X509_VERSION_3);
	X509_set_pubkey(x, key);
	X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN",
	    MBSTRING_ASC, (const unsigned char *)"hss", -1, -1, 0);
	X509_set_issuer_name(x, X509_get_subject_name(x));
	if (usage != NULL) {
		e = X509V3_EXT_conf_nid(NULL, NULL, NID_key_usage, usage);
		X509_add_ext(x, e, -1);
		X509_EXTENSION_free(e);
	}
	memset(out, 0, sizeof(*out));
	if (X509_sign(x, key, EVP_sha256()) == 0 ||
	    PEM_write_bio_X509(b, x) != 1)
		abort();
	bio_take(b, &out->cert);
	b = BIO_new(BIO_s_mem());
	if (PEM_write_bio_PrivateKey(b, key, NULL, NULL, 0, NULL, NULL) != 1)
		abort();
	bio_take(b, &out->key);
	X509_free(x);
	EVP_PKEY_free(key);
}

static void
reader_free(struct reader *r)
{
	buf_free(&r->cert);
	buf_free(&r->key);
}

/* Rows of some length, so that the file has several pieces. */
static void
make(const struct reader *to, bool pem, struct buf *file, struct buf *plain)
{
	struct cms	*m = NULL;
	char		 line[64];
	int		 i;

	buf_cut(file, 0);
	buf_cut(plain, 0);
	CU_ASSERT_EQUAL_FATAL(cms_begin(buf_slice(&to->cert), NOW, pem, &m,
	    NULL), 0);
	CU_ASSERT_EQUAL(strlen(cms_key_id(m)), 40);
	for (i = 0; i < 5000; i++) {
		snprintf(line, sizeof(line), "row %d of five thousand\n", i);
		buf_add_str(plain, line);
		CU_ASSERT_EQUAL(cms_add(m, slice_str(line), file), 0);
	}
	/* It leaves while it is made. */
	CU_ASSERT(file->len > plain->len / 2);
	CU_ASSERT_EQUAL(cms_end(m, file), 0);
	cms_free(m);
}

static void
both_ways(const struct reader *to)
{
	struct buf	 file = { 0 }, plain = { 0 }, got = { 0 };
	int		 pem;

	for (pem = 0; pem < 2; pem++) {
		make(to, pem == 1, &file, &plain);
		CU_ASSERT_PTR_NULL(memmem(file.p, file.len, "row 1", 5));
		buf_cut(&got, 0);
		CU_ASSERT_EQUAL(cms_open(buf_slice(&file),
		    buf_slice(&to->cert), buf_slice(&to->key), &got), 0);
		unit_same("what was put in", buf_slice(&got),
		    buf_slice(&plain));
	}
	buf_free(&file);
	buf_free(&plain);
	buf_free(&got);
}

void
cms_readers(void)
{
	struct reader	 r;

	reader_make(EVP_EC_gen("P-256"), NULL, &r);
	both_ways(&r);
	reader_free(&r);
	reader_make(EVP_EC_gen("brainpoolP256r1"), "keyAgreement", &r);
	both_ways(&r);
	reader_free(&r);
	reader_make(EVP_EC_gen("P-384"), "keyAgreement", &r);
	both_ways(&r);
	reader_free(&r);
	reader_make(EVP_RSA_gen(2048), "keyEncipherment", &r);
	both_ways(&r);
	reader_free(&r);
}

/* Another key, and an octet that was changed anywhere. */
void
cms_closed(void)
{
	struct reader	 r, other;
	struct buf	 file = { 0 }, plain = { 0 }, got = { 0 };
	size_t		 i, refused = 0;

	reader_make(EVP_EC_gen("P-256"), NULL, &r);
	reader_make(EVP_EC_gen("P-256"), NULL, &other);
	make(&r, false, &file, &plain);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&file), buf_slice(&other.cert),
	    buf_slice(&other.key), &got), DPE_SEAL);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&file), buf_slice(&r.cert),
	    buf_slice(&other.key), &got), DPE_SEAL);
	CU_ASSERT_EQUAL(got.len, 0);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&plain), buf_slice(&r.cert),
	    buf_slice(&r.key), &got), DPE_SYNTAX);
	/*
	 * OpenSSL does not look at the tag of a piece of an OCTET STRING: what
	 * opens all the same is the same.
	 */
	for (i = 0; i < file.len; i += i > 1000 && i + 200 < file.len ?
	    997 : 1) {
		file.p[i] ^= 0x40;
		buf_cut(&got, 0);
		if (cms_open(buf_slice(&file), buf_slice(&r.cert),
		    buf_slice(&r.key), &got) != 0)
			refused++;
		else
			CU_ASSERT(slice_eq(buf_slice(&got),
			    buf_slice(&plain)));
		file.p[i] ^= 0x40;
	}
	CU_ASSERT(refused > 1000);
	for (i = file.len - 60; i < file.len; i++)
		CU_ASSERT_NOT_EQUAL(cms_open(slice_of(file.p, i),
		    buf_slice(&r.cert), buf_slice(&r.key), &got), 0);
	reader_free(&r);
	reader_free(&other);
	buf_free(&file);
	buf_free(&plain);
	buf_free(&got);
}

static void
refused(struct reader *r, int64_t now, int want, const char *part)
{
	struct why	 why = { "" };
	struct cms	*m = NULL;

	CU_ASSERT_EQUAL(cms_begin(buf_slice(&r->cert), now, false, &m, &why),
	    want);
	CU_ASSERT_PTR_NULL(m);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, part));
	reader_free(r);
}

void
cms_refused(void)
{
	struct reader	 r;

	reader_make(EVP_EC_gen("P-256"), "digitalSignature", &r);
	refused(&r, NOW, DPE_CERT, "keyAgreement");
	reader_make(EVP_RSA_gen(2048), "digitalSignature,keyAgreement", &r);
	refused(&r, NOW, DPE_CERT, "keyEncipherment");
	reader_make(EVP_RSA_gen(1024), NULL, &r);
	refused(&r, NOW, DPE_CERT, "too short");
	reader_make(EVP_EC_gen("P-192"), NULL, &r);
	refused(&r, NOW, DPE_CERT, "too short");
	reader_make(EVP_EC_gen("P-256"), NULL, &r);
	refused(&r, NOW - 2000, DPE_CERT, "dates");
	reader_make(EVP_EC_gen("P-256"), NULL, &r);
	refused(&r, NOW + 2000, DPE_CERT, "dates");
	reader_make(EVP_EC_gen("P-256"), NULL, &r);
	buf_cut(&r.cert, r.cert.len / 2);
	refused(&r, NOW, DPE_SYNTAX, "no certificate");
	memset(&r, 0, sizeof(r));
	refused(&r, NOW, DPE_SYNTAX, "no certificate");
}

/* FIPS 180-4: of "abc", in pieces and anew. */
void
digest_pieces(void)
{
	static const char	 want[] = "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad";
	struct digest		*d;
	char			 got[DIGEST_TEXT];

	CU_ASSERT_EQUAL_FATAL(digest_new(&d), 0);
	digest_add(d, slice_str("a"));
	digest_add(d, slice_str(""));
	digest_add(d, slice_str("bc"));
	digest_end(d, got);
	CU_ASSERT_STRING_EQUAL(got, want);
	digest_add(d, slice_str("abc"));
	digest_end(d, got);
	CU_ASSERT_STRING_EQUAL(got, want);
	digest_free(d);
}
