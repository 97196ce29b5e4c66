/* SPDX-License-Identifier: Apache-2.0 */
/* Whole files, bounded and atomic. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <sys/types.h>

#include <stdbool.h>

#include "base/buf.h"

/*
 * Append the file to b, at most max bytes ("-" is standard input).
 * DPE_NOTFOUND, DPE_IO, DPE_RANGE; why names the file and the reason.
 */
MUST_CHECK int	file_read(const char *path, size_t max, struct buf *b,
		    struct why *why);
/*
 * Write aside, fsync, rename: the file is old or new, never half ("-" is
 * standard output).  With excl an existing file is DPE_EXISTS.
 */
MUST_CHECK int	file_write(const char *path, struct slice data, mode_t mode,
		    bool excl, struct why *why);
/* mkdir that is content with a directory that is there. */
MUST_CHECK int	file_mkdir(const char *path, mode_t mode, struct why *why);
/*
 * Call fn for every name in the directory with this suffix (NULL: all), in
 * byte order, dot files left out.  fn's non-zero result ends it.
 * DPE_NOTFOUND when there is no directory.
 */
MUST_CHECK int	file_each(const char *dir, const char *suffix,
		    int (*fn)(void *arg, const char *name), void *arg,
		    struct why *why);

#endif
