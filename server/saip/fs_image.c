/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/fs_image.h"

#include <string.h>

#include "base/hex.h"

#define PATTERN_MAX	64

void
fs_default(struct fs_file *f, const struct fs_row *row)
{
	f->row = row;
	f->made = true;
	f->kind = FS_TR;
	f->name = "";
	if (row == NULL)
		return;
	f->name = row->name;
	f->kind = (row->flags & FS_NAMED) != 0 &&
	    strncmp(row->name, "ADF.", 4) == 0 ? FS_ADF : row->kind;
	f->fid = row->fid;
	f->sfi = row->sfi;
	f->rule = row->rule;
	if (f->kind == FS_LF || f->kind == FS_CY) {
		f->record = row->size;
		f->records = row->records;
		f->size = f->record * f->records;
	} else
		f->size = row->size;
}

/* 1 or more octets, big-endian; what is too large for a file is FS_SIZE + 1. */
static size_t
fs_number(struct slice s)
{
	size_t	 i, v = 0;

	for (i = 0; i < s.len && v <= FS_SIZE; i++)
		v = v << 8 | s.p[i];
	return v > FS_SIZE ? FS_SIZE + 1 : v;
}

/* ETSI TS 102 221, 11.1.1.4.3: the first octet says what it is. */
static void
fs_descriptor(struct fs_file *f, struct slice d)
{
	unsigned	 form = d.len > 0 ? d.p[0] & 0x3fU : 0;
	static const struct { unsigned form; enum fs_kind kind; } forms[] = {
		{ 0x01, FS_TR }, { 0x09, FS_TR }, { 0x02, FS_LF },
		{ 0x0a, FS_LF }, { 0x06, FS_CY }, { 0x0e, FS_CY },
		{ 0x39, FS_BT },
	};
	size_t		 i;

	if (form == 0x38) {
		if (f->kind >= FS_TR)
			f->kind = f->row != NULL ? f->kind : FS_DF;
		return;
	}
	for (i = 0; i < NELEM(forms); i++)
		if (forms[i].form == form)
			break;
	if (i == NELEM(forms)) {
		f->faults |= FS_DESCRIPTOR;
		return;
	}
	f->kind = forms[i].kind;
	if (f->kind == FS_TR || f->kind == FS_BT)
		f->record = f->records = 0;
	else if (d.len >= 4)
		f->record = fs_number(slice_sub(d, 2, 2));
	else if (f->record == 0)
		f->faults |= FS_DESCRIPTOR;
}

static void
fs_size(struct fs_file *f, struct slice size)
{
	f->size = fs_number(size);
	if (f->record == 0)
		return;
	f->records = (unsigned)(f->size / f->record);
	if (f->size % f->record != 0)
		f->faults |= FS_RECORDS;
}

void
fs_fcp(struct fs_file *f, const struct pe_fcp *fcp)
{
	size_t	 before = f->record;

	if (fcp->descriptor.p != NULL)
		fs_descriptor(f, fcp->descriptor);
	if (fcp->fid.len == 2)
		f->fid = (uint16_t)fs_number(fcp->fid);
	if (fcp->size.p != NULL)
		fs_size(f, fcp->size);
	else if (f->record != before)
		f->size = f->record * f->records;
	if (fcp->sfi.p != NULL)
		f->sfi = fcp->sfi.len > 0 ? fcp->sfi.p[0] >> 3 : 0;
	if (fcp->rule.len == 3) {
		f->rule_file = (uint16_t)fs_number(slice_sub(fcp->rule, 0, 2));
		f->rule = fcp->rule.p[2];
	}
	f->linked = fcp->link.len > 0;
	if (fcp->df_name.p != NULL)
		buf_set(&f->aid, fcp->df_name);
}

/* Once, its last octet as often as it takes; or all of it again and again. */
static void
fill_octets(uint8_t *p, size_t n, struct slice pattern, bool repeat)
{
	size_t	 i;

	for (i = 0; i < n && pattern.len > 0; i++)
		p[i] = repeat ? pattern.p[i % pattern.len] :
		    pattern.p[i < pattern.len ? i : pattern.len - 1];
}

/* The text of a row: "07FF.FF", "FFFFFF0000*", plain hex. */
static void
fill_row(uint8_t *p, size_t n, const char *text)
{
	const char	*dot = strchr(text, '.'), *star = strchr(text, '*');
	size_t		 len = strcspn(text, ".*"), tail, room;
	uint8_t		 a[PATTERN_MAX], b[PATTERN_MAX];

	if (len % 2 != 0 || len / 2 > sizeof(a) ||
	    hex_get(slice_of(text, len), a, len / 2) != 0)
		return;
	fill_octets(p, n, slice_of(a, len / 2), star != NULL);
	tail = dot == NULL ? 0 : strlen(dot + 1) / 2;
	if (tail == 0 || tail > sizeof(b) || tail > n ||
	    hex_get(slice_str(dot + 1), b, tail) != 0)
		return;
	room = n - tail;
	memcpy(p + room, b, tail);
}

void
fs_fill(struct fs_file *f, const struct pe_fcp *fcp)
{
	const struct pe_fcp_extra	*x = fcp == NULL ? NULL : fcp->extra;
	size_t				 n = f->record > 0 ? f->record :
					    f->size, at;
	uint8_t				*p;

	if (f->kind <= FS_ADF || f->size > FS_SIZE)
		return;
	buf_cut(&f->image, 0);
	if (f->size == 0)
		return;
	p = buf_grow(&f->image, f->size);
	memset(p, 0xff, f->size);
	if (x != NULL && x->repeat.len > 0)
		fill_octets(p, f->size, x->repeat, true);
	else if (x != NULL && x->fill.len > 0)
		fill_octets(p, f->size, x->fill, false);
	else if (f->row != NULL && f->row->fill != NULL)
		for (at = 0; at + n <= f->size && n > 0; at += n)
			fill_row(p + at, n, f->row->fill);
}

void
fs_write(struct fs_file *f, size_t *at, struct slice octets)
{
	size_t	 n = octets.len;

	f->given += n;
	if (*at > f->image.len || n > f->image.len - *at) {
		f->faults |= FS_OVER;
		n = *at > f->image.len ? 0 : f->image.len - *at;
	}
	if (n > 0)
		memcpy(f->image.p + *at, octets.p, n);
	*at += octets.len;
}
