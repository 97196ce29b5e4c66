/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Variants of a profile type: templates that its profiles may be made into,
 * the one that is preferred first.
 */
#ifndef DB_STORE_VARIANT_H
#define DB_STORE_VARIANT_H

#include "db/store_profile.h"

struct variant {
	int64_t		 seq;		/* of this row alone, for ever */
	char		 name[TYPE_NAME_MAX + 1];
	char		 template[TYPE_NAME_MAX + 1];	/* it was made from */
	char		 body[ROW_ID_TEXT];
	struct buf	 patch;		/* the patch map of the body */
	struct body_needs needs;	/* of an eUICC */
};

void		variant_free(struct variant *v);

/* As the last one. DPE_EXISTS: the name; DPE_NOTFOUND: no such type or body. */
MUST_CHECK int	store_variant_add(struct db *db, int64_t tenant,
		    const char *type, const struct variant *v);
/* DPE_NOTFOUND. */
MUST_CHECK int	store_variant_remove(struct db *db, int64_t tenant,
		    const char *type, const char *name);
/* DPE_NOTFOUND: it has been removed. */
MUST_CHECK int	store_variant_get(struct db *db, int64_t tenant, int64_t seq,
		    struct variant *out);
/* In the order of preference; fn gets v, and may take its patch. */
MUST_CHECK int	store_variant_each(struct db *db, int64_t tenant,
		    const char *type, int (*fn)(void *arg, struct variant *v),
		    void *arg);

#endif
