/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: a tree of files while it is made. */
#ifndef SERVER_SAIP_FS_BUILD_H
#define SERVER_SAIP_FS_BUILD_H

#include "base/err.h"
#include "server/saip/fs_image.h"

enum fs_base { FS_BASE_MF, FS_BASE_APPLICATION };

struct fs_build {
	struct fs	*fs;
	struct why	*why;
	size_t		 pe;		/* the element at hand */
	size_t		 mf, application;	/* the last one */
	size_t		 base;		/* directory of the element's files */
	bool		 based;		/* it is there */
};

/* A file behind the others. DPE_RANGE. */
MUST_CHECK int	fs_new(struct fs_build *b, struct fs_file **out);
/* Its path, and whether its identifier is free there. */
void		fs_place(struct fs_build *b, struct fs_file *f);
/* genericFileManagement. */
MUST_CHECK int	fs_manage(struct fs_build *b, const struct pe_gfm *gfm);

/* Last arcs of 2.23.143.1.2.n.v; 0: another tree; v is 1 where it is absent. */
unsigned	fs_template_arc(struct slice oid);
unsigned	fs_template_version(struct slice oid);
/* Of a file element; NULL. */
const struct fs_template *fs_template_of(uint32_t tag);

#endif
