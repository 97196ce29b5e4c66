/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_upp.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"

#define PE_HEADER	0xA0
#define PE_END		0xAA
#define PE_MF		0xB0
#define MF_EF_ICCID	0xA4

struct upp {
	struct slice	mf;		/* value; empty when absent */
	uint16_t	id[LIM_PES];
	size_t		n_id;
};

/* Every element but the first begins with A0 { [80] 81 identification }. */
static int
upp_identify(struct upp *u, struct slice pe)
{
	struct slice	 s;
	struct der	 d;
	uint64_t	 id;
	size_t		 i;

	if (der_expect(&pe, 0xA0, &d) != 0)
		return DPE_SYNTAX;
	s = d.value;
	if (der_peek(s) == 0x80 && der_next(&s, &d) != 0)
		return DPE_SYNTAX;
	/* 0 is outside of the standard, and in the published samples. */
	if (der_expect(&s, 0x81, &d) != 0 || der_uint(d.value, &id) != 0 ||
	    id > 32767)
		return DPE_SYNTAX;
	for (i = 0; i < u->n_id; i++)
		if (u->id[i] == id)
			return DPE_SYNTAX;
	u->id[u->n_id++] = (uint16_t)id;
	return 0;
}

static int
upp_walk(struct slice upp, struct upp *u)
{
	struct der	 d;
	size_t		 n = 0;

	do {
		if (n == LIM_PES || der_next(&upp, &d) != 0 ||
		    (d.tag == PE_HEADER) != (n == 0) ||
		    (d.tag == PE_END) != (upp.len == 0))
			return DPE_SYNTAX;
		if (n > 0 && upp_identify(u, d.value) != 0)
			return DPE_SYNTAX;
		if (d.tag == PE_MF) {
			if (u->mf.p != NULL)
				return DPE_SYNTAX;
			u->mf = d.value;
		}
		n++;
	} while (upp.len > 0);
	return u->mf.p == NULL ? DPE_SYNTAX : 0;
}

/* The one fillFileContent of a file member. */
static int
upp_content(struct slice pe, uint32_t file, struct slice *out)
{
	struct der	 f, d;

	if (der_find(pe, file, &f) != 0 || der_find(f.value, 0x83, &d) != 0)
		return DPE_SYNTAX;
	*out = d.value;
	return 0;
}

int
vuicc_upp_check(struct slice upp, struct slice iccid, struct why *why)
{
	struct upp	 u;
	struct slice	 v;

	memset(&u, 0, sizeof(u));
	if (upp_walk(upp, &u) != 0)
		return why_set(why, DPE_SYNTAX,
		    "profile package: not a row of elements from header to "
		    "end with an MF");
	if (upp_content(u.mf, MF_EF_ICCID, &v) != 0)
		return why_set(why, DPE_SYNTAX,
		    "profile package: no EF.ICCID in the MF");
	if (!slice_eq(v, iccid))
		return why_set(why, DPE_RANGE,
		    "profile package: EF.ICCID is not the metadata's ICCID");
	return 0;
}
