/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/refusal.h"

#include <stdio.h>
#include <string.h>

#include "base/hex.h"

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

void
about_text(struct about *a, struct slice text)
{
	size_t	 i;

	a->text[0] = '\0';
	if (text.len > ABOUT_MAX)
		return;
	for (i = 0; i < text.len; i++)
		if (text.p[i] < 0x20 || text.p[i] > 0x7e)
			return;
	if (text.len > 0)
		memcpy(a->text, text.p, text.len);
	a->text[text.len] = '\0';
}

void
about_hex(struct about *a, struct slice octets)
{
	a->text[0] = '\0';
	if (octets.len <= ABOUT_MAX / 2)
		hex_put(a->text, octets);
}

void
about_version(struct about *a, const uint8_t v[3])
{
	snprintf(a->text, sizeof(a->text), "%u.%u.%u", v[0], v[1], v[2]);
}
