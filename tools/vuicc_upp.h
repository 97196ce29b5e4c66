/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a card looks at in an unprotected profile package before it believes
 * it: the ProfileElements in a row, and the numbers that must agree with the
 * metadata (SGP.22 5.5.5; spec 06, 1 and 6a).
 */
#ifndef TOOLS_VUICC_UPP_H
#define TOOLS_VUICC_UPP_H

#include "asn1/rsp.h"

/*
 * iccid: the 10 octets of the metadata.  DPE_SYNTAX: no such package (error
 * 12); DPE_RANGE: EF.ICCID is another (error 13).
 */
MUST_CHECK int	vuicc_upp_check(struct slice upp, struct slice iccid,
		    struct why *why);
/*
 * Where there is a profile owner, its network and group identifiers must be
 * those of the USIM.  DPE_RANGE (error 13).
 */
MUST_CHECK int	vuicc_upp_owner(struct slice upp,
		    const struct store_metadata *m, struct why *why);
/*
 * For class test: a key that a test profile may have; all that the standard
 * lets a card accept is accepted.  DPE_RANGE (error 14).
 */
MUST_CHECK int	vuicc_upp_test(struct slice upp, struct why *why);

#endif
