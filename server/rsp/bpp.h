/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_BPP_H
#define SERVER_RSP_BPP_H

#include "certs/bsp.h"
#include "server/ctx.h"

struct bpp_want {
	struct slice		 tid;		/* octets */
	uint8_t			 eid[16];
	const struct pki_dp	*dp;		/* who signs; its curve */
	struct slice		 euicc_otpk;	/* 65 octets */
	struct slice		 metadata;	/* BF25 TLV */
	struct slice		 upp;
	bool			 ppk;		/* random keys (A2) */
	/* For tests alone; otherwise NULL and empty: drawn afresh. */
	const struct privkey	*ot_key;
	struct slice		 host_id;	/* 1..16 octets */
	const struct bsp_keys	*ppk_keys;
};

/*
 * Build the BoundProfilePackage (SGP.22 2.5.4; spec 04, 4 to 6): one-time key
 * agreement, session keys, segments, smdpSign.  The one-time key and all that
 * comes of it are wiped before this returns.  DPE_POINT: euicc_otpk is none.
 */
MUST_CHECK int	bpp_build(struct ctx *c, const struct bpp_want *w,
		    struct buf *out);

#endif
