/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The card of tests/vec/rsp.txt with its key: it can say whatever a test wants
 * and sign it.  What its calls return is what the server's function returned.
 */
#ifndef TESTS_UNIT_RSP_CARD_H
#define TESTS_UNIT_RSP_CARD_H

#include "asn1/rsp.h"
#include "server/rsp/refusal.h"
#include "tests/unit/rsp_env.h"

#define CARD_KEYS	3	/* one-time keys it has in stock */
#define CARD_SUCCESS	(-1)	/* no errorReason */

struct card {
	struct env		*e;
	struct privkey		*key;
	uint8_t			 otpk[CARD_KEYS][65];
	struct euicc_info2	 info;		/* what it says of itself */
	const char		*mid;
	/* of the session */
	uint8_t			 tid[16];
	struct buf		 challenge, signature2;
	struct buf		 offered;	/* bppEuiccOtpk */
	struct about		 about;		/* of the last refusal */
};

/* One that takes everything: SAIP 2.3, plenty of room. */
void	card_open(struct card *c, struct env *e);
void	card_close(struct card *c);
/* Both calls of the mutual authentication. */
int	card_authenticate(struct card *c);
/* With one-time key number n. */
int	card_get_bpp(struct card *c, unsigned n);
/* The result of this session's installation. */
int	card_result(struct card *c, int64_t seq, long command, long reason);
/* A notification of one event: 1 install 2 enable 4 disable 8 delete. */
int	card_event(struct card *c, int64_t seq, unsigned event);
/* All from authentication to the result of a success. */
void	card_install(struct card *c, int64_t seq);

#endif
