/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The orders of an eIM: lines of EID,CODE.  CODE is an activation code, or the
 * address of an SM-DP+ that has a profile for this EID, or empty: then the
 * card's notifications are sent and nothing else.
 */
#ifndef TOOLS_VUICC_RELAY_ORDERS_H
#define TOOLS_VUICC_RELAY_ORDERS_H

#include "base/actcode.h"
#include "base/ident.h"

#define RELAY_ORDERS_MAX	20000	/* lines */
#define RELAY_ORDERS_FILE	(8 * 1024 * 1024)

struct relay_order {
	char		 eid[EID_TEXT];
	bool		 download;	/* CODE is not empty */
	bool		 no_mid;	/* CODE is an address */
	struct actcode	 code;
};

struct relay_orders {
	struct relay_order	*order;
	size_t			 n;
};

/*
 * Read the whole text.  A `#' begins a comment line; empty lines, CR LF, blanks
 * and quotes around a field, and a first line that names the fields are
 * tolerated.  DPE_SYNTAX, DPE_RANGE, DPE_EXISTS (an EID twice); why names the
 * line.  Free in any case.
 */
MUST_CHECK int	relay_orders_read(struct slice text,
		    struct relay_orders *out, struct why *why);
void		relay_orders_free(struct relay_orders *o);

#endif
