/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of certs/ share with each other and with nobody else. */
#ifndef CERTS_INTERNAL_H
#define CERTS_INTERNAL_H

#include <openssl/evp.h>

#include "certs/crypto.h"
#include "certs/pki.h"
#include "certs/signer.h"

struct privkey {
	EVP_PKEY	*pkey;
	enum curve	 curve;
};

/* A point that was found to be on its curve. */
struct pubkey {
	enum curve	 curve;
	uint8_t		 point[POINT_LEN];
};

/* Fetched once per process: an implicit fetch costs more than a hash. */
struct algs {
	EVP_MD		*sha1, *sha256;
	EVP_CIPHER	*aes128_cbc, *aes128_ecb, *aes256_gcm;
};
/* NULL when the library lacks one of them. */
const struct algs	*algs_get(void);

#define SIGN_KEYS	4	/* DPauth and DPpb on both curves */

/*
 * Contexts that are set up once, since setting one up costs a tenth of what it
 * is for: a key without a private half on each curve, into which points are
 * put, its verification, and the last keys that signed.
 */
struct crypto {
	const struct algs	*algs;
	EVP_MD_CTX		*md;
	EVP_PKEY_CTX		*gen[CURVE_COUNT];
	EVP_PKEY		*peer[CURVE_COUNT];
	uint8_t			 point[CURVE_COUNT][POINT_LEN];	/* in peer */
	EVP_PKEY_CTX		*verify[CURVE_COUNT];	/* by peer */
	struct {
		EVP_PKEY	*key;		/* a reference of ours */
		EVP_PKEY_CTX	*ctx;
	}			 sign[SIGN_KEYS];
	size_t			 sign_next;
};

/* Put a point into c->peer; DPE_POINT when it is not on the curve. */
MUST_CHECK int	peer_set(struct crypto *c, enum curve curve,
		    const uint8_t point[POINT_LEN]);

/* OID contents of the named curve, and back. DPE_UNSUPPORTED. */
struct slice	curve_oid(enum curve c);
MUST_CHECK int	curve_from_oid(struct slice oid, enum curve *out);

/* SHA-256 of n parts, one behind the other. */
void		sha256_parts(struct crypto *c, const struct slice *parts,
		    size_t n, uint8_t out[32]);

/* AES-128-CBC without padding; the context is kept for many messages. */
struct cbc {
	const EVP_CIPHER	*cipher;
	EVP_CIPHER_CTX		*ctx;
};
MUST_CHECK int	cbc_new(struct crypto *c, struct cbc *x);
void		cbc_free(struct cbc *x);
MUST_CHECK int	cbc_key(struct cbc *x, const uint8_t key[KEY_LEN]);
/* n octets, a multiple of 16; out may be in. */
MUST_CHECK int	cbc_encrypt(struct cbc *x, const uint8_t iv[16],
		    const uint8_t *in, size_t n, uint8_t *out);

/* An unencrypted private key, DER, PKCS#8 or SEC1. */
MUST_CHECK int	privkey_from_der(struct slice der, struct privkey **out);
/* The same, or the first PEM of one in a text. */
MUST_CHECK int	privkey_from_text(struct slice text, struct privkey **out);
/* Another owner of the same key. */
struct pubkey	*pubkey_ref(const struct pubkey *k);

/*
 * Append the DER in a text that is DER itself, PEM (the first of this label)
 * or the bare base64 of the DER.  DPE_SYNTAX.
 */
MUST_CHECK int	armor_open(struct slice text, const char *label,
		    struct buf *der);
/*
 * The UTCTime or GeneralizedTime at the start of *in, RFC 5280 4.1.2.5, as
 * seconds; years to 9999.  DPE_SYNTAX.
 */
MUST_CHECK int	time_get(struct slice *in, int64_t *out);
/*
 * The value of the first attribute of this type among the RDNs of a Name's
 * contents; empty if there is none.  DPE_SYNTAX.
 */
MUST_CHECK int	name_attr(struct slice rdns, struct slice oid,
		    struct slice *out);
extern const struct slice	oid_organization, oid_serial_number,
				oid_common_name;
/* What a certificate and a CRL have in common: SIGNED of X.509. */
struct signed_der {
	struct slice	tbs;		/* the TLV */
	struct slice	tbs_value;
	struct slice	signature;
};
MUST_CHECK int	signed_open(struct slice der, struct signed_der *out);
#define CERT_SERIAL_MAX	21	/* 20 octets and a leading zero */
/* Is this the AlgorithmIdentifier TLV of ecdsa-with-SHA256? */
bool		alg_is_ecdsa_sha256(struct slice alg);
/* Read the contents of Extensions into c. DPE_SYNTAX, DPE_UNSUPPORTED. */
MUST_CHECK int	cert_extensions(struct slice exts, struct cert *c);
/* One Extension; *in moves behind it. DPE_SYNTAX. */
struct ext {
	struct slice	oid;
	bool		critical;
	struct slice	value;	/* what stands in the OCTET STRING */
};
MUST_CHECK int	ext_next(struct slice *in, struct ext *out);
/* The keyIdentifier of an AuthorityKeyIdentifier; empty if none. */
MUST_CHECK int	ext_aki(struct slice value, struct slice *out);

/* The key of a CI of this PKI. */
const struct pubkey	*pki_ci_key(const struct pki *p,
			    const struct pki_ci *ci);
/* The key of an EUM certificate with this hash that was verified; or NULL. */
struct pubkey	*pki_eum_get(struct pki *p, const uint8_t hash[32]);
/* Remember it; k stays the caller's. */
void		pki_eum_put(struct pki *p, const uint8_t hash[32],
		    const struct pubkey *k);

/* Only for bytes of the shape that the role signs. DPE_USAGE. */
MUST_CHECK int	signer_shape(enum signer_role role, struct slice data);

#endif
