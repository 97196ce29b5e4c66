/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One ProfileElement of any bytes.  What is decoded can be encoded, is read
 * again with as many unknown members, and is encoded to the same octets.
 */
#include "asn1/pe.h"
#include "tests/fuzz/fuzz.h"

static void
pe_again(const struct buf *first, size_t unknown)
{
	struct pe	 pe;
	struct buf	 second = {0};

	fuzz_must(pe_decode(buf_slice(first), &pe) == 0);
	fuzz_must(pe.unknown.n == unknown);
	fuzz_must(pe_encode(&pe, &second) == 0);
	fuzz_must(slice_eq(buf_slice(first), buf_slice(&second)));
	pe_free(&pe);
	buf_free(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct pe	 pe;
	struct buf	 first = {0};

	if (pe_decode(slice_of(p, n), &pe) == 0) {
		fuzz_must(pe_encode(&pe, &first) == 0);
		pe_again(&first, pe.unknown.n);
	}
	pe_free(&pe);
	buf_free(&first);
	return 0;
}
