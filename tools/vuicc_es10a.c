/* SPDX-License-Identifier: Apache-2.0 */
/* ES10a: the addresses that the card holds, SGP.22 5.7.3 and 5.7.4. */
#include <stdlib.h>

#include "base/der.h"
#include "base/limits.h"
#include "tools/vuicc_es10.h"

/* Of no SM-DS at all: the name of nobody (RFC 2606). */
#define ROOT_DS		"sm-ds.example.com"

unsigned
es10a_addresses(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	const char	*dp = e->card->state->default_dp;
	size_t		 at = out->len;

	if (in.len > 0)
		return SW_DATA;
	if (dp != NULL)
		der_add(out, 0x80, slice_str(dp));
	der_add(out, 0x81, slice_str(ROOT_DS));
	der_wrap(out, at, 0xBF3C);
	return SW_OK;
}

/* Letters, digits and what else an FQDN and a port consist of. */
static bool
address_fits(struct slice s)
{
	size_t	 i;

	for (i = 0; i < s.len; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '/')
			return false;
	return s.len <= LIM_HOST;
}

/* An empty address removes it. */
unsigned
es10a_set_default(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_state	*st = e->card->state;
	struct der		 d;

	if (der_whole(in, 0x80, &d) != 0)
		return SW_DATA;
	if (!address_fits(d.value)) {
		es10_result(out, 0xBF3F, 127);
		return SW_OK;
	}
	free(st->default_dp);
	st->default_dp = d.value.len == 0 ? NULL : slice_dup(d.value);
	st->dirty = true;
	es10_result(out, 0xBF3F, 0);
	return SW_OK;
}
