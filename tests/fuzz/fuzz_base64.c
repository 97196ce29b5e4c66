/* SPDX-License-Identifier: Apache-2.0 */
/* Strict base64 has one text for every value. */
#include "base/base64.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct buf	 bytes = {0}, text = {0}, back = {0};

	if (base64_decode(slice_of(p, n), &bytes) == 0) {
		base64_add(&text, buf_slice(&bytes));
		fuzz_must(slice_eq(buf_slice(&text), slice_of(p, n)));
	} else
		fuzz_must(bytes.len == 0);
	buf_cut(&text, 0);
	base64_add(&text, slice_of(p, n));
	fuzz_must(base64_decode(buf_slice(&text), &back) == 0);
	fuzz_must(slice_eq(buf_slice(&back), slice_of(p, n)));
	buf_free(&bytes);
	buf_free(&text);
	buf_free(&back);
	return 0;
}
