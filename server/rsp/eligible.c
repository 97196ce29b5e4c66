/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/eligible.h"

#include "base/der.h"
#include "server/rsp/refusal.h"

#define RSP_CAP_ADDITIONAL_PROFILE	0	/* bits of rspCapability */

int
eligible_check(const struct euicc_info2 *info, const struct ptype *t)
{
	if (!bits_has(info->rsp_capability, RSP_CAP_ADDITIONAL_PROFILE))
		return REFUSE_INELIGIBLE;
	if (info->has_forbidden_ppr &&
	    (bits_mask(info->forbidden_ppr) & t->ppr) != 0)
		return REFUSE_INELIGIBLE;
	return 0;
}

int64_t
eligible_free_nvm(const struct euicc_info2 *info)
{
	struct der	 d;
	uint64_t	 v = 0;
	size_t		 i;

	if (der_find(info->ext_card_resource, 0x82, &d) != 0 ||
	    d.value.len < 1 || d.value.len > 7)
		return -1;
	for (i = 0; i < d.value.len; i++)
		v = v << 8 | d.value.p[i];
	return (int64_t)v;
}
