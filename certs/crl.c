/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/crl.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"
#include "certs/internal.h"

#define EXT_CRL_NUMBER	20	/* of 2.5.29 */
#define EXT_IDP		28
#define EXT_AKI		35

int
crl_next(struct slice *entries, struct slice *serial)
{
	struct der	 entry, d;
	struct slice	 s;
	struct ext	 e;
	int64_t		 since;

	if (entries->len == 0)
		return DPE_NOTFOUND;
	if (der_expect(entries, 0x30, &entry) != 0)
		return DPE_SYNTAX;
	s = entry.value;
	if (der_expect(&s, 0x02, &d) != 0 || d.value.len < 1 ||
	    d.value.len > CERT_SERIAL_MAX || time_get(&s, &since) != 0)
		return DPE_SYNTAX;
	*serial = d.value;
	if (s.len == 0)
		return 0;
	if (der_whole(s, 0x30, &d) != 0)
		return DPE_SYNTAX;
	while (d.value.len > 0)
		if (ext_next(&d.value, &e) != 0)
			return DPE_SYNTAX;
	return 0;
}

static int
crl_entries(struct slice *in, struct crl *c)
{
	struct slice	 s, serial;
	struct der	 d;
	int		 r;

	if (der_peek(*in) != 0x30)
		return 0;
	if (der_next(in, &d) != 0)
		return DPE_SYNTAX;
	c->entries = s = d.value;
	while ((r = crl_next(&s, &serial)) == 0)
		;
	return r == DPE_NOTFOUND ? 0 : r;
}

/*
 * IssuingDistributionPoint: an indirect list ([4]) revokes other issuers'
 * certificates, which its entries name.
 */
static int
crl_idp(struct slice v)
{
	struct der	 all, d;
	int		 r;

	if (der_whole(v, 0x30, &all) != 0)
		return DPE_SYNTAX;
	if ((r = der_find(all.value, 0x84, &d)) == DPE_NOTFOUND)
		return 0;
	return r == 0 ? DPE_UNSUPPORTED : r;
}

static int
crl_extension(const struct ext *e, struct crl *c)
{
	unsigned	 id = 0;

	if (e->oid.len == 3 && e->oid.p[0] == 0x55 && e->oid.p[1] == 0x1d)
		id = e->oid.p[2];
	if (id == EXT_AKI)
		return ext_aki(e->value, &c->aki);
	if (id == EXT_IDP)
		return crl_idp(e->value);
	if (id != EXT_CRL_NUMBER && e->critical)
		return DPE_UNSUPPORTED;
	return 0;
}

static int
crl_tail(struct slice s, struct crl *c)
{
	struct ext	 e;
	struct der	 d;
	int		 r;

	if (s.len == 0)
		return 0;
	if (der_whole(s, 0xa0, &d) != 0 || der_whole(d.value, 0x30, &d) != 0)
		return DPE_SYNTAX;
	while (d.value.len > 0) {
		if (ext_next(&d.value, &e) != 0)
			return DPE_SYNTAX;
		if ((r = crl_extension(&e, c)) != 0)
			return r;
	}
	return 0;
}

static const struct slice	version_2 =
    { (const uint8_t *)"\x02\x01\x01", 3 };

static int
crl_tbs(struct slice s, struct crl *c)
{
	struct der	 d;
	int		 r;

	if (!slice_starts(s, version_2))
		return DPE_UNSUPPORTED;
	s = slice_sub(s, version_2.len, s.len);
	if (der_expect(&s, 0x30, &d) != 0)
		return DPE_SYNTAX;
	if (!alg_is_ecdsa_sha256(d.raw))
		return DPE_UNSUPPORTED;
	if (der_expect(&s, 0x30, &d) != 0)
		return DPE_SYNTAX;
	c->issuer = d.raw;
	if (time_get(&s, &c->this_update) != 0)
		return DPE_SYNTAX;
	if ((der_peek(s) == 0x17 || der_peek(s) == 0x18) &&
	    time_get(&s, &c->next_update) != 0)
		return DPE_SYNTAX;
	if ((r = crl_entries(&s, c)) != 0)
		return r;
	return crl_tail(s, c);
}

int
crl_parse(struct slice der, struct crl *out)
{
	struct signed_der	 s;
	int			 r;

	memset(out, 0, sizeof(*out));
	if (der.len > LIM_CRL)
		return DPE_SYNTAX;
	if ((r = signed_open(der, &s)) != 0)
		return r;
	out->tbs = s.tbs;
	out->signature = s.signature;
	if ((r = crl_tbs(s.tbs_value, out)) != 0)
		memset(out, 0, sizeof(*out));
	return r;
}
