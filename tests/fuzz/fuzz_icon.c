/* SPDX-License-Identifier: Apache-2.0 */
/* The check of an icon. */
#include <string.h>

#include "server/admin/type_words.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static const uint8_t	 size[] = { 0, 64, 0, 64 };

	switch (icon_kind(slice_of(p, n))) {
	case -1:
		break;
	case 0:
		fuzz_must(n >= 11 && p[0] == 0xff &&
		    memmem(p, n, size, sizeof(size)) != NULL);
		break;
	case 1:
		fuzz_must(n >= 24 && p[0] == 0x89);
		break;
	default:
		fuzz_must(false);
	}
	return 0;
}
