/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What varies in a package, as people write it down: a JSON object whose
 * members are fields.
 *	{ "imsi": "auto", "k": "akaParameter/A1/A1/82",
 *	  "spn": { "where": "auto", "value": "Example" },
 *	  "msisdn": { "where": "opt-usim/A7/83@-14", "optional": true } }
 */
#ifndef SERVER_SAIP_DESCRIBE_H
#define SERVER_SAIP_DESCRIBE_H

#include "server/saip/saip.h"

#define DESCRIBE_TEXT	65536

struct describe {
	struct saip_want want[SAIP_FIELDS];
	size_t		 n;
	char		*text[SAIP_FIELDS];	/* what want points into */
	struct buf	 value[SAIP_FIELDS];
};

/*
 * ICCID and IMSI are in any description; of an empty text, what is usual and
 * there: keys, codes, class.  DPE_USAGE.
 */
MUST_CHECK int	describe_parse(struct slice json, struct describe *out,
		    struct why *why);
void		describe_free(struct describe *d);

#endif
