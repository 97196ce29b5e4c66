/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/path.h"

#include "base/der.h"
#include "server/saip/walk.h"

/* Go into every TLV of this tag, or only where a member has this number. */
struct step {
	uint32_t	 tag;
	uint32_t	 key_tag;	/* 0: any */
	unsigned	 key;
};

/* The steps below one element, the last of them the field's contents. */
struct path {
	enum saip_field	 field;
	uint32_t	 pe;
	struct step	 step[5];
};

#define IN(tag)		{ tag, 0, 0 }
/* A PIN or PUK is told by its keyReference, a key by its keyIdentifier. */
#define PIN(ref)	{ IN(0xa1), IN(0xa0), { 0x30, 0x80, ref }, IN(0x81) }
#define PUK(ref)	{ IN(0xa1), { 0x30, 0x80, ref }, IN(0x81) }
#define KEY(id)		{ IN(0xa2), { 0x30, 0x82, id }, IN(0x30),	\
			    IN(0x30), IN(0x86) }

static const struct path paths[] = {
	{ SAIP_ICCID_HEADER, PE_HEADER,	{ IN(0x83) } },
	{ SAIP_ICCID_EF, PE_MF,		{ IN(0xa4), IN(0x83) } },
	{ SAIP_IMSI, PE_USIM,		{ IN(0xa3), IN(0x83) } },
	{ SAIP_ACC, PE_USIM,		{ IN(0xb2), IN(0x83) } },
	{ SAIP_K, PE_AKA,		{ IN(0xa1), IN(0xa1), IN(0x82) } },
	{ SAIP_OPC, PE_AKA,		{ IN(0xa1), IN(0xa1), IN(0x83) } },
	{ SAIP_PIN1, PE_PIN,		PIN(1) },
	{ SAIP_PIN2, PE_PIN,		PIN(129) },
	{ SAIP_PUK1, PE_PUK,		PUK(1) },
	{ SAIP_PUK2, PE_PUK,		PUK(129) },
	{ SAIP_ADM1, PE_PIN,		PIN(10) },
	{ SAIP_OTA_ENC, PE_SD,		KEY(1) },
	{ SAIP_OTA_MAC, PE_SD,		KEY(2) },
	{ SAIP_OTA_DEK, PE_SD,		KEY(3) }
};

struct search {
	struct slice	 upp;
	const struct saip_pe *pe;
	struct saip_places *out;
	struct why	*why;
	struct slice	*first;		/* only look for the first one */
};

static bool
step_matches(const struct step *s, const struct der *d)
{
	struct der	 key;
	uint64_t	 v;

	if (d->tag != s->tag)
		return false;
	if (s->key_tag == 0)
		return true;
	return der_find(d->value, s->key_tag, &key) == 0 &&
	    der_uint(key.value, &v) == 0 && v == s->key;
}

static int
place_add(struct search *q, enum saip_field f, struct slice value)
{
	struct saip_places *out = q->out;

	if (q->first != NULL) {
		if (q->first->p == NULL)
			*q->first = value;
		return 0;
	}
	if (value.len != saip_field_size(f))
		return saip_pe_fault(q->pe, DPE_SYNTAX, q->why,
		    "%s has %zu bytes", saip_field_name(f), value.len);
	if (out->n >= SAIP_PLACES)
		return saip_pe_fault(q->pe, DPE_RANGE, q->why,
		    "more than %d places", SAIP_PLACES);
	out->at[out->n].field = f;
	out->at[out->n].len = value.len;
	out->at[out->n].optional = false;
	out->at[out->n].offset = (size_t)(value.p - q->upp.p);
	out->n++;
	return 0;
}

static int
follow(struct search *q, const struct path *path, size_t depth,
    struct slice in)
{
	const struct step *s = &path->step[depth];
	bool		 last = depth + 1 == 5 || s[1].tag == 0;
	struct der	 d;
	int		 r;

	while (in.len > 0) {
		if (der_next(&in, &d) != 0)
			return saip_pe_fault(q->pe, DPE_SYNTAX, q->why,
			    "no whole TLV at offset %zu",
			    (size_t)(in.p - q->upp.p));
		if (!step_matches(s, &d))
			continue;
		r = last ? place_add(q, path->field, d.value) :
		    follow(q, path, depth + 1, d.value);
		if (r != 0)
			return r;
	}
	return 0;
}

int
saip_places_find(struct slice upp, struct saip_places *out, struct why *why)
{
	struct saip_walk w;
	struct saip_pe	 pe;
	struct search	 q = { upp, &pe, out, why, NULL };
	size_t		 i;
	int		 r;

	out->n = 0;
	for (saip_walk_start(&w, upp); saip_walk_more(&w);) {
		if ((r = saip_walk_next(&w, &pe, why)) != 0)
			return r;
		for (i = 0; i < NELEM(paths); i++)
			if (paths[i].pe == pe.tag && (r = follow(&q,
			    &paths[i], 0, pe.value)) != 0)
				return r;
	}
	return 0;
}

int
saip_path_first(struct slice upp, enum saip_field f, struct slice *out)
{
	struct saip_walk w;
	struct saip_pe	 pe;
	struct search	 q = { upp, &pe, NULL, NULL, out };
	size_t		 i;
	int		 r;

	*out = slice_of(NULL, 0);
	for (saip_walk_start(&w, upp); saip_walk_more(&w);) {
		if ((r = saip_walk_next(&w, &pe, NULL)) != 0)
			return r;
		for (i = 0; i < NELEM(paths); i++)
			if (paths[i].field == f && paths[i].pe == pe.tag &&
			    (r = follow(&q, &paths[i], 0, pe.value)) != 0)
				return r;
		if (out->p != NULL)
			return 0;
	}
	return DPE_NOTFOUND;
}
