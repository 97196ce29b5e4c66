/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are given with a call, for all profiles that it makes. */
#ifndef SERVER_ADMIN_GIVEN_H
#define SERVER_ADMIN_GIVEN_H

#include "server/saip/saip.h"

#define GIVEN_MAX	16
#define GIVEN_TEXT	2000

struct given {
	struct {
		enum saip_field	 field;
		char		*text;
	}		 at[GIVEN_MAX];
	size_t		 n;
};

/*
 * "FIELD=VALUE,FIELD=VALUE"; NULL is none.  A comma with no FIELD= behind it
 * belongs to the value.  Secrets and identities of the card are not given so:
 * each profile has its own.  DPE_USAGE.
 */
MUST_CHECK int	given_parse(const char *text, struct given *out,
		    struct why *why);
void		given_free(struct given *g);
/*
 * Into the values of the i-th profile, from 0: an IMSI or MSISDN is that of the
 * first one, and counts on.  DPE_RANGE: it cannot.
 */
MUST_CHECK int	given_put(const struct given *g, size_t i,
		    struct buf *values);

#endif
