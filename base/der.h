/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TLVs by hand, X.690: for certificates, profile packages, BPP framing and
 * whatever else is cut from received bytes without being decoded.
 * Tags are written as their bytes read: 0x30, 0xA0, 0x5F37, 0xBF36.
 * Lengths must be definite and minimal; tags of at most three bytes.
 */
#ifndef BASE_DER_H
#define BASE_DER_H

#include "base/buf.h"

struct der {
	uint32_t	 tag;
	struct slice	 value;
	struct slice	 raw;	/* tag, length and value */
};

/*
 * The TLV at the start of *in; *in moves behind it.
 * DPE_SYNTAX (and *in unchanged) if there is none that is whole and minimal.
 */
MUST_CHECK int	der_next(struct slice *in, struct der *out);
/* The same, and it must have this tag. */
MUST_CHECK int	der_expect(struct slice *in, uint32_t tag, struct der *out);
/* in must be exactly one TLV of this tag. */
MUST_CHECK int	der_whole(struct slice in, uint32_t tag, struct der *out);
/* The first TLV of this tag among those of in (one level). DPE_NOTFOUND. */
MUST_CHECK int	der_find(struct slice in, uint32_t tag, struct der *out);
/* The tag at the start of in, 0 if there is none. */
uint32_t	der_peek(struct slice in);

/* Append tag and minimal length of a value of n bytes. */
void	der_add_head(struct buf *b, uint32_t tag, size_t n);
void	der_add(struct buf *b, uint32_t tag, struct slice value);
/* Minimal two's complement INTEGER contents of v >= 0 under any tag. */
void	der_add_uint(struct buf *b, uint32_t tag, uint64_t v);
/* Wrap what b holds from offset `from` into one TLV. */
void	der_wrap(struct buf *b, size_t from, uint32_t tag);
/* Length of tag plus length field for a value of n bytes. */
size_t	der_head_size(uint32_t tag, size_t n);
/* An INTEGER's contents as a value of 0 .. 2^63-1. DPE_SYNTAX otherwise. */
MUST_CHECK int	der_uint(struct slice value, uint64_t *out);

#endif
