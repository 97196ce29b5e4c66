/* SPDX-License-Identifier: Apache-2.0 */
/* ES10c: what the user does with profiles, SGP.22 5.7.16 to 5.7.21. */
#include <stdlib.h>

#include "base/der.h"
#include "tools/vuicc_es10.h"

#define RESULT_OK	0
#define NOT_FOUND	1
#define WRONG_STATE	2
#define POLICY		3
#define UNDEFINED	127
#define NICKNAME_MAX	64	/* characters of UTF-8 */

/* A0 { 4F or 5A }, 81 refreshFlag. */
static int
es10c_target(struct slice in, struct der *id)
{
	struct der	 choice, refresh;

	if (der_expect(&in, 0xA0, &choice) != 0 ||
	    der_expect(&in, 0x81, &refresh) != 0 || in.len > 0 ||
	    refresh.value.len != 1)
		return DPE_SYNTAX;
	if (der_whole(choice.value, 0x5A, id) != 0)
		return der_whole(choice.value, 0x4F, id);
	return 0;
}

/* The card's own answer as a number of 5.7.16 to 5.7.18. */
static unsigned
es10c_number(int r)
{
	return r == 0 ? RESULT_OK : r == DPE_STATE ? POLICY : UNDEFINED;
}

/* Enable or disable: what differs is the card's function. */
static unsigned
es10c_turn(struct vuicc_es10 *e, struct slice in, bool on, struct buf *out)
{
	struct vuicc_profile	*p;
	struct der		 id;
	unsigned		 n;

	if (es10c_target(in, &id) != 0)
		return SW_DATA;
	if ((p = es10_profile(e, &id)) == NULL)
		n = NOT_FOUND;
	else if (p->enabled == on)
		n = WRONG_STATE;
	else
		n = es10c_number(on ?
		    vuicc_card_enable(e->card, p->iccid, &e->why) :
		    vuicc_card_disable(e->card, p->iccid, &e->why));
	es10_result(out, on ? 0xBF31 : 0xBF32, n);
	return SW_OK;
}

unsigned
es10c_enable(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	return es10c_turn(e, in, true, out);
}

unsigned
es10c_disable(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	return es10c_turn(e, in, false, out);
}

unsigned
es10c_delete(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_profile	*p;
	struct der		 id;
	unsigned		 n;

	if (der_whole(in, 0x5A, &id) != 0 && der_whole(in, 0x4F, &id) != 0)
		return SW_DATA;
	if ((p = es10_profile(e, &id)) == NULL)
		n = NOT_FOUND;
	else if (p->enabled)
		n = WRONG_STATE;
	else
		n = es10c_number(vuicc_card_delete(e->card, p->iccid,
		    &e->why));
	es10_result(out, 0xBF33, n);
	return SW_OK;
}

/* Is it valid UTF-8 of at most so many characters? */
static bool
nickname_fits(struct slice s)
{
	size_t	 i, n = 0, more;

	for (i = 0; i < s.len; n++) {
		more = s.p[i] < 0x80 ? 0 : (s.p[i] & 0xe0) == 0xc0 ? 1 :
		    (s.p[i] & 0xf0) == 0xe0 ? 2 :
		    (s.p[i] & 0xf8) == 0xf0 ? 3 : 4;
		if (s.p[i++] == 0 || more == 4)
			return false;
		for (; more > 0; more--)
			if (i == s.len || (s.p[i++] & 0xc0) != 0x80)
				return false;
	}
	return n <= NICKNAME_MAX;
}

/* 5A, 90 nickname; an empty one removes it. */
unsigned
es10c_nickname(struct vuicc_es10 *e, struct slice in, struct buf *out)
{
	struct vuicc_profile	*p;
	struct der		 id, name;
	unsigned		 n = RESULT_OK;

	if (der_expect(&in, 0x5A, &id) != 0 ||
	    der_expect(&in, 0x90, &name) != 0 || in.len > 0)
		return SW_DATA;
	if ((p = es10_profile(e, &id)) == NULL)
		n = NOT_FOUND;
	else if (!nickname_fits(name.value))
		n = UNDEFINED;
	else {
		free(p->nickname);
		p->nickname = name.value.len == 0 ? NULL :
		    slice_dup(name.value);
		e->card->state->dirty = true;
	}
	es10_result(out, 0xBF29, n);
	return SW_OK;
}
