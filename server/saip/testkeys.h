/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Subscriptions that are for tests alone, and that anyone knows: the generic
 * test profile of GSMA TS.48 and its like.  What of them a card takes as a
 * test profile: SGP.22 2.4.5.3; spec 06, section 5.
 */
#ifndef SERVER_SAIP_TESTKEYS_H
#define SERVER_SAIP_TESTKEYS_H

#include "server/saip/saip.h"

/* As much of a subscription as is known; else NULL, 0, an empty slice. */
struct saip_keys {
	const char	*iccid, *imsi;
	unsigned	 algorithm;	/* algorithmID: 1 Milenage 2 TUAK 3 XOR */
	struct slice	 k, opc;
};

/*
 * What shows that this is a test subscription, in words that can follow a
 * colon; NULL: nothing does.  Such a one may be of class test alone.
 */
const char	*saip_test_keys(const struct saip_keys *s);

/* Cards that accept it in a profile of class test. */
enum saip_cards { SAIP_CARDS_ALL, SAIP_CARDS_SOME, SAIP_CARDS_NONE };
enum saip_cards	 saip_test_cards(const struct saip_keys *s);
/* Make K of a values record one that all accept: its lowest 32 bits stay. */
MUST_CHECK int	 saip_test_k(struct buf *values);

/*
 * The same of all authentication parameters of a package that saip_check()
 * has accepted: the first of *known that is one, the fewest of *cards.
 */
void		 saip_test_package(struct slice upp,
		    const struct saip_info *info, const char **known,
		    enum saip_cards *cards);

#endif
