/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Many secrets from one: NIST SP 800-108 in counter mode over HMAC-SHA-256,
 *	K(i) = HMAC(seed, [i] || label || 00 || context || [L]), i from 1,
 * with i and L, the bits asked for, as 32-bit numbers.
 */
#ifndef CERTS_PRF_H
#define CERTS_PRF_H

#include "base/buf.h"

#define PRF_SEED	32
#define PRF_MAX		64	/* octets of one secret */

struct prf;		/* one seed, its contexts ready; one thread at a time */

/* DPE_CRYPTO. */
MUST_CHECK int	prf_new(const uint8_t seed[PRF_SEED], struct prf **out);
void		prf_free(struct prf *p);	/* wipes; NULL is fine */
/* n octets, at most PRF_MAX; wipe them. */
void		prf_bytes(struct prf *p, const char *label,
		    struct slice context, uint8_t *out, size_t n);
/*
 * n decimal digits as text without a NUL, each equally likely: the octets of
 * K(1), K(2) ... with L 0 that are below 250, each modulo 10.
 */
void		prf_digits(struct prf *p, const char *label,
		    struct slice context, uint8_t *out, size_t n);
/* A private key of P-256: the first of K(1), K(2) ... with L 256 that is one. */
void		prf_scalar(struct prf *p, const char *label,
		    struct slice context, uint8_t out[32]);

#endif
