/* SPDX-License-Identifier: Apache-2.0 */
/* Who the subscriber is, and what the phone calls him. */
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/ident.h"
#include "server/saip/ef.h"

bool
ef_iccid(const struct ef_call *c)
{
	char	 text[ICCID_TEXT];

	if (iccid_from_ef(c->s, text) != 0)
		return false;
	ef_set_str(c->out, "iccid", text);
	return true;
}

/* TS 31.102 4.2.2: length, then digits behind a nibble for parity. */
bool
ef_imsi(const struct ef_call *c)
{
	struct buf	 digits = {0};
	bool		 ok;

	if (c->s.len < 9 || c->s.p[0] < 1 || c->s.p[0] > 8)
		return false;
	ef_digits(slice_sub(c->s, 1, c->s.p[0]), &digits);
	if ((ok = digits.len > 1))
		ef_set_str(c->out, "imsi", buf_cstr(&digits) + 1);
	buf_free(&digits);
	return ok;
}

bool
ef_acc(const struct ef_call *c)
{
	unsigned	 mask, i;
	json_t		*list;

	if (c->s.len != 2)
		return false;
	mask = (unsigned)c->s.p[0] << 8 | c->s.p[1];
	list = json_array();
	for (i = 0; i < 16; i++)
		if ((mask >> i & 1) != 0)
			json_array_append_new(list, json_integer(i));
	json_object_set_new(c->out, "access_classes", list);
	return true;
}

/* TS 31.102 4.2.18. */
bool
ef_ad(const struct ef_call *c)
{
	static const struct { uint8_t code; const char *name; } modes[] = {
		{ 0x00, "normal" }, { 0x80, "type approval" },
		{ 0x01, "normal, specific facilities" },
		{ 0x81, "type approval, specific facilities" },
		{ 0x02, "maintenance" }, { 0x04, "cell test" }
	};
	const char	*mode = "unknown";
	size_t		 i;

	if (c->s.len < 3)
		return false;
	for (i = 0; i < NELEM(modes); i++)
		if (modes[i].code == c->s.p[0])
			mode = modes[i].name;
	ef_set_str(c->out, "mode", mode);
	ef_set_flag(c->out, "ciphering_indicator", (c->s.p[2] & 0x01) != 0);
	if (c->s.len >= 4)
		ef_set_int(c->out, "mnc_digits", c->s.p[3] & 0x0f);
	return true;
}

static void
set_alpha(json_t *o, const char *key, struct slice s)
{
	struct buf	 text = {0};

	ef_alpha(ef_trim(s), &text);
	ef_set_text(o, key, buf_slice(&text));
	buf_free(&text);
}

/* TS 31.102 4.2.12: what is shown at home, and abroad. */
bool
ef_spn(const struct ef_call *c)
{
	if (c->s.len < 2)
		return false;
	set_alpha(c->out, "spn", slice_sub(c->s, 1, c->s.len));
	ef_set_flag(c->out, "network_shown_at_home", (c->s.p[0] & 1) != 0);
	ef_set_flag(c->out, "spn_shown_abroad", (c->s.p[0] & 2) == 0);
	return true;
}

/* A network name of TS 24.008 10.5.3.5a: a head, then packed text or UCS2. */
static void
set_network_name(json_t *o, const char *key, struct slice in, uint32_t tag)
{
	struct buf	 text = {0};
	struct slice	 s;
	struct der	 d;

	if (der_find(in, tag, &d) != 0 || d.value.len < 1)
		return;
	s = slice_sub(d.value, 1, d.value.len);
	if ((d.value.p[0] & 0x70) == 0)
		ef_packed(s, d.value.p[0] & 7, &text);
	else
		for (; s.len >= 2; s = slice_sub(s, 2, s.len)) {
			struct buf	 ucs2 = {0};

			buf_add_u8(&ucs2, 0x80);
			buf_add(&ucs2, s.p, 2);
			ef_alpha(buf_slice(&ucs2), &text);
			buf_free(&ucs2);
		}
	ef_set_text(o, key, buf_slice(&text));
	buf_free(&text);
}

bool
ef_pnn(const struct ef_call *c)
{
	struct slice	 s = ef_trim(c->s);

	set_network_name(c->out, "name", s, 0x43);
	set_network_name(c->out, "short", s, 0x45);
	return json_object_size(c->out) > 0;
}

/* EF.PL and EF.LI: two letters each, the first one preferred. */
bool
ef_languages(const struct ef_call *c)
{
	json_t	*list;
	size_t	 i;

	if (c->s.len % 2 != 0)
		return false;
	for (i = 0; i < c->s.len; i++)
		if ((c->s.p[i] < 'A' || c->s.p[i] > 'z') &&
		    c->s.p[i] != 0xff)
			return false;
	list = json_array();
	for (i = 0; i < c->s.len; i += 2)
		if (c->s.p[i] != 0xff && c->s.p[i + 1] != 0xff)
			json_array_append_new(list, json_stringn(
			    (const char *)c->s.p + i, 2));
	json_object_set_new(c->out, "languages", list);
	return true;
}

/* Length of what follows, type of number, digits: at most ten octets. */
static bool
set_number(json_t *o, const char *key, struct slice s)
{
	struct buf	 digits = {0};

	if (s.len < 2 || s.p[0] < 1 || s.p[0] > 11 || s.p[0] >= s.len)
		return false;
	if ((s.p[1] & 0x70) == 0x10)
		buf_add_u8(&digits, '+');
	ef_digits(slice_sub(s, 2, s.p[0] - 1u), &digits);
	ef_set_text(o, key, buf_slice(&digits));
	buf_free(&digits);
	return true;
}

/* EF.MSISDN, EF.FDN, EF.ADN ...: a name, then 14 octets (4.2.26). */
bool
ef_number(const struct ef_call *c)
{
	size_t	 x;

	if (c->s.len < 14)
		return false;
	x = c->s.len - 14;
	if (!set_number(c->out, "number", slice_sub(c->s, x, 12)) &&
	    !ef_blank(slice_sub(c->s, x, 14)))
		return false;
	if (!ef_blank(slice_sub(c->s, 0, x)))
		set_alpha(c->out, "name", slice_sub(c->s, 0, x));
	return true;
}

/* TS 31.102 4.2.27; the bits of the indicator are 0 for what is there. */
bool
ef_smsp(const struct ef_call *c)
{
	struct slice	 s;
	uint8_t		 absent;
	size_t		 y;

	if (c->s.len < 28)
		return false;
	y = c->s.len - 28;
	s = slice_sub(c->s, y, 28);
	absent = s.p[0];
	if (y > 0 && !ef_blank(slice_sub(c->s, 0, y)))
		set_alpha(c->out, "name", slice_sub(c->s, 0, y));
	if ((absent & 0x02) == 0 &&
	    !set_number(c->out, "sms_centre", slice_sub(s, 13, 12)))
		ef_set_hex(c->out, "sms_centre", slice_sub(s, 13, 12));
	if ((absent & 0x01) == 0)
		ef_set_hex(c->out, "destination", slice_sub(s, 1, 12));
	if ((absent & 0x04) == 0)
		ef_set_int(c->out, "protocol", s.p[25]);
	if ((absent & 0x08) == 0)
		ef_set_int(c->out, "coding", s.p[26]);
	if ((absent & 0x10) == 0)
		ef_set_int(c->out, "validity", s.p[27]);
	return true;
}

/* TS 31.102 4.2.21: digits, a name, the services that are meant. */
bool
ef_ecc(const struct ef_call *c)
{
	static const char *const names[] = { "police", "ambulance",
	    "fire brigade", "marine guard", "mountain rescue",
	    "manual eCall", "automatic eCall" };
	struct buf	 digits = {0};
	json_t		*list;
	size_t		 i;

	if (c->s.len < 4)
		return false;
	ef_digits(slice_sub(c->s, 0, 3), &digits);
	ef_set_text(c->out, "number", buf_slice(&digits));
	buf_free(&digits);
	list = json_array();
	for (i = 0; i < NELEM(names); i++)
		if ((c->s.p[c->s.len - 1] >> i & 1) != 0)
			json_array_append_new(list, json_string(names[i]));
	json_object_set_new(c->out, "services", list);
	if (!ef_blank(slice_sub(c->s, 3, c->s.len - 4)))
		set_alpha(c->out, "name", slice_sub(c->s, 3, c->s.len - 4));
	return true;
}

/* TS 102 221 13.9. */
bool
ef_umpc(const struct ef_call *c)
{
	if (c->s.len < 2)
		return false;
	ef_set_int(c->out, "maximum_power", c->s.p[0]);
	ef_set_int(c->out, "timeout", c->s.p[1]);
	return true;
}

/* EF.IMPI, EF.IMPU, EF.DOMAIN ... of TS 31.103: UTF-8 in one TLV. */
bool
ef_uri(const struct ef_call *c)
{
	struct slice	 s = c->s;
	struct der	 d;

	if (der_expect(&s, 0x80, &d) != 0)
		return false;
	ef_set_text(c->out, "uri", d.value);
	return true;
}

/* TS 31.103 4.2.8: the kind of the address, and it. */
bool
ef_pcscf(const struct ef_call *c)
{
	struct slice	 s = c->s, a;
	struct der	 d;
	char		 text[16];

	if (der_expect(&s, 0x80, &d) != 0 || d.value.len < 1)
		return false;
	a = slice_sub(d.value, 1, d.value.len);
	if (d.value.p[0] == 0)
		ef_set_text(c->out, "p_cscf", a);
	else if (d.value.p[0] == 1 && a.len == 4) {
		snprintf(text, sizeof(text), "%u.%u.%u.%u", a.p[0], a.p[1],
		    a.p[2], a.p[3]);
		ef_set_str(c->out, "p_cscf", text);
	} else
		ef_set_hex(c->out, "p_cscf", d.value);
	return true;
}

/* TS 102 221 13.1: one application a record. */
bool
ef_dir(const struct ef_call *c)
{
	struct slice	 s = c->s;
	struct der	 t, d;

	if (der_expect(&s, 0x61, &t) != 0 ||
	    der_find(t.value, 0x4f, &d) != 0)
		return false;
	ef_set_hex(c->out, "aid", d.value);
	if (der_find(t.value, 0x50, &d) == 0)
		ef_set_text(c->out, "label", d.value);
	return true;
}
