/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about elements and their order (spec 06, sections 1 and 2). */
#include "server/saip/lint_run.h"

static size_t
count(const struct lint_run *r, uint32_t tag)
{
	size_t	 i, n = 0;

	FOR_PES(r, i)
		n += r->pe[i].at.tag == tag;
	return n;
}

void
lint_first_last(struct lint_run *r)
{
	if (r->pe[0].at.tag != PE_HEADER)
		lint_at(r, 0, NULL, "the first element is no header");
	if (count(r, PE_HEADER) > 1)
		lint_at(r, 0, NULL, "there is more than one header");
	if (r->pe[r->n - 1].at.tag != PE_END)
		lint_at(r, r->n - 1, NULL, "the last element is no end");
	if (count(r, PE_END) > 1)
		lint_at(r, r->n - 1, NULL, "there is more than one end");
}

void
lint_one_mf(struct lint_run *r)
{
	if (count(r, PE_MF) != 1)
		lint_at(r, 0, NULL, "there are %zu mf", count(r, PE_MF));
}

void
lint_ids(struct lint_run *r)
{
	size_t	 i, j;
	long	 id;

	for (i = 1; i < r->n; i++) {
		id = r->pe[i].d.start.id;
		if (r->pe[i].at.tag == PE_HEADER)
			continue;
		if (id < 0 || id > 32767)
			lint_at(r, i, NULL, "its identification is %s",
			    id < 0 ? "missing" : "above 32767");
		for (j = 1; j < i; j++)
			if (r->pe[j].d.start.id == id && id >= 0) {
				lint_at(r, i, NULL, "its identification %ld "
				    "is that of element %zu", id, j);
				break;
			}
	}
}

/* Is the last application before i of this kind? */
static void
after(struct lint_run *r, size_t i, uint32_t app, const char *name)
{
	size_t	 a = lint_application(r, i);

	if (a == SIZE_MAX || r->pe[a].at.tag != app)
		lint_at(r, i, NULL, "there is no %s right before it", name);
}

void
lint_after_usim(struct lint_run *r)
{
	uint32_t	 t;
	size_t		 i;

	FOR_PES(r, i) {
		t = r->pe[i].at.tag;
		if (t == PE_OPT_USIM || t == 0xb7 || t == PE_GSM_ACCESS ||
		    t == PE_DF_5GS || t == 0xbd || t == 0xbe || t == 0xbf1f)
			after(r, i, PE_USIM, "usim");
	}
}

void
lint_after_isim(struct lint_run *r)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].at.tag == 0xb6)
			after(r, i, 0xb5, "isim");
}

void
lint_after_csim(struct lint_run *r)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].at.tag == 0xba)
			after(r, i, 0xb9, "csim");
}

void
lint_aka_place(struct lint_run *r)
{
	size_t	 i, a;

	FOR_PES(r, i) {
		if (r->pe[i].at.tag != PE_AKA)
			continue;
		a = lint_application(r, i);
		if (a == SIZE_MAX || r->pe[a].at.tag == 0xb9)
			lint_at(r, i, NULL, "no usim or isim comes before it");
	}
}

void
lint_aka_missing(struct lint_run *r)
{
	size_t	 i, j;

	FOR_PES(r, i) {
		if (r->pe[i].at.tag != PE_USIM && r->pe[i].at.tag != 0xb5)
			continue;
		for (j = i + 1; j < r->n; j++)
			if (r->pe[j].at.tag == PE_AKA &&
			    lint_application(r, j) == i)
				break;
		if (j == r->n)
			lint_at(r, i, NULL, "no akaParameter follows");
	}
}

/* Elements that enter a directory, whose PINs may follow. */
static bool
is_directory(uint32_t tag)
{
	return tag == PE_MF || tag == 0xb1 || tag == PE_TELECOM ||
	    tag == PE_USIM || tag == 0xb5 || tag == 0xb7 ||
	    tag == PE_GSM_ACCESS || tag == 0xb9 || tag >= 0xbb;
}

void
lint_pin_place(struct lint_run *r)
{
	size_t	 i, j;

	FOR_PES(r, i) {
		if (r->pe[i].at.tag != PE_PIN)
			continue;
		for (j = 0; j < i && !is_directory(r->pe[j].at.tag); j++)
			;
		if (j == i)
			lint_at(r, i, NULL, "no directory comes before it");
	}
}

void
lint_pin_twice(struct lint_run *r)
{
	size_t	 i;
	bool	 seen = false;

	FOR_PES(r, i) {
		if (is_directory(r->pe[i].at.tag) || r->pe[i].at.tag == 0xa1)
			seen = false;
		if (r->pe[i].at.tag != PE_PIN)
			continue;
		if (seen)
			lint_at(r, i, NULL, "its directory has pinCodes "
			    "already");
		seen = true;
	}
}

void
lint_unknown(struct lint_run *r)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].d.unknown.n > 0 ||
		    r->pe[i].d.kind == PE_KIND_NEW)
			lint_at(r, i, NULL, "%zu members are of a version "
			    "that is not known here", r->pe[i].d.unknown.n);
}

void
lint_optional(struct lint_run *r)
{
	size_t	 i;

	for (i = 1; i < r->n; i++)
		if (!r->pe[i].d.start.mandated && r->pe[i].at.tag != PE_END)
			lint_at(r, i, NULL, "a card may leave it out");
}

void
lint_generic(struct lint_run *r)
{
	size_t	 i;
	bool	 mf = false;

	FOR_PES(r, i) {
		mf |= r->pe[i].at.tag == PE_MF;
		if (r->pe[i].at.tag == 0xa1 && !mf)
			lint_at(r, i, NULL, "there is no mf before it");
	}
}
