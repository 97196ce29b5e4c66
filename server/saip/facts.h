/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a package says that a network has to know, beside the fields: read by
 * a walk of it, of the first USIM.
 */
#ifndef SERVER_SAIP_FACTS_H
#define SERVER_SAIP_FACTS_H

#include "server/saip/saip.h"

enum saip_algorithm {	/* AlgoParameter.algorithmID (spec 06, 5) */
	SAIP_ALGORITHM_NONE, SAIP_MILENAGE, SAIP_TUAK, SAIP_TEST_ALGORITHM
};

struct saip_facts {
	unsigned	algorithm;	/* of the enum, or unknown to it */
	bool		sqn_zero;	/* the card begins at SQN 0 */
	unsigned	mnc_digits;	/* EF.AD; 2 where it does not say */
};

/* DPE_SYNTAX: no package. */
MUST_CHECK int	saip_facts(struct slice upp, struct saip_facts *out);

#endif
