/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about files: sizes, names, access (spec 06, section 3). */
#include <string.h>

#include "server/saip/ef.h"
#include "server/saip/lint_run.h"

/* Every file with this fault. */
static void
with_fault(struct lint_run *r, unsigned fault, const char *text)
{
	size_t	 i;

	FOR_FILES(r, i)
		if ((r->fs.file[i].faults & fault) != 0)
			lint_at(r, r->fs.file[i].pe, &r->fs.file[i], "%s",
			    text);
}

void
lint_over(struct lint_run *r)
{
	size_t	 i;

	FOR_FILES(r, i)
		if ((r->fs.file[i].faults & FS_OVER) != 0)
			lint_at(r, r->fs.file[i].pe, &r->fs.file[i],
			    "its contents go beyond its %zu octets",
			    r->fs.file[i].size);
}

void
lint_descriptor(struct lint_run *r)
{
	with_fault(r, FS_DESCRIPTOR, "its file descriptor is of no known "
	    "form");
}

void
lint_unsized(struct lint_run *r)
{
	with_fault(r, FS_UNSIZED, "it has no size, of its own or by its "
	    "template");
}

void
lint_unplaced(struct lint_run *r)
{
	with_fault(r, FS_UNPLACED, "it has no identifier, or its directory is "
	    "not there");
}

void
lint_fids(struct lint_run *r)
{
	with_fault(r, FS_FIDS, "another file of its directory has its "
	    "identifier");
}

void
lint_contents(struct lint_run *r)
{
	with_fault(r, FS_EMPTY, "its template asks for contents, and there "
	    "are none");
}

void
lint_records(struct lint_run *r)
{
	size_t	 i;

	FOR_FILES(r, i)
		if ((r->fs.file[i].faults & FS_RECORDS) != 0)
			lint_at(r, r->fs.file[i].pe, &r->fs.file[i],
			    "%zu octets are no whole number of records of %zu",
			    r->fs.file[i].size, r->fs.file[i].record);
}

void
lint_large(struct lint_run *r)
{
	size_t	 i;

	FOR_FILES(r, i)
		if (r->fs.file[i].size > FS_SIZE)
			lint_at(r, r->fs.file[i].pe, &r->fs.file[i],
			    "it has more than %d octets", FS_SIZE);
}

/* The EF.ARR that rules of a file refer to: that of the MF, or a nearer one. */
static const struct fs_file *
rule_file(const struct lint_run *r, const struct fs_file *f)
{
	const struct fs_file	*arr;
	size_t			 dir = f->parent;

	if (f->kind == FS_MF)
		dir = (size_t)(f - r->fs.file);
	for (; dir != FS_NONE; dir = r->fs.file[dir].parent)
		if ((arr = fs_find(&r->fs, dir, f->rule_file)) != NULL)
			return arr;
	return NULL;
}

void
lint_rules(struct lint_run *r)
{
	const struct fs_file	*f, *arr;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->rule_file == 0 || !f->made || f->linked)
			continue;
		if ((arr = rule_file(r, f)) == NULL) {
			lint_at(r, f->pe, f, "there is no file %04X with its "
			    "rule", f->rule_file);
			continue;
		}
		if (fs_record(arr, f->rule).len == 0)
			lint_at(r, f->pe, f, "record %u of %s, its rule, is "
			    "not there", f->rule, arr->path);
	}
}

void
lint_rule_empty(struct lint_run *r)
{
	const struct fs_file	*f, *arr;
	struct slice		 rec;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->rule_file == 0 || !f->made || f->linked ||
		    (arr = rule_file(r, f)) == NULL)
			continue;
		rec = fs_record(arr, f->rule);
		if (rec.len > 0 && ef_blank(rec))
			lint_at(r, f->pe, f, "record %u of %s, its rule, is "
			    "empty: nothing is allowed", f->rule, arr->path);
	}
}

void
lint_sfi_twice(struct lint_run *r)
{
	const struct fs_file	*f, *g;
	size_t			 i, j;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		for (j = 0; j < i && f->sfi != 0; j++) {
			g = &r->fs.file[j];
			if (g->parent == f->parent && g->sfi == f->sfi &&
			    g->made && f->made && g->fid != f->fid) {
				lint_at(r, f->pe, f, "SFI %u is that of %s "
				    "too", f->sfi, g->path);
				break;
			}
		}
	}
}

void
lint_sfi_range(struct lint_run *r)
{
	size_t	 i;

	FOR_FILES(r, i)
		if (r->fs.file[i].sfi > 30)
			lint_at(r, r->fs.file[i].pe, &r->fs.file[i],
			    "its SFI is %u", r->fs.file[i].sfi);
}

void
lint_adf_aid(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->kind == FS_ADF && f->aid.len == 0)
			lint_at(r, f->pe, f, "it has no AID");
	}
}

void
lint_aid_twice(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 i, j;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		for (j = 0; j < i && f->aid.len > 0; j++)
			if (slice_eq(buf_slice(&f->aid),
			    buf_slice(&r->fs.file[j].aid)))
				lint_at(r, f->pe, f, "its AID is that of %s",
				    r->fs.file[j].path);
	}
}

/* 61 L 4F L AID: the AID of a record, as much of it as there is. */
static struct slice
dir_aid(struct slice rec)
{
	if (rec.len < 4 || rec.p[0] != 0x61 || rec.p[2] != 0x4f)
		return slice_of(NULL, 0);
	return slice_sub(rec, 4, rec.p[3]);
}

void
lint_dir(struct lint_run *r)
{
	const struct fs_file	*f, *dir;
	size_t			 i, mf = fs_dir(&r->fs, "MF", 0);
	unsigned		 n;

	dir = mf == FS_NONE ? NULL : fs_find(&r->fs, mf, 0x2f00);
	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->kind != FS_ADF || f->aid.len == 0 || dir == NULL)
			continue;
		for (n = 1; n <= dir->records; n++)
			if (slice_eq(dir_aid(fs_record(dir, n)),
			    buf_slice(&f->aid)))
				break;
		if (n > dir->records)
			lint_at(r, f->pe, f, "EF.DIR does not name its AID");
	}
}

void
lint_paths(struct lint_run *r)
{
	if (r->fs.paths_unknown > 0)
		lint_at(r, 0, NULL, "%zu paths lead to no file",
		    r->fs.paths_unknown);
}

void
lint_understood(struct lint_run *r)
{
	const struct fs_file	*f;
	struct ef_file		 e = { .keys = true };
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		e.name = f->name;
		e.data = buf_slice(&f->image);
		e.record = f->record;
		/* Files of a CSIM have names of a USIM and other contents. */
		if (r->pe[f->pe].at.tag == 0xb9 || r->pe[f->pe].at.tag == 0xba)
			continue;
		if (f->made && f->given > 0 && !ef_understood(&e))
			lint_at(r, f->pe, f, "what it holds is not what such "
			    "a file holds");
	}
}
