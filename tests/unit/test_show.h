/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of unit_show share: case tables of each file. */
#ifndef TESTS_UNIT_TEST_SHOW_H
#define TESTS_UNIT_TEST_SHOW_H

#include "tests/unit/unit.h"

extern const struct unit_case	test_show_ef_cases[];
extern const size_t		test_show_ef_n;
extern const struct unit_case	test_show_pe_cases[];
extern const size_t		test_show_pe_n;
extern const struct unit_case	test_show_files_cases[];
extern const size_t		test_show_files_n;

#endif
