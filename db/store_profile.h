/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Profiles: a body (an imported package or a template, sealed, shared by all
 * profiles made from it) with the patch map that puts values in, and sealed
 * values.  What a batch has not shown yet (db/store_batch.h) is not found.
 */
#ifndef DB_STORE_PROFILE_H
#define DB_STORE_PROFILE_H

#include "base/buf.h"
#include "base/ident.h"
#include "db/lifecycle.h"
#include "db/store_type.h"

#define ROW_ID_TEXT	33	/* 32 hex digits and a NUL: random row names */

enum card_state { CARD_NONE, CARD_ENABLED, CARD_DISABLED, CARD_DELETED };
const char	*card_state_name(enum card_state s);	/* NULL for none */

struct profile {
	char		 iccid[ICCID_TEXT];
	char		 type[TYPE_NAME_MAX + 1];
	char		 body[ROW_ID_TEXT];
	struct buf	 values;	/* sealed; empty for imported ones */
	enum life_state	 state;
	enum card_state	 card;
	char		 eid[EID_TEXT];		/* empty: none */
	char		 order[ROW_ID_TEXT];	/* last order, empty: none */
	bool		 checked;	/* the package fits the type */
	int64_t		 created, updated;
};

void		profile_free(struct profile *p);

/* What a package needs of an eUICC; 0: not known. */
struct body_needs {
	int64_t		 version;	/* SAIP, 256 * major + minor */
	int64_t		 services;	/* bit n: member 0x80 + n of
					   eUICC-Mandatory-services */
	int64_t		 octets;	/* of the package */
};

struct body {
	char		 id[ROW_ID_TEXT];
	bool		 is_template;
	uint8_t		 index[32];	/* HMAC of the plaintext */
	struct buf	 sealed;
	struct slice	 patch;		/* borrowed; empty for imported ones */
	struct body_needs needs;
};

/* DPE_EXISTS: the index is there already (store_body_find() names its row). */
MUST_CHECK int	store_body_add(struct db *db, int64_t tenant,
		    const struct body *b);
MUST_CHECK int	store_body_find(struct db *db, int64_t tenant,
		    const uint8_t index[32], char id[ROW_ID_TEXT]);
/* patch may be NULL. DPE_NOTFOUND. */
MUST_CHECK int	store_body_get(struct db *db, int64_t tenant, const char *id,
		    struct buf *sealed, struct buf *patch);
/*
 * Fill in what a body needs, and its map, where that was not known when it was
 * added; b->id is not looked at.
 */
MUST_CHECK int	store_body_learn(struct db *db, int64_t tenant,
		    const char *id, const struct body *b);
/* Of a profile's body. DPE_NOTFOUND: no profile, or it has none any more. */
MUST_CHECK int	store_profile_needs(struct db *db, int64_t tenant,
		    const char *iccid, struct body_needs *out);

/*
 * state, card, eid, order are set to a fresh profile's.  DPE_EXISTS: the
 * ICCID; DPE_NOTFOUND: no such type or body.
 */
MUST_CHECK int	store_profile_add(struct db *db, int64_t tenant,
		    const struct profile *p, int64_t now);
/* Remember that its package was found to fit its type. DPE_STATE: no such. */
MUST_CHECK int	store_profile_checked(struct db *db, int64_t tenant,
		    const char *iccid);
MUST_CHECK int	store_profile_get(struct db *db, int64_t tenant,
		    const char *iccid, struct profile *out);
/*
 * An available profile of the type, first those that were imported one by one,
 * then by batch; by age.  DPE_NOTFOUND when none is left.
 */
MUST_CHECK int	store_profile_pick(struct db *db, int64_t tenant,
		    const char *type, char iccid[ICCID_TEXT]);
/*
 * The only way to move a state: the event's row of the life-cycle table as a
 * conditional update.  DPE_STATE when the profile is not in a state from which
 * the event is legal (or does not exist).
 */
MUST_CHECK int	store_profile_event(struct db *db, int64_t tenant,
		    const char *iccid, enum life_event e, int64_t now);
/*
 * Name the order and EID of a profile; NULL leaves, "" clears.  With another
 * EID the card state starts anew.  DPE_NOTFOUND.
 */
MUST_CHECK int	store_profile_link(struct db *db, int64_t tenant,
		    const char *iccid, const char *order, const char *eid);
/*
 * What a verified notification of this card said: only for this EID and only
 * for a higher sequence number. DPE_STATE otherwise.
 */
MUST_CHECK int	store_profile_card(struct db *db, int64_t tenant,
		    const char *iccid, const char *eid, int64_t seq,
		    enum card_state card, int64_t now);
/*
 * Erase body reference and sealed values of an installed profile (shred), and
 * the body itself when it is an imported one that no other profile uses.
 * DPE_STATE: not installed.
 */
MUST_CHECK int	store_profile_shred(struct db *db, int64_t tenant,
		    const char *iccid);

/*
 * Is an ICCID of `first` to `last`, as long as those, in use?  DPE_EXISTS, and
 * which; also one that is not to be seen, or that a batch goes on with.
 */
MUST_CHECK int	store_iccid_free(struct db *db, int64_t tenant,
		    const char *first, const char *last,
		    char taken[ICCID_TEXT]);
/*
 * IMSIs first to last, of as many digits: DPE_EXISTS when one of them was
 * given out before; take gives them out.
 */
MUST_CHECK int	store_imsi_free(struct db *db, int64_t tenant,
		    const char *first, const char *last);
MUST_CHECK int	store_imsi_take(struct db *db, int64_t tenant,
		    const char *first, const char *last, int64_t batch);

struct profile_filter {
	const char	*type;		/* NULL: any */
	int		 state;		/* -1: any */
	const char	*eid;		/* NULL: any */
	const char	*after;		/* ICCID to go on behind; NULL: first */
	int64_t		 limit;
};
/* By ICCID; values are not filled. */
MUST_CHECK int	store_profile_each(struct db *db, int64_t tenant,
		    const struct profile_filter *f,
		    int (*fn)(void *arg, const struct profile *p), void *arg);
/* How many profiles are in each state. */
MUST_CHECK int	store_profile_count(struct db *db, int64_t tenant,
		    int64_t count[LIFE_STATES]);

#endif
