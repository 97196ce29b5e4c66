/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"

static int
file_fault(const char *path, struct why *why)
{
	int	 r = DPE_IO;

	if (errno == ENOENT || errno == ENOTDIR)
		r = DPE_NOTFOUND;
	else if (errno == EEXIST)
		r = DPE_EXISTS;
	return why_set(why, r, "%s: %s", path, strerror(errno));
}

static int
fd_read(int fd, const char *path, size_t max, struct buf *b, struct why *why)
{
	size_t	 start = b->len;
	uint8_t	*at;
	ssize_t	 n;

	for (;;) {
		at = buf_grow(b, 16384);
		do
			n = read(fd, at, 16384);
		while (n < 0 && errno == EINTR);
		b->len -= 16384 - (n > 0 ? (size_t)n : 0);
		if (n < 0)
			return file_fault(path, why);
		if (b->len - start > max)
			return why_set(why, DPE_RANGE,
			    "%s: larger than %zu bytes", path, max);
		if (n == 0)
			return 0;
	}
}

int
file_read(const char *path, size_t max, struct buf *b, struct why *why)
{
	size_t	 start = b->len;
	int	 fd, r;

	if (strcmp(path, "-") == 0)
		return fd_read(STDIN_FILENO, "standard input", max, b, why);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return file_fault(path, why);
	if ((r = fd_read(fd, path, max, b, why)) != 0)
		buf_cut(b, start);
	close(fd);
	return r;
}

static int
fd_write(int fd, struct slice data)
{
	ssize_t	 n;

	while (data.len > 0) {
		n = write(fd, data.p, data.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		data.p += n;
		data.len -= (size_t)n;
	}
	return 0;
}

int
file_write(const char *path, struct slice data, mode_t mode, bool excl,
    struct why *why)
{
	char	*tmp;
	int	 fd, r = 0;

	if (strcmp(path, "-") == 0)
		return fd_write(STDOUT_FILENO, data) == 0 ? 0 :
		    file_fault("standard output", why);
	tmp = xmalloc(strlen(path) + 8);
	sprintf(tmp, "%s.XXXXXX", path);
	if ((fd = mkstemp(tmp)) == -1) {
		r = file_fault(path, why);
		goto out;
	}
	if (fchmod(fd, mode) == -1 || fd_write(fd, data) == -1 ||
	    fsync(fd) == -1 ||
	    (excl ? link(tmp, path) : rename(tmp, path)) == -1)
		r = file_fault(path, why);
	if (close(fd) == -1 && r == 0)
		r = file_fault(path, why);
	if (r != 0 || excl)
		unlink(tmp);
out:
	free(tmp);
	return r;
}

int
file_mkdir(const char *path, mode_t mode, struct why *why)
{
	struct stat	 st;

	if (mkdir(path, mode) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	return file_fault(path, why);
}

static bool
name_ends(const char *name, const char *suffix)
{
	size_t	 n = strlen(name), k;

	if (name[0] == '.')
		return false;
	if (suffix == NULL)
		return true;
	k = strlen(suffix);
	return n > k && strcmp(name + n - k, suffix) == 0;
}

static int
name_cmp(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int
file_each(const char *dir, const char *suffix,
    int (*fn)(void *arg, const char *name), void *arg, struct why *why)
{
	struct dirent	*e;
	char		**names = NULL;
	size_t		 n = 0, i;
	DIR		*d;
	int		 r = 0;

	if ((d = opendir(dir)) == NULL)
		return file_fault(dir, why);
	while ((e = readdir(d)) != NULL && n < LIM_PKI_FILES) {
		if (!name_ends(e->d_name, suffix))
			continue;
		if ((n & (n - 1)) == 0 && (names = realloc(names,
		    (n == 0 ? 1 : 2 * n) * sizeof(*names))) == NULL)
			abort();
		names[n++] = xstrdup(e->d_name);
	}
	closedir(d);
	if (n > 0)
		qsort(names, n, sizeof(*names), name_cmp);
	for (i = 0; i < n; i++) {
		if (r == 0)
			r = fn(arg, names[i]);
		free(names[i]);
	}
	free(names);
	return r;
}
