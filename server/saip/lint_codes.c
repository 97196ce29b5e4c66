/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about PINs and PUKs (spec 06, section 4). */
#include <string.h>

#include "server/saip/lint_run.h"

#define PIN_ON	1	/* of pinAttributes */

/* So many digits, the rest FF. */
static bool
digits(struct slice v, size_t least, size_t most)
{
	size_t	 n = 0, i;

	while (n < v.len && v.p[n] >= '0' && v.p[n] <= '9')
		n++;
	for (i = n; i < v.len; i++)
		if (v.p[i] != 0xff)
			return false;
	return v.len == 8 && n >= least && n <= most;
}

void
lint_puk_value(struct lint_run *r)
{
	const struct pe_puks	*p;
	size_t			 i, k;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_PUKS)
			continue;
		p = &r->pe[i].d.puks;
		for (k = 0; k < p->codes.n; k++)
			if (!digits(p->codes.v[k].value, 8, 8))
				lint_at(r, i, NULL, "PUK %ld is not eight "
				    "digits", p->codes.v[k].reference);
	}
}

/* An ADM may be any octets. */
static bool
is_adm(long reference)
{
	return (reference >= 10 && reference <= 14) ||
	    (reference >= 0x8a && reference <= 0x8e);
}

static bool
is_pin(long reference)
{
	return (reference >= 1 && reference <= 8) ||
	    (reference >= 0x81 && reference <= 0x88) || reference == 17;
}

#define FOR_PINS(r, i, k) \
	FOR_PES(r, i) \
		if ((r)->pe[i].d.kind == PE_KIND_PINS) \
			for ((k) = 0; (k) < (r)->pe[i].d.pins.config.n; (k)++)

void
lint_pin_value(struct lint_run *r)
{
	const struct pe_pin	*p;
	size_t			 i, k;

	FOR_PINS(r, i, k) {
		p = &r->pe[i].d.pins.config.v[k];
		if (p->value.len != 8 || (!is_adm(p->reference) &&
		    !digits(p->value, 4, 8)))
			lint_at(r, i, NULL, "PIN %ld is not four to eight "
			    "digits and FF", p->reference);
	}
}

void
lint_reference(struct lint_run *r)
{
	const struct pe_puks	*p;
	size_t			 i, k;
	long			 ref;

	FOR_PINS(r, i, k) {
		ref = r->pe[i].d.pins.config.v[k].reference;
		if (!is_pin(ref) && !is_adm(ref))
			lint_at(r, i, NULL, "%ld is no reference of a PIN or "
			    "ADM", ref);
	}
	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_PUKS)
			continue;
		p = &r->pe[i].d.puks;
		for (k = 0; k < p->codes.n; k++)
			if (!is_pin(p->codes.v[k].reference))
				lint_at(r, i, NULL, "%ld is no reference of a "
				    "PUK", p->codes.v[k].reference);
	}
}

static void
twice(struct lint_run *r, size_t i, size_t k, long ref, long before)
{
	if (ref == before)
		lint_at(r, i, NULL, "code %zu has the reference %ld of one "
		    "before it", k, ref);
}

void
lint_reference_twice(struct lint_run *r)
{
	const struct pe	*d;
	size_t		 i, k, j;

	FOR_PES(r, i) {
		d = &r->pe[i].d;
		for (k = 0; d->kind == PE_KIND_PINS && k < d->pins.config.n;
		    k++)
			for (j = 0; j < k; j++)
				twice(r, i, k, d->pins.config.v[k].reference,
				    d->pins.config.v[j].reference);
		for (k = 0; d->kind == PE_KIND_PUKS && k < d->puks.codes.n;
		    k++)
			for (j = 0; j < k; j++)
				twice(r, i, k, d->puks.codes.v[k].reference,
				    d->puks.codes.v[j].reference);
	}
}

static void
tries(struct lint_run *r, size_t i, long ref, long n, long normal)
{
	long	 most, left;

	if (n == PE_NONE)
		n = normal;
	most = n >> 4 & 15;
	left = n & 15;
	if (most == 0 || left == 0 || left > most)
		lint_at(r, i, NULL, "code %ld has %ld of %ld tries", ref, left,
		    most);
}

void
lint_retries(struct lint_run *r)
{
	const struct pe	*d;
	size_t		 i, k;

	FOR_PES(r, i) {
		d = &r->pe[i].d;
		for (k = 0; d->kind == PE_KIND_PINS && k < d->pins.config.n;
		    k++)
			tries(r, i, d->pins.config.v[k].reference,
			    d->pins.config.v[k].retries, 0x33);
		for (k = 0; d->kind == PE_KIND_PUKS && k < d->puks.codes.n;
		    k++)
			tries(r, i, d->puks.codes.v[k].reference,
			    d->puks.codes.v[k].retries, 0xaa);
	}
}

static bool
puk_before(const struct lint_run *r, size_t i, long ref)
{
	const struct pe_puks	*p;
	size_t			 k;

	while (i-- > 0) {
		if (r->pe[i].d.kind != PE_KIND_PUKS)
			continue;
		p = &r->pe[i].d.puks;
		for (k = 0; k < p->codes.n; k++)
			if (p->codes.v[k].reference == ref)
				return true;
	}
	return false;
}

void
lint_unblock(struct lint_run *r)
{
	const struct pe_pin	*p;
	size_t			 i, k;

	FOR_PINS(r, i, k) {
		p = &r->pe[i].d.pins.config.v[k];
		if (p->unblocking != PE_NONE &&
		    !puk_before(r, i, p->unblocking))
			lint_at(r, i, NULL, "PIN %ld is unblocked by PUK %ld, "
			    "which is not there before it", p->reference,
			    p->unblocking);
	}
}

void
lint_pin1(struct lint_run *r)
{
	size_t	 i, k;
	bool	 pin1 = false, adm = false;
	long	 ref;

	FOR_PINS(r, i, k) {
		ref = r->pe[i].d.pins.config.v[k].reference;
		pin1 |= ref == 1;
		adm |= is_adm(ref);
	}
	if (!pin1)
		lint_at(r, 0, NULL, "no element has a PIN1 (reference 1)");
	if (!adm)
		lint_at(r, 0, NULL, "no element has an ADM (reference 10 on)");
}

/* One digit again and again, or those that everybody tries first. */
static bool
trivial(struct slice v)
{
	size_t	 i, n = 0;

	while (n < v.len && v.p[n] != 0xff)
		n++;
	for (i = 1; i < n && v.p[i] == v.p[0]; i++)
		;
	return n > 0 && (i >= n || memcmp("12345678", v.p, n < 8 ? n : 8) ==
	    0);
}

void
lint_trivial(struct lint_run *r)
{
	const struct pe_pin	*p;
	const struct pe_puks	*u;
	size_t			 i, k;

	FOR_PINS(r, i, k) {
		p = &r->pe[i].d.pins.config.v[k];
		if ((p->attributes == PE_NONE || (p->attributes & PIN_ON)) &&
		    trivial(p->value))
			lint_at(r, i, NULL, "PIN %ld is one that everybody "
			    "tries first", p->reference);
	}
	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_PUKS)
			continue;
		u = &r->pe[i].d.puks;
		for (k = 0; k < u->codes.n; k++)
			if (trivial(u->codes.v[k].value))
				lint_at(r, i, NULL, "PUK %ld is one that "
				    "everybody tries first",
				    u->codes.v[k].reference);
	}
}
