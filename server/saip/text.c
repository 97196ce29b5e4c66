/* SPDX-License-Identifier: Apache-2.0 */
/* Fields as people and files write them (TS 31.102, TS 24.008, TS 11.11). */
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "server/saip/fields.h"
#include "server/saip/tpl.h"

#define NUMBER_DIGITS	20
#define NUMBER_BYTES	10
#define INTERNATIONAL	0x91	/* TON/NPI: international, E.164 */
#define ALL_ACCESS	0xc880	/* UTRAN, E-UTRAN, NG-RAN, GSM */

static int
bad(enum saip_field f, struct why *why, const char *what)
{
	return why_set(why, DPE_USAGE, "%s: %s", saip_fields[f].name, what);
}

static bool
all_digits(const char *s, size_t least, size_t most)
{
	size_t	 n = strspn(s, "0123456789");

	return s[n] == '\0' && n >= least && n <= most;
}

static int
text_hex(enum saip_field f, const char *s, struct buf *out, struct why *why)
{
	size_t	 size = saip_fields[f].size, n = strlen(s);

	if (n == 0 || n % 2 != 0 || n > 2 * SAIP_VALUE_MAX ||
	    (size != 0 && n != 2 * size) ||
	    hex_decode(slice_str(s), out) != 0)
		return size == 0 ? bad(f, why, "up to 500 hex digits are"
		    " needed") : why_set(why, DPE_USAGE, "%s: %zu hex digits"
		    " are needed", saip_fields[f].name, 2 * size);
	return 0;
}

/* Four to eight digits; an ADM may be any eight octets, in hex. */
static int
text_code(enum saip_field f, const char *s, struct buf *out, struct why *why)
{
	if (strlen(s) == 16)
		return text_hex(f, s, out, why);
	if (!all_digits(s, 4, 8))
		return bad(f, why, "4 to 8 digits are needed");
	buf_add_str(out, s);
	tpl_pad(out, 8);
	return 0;
}

/* Nibbles swapped, in n octets, the rest F. */
static void
add_bcd(const char *s, size_t n, struct buf *out)
{
	uint8_t	 low, high;

	while (n-- > 0) {
		low = *s == '\0' ? 0xf : (uint8_t)(*s++ - '0');
		high = *s == '\0' ? 0xf : (uint8_t)(*s++ - '0');
		buf_add_u8(out, (uint8_t)(high << 4 | low));
	}
}

/* Octets of the number and its type, that, and the number itself. */
static int
add_number(enum saip_field f, const char *s, struct buf *out,
    struct why *why)
{
	if (*s == '+')
		s++;
	if (!all_digits(s, 1, NUMBER_DIGITS))
		return bad(f, why, "an international number of up to 20"
		    " digits is needed");
	buf_add_u8(out, (uint8_t)(1 + (strlen(s) + 1) / 2));
	buf_add_u8(out, INTERNATIONAL);
	add_bcd(s, NUMBER_BYTES, out);
	return 0;
}

static int
text_msisdn(enum saip_field f, const char *s, struct buf *out,
    struct why *why)
{
	size_t	 at = out->len;
	int	 r;

	if ((r = add_number(f, s, out, why)) == 0)
		tpl_pad(out, at + 14);	/* no configuration, no extension */
	return r;
}

/* A bit of the first octet that is 0: this parameter is present. */
static int
text_smsc(enum saip_field f, const char *s, struct buf *out, struct why *why)
{
	size_t	 at = out->len;
	int	 r;

	buf_add_u8(out, 0xfd);		/* the service centre, alone */
	tpl_pad(out, at + 13);		/* no destination */
	if ((r = add_number(f, s, out, why)) == 0)
		tpl_pad(out, at + 28);
	return r;
}

static int
text_spn(enum saip_field f, const char *s, struct buf *out, struct why *why)
{
	size_t		 at = out->len;
	struct why	 inner = { "" };

	buf_add_u8(out, 0x02);	/* as tpl_fill_spn() */
	if (tpl_spn(s, out, &inner) != 0)
		return bad(f, why, inner.text);
	tpl_pad(out, at + saip_fields[f].size);
	return 0;
}

static int
text_routing(enum saip_field f, const char *s, struct buf *out,
    struct why *why)
{
	size_t	 at = out->len;

	if (!all_digits(s, 1, 4))
		return bad(f, why, "1 to 4 digits are needed");
	add_bcd(s, 2, out);
	tpl_pad(out, at + 4);
	return 0;
}

static int
text_uri(enum saip_field f, const char *s, struct buf *out, struct why *why)
{
	size_t	 n = strlen(s);

	if (n == 0 || n > 127)
		return bad(f, why, "1 to 127 bytes are needed");
	buf_add_u8(out, 0x80);
	buf_add_u8(out, (uint8_t)n);
	buf_add_str(out, s);
	return 0;
}

/* "MCC-MNC" or "MCC-MNC:XXXX". */
static int
add_network(enum saip_field f, const char *s, struct buf *out)
{
	bool		 access = saip_fields[f].kind == FIELD_ACCESS;
	char		 plmn[8];
	uint8_t		 p[3];
	size_t		 n = strcspn(s, ":");

	if (n >= sizeof(plmn) || (s[n] == ':' && !access))
		return DPE_SYNTAX;
	memcpy(plmn, s, n);
	plmn[n] = '\0';
	if (plmn_parse(plmn, p) != 0)
		return DPE_SYNTAX;
	buf_add(out, p, sizeof(p));
	if (access && s[n] == ':')
		return strlen(s + n + 1) != 4 ? DPE_SYNTAX :
		    hex_decode(slice_str(s + n + 1), out);
	if (access) {
		buf_add_u8(out, ALL_ACCESS >> 8);
		buf_add_u8(out, ALL_ACCESS & 0xff);
	}
	return 0;
}

static int
text_networks(enum saip_field f, const char *s, struct buf *out,
    struct why *why)
{
	char	*copy = xstrdup(s), *at, *one;
	int	 r = 0;

	for (one = strtok_r(copy, " ,;", &at); one != NULL && r == 0;
	    one = strtok_r(NULL, " ,;", &at))
		r = add_network(f, one, out);
	free(copy);
	if (r != 0 || out->len == 0 || out->len > SAIP_VALUE_MAX)
		return bad(f, why, saip_fields[f].kind == FIELD_ACCESS ?
		    "networks are MCC-MNC or MCC-MNC:XXXX, up to 50" :
		    "networks are MCC-MNC, up to 83");
	return 0;
}

static int
text_identity(enum saip_field f, const char *s, struct buf *out,
    struct why *why)
{
	char	 iccid[ICCID_TEXT], imsi[IMSI_TEXT];
	int	 r;

	if (saip_fields[f].kind == FIELD_IMSI) {
		if (imsi_parse(s, imsi) != 0)
			return bad(f, why, "6 to 15 digits are needed");
		imsi_to_ef(imsi, buf_grow(out, 9));
		return 0;
	}
	if (iccid_parse(s, iccid) != 0)
		return bad(f, why, "19 or 20 digits are needed");
	r = saip_fields[f].kind == FIELD_ICCID_EF ?
	    iccid_to_ef(iccid, buf_grow(out, 10)) :
	    iccid_to_header(iccid, buf_grow(out, 10));
	return r == 0 ? 0 : bad(f, why, "19 or 20 digits are needed");
}

static int
text_none(enum saip_field f, const char *s, struct buf *out, struct why *why)
{
	(void)s;
	(void)out;
	return bad(f, why, "follows from another field");
}

int
saip_field_parse(enum saip_field f, const char *text, struct buf *out,
    struct why *why)
{
	static int	 (*const parse[])(enum saip_field, const char *,
			    struct buf *, struct why *) = {
		[FIELD_ICCID_HEADER] = text_identity,
		[FIELD_ICCID_EF] = text_identity,
		[FIELD_IMSI] = text_identity,
		[FIELD_ACC] = text_hex,
		[FIELD_KEY] = text_hex,
		[FIELD_SCALAR] = text_hex,
		[FIELD_POINT] = text_none,
		[FIELD_CODE] = text_code,
		[FIELD_MSISDN] = text_msisdn,
		[FIELD_SMSC] = text_smsc,
		[FIELD_SPN] = text_spn,
		[FIELD_HEX] = text_hex,
		[FIELD_ROUTING] = text_routing,
		[FIELD_URI] = text_uri,
		[FIELD_NETWORKS] = text_networks,
		[FIELD_ACCESS] = text_networks
	};
	struct buf	 b = { 0 };
	int		 r;

	if ((r = parse[saip_fields[f].kind](f, text, &b, why)) == 0)
		buf_add_slice(out, buf_slice(&b));
	buf_free(&b);
	return r;
}
