/* SPDX-License-Identifier: Apache-2.0 */
/* Text and digits as cards write them: TS 23.038, TS 102 221 annex A. */
#include "server/saip/ef.h"

/* The default alphabet of TS 23.038; the code 1B leads to the other table. */
static const uint16_t gsm[128] = {
	0x40, 0xa3, 0x24, 0xa5, 0xe8, 0xe9, 0xf9, 0xec,
	0xf2, 0xc7, 0x0a, 0xd8, 0xf8, 0x0d, 0xc5, 0xe5,
	0x394, 0x5f, 0x3a6, 0x393, 0x39b, 0x3a9, 0x3a0, 0x3a8,
	0x3a3, 0x398, 0x39e, 0x20, 0xc6, 0xe6, 0xdf, 0xc9,
	0x20, 0x21, 0x22, 0x23, 0xa4, 0x25, 0x26, 0x27,
	0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f,
	0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37,
	0x38, 0x39, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x3f,
	0xa1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47,
	0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d, 0x4e, 0x4f,
	0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57,
	0x58, 0x59, 0x5a, 0xc4, 0xd6, 0xd1, 0xdc, 0xa7,
	0xbf, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67,
	0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f,
	0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77,
	0x78, 0x79, 0x7a, 0xe4, 0xf6, 0xf1, 0xfc, 0xe0
};

/* What 1B leads to. */
static const uint8_t gsm_more[][2] = {
	{ 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2f, '\\' },
	{ 0x3c, '[' }, { 0x3d, '~' }, { 0x3e, ']' }, { 0x40, '|' }
};
#define GSM_ESCAPE	0x1b
#define GSM_EURO	0x65

/* One character of the 16-bit plane; half a pair is none. */
static void
add_char(struct buf *b, uint32_t c)
{
	if (c >= 0xd800 && c < 0xe000)
		c = 0xfffd;
	if (c < 0x80) {
		buf_add_u8(b, (uint8_t)c);
		return;
	}
	if (c < 0x800) {
		buf_add_u8(b, (uint8_t)(0xc0 | c >> 6));
	} else {
		buf_add_u8(b, (uint8_t)(0xe0 | c >> 12));
		buf_add_u8(b, (uint8_t)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_add_u8(b, (uint8_t)(0x80 | (c & 0x3f)));
}

static void
add_escaped(struct buf *b, uint8_t c)
{
	size_t	 i;

	for (i = 0; i < NELEM(gsm_more); i++)
		if (gsm_more[i][0] == c) {
			buf_add_u8(b, gsm_more[i][1]);
			return;
		}
	add_char(b, c == GSM_EURO ? 0x20ac : gsm[c & 0x7f]);
}

/* One code of seven bits; *escape is what the one before it leaves behind. */
static void
add_gsm(struct buf *b, uint8_t c, bool *escape)
{
	if (*escape) {
		add_escaped(b, c);
		*escape = false;
	} else if (c == GSM_ESCAPE)
		*escape = true;
	else
		add_char(b, gsm[c & 0x7f]);
}

void
ef_packed(struct slice s, unsigned spare, struct buf *utf8)
{
	size_t		 bits = s.len * 8, at;
	unsigned	 c, shift;
	bool		 escape = false;

	bits -= spare < bits ? spare : bits;
	for (at = 0; at + 7 <= bits; at += 7) {
		shift = at % 8;
		c = s.p[at / 8];
		if (at / 8 + 1 < s.len)
			c |= (unsigned)s.p[at / 8 + 1] << 8;
		add_gsm(utf8, (uint8_t)(c >> shift & 0x7f), &escape);
	}
}

static void
add_ucs2(struct slice s, struct buf *utf8)
{
	size_t	 i;
	uint32_t c;

	for (i = 0; i + 1 < s.len; i += 2)
		if ((c = (uint32_t)s.p[i] << 8 | s.p[i + 1]) != 0xffff)
			add_char(utf8, c);
}

/* n characters: seven bits as they are, or an offset to a base. */
static void
add_based(struct slice s, uint32_t base, size_t n, struct buf *utf8)
{
	bool	 escape = false;
	size_t	 i;

	for (i = 0; i < n && i < s.len; i++)
		if ((s.p[i] & 0x80) != 0)
			add_char(utf8, base + (s.p[i] & 0x7f));
		else
			add_gsm(utf8, s.p[i], &escape);
}

void
ef_alpha(struct slice s, struct buf *utf8)
{
	bool	 escape = false;
	size_t	 i;

	if (s.len >= 1 && s.p[0] == 0x80)
		add_ucs2(slice_sub(s, 1, s.len), utf8);
	else if (s.len >= 3 && s.p[0] == 0x81)
		add_based(slice_sub(s, 3, s.len), (uint32_t)s.p[2] << 7,
		    s.p[1], utf8);
	else if (s.len >= 4 && s.p[0] == 0x82)
		add_based(slice_sub(s, 4, s.len),
		    (uint32_t)s.p[2] << 8 | s.p[3], s.p[1], utf8);
	else
		for (i = 0; i < s.len && s.p[i] != 0xff; i++)
			add_gsm(utf8, s.p[i], &escape);
}

void
ef_digits(struct slice s, struct buf *out)
{
	static const char	 digit[] = "0123456789*#p??";
	size_t			 i;
	unsigned		 d;

	for (i = 0; i < s.len * 2; i++) {
		d = i % 2 == 0 ? s.p[i / 2] & 0x0f : s.p[i / 2] >> 4;
		if (d == 0x0f)
			return;
		buf_add_u8(out, (uint8_t)digit[d]);
	}
}

void
ef_plmn(const uint8_t p[3], char out[8])
{
	unsigned	 d[6] = { p[0] & 0x0fu, p[0] >> 4, p[1] & 0x0fu,
			    p[2] & 0x0fu, p[2] >> 4, p[1] >> 4 };
	size_t		 n = 0, i;

	for (i = 0; i < 6; i++) {
		if (i == 3)
			out[n++] = '-';
		if (d[i] > 9 && (i < 5 || d[i] != 0x0f)) {
			n = 0;	/* an empty entry, or nonsense */
			break;
		}
		if (d[i] <= 9)
			out[n++] = (char)('0' + d[i]);
	}
	out[n] = '\0';
}

bool
ef_blank(struct slice s)
{
	return ef_trim(s).len == 0;
}

struct slice
ef_trim(struct slice s)
{
	while (s.len > 0 && s.p[s.len - 1] == 0xff)
		s.len--;
	return s;
}
