/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/seal.h"

#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

static const char *
kek_path(void)
{
	static char	 path[64];

	snprintf(path, sizeof(path), "unit_certs_kek.%ld", (long)getpid());
	return path;
}

static struct seal *
seal_fresh(void)
{
	struct seal	*s;

	unlink(kek_path());
	if (seal_kek_create(kek_path(), NULL) != 0 ||
	    seal_open(kek_path(), &s, NULL) != 0)
		abort();
	unlink(kek_path());
	return s;
}

void
seal_round_trip(void)
{
	static const size_t	 sizes[] = { 0, 1, 15, 16, 17, 20000 };
	struct seal		*s = seal_fresh();
	struct buf		 plain = {0}, a = {0}, b = {0}, back = {0};
	size_t			 i;

	for (i = 0; i < NELEM(sizes); i++) {
		buf_cut(&plain, 0);
		memset(buf_grow(&plain, sizes[i]), (int)i, sizes[i]);
		buf_set(&back, slice_str("before"));
		buf_cut(&a, 0);
		buf_cut(&b, 0);
		CU_ASSERT_EQUAL(seal_put(s, "orders/1/mid",
		    buf_slice(&plain), &a), 0);
		CU_ASSERT_EQUAL(seal_put(s, "orders/1/mid",
		    buf_slice(&plain), &b), 0);
		CU_ASSERT_EQUAL(a.len, sizes[i] + 29);
		CU_ASSERT_FALSE(slice_eq(buf_slice(&a), buf_slice(&b)));
		CU_ASSERT_EQUAL(seal_get(s, "orders/1/mid", buf_slice(&a),
		    &back), 0);
		unit_same("plain", slice_sub(buf_slice(&back), 6, back.len),
		    buf_slice(&plain));
	}
	buf_free(&plain);
	buf_free(&a);
	buf_free(&b);
	buf_free(&back);
	seal_close(s);
}

void
seal_moved(void)
{
	struct seal	*s = seal_fresh(), *t = seal_fresh();
	struct buf	 a = {0}, back = {0};

	CU_ASSERT_EQUAL(seal_put(s, "orders/1/mid", slice_str("secret"), &a),
	    0);
	CU_ASSERT_EQUAL(seal_get(s, "orders/2/mid", buf_slice(&a), &back),
	    DPE_SEAL);
	CU_ASSERT_EQUAL(seal_get(s, "orders/1/mi", buf_slice(&a), &back),
	    DPE_SEAL);
	CU_ASSERT_EQUAL(seal_get(t, "orders/1/mid", buf_slice(&a), &back),
	    DPE_SEAL);
	CU_ASSERT_EQUAL(back.len, 0);
	CU_ASSERT_EQUAL(seal_get(s, "orders/1/mid", buf_slice(&a), &back), 0);
	buf_free(&a);
	buf_free(&back);
	seal_close(s);
	seal_close(t);
}

void
seal_tampered(void)
{
	struct seal	*s = seal_fresh();
	struct buf	 a = {0}, back = {0};
	size_t		 i;

	CU_ASSERT_EQUAL(seal_put(s, "p", slice_str("secret"), &a), 0);
	for (i = 0; i < a.len; i++) {
		a.p[i] ^= 0x10;
		CU_ASSERT_EQUAL(seal_get(s, "p", buf_slice(&a), &back),
		    DPE_SEAL);
		a.p[i] ^= 0x10;
		CU_ASSERT_EQUAL(seal_get(s, "p", slice_sub(buf_slice(&a), 0,
		    i), &back), DPE_SEAL);
	}
	CU_ASSERT_EQUAL(back.len, 0);
	buf_free(&a);
	buf_free(&back);
	seal_close(s);
}

static int
kek_try(const char *text, mode_t mode)
{
	struct why	 why = {{0}};
	struct seal	*s;
	int		 r;

	unlink(kek_path());
	if (file_write(kek_path(), slice_str(text), mode, true, NULL) != 0)
		abort();
	r = seal_open(kek_path(), &s, &why);
	CU_ASSERT_TRUE((s == NULL) == (r != 0));
	if (r != 0)
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, kek_path()));
	CU_ASSERT_PTR_NULL(strstr(why.text, "00112233"));
	seal_close(s);
	unlink(kek_path());
	return r;
}

void
seal_kek_file(void)
{
	static const char	 kek[] = "00112233445566778899aabbccddeeff"
				    "00112233445566778899AABBCCDDEEFF";
	struct stat		 st;
	struct seal		*s;
	char			 text[80];

	CU_ASSERT_EQUAL(kek_try(kek, 0600), 0);
	CU_ASSERT_EQUAL(kek_try(kek, 0400), 0);
	CU_ASSERT_EQUAL(kek_try(kek, 0640), DPE_USAGE);
	CU_ASSERT_EQUAL(kek_try(kek, 0604), DPE_USAGE);
	CU_ASSERT_EQUAL(kek_try(kek, 0620), DPE_USAGE);
	CU_ASSERT_EQUAL(kek_try("", 0600), DPE_SYNTAX);
	CU_ASSERT_EQUAL(kek_try(kek + 1, 0600), DPE_SYNTAX);
	snprintf(text, sizeof(text), "%s\n", kek);
	CU_ASSERT_EQUAL(kek_try(text, 0600), 0);
	snprintf(text, sizeof(text), "%s0", kek);
	CU_ASSERT_EQUAL(kek_try(text, 0600), DPE_SYNTAX);
	snprintf(text, sizeof(text), "%s00\n", kek);
	CU_ASSERT_EQUAL(kek_try(text, 0600), DPE_SYNTAX);
	text[3] = 'x';
	text[64] = '\0';
	CU_ASSERT_EQUAL(kek_try(text, 0600), DPE_SYNTAX);
	CU_ASSERT_EQUAL(seal_open("/nonexistent/kek", &s, NULL), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(seal_kek_create(kek_path(), NULL), 0);
	CU_ASSERT_EQUAL(stat(kek_path(), &st), 0);
	CU_ASSERT_EQUAL(st.st_mode & 0777, 0600);
	CU_ASSERT_EQUAL(seal_kek_create(kek_path(), NULL), DPE_EXISTS);
	unlink(kek_path());
}

void
seal_indexes(void)
{
	struct seal	*s = seal_fresh(), *t = seal_fresh();
	uint8_t		 a[32], b[32];

	seal_index(s, "mid", slice_str("K7QX2"), a);
	seal_index(s, "mid", slice_str("K7QX2"), b);
	CU_ASSERT_EQUAL(memcmp(a, b, 32), 0);
	seal_index(s, "mid", slice_str("K7QX3"), b);
	CU_ASSERT_NOT_EQUAL(memcmp(a, b, 32), 0);
	seal_index(s, "eid", slice_str("K7QX2"), b);
	CU_ASSERT_NOT_EQUAL(memcmp(a, b, 32), 0);
	seal_index(s, "midK", slice_str("7QX2"), b);
	CU_ASSERT_NOT_EQUAL(memcmp(a, b, 32), 0);
	seal_index(t, "mid", slice_str("K7QX2"), b);
	CU_ASSERT_NOT_EQUAL(memcmp(a, b, 32), 0);
	seal_close(s);
	seal_close(t);
}
