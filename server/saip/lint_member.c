/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about the members of file elements, and of their Fcp (spec 06, 3). */
#include "server/saip/fs_build.h"
#include "server/saip/lint_run.h"

/* Members that an element must have, by the numbers of their tags. */
static const struct {
	uint32_t	 tag;
	uint8_t		 member[10];	/* 0 ends them */
} needs[] = {
	{ PE_MF, { 2, 4, 5, 6 } },	{ 0xb1, { 2 } },
	{ PE_TELECOM, { 2 } },
	{ PE_USIM, { 2, 3, 4, 8, 13, 14, 18, 22 } },
	{ 0xb5, { 2, 3, 4, 5, 6, 8 } },	{ 0xb7, { 2 } },
	{ PE_GSM_ACCESS, { 2 } },	{ 0xb9, { 2, 3 } },
	{ 0xbb, { 2, 4 } },		{ PE_DF_5GS, { 2 } },
	{ 0xbd, { 2 } },		{ 0xbe, { 2 } },
	{ 0xbf1f, { 2 } },
};

#define FOR_MEMBERS(r, i, k) \
	FOR_PES(r, i) \
		if ((r)->pe[i].d.kind == PE_KIND_FILES) \
			for ((k) = 0; (k) < (r)->pe[i].d.files.files.n; (k)++)

static unsigned
member_number(uint32_t tag)
{
	return tag > 0xff ? tag & 0x7f : tag & 0x1f;
}

/* The file that a member made; NULL. */
static const struct fs_file *
member_file(const struct lint_run *r, size_t i, uint32_t tag)
{
	size_t	 k;

	FOR_FILES(r, k)
		if (r->fs.file[k].pe == i && r->fs.file[k].member == tag)
			return &r->fs.file[k];
	return NULL;
}

void
lint_member_order(struct lint_run *r)
{
	const struct pe_files	*f;
	size_t			 i, k;
	unsigned		 n, last;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_FILES)
			continue;
		f = &r->pe[i].d.files;
		for (k = 0, last = 1; k < f->files.n; k++, last = n) {
			n = member_number(f->files.v[k].tag);
			if (n <= last)
				lint_at(r, i, member_file(r, i,
				    f->files.v[k].tag), "member %X stands "
				    "behind one of a higher number",
				    f->files.v[k].tag);
		}
	}
}

static bool
has_member(const struct pe_files *f, unsigned n)
{
	size_t	 k;

	for (k = 0; k < f->files.n; k++)
		if (member_number(f->files.v[k].tag) == n)
			return true;
	return false;
}

void
lint_member_missing(struct lint_run *r)
{
	const struct fs_row	*row;
	const uint8_t		*m;
	size_t			 i, k;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_FILES)
			continue;
		for (k = 0; k < NELEM(needs) &&
		    needs[k].tag != r->pe[i].at.tag; k++)
			;
		if (k == NELEM(needs))
			continue;
		for (m = needs[k].member; *m != 0; m++) {
			if (has_member(&r->pe[i].d.files, *m))
				continue;
			row = fs_row_find(fs_template_of(r->pe[i].at.tag),
			    0xa0u | *m, 1);
			lint_at(r, i, NULL, "it has no %s", row == NULL ?
			    "such member" : row->name);
		}
	}
}

void
lint_member_known(struct lint_run *r)
{
	const struct fs_template	*t;
	const struct pe_files		*f;
	size_t				 i, k;

	FOR_MEMBERS(r, i, k) {
		f = &r->pe[i].d.files;
		if ((t = fs_template_of(r->pe[i].at.tag)) != NULL &&
		    fs_row_find(t, f->files.v[k].tag,
		    fs_template_version(f->template)) == NULL)
			lint_at(r, i, member_file(r, i, f->files.v[k].tag),
			    "member %X is none of this version of the "
			    "template", f->files.v[k].tag);
	}
}

void
lint_template_fid(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->row != NULL && f->row->fid != 0 && f->fid != 0 &&
		    f->kind != FS_MF && f->kind != FS_ADF &&
		    (f->fid < f->row->fid ||
		    f->fid >= f->row->fid + f->row->run))
			lint_at(r, f->pe, f, "its template gives it the "
			    "identifier %04X", f->row->fid);
	}
}

void
lint_template_kind(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->row != NULL && (f->row->flags & FS_NAMED) == 0 &&
		    f->kind != f->row->kind)
			lint_at(r, f->pe, f, "it is %s, and %s by its "
			    "template", fs_kind_name(f->kind),
			    fs_kind_name(f->row->kind));
	}
}

/* The Fcp of a member; NULL: it has none. */
static const struct pe_fcp *
member_fcp(const struct pe_file *m)
{
	size_t	 k;

	for (k = 0; k < m->items.n; k++)
		if (m->items.v[k].kind == PE_FCP)
			return &m->items.v[k].fcp;
	return NULL;
}

void
lint_pin_status(struct lint_run *r)
{
	const struct pe_file	*m;
	const struct pe_fcp	*fcp;
	const struct fs_file	*f;
	size_t			 i, k;

	FOR_MEMBERS(r, i, k) {
		m = &r->pe[i].d.files.files.v[k];
		f = member_file(r, i, m->tag);
		if (f == NULL || f->row == NULL || f->row->kind > FS_ADF ||
		    !f->made || f->linked)
			continue;
		fcp = member_fcp(m);
		if (fcp == NULL || fcp->pin_status.len == 0)
			lint_at(r, i, f, "it has no pinStatusTemplateDO");
	}
}

void
lint_often(struct lint_run *r)
{
	const struct pe_file	*m;
	const struct pe_fcp	*fcp;
	const struct fs_file	*f;
	size_t			 i, k;

	FOR_MEMBERS(r, i, k) {
		m = &r->pe[i].d.files.files.v[k];
		f = member_file(r, i, m->tag);
		if (f == NULL || f->row == NULL ||
		    (f->row->flags & FS_BUSY) == 0)
			continue;
		fcp = member_fcp(m);
		if (fcp != NULL && fcp->extra != NULL &&
		    (fcp->extra->special.len != 1 ||
		    (fcp->extra->special.p[0] & 0x80) == 0))
			lint_at(r, i, f, "phones write it often, and its "
			    "specialFileInformation does not say so");
	}
}

void
lint_offset(struct lint_run *r)
{
	const struct pe_file	*m;
	size_t			 i, k;

	FOR_MEMBERS(r, i, k) {
		m = &r->pe[i].d.files.files.v[k];
		if (m->items.n > 0 &&
		    m->items.v[m->items.n - 1].kind == PE_OFFSET)
			lint_at(r, i, member_file(r, i, m->tag), "nothing "
			    "follows its last offset");
	}
}

/* What an Fcp must not say of such a file; NULL: nothing. */
static const char *
fcp_alien(const struct fs_file *f, const struct pe_fcp *fcp)
{
	if (f->kind <= FS_ADF)
		return fcp->size.p != NULL ? "efFileSize" :
		    fcp->sfi.p != NULL ? "shortEFID" :
		    fcp->extra != NULL ? "proprietaryEFInfo" : NULL;
	if (f->linked)
		return fcp->size.p != NULL ? "efFileSize" : NULL;
	return fcp->pin_status.p != NULL ? "pinStatusTemplateDO" : NULL;
}

void
lint_fcp(struct lint_run *r)
{
	const struct pe_fcp	*fcp;
	const struct fs_file	*f;
	const char		*what;
	size_t			 i, k;

	FOR_MEMBERS(r, i, k) {
		fcp = member_fcp(&r->pe[i].d.files.files.v[k]);
		f = member_file(r, i, r->pe[i].d.files.files.v[k].tag);
		if (fcp == NULL || f == NULL)
			continue;
		if ((what = fcp_alien(f, fcp)) != NULL)
			lint_at(r, i, f, "%s is not for such a file", what);
		if (fcp->sfi.len == 1 && (fcp->sfi.p[0] & 7) != 0)
			lint_at(r, i, f, "the last three bits of shortEFID "
			    "are not 0");
	}
}

/* Does a linkPath lead from the MF to a file of the package? */
static bool
link_leads(const struct lint_run *r, struct slice path)
{
	size_t			 dir = fs_dir(&r->fs, "MF", 0), i;
	const struct fs_file	*f = NULL;

	for (i = 0; i + 1 < path.len && dir != FS_NONE; i += 2) {
		f = fs_find(&r->fs, dir, (uint16_t)(path.p[i] << 8 |
		    path.p[i + 1]));
		dir = f == NULL ? FS_NONE : (size_t)(f - r->fs.file);
	}
	return path.len % 2 == 0 && f != NULL && dir != FS_NONE;
}

void
lint_link(struct lint_run *r)
{
	const struct pe_fcp	*fcp;
	size_t			 i, k;

	FOR_MEMBERS(r, i, k) {
		fcp = member_fcp(&r->pe[i].d.files.files.v[k]);
		if (fcp != NULL && fcp->link.len > 0 &&
		    !link_leads(r, fcp->link))
			lint_at(r, i, member_file(r, i,
			    r->pe[i].d.files.files.v[k].tag),
			    "its linkPath leads to no file");
	}
}
