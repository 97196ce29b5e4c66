/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "server/hss/hss.h"
#include "server/saip/fields.h"

static const char *
cell_text(struct hss_row *row, size_t cell)
{
	return buf_cstr(&row->cell[cell]);
}

const char *
hss_own(struct hss_row *row, enum hss_own c)
{
	return cell_text(row, (size_t)c);
}

const char *
hss_field(struct hss_row *row, enum saip_field f)
{
	return cell_text(row, HSS_OWN + (size_t)f);
}

void
hss_own_set(struct hss_row *row, enum hss_own c, const char *text)
{
	buf_set(&row->cell[c], slice_str(text));
}

/* Digits of a PIN, up to its padding with FF. */
static int
set_code(struct slice v, struct buf *out)
{
	size_t	 i, n;

	for (n = 0; n < v.len && v.p[n] != 0xff; n++)
		if (v.p[n] < '0' || v.p[n] > '9')
			break;
	for (i = n; i < v.len && v.p[i] == 0xff; i++)
		;
	if (n == 0 || i < v.len)	/* octets of some other kind */
		hex_add(out, v);
	else
		buf_add(out, v.p, n);
	return 0;
}

/* EF.IMSI: length, parity in the first half octet, digits swapped. */
static int
set_imsi(struct slice v, struct buf *out)
{
	size_t	 n, i;
	uint8_t	 d;

	if (v.len < 2 || v.p[0] < 1 || v.p[0] > 8 || v.p[0] >= v.len)
		return DPE_SYNTAX;
	n = 2u * v.p[0];
	for (i = 1; i < n; i++) {
		d = i % 2 == 0 ? v.p[1 + i / 2] & 0xf : v.p[1 + i / 2] >> 4;
		if (d == 0xf && i == n - 1)
			break;
		if (d > 9)
			return DPE_SYNTAX;
		buf_add_u8(out, (uint8_t)('0' + d));
	}
	return out->len < 6 ? DPE_SYNTAX : 0;
}

static int
set_iccid(struct slice v, bool header, struct buf *out)
{
	char	 text[ICCID_TEXT];

	if ((header ? iccid_from_header(v, text) :
	    iccid_from_ef(v, text)) != 0)
		return DPE_SYNTAX;
	buf_add_str(out, text);
	return 0;
}

/* Its octets, its kind, and digits swapped up to an F; FF: there is none. */
static int
set_number(struct slice v, struct buf *out)
{
	size_t	 i, n;
	uint8_t	 d;

	if (v.len < 1 || v.p[0] == 0xff || v.p[0] < 2)
		return 0;
	if (v.p[0] > v.len - 1 || v.p[0] > 11)
		return DPE_SYNTAX;
	n = 2u * (v.p[0] - 1u);
	for (i = 0; i < n; i++) {
		d = i % 2 == 0 ? v.p[2 + i / 2] & 0xf : v.p[2 + i / 2] >> 4;
		if (d == 0xf)
			break;
		if (d > 9)
			return DPE_SYNTAX;
		buf_add_u8(out, (uint8_t)('0' + d));
	}
	return 0;
}

/* What is the same letter in ASCII and in the alphabet of GSM. */
static bool
is_plain(uint8_t c)
{
	return c >= 0x20 && c < 0x7b && c != '$' && c != '@' && c != '`' &&
	    (c < 0x5b || c > 0x5f);
}

/* One octet of how to show it, and the name up to its padding. */
static int
set_name(struct slice v, struct buf *out)
{
	size_t	 i;

	for (i = 1; i < v.len && is_plain(v.p[i]); i++)
		;
	if (i < v.len && v.p[i] != 0xff)
		hex_add(out, v);
	else if (i > 1)
		buf_add(out, v.p + 1, i - 1);
	return 0;
}

static int
set_uri(struct slice v, struct buf *out)
{
	struct der	 d;

	if (der_expect(&v, 0x80, &d) == 0)
		buf_add_slice(out, d.value);
	return 0;
}

/* Where the size differs, what fills a file up is none of it. */
static int
set_octets(struct slice v, bool differs, struct buf *out)
{
	while (differs && v.len > 0 && v.p[v.len - 1] == 0xff)
		v.len--;
	hex_add(out, v);
	return 0;
}

int
hss_field_set(struct hss_row *row, enum saip_field f, struct slice value)
{
	struct buf	*out = &row->cell[HSS_OWN + (size_t)f];

	buf_cut(out, 0);
	switch (saip_fields[f].kind) {
	case FIELD_ICCID_HEADER:
		return set_iccid(value, true, out);
	case FIELD_ICCID_EF:
		return set_iccid(value, false, out);
	case FIELD_IMSI:
		return set_imsi(value, out);
	case FIELD_CODE:
		return set_code(value, out);
	case FIELD_MSISDN:
		return set_number(value, out);
	case FIELD_SMSC:	/* behind the indicators and an address */
		return set_number(slice_sub(value, 13, 12), out);
	case FIELD_SPN:
		return set_name(value, out);
	case FIELD_URI:
		return set_uri(value, out);
	default:
		return set_octets(value, saip_fields[f].size == 0, out);
	}
}

void
hss_field_clear(struct hss_row *row, enum saip_field f)
{
	buf_cut(&row->cell[HSS_OWN + (size_t)f], 0);
}

/* K and OPc, or what stands in their place. */
void
hss_row_keys(struct hss_row *row)
{
	static const enum saip_field	 pairs[][2] = {
		{ SAIP_K256, SAIP_K }, { SAIP_TOPC, SAIP_OPC }
	};
	size_t				 i;

	for (i = 0; i < NELEM(pairs); i++)
		if (*hss_field(row, pairs[i][1]) == '\0')
			buf_set(&row->cell[HSS_OWN + (size_t)pairs[i][1]],
			    slice_str(hss_field(row, pairs[i][0])));
}

void
hss_row_clear(struct hss_row *row)
{
	size_t	 i;

	for (i = 0; i < HSS_CELLS; i++)
		buf_cut(&row->cell[i], 0);
}

void
hss_row_free(struct hss_row *row)
{
	size_t	 i;

	for (i = 0; i < HSS_CELLS; i++)
		buf_free(&row->cell[i]);
}
