/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packages that were bound and may be asked for again (SGP.22 5.6.2; spec 02,
 * 5.2): the finished groups, sealed, with both one-time public keys.  One for
 * a profile; it goes when the profile leaves Downloaded.
 */
#ifndef DB_STORE_BPP_H
#define DB_STORE_BPP_H

#include "db/store_order.h"

struct kept_bpp {
	char		 iccid[ICCID_TEXT];
	char		 order[ROW_ID_TEXT];
	char		 eid[EID_TEXT];
	uint8_t		 dp_ci[20];	/* CI of the pair that signs */
	uint8_t		 euicc_otpk[65], smdp_otpk[65];
	uint8_t		 meta_sum[32];	/* SHA-256 of the metadata inside */
	struct buf	 host_id;	/* 1..16 octets */
	struct buf	 sealed;	/* A0 to A3 */
};

void		kept_bpp_free(struct kept_bpp *k);
/* In place of one that was there. */
MUST_CHECK int	store_bpp_put(struct db *db, int64_t tenant,
		    const struct kept_bpp *k, int64_t now);
/* The one of this order, for this eUICC. DPE_NOTFOUND. */
MUST_CHECK int	store_bpp_get(struct db *db, int64_t tenant,
		    const char *order, const char *eid, struct kept_bpp *out);

#endif
