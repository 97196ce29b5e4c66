/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of unit_saip share. */
#ifndef TESTS_UNIT_TEST_SAIP_H
#define TESTS_UNIT_TEST_SAIP_H

#include "base/der.h"
#include "server/saip/saip.h"
#include "tests/unit/unit.h"

/* The consumer template for the network 001-01, and its map. */
void	test_saip_consumer(struct buf *upp, struct buf *map);
/*
 * The TLV at a path of hex tags, from the n-th element (from 0) of the first
 * tag: "B3/A3/83".  Fails the case when there is none.
 */
struct der	test_saip_at(struct slice upp, size_t n, const char *path);
/* One key, PIN or PUK entry among those of in: its member `key` is `ref`. */
struct der	test_saip_entry(struct slice in, uint32_t key, unsigned ref);

/* Case tables of each file. */
extern const struct unit_case	test_saip_check_cases[];
extern const size_t		test_saip_check_n;
extern const struct unit_case	test_saip_template_cases[];
extern const size_t		test_saip_template_n;
extern const struct unit_case	test_saip_patch_cases[];
extern const size_t		test_saip_patch_n;
extern const struct unit_case	test_saip_types_cases[];
extern const size_t		test_saip_types_n;
extern const struct unit_case	test_saip_values_cases[];
extern const size_t		test_saip_values_n;
extern const struct unit_case	test_saip_plans_cases[];
extern const size_t		test_saip_plans_n;
extern const struct unit_case	test_saip_describe_cases[];
extern const size_t		test_saip_describe_n;

#endif
