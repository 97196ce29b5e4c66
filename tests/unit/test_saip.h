/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of unit_saip share. */
#ifndef TESTS_UNIT_TEST_SAIP_H
#define TESTS_UNIT_TEST_SAIP_H

#include "base/buf.h"
#include "server/saip/saip.h"

/*
 * A package as small as the rules allow, by hand: header, mf, usim, end.
 * The identifications are 1, 2, 3.
 */
void	test_saip_small(struct buf *out);

/* Case tables of each file. */
extern const struct unit_case	test_saip_check_cases[];
extern const size_t		test_saip_check_n;

#endif
