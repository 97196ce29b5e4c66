/* SPDX-License-Identifier: Apache-2.0 */
/* A code that is read is written so that it reads as the same. */
#include <string.h>

#include "base/actcode.h"
#include "tests/fuzz/fuzz.h"

/* A last delimiter only where an empty MatchingID needs it. */
static void
fuzz_trailing(const char *code)
{
	size_t	 n = strlen(code), i, delimiters = 0;

	for (i = 0; i < n; i++)
		delimiters += code[i] == '$';
	fuzz_must(n > 0 && (code[n - 1] != '$' || delimiters == 2));
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	char		*text = slice_dup(slice_of(p, n));
	struct actcode	 a, b;
	struct buf	 out = {0};

	memset(&a, 0, sizeof(a));
	memset(&b, 0, sizeof(b));
	if (actcode_parse(text, &a, NULL) == 0) {
		actcode_format(&a, &out);
		fuzz_trailing(buf_cstr(&out));
		fuzz_must(actcode_parse(buf_cstr(&out), &b, NULL) == 0);
		fuzz_must(strcmp(a.address, b.address) == 0);
		fuzz_must(strcmp(a.matching_id, b.matching_id) == 0);
		fuzz_must(strcmp(a.oid, b.oid) == 0);
		fuzz_must(a.cc_required == b.cc_required);
	}
	free(text);
	buf_free(&out);
	return 0;
}
