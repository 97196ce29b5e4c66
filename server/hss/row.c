/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hex.h"
#include "server/hss/hss.h"

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

int
hss_field_set(struct hss_row *row, enum saip_field f, struct slice value)
{
	struct buf	*out = &row->cell[HSS_OWN + (size_t)f];

	buf_cut(out, 0);
	switch (f) {
	case SAIP_ICCID_HEADER:
	case SAIP_ICCID_EF:
		return set_iccid(value, f == SAIP_ICCID_HEADER, out);
	case SAIP_IMSI:
		return set_imsi(value, out);
	case SAIP_PIN1:
	case SAIP_PIN2:
	case SAIP_PUK1:
	case SAIP_PUK2:
	case SAIP_ADM1:
		return set_code(value, out);
	default:
		hex_add(out, value);
	}
	return 0;
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
