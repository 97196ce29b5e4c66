/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles with what is sealed in them, in pages: for the files that leave. */
#ifndef DB_STORE_KEYS_H
#define DB_STORE_KEYS_H

#include "db/store_profile.h"

struct keys_filter {
	const char	*type;		/* NULL: any */
	int		 state;		/* -1: any */
	int64_t		 batch;		/* 0: any; name its type, too */
	const char	*after;		/* ICCID to go on behind; NULL: first */
	const char	*last;		/* the last ICCID; NULL: any */
	int64_t		 limit;
};
/*
 * By ICCID; with values and body, which is empty where it was
 * erased after an installation.
 */
MUST_CHECK int	store_keys_each(struct db *db, int64_t tenant,
		    const struct keys_filter *f,
		    int (*fn)(void *arg, const struct profile *p), void *arg);

#endif
