/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>

#include "base/hex.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf	 bytes = {0}, text = {0};
	uint8_t		 eight[8];
	size_t		 i;

	if (hex_decode(slice_of(p, n), &bytes) == 0) {
		hex_add(&text, buf_slice(&bytes));
		fuzz_must(text.len == n);
		for (i = 0; i < n; i++)
			fuzz_must(text.p[i] == toupper(p[i]));
	} else
		fuzz_must(bytes.len == 0);
	if (hex_get(slice_of(p, n), eight, sizeof(eight)) == 0)
		fuzz_must(n == 2 * sizeof(eight));
	buf_free(&bytes);
	buf_free(&text);
	return 0;
}
