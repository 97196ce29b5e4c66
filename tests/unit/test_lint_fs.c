/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of files of a package: what each is, and what it holds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/limits.h"
#include "server/saip/fs.h"
#include "server/saip/fs_tab.h"
#include "server/saip/saip.h"
#include "tests/unit/test_lint.h"

static const struct fs_file *
at(const struct fs *fs, const char *path)
{
	size_t	 i;

	for (i = 0; i < fs->n; i++)
		if (strcmp(fs->file[i].path, path) == 0)
			return &fs->file[i];
	CU_FAIL_FATAL("no such file");
	return NULL;
}

/* One member is one file: identifiers of two in a directory do not meet. */
static void
no_fid_twice(const struct fs_template *t)
{
	const struct fs_row	*a, *b;
	size_t			 i, j;

	for (i = 0; i < t->n; i++)
		for (j = 0; j < i; j++) {
			a = &t->row[i];
			b = &t->row[j];
			if (a->fid == 0 || b->fid == 0 ||
			    a->member == b->member || a->parent != b->parent ||
			    a->fid >= b->fid + b->run ||
			    b->fid >= a->fid + a->run)
				continue;
			printf("# template %u: %s and %s\n", t->arc, a->name,
			    b->name);
			CU_FAIL("two members with one identifier");
		}
}

static void
directories_of_templates(void)
{
	static const struct fs_template *const all[] = { &fs_mf, &fs_cd,
	    &fs_telecom, &fs_usim, &fs_opt_usim, &fs_phonebook, &fs_gsm_access,
	    &fs_isim, &fs_opt_isim, &fs_eap, &fs_df_5gs, &fs_df_saip,
	    &fs_df_snpn, &fs_df_5gprose };
	size_t	 i;

	for (i = 0; i < NELEM(all); i++)
		no_fid_twice(all[i]);
	/* Directories below an application have an identifier of 5F... */
	CU_ASSERT_EQUAL(fs_row_find(&fs_df_5gs, 0xa2, 1)->fid, 0x5fc0);
	CU_ASSERT_EQUAL(fs_row_find(&fs_df_saip, 0xa2, 1)->fid, 0x5fd0);
}

void
fs_of_a_template(void)
{
	static const struct {
		const char	*path, *name;
		enum fs_kind	 kind;
		size_t		 size, record;
		unsigned	 sfi, rule;
	} want[] = {
		{ "3F00", "MF", FS_MF, 0, 0, 0, 14 },
		{ "3F00/2FE2", "EF.ICCID", FS_TR, 10, 0, 2, 11 },
		{ "3F00/7F10/6F06", "EF.ARR", FS_LF, 14 * 33, 33, 0, 10 },
		{ "3F00/7FD0", "ADF.USIM", FS_ADF, 0, 0, 0, 14 },
		{ "3F00/7FD0/6F07", "EF.IMSI", FS_TR, 9, 0, 7, 2 },
		{ "3F00/7FD0/6F38", "EF.UST", FS_TR, 17, 0, 4, 2 },
		{ "3F00/7FD0/6F42", "EF.SMSP", FS_LF, 38, 38, 0, 5 },
		{ "3F00/7FD0/5F3B", "DF.GSM-ACCESS", FS_DF, 0, 0, 0, 14 },
		{ "3F00/7FD0/5FC0/4F0A", "EF.Routing_Indicator", FS_TR, 4, 0,
		    10, 2 },
	};
	const struct fs_file	*f;
	struct buf		 upp = {0}, map = {0};
	struct fs		 fs;
	struct why		 why;
	size_t			 i;

	directories_of_templates();
	lint_package(&upp, &map);
	CU_ASSERT_EQUAL_FATAL(fs_read(buf_slice(&upp), &fs, &why), 0);
	CU_ASSERT_EQUAL(fs.templates_unknown, 0);
	CU_ASSERT_EQUAL(fs.paths_unknown, 0);
	for (i = 0; i < NELEM(want); i++) {
		f = at(&fs, want[i].path);
		CU_ASSERT_EQUAL(f->kind, want[i].kind);
		CU_ASSERT_EQUAL(f->size, want[i].size);
		CU_ASSERT_EQUAL(f->record, want[i].record);
		CU_ASSERT_EQUAL(f->rule, want[i].rule);
		if (strcmp(f->name, want[i].name) != 0 ||
		    f->sfi != want[i].sfi) {
			printf("# %s: %s, SFI %u\n", want[i].path, f->name,
			    f->sfi);
			CU_FAIL("a name or an SFI");
		}
	}
	for (i = 0; i < fs.n; i++)
		CU_ASSERT_EQUAL(fs.file[i].faults, 0);
	fs_free(&fs);
	buf_free(&upp);
	buf_free(&map);
}

/* Contents over the pattern of the template, by offset and by record. */
void
fs_images(void)
{
	const struct fs_file	*f;
	struct buf		 upp = {0}, map = {0}, want = {0};
	struct fs		 fs;
	struct why		 why;

	lint_package(&upp, &map);
	CU_ASSERT_EQUAL_FATAL(fs_read(buf_slice(&upp), &fs, &why), 0);
	f = at(&fs, "3F00/7FD0/6FAD");
	unit_hex("00000002", &want);
	unit_same("EF.AD", buf_slice(&f->image), buf_slice(&want));
	f = at(&fs, "3F00/7FD0/6F08");	/* nothing given: by its template */
	buf_cut(&want, 0);
	unit_hex("07FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
	    "FFFFFFFF", &want);
	unit_same("EF.Keys", buf_slice(&f->image), buf_slice(&want));
	f = at(&fs, "3F00/7FD0/6FE3");
	buf_cut(&want, 0);
	unit_hex("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFF000001", &want);
	unit_same("EF.EPSLOCI", buf_slice(&f->image), buf_slice(&want));
	f = at(&fs, "3F00/7FD0/6FB7");
	CU_ASSERT_EQUAL(f->records, 2);
	CU_ASSERT_EQUAL(fs_record(f, 1).len, f->record);
	CU_ASSERT_EQUAL(memcmp(fs_record(f, 2).p, "\x19\xf1\xff", 3), 0);
	CU_ASSERT_EQUAL(fs_record(f, 3).len, 0);
	CU_ASSERT_EQUAL(fs_record(f, 0).len, 0);
	CU_ASSERT_PTR_NOT_NULL(fs_find(&fs, fs_dir(&fs, "ADF.USIM", 0),
	    0x6f07));
	CU_ASSERT_PTR_NULL(fs_find(&fs, fs_dir(&fs, "ADF.USIM", 0), 0x6fff));
	CU_ASSERT_EQUAL(fs_dir(&fs, "ADF.USIM", 1), FS_NONE);
	fs_free(&fs);
	buf_free(&want);
	buf_free(&upp);
	buf_free(&map);
}

static int	of_others;

static int
fs_of_one(void *dir, const char *name)
{
	struct buf	 path = {0}, b = {0};
	struct fs	 fs;
	struct why	 why;
	size_t		 i;

	buf_addf(&path, "%s/%s", (const char *)dir, name);
	if (file_read(buf_cstr(&path), LIM_UPP, &b, &why) != 0 ||
	    fs_read(buf_slice(&b), &fs, &why) != 0) {
		of_others++;
		printf("# %s: %s\n", name, why.text);
		goto out;
	}
	CU_ASSERT(fs.n > 40);
	CU_ASSERT_EQUAL(fs.templates_unknown, 0);
	CU_ASSERT_EQUAL(fs.paths_unknown, 0);
	/* They leave contents out that a template asks for; nothing else. */
	for (i = 0; i < fs.n; i++)
		if ((fs.file[i].faults & ~(unsigned)FS_EMPTY) != 0) {
			of_others++;
			printf("# %s: %s faults %x\n", name, fs.file[i].path,
			    fs.file[i].faults);
		}
	fs_free(&fs);
out:
	buf_free(&path);
	buf_free(&b);
	return 0;
}

void
fs_of_others(void)
{
	struct buf	 dir = {0};

	if (!unit_testdata("upp", &dir)) {
		buf_free(&dir);
		return;
	}
	CU_ASSERT_EQUAL(file_each(buf_cstr(&dir), ".der", fs_of_one,
	    buf_cstr(&dir), NULL), 0);
	CU_ASSERT_EQUAL(of_others, 0);
	buf_free(&dir);
}
