/* SPDX-License-Identifier: Apache-2.0 */
#include "base/hex.h"

static const char digits[] = "0123456789ABCDEF";

static int
hex_value(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

void
hex_put(char *out, struct slice s)
{
	size_t	 i;

	for (i = 0; i < s.len; i++) {
		out[2 * i] = digits[s.p[i] >> 4];
		out[2 * i + 1] = digits[s.p[i] & 15];
	}
	out[2 * s.len] = '\0';
}

void
hex_add(struct buf *b, struct slice s)
{
	buf_reserve(b, 2 * s.len + 1);
	hex_put((char *)b->p + b->len, s);
	b->len += 2 * s.len;
}

int
hex_get(struct slice text, uint8_t *p, size_t n)
{
	size_t	 i;
	int	 hi, lo;

	if (text.len != 2 * n)
		return DPE_SYNTAX;
	for (i = 0; i < n; i++) {
		hi = hex_value(text.p[2 * i]);
		lo = hex_value(text.p[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return DPE_SYNTAX;
		p[i] = (uint8_t)(hi << 4 | lo);
	}
	return 0;
}

int
hex_decode(struct slice text, struct buf *b)
{
	size_t	 old = b->len;
	int	 r;

	if (text.len % 2 != 0)
		return DPE_SYNTAX;
	r = hex_get(text, buf_grow(b, text.len / 2), text.len / 2);
	if (r != 0)
		buf_cut(b, old);
	return r;
}
