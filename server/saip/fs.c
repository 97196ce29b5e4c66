/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/fs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/saip/fs_build.h"
#include "server/saip/walk.h"

/* Which template an element is an instance of, and where its files go. */
static const struct {
	uint32_t			 tag;
	const struct fs_template	*t;
	enum fs_base			 base;
	bool				 whole;	/* made also where absent */
} places[] = {
	{ 0xb0, &fs_mf, FS_BASE_MF, true },
	{ 0xb1, &fs_cd, FS_BASE_MF, false },
	{ 0xb2, &fs_telecom, FS_BASE_MF, false },
	{ 0xb3, &fs_usim, FS_BASE_MF, true },
	{ 0xb4, &fs_opt_usim, FS_BASE_APPLICATION, false },
	{ 0xb5, &fs_isim, FS_BASE_MF, true },
	{ 0xb6, &fs_opt_isim, FS_BASE_APPLICATION, false },
	{ 0xb7, &fs_phonebook, FS_BASE_APPLICATION, false },
	{ 0xb8, &fs_gsm_access, FS_BASE_APPLICATION, false },
	{ 0xb9, &fs_csim, FS_BASE_MF, false },
	{ 0xba, &fs_opt_csim, FS_BASE_APPLICATION, false },
	{ 0xbb, &fs_eap, FS_BASE_APPLICATION, false },
	{ 0xbc, &fs_df_5gs, FS_BASE_APPLICATION, false },
	{ 0xbd, &fs_df_saip, FS_BASE_APPLICATION, false },
	{ 0xbe, &fs_df_snpn, FS_BASE_APPLICATION, false },
	{ 0xbf1f, &fs_df_5gprose, FS_BASE_APPLICATION, false },
};

unsigned
fs_template_version(struct slice oid)
{
	return oid.len > 6 ? oid.p[6] : 1;
}

unsigned
fs_template_arc(struct slice oid)
{
	static const uint8_t	 root[] = { 0x67, 0x81, 0x0f, 0x01, 0x02 };

	if (oid.len < 6 || oid.len > 7 ||
	    memcmp(oid.p, root, sizeof(root)) != 0)
		return 0;
	return oid.p[5];
}

const struct fs_template *
fs_template_of(uint32_t tag)
{
	size_t	 i;

	for (i = 0; i < NELEM(places); i++)
		if (places[i].tag == tag)
			return places[i].t;
	return NULL;
}

int
fs_new(struct fs_build *b, struct fs_file **out)
{
	struct fs	*fs = b->fs;

	if (fs->n == FS_FILES)
		return why_set(b->why, DPE_RANGE, "files: more than %d",
		    FS_FILES);
	if (fs->file == NULL)
		fs->file = xcalloc(FS_FILES, sizeof(*fs->file));
	*out = &fs->file[fs->n++];
	memset(*out, 0, sizeof(**out));
	(*out)->parent = FS_NONE;
	(*out)->pe = b->pe;
	return 0;
}

/* Where it stands, now that its identifier is known. */
void
fs_place(struct fs_build *b, struct fs_file *f)
{
	const struct fs	*fs = b->fs;
	size_t		 i, self = (size_t)(f - fs->file);

	if (f->kind == FS_MF) {
		f->fid = 0x3f00;
		snprintf(f->path, sizeof(f->path), "3F00");
		return;
	}
	if (f->parent == FS_NONE) {
		f->faults |= FS_UNPLACED;
		return;
	}
	if (f->fid != 0)
		snprintf(f->path, sizeof(f->path), "%.20s/%04X",
		    fs->file[f->parent].path, f->fid);
	else {
		snprintf(f->path, sizeof(f->path), "%.20s/%s",
		    fs->file[f->parent].path, f->kind == FS_ADF ? "ADF" :
		    "?");
		if (f->kind != FS_ADF && (f->row == NULL ||
		    (f->row->flags & FS_NAMED) == 0))
			f->faults |= FS_UNPLACED;
	}
	for (i = 0; i < self && f->fid != 0; i++)
		if (fs->file[i].parent == f->parent && fs->file[i].made &&
		    fs->file[i].fid == f->fid)
			f->faults |= FS_FIDS;
}

static bool
fs_has_fid(const struct fs_build *b, size_t parent, uint16_t fid)
{
	size_t	 i;

	for (i = 0; i < b->fs->n; i++)
		if (b->fs->file[i].parent == parent &&
		    b->fs->file[i].fid == fid)
			return true;
	return false;
}

/* The directory that a member goes into. */
static size_t
fs_parent(struct fs_build *b, const struct fs_row *row)
{
	size_t	 i;

	if (row != NULL && row->parent != 0) {
		for (i = b->fs->n; i-- > 0;)
			if (b->fs->file[i].parent == b->base &&
			    b->fs->file[i].fid == row->parent)
				return i;
		return FS_NONE;
	}
	return b->base;
}

/* A row stands for several files: the first that is not there yet. */
static void
fs_run(const struct fs_build *b, struct fs_file *f)
{
	unsigned	 i;

	for (i = 0; f->row != NULL && i + 1U < f->row->run &&
	    fs_has_fid(b, f->parent, f->fid); i++)
		f->fid++;
}

/* A pattern of the Fcp is contents too. */
static bool
fs_patterned(const struct pe_fcp *fcp)
{
	return fcp != NULL && fcp->extra != NULL &&
	    (fcp->extra->fill.len > 0 || fcp->extra->repeat.len > 0);
}

static void
fs_contents(struct fs_file *f, const struct pe_file *in,
    const struct pe_fcp *fcp)
{
	const struct pe_item	*it;
	size_t			 at = 0, i;

	for (i = 0; i < in->items.n; i++) {
		it = &in->items.v[i];
		if (it->kind == PE_OFFSET)
			at += (size_t)(it->offset > 0 ? it->offset : 0);
		else if (it->kind == PE_CONTENT)
			fs_write(f, &at, it->octets);
	}
	if (f->made && f->kind > FS_ADF && f->given == 0 && f->row != NULL &&
	    (f->row->flags & FS_NEED) != 0 && !fs_patterned(fcp))
		f->faults |= FS_EMPTY;
}

/* A file of no known size is as large as what is written to it. */
static void
fs_unsized(struct fs_file *f, const struct pe_file *in)
{
	size_t	 i;

	if (f->kind <= FS_ADF || f->size > 0 || !f->made || f->linked)
		return;
	if (f->row == NULL || (f->row->flags & FS_NAMED) == 0)
		f->faults |= FS_UNSIZED;
	for (i = 0; i < in->items.n; i++)
		if (in->items.v[i].kind == PE_CONTENT)
			f->size += in->items.v[i].octets.len;
		else if (in->items.v[i].kind == PE_OFFSET)
			f->size += (size_t)(in->items.v[i].offset > 0 ?
			    in->items.v[i].offset : 0);
}

static int
fs_member(struct fs_build *b, const struct fs_template *t, unsigned version,
    const struct pe_file *in)
{
	const struct pe_fcp	*fcp = NULL;
	const struct fs_row	*row = fs_row_find(t, in->tag, version);
	struct fs_file		*f;
	size_t			 i;
	int			 r;

	if ((r = fs_new(b, &f)) != 0)
		return r;
	fs_default(f, row);
	f->member = in->tag;
	for (i = 0; i < in->items.n; i++)
		if (in->items.v[i].kind == PE_FCP) {
			fcp = &in->items.v[i].fcp;
			fs_fcp(f, fcp);
		} else if (in->items.v[i].kind == PE_NOT_CREATED)
			f->made = false;
	f->parent = fs_parent(b, row);
	if (fcp == NULL || fcp->fid.p == NULL)
		fs_run(b, f);
	fs_place(b, f);
	if (f->kind <= FS_ADF && (row == NULL || row->parent == 0) &&
	    !b->based) {
		b->base = (size_t)(f - b->fs->file);
		b->based = true;
	}
	fs_unsized(f, in);
	fs_fill(f, fcp);
	fs_contents(f, in, fcp);
	return 0;
}

/* What a template makes although the package does not speak of it. */
static int
fs_absent(struct fs_build *b, const struct fs_template *t, unsigned version)
{
	const struct fs_row	*row;
	struct fs_file		*f;
	size_t			 i;
	int			 r;

	for (i = 0; i < t->n; i++) {
		row = &t->row[i];
		if (row->kind <= FS_ADF || row->size == 0 ||
		    row->since > version || (row->flags & FS_NEED) != 0 ||
		    fs_has_fid(b, b->base, row->fid))
			continue;
		if ((r = fs_new(b, &f)) != 0)
			return r;
		fs_default(f, row);
		f->parent = b->base;
		fs_place(b, f);
		fs_fill(f, NULL);
	}
	return 0;
}

/* The element's own directory, and where its files go. */
static void
fs_enter(struct fs_build *b, enum fs_base base)
{
	b->based = base == FS_BASE_APPLICATION;
	b->base = b->based ? b->application : b->mf;
}

static int
fs_element(struct fs_build *b, const struct pe *pe, size_t place)
{
	unsigned	 version = fs_template_version(pe->files.template);
	uint32_t	 tag = places[place].tag;
	size_t		 i, first = b->fs->n;
	int		 r;

	/* Directories below an application begin with their own. */
	fs_enter(b, places[place].base);
	if (tag == 0xb7 || tag == 0xb8 || tag >= 0xbb)
		b->based = false;
	if (tag == 0xb0) {
		b->base = FS_NONE;
		b->based = false;
	}
	for (i = 0; i < pe->files.files.n; i++)
		if ((r = fs_member(b, places[place].t, version,
		    &pe->files.files.v[i])) != 0)
			return r;
	if (tag == 0xb0 && b->fs->n > first)
		b->mf = first;
	if ((tag == 0xb3 || tag == 0xb5 || tag == 0xb9) && b->fs->n > first)
		b->application = first;
	return places[place].whole && b->based ? fs_absent(b, places[place].t,
	    version) : 0;
}

static int
fs_pe(struct fs_build *b, const struct pe *pe)
{
	size_t	 i;

	if (pe->kind == PE_KIND_GFM)
		return fs_manage(b, &pe->gfm);
	if (pe->kind != PE_KIND_FILES)
		return 0;
	for (i = 0; i < NELEM(places); i++)
		if (places[i].tag == pe->tag &&
		    places[i].t->arc == fs_template_arc(pe->files.template))
			return fs_element(b, pe, i);
	b->fs->templates_unknown++;
	return 0;
}

int
fs_read(struct slice upp, struct fs *out, struct why *why)
{
	struct fs_build	 b = { .fs = out, .why = why, .mf = FS_NONE,
			    .application = FS_NONE, .base = FS_NONE };
	struct saip_walk w;
	struct saip_pe	 pe;
	struct pe	 d;
	int		 r = 0;

	memset(out, 0, sizeof(*out));
	saip_walk_start(&w, upp);
	while (r == 0 && saip_walk_more(&w)) {
		if ((r = saip_walk_next(&w, &pe, why)) != 0)
			break;
		b.pe = pe.index;
		r = pe_decode(slice_sub(upp, pe.offset, upp.len -
		    w.rest.len - pe.offset), &d);
		if (r != 0)
			saip_pe_fault(&pe, r, why, "does not decode");
		else
			r = fs_pe(&b, &d);
		pe_free(&d);
	}
	return r;
}

void
fs_free(struct fs *fs)
{
	size_t	 i;

	for (i = 0; i < fs->n; i++) {
		buf_free(&fs->file[i].image);
		buf_free(&fs->file[i].aid);
	}
	free(fs->file);
	memset(fs, 0, sizeof(*fs));
}

const struct fs_file *
fs_find(const struct fs *fs, size_t parent, uint16_t fid)
{
	size_t	 i;

	for (i = fs->n; i-- > 0;)
		if (fs->file[i].parent == parent && fs->file[i].fid == fid &&
		    fs->file[i].made)
			return &fs->file[i];
	return NULL;
}

size_t
fs_dir(const struct fs *fs, const char *name, size_t nth)
{
	size_t	 i;

	for (i = 0; i < fs->n; i++)
		if (fs->file[i].kind <= FS_ADF &&
		    strcmp(fs->file[i].name, name) == 0 && nth-- == 0)
			return i;
	return FS_NONE;
}

struct slice
fs_record(const struct fs_file *f, unsigned n)
{
	if (n < 1 || n > f->records || n * f->record > f->image.len)
		return slice_of(NULL, 0);
	return slice_sub(buf_slice(&f->image), (n - 1) * f->record,
	    f->record);
}
