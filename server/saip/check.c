/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/saip.h"

#include <string.h>

#include "base/der.h"
#include "base/limits.h"
#include "server/saip/walk.h"

struct check {
	struct slice	 upp;
	struct saip_info info;
	char		 ef[ICCID_TEXT];	/* EF.ICCID */
	uint16_t	 id[LIM_PES];		/* the header has none */
	bool		 mf, end, usim;
	struct why	*why;
};

/* Whole TLVs all the way down, as far as constructed tags lead. */
static int
check_inside(struct check *c, const struct saip_pe *pe, struct slice in,
    unsigned depth)
{
	struct der	 d;
	int		 r;

	if (depth > LIM_DER_DEPTH)
		return saip_pe_fault(pe, DPE_RANGE, c->why,
		    "nested more than %d deep", LIM_DER_DEPTH);
	while (in.len > 0) {
		if (der_next(&in, &d) != 0)
			return saip_pe_fault(pe, DPE_SYNTAX, c->why,
			    "no whole TLV at offset %zu",
			    (size_t)(in.p - c->upp.p));
		if ((d.raw.p[0] & 0x20) != 0 &&
		    (r = check_inside(c, pe, d.value, depth + 1)) != 0)
			return r;
	}
	return 0;
}

static int
check_header(struct check *c, const struct saip_pe *pe)
{
	struct saip_needs	 n;
	struct der		 d;

	if (saip_needs(c->upp, &n) != 0)
		return saip_pe_fault(pe, DPE_SYNTAX, c->why, "no version");
	c->info.major = n.major;
	c->info.minor = n.minor;
	if (c->info.major < 1 || c->info.major > 3)
		return saip_pe_fault(pe, DPE_RANGE, c->why,
		    "version %u.%u is not known", c->info.major,
		    c->info.minor);
	if (der_find(pe->value, 0x83, &d) != 0)
		return saip_pe_fault(pe, DPE_SYNTAX, c->why, "no iccid");
	if (iccid_from_header(d.value, c->info.iccid) != 0)
		return saip_pe_fault(pe, DPE_RANGE, c->why,
		    "iccid is not 19 or 20 digits in 10 bytes");
	return 0;
}

static int
check_mf(struct check *c, const struct saip_pe *pe)
{
	struct der	 d;
	uint8_t		 ef[10];

	if (c->mf)
		return saip_pe_fault(pe, DPE_SYNTAX, c->why, "a second mf");
	c->mf = true;
	memset(ef, 0xff, sizeof(ef));
	if (der_find(pe->value, 0xa4, &d) != 0 ||
	    !saip_file_image(d.value, ef, sizeof(ef)))
		return saip_pe_fault(pe, DPE_SYNTAX, c->why,
		    "no contents of EF.ICCID");
	if (iccid_from_ef(slice_of(ef, sizeof(ef)), c->ef) != 0)
		return saip_pe_fault(pe, DPE_RANGE, c->why,
		    "EF.ICCID is not 19 or 20 digits");
	if (strcmp(c->ef, c->info.iccid) != 0)
		return saip_pe_fault(pe, DPE_RANGE, c->why,
		    "EF.ICCID differs from the iccid of the header");
	return 0;
}

void
saip_imsi_from_ef(const uint8_t ef[9], char out[IMSI_TEXT])
{
	char	 text[17];
	size_t	 n, i;
	uint8_t	 d;

	out[0] = '\0';
	if (ef[0] < 1 || ef[0] > 8)
		return;
	n = (size_t)ef[0] * 2 - ((ef[1] & 0x08) != 0 ? 1 : 2);
	for (i = 0; i < n; i++) {
		d = ef[1 + (i + 1) / 2];
		d = (i % 2 == 0) ? d >> 4 : d & 0x0f;
		text[i] = d > 9 ? 'x' : (char)('0' + d);
	}
	text[n] = '\0';
	if (imsi_parse(text, out) != 0)
		out[0] = '\0';
}

static void
note_usim(struct check *c, const struct saip_pe *pe)
{
	struct der	 d;
	uint8_t		 ef[9];

	if (c->usim)
		return;
	c->usim = true;
	memset(ef, 0xff, sizeof(ef));
	if (der_find(pe->value, 0xa3, &d) == 0 &&
	    saip_file_image(d.value, ef, sizeof(ef)))
		saip_imsi_from_ef(ef, c->info.imsi);
}

static int
check_id(struct check *c, const struct saip_pe *pe)
{
	unsigned	 id;
	size_t		 i;
	int		 r;

	if ((r = saip_pe_id(pe, &id)) == DPE_RANGE)
		return saip_pe_fault(pe, r, c->why,
		    "identification is not in 0..32767");
	if (r != 0)
		return saip_pe_fault(pe, r, c->why, "no PEHeader with an"
		    " identification");
	for (i = 1; i < pe->index; i++)
		if (c->id[i] == id)
			return saip_pe_fault(pe, DPE_SYNTAX, c->why,
			    "identification %u is that of element %zu too",
			    id, i);
	c->id[pe->index] = (uint16_t)id;
	return 0;
}

/* One element: its place in the sequence, then what is in it. */
static int
check_element(struct check *c, const struct saip_pe *pe)
{
	int	 r;

	if (c->end)
		return saip_pe_fault(pe, DPE_SYNTAX, c->why,
		    "comes after the end");
	if ((pe->index == 0) != (pe->tag == PE_HEADER))
		return saip_pe_fault(pe, DPE_SYNTAX, c->why,
		    pe->index == 0 ? "the first must be the header" :
		    "a second header");
	if ((r = check_inside(c, pe, pe->value, 0)) != 0)
		return r;
	if (pe->tag == PE_HEADER)
		return check_header(c, pe);
	if ((r = check_id(c, pe)) != 0)
		return r;
	if (pe->tag == PE_MF)
		return check_mf(c, pe);
	if (pe->tag == PE_USIM)
		note_usim(c, pe);
	c->end = pe->tag == PE_END;
	return 0;
}

int
saip_check(struct slice upp, struct saip_info *out, struct why *why)
{
	struct check	 c = { .upp = upp, .why = why };
	struct saip_walk w;
	struct saip_pe	 pe;
	int		 r;

	if (upp.len == 0)
		return why_set(why, DPE_SYNTAX, "an empty package");
	if (upp.len > LIM_UPP)
		return why_set(why, DPE_RANGE, "more than %d bytes", LIM_UPP);
	for (saip_walk_start(&w, upp); saip_walk_more(&w);) {
		if ((r = saip_walk_next(&w, &pe, why)) != 0 ||
		    (r = check_element(&c, &pe)) != 0)
			return r;
	}
	if (!c.end)
		return why_set(why, DPE_SYNTAX, "no end element");
	if (!c.mf)
		return why_set(why, DPE_SYNTAX, "no mf element");
	c.info.pes = w.index;
	*out = c.info;
	return 0;
}
