/* SPDX-License-Identifier: Apache-2.0 */
/* The two curves of SGP.22 2.6.7.1 that are built. */
#include "certs/internal.h"

static const struct {
	const char	*name;
	struct slice	 oid;
} curves[CURVE_COUNT] = {
	[CURVE_P256] = { "P-256",
	    { (const uint8_t *)"\x2a\x86\x48\xce\x3d\x03\x01\x07", 8 } },
	[CURVE_BP256] = { "brainpoolP256r1",
	    { (const uint8_t *)"\x2b\x24\x03\x03\x02\x08\x01\x01\x07", 9 } },
};

const char *
curve_name(enum curve c)
{
	return curves[c].name;
}

struct slice
curve_oid(enum curve c)
{
	return curves[c].oid;
}

int
curve_from_oid(struct slice oid, enum curve *out)
{
	int	 i;

	for (i = 0; i < CURVE_COUNT; i++)
		if (slice_eq(curves[i].oid, oid)) {
			*out = (enum curve)i;
			return 0;
		}
	return DPE_UNSUPPORTED;
}
