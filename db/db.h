/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The query layer: one handle, its statements prepared once, rows.  Only the
 * files of db/ (and tests) include this.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "db/driver.h"
#include "db/store.h"

/* A query is known by its address, so it is static where it is used. */
struct stmt {
	const char	*name;		/* for the log */
	const char	*sql;		/* parameters are $1, $2 ... */
};

/* A statement as it was prepared for one handle. */
struct db_entry {
	const struct stmt	*q;
	struct prep		*prep;
	bool			 busy;	/* a callback runs on its row */
};

struct db {
	struct conn	*conn;
	struct db_entry	*entry;		/* prepared statements */
	size_t		 n, cap;
};

struct row;

MUST_CHECK int	db_open(const struct driver *drv, const char *path,
		    enum driver_mode mode, struct db **out, struct why *why);
void		db_close(struct db *db);

/*
 * Parameters by a string of kinds, in the order of $1, $2 ...:
 *   i int64_t   d int or bool   b struct slice (an empty one is NULL)
 *   t const char * (NULL is NULL)   e the same, and "" is NULL as well
 * Errors: DPE_EXISTS, DPE_NOTFOUND (foreign key), DPE_RANGE (CHECK), DPE_BUSY,
 * DPE_DB; what is not the caller's doing is logged, without values.
 */
/* Run it to its end; rows are dropped. */
MUST_CHECK int	db_run(struct db *db, const struct stmt *q,
		    const char *types, ...);
/* The first row, a copy of the caller's own (row_free). DPE_NOTFOUND. */
MUST_CHECK int	db_get(struct db *db, const struct stmt *q, struct row **out,
		    const char *types, ...);
/* fn for every row; what it returns, if not 0, ends it and is returned. */
MUST_CHECK int	db_each(struct db *db, const struct stmt *q,
		    int (*fn)(void *arg, struct row *row), void *arg,
		    const char *types, ...);
/* As db_run(), and how many rows it inserted, updated or deleted. */
MUST_CHECK int	db_change(struct db *db, const struct stmt *q, int64_t *rows,
		    const char *types, ...);
/* As db_run(), but no such row is DPE_STATE: for conditional updates. */
MUST_CHECK int	db_must(struct db *db, const struct stmt *q,
		    const char *types, ...);
/* Log the conn's last failure under this name; its class. */
int		db_failed(struct conn *c, const char *name);

/*
 * Columns of a row, from 0.  The first that is not what it should be is
 * remembered and told by row_end(): DPE_DB.
 */
void		row_int(struct row *row, int col, int64_t *out);
void		row_num(struct row *row, int col, int *out);
void		row_bool(struct row *row, int col, bool *out);
/* NULL gives "". */
void		row_text(struct row *row, int col, char *out, size_t size);
/* One of n words, its index; a NULL among them stands for NULL. */
void		row_word(struct row *row, int col, const char *const *words,
		    int n, int *out);
/* Exactly n bytes; NULL gives zeroes. */
void		row_bytes(struct row *row, int col, uint8_t *out, size_t n);
/* Replaces what b held; NULL gives an empty one. */
void		row_blob(struct row *row, int col, struct buf *b);
/* Borrowed from the row.  NULL gives NULL, an empty slice. */
const char	*row_str(struct row *row, int col);
struct slice	row_slice(struct row *row, int col);
MUST_CHECK int	row_end(const struct row *row);
void		row_free(struct row *row);

#endif
