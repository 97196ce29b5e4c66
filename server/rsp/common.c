/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/common.h"

#include <string.h>

#include "asn1/rsp.h"
#include "base/hex.h"
#include "base/log.h"
#include "server/rsp/ticket.h"

int
rsp_session(struct ctx *c, struct slice tid, unsigned steps,
    struct session *s)
{
	int64_t	 now = clock_now(c->clock);
	char	 text[TID_TEXT];
	int	 r;

	if (tid.len < 1 || tid.len > LIM_TID)
		return REFUSE_TRANSACTION;
	hex_put(text, tid);
	if ((r = store_session_get(c->db, c->tenant, text, s)) ==
	    DPE_NOTFOUND)
		r = told(ticket_open(c, tid, s), DPE_NOTFOUND,
		    REFUSE_TRANSACTION);
	if (r != 0)
		return r;
	s->actor = rsp_actor(c);
	if ((steps & STEP_BIT(s->step)) == 0 ||
	    s->touched + c->set->session_timeout < now ||
	    (s->begun && s->created > now + c->set->session_timeout))
		return REFUSE_TRANSACTION;
	return 0;
}

int
rsp_same_tid(const struct session *s, struct slice tid)
{
	char	 text[TID_TEXT];

	if (tid.len < 1 || tid.len > LIM_TID)
		return REFUSE_TRANSACTION;
	hex_put(text, tid);
	return strcmp(text, s->tid) == 0 ? 0 : REFUSE_TRANSACTION;
}

struct drop {
	int64_t			 tenant, now;
	const struct session	*s;
};

static int
session_drop_write(struct db *db, void *arg)
{
	struct drop	*d = arg;

	return store_session_close(db, d->tenant, d->s, d->now);
}

void
rsp_session_drop(struct ctx *c, const struct session *s)
{
	struct drop	 d = { c->tenant, clock_now(c->clock), s };
	int		 r;

	r = store_write(c->store, STORE_RELAXED, session_drop_write, &d);
	if (r != 0)
		log_warn("session-close-failed tid=%s reason=\"%s\"", s->tid,
		    err_text(r));
}

const struct pki_dp *
rsp_dp(struct ctx *c, const struct session *s)
{
	return pki_dp_find(c->pki, slice_of(s->dp_ci, sizeof(s->dp_ci)));
}

int
rsp_sign(struct ctx *c, const struct pki_dp *dp, enum signer_role role,
    struct slice data, struct buf *out)
{
	uint8_t	 sig[SIG_LEN];
	int	 r;

	if ((r = signer_sign(c->signer, role, dp->ci, data, sig)) != 0)
		return r;
	sig_tlv(out, slice_of(sig, sizeof(sig)));
	return 0;
}

const char *
rsp_actor(const struct ctx *c)
{
	return c->actor[0] == '\0' ? "euicc" : c->actor;
}

int
rsp_audit(struct db *db, int64_t tenant, int64_t now, const char *action,
    const struct session *s, const char *detail)
{
	struct audit	 a = {
		.at = now, .action = action,
		.actor = s->actor == NULL ? "euicc" : s->actor,
		.order = s->order[0] != '\0' ? s->order : NULL,
		.iccid = s->iccid[0] != '\0' ? s->iccid : NULL,
		.eid = s->eid[0] != '\0' ? s->eid : NULL,
		.tid = s->tid, .detail = detail,
	};

	return store_audit_add(db, tenant, &a);
}

int
rsp_order_allows(const struct order *o, const char *eid, int64_t now)
{
	if (o->lock != LOCK_OPEN && o->eid[0] != '\0' &&
	    strcmp(o->eid, eid) != 0)
		return REFUSE_EID;
	if (o->end == ORDER_EXPIRED)
		return REFUSE_EXPIRED;
	if (o->end == ORDER_CANCELLED)
		return REFUSE_MATCHING_ID;
	switch (o->state) {
	case LIFE_ALLOCATED:
	case LIFE_LINKED:
	case LIFE_CONFIRMED:
		return REFUSE_UNRELEASED;
	case LIFE_RELEASED:
	case LIFE_DOWNLOADED:
		break;
	default:
		return REFUSE_MATCHING_ID;
	}
	return o->expires != 0 && now > o->expires ? REFUSE_EXPIRED : 0;
}

int
rsp_order_shred(struct db *db, int64_t tenant, const struct order *o)
{
	struct ptype	 t = {0};
	int		 r;

	if (o->reusable)
		return 0;
	if ((r = store_type_get(db, tenant, o->type, &t)) == 0 && t.shred)
		r = store_profile_shred(db, tenant, o->iccid);
	ptype_free(&t);
	return r;
}

int
rsp_order_reuse(struct db *db, int64_t tenant, const struct order *o,
    int64_t now)
{
	int	 r;

	if (!o->reusable)
		return 0;
	if ((r = store_profile_event(db, tenant, o->iccid, LIFE_REUSE,
	    now)) != 0)
		return r;
	return store_order_renew(db, tenant, o->id, o->lock != LOCK_EID, now);
}
