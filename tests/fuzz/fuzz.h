/* SPDX-License-Identifier: Apache-2.0 */
/* One of these a program; libFuzzer brings main(). */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdlib.h>

#include "base/buf.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

/* What must hold for every input; libFuzzer keeps the one that breaks it. */
static inline void
fuzz_must(bool holds)
{
	if (!holds)
		abort();
}

#endif
