/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commands longer than an APDU, and answers longer than one: the blocks of
 * STORE DATA and what GET RESPONSE fetches (SGP.22 5.7.2).
 */
#ifndef TOOLS_VUICC_APDU_CHAIN_H
#define TOOLS_VUICC_APDU_CHAIN_H

#include "tools/vuicc_apdu.h"

/* A command APDU taken apart. */
struct apdu {
	uint8_t		cla, ins, p1, p2;
	struct slice	data;
	bool		has_le;
	size_t		le;		/* 1 to 256 */
};

/* One block; with the last the command is called.  The status word. */
unsigned	vuicc_chain_store(struct vuicc_apdu *a,
		    struct vuicc_channel *ch, const struct apdu *in,
		    struct buf *out);
/* GET RESPONSE: the next octets of the answer. */
unsigned	vuicc_chain_more(struct vuicc_channel *ch,
		    const struct apdu *in, struct buf *out);
/* Forget the command that was begun and the answer that was not fetched. */
void		vuicc_chain_drop(struct vuicc_channel *ch);

#endif
