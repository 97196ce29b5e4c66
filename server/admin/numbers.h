/* SPDX-License-Identifier: Apache-2.0 */
/* Ranges of ICCIDs and IMSIs for profiles that are generated. */
#ifndef SERVER_ADMIN_NUMBERS_H
#define SERVER_ADMIN_NUMBERS_H

#include "base/ident.h"
#include "server/admin/admin.h"

struct numbers {
	const char	*iccid, *imsi;	/* as asked for; NULL: choose */
	const char	*plmn;		/* "MCC-MNC" */
	uint64_t	 n;		/* how many follow */
	char		 first_iccid[ICCID_TEXT], first_imsi[IMSI_TEXT];
	char		 last_iccid[ICCID_TEXT];	/* check digit: 9 */
	char		 last_imsi[IMSI_TEXT];
};

/*
 * The first numbers, as they were asked for or chosen, when there is room for
 * n of them.  DPE_USAGE, DPE_EXISTS, with the reason.
 */
MUST_CHECK int	admin_numbers(struct admin_call *call, struct numbers *w);

#endif
