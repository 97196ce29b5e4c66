/* SPDX-License-Identifier: Apache-2.0 */
/* ES9+.InitiateAuthentication: SGP.22 5.6.1; checks as in spec 02, section 3. */
#include <string.h>

#include "asn1/rsp.h"
#include "base/der.h"
#include "server/rsp/common.h"
#include "server/rsp/rsp.h"
#include "server/rsp/ticket.h"

void
es9_initiate_free(struct es9_initiate *m)
{
	buf_free(&m->server_signed1);
	buf_free(&m->server_signature1);
	buf_free(&m->euicc_ci_pk_id);
	buf_free(&m->server_certificate);
}

/* The eUICC's lists are in its order of preference, which we follow. */
static int
initiate_choose(struct ctx *c, const struct euicc_info1 *info,
    struct slice *euicc_ci, const struct pki_dp **dp)
{
	size_t	 i;

	*dp = NULL;
	for (i = 0; i < info->sign.n; i++)
		if (pki_ci_find(c->pki, info->sign.id[i]) != NULL)
			break;
	if (i == info->sign.n)
		return REFUSE_SECURITY;
	*euicc_ci = info->sign.id[i];
	for (i = 0; i < info->verify.n && *dp == NULL; i++)
		*dp = pki_dp_find(c->pki, info->verify.id[i]);
	return *dp == NULL ? REFUSE_DP_CERT : 0;
}

static int
initiate_check(struct ctx *c, const struct es9_initiate *m,
    struct euicc_info1 *info, struct slice *euicc_ci,
    const struct pki_dp **dp)
{
	int	 r;

	if (m->euicc_challenge.len != 16)
		return REFUSE_INVALID;
	if ((r = euicc_info1_decode(m->euicc_info1, info)) != 0)
		return r;
	if (info->svn[0] != 2 || info->svn[1] > c->set->svn_minor)
		return REFUSE_SVN;
	if (m->smdp_address.len > LIM_HOST ||
	    !settings_is_ours(c->set, m->smdp_address))
		return REFUSE_ADDRESS;
	return initiate_choose(c, info, euicc_ci, dp);
}

/*
 * A fresh session; the address as the LPA spelled it, which is what it will
 * compare with (3.1.2, step 10).
 */
static int
initiate_session(struct ctx *c, const struct es9_initiate *m,
    const struct euicc_info1 *info, struct slice euicc_ci,
    const struct pki_dp *dp, uint8_t tid[LIM_TID], struct session *s)
{
	s->created = clock_now(c->clock);
	memcpy(s->svn, info->svn, sizeof(s->svn));
	memcpy(s->dp_ci, dp->ci, sizeof(s->dp_ci));
	memcpy(s->euicc_ci, euicc_ci.p, sizeof(s->euicc_ci));
	memcpy(s->address, m->smdp_address.p, m->smdp_address.len);
	return ticket_issue(c, s, tid);
}

static int
initiate_sign(struct ctx *c, struct es9_initiate *m, const struct session *s,
    struct slice tid, const struct pki_dp *dp)
{
	struct server_signed1	 s1 = {
		.tid = tid,
		.euicc_challenge = m->euicc_challenge,
		.address = m->smdp_address,
		.server_challenge = slice_of(s->server_challenge,
		    sizeof(s->server_challenge)),
	};
	int			 r;

	if ((r = server_signed1_encode(&s1, &m->server_signed1)) != 0)
		return r;
	return rsp_sign(c, dp, SIGNER_DP_AUTH,
	    buf_slice(&m->server_signed1), &m->server_signature1);
}

/* A refusal names what was sent; of a list of CIs, the one liked best. */
static void
initiate_about(struct es9_initiate *m, const struct euicc_info1 *info, int r)
{
	switch (r) {
	case REFUSE_SVN:
		about_version(&m->about, info->svn);
		break;
	case REFUSE_ADDRESS:
		about_text(&m->about, m->smdp_address);
		break;
	case REFUSE_SECURITY:
		about_hex(&m->about, info->sign.id[0]);
		break;
	case REFUSE_DP_CERT:
		about_hex(&m->about, info->verify.id[0]);
		break;
	}
}

/* Nothing is written: what is told here is in the transactionId. */
int
es9_initiate(struct ctx *c, struct es9_initiate *m)
{
	struct euicc_info1	 info = {0};
	struct session		 s = {0};
	const struct pki_dp	*dp;
	struct slice		 euicc_ci;
	uint8_t			 tid[LIM_TID];
	int			 r;

	if ((r = initiate_check(c, m, &info, &euicc_ci, &dp)) != 0)
		goto out;
	if (atomic_load(c->sessions_full)) {
		r = DPE_BUSY;
		goto out;
	}
	if ((r = initiate_session(c, m, &info, euicc_ci, dp, tid, &s)) != 0 ||
	    (r = initiate_sign(c, m, &s, slice_of(tid, sizeof(tid)),
	    dp)) != 0)
		goto out;
	memcpy(m->tid, s.tid, sizeof(m->tid));
	der_add(&m->euicc_ci_pk_id, 0x04,
	    slice_of(s.euicc_ci, sizeof(s.euicc_ci)));
	buf_add_slice(&m->server_certificate, dp->auth.raw);
out:
	if (r != 0)
		es9_initiate_free(m);
	initiate_about(m, &info, r);
	msg_free(&info.msg);
	return r;
}
