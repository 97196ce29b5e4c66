/* SPDX-License-Identifier: Apache-2.0 */
/* EuiccMemoryReset and GetEID, SGP.22 5.7.19 and 5.7.20. */
#include <stdlib.h>

#include "base/der.h"
#include "tools/vuicc_es10.h"

#define RESET_OPERATIONAL	1	/* the bits of resetOptions */
#define RESET_TEST		2
#define RESET_ADDRESS		4
#define CLASS_TEST		0
#define CLASS_OPERATIONAL	2
#define EVENT_DELETE		8
#define NOTHING			1
#define UNDEFINED		127

/* Deleted whatever its state and its policy rules (5.7.19). */
static int
reset_profiles(struct vuicc_es10 *e, unsigned options, bool *any)
{
	struct vuicc_state	*st = e->card->state;
	struct vuicc_profile	*p;
	size_t			 i = 0;
	int			 r;

	while (i < st->n_profile) {
		p = &st->profile[i];
		if ((p->profile_class != CLASS_OPERATIONAL ||
		    (options & RESET_OPERATIONAL) == 0) &&
		    (p->profile_class != CLASS_TEST ||
		    (options & RESET_TEST) == 0)) {
			i++;
			continue;
		}
		if ((r = vuicc_card_notify(e->card, p, EVENT_DELETE,
		    &e->why)) != 0)
			return r;
		vuicc_state_profile_del(st, p);
		*any = true;
	}
	return 0;
}

unsigned
es10c_reset(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_state	*st = e->card->state;
	struct der		 d;
	unsigned		 options, n = NOTHING;
	bool			 any = false;

	if (der_whole(in, 0x82, &d) != 0 || es10_bits(d.value, &options) != 0)
		return SW_DATA;
	if (reset_profiles(e, options, &any) != 0)
		n = UNDEFINED;
	else if ((options & RESET_ADDRESS) != 0 && st->default_dp != NULL) {
		free(st->default_dp);
		st->default_dp = NULL;
		st->dirty = any = true;
	}
	if (any && n != UNDEFINED)
		n = 0;
	es10_result(out, 0xBF34, n);
	return SW_OK;
}

/* GetEuiccData: 5C with the one tag that there is. */
unsigned
es10c_eid(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct der	 d;
	size_t		 at = out->len;

	if (der_whole(in, 0x5C, &d) != 0 || d.value.len != 1 ||
	    d.value.p[0] != 0x5A)
		return SW_DATA;
	der_add(out, 0x5A, slice_of(e->card->eid_bcd, 16));
	der_wrap(out, at, 0xBF3E);
	return SW_OK;
}
