/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A file of subscriptions: its rows looked at one by one, with what is wrong
 * with each; then in the order of their ICCIDs.
 */
#ifndef TOOLS_BULK_READ_H
#define TOOLS_BULK_READ_H

#include <stdio.h>

#include "base/ident.h"
#include "tools/bulk_map.h"

#define BULK_K		32

struct bulk_item {
	char		 iccid[ICCID_TEXT];
	char		 imsi[IMSI_TEXT];
	uint8_t		 k[BULK_K];	/* 16 or 32 octets, else zeroes */
	bool		 has_k;
	uint32_t	 row;		/* in the file, from 1 */
	size_t		 at;		/* where it begins there */
};

/* What is wrong, row by row: some on standard error, all in a file. */
struct bulk_bad {
	FILE		*all;		/* CSV: row,column,reason; or NULL */
	int64_t		 n;
	json_t		*some;		/* the first ones */
};

struct bulk_file {
	struct slice	 text;		/* mapped */
	uint8_t		 digest[32];	/* of it and of the map */
	struct bulk_map	*map;
	const char	*first_iccid;	/* when no column has them; or NULL */
	struct csv	 csv;
	struct bulk_item *item;
	size_t		 n, cap;
	struct bulk_bad	 bad;
	/* fields that each row is sent with; iccid and imsi are first */
	const char	*field[LIM_CSV_FIELDS];
	size_t		 fields;
};

MUST_CHECK int	bulk_file_open(const char *path, struct bulk_map *m,
		    const char *first_iccid, struct bulk_file *f,
		    struct why *why);
void		bulk_file_close(struct bulk_file *f);
/*
 * Read all rows.  What is wrong with one is in f->bad; < 0: with the file as a
 * whole.  Then f->item is sorted.
 */
MUST_CHECK int	bulk_file_read(struct bulk_file *f, struct why *why);
/* The values of an item, as an array of texts in the order of f->field. */
json_t		*bulk_file_row(struct bulk_file *f, const struct bulk_item *it);
/* Row 0: of the file. */
void		bulk_bad_add(struct bulk_bad *b, unsigned long row,
		    const char *column, const char *reason);

#endif
