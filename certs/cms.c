/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/cms.h"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certs/internal.h"

#define PEM_HEAD	"-----BEGIN CMS-----\n"
#define PEM_TAIL	"-----END CMS-----\n"

struct cms {
	CMS_ContentInfo	*info;
	BIO		*sink;		/* memory, emptied after each piece */
	BIO		*base64;	/* NULL: none */
	BIO		*in;		/* what is written to */
	BIO		*top;		/* the last link that is not of `in' */
	bool		 begun;
	char		 key_id[CMS_KEY_ID];
};

/* A certificate in either form, to be freed; NULL. */
static X509 *
cms_cert(struct slice text)
{
	struct buf	 der = { 0 };
	const uint8_t	*p;
	X509		*x = NULL;

	if (armor_open(text, "CERTIFICATE", &der) == 0) {
		p = der.p;
		x = d2i_X509(NULL, &p, (long)der.len);
		if (x != NULL && p != der.p + der.len) {
			X509_free(x);
			x = NULL;
		}
	}
	ERR_clear_error();
	buf_free(&der);
	return x;
}

/* Is it a key to encrypt for, of a certificate that says so and is in time? */
static int
cms_fit(X509 *x, int64_t now, struct why *why)
{
	time_t		 t = (time_t)now;
	EVP_PKEY	*key = X509_get0_pubkey(x);
	int		 type = key == NULL ? 0 : EVP_PKEY_get_base_id(key);
	uint32_t	 use = X509_get_key_usage(x);

	if (type != EVP_PKEY_RSA && type != EVP_PKEY_EC)
		return why_set(why, DPE_CERT, "recipient: neither an RSA nor "
		    "an EC key");
	if (EVP_PKEY_get_bits(key) < (type == EVP_PKEY_RSA ? CMS_RSA_BITS :
	    CMS_EC_BITS))
		return why_set(why, DPE_CERT, "recipient: a key of %d bits is "
		    "too short", EVP_PKEY_get_bits(key));
	if ((use & (type == EVP_PKEY_RSA ? KU_KEY_ENCIPHERMENT :
	    KU_KEY_AGREEMENT)) == 0)
		return why_set(why, DPE_CERT, "recipient: its certificate is "
		    "not for %s (keyUsage)", type == EVP_PKEY_RSA ?
		    "keyEncipherment" : "keyAgreement");
	if (X509_cmp_time(X509_get0_notBefore(x), &t) >= 0 ||
	    X509_cmp_time(X509_get0_notAfter(x), &t) <= 0)
		return why_set(why, DPE_CERT, "recipient: its certificate is "
		    "not within its dates");
	return 0;
}

static int
cms_name(struct cms *m, X509 *x)
{
	const ASN1_OCTET_STRING	*ski = X509_get0_subject_key_id(x);
	unsigned char		 sum[EVP_MAX_MD_SIZE];
	unsigned		 n = 0, i;

	if (ski != NULL && ASN1_STRING_length(ski) == 20)
		memcpy(sum, ASN1_STRING_get0_data(ski), 20);
	else if (X509_pubkey_digest(x, EVP_sha1(), sum, &n) != 1)
		return DPE_CRYPTO;
	for (i = 0; i < 20; i++)
		snprintf(m->key_id + 2 * i, 3, "%02x", sum[i]);
	return 0;
}

/* OpenSSL's own choices are PKCS#1 v1.5 and a KDF over SHA-1. */
static int
cms_recipient(struct cms *m, X509 *x)
{
	CMS_RecipientInfo	*ri;
	EVP_PKEY_CTX		*ctx;
	unsigned		 how = CMS_KEY_PARAM;

	/* By key identifier, where there is one: it names one key only. */
	if (X509_get0_subject_key_id(x) != NULL)
		how |= CMS_USE_KEYID;
	if ((ri = CMS_add1_recipient_cert(m->info, x, how)) == NULL ||
	    (ctx = CMS_RecipientInfo_get0_pkey_ctx(ri)) == NULL)
		return DPE_CRYPTO;
	if (CMS_RecipientInfo_type(ri) == CMS_RECIPINFO_AGREE)
		return EVP_PKEY_CTX_set_ecdh_kdf_md(ctx, EVP_sha256()) == 1 ?
		    0 : DPE_CRYPTO;
	if (EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) != 1 ||
	    EVP_PKEY_CTX_set_rsa_oaep_md(ctx, EVP_sha256()) != 1)
		return DPE_CRYPTO;
	return 0;
}

static int
cms_pipe(struct cms *m, bool pem)
{
	if ((m->sink = BIO_new(BIO_s_mem())) == NULL)
		return DPE_CRYPTO;
	m->top = m->sink;
	if (pem) {
		if ((m->base64 = BIO_new(BIO_f_base64())) == NULL ||
		    BIO_puts(m->sink, PEM_HEAD) <= 0)
			return DPE_CRYPTO;
		m->top = BIO_push(m->base64, m->sink);
	}
	m->in = BIO_new_CMS(m->top, m->info);
	return m->in == NULL ? DPE_CRYPTO : 0;
}

int
cms_begin(struct slice cert, int64_t now, bool pem, struct cms **out,
    struct why *why)
{
	struct cms	*m;
	X509		*x;
	int		 r;

	if ((x = cms_cert(cert)) == NULL)
		return why_set(why, DPE_SYNTAX, "recipient: no certificate, "
		    "neither PEM nor DER");
	m = xcalloc(1, sizeof(*m));
	if ((r = cms_fit(x, now, why)) != 0)
		goto out;
	m->info = CMS_encrypt(NULL, NULL, EVP_aes_256_gcm(),
	    CMS_PARTIAL | CMS_STREAM | CMS_BINARY);
	if (m->info == NULL || (r = cms_name(m, x)) != 0 ||
	    (r = cms_recipient(m, x)) != 0 || (r = cms_pipe(m, pem)) != 0)
		r = why_set(why, DPE_CRYPTO, "recipient: cannot encrypt");
out:
	ERR_clear_error();
	X509_free(x);
	if (r == 0)
		*out = m;
	else
		cms_free(m);
	return r;
}

const char *
cms_key_id(const struct cms *m)
{
	return m->key_id;
}

/* Move what has been made into out. */
static void
cms_drain(struct cms *m, struct buf *out)
{
	char	*p;
	long	 n = BIO_get_mem_data(m->sink, &p);

	if (n > 0)
		buf_add(out, p, (size_t)n);
	if (BIO_reset(m->sink) != 1)
		abort();	/* memory of ours that can be written */
}

int
cms_add(struct cms *m, struct slice plain, struct buf *out)
{
	int	 n;

	while (plain.len > 0) {
		n = BIO_write(m->in, plain.p,
		    plain.len > INT32_MAX ? INT32_MAX : (int)plain.len);
		if (n <= 0) {
			ERR_clear_error();
			return DPE_CRYPTO;
		}
		plain = slice_sub(plain, (size_t)n, plain.len);
	}
	cms_drain(m, out);
	return 0;
}

/* What was put above `top' by OpenSSL is taken off again. */
static void
cms_unpipe(struct cms *m)
{
	BIO	*b = m->in, *next;

	while (b != NULL && b != m->top) {
		next = BIO_pop(b);
		BIO_free(b);
		b = next;
	}
	m->in = NULL;
}

int
cms_end(struct cms *m, struct buf *out)
{
	int	 r = 0;

	if (BIO_flush(m->in) != 1 ||
	    (m->base64 != NULL && BIO_flush(m->base64) != 1) ||
	    (m->base64 != NULL && BIO_puts(m->sink, PEM_TAIL) <= 0))
		r = DPE_CRYPTO;
	ERR_clear_error();
	cms_drain(m, out);
	return r;
}

void
cms_free(struct cms *m)
{
	if (m == NULL)
		return;
	cms_unpipe(m);
	if (m->base64 != NULL) {
		BIO_pop(m->base64);
		BIO_free(m->base64);
	}
	BIO_free(m->sink);
	CMS_ContentInfo_free(m->info);
	ERR_clear_error();
	free(m);
}
