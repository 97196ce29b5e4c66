/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Download orders: who may have a profile.  An order has no state of its own:
 * while it is live, its state is that of its profile.
 */
#ifndef DB_STORE_ORDER_H
#define DB_STORE_ORDER_H

#include "base/limits.h"
#include "db/store_profile.h"

enum order_lock { LOCK_EID, LOCK_TOFU, LOCK_OPEN };
const char	*order_lock_name(enum order_lock l);

struct order {
	char		 id[ROW_ID_TEXT];
	char		 iccid[ICCID_TEXT];
	char		 type[TYPE_NAME_MAX + 1];
	struct buf	 mid;		/* MatchingID, sealed; empty: none */
	uint8_t		 mid_index[32];	/* its HMAC; unique among live ones */
	struct buf	 cc;		/* SHA-256 of the code, sealed */
	enum order_lock	 lock;
	char		 eid[EID_TEXT];	/* the device lock; empty: not yet */
	enum life_state	 state;		/* of the profile (read only) */
	/* how it was made (read only): for store_order_reset() */
	enum life_state	 first_state;
	char		 first_eid[EID_TEXT];
	enum order_end	 end;
	bool		 is_default;	/* found by EID alone */
	bool		 reusable;	/* lab */
	int64_t		 expires;	/* 0: never */
	int64_t		 max_downloads, downloads;	/* max 0: no limit */
	int64_t		 max_cc, cc_attempts;
	int64_t		 rebinds;	/* bound anew to its eUICC */
	int64_t		 reinstalls;	/* released again after a delete */
	char		 subject[LIM_SUBJECT + 1];
	int64_t		 created, updated;
	char		 variant[TYPE_NAME_MAX + 1];	/* (read only) bound
					 * last with; empty: the profile's own */
	char		 sent_tid[2 * LIM_TID + 1];	/* (read only) the last
					 * session that had the package */
};

void		order_free(struct order *o);

/*
 * The row alone; the profile is moved by store_profile_event() and linked by
 * store_profile_link() in the same write.  DPE_EXISTS: the MatchingID is that
 * of another live order, or the profile has one.  DPE_NOTFOUND: no profile.
 */
MUST_CHECK int	store_order_add(struct db *db, int64_t tenant,
		    const struct order *o);
MUST_CHECK int	store_order_get(struct db *db, int64_t tenant, const char *id,
		    struct order *out);
/* The newest order with this MatchingID (spec 02, 4.1), live ones first. */
MUST_CHECK int	store_order_by_mid(struct db *db, int64_t tenant,
		    const uint8_t index[32], struct order *out);
/*
 * A live order of this EID in Confirmed, Released or Downloaded, those with
 * is_default first, then the oldest.
 */
MUST_CHECK int	store_order_by_eid(struct db *db, int64_t tenant,
		    const char *eid, struct order *out);
/*
 * The device lock: bind the order to this eUICC or confirm that it is.
 * DPE_STATE: another's, ended, or the profile is not Released or Downloaded.
 * With lock open the EID is taken over.
 */
MUST_CHECK int	store_order_bind(struct db *db, int64_t tenant, const char *id,
		    const char *eid, int64_t now);
/*
 * Count one download attempt of this eUICC.  As long as the order is nobody's,
 * only one that follows another of the same eUICC counts: many that race for
 * it must not use up the attempts of the one that will have it.  DPE_STATE:
 * the limit is reached (not counted).
 */
MUST_CHECK int	store_order_attempt(struct db *db, int64_t tenant,
		    const char *id, const char *eid, int64_t now);
/*
 * Count one wrong confirmation code; what is left (0: this was the last,
 * INT64_MAX: no limit).  DPE_STATE: none was left, not counted.
 */
MUST_CHECK int	store_order_wrong_cc(struct db *db, int64_t tenant,
		    const char *id, int64_t *left, int64_t now);
/* End a live order. DPE_STATE. */
MUST_CHECK int	store_order_end(struct db *db, int64_t tenant, const char *id,
		    enum order_end end, int64_t now);
/*
 * Counters of a live order to 0 (reinstall); forget_eid: the lock, unless the
 * EID was given with the order (lock eid); otherwise it stays bound to its
 * eUICC, also where the lock was open.  DPE_STATE: there is none, or it is
 * over.
 */
MUST_CHECK int	store_order_renew(struct db *db, int64_t tenant,
		    const char *id, bool forget_eid, int64_t now);

/* It is bound with this variant of its type, "" for none. DPE_STATE. */
MUST_CHECK int	store_order_variant(struct db *db, int64_t tenant,
		    const char *id, const char *variant);
/* Count that it was bound anew. DPE_STATE. */
MUST_CHECK int	store_order_rebound(struct db *db, int64_t tenant,
		    const char *id);
/*
 * Count one release after a delete by this eUICC.  DPE_STATE: it is not this
 * eUICC's, over, or was released again max times already (not counted).
 */
MUST_CHECK int	store_order_reinstall(struct db *db, int64_t tenant,
		    const char *id, const char *eid, int64_t max);
/* Another time when it expires; 0: never. DPE_NOTFOUND. */
MUST_CHECK int	store_order_expires(struct db *db, int64_t tenant,
		    const char *id, int64_t expires, int64_t now);
/*
 * Counters and EID as the order was made, and live again (lab reset); the
 * profile has been moved before.  DPE_NOTFOUND, DPE_EXISTS: the MatchingID or
 * the profile has gone to another live order.
 */
MUST_CHECK int	store_order_reset(struct db *db, int64_t tenant,
		    const char *id, int64_t now);

struct order_filter {
	const char	*iccid;		/* NULL: any */
	const char	*eid;
	const char	*type;
	int		 state;		/* life_state of a live one, -1: any */
	const char	*after;		/* id to continue behind */
	int64_t		 limit;
};
/* By creation. */
MUST_CHECK int	store_order_each(struct db *db, int64_t tenant,
		    const struct order_filter *f,
		    int (*fn)(void *arg, const struct order *o), void *arg);

#endif
