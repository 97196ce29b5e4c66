/* SPDX-License-Identifier: Apache-2.0 */
/* Contents of EFs that follow from the product or from the other files. */
#include "server/saip/tpl.h"

#include <string.h>

#include "base/der.h"

#define SPN_BYTES	16
/* EF.SPN byte 1: at home show the SPN alone, elsewhere the network alone. */
#define SPN_DISPLAY	0x02

void
tpl_pad(struct buf *b, size_t end)
{
	while (b->len < end)
		buf_add_u8(b, 0xff);
}

/* AID and a name for people of each application. */
void
tpl_fill_dir(const struct tpl *t, struct buf *out)
{
	const struct tpl_files *list;
	const struct tpl_file *f;
	size_t		 from = out->len, at, i, n = 0;

	for (i = 0; i < t->n; i++) {
		list = t->part[i].arg;
		if (t->part[i].tag != PE_USIM)
			continue;
		f = tpl_row(list, 0);
		tpl_pad(out, from + n++ * TPL_DIR_RECORD);
		at = out->len;
		tpl_hex_tlv(out, 0x4f, f->aid);
		der_add(out, 0x50, slice_str(n == 1 ? "USIM" : "USIM 2"));
		der_wrap(out, at, 0x61);
	}
}

/* Operation mode normal, and how many digits of the IMSI are the MNC. */
void
tpl_fill_ad(const struct tpl *t, struct buf *out)
{
	tpl_hex(out, "00 0000");
	buf_add_u8(out, t->mnc_digits);
}

/* The home network in every access technology, the newest first. */
void
tpl_fill_hplmn(const struct tpl *t, struct buf *out)
{
	static const char *const act[] = {
		"0800",		/* NG-RAN */
		"4000",		/* E-UTRAN */
		"8000",		/* UTRAN */
		"0080"		/* GSM */
	};
	size_t	 i;

	for (i = 0; i < NELEM(act); i++) {
		buf_add(out, t->plmn, 3);
		tpl_hex(out, act[i]);
	}
}

/* The home network in E-UTRAN alone, which LTE-M and NB-IoT are a part of. */
void
tpl_fill_lte(const struct tpl *t, struct buf *out)
{
	buf_add(out, t->plmn, 3);
	tpl_hex(out, "4000");
}

void
tpl_fill_ehplmn(const struct tpl *t, struct buf *out)
{
	buf_add(out, t->plmn, 3);
	tpl_pad(out, out->len + 12);
}

static void
ust_set(uint8_t *ust, unsigned service)
{
	if (service > 0)
		ust[(service - 1) / 8] |= (uint8_t)(1u << (service - 1) % 8);
}

/*
 * The services that come with the files of all elements, so that table and
 * files cannot disagree, and two that have no file: 28, data download by
 * SMS-PP (how the security domain is reached), and 33, which is always set.
 */
void
tpl_fill_ust(const struct tpl *t, struct buf *out)
{
	uint8_t		 ust[TPL_UST_BYTES] = {0};
	const struct tpl_files *list;
	const struct tpl_file *f;
	size_t		 i, k;

	ust_set(ust, 28);
	ust_set(ust, 33);
	for (i = t->now; i < t->n; i++) {
		if (i > t->now && t->part[i].tag == PE_USIM)
			break;		/* another table */
		if (t->part[i].body != tpl_files)
			continue;
		list = t->part[i].arg;
		for (k = 0; k < list->n; k++) {
			f = tpl_row(list, k);
			if (f->fill == tpl_fill_spn && t->spn.len == 0)
				continue;	/* a file without a name */
			ust_set(ust, f->service);
		}
	}
	buf_add(out, ust, sizeof(ust));
}

void
tpl_fill_spn(const struct tpl *t, struct buf *out)
{
	size_t	 at = out->len;

	buf_add_u8(out, SPN_DISPLAY);
	buf_add_slice(out, buf_slice(&t->spn));
	tpl_pad(out, at + 1 + SPN_BYTES);
}

/* Is it the same character, one byte long, in the alphabet of TS 23.038? */
static bool
is_basic(uint32_t c)
{
	return c >= 0x20 && c < 0x7f && strchr("$@[\\]^_`{|}~", (int)c) == NULL;
}

/* The character at *s, which moves behind it; 0 when it is none. */
static uint32_t
utf8_next(const uint8_t **s)
{
	static const uint32_t	 least[] = { 0, 0, 0x80, 0x800 };
	const uint8_t	*p = *s;
	uint32_t	 c;
	unsigned	 n, i;

	n = p[0] < 0x80 ? 1 : (p[0] & 0xe0) == 0xc0 ? 2 :
	    (p[0] & 0xf0) == 0xe0 ? 3 : 0;	/* UCS2 has no more */
	if (n == 0)
		return 0;
	c = n == 1 ? p[0] : p[0] & (0x7fu >> n);
	for (i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fu);
	}
	*s = p + n;
	return c < least[n] || (c >= 0xd800 && c < 0xe000) ? 0 : c;
}

/* The bytes as they are if all are of the basic alphabet, else 80 and UCS2. */
int
tpl_spn(const char *text, struct buf *out, struct why *why)
{
	const uint8_t	*s = (const uint8_t *)text;
	struct buf	 wide = {0};
	bool		 basic = true;
	uint32_t	 c;
	int		 r = 0;

	buf_add_u8(&wide, 0x80);
	while (*s != '\0' && r == 0) {
		if ((c = utf8_next(&s)) == 0) {
			r = why_set(why, DPE_SYNTAX, "spn is not UTF-8 of"
			    " the basic plane");
			break;
		}
		basic = basic && is_basic(c);
		buf_add_u8(&wide, (uint8_t)(c >> 8));
		buf_add_u8(&wide, (uint8_t)c);
		if ((basic ? wide.len / 2 : wide.len) > SPN_BYTES)
			r = why_set(why, DPE_RANGE, "spn is longer than %d"
			    " characters", basic ? SPN_BYTES : 7);
	}
	if (r == 0 && basic)
		buf_add_str(out, text);
	else if (r == 0)
		buf_add_slice(out, buf_slice(&wide));
	buf_free(&wide);
	return r;
}
