/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of files to members of a file system element (spec 06, 3). */
#include "server/saip/tpl.h"

#include <stdlib.h>

#include "base/der.h"
#include "base/hex.h"

void
tpl_hex(struct buf *b, const char *hex)
{
	struct buf	 digits = {0};

	for (; *hex != '\0'; hex++)
		if (*hex != ' ')
			buf_add_u8(&digits, (uint8_t)*hex);
	if (hex_decode(buf_slice(&digits), b) != 0)
		abort();	/* a table of ours is wrong */
	buf_free(&digits);
}

void
tpl_hex_tlv(struct buf *b, uint32_t tag, const char *hex)
{
	size_t	 at = b->len;

	tpl_hex(b, hex);
	der_wrap(b, at, tag);
}

void
tpl_u8_tlv(struct buf *b, uint32_t tag, uint8_t v)
{
	der_add(b, tag, slice_of(&v, 1));
}

/* The low `octets` octets of v as an OCTET STRING. */
static void
octets_tlv(struct buf *b, uint32_t tag, uint32_t v, size_t octets)
{
	uint8_t	 o[4] = { (uint8_t)(v >> 24), (uint8_t)(v >> 16),
	    (uint8_t)(v >> 8), (uint8_t)v };

	der_add(b, tag, slice_of(o + 4 - octets, octets));
}

/* What only an EF has between its identifier and its size. */
static void
ef_descriptor(const struct tpl_file *f, struct buf *b)
{
	if (f->kind == TPL_PLAIN)
		tpl_hex_tlv(b, 0x82, "4121");
	else if (f->kind == TPL_LINEAR)
		octets_tlv(b, 0x82, 0x42210000u | f->size, 4);
}

static void
ef_size(const struct tpl_file *f, struct buf *b)
{
	uint32_t size = f->size;

	if (f->kind == TPL_LINEAR)
		size *= f->records;
	octets_tlv(b, 0x80, size, size > 0xff ? 2 : 1);
}

/* specialFileInformation and fillPattern, where they are not the default. */
static void
ef_extra(const struct tpl_file *f, struct buf *b)
{
	size_t	 at = b->len;

	if (!f->busy && f->pattern == NULL)
		return;
	if (f->busy)
		tpl_u8_tlv(b, 0xc0, 0x80);
	if (f->pattern != NULL)
		tpl_hex_tlv(b, 0xc1, f->pattern);
	der_wrap(b, at, 0xa5);
}

/* The Fcp; its members have this order in the standard. */
static void
file_fcp(const struct tpl_file *f, struct buf *b)
{
	bool	 ef = f->kind == TPL_PLAIN || f->kind == TPL_LINEAR;
	size_t	 at = b->len;

	ef_descriptor(f, b);
	if (f->fid != 0)
		octets_tlv(b, 0x83, f->fid, 2);
	if (f->kind == TPL_ADF)
		tpl_hex_tlv(b, 0x84, f->aid);
	octets_tlv(b, 0x8b, f->rule, 3);
	if (ef)
		ef_size(f, b);
	else
		tpl_hex_tlv(b, 0xc6, f->hex);
	if (f->sfi != 0)
		tpl_u8_tlv(b, 0x88, (uint8_t)(f->sfi << 3));
	if (ef)
		ef_extra(f, b);
	der_wrap(b, at, 0xa1);
}

/*
 * Records without the FF at their ends, which a new file is full of anyway:
 * what is left out is skipped with a fillFileOffset before the next one.
 */
static void
file_records(const struct tpl_file *f, struct slice image, struct buf *b)
{
	struct slice	 rec;
	size_t		 at, skip = 0;

	for (at = 0; at < image.len; at += f->size) {
		rec = slice_sub(image, at, f->size);
		while (rec.len > 0 && rec.p[rec.len - 1] == 0xff)
			rec.len--;
		if (rec.len > 0) {
			if (skip > 0)
				der_add_uint(b, 0x82, skip);
			der_add(b, 0x83, rec);
			skip = 0;
		}
		skip += f->size - rec.len;
	}
}

static void
file_contents(const struct tpl *t, const struct tpl_file *f, struct buf *b)
{
	struct buf	 image = {0};

	if (f->fill != NULL)
		f->fill(t, &image);
	else if (f->hex != NULL)
		tpl_hex(&image, f->hex);
	if (f->whole)
		tpl_pad(&image, (size_t)f->size * (f->kind == TPL_LINEAR ?
		    f->records : 1));
	if (f->kind == TPL_LINEAR && !f->whole)
		file_records(f, buf_slice(&image), b);
	else if (image.len > 0)
		der_add(b, 0x83, buf_slice(&image));
	buf_free(&image);
}

const struct tpl_file *
tpl_row(const struct tpl_files *list, size_t i)
{
	return i == 0 && list->first != NULL ? list->first : &list->file[i];
}

void
tpl_files(const struct tpl *t, const void *files, struct buf *out)
{
	const struct tpl_files *list = files;
	const struct tpl_file *f;
	size_t		 i, at;

	tpl_oid(out, 0x81, list->template);
	for (i = 0; i < list->n; i++) {
		f = tpl_row(list, i);
		at = out->len;
		if (f->kind == TPL_NONE)
			der_add(out, 0x80, slice_of(NULL, 0));
		else
			file_fcp(f, out);
		if (f->kind == TPL_PLAIN || f->kind == TPL_LINEAR)
			file_contents(t, f, out);
		der_wrap(out, at, f->member);
	}
}

/* 2.23.143.1.2.n */
void
tpl_oid(struct buf *b, uint32_t tag, unsigned n)
{
	size_t	 at = b->len;

	tpl_hex(b, "67810F0102");
	buf_add_u8(b, (uint8_t)n);
	der_wrap(b, at, tag);
}
