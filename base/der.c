/* SPDX-License-Identifier: Apache-2.0 */
#include "base/der.h"

#include <string.h>

/* The tag's bytes at p[0..n); how many, or 0. */
static size_t
der_tag(const uint8_t *p, size_t n, uint32_t *tag)
{
	if (n < 1)
		return 0;
	*tag = p[0];
	if ((p[0] & 0x1f) != 0x1f)
		return p[0] == 0 ? 0 : 1;
	if (n < 2)
		return 0;
	*tag = *tag << 8 | p[1];
	if ((p[1] & 0x80) == 0)
		return p[1] < 0x1f ? 0 : 2;	/* belongs in one byte */
	if (n < 3 || (p[2] & 0x80) != 0 || p[1] == 0x80)
		return 0;
	*tag = *tag << 8 | p[2];
	return 3;
}

/* The length at p[0..n); how many bytes it takes, or 0. */
static size_t
der_length(const uint8_t *p, size_t n, size_t *len)
{
	size_t	 i, k;

	if (n < 1)
		return 0;
	if (p[0] < 0x80) {
		*len = p[0];
		return 1;
	}
	k = p[0] & 0x7f;
	if (k == 0 || k > 4 || n < 1 + k || p[1] == 0)
		return 0;
	for (*len = 0, i = 0; i < k; i++)
		*len = *len << 8 | p[1 + i];
	return *len < 0x80 ? 0 : 1 + k;
}

int
der_next(struct slice *in, struct der *out)
{
	size_t	 t, l, len;

	if ((t = der_tag(in->p, in->len, &out->tag)) == 0)
		return DPE_SYNTAX;
	if ((l = der_length(in->p + t, in->len - t, &len)) == 0)
		return DPE_SYNTAX;
	if (len > in->len - t - l)
		return DPE_SYNTAX;
	out->value = slice_of(in->p + t + l, len);
	out->raw = slice_of(in->p, t + l + len);
	in->p += out->raw.len;
	in->len -= out->raw.len;
	return 0;
}

int
der_expect(struct slice *in, uint32_t tag, struct der *out)
{
	struct slice	 s = *in;

	if (der_next(&s, out) != 0 || out->tag != tag)
		return DPE_SYNTAX;
	*in = s;
	return 0;
}

int
der_whole(struct slice in, uint32_t tag, struct der *out)
{
	if (der_expect(&in, tag, out) != 0 || in.len != 0)
		return DPE_SYNTAX;
	return 0;
}

int
der_find(struct slice in, uint32_t tag, struct der *out)
{
	while (in.len > 0) {
		if (der_next(&in, out) != 0)
			return DPE_SYNTAX;
		if (out->tag == tag)
			return 0;
	}
	return DPE_NOTFOUND;
}

uint32_t
der_peek(struct slice in)
{
	uint32_t	 tag;

	return der_tag(in.p, in.len, &tag) == 0 ? 0 : tag;
}

static size_t
der_tag_put(uint8_t *o, uint32_t tag)
{
	size_t	 n = 0;

	if (tag > 0xffff)
		o[n++] = (uint8_t)(tag >> 16);
	if (tag > 0xff)
		o[n++] = (uint8_t)(tag >> 8);
	o[n++] = (uint8_t)tag;
	return n;
}

static size_t
der_head(uint8_t o[16], uint32_t tag, size_t n)
{
	size_t	 at = der_tag_put(o, tag), k = 0, v;

	if (n < 0x80) {
		o[at++] = (uint8_t)n;
		return at;
	}
	for (v = n; v > 0; v >>= 8)
		k++;
	o[at++] = (uint8_t)(0x80 | k);
	while (k-- > 0)
		o[at++] = (uint8_t)(n >> (8 * k));
	return at;
}

size_t
der_head_size(uint32_t tag, size_t n)
{
	uint8_t	 head[16];

	return der_head(head, tag, n);
}

void
der_add_head(struct buf *b, uint32_t tag, size_t n)
{
	uint8_t	 head[16];

	buf_add(b, head, der_head(head, tag, n));
}

void
der_add(struct buf *b, uint32_t tag, struct slice value)
{
	der_add_head(b, tag, value.len);
	buf_add_slice(b, value);
}

void
der_add_uint(struct buf *b, uint32_t tag, uint64_t v)
{
	uint8_t	 o[9];
	size_t	 n = 0;
	int	 shift;

	for (shift = 56; shift > 0 && v >> shift == 0; shift -= 8)
		;
	if (v >> shift & 0x80)
		o[n++] = 0;
	for (; shift >= 0; shift -= 8)
		o[n++] = (uint8_t)(v >> shift);
	der_add(b, tag, slice_of(o, n));
}

void
der_wrap(struct buf *b, size_t from, uint32_t tag)
{
	size_t	 n = b->len - from, h = der_head_size(tag, n);
	uint8_t	 head[16];

	buf_grow(b, h);
	memmove(b->p + from + h, b->p + from, n);
	der_head(head, tag, n);
	memcpy(b->p + from, head, h);
}

int
der_uint(struct slice value, uint64_t *out)
{
	size_t	 i;

	if (value.len < 1 || value.len > 8 || (value.p[0] & 0x80) != 0)
		return DPE_SYNTAX;
	if (value.len > 1 && value.p[0] == 0 && (value.p[1] & 0x80) == 0)
		return DPE_SYNTAX;	/* not minimal */
	for (*out = 0, i = 0; i < value.len; i++)
		*out = *out << 8 | value.p[i];
	return 0;
}
