/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/cmac.h"

#include <stdlib.h>
#include <string.h>

#include "certs/internal.h"

struct cmac {
	struct cbc	cbc;
	uint8_t		k1[16], k2[16];
};

int
cbc_new(struct crypto *c, struct cbc *x)
{
	x->cipher = c->algs->aes128_cbc;
	x->ctx = EVP_CIPHER_CTX_new();
	return x->ctx == NULL ? DPE_CRYPTO : 0;
}

void
cbc_free(struct cbc *x)
{
	EVP_CIPHER_CTX_free(x->ctx);	/* wipes */
	x->ctx = NULL;
}

int
cbc_key(struct cbc *x, const uint8_t key[KEY_LEN])
{
	static const uint8_t	 zero[16];

	if (EVP_EncryptInit_ex2(x->ctx, x->cipher, key, zero, NULL) != 1 ||
	    EVP_CIPHER_CTX_set_padding(x->ctx, 0) != 1)
		return DPE_CRYPTO;
	return 0;
}

int
cbc_encrypt(struct cbc *x, const uint8_t iv[16], const uint8_t *in, size_t n,
    uint8_t *out)
{
	int	 got = 0;

	if (EVP_EncryptInit_ex2(x->ctx, NULL, NULL, iv, NULL) != 1 ||
	    EVP_EncryptUpdate(x->ctx, out, &got, in, (int)n) != 1 ||
	    (size_t)got != n)
		return DPE_CRYPTO;
	return 0;
}

int
cmac_new(struct crypto *c, struct cmac **out)
{
	struct cmac	*m = xcalloc(1, sizeof(*m));

	*out = NULL;
	if (cbc_new(c, &m->cbc) != 0) {
		cmac_free(m);
		return DPE_CRYPTO;
	}
	*out = m;
	return 0;
}

void
cmac_free(struct cmac *m)
{
	if (m == NULL)
		return;
	cbc_free(&m->cbc);
	mem_wipe(m, sizeof(*m));
	free(m);
}

/* Times x in GF(2^128), without a branch on the secret. */
static void
cmac_double(const uint8_t in[16], uint8_t out[16])
{
	uint8_t	 carry = (uint8_t)(0 - (in[0] >> 7)) & 0x87;
	size_t	 i;

	for (i = 0; i < 15; i++)
		out[i] = (uint8_t)(in[i] << 1 | in[i + 1] >> 7);
	out[15] = (uint8_t)(in[15] << 1) ^ carry;
}

int
cmac_key(struct cmac *m, const uint8_t key[KEY_LEN])
{
	static const uint8_t	 zero[16];
	uint8_t			 l[16];
	int			 r;

	if ((r = cbc_key(&m->cbc, key)) == 0 &&
	    (r = cbc_encrypt(&m->cbc, zero, zero, 16, l)) == 0) {
		cmac_double(l, m->k1);
		cmac_double(m->k1, m->k2);
	}
	mem_wipe(l, sizeof(l));
	return r;
}

int
cmac_sum(struct cmac *m, const struct slice *parts, size_t n, uint8_t out[16])
{
	static const uint8_t	 zero[16];
	uint8_t			 msg[CMAC_MAX + 16];
	const uint8_t		*k = m->k1;
	size_t			 i, len = 0;
	int			 r;

	for (i = 0; i < n; len += parts[i++].len) {
		if (parts[i].len > CMAC_MAX - len)
			return DPE_RANGE;
		if (parts[i].len > 0)
			memcpy(msg + len, parts[i].p, parts[i].len);
	}
	if (len == 0 || len % 16 != 0) {
		k = m->k2;
		for (msg[len++] = 0x80; len % 16 != 0;)
			msg[len++] = 0;
	}
	for (i = 0; i < 16; i++)
		msg[len - 16 + i] ^= k[i];
	r = cbc_encrypt(&m->cbc, zero, msg, len, msg);
	memcpy(out, msg + len - 16, 16);
	mem_wipe(msg, len);
	return r;
}
