/* SPDX-License-Identifier: Apache-2.0 */
/* Activation codes, SGP.22 4.1: [LPA:]1$address$matchingId[$oid[$ccFlag]]. */
#ifndef BASE_ACTCODE_H
#define BASE_ACTCODE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/limits.h"

struct actcode {
	char	address[LIM_HOST + 1];
	char	matching_id[LIM_MATCHING_ID + 1];	/* may be empty */
	char	oid[64];		/* dotted, empty when absent */
	bool	cc_required;
};

/* Read the QR or the typed form, tolerant of what the field writes. */
MUST_CHECK int	actcode_parse(const char *text, struct actcode *out,
		    struct why *why);
/*
 * Write the QR form, LPA:1$..., never with a trailing delimiter, because old
 * LPAs take the empty field for a value.
 */
void		actcode_format(const struct actcode *a, struct buf *out);

#endif
