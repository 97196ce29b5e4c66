/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about security domains, remote management, applets (spec 06, 6). */
#include <string.h>

#include "server/saip/lint_run.h"

#define KEY_DES		0x80
#define KEY_AES		0x88

#define FOR_KIND(r, i, k) \
	FOR_PES(r, i) \
		if ((r)->pe[i].d.kind == (k))

void
lint_domain(struct lint_run *r)
{
	if (lint_first(r, PE_SD) == NULL)
		lint_at(r, 0, NULL, "without one nothing can be changed over "
		    "the air");
}

static bool
key_fits(const struct pe_key_part *p)
{
	unsigned	 type = p->type.len > 0 ? p->type.p[0] : 0;

	if (type == KEY_AES)
		return p->data.len == 16 || p->data.len == 24 ||
		    p->data.len == 32;
	if (type == KEY_DES)
		return p->data.len == 16 || p->data.len == 24;
	return p->data.len > 0;
}

void
lint_sd_key(struct lint_run *r)
{
	const struct pe_domain	*d;
	size_t			 i, k, c;

	FOR_KIND(r, i, PE_KIND_DOMAIN) {
		d = &r->pe[i].d.domain;
		for (k = 0; k < d->keys.n; k++)
			for (c = 0; c < d->keys.v[k].components.n; c++)
				if (!key_fits(&d->keys.v[k].components.v[c]))
					lint_at(r, i, NULL, "key %zu has %zu "
					    "octets", k + 1, d->keys.v[k].
					    components.v[c].data.len);
	}
}

static unsigned
octet(struct slice s)
{
	return s.len == 1 ? s.p[0] : 0;
}

void
lint_sd_key_id(struct lint_run *r)
{
	const struct pe_key	*k;
	size_t			 i, n;

	FOR_KIND(r, i, PE_KIND_DOMAIN)
		for (n = 0; n < r->pe[i].d.domain.keys.n; n++) {
			k = &r->pe[i].d.domain.keys.v[n];
			if (octet(k->version) < 1 || octet(k->version) > 127 ||
			    octet(k->id) < 1 || octet(k->id) > 127)
				lint_at(r, i, NULL, "key %zu has version %u, "
				    "identifier %u", n + 1, octet(k->version),
				    octet(k->id));
		}
}

void
lint_sd_key_twice(struct lint_run *r)
{
	const struct pe_key	*k, *j;
	size_t			 i, n, m;

	FOR_KIND(r, i, PE_KIND_DOMAIN)
		for (n = 0; n < r->pe[i].d.domain.keys.n; n++)
			for (m = 0; m < n; m++) {
				k = &r->pe[i].d.domain.keys.v[n];
				j = &r->pe[i].d.domain.keys.v[m];
				if (slice_eq(k->version, j->version) &&
				    slice_eq(k->id, j->id))
					lint_at(r, i, NULL, "key %zu has "
					    "version and identifier of key "
					    "%zu", n + 1, m + 1);
			}
}

/* Was this TAR in an rfm before, or earlier in this one? */
static bool
tar_before(const struct lint_run *r, size_t i, size_t n)
{
	const struct pe_rfm	*p;
	struct slice		 tar = r->pe[i].d.rfm.tars.v[n];
	size_t			 j, k;

	for (j = 0; j <= i; j++) {
		if (r->pe[j].d.kind != PE_KIND_RFM)
			continue;
		p = &r->pe[j].d.rfm;
		for (k = 0; k < (j == i ? n : p->tars.n); k++)
			if (slice_eq(p->tars.v[k], tar))
				return true;
	}
	return false;
}

void
lint_tar_twice(struct lint_run *r)
{
	struct slice	 tar;
	size_t		 i, n;

	FOR_KIND(r, i, PE_KIND_RFM)
		for (n = 0; n < r->pe[i].d.rfm.tars.n; n++) {
			tar = r->pe[i].d.rfm.tars.v[n];
			if (tar.len == 3 && tar_before(r, i, n))
				lint_at(r, i, NULL, "TAR %02X%02X%02X stands "
				    "more than once", tar.p[0], tar.p[1],
				    tar.p[2]);
		}
}

void
lint_rfm_adf(struct lint_run *r)
{
	const struct pe_rfm_adf	*a;
	size_t			 i, k;

	FOR_KIND(r, i, PE_KIND_RFM) {
		if ((a = r->pe[i].d.rfm.adf) == NULL)
			continue;
		FOR_FILES(r, k)
			if (r->fs.file[k].kind == FS_ADF &&
			    slice_eq(buf_slice(&r->fs.file[k].aid), a->aid))
				break;
		if (k == r->fs.n)
			lint_at(r, i, NULL, "no application has the AID that "
			    "it manages");
	}
}

void
lint_security(struct lint_run *r)
{
	const struct pe_rfm	*p;
	size_t			 i;

	FOR_KIND(r, i, PE_KIND_RFM) {
		p = &r->pe[i].d.rfm;
		if (p->security.len == 1 && p->security.p[0] == 0)
			lint_at(r, i, NULL, "minimumSecurityLevel 00 lets "
			    "anybody in");
	}
}

static bool
loaded(const struct lint_run *r, size_t upto, struct slice package)
{
	size_t	 i;

	for (i = 0; i <= upto; i++)
		if (r->pe[i].d.kind == PE_KIND_APPLICATION &&
		    r->pe[i].d.application.load != NULL &&
		    slice_eq(r->pe[i].d.application.load->package, package))
			return true;
	return false;
}

void
lint_instance_package(struct lint_run *r)
{
	const struct pe_application	*a;
	size_t				 i, k;

	FOR_KIND(r, i, PE_KIND_APPLICATION) {
		a = &r->pe[i].d.application;
		for (k = 0; k < a->instances.n; k++)
			if (!loaded(r, i, a->instances.v[k].package))
				lint_at(r, i, NULL, "instance %zu is of a "
				    "package that the card has to have",
				    k + 1);
	}
}

void
lint_load_code(struct lint_run *r)
{
	const struct pe_load	*l;
	size_t			 i;

	FOR_KIND(r, i, PE_KIND_APPLICATION) {
		l = r->pe[i].d.application.load;
		if (l != NULL && l->code.len == 0)
			lint_at(r, i, NULL, "its load block is empty");
	}
}
