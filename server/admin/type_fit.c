/* SPDX-License-Identifier: Apache-2.0 */
/*
 * May a package be of a type?  What an eUICC would refuse (SGP.22 5.5.5 and
 * 2.4.5.3) is found before it has cost a download, and what is for tests alone
 * is not sold as something else.
 */
#include <string.h>

#include "server/admin/internal.h"
#include "server/admin/type_fields.h"
#include "server/saip/fit.h"
#include "server/saip/testkeys.h"
#include "server/vault.h"

static int
fit_class(struct admin_call *call, const struct ptype *t, struct slice upp,
    const struct saip_info *info)
{
	const char	*known;
	enum saip_cards	 cards;

	saip_test_package(upp, info, &known, &cards);
	if (t->profile_class != TYPE_TEST)
		return known == NULL ? 0 : why_set(&call->why, DPE_RANGE,
		    "profile %s: is one for tests (%s): type %s is not of "
		    "class test", info->iccid, known, t->name);
	if (cards == SAIP_CARDS_NONE)
		return why_set(&call->why, DPE_RANGE, "profile %s: no card "
		    "takes its K in a profile of class test, which type %s "
		    "has", info->iccid, t->name);
	if (cards == SAIP_CARDS_SOME)
		admin_set_text(call->out, "warning", "class test: cards may "
		    "refuse this K; all take one that is zero but for its "
		    "lowest 32 bits");
	return 0;
}

int
admin_type_fit(struct admin_call *call, const struct ptype *t,
    struct slice upp, const struct saip_info *info)
{
	struct saip_owner	 owner = { t->owner, t->gid1, t->gid2 };
	struct saip_fit		 fit;
	int			 r;

	if ((r = fit_class(call, t, upp, info)) != 0)
		return r;
	if (t->owner[0] == '\0')
		return 0;
	if ((r = saip_fit_read(upp, &fit, &call->why)) != 0 ||
	    (r = saip_fit_check(&fit, &owner, &call->why)) != 0)
		why_prefix(&call->why, "profile %s", info->iccid);
	return r;
}

int
admin_profile_fit(struct admin_call *call, const char *iccid)
{
	struct ctx		*c = call->ctx;
	struct profile		 p = { 0 };
	struct ptype		 t = { 0 };
	struct saip_info	 info;
	struct buf		 upp = { 0 };
	int			 r;

	if ((r = store_profile_get(c->db, c->tenant, iccid, &p)) != 0 ||
	    (r = store_type_get(c->db, c->tenant, p.type, &t)) != 0 ||
	    (r = vault_upp(c, &p, &upp)) != 0) {
		r = admin_fail(call, r, "profile", iccid);
		goto out;
	}
	if ((r = saip_check(buf_slice(&upp), &info, &call->why)) != 0)
		why_prefix(&call->why, "profile %s", iccid);
	else
		r = admin_type_fit(call, &t, buf_slice(&upp), &info);
out:
	buf_free(&upp);
	ptype_free(&t);
	profile_free(&p);
	return r;
}
