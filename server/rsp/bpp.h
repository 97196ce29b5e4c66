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
 * What does not depend on the session: the same for each time that an eUICC
 * asks with the same one-time key (SGP.22 5.6.2; spec 02, 5.2).
 */
struct bpp_groups {
	uint8_t		smdp_otpk[POINT_LEN];
	struct buf	host_id;
	struct buf	groups;		/* A0 to A3, TLVs in a row */
};
void		bpp_groups_free(struct bpp_groups *g);

/*
 * One-time key agreement, session keys, segments (spec 04, 4 to 6).  The
 * one-time key and all that comes of it are wiped before this returns.
 * DPE_POINT: euicc_otpk is none.
 */
MUST_CHECK int	bpp_protect(struct ctx *c, const struct bpp_want *w,
		    struct bpp_groups *out);
/* Append BF36: BF23 for this session, signed, before the groups. */
MUST_CHECK int	bpp_assemble(struct ctx *c, const struct bpp_want *w,
		    const struct bpp_groups *g, struct buf *out);

#endif
