/* SPDX-License-Identifier: Apache-2.0 */
/* Profile types: what all profiles of one product have in common. */
#ifndef DB_STORE_TYPE_H
#define DB_STORE_TYPE_H

#include "base/buf.h"
#include "base/limits.h"
#include "db/store.h"

#define TYPE_NAME_MAX	64
#define TYPE_TO_MAX	7	/* addresses besides our own */

/* Cancellations that leave the order as it was, besides postponed, timeout. */
enum type_cancel {
	ON_CANCEL_ENDS,		/* none: as the standard has it */
	ON_CANCEL_RETRY,	/* a device that failed: reasons 5 and 127 */
	ON_CANCEL_KEEP		/* those, and a user who rejected: 0 */
};

/* Where notifications of some events go, besides or instead of to us. */
struct ptype_to {
	unsigned events;		/* mask, as notify */
	char	 address[LIM_HOST + 1];
};

struct ptype {
	int64_t	 id;
	char	 name[TYPE_NAME_MAX + 1];
	char	 spn[129];		/* serviceProviderName, 32 characters */
	char	 profile_name[257];	/* 64 characters */
	int	 profile_class;		/* 0 test 1 provisioning 2 operat. */
	int	 icon_type;		/* -1 none, 0 jpg, 1 png */
	struct buf icon;
	char	 owner[8];		/* MCC-MNC, or empty */
	char	 gid1[2 * LIM_GID + 1];	/* of the owner: upper-case hex, */
	char	 gid2[2 * LIM_GID + 1];	/* empty: none */
	unsigned ppr;			/* mask: 2 ppr1, 4 ppr2 */
	unsigned notify;		/* to our own address; mask: 1 install
					   2 enable 4 disable 8 delete */
	struct ptype_to	to[TYPE_TO_MAX];
	size_t	 n_to;
	bool	 protect_ppk;		/* random keys, not session keys */
	bool	 ineligible_error;	/* --on-ineligible error */
	bool	 shred;			/* --after-install shred */
	int64_t	 reinstall;		/* how often the same EID may again */
	bool	 bind_once;		/* --rebind no */
	int	 on_cancel;		/* enum type_cancel */
	int64_t	 low_stock;		/* alarm below it; 0: none */
	int64_t	 created;
};

void		ptype_free(struct ptype *t);	/* the icon */
/* Sets id. DPE_EXISTS. */
MUST_CHECK int	store_type_add(struct db *db, int64_t tenant, struct ptype *t);
/*
 * Everything but id, name and created.  DPE_STATE: there is no such type, or
 * class, owner or GIDs would change while there are profiles or variants of it,
 * which have been checked against them.
 */
MUST_CHECK int	store_type_set(struct db *db, int64_t tenant,
		    const struct ptype *t);
/* DPE_NOTFOUND. */
MUST_CHECK int	store_type_get(struct db *db, int64_t tenant, const char *name,
		    struct ptype *out);
MUST_CHECK int	store_type_each(struct db *db, int64_t tenant,
		    int (*fn)(void *arg, const struct ptype *t), void *arg);

/*
 * How many profiles of the type are available, counted up to `limit`: no walk
 * over a large stock.
 */
MUST_CHECK int	store_type_stock(struct db *db, int64_t tenant,
		    const char *name, int64_t limit, int64_t *available);

#endif
