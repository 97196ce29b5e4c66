/* SPDX-License-Identifier: Apache-2.0 */
/* A session that is no row: what its transactionId says, and to whom. */
#include <string.h>

#include "base/hex.h"
#include "server/rsp/ticket.h"
#include "tests/unit/rsp_env.h"
#include "tests/unit/test_rsp.h"

/* One as initiateAuthentication makes it. */
static void
issue(struct env *e, struct session *s, uint8_t tid[LIM_TID])
{
	memset(s, 0, sizeof(*s));
	s->created = ENV_NOW;
	memcpy(s->dp_ci, pki_dp_at(e->ctx.pki, 0)->ci, sizeof(s->dp_ci));
	memcpy(s->euicc_ci, pki_ci_at(e->ctx.pki, 0)->cert.ski.p,
	    sizeof(s->euicc_ci));
	memcpy(s->svn, "\2\3\0", 3);
	strcpy(s->address, ENV_ADDRESS);
	CU_ASSERT_EQUAL(ticket_issue(&e->ctx, s, tid), 0);
}

void
ticket_says_what_was_agreed(void)
{
	struct session	 s, got;
	struct env	 e;
	uint8_t		 tid[LIM_TID], other[LIM_TID], chal[16];

	env_open(&e);
	issue(&e, &s, tid);
	CU_ASSERT_EQUAL(ticket_open(&e.ctx, slice_of(tid, LIM_TID), &got), 0);
	CU_ASSERT_TRUE(got.begun);
	CU_ASSERT_EQUAL(got.step, STEP_INITIATED);
	CU_ASSERT_STRING_EQUAL(got.tid, s.tid);
	CU_ASSERT_EQUAL(got.created, ENV_NOW);
	CU_ASSERT_EQUAL(got.touched, ENV_NOW);
	CU_ASSERT_EQUAL(got.svn[1], 3);
	CU_ASSERT_EQUAL(memcmp(got.dp_ci, s.dp_ci, 20), 0);
	CU_ASSERT_EQUAL(memcmp(got.euicc_ci, s.euicc_ci, 20), 0);
	ticket_challenge(&e.ctx, slice_of(tid, LIM_TID),
	    slice_str(ENV_ADDRESS), chal);
	CU_ASSERT_EQUAL(memcmp(chal, s.server_challenge, 16), 0);
	/* Not of another address, nor of another session. */
	ticket_challenge(&e.ctx, slice_of(tid, LIM_TID),
	    slice_str(ENV_ALIAS), chal);
	CU_ASSERT_NOT_EQUAL(memcmp(chal, s.server_challenge, 16), 0);
	issue(&e, &got, other);
	CU_ASSERT_NOT_EQUAL(memcmp(tid, other, LIM_TID), 0);
	CU_ASSERT_NOT_EQUAL(memcmp(got.server_challenge, s.server_challenge,
	    16), 0);
	env_close(&e);
}

/* A changed bit is another block: none of ours. */
void
ticket_of_nobody(void)
{
	struct session	 s, got;
	struct env	 e;
	uint8_t		 tid[LIM_TID];
	size_t		 bit;

	env_open(&e);
	issue(&e, &s, tid);
	for (bit = 0; bit < 8 * LIM_TID; bit++) {
		tid[bit / 8] ^= (uint8_t)(1 << bit % 8);
		CU_ASSERT_EQUAL(ticket_open(&e.ctx, slice_of(tid, LIM_TID),
		    &got), DPE_NOTFOUND);
		tid[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	CU_ASSERT_EQUAL(ticket_open(&e.ctx, slice_of(tid, LIM_TID - 1), &got),
	    DPE_NOTFOUND);
	CU_ASSERT_EQUAL(ticket_open(&e.ctx, slice_of(tid, 0), &got),
	    DPE_NOTFOUND);
	env_close(&e);
}
