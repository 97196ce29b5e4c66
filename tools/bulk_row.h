/* SPDX-License-Identifier: Apache-2.0 */
/* One row of a file: its fields in clear. */
#ifndef TOOLS_BULK_ROW_H
#define TOOLS_BULK_ROW_H

#include "tools/bulk_read.h"

struct bulk_value {
	const char	*field;		/* NULL: not of a field */
	const char	*text;
};

struct bulk_row {
	struct bulk_value value[LIM_CSV_FIELDS + 1];
	size_t		 n;
	struct buf	 bytes;		/* what was opened or computed */
};

/*
 * The row that f->csv has just read.  false: something is wrong with it, which
 * is told to b (NULL: nobody).
 */
bool		bulk_row_fill(struct bulk_file *f, struct bulk_row *r,
		    struct bulk_bad *b);
const char	*bulk_row_text(const struct bulk_row *r, const char *field);
void		bulk_row_free(struct bulk_row *r);

#endif
