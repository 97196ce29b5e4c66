/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Being the card behind lpac, an LPA that others wrote, through its stdio
 * backend: one JSON object a line, a request on the LPA's standard output, its
 * answer on its standard input.
 */
#ifndef TOOLS_VUICC_LPAC_H
#define TOOLS_VUICC_LPAC_H

#include <stdio.h>

#include "tools/vuicc_es10.h"

#define LPAC_LINE	(1024 * 1024)	/* octets in one line at most */

enum vuicc_lpac_kind {
	LPAC_ANSWERED,		/* it was for the card; the answer is written */
	LPAC_TOLD,		/* something for the user */
	LPAC_ASKED		/* for the user, who is to answer y or n */
};

/*
 * One line without its newline, whatever it is.  The answer, with newline, is
 * appended when it was for the card.
 */
enum vuicc_lpac_kind	vuicc_lpac_line(struct vuicc_apdu *a,
			    struct slice line, struct buf *answer);

/*
 * Start this command (argv as of execvp) with LPAC_APDU=stdio, and
 * LPAC_HTTP=curl unless it is set; be its card until it ends; pass what it
 * tells to out, and ask `in` for y or n.  0 when it ended with status 0,
 * VUICC_REFUSED when not, DPE_NOTFOUND when there is no such command, DPE_IO,
 * DPE_RANGE; the child is ended in any case.
 */
MUST_CHECK int	vuicc_lpac_run(struct vuicc_card *card, char *const *argv,
		    FILE *in, FILE *out, struct why *why);

#endif
