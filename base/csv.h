/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rows of text: fields between separators, in double quotes where they hold
 * one, a line end or a quote, which is doubled (RFC 4180).  Or, with a blank as
 * separator, words between any number of blanks and tabs.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buf.h"
#include "base/limits.h"

struct csv {
	struct slice	 text;
	size_t		 at;		/* of the next row */
	unsigned long	 row;		/* of the last one, from 1 */
	char		 separator;
	/* the last row */
	struct buf	 bytes;		/* each field with a NUL behind it */
	const char	*field[LIM_CSV_FIELDS];
	size_t		 n;
};

/*
 * A mark of UTF-8 is passed over.  separator 0: a semicolon or a tab when the
 * first line has one and no comma, else a comma.
 */
void		csv_begin(struct csv *c, struct slice text, char separator);
/*
 * The next row that is not empty; blanks around a field are not part of it
 * unless they are quoted.  DPE_NOTFOUND: no more.  DPE_SYNTAX: quotes, or a
 * NUL; DPE_RANGE: longer than LIM_CSV_ROW, or more fields; then the row is
 * passed over where its end can be told, else everything.
 */
MUST_CHECK int	csv_next(struct csv *c, struct why *why);
void		csv_end(struct csv *c);

#endif
