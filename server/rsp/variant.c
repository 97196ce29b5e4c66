/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/variant.h"

#include <string.h>

#include "base/log.h"
#include "server/rsp/eligible.h"
#include "server/rsp/refusal.h"
#include "server/saip/saip.h"
#include "server/vault.h"

void
variants_free(struct variants *vs)
{
	size_t	 i;

	for (i = 0; i < vs->n; i++)
		variant_free(&vs->at[i]);
	profile_free(&vs->profile);
}

const char *
variants_name(const struct variants *vs, int64_t seq)
{
	size_t	 i;

	for (i = 0; i < vs->n; i++)
		if (vs->at[i].seq == seq)
			return vs->at[i].name;
	return "";
}

static int
variants_row(void *arg, struct variant *v)
{
	struct variants	*vs = arg;

	if (vs->n == LIM_VARIANTS)
		return DPE_RANGE;
	vs->at[vs->n++] = *v;
	memset(&v->patch, 0, sizeof(v->patch));
	return 0;
}

int
variants_load(struct ctx *c, const char *type, const char *iccid,
    struct variants *out)
{
	int	 r;

	r = store_variant_each(c->db, c->tenant, type, variants_row, out);
	if (r != 0 || out->n == 0)
		return r;
	return store_profile_get(c->db, c->tenant, iccid, &out->profile);
}

/* Does the card take it, and is there something to put into each place? */
static int
variant_fits(const struct variant *v, const struct euicc_info2 *info,
    const struct ptype *t, struct slice values, struct why *why)
{
	const char	*lacks;
	int		 r;

	if ((r = eligible_check(info, t, &v->needs, why)) != 0)
		return r;
	if ((r = saip_patch_lacks(buf_slice(&v->patch), values,
	    &lacks)) != 0)
		return r;
	if (lacks != NULL)
		return why_set(why, REFUSE_INELIGIBLE, "the profile has no %s",
		    lacks);
	return 0;
}

/* The reasons of all that were tried, as far as there is room. */
static void
reason_add(struct buf *all, const char *name, const struct why *why)
{
	buf_addf(all, "%s%s: %s", all->len > 0 ? "; " : "", name, why->text);
}

static int
choose(const struct variants *vs, const struct euicc_info2 *info,
    const struct ptype *t, const struct body_needs *own, struct slice values,
    int64_t *seq, struct buf *reasons)
{
	bool		 listed = vs->profile.body[0] == '\0';
	struct why	 one;
	size_t		 i;
	int		 r = 0;

	for (i = 0; i < vs->n; i++) {
		*seq = vs->at[i].seq;
		one.text[0] = '\0';
		r = variant_fits(&vs->at[i], info, t, values, &one);
		if (r <= 0)
			return r;
		reason_add(reasons, vs->at[i].name, &one);
		listed = listed || strcmp(vs->at[i].body,
		    vs->profile.body) == 0;
	}
	*seq = 0;
	if (!listed && (r = eligible_check(info, t, own, &one)) > 0)
		reason_add(reasons, "its own", &one);
	return r;
}

int
variants_choose(struct ctx *c, const struct variants *vs,
    const struct euicc_info2 *info, const struct ptype *t,
    const struct body_needs *own, int64_t *seq, struct why *why)
{
	static const struct body_needs	 nothing;
	struct buf			 values = {0}, reasons = {0};
	int				 r;

	/* What no variant can help is told once. */
	if ((r = eligible_check(info, t, &nothing, why)) != 0 ||
	    (vs->profile.values.len > 0 && (r = vault_values_get(c,
	    &vs->profile, &values)) != 0))
		goto out;
	r = choose(vs, info, t, own, buf_slice(&values), seq, &reasons);
	if (reasons.len > 0)
		log_info("variant-unfit iccid=%s reason=\"%s\"",
		    vs->profile.iccid, buf_cstr(&reasons));
	if (r > 0)
		why_set(why, r, "%s", buf_cstr(&reasons));
out:
	buf_free(&values);
	buf_free(&reasons);
	return r;
}
