/* SPDX-License-Identifier: Apache-2.0 */
/* Packages that were damaged, in every octet. */
#include <stdio.h>
#include <stdlib.h>

#include "base/der.h"
#include "server/saip/lint.h"
#include "server/saip/saip.h"
#include "tests/unit/test_lint.h"

/* From one value of an octet to the next that is tried, unless all are. */
#define STEP	17
/*
 * Values of a tag or a length that make another package which reads as well
 * (each is printed): C1 as C2 or 86, another pattern or size; A1 as 83,
 * contents in the place of an Fcp; BF3A as BF49 or BF4F, members whose
 * templates give no identifier; and two lengths that take in what follows.
 */
#define AS_GOOD	7

/* Which octets are structure: those of tags and lengths, at every depth. */
static void
mark_structure(struct slice in, const uint8_t *upp, bool *mark)
{
	struct der	 d;
	size_t		 at;

	while (in.len > 0) {
		if (der_next(&in, &d) != 0)
			return;
		for (at = (size_t)(d.raw.p - upp); upp + at < d.value.p; at++)
			mark[at] = true;
		if ((d.raw.p[0] & 0x20) != 0)
			mark_structure(d.value, upp, mark);
	}
}

/* Refused by import's first look, or an error or warning of the linter. */
static bool
flagged(struct slice upp)
{
	struct saip_info info;
	struct lint	 l;
	bool		 r;

	saip_lint(upp, &l);
	r = l.count[LINT_ERROR] + l.count[LINT_WARNING] +
	    l.count[LINT_NOTE] > 0;
	lint_free(&l);
	return r || saip_check(upp, &info, NULL) != 0;
}

/*
 * Any octet changed to another value.  A changed octet of structure - of a tag
 * or of a length, in the package, its elements, their members, Fcp - must be
 * refused or told.  One of a value may stand for another value that is as good
 * (a key, a name); then an answer is enough.
 */
void
lint_broken_bytes(void)
{
	bool		*mark;
	struct buf	 upp = {0}, map = {0}, copy = {0};
	size_t		 i, missed = 0, all = 0, structure = 0;
	unsigned	 step = getenv("SMDP_LONG") != NULL ? 1 : STEP, v;

	lint_package(&upp, &map);
	CU_ASSERT_FALSE_FATAL(flagged(buf_slice(&upp)));
	mark = xcalloc(upp.len, sizeof(*mark));
	mark_structure(buf_slice(&upp), upp.p, mark);
	for (i = 0; i < upp.len; i++)
		for (v = 1; v < 256; v += step) {
			buf_set(&copy, buf_slice(&upp));
			copy.p[i] ^= (uint8_t)v;
			all++;
			structure += mark[i];
			if (!flagged(buf_slice(&copy)) && mark[i]) {
				missed++;
				printf("# octet %zu, %02X to %02X\n", i,
				    upp.p[i], copy.p[i]);
			}
		}
	/* Of all values; of the reduced count none is among them. */
	CU_ASSERT(missed <= (step == 1 ? AS_GOOD : 0));
	printf("# figure %zu packages with one octet changed, %zu of them in "
	    "a tag or length: %zu not told\n", all, structure, missed);
	free(mark);
	buf_free(&copy);
	buf_free(&upp);
	buf_free(&map);
}
