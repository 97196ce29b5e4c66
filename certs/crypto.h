/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cryptography of RSP over OpenSSL 3: algorithms fetched once per process,
 * contexts made once per `struct crypto` and reused.  A struct crypto belongs
 * to one thread at a time.
 */
#ifndef CERTS_CRYPTO_H
#define CERTS_CRYPTO_H

#include "base/buf.h"
#include "certs/cert.h"

#define SIG_LEN		64	/* r || s, 32 octets each (2.6.7.2) */
#define POINT_LEN	65	/* 04 || X || Y */
#define KEY_LEN		16	/* AES-128 */

struct crypto;		/* reusable contexts */
struct pubkey;		/* an EC public key, checked to be on its curve */
struct privkey;		/* an EC private key */

MUST_CHECK int	crypto_new(struct crypto **out);
void		crypto_free(struct crypto *c);

/* 04 X Y on this curve, not infinity. DPE_POINT. */
MUST_CHECK int	pubkey_new(struct crypto *c, enum curve curve,
		    struct slice point, struct pubkey **out);
void		pubkey_free(struct pubkey *k);
enum curve	pubkey_curve(const struct pubkey *k);

/*
 * Does the raw r||s signature fit the concatenation of parts?  DPE_SIG if not.
 */
MUST_CHECK int	sig_verify(struct crypto *c, const struct pubkey *k,
		    const struct slice *parts, size_t n, struct slice sig);
/* The same for a certificate's signature (DER form) over its tbs. */
MUST_CHECK int	sig_verify_der(struct crypto *c, const struct pubkey *k,
		    struct slice tbs, struct slice sig);

/* A private key file: PEM or DER, PKCS#8 or SEC1, unencrypted. */
MUST_CHECK int	privkey_load(const char *path, struct privkey **out,
		    struct why *why);
/* A fresh key. */
MUST_CHECK int	privkey_generate(struct crypto *c, enum curve curve,
		    struct privkey **out);
/* From a 32-octet scalar: for tests and vectors. */
MUST_CHECK int	privkey_from_scalar(struct crypto *c, enum curve curve,
		    struct slice d, struct privkey **out);
void		privkey_free(struct privkey *k);
enum curve	privkey_curve(const struct privkey *k);
void		privkey_point(const struct privkey *k, uint8_t out[POINT_LEN]);
/* PKCS#8 PEM, to be written by the caller; wipe it. */
MUST_CHECK int	privkey_pem(const struct privkey *k, struct buf *out);

MUST_CHECK int	sig_sign(struct crypto *c, const struct privkey *k,
		    struct slice data, uint8_t out[SIG_LEN]);

/*
 * Append the ECDSA-Sig-Value of a digest that was made elsewhere (20 to 64
 * octets); for any thread.  DPE_CRYPTO.
 */
MUST_CHECK int	sig_sign_hash(const struct privkey *k, struct slice hash,
		    struct buf *der);

/* raw r||s to ECDSA-Sig-Value and back, with leading zeros right. */
MUST_CHECK int	sig_to_der(struct slice raw, struct buf *out);
MUST_CHECK int	sig_from_der(struct slice der, uint8_t out[SIG_LEN]);

/* The x-coordinate of the shared point, 32 octets; wipe it. */
MUST_CHECK int	ecdh_derive(struct crypto *c, const struct privkey *own,
		    const struct pubkey *peer, uint8_t z[32]);
/* ANSI X9.63 KDF with SHA-256: n octets (at most 128). */
void		x963_kdf(struct crypto *c, struct slice z, struct slice info,
		    uint8_t *out, size_t n);

void		sha256(struct crypto *c, struct slice data, uint8_t out[32]);
/* SHA-256 of the concatenation of a and b. */
void		sha256_2(struct crypto *c, struct slice a, struct slice b,
		    uint8_t out[32]);
/* SHA-1 of a public point: what the SKI of these PKIs is. */
void		sha1(struct slice data, uint8_t out[20]);
void		hmac_sha256(struct slice key, struct slice data,
		    uint8_t out[32]);

#endif
