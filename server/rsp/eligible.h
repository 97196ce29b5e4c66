/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_ELIGIBLE_H
#define SERVER_RSP_ELIGIBLE_H

#include "asn1/rsp.h"
#include "db/store_profile.h"

/*
 * The eligibility check (SGP.22 3.1.3 step 3, 5.7.8 and Annex F; spec 02,
 * 4.2): only facts that would surely break the installation refuse, and what
 * makes no sense is no fact.  0, or REFUSE_INELIGIBLE or REFUSE_MEMORY with
 * the reason in words.
 */
MUST_CHECK int	eligible_check(const struct euicc_info2 *info,
		    const struct ptype *t, const struct body_needs *needs,
		    struct why *why);
/* Free non-volatile memory in octets out of extCardResource; -1: unknown. */
int64_t		eligible_free_nvm(const struct euicc_info2 *info);

#endif
