/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "tests/unit/test_base.h"

void
slices_borrow_and_compare(void)
{
	struct slice	 s = slice_str("smdp.example"), none = slice_str(NULL);
	char		*d;

	CU_ASSERT_EQUAL(none.len, 0);
	CU_ASSERT_PTR_NULL(none.p);
	unit_same("sub", slice_sub(s, 5, 3), slice_str("exa"));
	unit_same("cut", slice_sub(s, 5, 100), slice_str("example"));
	unit_same("all", slice_sub(s, 0, SIZE_MAX), s);
	CU_ASSERT_EQUAL(slice_sub(s, 12, 1).len, 0);
	CU_ASSERT_EQUAL(slice_sub(s, SIZE_MAX, SIZE_MAX).len, 0);
	CU_ASSERT_TRUE(slice_eq(none, slice_str("")));
	CU_ASSERT_FALSE(slice_eq(s, slice_str("smdp.exampld")));
	CU_ASSERT_FALSE(slice_eq(s, slice_str("smdp.exampl")));
	CU_ASSERT_TRUE(slice_starts(s, slice_str("smdp.")));
	CU_ASSERT_TRUE(slice_starts(s, none));
	CU_ASSERT_TRUE(slice_starts(none, none));
	CU_ASSERT_FALSE(slice_starts(s, slice_str("smdp.example.com")));
	CU_ASSERT_FALSE(slice_starts(s, slice_str("smdp-")));
	d = slice_dup(slice_sub(s, 0, 4));
	CU_ASSERT_STRING_EQUAL(d, "smdp");
	free(d);
	d = slice_dup(none);
	CU_ASSERT_STRING_EQUAL(d, "");
	free(d);
}

/* A difference in any one bit is seen, wherever it is. */
void
slices_compare_in_constant_time(void)
{
	uint8_t	 a[33], b[33];
	size_t	 bit;

	memset(a, 0x5a, sizeof(a));
	for (bit = 0; bit < 8 * sizeof(a); bit++) {
		memcpy(b, a, sizeof(a));
		b[bit / 8] = (uint8_t)(b[bit / 8] ^ 1 << bit % 8);
		CU_ASSERT_FALSE(slice_eq_ct(slice_of(a, 33),
		    slice_of(b, 33)));
	}
	CU_ASSERT_TRUE(slice_eq_ct(slice_of(a, 33), slice_of(a, 33)));
	CU_ASSERT_FALSE(slice_eq_ct(slice_of(a, 32), slice_of(a, 33)));
	CU_ASSERT_TRUE(slice_eq_ct(slice_str(NULL), slice_str("")));
}

void
buf_grows_and_keeps(void)
{
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < 5000; i++)
		buf_add_u8(&b, (uint8_t)(i * 7));
	CU_ASSERT_EQUAL_FATAL(b.len, 5000);
	for (i = 0; i < 5000; i++)
		if (b.p[i] != (uint8_t)(i * 7))
			break;
	CU_ASSERT_EQUAL(i, 5000);
	buf_free(&b);
	CU_ASSERT_PTR_NULL(b.p);
	CU_ASSERT_EQUAL(b.len, 0);
	CU_ASSERT_EQUAL(b.cap, 0);
	buf_free(&b);
}

void
buf_appends_in_every_way(void)
{
	struct buf	 b = {0};

	buf_add(&b, NULL, 0);
	CU_ASSERT_EQUAL(b.len, 0);
	buf_add_str(&b, "1$");
	buf_add_slice(&b, slice_str("host"));
	buf_addf(&b, ":%u$%s", 8443U, "TOKEN");
	memcpy(buf_grow(&b, 2), "$$", 2);
	unit_same("text", buf_slice(&b), slice_str("1$host:8443$TOKEN$$"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "1$host:8443$TOKEN$$");
	CU_ASSERT_EQUAL(b.len, 19);
	buf_set(&b, slice_str("new"));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "new");
	buf_set(&b, slice_str(NULL));
	CU_ASSERT_STRING_EQUAL(buf_cstr(&b), "");
	buf_free(&b);
}

void
buf_reserve_does_not_move(void)
{
	struct buf	 b = {0};
	uint8_t		*p;
	size_t		 i;

	buf_add_str(&b, "x");
	buf_reserve(&b, 1000);
	p = b.p;
	for (i = 0; i < 1000; i++)
		buf_add_u8(&b, 0);
	CU_ASSERT_PTR_EQUAL(b.p, p);
	CU_ASSERT_EQUAL(b.p[0], 'x');
	buf_free(&b);
}

void
buf_cut_wipes_the_rest(void)
{
	struct buf	 b = {0};
	size_t		 i;

	buf_add_str(&b, "keep-secret");
	buf_cut(&b, 4);
	unit_same("kept", buf_slice(&b), slice_str("keep"));
	for (i = 4; i < 11; i++)
		CU_ASSERT_EQUAL(b.p[i], 0);
	buf_cut(&b, 100);
	CU_ASSERT_EQUAL(b.len, 4);
	buf_free(&b);
	buf_cut(&b, 0);
	CU_ASSERT_EQUAL(b.len, 0);
}

void
memory_helpers(void)
{
	char	 secret[] = "secret", *s;
	size_t	 i;

	mem_wipe(secret, sizeof(secret));
	for (i = 0; i < sizeof(secret); i++)
		CU_ASSERT_EQUAL(secret[i], 0);
	mem_wipe(NULL, 10);
	free(xmalloc(0));
	s = xcalloc(3, 2);
	for (i = 0; i < 6; i++)
		CU_ASSERT_EQUAL(s[i], 0);
	free(s);
	s = xstrdup("copy");
	CU_ASSERT_STRING_EQUAL(s, "copy");
	free(s);
}

void
reasons_are_bounded(void)
{
	struct why	 w;
	char		 big[400];

	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	CU_ASSERT_EQUAL(why_set(&w, DPE_RANGE, "%d of %d", 3, 2), DPE_RANGE);
	CU_ASSERT_STRING_EQUAL(w.text, "3 of 2");
	why_prefix(&w, "%s:%d", "file", 7);
	CU_ASSERT_STRING_EQUAL(w.text, "file:7: 3 of 2");
	CU_ASSERT_EQUAL(why_set(NULL, DPE_IO, "%s", big), DPE_IO);
	why_prefix(NULL, "x");
	CU_ASSERT_EQUAL(why_set(&w, 5, "%s", big), 5);
	CU_ASSERT_EQUAL(strlen(w.text), sizeof(w.text) - 1);
	why_prefix(&w, "front");
	CU_ASSERT_EQUAL(strncmp(w.text, "front: xxx", 10), 0);
	CU_ASSERT_TRUE(strlen(w.text) < sizeof(w.text));
	why_prefix(&w, "%s", big);
	CU_ASSERT_TRUE(strlen(w.text) < sizeof(w.text));
}

/* Each fault has words of its own. */
void
errors_have_words(void)
{
	int	 a, b;

	CU_ASSERT_STRING_EQUAL(err_text(0), "done");
	CU_ASSERT_STRING_EQUAL(err_text(12), "refused");
	CU_ASSERT_STRING_EQUAL(err_text(-1), "unknown error");
	for (a = DPE_SYNTAX; a <= DPE_INTERNAL; a++) {
		CU_ASSERT_STRING_NOT_EQUAL(err_text(a), err_text(-1));
		for (b = a + 1; b <= DPE_INTERNAL; b++)
			CU_ASSERT_STRING_NOT_EQUAL(err_text(a), err_text(b));
	}
	CU_ASSERT_EQUAL(told(DPE_NOTFOUND, DPE_NOTFOUND, 3), 3);
	CU_ASSERT_EQUAL(told(DPE_DB, DPE_NOTFOUND, 3), DPE_DB);
	CU_ASSERT_EQUAL(told(0, DPE_NOTFOUND, 3), 0);
}
