/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Both ends of what lpac carries, in one process: the card behind it and the
 * server before it, of one PKI, with the clock and the chance held.  Signatures
 * and the one-time key of the server are the only things that differ from one
 * run to the next.
 */
#ifndef TESTS_UNIT_LPAC_ENV_H
#define TESTS_UNIT_LPAC_ENV_H

#include "server/http/http.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_vuicc_es10_fix.h"

/*
 * tests/vec/lpac.txt, in the order in which it happened.  What lpac was told to
 * do: run.  Between it and the card: reset; open (an AID) and opened (the
 * channel); close; tx and rx, a command APDU and its response.  Between it and
 * the server: path and body of a request; answer, the status in two octets and
 * the body.  otsk is the card's one-time key.
 */
#define LPAC_VEC	"lpac.txt"
#define LPAC_ICCID	"89000123456789012341"
#define LPAC_MID	"LPAC-TAKES-IT"
#define LPAC_ICCID2	"89000123456789012441"
#define LPAC_MID2	"LPAC-REFUSES-IT"

struct lpac_chance {
	uint64_t	state;
};

struct lpac_env {
	struct env		 server;
	struct vfix		 f;
	struct vuicc_es10	 es10;
	struct vuicc_apdu	 apdu;
	struct lpac_chance	 chance;	/* the card's */
	struct rnd		 rnd;
	struct buf		 upp;		/* of LPAC_ICCID */
};

/* Two orders at the server, nothing on the card. */
void	lpac_env_open(struct lpac_env *l);
void	lpac_env_close(struct lpac_env *l);
/* One request; the status in two octets and the body are appended. */
void	lpac_env_serve(struct lpac_env *l, const char *path,
	    struct slice body, struct buf *answer);

#endif
