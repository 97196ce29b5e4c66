/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam to a database engine.  Everything above it is written once, in SQL
 * that SQLite and PostgreSQL share.  A driver embeds `struct conn` and `struct
 * prep` as the first members of its own.  Calls return 0, or -1 and then
 * error() tells the class; a conn is used by one thread at a time.
 */
#ifndef DB_DRIVER_H
#define DB_DRIVER_H

#include <stdbool.h>

#include "base/buf.h"

#define DRIVER_COLUMNS	40	/* in one result */
#define DRIVER_PARAMS	24	/* in one statement */

enum driver_mode {
	DRIVER_CREATE,	/* read and write, make it if it is not there */
	DRIVER_WRITE,
	DRIVER_READ	/* any attempt to write fails */
};

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BLOB };

struct value {
	enum value_kind	 kind;
	int64_t		 i;
	struct slice	 s;	/* results: a NUL follows a text */
};

struct conn {
	const struct driver	*drv;
};

struct prep {
	struct conn	*conn;
	int		 params;	/* the highest n of its $n */
};

struct driver {
	/* 0 or a DPE_*, with the reason: there is no conn to ask yet. */
	int	(*open)(const char *where, enum driver_mode mode,
		    struct conn **out, struct why *why);
	void	(*close)(struct conn *c);
	/* Several statements without parameters or results: migrations. */
	int	(*script)(struct conn *c, const char *sql);
	int	(*prepare)(struct conn *c, const char *sql, struct prep **out);
	/* Bind $n, if it is used; v's bytes stay put until reset(). */
	int	(*bind)(struct prep *p, int n, const struct value *v);
	/* 1: cols[*n] hold a row until the next call for p; 0: no more. */
	int	(*step)(struct prep *p, struct value *cols, int *n);
	/* Rows that a statement changed, once step() was 0. */
	int64_t	(*changed)(struct prep *p);
	/* Rows that were changed since open(), rolled back or not. */
	int64_t	(*total)(struct conn *c);
	void	(*reset)(struct prep *p);
	void	(*finish)(struct prep *p);
	/* A write transaction; durable: synced when commit() returns. */
	int	(*begin)(struct conn *c, bool durable);
	int	(*commit)(struct conn *c);
	int	(*rollback)(struct conn *c);
	/* For a reader: what it reads until the end is of one moment. */
	int	(*snapshot)(struct conn *c, bool begin);
	/*
	 * The class of the last failure: DPE_EXISTS (unique), DPE_NOTFOUND
	 * (foreign key), DPE_RANGE (CHECK, NOT NULL), DPE_BUSY, else DPE_DB.
	 */
	int	(*error)(struct conn *c, struct why *why);
	int	(*size)(struct conn *c, int64_t *bytes);
	/* A consistent copy, to a new place, while others go on writing. */
	int	(*backup)(struct conn *c, const char *to);
};

extern const struct driver	driver_sqlite;

#endif
