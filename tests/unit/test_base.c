/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_base.h"

int
main(void)
{
#define BASE_ENTRY(fn)	UNIT_CASE(fn),
	static const struct unit_case cases[] = { BASE_CASES(BASE_ENTRY) };

	return unit_main("base", cases, NELEM(cases));
}
