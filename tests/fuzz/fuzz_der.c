/* SPDX-License-Identifier: Apache-2.0 */
/* Every TLV that is read is written again to the same octets. */
#include "base/der.h"
#include "base/limits.h"
#include "tests/fuzz/fuzz.h"

static void
fuzz_walk(struct slice in, unsigned depth)
{
	struct buf	 b = {0};
	struct der	 d, found;
	struct slice	 all = in;
	uint64_t	 v;

	while (depth > 0 && der_next(&in, &d) == 0) {
		buf_cut(&b, 0);
		der_add(&b, d.tag, d.value);
		fuzz_must(slice_eq(buf_slice(&b), d.raw));
		fuzz_must(der_head_size(d.tag, d.value.len) + d.value.len ==
		    d.raw.len);
		fuzz_must(der_find(all, d.tag, &found) == 0);
		buf_cut(&b, 0);
		if (der_uint(d.value, &v) == 0) {
			der_add_uint(&b, d.tag, v);
			fuzz_must(slice_eq(buf_slice(&b), d.raw));
		}
		fuzz_walk(d.value, depth - 1);
	}
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	fuzz_walk(slice_of(p, n), LIM_DER_DEPTH);
	return 0;
}
