/* SPDX-License-Identifier: Apache-2.0 */
/* The extensions of a certificate, RFC 5280 4.2 and SGP.22 4.5.2.1. */
#include "base/der.h"
#include "certs/internal.h"

int
ext_next(struct slice *in, struct ext *out)
{
	struct der	 e, d;
	struct slice	 s;

	if (der_expect(in, 0x30, &e) != 0)
		return DPE_SYNTAX;
	s = e.value;
	if (der_expect(&s, 0x06, &d) != 0)
		return DPE_SYNTAX;
	out->oid = d.value;
	out->critical = false;
	if (der_peek(s) == 0x01) {
		if (der_next(&s, &d) != 0 || d.value.len != 1)
			return DPE_SYNTAX;
		out->critical = d.value.p[0] != 0;
	}
	if (der_whole(s, 0x04, &d) != 0)
		return DPE_SYNTAX;
	out->value = d.value;
	return 0;
}

static int
ext_ski(struct slice v, struct cert *c)
{
	struct der	 d;

	if (der_whole(v, 0x04, &d) != 0)
		return DPE_SYNTAX;
	c->ski = d.value;
	return 0;
}

int
ext_aki(struct slice v, struct slice *out)
{
	struct der	 all, id;

	*out = slice_of(NULL, 0);
	if (der_whole(v, 0x30, &all) != 0)
		return DPE_SYNTAX;
	if (der_peek(all.value) != 0x80)
		return 0;
	if (der_next(&all.value, &id) != 0)
		return DPE_SYNTAX;
	*out = id.value;
	return 0;
}

static int
ext_cert_aki(struct slice v, struct cert *c)
{
	return ext_aki(v, &c->aki);
}

static int
ext_key_usage(struct slice v, struct cert *c)
{
	struct der	 d;

	if (der_whole(v, 0x03, &d) != 0 || d.value.len < 1 ||
	    d.value.len > 3 || d.value.p[0] > 7)
		return DPE_SYNTAX;
	if (d.value.len > 1)
		c->key_usage = d.value.p[1];
	return 0;
}

static int
ext_basic(struct slice v, struct cert *c)
{
	struct der	 all, d;
	struct slice	 s;
	uint64_t	 n;

	if (der_whole(v, 0x30, &all) != 0)
		return DPE_SYNTAX;
	s = all.value;
	if (der_peek(s) == 0x01) {
		if (der_next(&s, &d) != 0 || d.value.len != 1)
			return DPE_SYNTAX;
		c->is_ca = d.value.p[0] != 0;
	}
	if (s.len == 0)
		return 0;
	if (der_whole(s, 0x02, &d) != 0 || der_uint(d.value, &n) != 0 ||
	    n > 100)
		return DPE_SYNTAX;
	c->path_len = (int)n;
	return 0;
}

/*
 * The role is the policy 2.23.146.1.2.1.n.  A certificate with two of them
 * would be whatever one likes: it has none.
 */
static int
ext_policies(struct slice v, struct cert *c)
{
	static const struct slice	 arc = { (const uint8_t *)
					    "\x67\x81\x12\x01\x02\x01", 6 };
	struct der			 all, info, oid;
	struct slice			 s;
	unsigned			 n = 0, last = ROLE_NONE;

	if (der_whole(v, 0x30, &all) != 0)
		return DPE_SYNTAX;
	for (s = all.value; s.len > 0;) {
		if (der_expect(&s, 0x30, &info) != 0 ||
		    der_expect(&info.value, 0x06, &oid) != 0)
			return DPE_SYNTAX;
		if (oid.value.len != arc.len + 1 ||
		    !slice_starts(oid.value, arc))
			continue;
		last = oid.value.p[arc.len];
		n++;
	}
	c->has_role = n == 1 && last < ROLE_NONE;
	c->role = c->has_role ? (enum cert_role)last : ROLE_NONE;
	return 0;
}

static int
ext_alt_names(struct slice v, struct cert *c)
{
	struct der	 all, d;
	struct slice	 s;

	if (der_whole(v, 0x30, &all) != 0)
		return DPE_SYNTAX;
	for (s = all.value; s.len > 0;) {
		if (der_next(&s, &d) != 0)
			return DPE_SYNTAX;
		if (d.tag == 0x88 && c->rid.p == NULL)
			c->rid = d.value;
		if (d.tag == 0x82 && c->dns.p == NULL)
			c->dns = d.value;
	}
	return 0;
}

/* One permitted subtree; one that is no O / IIN pair permits no eUICC. */
static int
ext_subtree(struct slice tree, struct cert *c)
{
	struct slice	 organization, iin;
	struct der	 base, name;

	if (der_next(&tree, &base) != 0)
		return DPE_SYNTAX;
	if (base.tag != 0xa4)
		return 0;
	if (der_whole(base.value, 0x30, &name) != 0 ||
	    name_attr(name.value, oid_organization, &organization) != 0 ||
	    name_attr(name.value, oid_serial_number, &iin) != 0)
		return DPE_SYNTAX;
	if (organization.len == 0 || iin.len == 0)
		return 0;
	if (c->n_permitted == CERT_NC_MAX)
		return DPE_UNSUPPORTED;
	c->permitted[c->n_permitted].organization = organization;
	c->permitted[c->n_permitted++].iin = iin;
	return 0;
}

static int
ext_name_constraints(struct slice v, struct cert *c)
{
	struct der	 all, trees, tree;
	struct slice	 s;
	int		 r;

	if (der_whole(v, 0x30, &all) != 0)
		return DPE_SYNTAX;
	c->has_constraints = true;
	s = all.value;
	if (der_peek(s) == 0xa0) {
		if (der_next(&s, &trees) != 0)
			return DPE_SYNTAX;
		while (trees.value.len > 0)
			if (der_expect(&trees.value, 0x30, &tree) != 0)
				return DPE_SYNTAX;
			else if ((r = ext_subtree(tree.value, c)) != 0)
				return r;
	}
	if (s.len > 0)	/* excluded subtrees: a rule we do not apply */
		c->unknown_critical = true;
	return 0;
}

/* Known, and nothing in it that the GSMA's rules look at. */
static int
ext_sequence(struct slice v, struct cert *c)
{
	struct der	 d;

	(void)c;
	return der_whole(v, 0x30, &d);
}

static const struct {
	uint8_t	 id;		/* the last arc of 2.5.29.n */
	int	 (*read)(struct slice, struct cert *);
} known[] = {
	{ 14, ext_ski },
	{ 15, ext_key_usage },
	{ 17, ext_alt_names },
	{ 19, ext_basic },
	{ 30, ext_name_constraints },
	{ 31, ext_sequence },		/* cRLDistributionPoints */
	{ 32, ext_policies },
	{ 35, ext_cert_aki },
	{ 37, ext_sequence },		/* extKeyUsage */
};
#define KNOWN	NELEM(known)

/* Its place in known[], KNOWN if it has none. */
static size_t
ext_which(struct slice oid)
{
	size_t	 i;

	if (oid.len != 3 || oid.p[0] != 0x55 || oid.p[1] != 0x1d)
		return KNOWN;
	for (i = 0; i < KNOWN; i++)
		if (known[i].id == oid.p[2])
			break;
	return i;
}

int
cert_extensions(struct slice exts, struct cert *c)
{
	struct ext	 e;
	unsigned	 seen = 0;
	size_t		 i;
	int		 r;

	while (exts.len > 0) {
		if (ext_next(&exts, &e) != 0)
			return DPE_SYNTAX;
		if ((i = ext_which(e.oid)) == KNOWN) {
			c->unknown_critical |= e.critical;
			continue;
		}
		if (seen >> i & 1)
			return DPE_SYNTAX;	/* each at most once */
		seen |= 1U << i;
		if ((r = known[i].read(e.value, c)) != 0)
			return r;
	}
	return 0;
}
