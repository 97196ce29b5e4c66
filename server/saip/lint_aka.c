/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about authentication (spec 06, section 5). */
#include "server/saip/lint_run.h"
#include "server/saip/testkeys.h"

#define MILENAGE	1
#define TUAK		2
#define TEST		3

#define FOR_AKA(r, i) \
	FOR_PES(r, i) \
		if ((r)->pe[i].d.kind == PE_KIND_AKA)

/* Its algorithm, NULL when it maps to another application's. */
static const struct pe_aka_algorithm *
algorithm(const struct lint_run *r, size_t i)
{
	const struct pe_aka	*a = &r->pe[i].d.aka;

	return a->config.kind == 2 ? &a->config.algorithm : NULL;
}

void
lint_algorithm(struct lint_run *r)
{
	const struct pe_aka_algorithm	*a;
	size_t				 i;

	FOR_AKA(r, i)
		if ((a = algorithm(r, i)) != NULL && (a->id < MILENAGE ||
		    a->id > TEST))
			lint_at(r, i, NULL, "algorithmID is %ld", a->id);
}

void
lint_key_size(struct lint_run *r)
{
	const struct pe_aka_algorithm	*a;
	size_t				 i;

	FOR_AKA(r, i)
		if ((a = algorithm(r, i)) != NULL && a->key.len != 16 &&
		    (a->id != TUAK || a->key.len != 32))
			lint_at(r, i, NULL, "K has %zu octets", a->key.len);
}

void
lint_opc_size(struct lint_run *r)
{
	const struct pe_aka_algorithm	*a;
	size_t				 i;

	FOR_AKA(r, i)
		if ((a = algorithm(r, i)) != NULL &&
		    a->opc.len != (a->id == TUAK ? 32 : 16))
			lint_at(r, i, NULL, "%s has %zu octets",
			    a->id == TUAK ? "TOPc" : "OPc", a->opc.len);
}

void
lint_sqn(struct lint_run *r)
{
	const struct pe_aka	*a;
	size_t			 i;

	FOR_AKA(r, i) {
		a = &r->pe[i].d.aka;
		if (a->sqn_init.v != NULL && a->sqn_init.n != 32)
			lint_at(r, i, NULL, "sqnInit has %zu numbers, not 32",
			    a->sqn_init.n);
	}
}

void
lint_mapping(struct lint_run *r)
{
	const struct pe_aka	*a;
	size_t			 i, k;

	FOR_AKA(r, i) {
		a = &r->pe[i].d.aka;
		if (a->config.kind != 1)
			continue;
		FOR_FILES(r, k)
			if (slice_eq(buf_slice(&r->fs.file[k].aid),
			    a->config.mapping.source))
				break;
		if (k == r->fs.n)
			lint_at(r, i, NULL, "no application has the AID that "
			    "it maps to");
	}
}

void
lint_known_key(struct lint_run *r)
{
	const struct pe_aka_algorithm	*a;
	struct saip_keys		 k = {0};
	const char			*why;
	size_t				 i;

	FOR_AKA(r, i) {
		if ((a = algorithm(r, i)) == NULL)
			continue;
		k.algorithm = (unsigned)a->id;
		k.k = a->key;
		k.opc = a->opc;
		if ((why = saip_test_keys(&k)) != NULL)
			lint_at(r, i, NULL, "for tests alone: %s", why);
	}
}
