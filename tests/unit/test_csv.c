/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of text: RFC 4180 and what others write, and what nobody should. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "tests/unit/test_base.h"

/* All rows as "a|b|c\n"; "!\n" for one that is refused. */
static void
expect(const char *text, size_t len, char separator, const char *want)
{
	struct csv	 c;
	struct why	 why;
	struct buf	 got = { 0 };
	size_t		 i;
	int		 r, rows = 0;

	csv_begin(&c, slice_of(text, len), separator);
	while ((r = csv_next(&c, &why)) != DPE_NOTFOUND && ++rows < 1000) {
		for (i = 0; r == 0 && i < c.n; i++)
			buf_addf(&got, "%s%s", i > 0 ? "|" : "", c.field[i]);
		buf_add_str(&got, r == 0 ? "\n" : "!\n");
	}
	CU_ASSERT_STRING_EQUAL(buf_cstr(&got), want);
	buf_free(&got);
	csv_end(&c);
}

#define EXPECT(text, want)	expect(text, sizeof(text) - 1, 0, want)

void
csv_rows(void)
{
	EXPECT("", "");
	EXPECT("\n\r\n  \n", "");
	EXPECT("a,b\n1,2", "a|b\n1|2\n");
	EXPECT("a,b\r\n1,2\r\n", "a|b\n1|2\n");
	EXPECT("\xef\xbb\xbf" "a,b\r1,\r", "a|b\n1|\n");
	EXPECT(" a , b c \n,\n", "a|b c\n|\n");
	EXPECT("a;b\n1,5;2\n", "a|b\n1,5|2\n");
	EXPECT("a\tb\n1\t 2\n", "a|b\n1|2\n");
	EXPECT("one\n\ntwo\n", "one\ntwo\n");
	expect("a  b\tc\n 1 2 \n", 13, ' ', "a|b|c\n1|2\n");
}

void
csv_quotes(void)
{
	EXPECT("\"a,b\",\"c\"\"d\"\n", "a,b|c\"d\n");
	EXPECT("\"a\nb\" , x\n1\n", "a\nb|x\n1\n");
	EXPECT("\" a \",\"\"\n", " a |\n");
	EXPECT("a\"b,c\nd,e\n", "!\nd|e\n");
	EXPECT("\"a\"b,c\nd,e\n", "!\nd|e\n");
	EXPECT("x\n\"a,b\nc", "x\n!\n");
	expect("a\0b,c\nd\n", 8, 0, "!\nd\n");
	expect("\"a\0b\"\nd\n", 8, 0, "!\n");
}

/* Nothing grows without a bound, and what follows is still read. */
void
csv_bounds(void)
{
	struct csv	 c;
	struct buf	 text = { 0 };
	size_t		 i;

	for (i = 0; i < LIM_CSV_FIELDS; i++)
		buf_add_str(&text, "1,");
	buf_add_str(&text, "1\nnext\n\"");
	for (i = 0; i < 3 * LIM_CSV_ROW; i++)
		buf_add_str(&text, "\"\"");
	buf_add_str(&text, "\"\n");
	for (i = 0; i <= LIM_CSV_ROW; i++)
		buf_add_str(&text, "x");
	buf_add_str(&text, "\nlast,1");
	csv_begin(&c, buf_slice(&text), ',');
	CU_ASSERT_EQUAL(csv_next(&c, NULL), DPE_RANGE);
	CU_ASSERT_EQUAL(csv_next(&c, NULL), 0);
	CU_ASSERT_STRING_EQUAL(c.field[0], "next");
	CU_ASSERT_EQUAL(c.row, 2);
	CU_ASSERT_EQUAL(csv_next(&c, NULL), DPE_RANGE);
	CU_ASSERT(c.bytes.len < 2 * LIM_CSV_ROW);
	CU_ASSERT_EQUAL(csv_next(&c, NULL), DPE_RANGE);
	CU_ASSERT_EQUAL(csv_next(&c, NULL), 0);
	CU_ASSERT_EQUAL(c.n, 2);
	CU_ASSERT_EQUAL(c.row, 5);
	CU_ASSERT_EQUAL(csv_next(&c, NULL), DPE_NOTFOUND);
	csv_end(&c);
	buf_free(&text);
}
