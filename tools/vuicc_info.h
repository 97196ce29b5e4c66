/* SPDX-License-Identifier: Apache-2.0 */
/* What the card says it is: EUICCInfo2 and DeviceInfo (SGP.22 4.2, 4.3). */
#ifndef TOOLS_VUICC_INFO_H
#define TOOLS_VUICC_INFO_H

#include "tools/vuicc_card.h"

#define VUICC_SVN	"\x02\x02\x02"		/* 2.2.2 */

struct vuicc_info_store {	/* what the slices of the answer lie in */
	uint8_t		rsp, ppr, uicc[4];
	struct buf	resource;
};

/* CIs for both lists, the card's own first; slices into pki and card. */
void	vuicc_info_ci(const struct vuicc_card *card, struct ci_list *verify,
	    struct ci_list *sign);
/*
 * Fill info2, tac and imei of out.  resource of store is to be freed after it
 * was encoded.
 */
void	vuicc_info_fill(const struct vuicc_card *card,
	    struct euicc_signed1 *out, struct vuicc_info_store *store);
/*
 * Append to EUICCInfo2 what SGP.32 adds: ipaMode and iotSpecificInfo.
 * DPE_SYNTAX when this is no EuiccSigned1.
 */
MUST_CHECK int	vuicc_info_iot(struct buf *signed1);

#endif
