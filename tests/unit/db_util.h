/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of db/ share: a store in a fresh directory, rows in it. */
#ifndef TESTS_UNIT_DB_UTIL_H
#define TESTS_UNIT_DB_UTIL_H

#include "db/fault.h"
#include "db/store_batch.h"
#include "db/store_event.h"
#include "db/store_priv.h"
#include "db/store_variant.h"
#include "tests/unit/unit.h"

#define T	TENANT_DEFAULT
#define EID_A	"89049032000000000000000000000001"
#define EID_B	"89049032000000000000000000000002"

/* A fresh temporary directory; the database's path in it. */
struct place {
	char	dir[64];
	char	path[80];
};

void		 place_make(struct place *p);
void		 place_remove(struct place *p);

/* A store in a fresh place, or abort.  Closed and removed by db_gone(). */
struct store	*db_fresh(struct place *p, const struct driver *drv);
void		 db_gone(struct place *p, struct store *s);

/* ICCID number n, EID number n, row name number n of a kind. */
void		 iccid_n(int n, char out[ICCID_TEXT]);
void		 eid_n(int n, char out[EID_TEXT]);
void		 id_n(char kind, int n, char out[ROW_ID_TEXT]);

/* Type "t" and template body 'b' 1. Aborts if it cannot. */
void		 seed_type(struct store *s);
/* Profiles from .. from + n - 1 of type "t". */
void		 seed_profiles(struct store *s, int from, int n);
/* A live tofu order 'o' n of profile n, which must be there. */
void		 order_fill(struct order *o, int n);
void		 seed_order(struct store *s, int n);
/* Run one event in a write of its own. */
int		 event_write(struct store *s, const char *iccid,
		    enum life_event e);

/* Every row of every table as text, read past the store. */
void		 db_dump(const char *path, struct buf *out);
/* The first column of a query, past the store; aborts on an error. */
void		 db_ask(const char *path, const char *sql, struct buf *out);

#endif
