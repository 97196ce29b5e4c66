/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RSP sessions (spec 02, section 2).  A session belongs to its transactionId,
 * never to a connection or a process.  Its row stays, closed, until the order
 * is final, because a ProfileInstallationResult may come days later.
 */
#ifndef DB_STORE_SESSION_H
#define DB_STORE_SESSION_H

#include "base/limits.h"
#include "db/store_order.h"

#define TID_TEXT	(2 * LIM_TID + 1)	/* upper-case hex */

enum session_step {
	STEP_INITIATED, STEP_AUTHENTICATED, STEP_BPP_SENT, STEP_CLOSED
};
const char	*session_step_name(enum session_step s);

struct session {
	char		 tid[TID_TEXT];
	bool		 begun;		/* and no row yet: not stored */
	enum session_step step;
	int64_t		 created, touched;
	/* initiateAuthentication */
	uint8_t		 dp_ci[20];	/* CI of the DPauth + DPpb in use */
	uint8_t		 euicc_ci[20];	/* euiccCiPKIdToBeUsed */
	uint8_t		 server_challenge[16];
	char		 address[LIM_HOST + 1];	/* as signed */
	uint8_t		 svn[3];
	/* authenticateClient */
	uint8_t		 auth_sum[32];	/* SHA-256 of its request */
	char		 eid[EID_TEXT];
	char		 order[ROW_ID_TEXT];
	char		 iccid[ICCID_TEXT];
	struct buf	 euicc_point;	/* key of CERT.EUICC, 65 octets */
	int		 euicc_curve;	/* enum curve of certs/cert.h */
	bool		 cc_required;
	int64_t		 variant;	/* of the type; 0: the profile's own */
	struct buf	 smdp_signed2;		/* the TLV as sent */
	struct buf	 smdp_signature2;	/* 64 octets */
	struct buf	 metadata;		/* the BF25 TLV as sent */
	/* getBoundProfilePackage */
	struct buf	 euicc_otpk;
	/* Borrowed and not stored: who is on the line, for the audit. */
	const char	*actor;		/* NULL: the eUICC */
};

void		session_free(struct session *s);

/* Any step.  DPE_NOTFOUND. */
MUST_CHECK int	store_session_get(struct db *db, int64_t tenant,
		    const char *tid, struct session *out);
/*
 * To AUTHENTICATED, with the fields of both steps: a new row, or one that an
 * earlier version made when the session began.  DPE_STATE: another call was
 * faster.
 */
MUST_CHECK int	store_session_authenticated(struct db *db, int64_t tenant,
		    const struct session *s, int64_t now);
/*
 * AUTHENTICATED to BPP_SENT with euicc_otpk, or BPP_SENT with this one already;
 * its order's sent_tid is this session from now on.  DPE_STATE.
 */
MUST_CHECK int	store_session_sent(struct db *db, int64_t tenant,
		    const struct session *s, int64_t now);
/*
 * An order begins anew: the session that was given its package last says
 * nothing about the next one, whoever repeats its result.
 */
MUST_CHECK int	store_session_forget(struct db *db, int64_t tenant,
		    const char *order);
/*
 * To CLOSED from any other step; closing a closed one is fine.  One that was
 * only begun gets a row that says so.
 */
MUST_CHECK int	store_session_close(struct db *db, int64_t tenant,
		    const struct session *s, int64_t now);
/*
 * Close what was not touched since `before`, and delete rows that nobody can
 * ask for any more: those without a package, or whose profile is final.
 * At most `limit` rows; how many.
 */
MUST_CHECK int	store_session_expire(struct db *db, int64_t before,
		    int64_t limit, int64_t *n);
/* Those begun in this time that are not closed; costs a walk over them. */
MUST_CHECK int	store_session_count(struct db *db, int64_t since,
		    int64_t now, int64_t *open);
/* Newest first. */
MUST_CHECK int	store_session_each(struct db *db, int64_t tenant,
		    bool open_only, int64_t limit,
		    int (*fn)(void *arg, const struct session *s), void *arg);

#endif
