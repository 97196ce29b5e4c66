/* SPDX-License-Identifier: Apache-2.0 */
/* Files without a name: what they hold, where they are, a disk that is full. */
#include "server/admin/spool.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/admin_unit.h"

static const char	hello[] = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af"
    "34d08286a2e846f6be03";	/* SHA-256 of "hello\n" */

static size_t
names(const char *dir)
{
	DIR		*d = opendir(dir);
	struct dirent	*e;
	size_t		 n = 0;

	if (d == NULL)
		abort();
	while ((e = readdir(d)) != NULL)
		n += e->d_name[0] != '.';
	closedir(d);
	return n;
}

static void
holds(struct spool *s)
{
	char	 sum[DIGEST_TEXT], text[7] = "";

	CU_ASSERT_EQUAL(spool_add(s, slice_str("hel")), 0);
	CU_ASSERT_EQUAL(spool_add(s, slice_str("")), 0);
	CU_ASSERT_EQUAL(spool_add(s, slice_str("lo\n")), 0);
	CU_ASSERT_EQUAL(s->size, 6);
	CU_ASSERT_EQUAL(pread(s->fd, text, 6, 0), 6);
	CU_ASSERT_STRING_EQUAL(text, "hello\n");
	digest_end(s->digest, sum);
	CU_ASSERT_STRING_EQUAL(sum, hello);
}

static void
spool_beside(void)
{
	struct bench	*b = bench_new(false);
	const char	*db = b->set.db + strlen("sqlite:");
	struct spool	 s;
	struct stat	 st, dir;
	size_t		 n = names(b->dir);

	CU_ASSERT_EQUAL_FATAL(spool_open(&s, db), 0);
	CU_ASSERT_EQUAL(names(b->dir), n);
	CU_ASSERT_EQUAL(fstat(s.fd, &st), 0);
	CU_ASSERT_EQUAL(stat(b->dir, &dir), 0);
	CU_ASSERT_EQUAL(st.st_dev, dir.st_dev);
	CU_ASSERT_EQUAL(st.st_mode & 077, 0);
	CU_ASSERT_EQUAL(st.st_nlink, 0);
	holds(&s);
	spool_close(&s);
	CU_ASSERT_EQUAL(names(b->dir), n);
	/* In memory, for what is in clear: of no file system of the disk. */
	CU_ASSERT_EQUAL_FATAL(spool_open(&s, NULL), 0);
	holds(&s);
	spool_close(&s);
	CU_ASSERT_EQUAL(spool_open(&s, "/nowhere/at/all/db"), DPE_IO);
	spool_close(&s);
	bench_free(b);
}

/* No more room than 100 octets. */
static void
spool_full(void)
{
	struct bench	*b = bench_new(false);
	struct rlimit	 was, now;
	struct spool	 s;
	char		 text[64];
	int		 i, r = 0;

	memset(text, 'x', sizeof(text));
	if (getrlimit(RLIMIT_FSIZE, &was) != 0)
		abort();
	CU_ASSERT_EQUAL_FATAL(spool_open(&s, b->set.db + strlen("sqlite:")),
	    0);
	signal(SIGXFSZ, SIG_IGN);
	now = was;
	now.rlim_cur = 100;
	if (setrlimit(RLIMIT_FSIZE, &now) != 0)
		abort();
	for (i = 0; i < 3 && r == 0; i++)
		r = spool_add(&s, slice_of(text, sizeof(text)));
	if (setrlimit(RLIMIT_FSIZE, &was) != 0)
		abort();
	CU_ASSERT_EQUAL(r, DPE_IO);
	CU_ASSERT_EQUAL(i, 2);
	spool_close(&s);
	bench_free(b);
}

const struct unit_case	unit_spools[] = {
	UNIT_CASE(spool_beside),
	UNIT_CASE(spool_full)
};
const size_t	unit_spools_n = NELEM(unit_spools);
