/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_show.h"

int
main(void)
{
	struct unit_case all[64];
	size_t		 n = 0, i;

	for (i = 0; i < test_show_ef_n; i++)
		all[n++] = test_show_ef_cases[i];
	for (i = 0; i < test_show_pe_n; i++)
		all[n++] = test_show_pe_cases[i];
	for (i = 0; i < test_show_files_n; i++)
		all[n++] = test_show_files_cases[i];
	return unit_main("show", all, n);
}
