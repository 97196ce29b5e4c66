/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/prf.h"

#include <stdlib.h>
#include <string.h>

#include "certs/internal.h"

#define BLOCK	64	/* of SHA-256 */
#define SUM	32

/* The hash after the key's block, inside and outside, and one that works. */
struct prf {
	EVP_MD_CTX	*in, *out, *run;
};

static void
prf_must(int ok)
{
	if (ok != 1)
		abort();	/* the answer would be no secret */
}

static void
key_block(EVP_MD_CTX *x, const struct algs *a, const uint8_t *seed,
    uint8_t with)
{
	uint8_t	 block[BLOCK];
	size_t	 i;

	for (i = 0; i < BLOCK; i++)
		block[i] = with ^ (i < PRF_SEED ? seed[i] : 0);
	prf_must(EVP_DigestInit_ex(x, a->sha256, NULL));
	prf_must(EVP_DigestUpdate(x, block, BLOCK));
	mem_wipe(block, BLOCK);
}

int
prf_new(const uint8_t seed[PRF_SEED], struct prf **out)
{
	const struct algs	*a = algs_get();
	struct prf		*p = xcalloc(1, sizeof(*p));

	*out = NULL;
	if (a == NULL || (p->in = EVP_MD_CTX_new()) == NULL ||
	    (p->out = EVP_MD_CTX_new()) == NULL ||
	    (p->run = EVP_MD_CTX_new()) == NULL) {
		prf_free(p);
		return DPE_CRYPTO;
	}
	key_block(p->in, a, seed, 0x36);
	key_block(p->out, a, seed, 0x5c);
	*out = p;
	return 0;
}

void
prf_free(struct prf *p)
{
	if (p == NULL)
		return;
	EVP_MD_CTX_free(p->in);
	EVP_MD_CTX_free(p->out);
	EVP_MD_CTX_free(p->run);
	free(p);
}

static void
put32(uint32_t v, uint8_t out[4])
{
	out[0] = (uint8_t)(v >> 24);
	out[1] = (uint8_t)(v >> 16);
	out[2] = (uint8_t)(v >> 8);
	out[3] = (uint8_t)v;
}

/* K(i). */
static void
prf_block(struct prf *p, uint32_t i, const char *label, struct slice context,
    uint32_t bits, uint8_t sum[SUM])
{
	uint8_t	 n[4];

	put32(i, n);
	prf_must(EVP_MD_CTX_copy_ex(p->run, p->in));
	prf_must(EVP_DigestUpdate(p->run, n, sizeof(n)));
	/* the label with its NUL, which is the 00 between the two */
	prf_must(EVP_DigestUpdate(p->run, label, strlen(label) + 1));
	prf_must(EVP_DigestUpdate(p->run, context.p, context.len));
	put32(bits, n);
	prf_must(EVP_DigestUpdate(p->run, n, sizeof(n)));
	prf_must(EVP_DigestFinal_ex(p->run, sum, NULL));
	prf_must(EVP_MD_CTX_copy_ex(p->run, p->out));
	prf_must(EVP_DigestUpdate(p->run, sum, SUM));
	prf_must(EVP_DigestFinal_ex(p->run, sum, NULL));
}

void
prf_bytes(struct prf *p, const char *label, struct slice context,
    uint8_t *out, size_t n)
{
	uint8_t	 sum[SUM];
	uint32_t i = 0, bits = (uint32_t)(8 * n);
	size_t	 m;

	if (n > PRF_MAX)
		abort();
	for (; n > 0; out += m, n -= m) {
		prf_block(p, ++i, label, context, bits, sum);
		m = n < SUM ? n : SUM;
		memcpy(out, sum, m);
	}
	mem_wipe(sum, SUM);
}

void
prf_digits(struct prf *p, const char *label, struct slice context,
    uint8_t *out, size_t n)
{
	uint8_t	 sum[SUM];
	uint32_t i = 0;
	size_t	 k;

	while (n > 0) {
		prf_block(p, ++i, label, context, 0, sum);
		for (k = 0; k < SUM && n > 0; k++)
			if (sum[k] < 250) {	/* no modulo bias */
				*out++ = (uint8_t)('0' + sum[k] % 10);
				n--;
			}
	}
	mem_wipe(sum, SUM);
}

void
prf_scalar(struct prf *p, const char *label, struct slice context,
    uint8_t out[32])
{
	/* the order of the group, FIPS 186-4 D.1.2.3 */
	static const uint8_t	 order[32] = {
		0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84,
		0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51
	};
	static const uint8_t	 zero[32];
	uint32_t		 i = 0;

	do
		prf_block(p, ++i, label, context, 256, out);
	while (memcmp(out, order, 32) >= 0 || memcmp(out, zero, 32) == 0);
}
