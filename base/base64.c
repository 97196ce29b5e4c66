/* SPDX-License-Identifier: Apache-2.0 */
#include "base/base64.h"

#include <string.h>

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int
base64_value(uint8_t c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void
base64_add(struct buf *b, struct slice s)
{
	uint8_t		*o;
	uint32_t	 v;
	size_t		 i;

	o = buf_grow(b, (s.len + 2) / 3 * 4);
	for (i = 0; i + 3 <= s.len; i += 3, o += 4) {
		v = (uint32_t)s.p[i] << 16 | (uint32_t)s.p[i + 1] << 8 |
		    s.p[i + 2];
		o[0] = (uint8_t)alphabet[v >> 18];
		o[1] = (uint8_t)alphabet[v >> 12 & 63];
		o[2] = (uint8_t)alphabet[v >> 6 & 63];
		o[3] = (uint8_t)alphabet[v & 63];
	}
	if (i == s.len)
		return;
	v = (uint32_t)s.p[i] << 16;
	if (i + 1 < s.len)
		v |= (uint32_t)s.p[i + 1] << 8;
	o[0] = (uint8_t)alphabet[v >> 18];
	o[1] = (uint8_t)alphabet[v >> 12 & 63];
	o[2] = i + 1 < s.len ? (uint8_t)alphabet[v >> 6 & 63] : '=';
	o[3] = '=';
}

/* The last group of four, with its padding; how many bytes, or DPE_SYNTAX. */
static int
base64_last(const uint8_t *t, uint8_t *o)
{
	int	 a = base64_value(t[0]), b = base64_value(t[1]);
	int	 c = base64_value(t[2]), d = base64_value(t[3]);

	if (a < 0 || b < 0)
		return DPE_SYNTAX;
	o[0] = (uint8_t)(a << 2 | b >> 4);
	if (t[2] == '=')
		return t[3] == '=' && (b & 15) == 0 ? 1 : DPE_SYNTAX;
	if (c < 0)
		return DPE_SYNTAX;
	o[1] = (uint8_t)((b & 15) << 4 | c >> 2);
	if (t[3] == '=')
		return (c & 3) == 0 ? 2 : DPE_SYNTAX;
	if (d < 0)
		return DPE_SYNTAX;
	o[2] = (uint8_t)((c & 3) << 6 | d);
	return 3;
}

static int
base64_group(const uint8_t *t, uint8_t *o)
{
	int	 a = base64_value(t[0]), b = base64_value(t[1]);
	int	 c = base64_value(t[2]), d = base64_value(t[3]);

	if ((a | b | c | d) < 0)
		return DPE_SYNTAX;
	o[0] = (uint8_t)(a << 2 | b >> 4);
	o[1] = (uint8_t)((b & 15) << 4 | c >> 2);
	o[2] = (uint8_t)((c & 3) << 6 | d);
	return 0;
}

int
base64_decode(struct slice text, struct buf *b)
{
	uint8_t	 last[3];
	size_t	 old = b->len, i;
	int	 n;

	if (text.len % 4 != 0)
		return DPE_SYNTAX;
	if (text.len == 0)
		return 0;
	buf_reserve(b, text.len / 4 * 3);
	for (i = 0; i + 4 < text.len; i += 4)
		if (base64_group(text.p + i, buf_grow(b, 3)) != 0)
			goto bad;
	if ((n = base64_last(text.p + i, last)) < 0)
		goto bad;
	buf_add(b, last, (size_t)n);
	return 0;
bad:
	buf_cut(b, old);
	return DPE_SYNTAX;
}
