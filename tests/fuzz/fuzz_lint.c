/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The linter on a package of any bytes.  Input as that of fuzz_saip: the length
 * of a map (u16, big-endian), the map, the package.
 */
#include "server/saip/lint.h"
#include "server/saip/saip.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct saip_info info;
	struct slice	 upp;
	struct buf	 text = {0};
	struct lint	 l;
	struct why	 why;
	size_t		 i;

	if (n < 2)
		return 0;
	upp = slice_sub(slice_of(p, n), 2 + ((size_t)p[0] << 8 | p[1]), n);
	saip_lint(upp, &l);
	for (i = 0; i < l.n; i++)
		lint_text(&l.found[i], &text);
	/* What the import refuses is an error here, too. */
	if (saip_check(upp, &info, &why) != 0)
		fuzz_must(l.count[LINT_ERROR] > 0);
	lint_free(&l);
	buf_free(&text);
	return 0;
}
