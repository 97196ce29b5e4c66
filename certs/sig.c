/* SPDX-License-Identifier: Apache-2.0 */
/* ECDSA with SHA-256, and its two encodings. */
#include <openssl/err.h>
#include <openssl/evp.h>

#include <string.h>

#include "base/der.h"
#include "certs/internal.h"

/* A number of 32 octets as a minimal unsigned INTEGER. */
static void
sig_add_number(struct buf *b, const uint8_t *p)
{
	size_t	 n = 32, lead;

	while (n > 1 && *p == 0) {
		p++;
		n--;
	}
	lead = (*p & 0x80) != 0;
	der_add_head(b, 0x02, n + lead);
	if (lead)
		buf_add_u8(b, 0);
	buf_add(b, p, n);
}

int
sig_to_der(struct slice raw, struct buf *out)
{
	size_t	 at = out->len;

	if (raw.len != SIG_LEN)
		return DPE_SIG;
	buf_reserve(out, 80);
	sig_add_number(out, raw.p);
	sig_add_number(out, raw.p + SIG_LEN / 2);
	der_wrap(out, at, 0x30);
	return 0;
}

static int
sig_number(struct slice *in, uint8_t out[32])
{
	struct der	 d;
	struct slice	 v;

	if (der_expect(in, 0x02, &d) != 0)
		return DPE_SYNTAX;
	v = d.value;
	if (v.len < 1 || (v.p[0] & 0x80) != 0)
		return DPE_SYNTAX;
	if (v.p[0] == 0 && v.len > 1) {
		if ((v.p[1] & 0x80) == 0)
			return DPE_SYNTAX;	/* not minimal */
		v = slice_sub(v, 1, v.len);
	}
	if (v.len > 32)
		return DPE_SYNTAX;
	memset(out, 0, 32 - v.len);
	memcpy(out + 32 - v.len, v.p, v.len);
	return 0;
}

int
sig_from_der(struct slice der, uint8_t out[SIG_LEN])
{
	struct der	 d;
	struct slice	 in;

	if (der_whole(der, 0x30, &d) != 0)
		return DPE_SYNTAX;
	in = d.value;
	if (sig_number(&in, out) != 0 || sig_number(&in, out + 32) != 0 ||
	    in.len != 0)
		return DPE_SYNTAX;
	return 0;
}

static int
sig_check(struct crypto *c, const struct pubkey *k, const uint8_t hash[32],
    struct slice der)
{
	if (peer_set(c, k->curve, k->point) != 0)
		return DPE_CRYPTO;
	if (EVP_PKEY_verify(c->verify[k->curve], der.p, der.len, hash,
	    32) == 1)
		return 0;
	ERR_clear_error();
	return DPE_SIG;
}

int
sig_verify(struct crypto *c, const struct pubkey *k,
    const struct slice *parts, size_t n, struct slice sig)
{
	struct buf	 der = {0};
	uint8_t		 hash[32];
	int		 r;

	if ((r = sig_to_der(sig, &der)) == 0) {
		sha256_parts(c, parts, n, hash);
		r = sig_check(c, k, hash, buf_slice(&der));
	}
	buf_free(&der);
	return r;
}

int
sig_verify_der(struct crypto *c, const struct pubkey *k, struct slice tbs,
    struct slice sig)
{
	uint8_t	 hash[32];

	sha256(c, tbs, hash);
	return sig_check(c, k, hash, sig);
}

/* The context of a key that has signed before, or one in its place. */
static EVP_PKEY_CTX *
sign_context(struct crypto *c, EVP_PKEY *key)
{
	EVP_PKEY_CTX	*x;
	size_t		 i;

	for (i = 0; i < SIGN_KEYS; i++)
		if (c->sign[i].key == key)
			return c->sign[i].ctx;
	if ((x = EVP_PKEY_CTX_new_from_pkey(NULL, key, NULL)) == NULL ||
	    EVP_PKEY_sign_init(x) != 1 || EVP_PKEY_up_ref(key) != 1) {
		EVP_PKEY_CTX_free(x);
		return NULL;
	}
	i = c->sign_next++ % SIGN_KEYS;
	EVP_PKEY_CTX_free(c->sign[i].ctx);
	EVP_PKEY_free(c->sign[i].key);
	c->sign[i].key = key;
	c->sign[i].ctx = x;
	return x;
}

int
sig_sign(struct crypto *c, const struct privkey *k, struct slice data,
    uint8_t out[SIG_LEN])
{
	EVP_PKEY_CTX	*x;
	uint8_t		 hash[32], der[80];
	size_t		 n = sizeof(der);

	if ((x = sign_context(c, k->pkey)) == NULL)
		return DPE_CRYPTO;
	sha256(c, data, hash);
	if (EVP_PKEY_sign(x, der, &n, hash, sizeof(hash)) != 1 ||
	    sig_from_der(slice_of(der, n), out) != 0)
		return DPE_CRYPTO;
	return 0;
}

int
sig_sign_hash(const struct privkey *k, struct slice hash, struct buf *der)
{
	EVP_PKEY_CTX	*x;
	size_t		 n = 80, at = der->len;
	int		 r = DPE_CRYPTO;

	if (hash.len < 20 || hash.len > 64 ||
	    (x = EVP_PKEY_CTX_new_from_pkey(NULL, k->pkey, NULL)) == NULL)
		return DPE_CRYPTO;
	if (EVP_PKEY_sign_init(x) == 1 && EVP_PKEY_sign(x, buf_grow(der, n),
	    &n, hash.p, hash.len) == 1)
		r = 0;
	buf_cut(der, r == 0 ? at + n : at);
	EVP_PKEY_CTX_free(x);
	ERR_clear_error();
	return r;
}
