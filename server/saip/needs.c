/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/saip.h"

#include <string.h>

#include "base/der.h"
#include "server/saip/walk.h"

#define SERVICES	32	/* members of one octet of tag that we follow */

static int
needs_version(struct slice header, uint32_t tag, unsigned *out)
{
	struct der	 d;
	uint64_t	 v;

	if (der_find(header, tag, &d) != 0 || der_uint(d.value, &v) != 0 ||
	    v > 255)
		return DPE_SYNTAX;
	*out = (unsigned)v;
	return 0;
}

/* A SEQUENCE of NULLs, each with its number as tag. */
static int
needs_services(struct slice header, uint32_t *out)
{
	struct der	 list, d;
	int		 r;

	if ((r = der_find(header, 0xa5, &list)) != 0)
		return r == DPE_NOTFOUND ? 0 : r;
	while (list.value.len > 0) {
		if (der_next(&list.value, &d) != 0)
			return DPE_SYNTAX;
		if (d.tag >= 0x80 && d.tag < 0x80 + SERVICES - 1)
			*out |= UINT32_C(1) << (d.tag - 0x80);
	}
	return 0;
}

int
saip_needs(struct slice upp, struct saip_needs *out)
{
	struct der	 d;

	memset(out, 0, sizeof(*out));
	if (der_expect(&upp, PE_HEADER, &d) != 0 ||
	    needs_version(d.value, 0x80, &out->major) != 0 ||
	    needs_version(d.value, 0x81, &out->minor) != 0 ||
	    needs_services(d.value, &out->services) != 0) {
		memset(out, 0, sizeof(*out));
		return DPE_SYNTAX;
	}
	return 0;
}
