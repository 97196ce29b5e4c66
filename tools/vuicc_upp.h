/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a card looks at in an unprotected profile package before it believes
 * it: the ProfileElements in a row, and the numbers that must agree with the
 * metadata (SGP.22 5.5.5; spec 06, 1 and 6a).
 */
#ifndef TOOLS_VUICC_UPP_H
#define TOOLS_VUICC_UPP_H

#include "base/buf.h"

/*
 * iccid: the 10 octets of the metadata; owner: its mccMnc, 3 octets or empty.
 * DPE_SYNTAX: no such package (error 12); DPE_RANGE: a number does not agree
 * with the metadata (error 13).
 */
MUST_CHECK int	vuicc_upp_check(struct slice upp, struct slice iccid,
		    struct slice owner, struct why *why);

#endif
