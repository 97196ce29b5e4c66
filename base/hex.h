/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_HEX_H
#define BASE_HEX_H

#include "base/buf.h"

/* Append upper-case hex digits of s. */
void	hex_add(struct buf *b, struct slice s);
/* The same into out[2 * s.len + 1], NUL-terminated. */
void	hex_put(char *out, struct slice s);
/*
 * Decode text (either case, even length, nothing else) and append to b.
 * DPE_SYNTAX and b unchanged if it is anything else.
 */
MUST_CHECK int	hex_decode(struct slice text, struct buf *b);
/* The same into exactly n bytes at p. */
MUST_CHECK int	hex_get(struct slice text, uint8_t *p, size_t n);

#endif
