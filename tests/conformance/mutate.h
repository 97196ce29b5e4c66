/* SPDX-License-Identifier: Apache-2.0 */
/* One body made into another: octets, TLVs, members of JSON. */
#ifndef TESTS_CONFORMANCE_MUTATE_H
#define TESTS_CONFORMANCE_MUTATE_H

#include <stdint.h>

#include "base/buf.h"

/* A generator of numbers that are the same in every run. */
struct dice {
	uint64_t	state;
};

uint32_t	dice_below(struct dice *d, uint32_t n);	/* n > 0 */

/* A changed copy of a DER body. */
void	mutate_der(struct dice *d, struct slice in, struct buf *out);
/* A changed copy of a JSON body with DER in base64 inside. */
void	mutate_json(struct dice *d, struct slice in, struct buf *out);

#endif
