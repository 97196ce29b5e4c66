/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/tidy.h"

#include <ANY.h>
#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <NULL.h>
#include <NativeInteger.h>
#include <constr_CHOICE.h>
#include <constr_SEQUENCE.h>
#include <constr_SEQUENCE_OF.h>

#include <stdbool.h>

#include "base/der.h"
#include "base/limits.h"

#define TAG_ANY	((ber_tlv_tag_t)-1)

/* Where the tidied bytes go, and what was taken out (NULL: not asked for). */
struct tidy {
	struct buf	*out;
	struct buf	*taken;
};

static int	tidy_value(const asn_TYPE_descriptor_t *, struct slice,
		    const struct tidy *);
static int	tidy_contents(const asn_TYPE_descriptor_t *,
		    const struct der *, const struct tidy *);

/* The first octet of a tag that is written as its bytes read. */
static unsigned
tag_lead(uint32_t tag)
{
	while (tag > 0xff)
		tag >>= 8;
	return tag;
}

static bool
tag_constructed(uint32_t tag)
{
	return (tag_lead(tag) & 0x20) != 0;
}

/* The same tag as asn1c writes it: number and class, without the form. */
static ber_tlv_tag_t
tag_asn1c(uint32_t tag)
{
	uint32_t	 number;

	if (tag <= 0xff)
		number = tag & 0x1f;
	else if (tag <= 0xffff)
		number = tag & 0x7f;
	else
		number = (tag >> 1 & 0x3f80) | (tag & 0x7f);
	return number << 2 | tag_lead(tag) >> 6;
}

/* Whole, definite and minimal all the way down. */
static int
tidy_check(struct slice in, unsigned depth)
{
	struct der	 d;
	int		 r;

	if (depth == 0)
		return DPE_SYNTAX;
	while (in.len > 0) {
		if ((r = der_next(&in, &d)) != 0)
			return r;
		if (tag_constructed(d.tag) &&
		    (r = tidy_check(d.value, depth - 1)) != 0)
			return r;
	}
	return 0;
}

/* A TLV that the type does not name: whole, and left out. */
static int
tidy_take(const struct der *d, const struct tidy *t)
{
	if (t->taken != NULL)
		buf_add(t->taken, &d->raw, sizeof(d->raw));
	return tidy_check(d->raw, LIM_DER_DEPTH);
}

static const asn_TYPE_member_t *
tidy_alternative(const asn_TYPE_descriptor_t *type, uint32_t tag)
{
	int	 i;

	for (i = 0; i < type->elements_count; i++)
		if (type->elements[i].tag == tag_asn1c(tag))
			return &type->elements[i];
	return NULL;
}

/* One member as it is, or tidied inside its own tag. */
static int
tidy_member(const asn_TYPE_member_t *m, const struct der *d,
    const struct tidy *t)
{
	size_t	 from = t->out->len;
	int	 r;

	if (m->type == &asn_DEF_ANY) {
		if (m->tag_mode == 1 && !tag_constructed(d->tag))
			return DPE_SYNTAX;
		buf_add_slice(t->out, d->raw);
		return tidy_check(d->raw, LIM_DER_DEPTH);
	}
	if (m->tag_mode != 1)
		r = tidy_contents(m->type, d, t);
	else if (tag_constructed(d->tag))
		r = tidy_value(m->type, d->value, t);
	else
		r = DPE_SYNTAX;
	if (r == 0)
		der_wrap(t->out, from, d->tag);
	return r;
}

/*
 * Which member of a SEQUENCE this tag is, from *at on: its index, or -1 for
 * one that the type does not name, or -2 for one whose turn is over.
 */
static int
tidy_find(const asn_TYPE_descriptor_t *type, int at, uint32_t tag)
{
	ber_tlv_tag_t	 t = tag_asn1c(tag);
	bool		 passed = false;
	int		 i;

	for (i = at; i < type->elements_count; i++) {
		if (type->elements[i].tag == t ||
		    (type->elements[i].tag == TAG_ANY && !passed))
			return i;
		passed = passed || !type->elements[i].optional;
	}
	for (i = 0; i < at; i++)
		if (type->elements[i].tag == t)
			return -2;
	return -1;
}

static int
tidy_sequence(const asn_TYPE_descriptor_t *type, struct slice in,
    const struct tidy *t)
{
	struct der	 d;
	int		 at = 0, i, r;

	while (in.len > 0) {
		if ((r = der_next(&in, &d)) != 0)
			return r;
		if ((i = tidy_find(type, at, d.tag)) == -2)
			return DPE_SYNTAX;
		if (i < 0)
			r = tidy_take(&d, t);
		else
			r = tidy_member(&type->elements[i], &d, t);
		if (r != 0)
			return r;
		if (i >= 0)
			at = i + 1;
	}
	return 0;
}

/* Elements that are a CHOICE may be alternatives that it does not name. */
static int
tidy_list(const asn_TYPE_descriptor_t *type, struct slice in,
    const struct tidy *t)
{
	const asn_TYPE_member_t	*m;
	bool			 choice = type->elements->tag == TAG_ANY;
	struct der		 d;
	int			 r;

	while (in.len > 0) {
		if ((r = der_next(&in, &d)) != 0)
			return r;
		m = tidy_alternative(choice ? type->elements->type : type,
		    d.tag);
		if (m == NULL && !choice)
			return DPE_SYNTAX;
		r = m == NULL ? tidy_take(&d, t) : tidy_member(m, &d, t);
		if (r != 0)
			return r;
	}
	return 0;
}

static int
tidy_choice(const asn_TYPE_descriptor_t *type, struct slice in,
    const struct tidy *t)
{
	const asn_TYPE_member_t	*m;
	struct der		 d;
	int			 r;

	if ((r = der_next(&in, &d)) != 0)
		return r;
	if (in.len != 0 || (m = tidy_alternative(type, d.tag)) == NULL)
		return DPE_SYNTAX;
	return tidy_member(m, &d, t);
}

/* asn1c takes any number of octets for these; none at all is one too few. */
static int
tidy_primitive(const asn_TYPE_descriptor_t *type, struct slice value,
    const struct tidy *t)
{
	if (type == &asn_DEF_NULL && value.len != 0)
		return DPE_SYNTAX;
	if (type == &asn_DEF_BOOLEAN && value.len != 1)
		return DPE_SYNTAX;
	if ((type == &asn_DEF_NativeInteger || type == &asn_DEF_BIT_STRING) &&
	    value.len == 0)
		return DPE_SYNTAX;
	buf_add_slice(t->out, value);
	return 0;
}

/* The contents of d, whose tag is the type's or stands in its place. */
static int
tidy_contents(const asn_TYPE_descriptor_t *type, const struct der *d,
    const struct tidy *t)
{
	bool	 primitive = type->elements_count == 0 &&
		    type->ber_decoder != SEQUENCE_decode_ber;

	if (tag_constructed(d->tag) == primitive)
		return DPE_SYNTAX;
	if (primitive)
		return tidy_primitive(type, d->value, t);
	if (type->ber_decoder == SEQUENCE_decode_ber)
		return tidy_sequence(type, d->value, t);
	if (type->ber_decoder == SEQUENCE_OF_decode_ber)
		return tidy_list(type, d->value, t);
	if (type->ber_decoder == CHOICE_decode_ber)
		return tidy_choice(type, d->value, t);
	return DPE_INTERNAL;	/* a kind that our modules do not use */
}

static int
tidy_value(const asn_TYPE_descriptor_t *type, struct slice in,
    const struct tidy *t)
{
	struct der	 d;
	size_t		 from = t->out->len;
	int		 r;

	if (type->tags_count == 0)	/* a CHOICE without a tag */
		return tidy_choice(type, in, t);
	if ((r = der_next(&in, &d)) != 0)
		return r;
	if (in.len != 0 || type->tags[0] != tag_asn1c(d.tag))
		return DPE_SYNTAX;
	if ((r = tidy_contents(type, &d, t)) == 0)
		der_wrap(t->out, from, d.tag);
	return r;
}

int
tidy(const asn_TYPE_descriptor_t *type, struct slice in, struct buf *out)
{
	struct tidy	 t = { out, NULL };

	return tidy_value(type, in, &t);
}

int
tidy_as_sequence(const asn_TYPE_descriptor_t *type, struct slice in,
    struct buf *out, struct buf *taken)
{
	struct tidy	 t = { out, taken };
	struct der	 d;
	size_t		 from = out->len;
	int		 r;

	if ((r = der_next(&in, &d)) != 0)
		return r;
	if (in.len != 0)
		return DPE_SYNTAX;
	if ((r = tidy_contents(type, &d, &t)) == 0)
		der_wrap(out, from, 0x30);
	return r;
}
