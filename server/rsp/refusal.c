/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/refusal.h"

#include "base/err.h"

static const struct refusal refusals[REFUSE_COUNT] = {
#define REFUSAL(index, subject, reason, text)				\
	[index] = { #index, subject, reason, text },
#include "server/rsp/refusal.def"
#undef REFUSAL
};

const struct refusal *
refusal_of(int r)
{
	if (r > REFUSE_NONE && r < REFUSE_COUNT)
		return &refusals[r];
	switch (r) {
	case DPE_SYNTAX:
	case DPE_RANGE:
		return &refusals[REFUSE_INVALID];
	case DPE_MISSING:
		return &refusals[REFUSE_MISSING];
	default:
		return &refusals[REFUSE_EXECUTION];
	}
}
