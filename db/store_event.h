/* SPDX-License-Identifier: Apache-2.0 */
/* What happened: eUICCs seen, notifications received, the audit trail. */
#ifndef DB_STORE_EVENT_H
#define DB_STORE_EVENT_H

#include "db/store_session.h"

struct euicc {
	char		eid[EID_TEXT];
	int64_t		first_seen, last_seen;
	uint8_t		svn[3];
	uint8_t		profile_version[3];
	uint8_t		firmware[3];	/* zeroes: not known */
	char		eum[129];	/* organizationName of the EUM */
	char		tac[9];
	int64_t		free_nvm;	/* octets, -1 unknown */
};
/* Insert, or refresh all but first_seen. */
MUST_CHECK int	store_euicc_seen(struct db *db, int64_t tenant,
		    const struct euicc *e);
MUST_CHECK int	store_euicc_get(struct db *db, int64_t tenant,
		    const char *eid, struct euicc *out);
/* By EID; after NULL: from the first. */
MUST_CHECK int	store_euicc_each(struct db *db, int64_t tenant,
		    const char *after, int64_t limit,
		    int (*fn)(void *arg, const struct euicc *e), void *arg);

struct notification {
	int64_t		id;
	int64_t		received;
	bool		is_result;	/* ProfileInstallationResult */
	bool		verified;
	char		eid[EID_TEXT];	/* empty: unknown */
	char		iccid[ICCID_TEXT];
	int64_t		seq;		/* -1 unknown */
	char		event[16];	/* install enable disable delete */
	char		result[96];	/* "success" or "error C/R words" */
	struct slice	raw;
};
/*
 * Sets id.  A repeat of the same octets is DPE_EXISTS; but what could not be
 * verified the first time is none of what can be now.
 */
MUST_CHECK int	store_notification_add(struct db *db, int64_t tenant,
		    struct notification *n);
/*
 * Drop the oldest of the unverified ones, which anyone may send, but keep so
 * many; at most `limit` at a time.  How many went.
 */
MUST_CHECK int	store_notification_trim(struct db *db, int64_t tenant,
		    int64_t keep, int64_t limit, int64_t *n);
/* Newest first; before 0: from the newest. */
MUST_CHECK int	store_notification_each(struct db *db, int64_t tenant,
		    int64_t before, int64_t limit,
		    int (*fn)(void *arg, const struct notification *n),
		    void *arg);

struct audit {
	int64_t		 id;
	int64_t		 at;
	const char	*actor;		/* "euicc", "uid 0", "system" */
	const char	*action;	/* "order.bind", "profile.import" */
	const char	*order;		/* NULL: none, also below */
	const char	*iccid;
	const char	*eid;
	const char	*tid;
	const char	*detail;	/* free text, never a secret */
};
/* In the same write as the change it records. */
MUST_CHECK int	store_audit_add(struct db *db, int64_t tenant,
		    const struct audit *a);
struct audit_filter {
	const char	*order, *iccid, *eid;	/* NULL: any */
	int64_t		 before;	/* id; 0: from the newest */
	int64_t		 limit;
};
MUST_CHECK int	store_audit_each(struct db *db, int64_t tenant,
		    const struct audit_filter *f,
		    int (*fn)(void *arg, const struct audit *a), void *arg);

#endif
