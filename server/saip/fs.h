/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that a profile package makes on a card: a tree, as its elements,
 * their templates and generic file management give it (spec 06, section 3).
 */
#ifndef SERVER_SAIP_FS_H
#define SERVER_SAIP_FS_H

#include <stdbool.h>

#include "base/buf.h"

#define FS_FILES	1000	/* in one package */
#define FS_SIZE		32767	/* octets of one file */
#define FS_PATH		32	/* "3F00/7FD0/5F3B/4F20" and its NUL */
#define FS_NONE		SIZE_MAX

enum fs_kind { FS_MF, FS_DF, FS_ADF, FS_TR, FS_LF, FS_CY, FS_BT };
const char	*fs_kind_name(enum fs_kind k);

/* What was said of a file that a card will not make of it. */
enum fs_fault {
	FS_OVER = 1,		/* contents go beyond its end */
	FS_DESCRIPTOR = 2,	/* a file descriptor of no known form */
	FS_UNSIZED = 4,		/* no size from template or Fcp */
	FS_UNPLACED = 8,	/* no file identifier, or no directory */
	FS_FIDS = 16,		/* another file there has its identifier */
	FS_EMPTY = 32,		/* its contents must be given */
	FS_RECORDS = 64		/* size is no number of records */
};

struct fs_row;

struct fs_file {
	const char	*name;		/* "EF.IMSI"; "" when not known */
	char		 path[FS_PATH];
	uint16_t	 fid;		/* 0: none is known */
	enum fs_kind	 kind;
	size_t		 parent;	/* of the file list; FS_NONE: the MF */
	size_t		 pe;		/* element that makes it, from 0 */
	uint32_t	 member;	/* its tag there; 0: file management */
	bool		 made;		/* not: doNotCreate */
	bool		 linked;	/* another file, by linkPath */
	size_t		 size;		/* octets; of a DF 0 */
	size_t		 record;	/* octets of one; 0: no records */
	unsigned	 records;
	unsigned	 sfi;		/* 0: none */
	uint16_t	 rule_file;	/* 2F06, 6F06; 0: not given so */
	unsigned	 rule;		/* its record */
	struct buf	 aid;		/* of an ADF */
	struct buf	 image;		/* size octets; empty for a DF */
	size_t		 given;		/* octets of contents in the package */
	unsigned	 faults;	/* enum fs_fault */
	const struct fs_row *row;	/* of its template, or NULL */
};

struct fs {
	struct fs_file	*file;
	size_t		 n;
	size_t		 templates_unknown;	/* elements left out */
	size_t		 paths_unknown;		/* of file management */
};

/*
 * Of a package that saip_check() accepts: in the order in which a card makes
 * them.  A file that is written to later has what it holds at the end.
 * fs_free() in any case.  DPE_SYNTAX: an element
 * does not decode; DPE_RANGE: FS_FILES.
 */
MUST_CHECK int	fs_read(struct slice upp, struct fs *out, struct why *why);
void		fs_free(struct fs *fs);
/* By "7FD0/6F07"-like identifiers below an application's or the MF's. */
const struct fs_file	*fs_find(const struct fs *fs, size_t parent,
			    uint16_t fid);
/* The n-th ADF or DF of this name ("ADF.USIM"); FS_NONE. */
size_t		fs_dir(const struct fs *fs, const char *name, size_t nth);
/* Record n (from 1) of a file; an empty slice: there is none. */
struct slice	fs_record(const struct fs_file *f, unsigned n);

#endif
