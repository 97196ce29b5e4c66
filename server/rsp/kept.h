/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A package that was bound once, for the same eUICC that asks again with the
 * same one-time key (SGP.22 3.1.3.2 step 9, 5.6.2; spec 02, 5.2).
 */
#ifndef SERVER_RSP_KEPT_H
#define SERVER_RSP_KEPT_H

#include "db/store_bpp.h"
#include "db/store_session.h"
#include "server/ctx.h"
#include "server/rsp/bpp.h"

/*
 * The package kept for this session's order o, eUICC and DP pair with exactly
 * this metadata inside, made of that variant (by name, "" is none).
 * DPE_NOTFOUND, without a look unless the profile is
 * Downloaded; free with kept_bpp_free().
 */
MUST_CHECK int	kept_find(struct ctx *c, const struct session *s,
		    const struct order *o, const char *variant,
		    struct slice metadata, struct kept_bpp *out);
/* Its groups, if it was bound to this otPK.EUICC. DPE_NOTFOUND. */
MUST_CHECK int	kept_groups(struct ctx *c, const struct kept_bpp *k,
		    struct slice euicc_otpk, struct bpp_groups *out);
/* What is to be kept of a package that was just bound in this session. */
MUST_CHECK int	kept_make(struct ctx *c, const struct session *s,
		    const struct bpp_groups *g, struct kept_bpp *out);

#endif
