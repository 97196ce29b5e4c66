/* SPDX-License-Identifier: Apache-2.0 */
#include "server/labclock.h"

_Atomic int64_t	labclock_offset;

static int64_t
labclock_now(void *arg)
{
	_Atomic int64_t	*offset = arg;

	return clock_now(&clock_system) + atomic_load(offset);
}

const struct clock	labclock = { labclock_now, &labclock_offset };
