/* SPDX-License-Identifier: Apache-2.0 */
/* Values that DER leaves out, because they are those of absent members. */
#include "server/saip/lint_run.h"

static void
octets(struct lint_run *r, size_t i, struct slice s, const char *normal,
    size_t len, const char *name)
{
	if (s.p != NULL && slice_eq(s, slice_of(normal, len)))
		lint_at(r, i, NULL, "%s is written out", name);
}

static void
number(struct lint_run *r, size_t i, long n, long normal, const char *name)
{
	if (n == normal)
		lint_at(r, i, NULL, "%s is written out", name);
}

static void
of_fcp(struct lint_run *r, size_t i, const struct pe_fcp *f)
{
	octets(r, i, f->lcsi, "\x05", 1, "lcsi 05");
	if (f->extra == NULL)
		return;
	octets(r, i, f->extra->special, "\x00", 1,
	    "specialFileInformation 00");
	octets(r, i, f->extra->details, "\x01", 1, "fileDetails 01");
}

static void
of_files(struct lint_run *r, size_t i, const struct pe_files *f)
{
	size_t	 k, j;

	for (k = 0; k < f->files.n; k++)
		for (j = 0; j < f->files.v[k].items.n; j++)
			if (f->files.v[k].items.v[j].kind == PE_FCP)
				of_fcp(r, i, &f->files.v[k].items.v[j].fcp);
}

static void
of_pins(struct lint_run *r, size_t i, const struct pe_pins *p)
{
	size_t	 k;

	for (k = 0; k < p->config.n; k++) {
		number(r, i, p->config.v[k].attributes, 7, "pinAttributes 7");
		number(r, i, p->config.v[k].retries, 0x33,
		    "maxNumOfAttemps-retryNumLeft 33");
	}
}

static void
of_puks(struct lint_run *r, size_t i, const struct pe_puks *p)
{
	size_t	 k;

	for (k = 0; k < p->codes.n; k++)
		number(r, i, p->codes.v[k].retries, 0xaa,
		    "maxNumOfAttemps-retryNumLeft AA");
}

static void
of_aka(struct lint_run *r, size_t i, const struct pe_aka *a)
{
	static const char	 age[] = "\0\0\x10\0\0";	/* and a NUL */

	octets(r, i, a->sqn_options, "\x02", 1, "sqnOptions 02");
	octets(r, i, a->sqn_delta, age, 6, "sqnDelta 000010000000");
	octets(r, i, a->sqn_age_limit, age, 6, "sqnAgeLimit 000010000000");
	if (a->config.kind != 2)
		return;
	octets(r, i, a->config.algorithm.rotation, "\x40\0\x20\x40\x60", 5,
	    "rotationConstants 4000204060");
	number(r, i, a->config.algorithm.keccak, 1, "numberOfKeccak 1");
}

static void
of_domain(struct lint_run *r, size_t i, const struct pe_domain *d)
{
	size_t	 k, c;

	octets(r, i, d->instance.life_cycle, "\x07", 1, "lifeCycleState 07");
	for (k = 0; k < d->keys.n; k++) {
		octets(r, i, d->keys.v[k].access, "\0", 1, "keyAccess 00");
		for (c = 0; c < d->keys.v[k].components.n; c++)
			number(r, i, d->keys.v[k].components.v[c].mac_length,
			    8, "macLength 8");
	}
}

void
lint_default(struct lint_run *r)
{
	const struct pe	*d;
	size_t		 i;

	FOR_PES(r, i) {
		d = &r->pe[i].d;
		if (d->kind == PE_KIND_FILES)
			of_files(r, i, &d->files);
		else if (d->kind == PE_KIND_PINS)
			of_pins(r, i, &d->pins);
		else if (d->kind == PE_KIND_PUKS)
			of_puks(r, i, &d->puks);
		else if (d->kind == PE_KIND_AKA)
			of_aka(r, i, &d->aka);
		else if (d->kind == PE_KIND_DOMAIN)
			of_domain(r, i, &d->domain);
	}
}
