/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/internal.h"
#include "server/saip/saip.h"
#include "server/vault.h"

struct import_in {
	char		*type;
	struct buf	 upp;
};

static const struct jfield	import_tab[] = {
	{ "type", JFIELD_TEXT, offsetof(struct import_in, type),
	    TYPE_NAME_MAX, 0 },
	{ "upp", JFIELD_BASE64, offsetof(struct import_in, upp), LIM_UPP, 0 }
};

struct import_write {
	struct admin_mark	 mark;
	struct body		 body;
	struct profile		 p;
};

int
admin_body_use(struct db *db, int64_t tenant, const struct body *b,
    char id[ROW_ID_TEXT])
{
	int	 r = store_body_find(db, tenant, b->index, id);

	if (r == 0)
		return store_body_learn(db, tenant, id, b);
	if (r != DPE_NOTFOUND)
		return r;
	memcpy(id, b->id, ROW_ID_TEXT);
	return store_body_add(db, tenant, b);
}

static int
import_write(struct db *db, void *arg)
{
	struct import_write	*w = arg;
	int64_t			 tenant = w->mark.call->ctx->tenant;
	char			 detail[TYPE_NAME_MAX + 8];
	int			 r;

	snprintf(detail, sizeof(detail), "type=%s", w->p.type);
	if ((r = admin_body_use(db, tenant, &w->body, w->p.body)) != 0 ||
	    (r = store_profile_add(db, tenant, &w->p, w->mark.now)) != 0)
		return r;
	return admin_audit(db, &w->mark, NULL, w->p.iccid, NULL, detail);
}

static int
import_upp(struct admin_call *call, const struct import_in *in,
    const struct ptype *t)
{
	struct import_write	 w;
	struct saip_info	 info;
	int			 r;

	memset(&w, 0, sizeof(w));
	w.mark = (struct admin_mark){ call, admin_now(call->ctx),
	    "profile.import" };
	if ((r = saip_check(buf_slice(&in->upp), &info, &call->why)) != 0 ||
	    (r = admin_lint(call, buf_slice(&in->upp))) != 0 ||
	    (r = admin_type_fit(call, t, buf_slice(&in->upp), &info)) != 0)
		return r;
	w.p.checked = true;
	snprintf(w.p.type, sizeof(w.p.type), "%s", in->type);
	snprintf(w.p.iccid, sizeof(w.p.iccid), "%s", info.iccid);
	if ((r = vault_body_put(call->ctx, buf_slice(&in->upp), false,
	    &w.body)) == 0)
		r = store_write(call->ctx->store, STORE_DURABLE, import_write,
		    &w);
	if (r == DPE_EXISTS)
		why_set(&call->why, r, "profile %s: is in the inventory "
		    "already", w.p.iccid);
	else if (r != 0)
		r = admin_fail(call, r, "profile", w.p.iccid);
	else
		json_object_update_new(call->out, admin_profile_json(&w.p));
	buf_free(&w.body.sealed);
	return r;
}

int
admin_profile_import(struct admin_call *call)
{
	struct import_in	 in = { 0 };
	struct ptype		 t = { 0 };
	int			 r;

	if ((r = admin_read(call, import_tab, NELEM(import_tab), &in)) == 0 &&
	    (r = admin_type_get(call, in.type, &t)) == 0)
		r = import_upp(call, &in, &t);
	ptype_free(&t);
	jfield_free(import_tab, NELEM(import_tab), &in);
	return r;
}
