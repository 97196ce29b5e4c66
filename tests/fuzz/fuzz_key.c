/* SPDX-License-Identifier: Apache-2.0 */
/* Private keys, as they lie in files. */
#include "certs/internal.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct privkey	*k;
	uint8_t		 point[POINT_LEN];
	int		 r = privkey_from_text(slice_of(p, n), &k);

	fuzz_must((r == 0) == (k != NULL));
	if (r == 0) {
		privkey_point(k, point);
		fuzz_must(point[0] == 4);
		fuzz_must(privkey_curve(k) == CURVE_P256 ||
		    privkey_curve(k) == CURVE_BP256);
	} else
		fuzz_must(r == DPE_SYNTAX || r == DPE_UNSUPPORTED ||
		    r == DPE_CRYPTO);
	privkey_free(k);
	return 0;
}
