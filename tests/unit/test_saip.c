/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/unit.h"

#include <string.h>

#include "tests/unit/test_saip.h"

int
main(void)
{
	struct unit_case all[64];
	size_t		 n = 0;

	memcpy(all + n, test_saip_check_cases,
	    test_saip_check_n * sizeof(all[0]));
	n += test_saip_check_n;
	return unit_main("saip", all, n);
}
