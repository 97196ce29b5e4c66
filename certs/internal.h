/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of certs/ share with each other and with nobody else. */
#ifndef CERTS_INTERNAL_H
#define CERTS_INTERNAL_H

#include <openssl/evp.h>

#include "certs/crypto.h"

struct privkey {
	EVP_PKEY	*pkey;
	enum curve	 curve;
};

struct pubkey {
	EVP_PKEY	*pkey;
	enum curve	 curve;
};

/* Fetched once per process: an implicit fetch costs more than a hash. */
struct algs {
	EVP_MD		*sha1, *sha256;
	EVP_CIPHER	*aes128_cbc, *aes256_gcm;
	EVP_PKEY	*params[CURVE_COUNT];	/* the curve, without a key */
};
/* NULL when the library lacks one of them. */
const struct algs	*algs_get(void);

struct crypto {
	const struct algs	*algs;
	EVP_MD_CTX		*md;
	EVP_PKEY_CTX		*gen[CURVE_COUNT];
};

/* OID contents of the named curve, and back. DPE_UNSUPPORTED. */
struct slice	curve_oid(enum curve c);
MUST_CHECK int	curve_from_oid(struct slice oid, enum curve *out);

/* SHA-256 of n parts, one behind the other. */
void		sha256_parts(struct crypto *c, const struct slice *parts,
		    size_t n, uint8_t out[32]);

/* An unencrypted private key, DER, PKCS#8 or SEC1. */
MUST_CHECK int	privkey_from_der(struct slice der, struct privkey **out);
/* Another owner of the same key. */
struct pubkey	*pubkey_ref(const struct pubkey *k);

/* The bytes of a file that is DER, PEM or the base64 text of the DER. */
MUST_CHECK int	armor_open(struct slice text, struct buf *der);
/* UTCTime or GeneralizedTime of RFC 5280 as seconds; years to 9999. */
MUST_CHECK int	time_get(struct slice *in, int64_t *out);

#endif
