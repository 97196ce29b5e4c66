/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/ticket.h"

#include <string.h>

#include "base/hex.h"

#define TICKET_CI	3	/* octets of a CI's identifier */
#define TICKET_RANDOM	5

/* Where each part begins. */
enum {
	AT_TIME = 0, AT_DP = 4, AT_EUICC = 7, AT_SVN = 10, AT_RANDOM = 11
};

int
ticket_issue(struct ctx *c, struct session *s, uint8_t tid[LIM_TID])
{
	uint8_t	 plain[LIM_TID];
	int	 i, r;

	for (i = 0; i < 4; i++)
		plain[AT_TIME + i] = (uint8_t)(s->created >> (24 - 8 * i));
	memcpy(plain + AT_DP, s->dp_ci, TICKET_CI);
	memcpy(plain + AT_EUICC, s->euicc_ci, TICKET_CI);
	plain[AT_SVN] = s->svn[1];
	rnd_fill(c->rnd, plain + AT_RANDOM, TICKET_RANDOM);
	if ((r = seal_block(c->seal, true, plain, tid)) != 0)
		return r;
	hex_put(s->tid, slice_of(tid, LIM_TID));
	ticket_challenge(c, slice_of(tid, LIM_TID), slice_str(s->address),
	    s->server_challenge);
	return 0;
}

/* The pair and the CI that were chosen; gone in a reload, perhaps. */
static int
ticket_cis(struct ctx *c, const uint8_t *plain, struct session *s)
{
	const struct pki_dp	*dp;
	const struct pki_ci	*ci;
	size_t			 i, dps = pki_dp_count(c->pki),
				 cis = pki_ci_count(c->pki);

	for (i = 0; i < dps; i++) {
		dp = pki_dp_at(c->pki, i);
		if (memcmp(dp->ci, plain + AT_DP, TICKET_CI) == 0)
			break;
	}
	if (i == dps)
		return DPE_NOTFOUND;
	memcpy(s->dp_ci, dp->ci, sizeof(s->dp_ci));
	for (i = 0; i < cis; i++) {
		ci = pki_ci_at(c->pki, i);
		if (ci->cert.ski.len == sizeof(s->euicc_ci) &&
		    memcmp(ci->cert.ski.p, plain + AT_EUICC, TICKET_CI) == 0)
			break;
	}
	if (i == cis)
		return DPE_NOTFOUND;
	memcpy(s->euicc_ci, ci->cert.ski.p, sizeof(s->euicc_ci));
	return 0;
}

int
ticket_open(struct ctx *c, struct slice tid, struct session *s)
{
	uint8_t	 plain[LIM_TID];
	int64_t	 at = 0;
	int	 i, r;

	memset(s, 0, sizeof(*s));
	if (tid.len != LIM_TID)
		return DPE_NOTFOUND;
	if ((r = seal_block(c->seal, false, tid.p, plain)) != 0 ||
	    (r = ticket_cis(c, plain, s)) != 0)
		return r;
	for (i = 0; i < 4; i++)
		at = at << 8 | plain[AT_TIME + i];
	hex_put(s->tid, tid);
	s->begun = true;
	s->step = STEP_INITIATED;
	s->created = s->touched = at;
	s->svn[0] = 2;
	s->svn[1] = plain[AT_SVN];
	return 0;
}

void
ticket_challenge(struct ctx *c, struct slice tid, struct slice address,
    uint8_t out[16])
{
	struct buf	 b = {0};
	uint8_t		 mac[32];

	buf_add_slice(&b, tid);
	buf_add_slice(&b, address);
	seal_index(c->seal, "ticket/challenge", buf_slice(&b), mac);
	memcpy(out, mac, 16);
	buf_free(&b);
}
