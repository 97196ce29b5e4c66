/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES-128 as plain primitives, for the side that unwraps packages (vuicc): no
 * knowledge of segments, chains or counters is in here.
 */
#ifndef CERTS_AES_H
#define CERTS_AES_H

#include "base/buf.h"

#define AES_BLOCK	16

struct aes128;		/* one key, its contexts ready; one thread at a time */

/* DPE_CRYPTO. */
MUST_CHECK int	aes128_new(const uint8_t key[AES_BLOCK], struct aes128 **out);
void		aes128_free(struct aes128 *a);	/* wipes; NULL is fine */
/* One block, ECB. */
MUST_CHECK int	aes128_ecb(struct aes128 *a, const uint8_t in[AES_BLOCK],
		    uint8_t out[AES_BLOCK]);
/*
 * CBC without padding, in.len a multiple of 16 (DPE_RANGE); in.len octets to
 * out, which may not overlap in.
 */
MUST_CHECK int	aes128_cbc_encrypt(struct aes128 *a,
		    const uint8_t iv[AES_BLOCK], struct slice in,
		    uint8_t *out);
MUST_CHECK int	aes128_cbc_decrypt(struct aes128 *a,
		    const uint8_t iv[AES_BLOCK], struct slice in,
		    uint8_t *out);
/* CMAC (RFC 4493) of the concatenation of parts. */
MUST_CHECK int	aes128_cmac(struct aes128 *a, const struct slice *parts,
		    size_t n, uint8_t out[AES_BLOCK]);

#endif
