/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about the ProfileHeader, and what it says of the rest (spec 06, 1.2). */
#include <string.h>

#include "base/ident.h"
#include "server/saip/fs_build.h"
#include "server/saip/lint_run.h"

bool
lint_mandatory(const struct lint_run *r, enum lint_service n)
{
	const struct pe_header	*h = lint_header(r);
	size_t			 i;

	for (i = 0; h != NULL && i < h->services.n; i++)
		if (h->services.v[i].mark == (int)n + 1)
			return true;
	return false;
}

void
lint_version(struct lint_run *r)
{
	const struct pe_header	*h = lint_header(r);

	if (h != NULL && h->major != 2 && h->major != 3)
		lint_at(r, 0, NULL, "the version is %ld.%ld", h->major,
		    h->minor);
}

void
lint_pol(struct lint_run *r)
{
	const struct pe_header	*h = lint_header(r);

	if (h != NULL && h->pol.p != NULL)
		lint_at(r, 0, NULL, "pol is for machine-to-machine profiles; "
		    "policy rules go into the metadata");
}

static const struct fs_file *
ef_iccid(const struct lint_run *r)
{
	size_t	 mf = fs_dir(&r->fs, "MF", 0);

	return mf == FS_NONE ? NULL : lint_file(r, mf, 0x2fe2, 10);
}

void
lint_iccid_same(struct lint_run *r)
{
	const struct pe_header	*h = lint_header(r);
	const struct fs_file	*f = ef_iccid(r);
	size_t			 i;

	if (h == NULL || f == NULL)
		return;
	for (i = 0; i < 10 && i < h->iccid.len; i++)
		if (h->iccid.p[i] != (uint8_t)(f->image.p[i] << 4 |
		    f->image.p[i] >> 4))
			break;
	if (i < 10)
		lint_at(r, f->pe, f, "it is not that of the header");
}

void
lint_iccid_luhn(struct lint_run *r)
{
	const struct fs_file	*f = ef_iccid(r);
	char			 text[21];
	size_t			 i, n = 20;
	uint8_t			 d;

	if (f == NULL)
		return;
	for (i = 0; i < 20; i++) {
		d = i % 2 == 0 ? f->image.p[i / 2] & 15 :
		    f->image.p[i / 2] >> 4;
		text[i] = d > 9 ? 'F' : (char)('0' + d);
	}
	text[20] = '\0';
	if (text[19] == 'F')
		text[--n] = '\0';
	if (strchr(text, 'F') != NULL)
		lint_at(r, f->pe, f, "%s is not 19 or 20 digits", text);
	else if (!luhn_valid(text))
		lint_at(r, f->pe, f, "the check digit of %s is not right",
		    text);
}

static const struct {
	enum lint_service service;
	uint32_t	 tag;
	const char	*name;
} applications[] = {
	{ SV_USIM, PE_USIM, "usim" }, { SV_ISIM, 0xb5, "isim" },
	{ SV_CSIM, 0xb9, "csim" }, { SV_EAP, 0xbb, "eap" },
};

void
lint_service_element(struct lint_run *r)
{
	size_t	 i;

	for (i = 0; i < NELEM(applications); i++)
		if (lint_mandatory(r, applications[i].service) &&
		    lint_first(r, applications[i].tag) == NULL)
			lint_at(r, 0, NULL, "%s is mandatory, and there is no "
			    "such element", applications[i].name);
}

void
lint_element_service(struct lint_run *r)
{
	size_t	 i;

	for (i = 0; i < NELEM(applications); i++)
		if (!lint_mandatory(r, applications[i].service) &&
		    lint_first(r, applications[i].tag) != NULL)
			lint_at(r, 0, NULL, "%s is there and not mandatory: a "
			    "card without it installs the rest",
			    applications[i].name);
}

/* The service of an akaParameter's algorithm, SV_NONE: none of ours. */
static enum lint_service
algorithm_service(const struct pe_aka *a)
{
	if (a->config.kind != 2)
		return SV_NONE;
	switch (a->config.algorithm.id) {
	case 1:
		return SV_MILENAGE;
	case 2:
		return a->config.algorithm.key.len == 32 ? SV_TUAK256 :
		    SV_TUAK128;
	case 3:
		return SV_TEST;
	}
	return SV_NONE;
}

void
lint_algorithm_service(struct lint_run *r)
{
	static const char *const names[] = {
		[SV_MILENAGE] = "milenage", [SV_TUAK128] = "tuak128",
		[SV_TUAK256] = "tuak256", [SV_TEST] = "usim-test-algorithm",
	};
	enum lint_service	 s;
	size_t			 i;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_AKA)
			continue;
		s = algorithm_service(&r->pe[i].d.aka);
		if (s != SV_NONE && !lint_mandatory(r, s))
			lint_at(r, i, NULL, "%s is not among the mandatory "
			    "services", names[s]);
	}
}

void
lint_javacard_service(struct lint_run *r)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].d.kind == PE_KIND_APPLICATION &&
		    !lint_mandatory(r, SV_JAVACARD))
			lint_at(r, i, NULL, "javacard is not among the "
			    "mandatory services");
}

void
lint_template_listed(struct lint_run *r)
{
	const struct pe_header	*h = lint_header(r);
	size_t			 i, j;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_FILES || h == NULL)
			continue;
		for (j = 0; j < h->templates.n; j++)
			if (slice_eq(h->templates.v[j],
			    r->pe[i].d.files.template))
				break;
		if (j == h->templates.n)
			lint_at(r, i, NULL, "its template is not in "
			    "eUICC-Mandatory-GFSTEList");
	}
}

void
lint_listed_used(struct lint_run *r)
{
	const struct pe_header	*h = lint_header(r);
	size_t			 i, j;

	for (j = 0; h != NULL && j < h->templates.n; j++) {
		FOR_PES(r, i)
			if (r->pe[i].d.kind == PE_KIND_FILES &&
			    slice_eq(h->templates.v[j],
			    r->pe[i].d.files.template))
				break;
		if (i == r->n)
			lint_at(r, 0, NULL, "template 2.23.143.1.2.%u is "
			    "mandatory, and no element uses it",
			    fs_template_arc(h->templates.v[j]));
	}
}

void
lint_template_known(struct lint_run *r)
{
	const struct fs_template	*t;
	size_t				 i;
	unsigned			 arc;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_FILES)
			continue;
		t = fs_template_of(r->pe[i].at.tag);
		arc = fs_template_arc(r->pe[i].d.files.template);
		if (arc == 0)
			lint_at(r, i, NULL, "its template is none of "
			    "2.23.143.1.2");
		else if (t != NULL && t->arc != arc)
			lint_at(r, i, NULL, "its template is %u, that of "
			    "another element; %u is right", arc, t->arc);
	}
}

void
lint_template_version(struct lint_run *r)
{
	const struct pe_header	*h = lint_header(r);
	size_t			 i;
	unsigned		 v;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_FILES || h == NULL ||
		    h->major >= 3)
			continue;
		v = fs_template_version(r->pe[i].d.files.template);
		if (v > 1)
			lint_at(r, i, NULL, "version %u of its template came "
			    "after %ld.%ld", v, h->major, h->minor);
	}
}
