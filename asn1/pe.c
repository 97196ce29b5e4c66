/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ProfileElements.  What an element holds is decoded as the SEQUENCE of its
 * type, whatever the tag; an element of files is taken apart here, and each of
 * its members is decoded as a PeFile.
 */
#include "asn1/pe.h"

#include <PeAka.h>
#include <PeApplication.h>
#include <PeCdma.h>
#include <PeDomain.h>
#include <PeEnd.h>
#include <PeFile.h>
#include <PeGfm.h>
#include <PeHeader.h>
#include <PeOther.h>
#include <PePinCodes.h>
#include <PePukCodes.h>
#include <PeRfm.h>
#include <PeStart.h>

#include <stdlib.h>
#include <string.h>

#include "asn1/codec.h"
#include "asn1/pe_graft.h"
#include "asn1/pe_types.h"
#include "base/der.h"

/* A value of asn1c's, to be wiped. */
struct pe_value {
	const struct map_type	*type;
	const void		*theirs;
};

struct pe_owned {
	struct msg	 msg;
	struct map_room	 room;
	struct buf	 taken;		/* struct slice each */
	struct buf	 values;	/* struct pe_value each */
};

struct pe_type {
	uint32_t		 tag;
	enum pe_kind		 kind;
	asn_TYPE_descriptor_t	*type;
	const struct map_type	*map;
};

static const struct pe_type types[] = {
	{ 0xa0, PE_KIND_HEADER, &asn_DEF_PeHeader, &pe_map_header },
	{ 0xa1, PE_KIND_GFM, &asn_DEF_PeGfm, &pe_map_gfm },
	{ 0xa2, PE_KIND_PINS, &asn_DEF_PePinCodes, &pe_map_pins },
	{ 0xa3, PE_KIND_PUKS, &asn_DEF_PePukCodes, &pe_map_puks },
	{ 0xa4, PE_KIND_AKA, &asn_DEF_PeAka, &pe_map_aka },
	{ 0xa5, PE_KIND_CDMA, &asn_DEF_PeCdma, &pe_map_cdma },
	{ 0xa6, PE_KIND_DOMAIN, &asn_DEF_PeDomain, &pe_map_domain },
	{ 0xa7, PE_KIND_RFM, &asn_DEF_PeRfm, &pe_map_rfm },
	{ 0xa8, PE_KIND_APPLICATION, &asn_DEF_PeApplication,
	    &pe_map_application },
	{ 0xa9, PE_KIND_OTHER, &asn_DEF_PeOther, &pe_map_other },
	{ 0xaa, PE_KIND_END, &asn_DEF_PeEnd, &pe_map_end }
};

/* mf to df-snpn, then df-5gprose, iot and opt-iot. */
static const struct pe_type	files_type = { 0, PE_KIND_FILES, NULL, NULL };
static const struct pe_type	new_type = { 0, PE_KIND_NEW, NULL, NULL };

static const struct pe_type *
pe_type(uint32_t tag)
{
	size_t	 i;

	for (i = 0; i < NELEM(types); i++)
		if (types[i].tag == tag)
			return &types[i];
	if ((tag >= 0xb0 && tag <= 0xbe) || (tag >= 0xbf1f && tag <= 0xbf21))
		return &files_type;
	return &new_type;
}

/* Whole DER of not too many TLVs. */
static int
pe_bounds(struct slice in, unsigned depth, size_t *count)
{
	struct der	 d;
	int		 r;

	if (depth == 0)
		return DPE_RANGE;
	while (in.len > 0) {
		if ((r = der_next(&in, &d)) != 0)
			return r;
		if (++*count > LIM_PE_TLVS)
			return DPE_RANGE;
		if ((d.raw.p[0] & 0x20) != 0 &&
		    (r = pe_bounds(d.value, depth - 1, count)) != 0)
			return r;
	}
	return 0;
}

static int
pe_value(struct pe *pe, asn_TYPE_descriptor_t *type,
    const struct map_type *map, struct slice in, void **out)
{
	struct pe_value	 v = { map, NULL };
	int		 r;

	*out = NULL;
	if ((r = codec_decode_as_sequence(type, in, &pe->owned->msg,
	    &pe->owned->taken, out)) != 0)
		return r;
	v.theirs = *out;
	buf_add(&pe->owned->values, &v, sizeof(v));
	return 0;
}

static int
pe_part(struct pe *pe, const struct pe_type *t)
{
	void	*v;
	int	 r;

	if ((r = pe_value(pe, t->type, t->map, pe->raw, &v)) != 0)
		return r;
	if (t->kind != PE_KIND_HEADER)	/* the others begin with it */
		map_get(&pe_map_start, v, &pe->start, &pe->owned->room);
	map_get(t->map, v, &pe->header, &pe->owned->room);
	return 0;
}

static int
pe_start(struct pe *pe, struct slice in)
{
	void	*v;
	int	 r;

	if ((r = pe_value(pe, &asn_DEF_PeStart, &pe_map_start, in, &v)) == 0)
		map_get(&pe_map_start, v, &pe->start, &pe->owned->room);
	return r;
}

/* A member that is constructed is a file; any other is one we do not know. */
static int
pe_file(struct pe *pe, const struct der *d, struct buf *files)
{
	struct pe_file	 f;
	void		*v;
	int		 r;

	if ((d->raw.p[0] & 0xe0) != 0xa0) {
		buf_add(&pe->owned->taken, &d->raw, sizeof(d->raw));
		return 0;
	}
	memset(&f, 0, sizeof(f));
	f.tag = d->tag;
	if ((r = pe_value(pe, &asn_DEF_PeFile, &pe_map_file, d->raw,
	    &v)) != 0)
		return r;
	map_get(&pe_map_file, v, &f.items, &pe->owned->room);
	buf_add(files, &f, sizeof(f));
	return 0;
}

static int
pe_files(struct pe *pe, struct slice in)
{
	struct buf	 files = {0};
	struct slice	 kept;
	struct der	 d;
	int		 r;

	if ((r = der_expect(&in, 0xa0, &d)) != 0 ||
	    (r = pe_start(pe, d.raw)) != 0 ||
	    (r = der_expect(&in, 0x81, &d)) != 0)
		return r;
	pe->files.template = d.value;
	while (r == 0 && in.len > 0)
		if ((r = der_next(&in, &d)) == 0)
			r = pe_file(pe, &d, &files);
	pe->files.files.n = files.len / sizeof(struct pe_file);
	kept = codec_keep(&pe->owned->msg, &files);
	pe->files.files.v = (void *)(uintptr_t)kept.p;
	return r;
}

/* An element of a later version: its number, if it has one where all do. */
static int
pe_new(struct pe *pe, struct slice in)
{
	struct der	 d;

	buf_add(&pe->owned->taken, &pe->raw, sizeof(pe->raw));
	if (der_expect(&in, 0xa0, &d) == 0 && pe_start(pe, d.raw) != 0)
		pe->start.id = PE_NONE;
	return 0;
}

static int
pe_body(struct pe *pe, const struct der *d)
{
	const struct pe_type	*t = pe_type(d->tag);

	pe->kind = t->kind;
	if (t->kind == PE_KIND_NEW)
		return pe_new(pe, d->value);
	return t->kind == PE_KIND_FILES ? pe_files(pe, d->value) :
	    pe_part(pe, t);
}

int
pe_decode(struct slice in, struct pe *out)
{
	struct buf	 copy = {0};
	struct der	 d;
	size_t		 count = 0;
	int		 r;

	memset(out, 0, sizeof(*out));
	out->start.id = PE_NONE;
	if (in.len > LIM_UPP)
		return DPE_RANGE;
	if ((r = der_whole(in, der_peek(in), &d)) != 0)
		return r;
	if ((in.p[0] & 0xe0) != 0xa0)	/* of a class of its own */
		return DPE_SYNTAX;
	if ((r = pe_bounds(in, LIM_DER_DEPTH, &count)) != 0)
		return r;
	out->tag = d.tag;
	out->owned = xcalloc(1, sizeof(*out->owned));
	buf_reserve(&copy, in.len);
	buf_add_slice(&copy, in);
	out->raw = codec_keep(&out->owned->msg, &copy);
	if ((r = der_whole(out->raw, d.tag, &d)) == 0)
		r = pe_body(out, &d);
	out->unknown.v = (void *)out->owned->taken.p;
	out->unknown.n = out->owned->taken.len / sizeof(struct slice);
	return r;
}

void
pe_free(struct pe *pe)
{
	struct pe_value	 v;
	size_t		 i;

	if (pe->owned != NULL) {
		for (i = 0; i < pe->owned->values.len; i += sizeof(v)) {
			memcpy(&v, pe->owned->values.p + i, sizeof(v));
			map_wipe(v.type, v.theirs);
		}
		msg_free(&pe->owned->msg);
		map_room_free(&pe->owned->room);
		buf_free(&pe->owned->taken);
		buf_free(&pe->owned->values);
		free(pe->owned);
	}
	memset(pe, 0, sizeof(*pe));
}

/* ours as a value of this type, its contents under another tag. */
static int
put(asn_TYPE_descriptor_t *type, const struct map_type *map, uint32_t tag,
    const void *ours, const struct pe_start *start, struct buf *out)
{
	struct map_room	 room = {0};
	struct buf	 der = {0};
	struct der	 d;
	void		*v = map_alloc(&room, map->theirs);
	int		 r;

	if (start != NULL)
		map_put(&pe_map_start, start, v, &room);
	map_put(map, ours, v, &room);
	if ((r = codec_encode(type, v, &der)) == 0 &&
	    (r = der_whole(buf_slice(&der), 0x30, &d)) == 0)
		der_add(out, tag, d.value);
	buf_free(&der);
	map_room_free(&room);
	return r;
}

static int
put_files(const struct pe *pe, struct buf *out)
{
	const struct pe_files	*f = &pe->files;
	size_t			 at = out->len, i;
	int			 r;

	r = put(&asn_DEF_PeStart, &pe_map_start, 0xa0, &pe->start, NULL, out);
	der_add(out, 0x81, f->template);
	for (i = 0; i < f->files.n && r == 0; i++)
		r = put(&asn_DEF_PeFile, &pe_map_file, f->files.v[i].tag,
		    &f->files.v[i].items, NULL, out);
	der_wrap(out, at, pe->tag);
	return r;
}

static int
put_known(const struct pe *pe, struct buf *out)
{
	const struct pe_type	*t = pe_type(pe->tag);

	if (t->kind != pe->kind)
		return DPE_USAGE;
	if (t->kind == PE_KIND_FILES)
		return put_files(pe, out);
	return put(t->type, t->map, pe->tag, &pe->header,
	    t->kind == PE_KIND_HEADER ? NULL : &pe->start, out);
}

int
pe_encode(const struct pe *pe, struct buf *out)
{
	struct buf	 known = {0};
	int		 r;

	if (pe->kind == PE_KIND_NEW) {
		buf_add_slice(out, pe->raw);
		return 0;
	}
	if ((r = put_known(pe, &known)) == 0)
		r = pe_graft(pe, buf_slice(&known), out);
	buf_free(&known);
	return r;
}
