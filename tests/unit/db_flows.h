/* SPDX-License-Identifier: Apache-2.0 */
/* Uses of the store, to be run with each call of the driver failing. */
#ifndef TESTS_UNIT_DB_FLOWS_H
#define TESTS_UNIT_DB_FLOWS_H

#include "tests/unit/db_util.h"

struct flow {
	const char	*name;
	int		(*fn)(struct db *db, void *arg);
	bool		 write;		/* else on a reader */
	int		 want;		/* when no call fails */
};

extern const struct flow	flows[];
extern const size_t		flows_n;

/* A fresh store, on the driver that can fail, with what the flows need. */
struct store	*flows_zoo(struct place *p);

#endif
