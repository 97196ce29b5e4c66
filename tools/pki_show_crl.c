/* SPDX-License-Identifier: Apache-2.0 */
/* A CertificateList in words (RFC 5280, 5.1). */
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "tools/pki_show.h"

struct crl_view {
	struct slice	issuer, since, until;	/* until: or empty */
	struct slice	entries;		/* may be empty */
	struct slice	extensions;		/* contents of [0] */
};

static bool
is_time(uint32_t tag)
{
	return tag == 0x17 || tag == 0x18;
}

static int
crl_walk(struct slice der, struct crl_view *v)
{
	struct der	 all, tbs, part;
	struct slice	*in = &tbs.value;

	memset(v, 0, sizeof(*v));
	if (der_whole(der, 0x30, &all) != 0 ||
	    der_expect(&all.value, 0x30, &tbs) != 0)
		return DPE_SYNTAX;
	if (der_peek(*in) == 0x02 && der_next(in, &part) != 0)
		return DPE_SYNTAX;
	if (der_expect(in, 0x30, &part) != 0 ||
	    der_expect(in, 0x30, &part) != 0)
		return DPE_SYNTAX;
	v->issuer = part.raw;
	if (!is_time(der_peek(*in)) || der_next(in, &part) != 0)
		return DPE_SYNTAX;
	v->since = part.raw;
	if (is_time(der_peek(*in))) {
		if (der_next(in, &part) != 0)
			return DPE_SYNTAX;
		v->until = part.raw;
	}
	if (der_peek(*in) == 0x30) {
		if (der_next(in, &part) != 0)
			return DPE_SYNTAX;
		v->entries = part.value;
	}
	if (in->len == 0)
		return 0;
	if (der_expect(in, 0xa0, &part) != 0 || in->len != 0)
		return DPE_SYNTAX;
	v->extensions = part.value;
	return 0;
}

/* UTCTime or GeneralizedTime as 2026-01-31 12:00:00 UTC. */
static void
show_time(struct buf *out, struct slice tlv)
{
	const char	*century = "";
	const uint8_t	*d;
	struct der	 t;
	size_t		 i;

	if (der_next(&tlv, &t) != 0 || !is_time(t.tag) ||
	    t.value.len != (t.tag == 0x17 ? 13 : 15)) {
		buf_add_str(out, "?");
		return;
	}
	d = t.value.p;
	for (i = 0; i + 1 < t.value.len; i++)
		if (d[i] < '0' || d[i] > '9') {
			buf_add_str(out, "?");
			return;
		}
	if (t.tag == 0x17)
		century = d[0] < '5' ? "20" : "19";
	else {
		buf_add(out, d, 2);
		d += 2;
	}
	buf_addf(out, "%s%.2s-%.2s-%.2s %.2s:%.2s:%.2s UTC", century, d,
	    d + 2, d + 4, d + 6, d + 8, d + 10);
}

static void
show_time_line(struct buf *out, const char *label, struct slice tlv)
{
	if (tlv.len == 0)
		return;
	buf_addf(out, "%-12s ", label);
	show_time(out, tlv);
	buf_add_u8(out, '\n');
}

/* The CRL number, if it has one. */
static void
show_number(struct buf *out, struct slice exts)
{
	static const uint8_t	 oid_number[] = { 0x55, 0x1d, 0x14 };
	struct der		 list, ext, oid, value, n;

	if (der_whole(exts, 0x30, &list) != 0)
		return;
	while (der_expect(&list.value, 0x30, &ext) == 0)
		if (der_expect(&ext.value, 0x06, &oid) == 0 &&
		    slice_eq(oid.value, slice_of(oid_number, 3)) &&
		    der_expect(&ext.value, 0x04, &value) == 0 &&
		    der_whole(value.value, 0x02, &n) == 0)
			pki_show_hex(out, "number", n.value);
}

int
pki_show_crl(struct slice der, struct buf *out)
{
	struct crl_view	 v;
	struct der	 entry, serial, when;
	size_t		 n = 0;

	if (crl_walk(der, &v) != 0)
		return DPE_SYNTAX;
	pki_show_line(out, "role", "revocation list");
	pki_show_name(out, "issuer", v.issuer);
	show_number(out, v.extensions);
	show_time_line(out, "issued", v.since);
	show_time_line(out, "next", v.until);
	for (; v.entries.len > 0; n++) {
		if (der_expect(&v.entries, 0x30, &entry) != 0 ||
		    der_expect(&entry.value, 0x02, &serial) != 0 ||
		    der_next(&entry.value, &when) != 0)
			return DPE_SYNTAX;
		buf_addf(out, "%-12s ", "revoked");
		hex_add(out, serial.value);
		buf_add_str(out, " since ");
		show_time(out, when.raw);
		buf_add_u8(out, '\n');
	}
	if (n == 0)
		pki_show_line(out, "revoked", "none");
	return 0;
}
