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
/* db_flows_type.c: three of the flows, and the variant of the zoo. */
int	w_type_set(struct db *db, void *arg);
int	w_variant(struct db *db, void *arg);
int	r_variants(struct db *db, void *arg);
int	zoo_variant(struct db *db, void *arg);

/* db_flows_batch.c */
int	flow_batch(struct db *db, void *arg);
int	flow_batch_undo(struct db *db, void *arg);
int	flow_batches(struct db *db, void *arg);

#endif
