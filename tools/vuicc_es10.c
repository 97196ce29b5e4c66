/* SPDX-License-Identifier: Apache-2.0 */
/* Which function a command is, and what all of them share. */
#include "base/der.h"
#include "tools/vuicc_es10.h"

#include <string.h>

#define TAG_BPP		0xBF36

static const struct {
	uint32_t	 tag;
	unsigned	(*fn)(struct vuicc_es10 *e, struct slice in,
			    struct buf *out);
} functions[] = {
	{ 0xBF20, es10b_info1 },
	{ 0xBF21, es10b_prepare },
	{ 0xBF22, es10b_info2 },
	{ 0xBF28, es10b_list },
	{ 0xBF29, es10c_nickname },
	{ 0xBF2B, es10b_retrieve },
	{ 0xBF2D, es10c_profiles },
	{ 0xBF2E, es10b_challenge },
	{ 0xBF30, es10b_sent },
	{ 0xBF31, es10c_enable },
	{ 0xBF32, es10c_disable },
	{ 0xBF33, es10c_delete },
	{ 0xBF34, es10c_reset },
	{ 0xBF38, es10b_authenticate },
	{ 0xBF3C, es10a_addresses },
	{ 0xBF3E, es10c_eid },
	{ 0xBF3F, es10a_set_default },
	{ 0xBF41, es10b_cancel },
	{ 0xBF43, es10b_rat },
};

void
vuicc_es10_init(struct vuicc_es10 *e, struct vuicc_card *card)
{
	memset(e, 0, sizeof(*e));
	e->card = card;
}

void
vuicc_es10_free(struct vuicc_es10 *e)
{
	es10_forget(e);
}

void
es10_forget(struct vuicc_es10 *e)
{
	vuicc_session_free(&e->s);
	buf_free(&e->bpp.sofar);
	memset(&e->bpp, 0, sizeof(e->bpp));
	e->step = ES10_NONE;
}

void
es10_result(struct buf *out, uint32_t tag, unsigned result)
{
	size_t	 at = out->len;

	der_add_uint(out, 0x80, result);
	der_wrap(out, at, tag);
}

int
es10_bits(struct slice value, unsigned *mask)
{
	struct bits	 b;

	if (value.len == 0 || value.len > 3 || value.p[0] > 7 ||
	    (value.len == 1 && value.p[0] != 0))
		return DPE_SYNTAX;
	b.octets = slice_sub(value, 1, value.len);
	b.unused = value.p[0];
	*mask = bits_mask(b);
	return 0;
}

struct vuicc_profile *
es10_profile(struct vuicc_es10 *e, const struct der *d)
{
	struct vuicc_state	*st = e->card->state;
	char			 iccid[ICCID_TEXT];
	uint8_t			 aid[VUICC_AID];
	size_t			 i;

	if (d->tag == 0x5A)
		return iccid_from_ef(d->value, iccid) != 0 ? NULL :
		    vuicc_state_profile(st, iccid);
	for (i = 0; i < st->n_profile; i++) {
		vuicc_card_aid(st->profile[i].aid, aid);
		if (slice_eq(d->value, slice_of(aid, sizeof(aid))))
			return &st->profile[i];
	}
	return NULL;
}

static unsigned
es10_dispatch(struct vuicc_es10 *e, struct slice command, struct buf *answer)
{
	uint32_t	 tag = der_peek(command);
	struct der	 d;
	size_t		 i;

	if (tag == TAG_BPP || es10b_load_continues(e, tag))
		return es10b_load(e, command, answer);
	for (i = 0; i < NELEM(functions); i++)
		if (functions[i].tag == tag)
			break;
	if (i == NELEM(functions)) {
		why_set(&e->why, DPE_UNSUPPORTED, "function %X: not known",
		    (unsigned)tag);
		return SW_NO_FUNCTION;
	}
	if (der_whole(command, tag, &d) != 0) {
		why_set(&e->why, DPE_SYNTAX, "function %X: not one whole TLV",
		    (unsigned)tag);
		return SW_DATA;
	}
	return functions[i].fn(e, d.value, answer);
}

unsigned
vuicc_es10_call(void *arg, struct slice command, struct buf *answer)
{
	struct vuicc_es10	*e = arg;
	unsigned		 sw;

	e->why.text[0] = '\0';
	if ((sw = es10_dispatch(e, command, answer)) != SW_OK) {
		buf_cut(answer, 0);
		if (e->why.text[0] == '\0')
			why_set(&e->why, DPE_SYNTAX, "function %X: status "
			    "%04X", (unsigned)der_peek(command), sw);
	}
	if (vuicc_state_save(e->card->state, &e->why) != 0) {
		buf_cut(answer, 0);
		return SW_MEMORY;
	}
	return sw;
}
