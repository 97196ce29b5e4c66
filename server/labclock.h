/* SPDX-License-Identifier: Apache-2.0 */
/* The server's clock: the system's, plus what a lab has moved it by. */
#ifndef SERVER_LABCLOCK_H
#define SERVER_LABCLOCK_H

#include <stdatomic.h>

#include "base/seam.h"

/* Seconds that are added; 0 outside of labs. */
extern _Atomic int64_t		labclock_offset;
extern const struct clock	labclock;

#endif
