/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One message of asn1/, named by FUZZ_MSG.  What is decoded and can be encoded
 * must be read again, and be encoded to the same octets.
 */
#include "asn1/es9.h"
#include "tests/fuzz/fuzz.h"

#define JOIN2(a, b)	a##b
#define JOIN(a, b)	JOIN2(a, b)
#define DECODE		JOIN(FUZZ_MSG, _decode)
#define ENCODE		JOIN(FUZZ_MSG, _encode)

static void
fuzz_again(const struct buf *first)
{
	struct FUZZ_MSG	 x;
	struct buf	 second = {0};

	fuzz_must(DECODE(buf_slice(first), &x) == 0);
	fuzz_must(ENCODE(&x, &second) == 0);
	fuzz_must(slice_eq(buf_slice(first), buf_slice(&second)));
	msg_free(&x.msg);
	buf_free(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct FUZZ_MSG	 x;
	struct buf	 first = {0};

	if (DECODE(slice_of(p, n), &x) == 0 && ENCODE(&x, &first) == 0)
		fuzz_again(&first);
	msg_free(&x.msg);
	buf_free(&first);
	return 0;
}
