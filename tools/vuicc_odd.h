/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Wrong things that the card or its LPA can do on purpose, so that a server
 * can be seen to refuse them (--misbehave).
 */
#ifndef TOOLS_VUICC_ODD_H
#define TOOLS_VUICC_ODD_H

#include "base/buf.h"

enum vuicc_step {
	STEP_INIT, STEP_AUTH, STEP_BPP, STEP_INSTALL, STEP_NOTIFY, STEP_CANCEL,
	STEP_COUNT
};

enum vuicc_odd {
	/* asked of initiateAuthentication */
	ODD_OLD_SVN, ODD_SVN, ODD_UNKNOWN_CI, ODD_WRONG_ADDRESS,
	/* authenticateClient */
	ODD_WRONG_CHALLENGE, ODD_WRONG_SIGNATURE1, ODD_OTHER_TID,
	ODD_OTHER_JSON_TID, ODD_FOREIGN_CHAIN, ODD_FORGED_EUM,
	ODD_EXPIRED_EUICC, ODD_EXPIRED_EUM, ODD_LOW_MEMORY,
	ODD_FREE_MEMORY, ODD_PROFILE_VERSION, ODD_FIRMWARE, ODD_CAPABILITY,
	ODD_NO_TEST, ODD_NO_ADDITIONAL, ODD_FORBID_PPR, ODD_AUTH_ERROR,
	ODD_REPLAY_AUTH,
	/* getBoundProfilePackage */
	ODD_WRONG_SIGNATURE2, ODD_OTHER_TID2, ODD_OTHER_JSON_TID2,
	ODD_BAD_POINT, ODD_COMPRESSED_POINT, ODD_INFINITY_POINT,
	ODD_DOWNLOAD_ERROR, ODD_REPLAY_BPP,
	/* the result */
	ODD_WRONG_PIR_SIGNATURE, ODD_WRONG_PIR_TID, ODD_WRONG_SMDP_OID,
	ODD_INSTALL_ERROR, ODD_SKIP_NOTIFY, ODD_REPLAY_NOTIFY,
	/* cancelSession */
	ODD_WRONG_CANCEL_SIGNATURE, ODD_CANCEL_ERROR,
	/* any message */
	ODD_TRUNCATED_DER, ODD_TRAILING_DER, ODD_COMPACT, ODD_STOP_AFTER,
	ODD_COUNT
};

struct vuicc_odds {
	bool	on[ODD_COUNT];
	long	value[ODD_COUNT];	/* the number or step behind it */
};

/* A version as the three octets that it stands for. */
void		vuicc_odd_version(const struct vuicc_odds *o,
		    enum vuicc_odd what, uint8_t out[3]);
/* Hex digits as octets, 1 to 4; how many. */
size_t		vuicc_odd_octets(const struct vuicc_odds *o,
		    enum vuicc_odd what, uint8_t out[4]);

/* "NAME", "NAME=VALUE" or "NAME:VALUE" into o. DPE_USAGE. */
MUST_CHECK int	vuicc_odd_parse(const char *text, struct vuicc_odds *o,
		    struct why *why);
/* The names with their meaning, a line each, for --help. */
void		vuicc_odd_help(struct buf *out);
/* o may be NULL: a card that behaves. */
bool		vuicc_odd(const struct vuicc_odds *o, enum vuicc_odd what);
/* Is it on, and for this step? */
bool		vuicc_odd_at(const struct vuicc_odds *o, enum vuicc_odd what,
		    enum vuicc_step step);
bool		vuicc_odd_any(const struct vuicc_odds *o);
/* Cut, lengthen or compact the DER of this step, if that is asked for. */
void		vuicc_odd_mangle(const struct vuicc_odds *o,
		    enum vuicc_step step, struct buf *der);
/*
 * "init" "auth" "bpp" "install" "notify" "cancel", and longer words for the
 * first ones.  DPE_USAGE.
 */
MUST_CHECK int	vuicc_step_parse(struct slice text, enum vuicc_step *out);

#endif
