/* SPDX-License-Identifier: Apache-2.0 */
/* Algorithms, contexts, hashes and the key derivation. */
#include "certs/crypto.h"

#include <openssl/evp.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "certs/internal.h"

static pthread_once_t	algs_once = PTHREAD_ONCE_INIT;
static struct algs	algs_all;
static bool		algs_ok;

static const char *const curve_group[CURVE_COUNT] = {
	[CURVE_P256] = "prime256v1",
	[CURVE_BP256] = "brainpoolP256r1",
};

static EVP_PKEY_CTX *
curve_context(enum curve c, int (*init)(EVP_PKEY_CTX *))
{
	EVP_PKEY_CTX	*x;

	if ((x = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL)) == NULL)
		return NULL;
	if (init(x) == 1 &&
	    EVP_PKEY_CTX_set_group_name(x, curve_group[c]) == 1)
		return x;
	EVP_PKEY_CTX_free(x);
	return NULL;
}

/* The curve, without a key. */
static EVP_PKEY *
curve_params(enum curve c)
{
	EVP_PKEY_CTX	*x;
	EVP_PKEY	*p = NULL;

	if ((x = curve_context(c, EVP_PKEY_paramgen_init)) == NULL)
		return NULL;
	if (EVP_PKEY_paramgen(x, &p) != 1)
		p = NULL;
	EVP_PKEY_CTX_free(x);
	return p;
}

static void
algs_fetch(void)
{
	struct algs	*a = &algs_all;

	a->sha1 = EVP_MD_fetch(NULL, "SHA1", NULL);
	a->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	a->aes128_cbc = EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL);
	a->aes128_ecb = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL);
	a->aes256_gcm = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
	algs_ok = a->sha1 != NULL && a->sha256 != NULL &&
	    a->aes128_cbc != NULL && a->aes128_ecb != NULL &&
	    a->aes256_gcm != NULL;
}

const struct algs *
algs_get(void)
{
	pthread_once(&algs_once, algs_fetch);
	return algs_ok ? &algs_all : NULL;
}

/* The contexts of one curve. */
static bool
crypto_curve(struct crypto *c, enum curve i)
{
	c->gen[i] = curve_context(i, EVP_PKEY_keygen_init);
	c->peer[i] = curve_params(i);
	if (c->gen[i] == NULL || c->peer[i] == NULL)
		return false;
	c->verify[i] = EVP_PKEY_CTX_new_from_pkey(NULL, c->peer[i], NULL);
	return c->verify[i] != NULL && EVP_PKEY_verify_init(c->verify[i]) == 1;
}

int
crypto_new(struct crypto **out)
{
	struct crypto	*c;
	int		 i;
	bool		 ok;

	*out = NULL;
	if (algs_get() == NULL)
		return DPE_CRYPTO;
	c = xcalloc(1, sizeof(*c));
	c->algs = algs_get();
	ok = (c->md = EVP_MD_CTX_new()) != NULL;
	for (i = 0; i < CURVE_COUNT; i++)
		ok = ok && crypto_curve(c, (enum curve)i);
	if (!ok) {
		crypto_free(c);
		return DPE_CRYPTO;
	}
	*out = c;
	return 0;
}

void
crypto_free(struct crypto *c)
{
	int	 i;

	if (c == NULL)
		return;
	for (i = 0; i < CURVE_COUNT; i++) {
		EVP_PKEY_CTX_free(c->gen[i]);
		EVP_PKEY_CTX_free(c->verify[i]);
		EVP_PKEY_free(c->peer[i]);
	}
	for (i = 0; i < SIGN_KEYS; i++) {
		EVP_PKEY_CTX_free(c->sign[i].ctx);
		EVP_PKEY_free(c->sign[i].key);
	}
	EVP_MD_CTX_free(c->md);
	free(c);
}

/* A hash cannot fail but for want of memory, which aborts here as elsewhere. */
static void
must(int one)
{
	if (one != 1)
		abort();
}

static void
digest_parts(EVP_MD_CTX *x, const EVP_MD *md, const struct slice *parts,
    size_t n, uint8_t *out)
{
	size_t	 i;

	must(EVP_DigestInit_ex2(x, md, NULL));
	for (i = 0; i < n; i++)
		must(EVP_DigestUpdate(x, parts[i].p, parts[i].len));
	must(EVP_DigestFinal_ex(x, out, NULL));
}

void
sha256_parts(struct crypto *c, const struct slice *parts, size_t n,
    uint8_t out[32])
{
	digest_parts(c->md, c->algs->sha256, parts, n, out);
}

void
sha256(struct crypto *c, struct slice data, uint8_t out[32])
{
	sha256_parts(c, &data, 1, out);
}

void
sha256_2(struct crypto *c, struct slice a, struct slice b, uint8_t out[32])
{
	struct slice	 parts[2] = { a, b };

	sha256_parts(c, parts, 2, out);
}

void
sha1(struct slice data, uint8_t out[20])
{
	const struct algs	*a = algs_get();

	must(a != NULL);
	must(EVP_Digest(data.p, data.len, out, NULL, a->sha1, NULL));
}

/* RFC 2104; the library's HMAC fetches its parts anew at every call. */
void
hmac_sha256(struct slice key, struct slice data, uint8_t out[32])
{
	const struct algs	*a = algs_get();
	struct slice		 parts[2];
	uint8_t			 pad[64] = {0}, inner[32];
	EVP_MD_CTX		*x;
	size_t			 i;

	must(a != NULL);
	must((x = EVP_MD_CTX_new()) != NULL);
	if (key.len > sizeof(pad))
		digest_parts(x, a->sha256, &key, 1, pad);
	else if (key.len > 0)
		memcpy(pad, key.p, key.len);
	for (i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36;
	parts[0] = slice_of(pad, sizeof(pad));
	parts[1] = data;
	digest_parts(x, a->sha256, parts, 2, inner);
	for (i = 0; i < sizeof(pad); i++)
		pad[i] ^= 0x36 ^ 0x5c;
	parts[1] = slice_of(inner, sizeof(inner));
	digest_parts(x, a->sha256, parts, 2, out);
	mem_wipe(pad, sizeof(pad));
	mem_wipe(inner, sizeof(inner));
	EVP_MD_CTX_free(x);
}

void
x963_kdf(struct crypto *c, struct slice z, struct slice info, uint8_t *out,
    size_t n)
{
	uint8_t		 block[32], counter[4] = {0};
	struct slice	 parts[3] = { z, slice_of(counter, 4), info };
	size_t		 take;

	if (n > 128)
		abort();
	while (n > 0) {
		counter[3]++;
		sha256_parts(c, parts, 3, block);
		take = n < sizeof(block) ? n : sizeof(block);
		memcpy(out, block, take);
		out += take;
		n -= take;
	}
	mem_wipe(block, sizeof(block));
}
