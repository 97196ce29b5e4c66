/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/spool.h"

#include <sys/mman.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Not every file system makes files without a name. */
static int
spool_file(const char *beside)
{
	const char	*slash = strrchr(beside, '/');
	struct buf	 path = { 0 };
	int		 fd;

	if (slash == NULL)
		buf_add_str(&path, ".");
	else
		buf_add(&path, beside, (size_t)(slash - beside) + 1);
	fd = open(buf_cstr(&path), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (fd == -1 && (errno == EOPNOTSUPP || errno == EISDIR)) {
		buf_add_str(&path, "/spool.XXXXXX");
		fd = mkostemp(buf_cstr(&path), O_CLOEXEC);
		if (fd != -1)
			unlink(buf_cstr(&path));
	}
	buf_free(&path);
	return fd;
}

int
spool_open(struct spool *s, const char *beside)
{
	int	 r;

	memset(s, 0, sizeof(*s));
	s->fd = -1;
	if ((r = digest_new(&s->digest)) != 0)
		return r;
	s->fd = beside == NULL ? memfd_create("spool", MFD_CLOEXEC) :
	    spool_file(beside);
	return s->fd == -1 ? DPE_IO : 0;
}

int
spool_add(struct spool *s, struct slice data)
{
	ssize_t	 n;

	digest_add(s->digest, data);
	while (data.len > 0) {
		n = write(s->fd, data.p, data.len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return DPE_IO;
		s->size += (uint64_t)n;
		data = slice_sub(data, (size_t)n, data.len);
	}
	return 0;
}

void
spool_close(struct spool *s)
{
	if (s->fd != -1)
		close(s->fd);
	s->fd = -1;
	digest_free(s->digest);
	s->digest = NULL;
}
