/* SPDX-License-Identifier: Apache-2.0 */
/* The structure of a certificate, RFC 5280 4.1. */
#include "certs/cert.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"
#include "certs/internal.h"

static const struct slice oid_ec_key =
    { (const uint8_t *)"\x2a\x86\x48\xce\x3d\x02\x01", 7 };
/* ecdsa-with-SHA256 with absent parameters (4.5.2.1.1), the whole TLV. */
static const struct slice ecdsa_sha256 =
    { (const uint8_t *)"\x30\x0a\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02", 12 };
static const struct slice version_3 =
    { (const uint8_t *)"\xa0\x03\x02\x01\x02", 5 };

bool
alg_is_ecdsa_sha256(struct slice alg)
{
	return slice_eq(alg, ecdsa_sha256);
}

static int
cert_validity(struct slice *in, struct cert *c)
{
	struct der	 d;
	struct slice	 s;

	if (der_expect(in, 0x30, &d) != 0)
		return DPE_SYNTAX;
	s = d.value;
	if (time_get(&s, &c->not_before) != 0 ||
	    time_get(&s, &c->not_after) != 0 || s.len != 0)
		return DPE_SYNTAX;
	return 0;
}

static int
cert_subject(struct slice *in, struct cert *c)
{
	struct der	 d;

	if (der_expect(in, 0x30, &d) != 0 ||
	    name_attr(d.value, oid_organization, &c->organization) != 0 ||
	    name_attr(d.value, oid_serial_number, &c->serial_number) != 0 ||
	    name_attr(d.value, oid_common_name, &c->common_name) != 0)
		return DPE_SYNTAX;
	c->subject = d.raw;
	return 0;
}

/* SubjectPublicKeyInfo, RFC 5480 2. */
static int
cert_key(struct slice *in, struct cert *c)
{
	struct der	 info, alg, type, curve, bits;
	struct slice	 s, a;
	int		 r;

	if (der_expect(in, 0x30, &info) != 0)
		return DPE_SYNTAX;
	s = info.value;
	if (der_expect(&s, 0x30, &alg) != 0)
		return DPE_SYNTAX;
	a = alg.value;
	if (der_expect(&a, 0x06, &type) != 0 ||
	    der_expect(&s, 0x03, &bits) != 0 || s.len != 0)
		return DPE_SYNTAX;
	if (!slice_eq(type.value, oid_ec_key) ||
	    der_whole(a, 0x06, &curve) != 0)
		return DPE_UNSUPPORTED;
	if ((r = curve_from_oid(curve.value, &c->curve)) != 0)
		return r;
	if (bits.value.len < 1 || bits.value.p[0] != 0)
		return DPE_SYNTAX;
	c->point = slice_sub(bits.value, 1, bits.value.len);
	if (c->point.len != POINT_LEN || c->point.p[0] != 0x04)
		return DPE_UNSUPPORTED;
	return 0;
}

/* What follows the key: unique identifiers, which nobody uses; extensions. */
static int
cert_tail(struct slice s, struct cert *c)
{
	struct der	 d;
	uint32_t	 tag;
	int		 r;

	for (tag = 0x81; tag <= 0x82; tag++)
		if (der_peek(s) == tag && der_next(&s, &d) != 0)
			return DPE_SYNTAX;
	if (s.len == 0)
		return 0;
	if (der_whole(s, 0xa3, &d) != 0 || der_whole(d.value, 0x30, &d) != 0)
		return DPE_SYNTAX;
	if (d.value.len == 0)
		return DPE_SYNTAX;
	if ((r = cert_extensions(d.value, c)) != 0)
		return r;
	return 0;
}

static int
cert_tbs(struct slice s, struct cert *c)
{
	struct der	 d;
	int		 r;

	if (!slice_starts(s, version_3))
		return DPE_UNSUPPORTED;
	s = slice_sub(s, version_3.len, s.len);
	if (der_expect(&s, 0x02, &d) != 0 || d.value.len < 1 ||
	    d.value.len > CERT_SERIAL_MAX)
		return DPE_SYNTAX;
	c->serial = d.value;
	if (der_expect(&s, 0x30, &d) != 0)
		return DPE_SYNTAX;
	if (!alg_is_ecdsa_sha256(d.raw))
		return DPE_UNSUPPORTED;
	if (der_expect(&s, 0x30, &d) != 0)
		return DPE_SYNTAX;
	c->issuer = d.raw;
	if ((r = cert_validity(&s, c)) != 0 || (r = cert_subject(&s, c)) != 0 ||
	    (r = cert_key(&s, c)) != 0)
		return r;
	return cert_tail(s, c);
}

int
signed_open(struct slice der, struct signed_der *out)
{
	struct der	 all, tbs, alg, sig;
	struct slice	 s;

	if (der_whole(der, 0x30, &all) != 0)
		return DPE_SYNTAX;
	s = all.value;
	if (der_expect(&s, 0x30, &tbs) != 0 ||
	    der_expect(&s, 0x30, &alg) != 0 ||
	    der_expect(&s, 0x03, &sig) != 0 || s.len != 0)
		return DPE_SYNTAX;
	if (!alg_is_ecdsa_sha256(alg.raw))
		return DPE_UNSUPPORTED;
	if (sig.value.len < 1 || sig.value.p[0] != 0)
		return DPE_SYNTAX;
	out->tbs = tbs.raw;
	out->tbs_value = tbs.value;
	out->signature = slice_sub(sig.value, 1, sig.value.len);
	return 0;
}

int
cert_parse(struct slice der, struct cert *out)
{
	struct signed_der	 s;
	int			 r;

	memset(out, 0, sizeof(*out));
	if (der.len > LIM_CERT)
		return DPE_SYNTAX;
	if ((r = signed_open(der, &s)) != 0)
		return r;
	out->role = ROLE_NONE;
	out->path_len = -1;
	out->raw = der;
	out->tbs = s.tbs;
	out->signature = s.signature;
	if ((r = cert_tbs(s.tbs_value, out)) != 0)
		memset(out, 0, sizeof(*out));	/* no half of a certificate */
	return r;
}
