/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which columns of a file are which fields of a profile: by the names that are
 * in use for them, or by a map (docs/bulk.md).
 */
#ifndef TOOLS_BULK_MAP_H
#define TOOLS_BULK_MAP_H

#include <jansson.h>

#include "base/csv.h"

enum bulk_use {
	BULK_FIELD,	/* the value of a field */
	BULK_OP,	/* OP, that gives OPc with K */
	BULK_MCC, BULK_MNC,	/* the IMSI has to begin with them */
	BULK_SAME,	/* must be the same in all rows, and is no field */
	BULK_SKIP
};

struct bulk_col {
	char		 head[64];	/* as the file names it, lower case */
	char		 field[32];
	enum bulk_use	 use;
	struct buf	 key;		/* AES, when it is encrypted */
};

struct bulk_map {
	json_t		*json;		/* of --map; an empty object */
	struct bulk_col	 col[LIM_CSV_FIELDS];
	size_t		 cols;
	struct buf	 keys;		/* FIELD=HEX lines, from their files */
	uint8_t		 iv[16];
	bool		 luhn;		/* check digits must be right */
	char		 separator;
	bool		 header;	/* the first row names the columns */
	bool		 tata;		/* the first row has nine numbers */
};

/*
 * path NULL: no map.  column_keys "FIELD=FILE,...", where FIELD `*` is every
 * field that is a secret; NULL: none.
 */
MUST_CHECK int	bulk_map_open(const char *path, const char *column_keys,
		    struct bulk_map *m, struct why *why);
void		bulk_map_close(struct bulk_map *m);
/* The columns, by the names in this row. DPE_USAGE. */
MUST_CHECK int	bulk_map_head(struct bulk_map *m, const struct csv *row,
		    struct why *why);
/* The columns that the map names itself, or these ("iccid imsi ki"). */
MUST_CHECK int	bulk_map_order(struct bulk_map *m, const char *preset,
		    struct why *why);
/* A constant or default of the map; NULL. */
const char	*bulk_map_preset(const struct bulk_map *m, const char *kind,
		    const char *field);

#endif
