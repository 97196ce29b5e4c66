/* SPDX-License-Identifier: Apache-2.0 */
/* What a store says of orders and profiles, as text. */
#ifndef TESTS_CONFORMANCE_DUMP_H
#define TESTS_CONFORMANCE_DUMP_H

#include "tests/conformance/bench.h"

/*
 * Every order and profile with what can change in it, and how many verified
 * notifications and how many audit rows about them there are.  own: so many
 * download attempts were the caller's.
 */
void	bench_dump(struct bench *b, int64_t own, struct buf *out);

#endif
