/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/milenage.h"

#include <openssl/evp.h>

#include "certs/aes.h"

int
milenage_opc(const uint8_t k[16], const uint8_t op[16], uint8_t opc[16])
{
	struct aes128	*a;
	size_t		 i;
	int		 r;

	if ((r = aes128_new(k, &a)) != 0)
		return r;
	if ((r = aes128_ecb(a, op, opc)) == 0)
		for (i = 0; i < 16; i++)
			opc[i] ^= op[i];
	aes128_free(a);
	return r;
}

int
aes_cbc_open(struct slice key, const uint8_t iv[16], struct slice in,
    struct buf *out)
{
	const EVP_CIPHER	*cipher = key.len == 16 ? EVP_aes_128_cbc() :
	    key.len == 24 ? EVP_aes_192_cbc() : EVP_aes_256_cbc();
	EVP_CIPHER_CTX		*x;
	size_t			 at = out->len;
	int			 n = 0, last = 0, r = DPE_CRYPTO;

	if ((key.len != 16 && key.len != 24 && key.len != 32) ||
	    in.len % 16 != 0 || in.len > 4096)
		return DPE_RANGE;
	if ((x = EVP_CIPHER_CTX_new()) == NULL)
		return DPE_CRYPTO;
	if (EVP_DecryptInit_ex2(x, cipher, key.p, iv, NULL) == 1 &&
	    EVP_CIPHER_CTX_set_padding(x, 0) == 1 &&
	    EVP_DecryptUpdate(x, buf_grow(out, in.len), &n, in.p,
	    (int)in.len) == 1 && (size_t)n == in.len &&
	    EVP_DecryptFinal_ex(x, out->p + at + n, &last) == 1)
		r = 0;
	EVP_CIPHER_CTX_free(x);
	if (r != 0)
		buf_cut(out, at);
	return r;
}
