/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_apdu_chain.h"

#define P1_MORE		0x11
#define P1_LAST		0x91
#define BLOCKS		256	/* P2 numbers them in one octet */

void
vuicc_chain_drop(struct vuicc_channel *ch)
{
	buf_free(&ch->command);
	buf_free(&ch->answer);
	ch->block = 0;
	ch->at = 0;
}

/* At most le octets of the answer, and how many more there are. */
static unsigned
chain_give(struct vuicc_channel *ch, size_t le, struct buf *out)
{
	struct slice	 part;
	size_t		 left;

	part = slice_sub(buf_slice(&ch->answer), ch->at, le);
	buf_add_slice(out, part);
	ch->at += part.len;
	if ((left = ch->answer.len - ch->at) > 0)
		return SW_MORE | (left > 255 ? 0 : (unsigned)left);
	vuicc_chain_drop(ch);
	return SW_OK;
}

unsigned
vuicc_chain_more(struct vuicc_channel *ch, const struct apdu *in,
    struct buf *out)
{
	if (in->p1 != 0 || in->p2 != 0)
		return SW_P1P2;
	if (!in->has_le || in->data.len > 0)
		return SW_LENGTH;
	if (ch->answer.len == 0)
		return SW_CONDITIONS;
	return chain_give(ch, in->le, out);
}

/* A block with number 0 begins anew, whatever was there before. */
static bool
chain_in_order(struct vuicc_channel *ch, const struct apdu *in)
{
	if (in->p2 == 0)
		vuicc_chain_drop(ch);
	return ch->block < BLOCKS && in->p2 == ch->block &&
	    (in->p1 == P1_MORE || in->p1 == P1_LAST);
}

unsigned
vuicc_chain_store(struct vuicc_apdu *a, struct vuicc_channel *ch,
    const struct apdu *in, struct buf *out)
{
	unsigned	 sw;

	if (!chain_in_order(ch, in)) {
		vuicc_chain_drop(ch);
		return SW_P1P2;
	}
	buf_add_slice(&ch->command, in->data);
	ch->block++;
	if (in->p1 == P1_MORE)
		return SW_OK;
	sw = a->call(a->arg, buf_slice(&ch->command), &ch->answer);
	buf_free(&ch->command);
	ch->block = 0;
	if (sw != SW_OK || ch->answer.len == 0) {
		vuicc_chain_drop(ch);
		return sw;
	}
	/* Without Le nothing can be given with it: it is to be fetched. */
	return chain_give(ch, in->has_le ? in->le : 0, out);
}
