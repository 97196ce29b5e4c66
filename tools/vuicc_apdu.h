/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The card as its reader sees it: logical channels, SELECT of the ISD-R,
 * STORE DATA in blocks and GET RESPONSE (SGP.22 5.7.2; ISO 7816-4).  Nothing
 * here knows what is inside a command.
 */
#ifndef TOOLS_VUICC_APDU_H
#define TOOLS_VUICC_APDU_H

#include "base/buf.h"

#define APDU_CHANNELS	4	/* 0 is the basic one */
#define APDU_MAX	261	/* header, Lc, 255 octets, Le */

/* Status words. */
#define SW_OK		0x9000
#define SW_MORE		0x6100	/* and how many octets wait */
#define SW_MEMORY	0x6581
#define SW_LENGTH	0x6700
#define SW_CHANNEL	0x6881
#define SW_CONDITIONS	0x6985
#define SW_DATA		0x6A80
#define SW_NO_FILE	0x6A82
#define SW_P1P2		0x6A86
#define SW_NO_FUNCTION	0x6A88
#define SW_INS		0x6D00
#define SW_CLASS	0x6E00

struct vuicc_channel {
	bool		open, selected;
	struct buf	command;	/* STORE DATA so far */
	unsigned	block;		/* the number of the next */
	struct buf	answer;		/* what GET RESPONSE gives */
	size_t		at;		/* of it, given already */
};

struct vuicc_apdu {
	/* A whole command of ES10 and its answer; a status word. */
	unsigned		(*call)(void *arg, struct slice command,
				    struct buf *answer);
	void			*arg;
	struct vuicc_channel	 channel[APDU_CHANNELS];
};

/* Power on: the basic channel, with nothing selected. */
void	vuicc_apdu_init(struct vuicc_apdu *a, unsigned (*call)(void *arg,
	    struct slice command, struct buf *answer), void *arg);
/* Power off; also a reset. */
void	vuicc_apdu_free(struct vuicc_apdu *a);
/*
 * Open a channel and select the application of this AID, of which there is
 * the ISD-R (its whole AID or the beginning of it).  The channel's number, or
 * DPE_NOTFOUND, DPE_BUSY.
 */
MUST_CHECK int	vuicc_apdu_open(struct vuicc_apdu *a, struct slice aid);
void	vuicc_apdu_close(struct vuicc_apdu *a, unsigned channel);
/* One command APDU; the response, never without a status word. */
void	vuicc_apdu_transmit(struct vuicc_apdu *a, struct slice command,
	    struct buf *response);

#endif
