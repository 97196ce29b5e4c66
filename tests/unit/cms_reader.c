/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/cms_reader.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdlib.h>
#include <string.h>

static void
bio_take(BIO *b, struct buf *out)
{
	char	*p;
	long	 n = BIO_get_mem_data(b, &p);

	buf_add(out, p, (size_t)n);
	BIO_free(b);
}

void
reader_make(EVP_PKEY *key, const char *usage, int64_t now,
    struct reader *out)
{
	X509		*x = X509_new();
	X509_EXTENSION	*e;
	BIO		*b = BIO_new(BIO_s_mem());

	ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
	ASN1_TIME_set(X509_getm_notBefore(x), now - 1000);
	ASN1_TIME_set(X509_getm_notAfter(x), now + 1000);
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

void
reader_free(struct reader *r)
{
	buf_free(&r->cert);
	buf_free(&r->key);
}
