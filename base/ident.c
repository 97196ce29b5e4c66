/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ident.h"

#include <string.h>

#include "base/limits.h"

static bool
all_digits(const char *s, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

int
eid_parse(const char *text, uint8_t bcd[16])
{
	size_t	 i;

	if (strlen(text) != EID_DIGITS || !all_digits(text, EID_DIGITS))
		return DPE_RANGE;
	for (i = 0; i < 16; i++)
		bcd[i] = (uint8_t)((text[2 * i] - '0') << 4 |
		    (text[2 * i + 1] - '0'));
	return 0;
}

void
eid_text(const uint8_t bcd[16], char out[EID_TEXT])
{
	static const char hex[] = "0123456789ABCDEF";
	size_t	 i;

	for (i = 0; i < 16; i++) {
		out[2 * i] = hex[bcd[i] >> 4];
		out[2 * i + 1] = hex[bcd[i] & 15];
	}
	out[EID_DIGITS] = '\0';
}

bool
eid_check_digits(const char *text)
{
	unsigned rest = 0;
	size_t	 i;

	if (strlen(text) != EID_DIGITS || !all_digits(text, EID_DIGITS))
		return false;
	for (i = 0; i < EID_DIGITS; i++)
		rest = (rest * 10 + (unsigned)(text[i] - '0')) % 97;
	return rest == 1;
}

char
luhn_digit(const char *digits, size_t n)
{
	unsigned sum = 0, d;
	size_t	 i;

	for (i = 0; i < n; i++) {
		d = (unsigned)(digits[n - 1 - i] - '0');
		if (i % 2 == 0)
			d = d * 2 > 9 ? d * 2 - 9 : d * 2;
		sum += d;
	}
	return (char)('0' + (10 - sum % 10) % 10);
}

bool
luhn_valid(const char *digits)
{
	size_t	 n = strlen(digits);

	return n > 1 && all_digits(digits, n) &&
	    luhn_digit(digits, n - 1) == digits[n - 1];
}

int
iccid_parse(const char *text, char out[ICCID_TEXT])
{
	size_t	 n = strlen(text);

	if (n == 20 && text[19] == 'F')
		n--;
	if ((n != 19 && n != 20) || !all_digits(text, n))
		return DPE_RANGE;
	memcpy(out, text, n);
	out[n] = '\0';
	return 0;
}

/* The digits in order, two a byte, F behind the last. */
static void
bcd_put(const char *digits, uint8_t *out, size_t bytes)
{
	size_t	 n = strlen(digits), i;

	memset(out, 0xff, bytes);
	for (i = 0; i < n && i < 2 * bytes; i++) {
		uint8_t	 d = (uint8_t)(digits[i] - '0');

		if (i % 2 == 0)
			out[i / 2] = (uint8_t)(d << 4 | 0x0f);
		else
			out[i / 2] = (uint8_t)((out[i / 2] & 0xf0) | d);
	}
}

static void
nibbles_swap(uint8_t *p, size_t n)
{
	size_t	 i;

	for (i = 0; i < n; i++)
		p[i] = (uint8_t)(p[i] << 4 | p[i] >> 4);
}

int
iccid_to_header(const char *iccid, uint8_t out[10])
{
	char	 norm[ICCID_TEXT];

	if (iccid_parse(iccid, norm) != 0)
		return DPE_RANGE;
	bcd_put(norm, out, 10);
	return 0;
}

int
iccid_to_ef(const char *iccid, uint8_t out[10])
{
	if (iccid_to_header(iccid, out) != 0)
		return DPE_RANGE;
	nibbles_swap(out, 10);
	return 0;
}

int
iccid_from_header(struct slice h, char out[ICCID_TEXT])
{
	static const char hex[] = "0123456789ABCDEF";
	char	 text[ICCID_TEXT];
	size_t	 i;

	if (h.len != 10)
		return DPE_RANGE;
	for (i = 0; i < 10; i++) {
		text[2 * i] = hex[h.p[i] >> 4];
		text[2 * i + 1] = hex[h.p[i] & 15];
	}
	text[20] = '\0';
	return iccid_parse(text, out);
}

int
iccid_from_ef(struct slice ef, char out[ICCID_TEXT])
{
	uint8_t	 h[10];

	if (ef.len != 10)
		return DPE_RANGE;
	memcpy(h, ef.p, 10);
	nibbles_swap(h, 10);
	return iccid_from_header(slice_of(h, 10), out);
}

/* Add one to a decimal number in place; false when it wraps. */
static bool
digits_next(char *s, size_t n)
{
	while (n-- > 0) {
		if (s[n] != '9') {
			s[n]++;
			return true;
		}
		s[n] = '0';
	}
	return false;
}

int
iccid_next(char iccid[ICCID_TEXT])
{
	size_t	 n = strlen(iccid);

	if (n < 2 || !digits_next(iccid, n - 1))
		return DPE_RANGE;
	iccid[n - 1] = luhn_digit(iccid, n - 1);
	return 0;
}

int
imsi_parse(const char *text, char out[IMSI_TEXT])
{
	size_t	 n = strlen(text);

	if (n < 6 || n > 15 || !all_digits(text, n))
		return DPE_RANGE;
	memcpy(out, text, n + 1);
	return 0;
}

void
imsi_to_ef(const char *imsi, uint8_t out[9])
{
	size_t	 n = strlen(imsi), i;
	uint8_t	*p = out + 1;

	memset(out, 0xff, 9);
	out[0] = (uint8_t)(n / 2 + 1);
	p[0] = (uint8_t)((imsi[0] - '0') << 4 | (n % 2 != 0 ? 9 : 1));
	for (i = 1; i < n; i++) {
		uint8_t	 d = (uint8_t)(imsi[i] - '0');

		if (i % 2 == 1)
			p[(i + 1) / 2] = (uint8_t)(0xf0 | d);
		else
			p[i / 2] = (uint8_t)(d << 4 | (p[i / 2] & 0x0f));
	}
}

int
imsi_next(char imsi[IMSI_TEXT])
{
	return digits_next(imsi, strlen(imsi)) ? 0 : DPE_RANGE;
}

int
plmn_parse(const char *text, uint8_t out[3])
{
	size_t	 n = strlen(text);
	uint8_t	 d[6];
	size_t	 i;

	if ((n != 6 && n != 7) || text[3] != '-' || !all_digits(text, 3) ||
	    !all_digits(text + 4, n - 4))
		return DPE_RANGE;
	for (i = 0; i < 3; i++)
		d[i] = (uint8_t)(text[i] - '0');
	for (i = 0; i < n - 4; i++)
		d[3 + i] = (uint8_t)(text[4 + i] - '0');
	if (n == 6)
		d[5] = 0x0f;
	out[0] = (uint8_t)(d[1] << 4 | d[0]);
	out[1] = (uint8_t)(d[5] << 4 | d[2]);
	out[2] = (uint8_t)(d[4] << 4 | d[3]);
	return 0;
}

bool
matching_id_valid(struct slice s)
{
	size_t	 i;

	if (s.len < 1 || s.len > LIM_MATCHING_ID)
		return false;
	for (i = 0; i < s.len; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') ||
		    (s.p[i] >= 'A' && s.p[i] <= 'Z') || s.p[i] == '-'))
			return false;
	return true;
}
