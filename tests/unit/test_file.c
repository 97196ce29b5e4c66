/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/test_base.h"

static char	 dir[] = "/tmp/unit_base.XXXXXX";
static char	 path_text[200];

static const char *
path_of(const char *name)
{
	snprintf(path_text, sizeof(path_text), "%s/%s", dir, name);
	return path_text;
}

/* An empty directory for one case. */
static void
dir_make(void)
{
	strcpy(dir + strlen(dir) - 6, "XXXXXX");
	if (mkdtemp(dir) == NULL)
		abort();
}

static int
name_remove(void *arg, const char *name)
{
	(void)arg;
	return unlink(path_of(name)) == 0 ? 0 : DPE_IO;
}

/* Gone only if nothing was left behind, dot files included. */
static void
dir_remove(void)
{
	CU_ASSERT_EQUAL(file_each(dir, NULL, name_remove, NULL, NULL), 0);
	CU_ASSERT_EQUAL(rmdir(dir), 0);
}

static int
name_collect(void *arg, const char *name)
{
	buf_addf(arg, "%s ", name);
	return strcmp(name, "stop.key") == 0 ? 77 : 0;
}

void
file_round_trip(void)
{
	struct buf	 b = {0}, big = {0};
	struct why	 why;
	struct stat	 st;

	dir_make();
	memset(buf_grow(&big, 100000), 0xa5, 100000);
	CU_ASSERT_EQUAL(file_write(path_of("f"), slice_str("one"), 0600,
	    false, &why), 0);
	CU_ASSERT_EQUAL(stat(path_of("f"), &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 07777, 0600);
	CU_ASSERT_EQUAL(file_write(path_of("f"), buf_slice(&big), 0644,
	    false, &why), 0);
	CU_ASSERT_EQUAL(stat(path_of("f"), &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 07777, 0644);
	buf_add_str(&b, "before");
	CU_ASSERT_EQUAL(file_read(path_of("f"), 100000, &b, &why), 0);
	unit_same("kept", slice_sub(buf_slice(&b), 0, 6), slice_str("before"));
	unit_same("read", slice_sub(buf_slice(&b), 6, SIZE_MAX),
	    buf_slice(&big));
	buf_cut(&b, 0);
	CU_ASSERT_EQUAL(file_write(path_of("empty"), slice_str(NULL), 0600,
	    false, &why), 0);
	CU_ASSERT_EQUAL(file_read(path_of("empty"), 0, &b, &why), 0);
	CU_ASSERT_EQUAL(b.len, 0);
	buf_free(&b);
	buf_free(&big);
	dir_remove();
}

void
file_bounds(void)
{
	struct buf	 b = {0}, data = {0};
	struct why	 why;

	dir_make();
	memset(buf_grow(&data, 20000), 'x', 20000);
	CU_ASSERT_EQUAL(file_write(path_of("f"), buf_slice(&data), 0600,
	    false, &why), 0);
	buf_add_str(&b, "old");
	CU_ASSERT_EQUAL(file_read(path_of("f"), 19999, &b, &why), DPE_RANGE);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "larger than 19999 bytes"));
	unit_same("unchanged", buf_slice(&b), slice_str("old"));
	CU_ASSERT_EQUAL(file_read(path_of("f"), 20000, &b, &why), 0);
	CU_ASSERT_EQUAL(b.len, 20003);
	/* What never ends is bounded as well. */
	CU_ASSERT_EQUAL(file_read("/dev/zero", 70000, &b, &why), DPE_RANGE);
	CU_ASSERT_EQUAL(b.len, 20003);
	buf_free(&b);
	buf_free(&data);
	dir_remove();
}

void
file_faults(void)
{
	struct buf	 b = {0};
	struct why	 why;

	dir_make();
	CU_ASSERT_EQUAL(file_read(path_of("none"), 10, &b, &why),
	    DPE_NOTFOUND);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, path_of("none")));
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "No such file"));
	CU_ASSERT_EQUAL(file_read(dir, 10, &b, &why), DPE_IO);
	CU_ASSERT_EQUAL(file_read(path_of("none"), 10, &b, NULL),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(file_write(path_of("no/file"), slice_str("x"), 0600,
	    false, &why), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(b.len, 0);
	buf_free(&b);
	dir_remove();
}

void
file_exclusive(void)
{
	struct buf	 b = {0};
	struct why	 why;

	dir_make();
	CU_ASSERT_EQUAL(file_write(path_of("key"), slice_str("first"), 0600,
	    true, &why), 0);
	CU_ASSERT_EQUAL(file_write(path_of("key"), slice_str("second"), 0600,
	    true, &why), DPE_EXISTS);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "key"));
	CU_ASSERT_EQUAL(file_read(path_of("key"), 10, &b, &why), 0);
	unit_same("first stays", buf_slice(&b), slice_str("first"));
	buf_free(&b);
	dir_remove();
}

/* A directory stands where the file should go: nothing is left aside. */
void
file_write_leaves_nothing(void)
{
	struct buf	 names = {0};
	struct why	 why;

	dir_make();
	CU_ASSERT_EQUAL(file_mkdir(path_of("d"), 0700, &why), 0);
	CU_ASSERT_NOT_EQUAL(file_write(path_of("d"), slice_str("x"), 0600,
	    false, &why), 0);
	CU_ASSERT_EQUAL(file_each(dir, NULL, name_collect, &names, &why), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&names), "d ");
	CU_ASSERT_EQUAL(rmdir(path_of("d")), 0);
	buf_free(&names);
	dir_remove();
}

void
file_directories(void)
{
	struct why	 why;
	struct stat	 st;

	dir_make();
	CU_ASSERT_EQUAL(file_mkdir(path_of("d"), 0700, &why), 0);
	CU_ASSERT_EQUAL(file_mkdir(path_of("d"), 0700, &why), 0);
	CU_ASSERT_EQUAL(stat(path_of("d"), &st), 0);
	CU_ASSERT_TRUE(S_ISDIR(st.st_mode));
	CU_ASSERT_EQUAL(file_write(path_of("f"), slice_str(""), 0600, false,
	    &why), 0);
	CU_ASSERT_EQUAL(file_mkdir(path_of("f"), 0700, &why), DPE_EXISTS);
	CU_ASSERT_EQUAL(file_mkdir(path_of("no/d"), 0700, &why),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(rmdir(path_of("d")), 0);
	dir_remove();
}

void
file_each_in_order(void)
{
	static const char *const names[] = {
		"b.crt", "a.crt", "Z.crt", "c.key", "crt", "stop.key", "x.key",
	};
	struct buf	 got = {0};
	struct why	 why;
	size_t		 i;

	dir_make();
	for (i = 0; i < NELEM(names); i++)
		CU_ASSERT_EQUAL(file_write(path_of(names[i]), slice_str("x"),
		    0600, false, &why), 0);
	CU_ASSERT_EQUAL(file_write(path_of(".h.crt"), slice_str("x"), 0600,
	    false, &why), 0);
	CU_ASSERT_EQUAL(file_each(dir, ".crt", name_collect, &got, &why), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), "Z.crt a.crt b.crt ");
	buf_cut(&got, 0);
	CU_ASSERT_EQUAL(file_each(dir, ".key", name_collect, &got, &why), 77);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), "c.key stop.key ");
	CU_ASSERT_EQUAL(file_each(path_of("none"), NULL, name_collect, &got,
	    &why), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(unlink(path_of(".h.crt")), 0);
	buf_free(&got);
	dir_remove();
}

/* As the only user of "-": what is read comes from a pipe. */
void
file_standard_input(void)
{
	struct buf	 b = {0};
	struct why	 why;
	int		 fd[2], old = dup(STDIN_FILENO);

	CU_ASSERT_EQUAL_FATAL(pipe(fd), 0);
	CU_ASSERT_EQUAL(write(fd[1], "piped", 5), 5);
	close(fd[1]);
	dup2(fd[0], STDIN_FILENO);
	close(fd[0]);
	CU_ASSERT_EQUAL(file_read("-", 10, &b, &why), 0);
	unit_same("piped", buf_slice(&b), slice_str("piped"));
	if (old != -1) {
		dup2(old, STDIN_FILENO);
		close(old);
	}
	buf_free(&b);
}
