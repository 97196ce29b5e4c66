/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an eUICC compares between a package and the owner in its metadata
 * (SGP.22 5.5.5; spec 06, 6a), found in the USIM of the package.
 */
#ifndef SERVER_SAIP_FIT_H
#define SERVER_SAIP_FIT_H

#include "base/limits.h"
#include "server/saip/saip.h"

struct saip_gid {
	bool		on;		/* UST service 17 or 18 */
	bool		there;		/* EF.GID1 or EF.GID2 */
	uint8_t		octets[LIM_GID];	/* its contents, over FF */
	size_t		len;		/* of the file; 0: too long for us */
};

#define SAIP_USIMS	4	/* that are looked at */

struct saip_usim {
	char		imsi[IMSI_TEXT];	/* or empty */
	struct saip_gid	gid1, gid2;
};

struct saip_fit {
	struct saip_usim usim[SAIP_USIMS];
	size_t		n;
};

/*
 * The USIMs of a package that saip_check() has accepted.  DPE_SYNTAX: an
 * element does not decode.
 */
MUST_CHECK int	saip_fit_read(struct slice upp, struct saip_fit *out,
		    struct why *why);

/* The owner: "MCC-MNC", hex of the group identifiers or "". */
struct saip_owner {
	const char	*plmn, *gid1, *gid2;
};
/*
 * Would an eUICC find that they agree?  An owner without plmn always does, and
 * so does a package without USIM; of several the owner is that of one
 * (2.8.1.2).  An empty IMSI is not compared: it is that of a template.
 * DPE_RANGE and the reason, that of the first.
 */
MUST_CHECK int	saip_fit_check(const struct saip_fit *f,
		    const struct saip_owner *o, struct why *why);

#endif
