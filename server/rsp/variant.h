/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which variant of its type an eUICC is given a profile in: the first that it
 * can take, and that the profile has all values for.
 */
#ifndef SERVER_RSP_VARIANT_H
#define SERVER_RSP_VARIANT_H

#include "asn1/rsp.h"
#include "db/store_variant.h"
#include "server/ctx.h"

/* Empty for a type without variants. */
struct variants {
	struct variant	 at[LIM_VARIANTS];
	size_t		 n;
	struct profile	 profile;	/* only if there are any */
};
void		variants_free(struct variants *vs);
/* Of one of them; "" where the profile is bound as its own. */
const char	*variants_name(const struct variants *vs, int64_t seq);
/* Read them, and the profile. DPE_NOTFOUND: there is no such profile. */
MUST_CHECK int	variants_load(struct ctx *c, const char *type,
		    const char *iccid, struct variants *out);
/*
 * The number of the variant, 0 for the profile's own template, which is tried
 * last if it is none of them; own: what that needs.  The refusals of
 * eligible_check(), of the last that was tried, with a reason for each.
 */
MUST_CHECK int	variants_choose(struct ctx *c, const struct variants *vs,
		    const struct euicc_info2 *info, const struct ptype *t,
		    const struct body_needs *own, int64_t *seq,
		    struct why *why);

#endif
