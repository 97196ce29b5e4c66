/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Secrets at rest: AES-256-GCM under the key-encryption key (KEK), which lives
 * outside the database, bound to the place they stand in (table, row, column),
 * so that a sealed value that was moved does not open.
 */
#ifndef CERTS_SEAL_H
#define CERTS_SEAL_H

#include <stdbool.h>

#include "base/buf.h"

#define SEAL_BLOCK	16

struct seal;

/* A new KEK file (32 octets as hex), mode 0600; an existing one is an error. */
MUST_CHECK int	seal_kek_create(const char *path, struct why *why);
/* Refuses a file that others may read. */
MUST_CHECK int	seal_open(const char *path, struct seal **out,
		    struct why *why);
void		seal_close(struct seal *s);
/*
 * Append version, nonce, ciphertext and tag.  place: "orders/ID/mid".  Safe
 * for several threads.
 */
MUST_CHECK int	seal_put(struct seal *s, const char *place,
		    struct slice plain, struct buf *out);
/* Append the plaintext; DPE_SEAL when it is not what was sealed there. */
MUST_CHECK int	seal_get(struct seal *s, const char *place,
		    struct slice sealed, struct buf *out);
/*
 * One block under a derived key (AES-128): a permutation that nobody else can
 * go through in either direction.  DPE_CRYPTO.
 */
MUST_CHECK int	seal_block(struct seal *s, bool encrypt,
		    const uint8_t in[SEAL_BLOCK], uint8_t out[SEAL_BLOCK]);
/* An index for values that are sealed: HMAC-SHA-256 under a derived key. */
void		seal_index(struct seal *s, const char *purpose,
		    struct slice value, uint8_t out[32]);

#endif
