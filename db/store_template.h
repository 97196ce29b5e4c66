/* SPDX-License-Identifier: Apache-2.0 */
/* Templates that were added, by their name; the body has package and map. */
#ifndef DB_STORE_TEMPLATE_H
#define DB_STORE_TEMPLATE_H

#include "db/store_profile.h"

struct stored_template {
	char		 name[TYPE_NAME_MAX + 1];
	char		 body[ROW_ID_TEXT];
	struct buf	 patch;
	int64_t		 octets, created;
};

void		stored_template_free(struct stored_template *t);

/* DPE_EXISTS: the name, or another has this body; DPE_NOTFOUND: no body. */
MUST_CHECK int	store_template_add(struct db *db, int64_t tenant,
		    const char *name, const char *body, int64_t now);
MUST_CHECK int	store_template_get(struct db *db, int64_t tenant,
		    const char *name, struct stored_template *out);
/* By name, behind `after` (or NULL). */
MUST_CHECK int	store_template_each(struct db *db, int64_t tenant,
		    const char *after, int64_t limit,
		    int (*fn)(void *arg, const struct stored_template *t),
		    void *arg);
/*
 * The name; the body stays while a profile, a batch or a variant is made from
 * it.  DPE_NOTFOUND.
 */
MUST_CHECK int	store_template_remove(struct db *db, int64_t tenant,
		    const char *name);

#endif
