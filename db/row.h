/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the query layer: what a row is. */
#ifndef DB_ROW_H
#define DB_ROW_H

#include "db/db.h"

struct row {
	const char	*name;		/* of the statement, for the log */
	struct value	 v[DRIVER_COLUMNS];
	int		 n;
	int		 r;		/* of the first bad column */
	struct buf	 copy;		/* bytes of a row that was kept */
};

/* A copy that outlives the statement's next step. */
struct row	*row_keep(const struct row *row);

#endif
