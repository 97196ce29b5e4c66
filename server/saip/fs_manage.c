/* SPDX-License-Identifier: Apache-2.0 */
/* genericFileManagement: files by command (spec 06, section 3). */
#include "server/saip/fs_build.h"

/* Where the commands are. */
struct manage {
	size_t	 dir;
	size_t	 file;		/* selected or made; FS_NONE */
	size_t	 at;		/* in its contents */
};

static size_t
manage_child(const struct fs *fs, size_t dir, uint16_t fid)
{
	size_t	 i;

	for (i = fs->n; i-- > 0;)
		if (fs->file[i].fid == fid && fs->file[i].parent == dir)
			return i;
	return FS_NONE;
}

/* Identifiers from the MF on; the path of nothing is the MF. */
static bool
manage_path(const struct fs_build *b, struct manage *m, struct slice path)
{
	uint16_t	 fid;
	size_t		 i, to;

	m->dir = b->mf;
	m->file = FS_NONE;
	m->at = 0;
	if (path.len % 2 != 0)
		return false;
	for (i = 0; i < path.len; i += 2) {
		fid = (uint16_t)(path.p[i] << 8 | path.p[i + 1]);
		if (fid == 0x3f00)
			continue;
		to = manage_child(b->fs, m->dir, fid);
		if (to == FS_NONE)
			return false;
		if (b->fs->file[to].kind <= FS_ADF)
			m->dir = to;
		else
			m->file = to;
	}
	return true;
}

static int
manage_create(struct fs_build *b, struct manage *m, const struct pe_fcp *fcp)
{
	struct fs_file	*f;
	int		 r;

	if ((r = fs_new(b, &f)) != 0)
		return r;
	fs_default(f, NULL);
	fs_fcp(f, fcp);
	f->parent = m->dir;
	fs_place(b, f);
	if (f->kind > FS_ADF && f->size == 0 && !f->linked)
		f->faults |= FS_UNSIZED;
	fs_fill(f, fcp);
	m->at = 0;
	m->file = (size_t)(f - b->fs->file);
	if (f->kind <= FS_ADF)
		m->dir = m->file;
	return 0;
}

int
fs_manage(struct fs_build *b, const struct pe_gfm *gfm)
{
	const struct pe_item	*it;
	struct manage		 m = { b->mf, FS_NONE, 0 };
	size_t			 i, j;
	int			 r = 0;

	for (i = 0; i < gfm->lists.n; i++)
		for (j = 0; j < gfm->lists.v[i].items.n && r == 0; j++) {
			it = &gfm->lists.v[i].items.v[j];
			if (it->kind == PE_GFM_PATH) {
				if (!manage_path(b, &m, it->octets))
					b->fs->paths_unknown++;
			} else if (it->kind == PE_GFM_CREATE)
				r = manage_create(b, &m, &it->fcp);
			else if (it->kind == PE_GFM_OFFSET)
				m.at += (size_t)(it->offset > 0 ? it->offset :
				    0);
			else if (it->kind == PE_GFM_CONTENT &&
			    m.file != FS_NONE)
				fs_write(&b->fs->file[m.file], &m.at,
				    it->octets);
		}
	return r;
}
