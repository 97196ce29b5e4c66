/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of rows.  Its first byte is the separator.  Rows are bounded, fields
 * end in a NUL, and reading one again from where it begins gives the same.
 */
#include <string.h>

#include "base/csv.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct csv	 c, again;
	struct slice	 text = slice_of(p, n);
	size_t		 at, i;
	int		 r;

	if (n == 0)
		return 0;
	csv_begin(&c, slice_sub(text, 1, n), (char)p[0]);
	for (;;) {
		at = c.at;
		if ((r = csv_next(&c, NULL)) == DPE_NOTFOUND)
			break;
		fuzz_must(c.at > at && c.at <= c.text.len);
		fuzz_must(c.bytes.len <= 2 * LIM_CSV_ROW + n);
		fuzz_must(c.n <= LIM_CSV_FIELDS);
		if (r != 0)
			continue;
		memset(&again, 0, sizeof(again));
		again.text = c.text;	/* without the mark before it */
		again.separator = c.separator;
		again.at = at;
		fuzz_must(csv_next(&again, NULL) == 0 && again.n == c.n);
		for (i = 0; i < c.n; i++)
			fuzz_must(strcmp(c.field[i], again.field[i]) == 0);
		csv_end(&again);
	}
	csv_end(&c);
	return 0;
}
