/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_upp.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"

#define PE_HEADER	0xA0
#define PE_END		0xAA
#define PE_MF		0xB0
#define PE_USIM		0xB3
#define MF_EF_ICCID	0xA4
#define USIM_EF_IMSI	0xA3

struct upp {
	struct slice	mf, usim;	/* values; empty when absent */
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
		} else if (d.tag == PE_USIM && u->usim.p == NULL)
			u->usim = d.value;
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

/* mccMnc of TS 24.008 against the digits of EF.IMSI. */
static bool
upp_owner_fits(struct slice owner, struct slice imsi)
{
	uint8_t	 d[6], o[6];
	size_t	 i, n;

	if (owner.len != 3 || imsi.len < 5)
		return false;
	for (i = 0; i < 6; i++)		/* digit 1 is the upper half of [1] */
		d[i] = i % 2 == 0 ? imsi.p[1 + i / 2] >> 4 :
		    imsi.p[2 + i / 2] & 0xf;
	o[0] = owner.p[0] & 0xf;
	o[1] = owner.p[0] >> 4;
	o[2] = owner.p[1] & 0xf;
	o[3] = owner.p[2] & 0xf;
	o[4] = owner.p[2] >> 4;
	o[5] = owner.p[1] >> 4;
	n = o[5] == 0xf ? 5 : 6;
	return memcmp(d, o, n) == 0;
}

int
vuicc_upp_check(struct slice upp, struct slice iccid, struct slice owner,
    struct why *why)
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
	if (owner.len == 0 || u.usim.p == NULL)
		return 0;
	if (upp_content(u.usim, USIM_EF_IMSI, &v) != 0 ||
	    !upp_owner_fits(owner, v))
		return why_set(why, DPE_RANGE,
		    "profile package: EF.IMSI is not of the profile owner");
	return 0;
}
