/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/aes.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct aes128 {
	uint8_t		 key[AES_BLOCK];
	EVP_CIPHER_CTX	*ecb, *enc, *dec;
	EVP_MAC_CTX	*mac;
};

/* A context of this cipher and direction, keyed, without padding. */
static EVP_CIPHER_CTX *
aes_ctx(const EVP_CIPHER *cipher, const uint8_t *key, int enc)
{
	EVP_CIPHER_CTX	*ctx;

	if ((ctx = EVP_CIPHER_CTX_new()) == NULL)
		return NULL;
	if (EVP_CipherInit_ex2(ctx, cipher, key, NULL, enc, NULL) != 1 ||
	    EVP_CIPHER_CTX_set_padding(ctx, 0) != 1) {
		EVP_CIPHER_CTX_free(ctx);
		return NULL;
	}
	return ctx;
}

static EVP_MAC_CTX *
aes_mac_ctx(const uint8_t *key)
{
	char		 name[] = "AES-128-CBC";
	OSSL_PARAM	 p[2];
	EVP_MAC		*mac;
	EVP_MAC_CTX	*ctx = NULL;

	p[0] = OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, name,
	    0);
	p[1] = OSSL_PARAM_construct_end();
	if ((mac = EVP_MAC_fetch(NULL, "CMAC", NULL)) == NULL)
		return NULL;
	ctx = EVP_MAC_CTX_new(mac);
	EVP_MAC_free(mac);	/* the context holds its own reference */
	if (ctx != NULL && EVP_MAC_init(ctx, key, AES_BLOCK, p) != 1) {
		EVP_MAC_CTX_free(ctx);
		return NULL;
	}
	return ctx;
}

int
aes128_new(const uint8_t key[AES_BLOCK], struct aes128 **out)
{
	struct aes128	*a;

	*out = NULL;
	a = xcalloc(1, sizeof(*a));
	memcpy(a->key, key, AES_BLOCK);
	a->ecb = aes_ctx(EVP_aes_128_ecb(), key, 1);
	a->enc = aes_ctx(EVP_aes_128_cbc(), key, 1);
	a->dec = aes_ctx(EVP_aes_128_cbc(), key, 0);
	a->mac = aes_mac_ctx(key);
	if (a->ecb == NULL || a->enc == NULL || a->dec == NULL ||
	    a->mac == NULL) {
		aes128_free(a);
		return DPE_CRYPTO;
	}
	*out = a;
	return 0;
}

void
aes128_free(struct aes128 *a)
{
	if (a == NULL)
		return;
	EVP_CIPHER_CTX_free(a->ecb);
	EVP_CIPHER_CTX_free(a->enc);
	EVP_CIPHER_CTX_free(a->dec);
	EVP_MAC_CTX_free(a->mac);
	mem_wipe(a, sizeof(*a));
	free(a);
}

static int
aes_run(EVP_CIPHER_CTX *ctx, const uint8_t *iv, struct slice in, uint8_t *out)
{
	int	 n;

	if (in.len % AES_BLOCK != 0 || in.len > INT_MAX)
		return DPE_RANGE;
	if (in.len == 0)
		return 0;
	if (EVP_CipherInit_ex2(ctx, NULL, NULL, iv, -1, NULL) != 1 ||
	    EVP_CipherUpdate(ctx, out, &n, in.p, (int)in.len) != 1 ||
	    n != (int)in.len)
		return DPE_CRYPTO;
	return 0;
}

int
aes128_ecb(struct aes128 *a, const uint8_t in[AES_BLOCK],
    uint8_t out[AES_BLOCK])
{
	return aes_run(a->ecb, NULL, slice_of(in, AES_BLOCK), out);
}

int
aes128_cbc_encrypt(struct aes128 *a, const uint8_t iv[AES_BLOCK],
    struct slice in, uint8_t *out)
{
	return aes_run(a->enc, iv, in, out);
}

int
aes128_cbc_decrypt(struct aes128 *a, const uint8_t iv[AES_BLOCK],
    struct slice in, uint8_t *out)
{
	return aes_run(a->dec, iv, in, out);
}

int
aes128_cmac(struct aes128 *a, const struct slice *parts, size_t n,
    uint8_t out[AES_BLOCK])
{
	size_t	 i, len;

	/* The key again: without one old 3.0 releases do not start anew. */
	if (EVP_MAC_init(a->mac, a->key, AES_BLOCK, NULL) != 1)
		return DPE_CRYPTO;
	for (i = 0; i < n; i++)
		if (parts[i].len > 0 &&
		    EVP_MAC_update(a->mac, parts[i].p, parts[i].len) != 1)
			return DPE_CRYPTO;
	if (EVP_MAC_final(a->mac, out, &len, AES_BLOCK) != 1 ||
	    len != AES_BLOCK)
		return DPE_CRYPTO;
	return 0;
}
