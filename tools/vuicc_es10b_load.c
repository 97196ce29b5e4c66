/* SPDX-License-Identifier: Apache-2.0 */
/*
 * LoadBoundProfilePackage, SGP.22 5.7.6: the package comes cut up as 2.5.5
 * says, each piece a command of its own.  It is put together and unwrapped
 * when it is whole.
 */
#include <string.h>

#include "base/der.h"
#include "base/limits.h"
#include "tools/vuicc_es10.h"

/* The parts in their order; those of A1 and A3 come after their heads. */
static const struct {
	uint32_t	 tag;
	uint32_t	 inner;		/* of a head alone; 0: one whole TLV */
	bool		 optional;
} parts[] = {
	{ 0xA0, 0, false },
	{ 0xA1, 0x88, false },
	{ 0xA2, 0, true },
	{ 0xA3, 0x86, false },
};
#define PARTS	NELEM(parts)

/* Tag and length, minimal; *n is the length, *in moves behind them. */
static int
load_head(struct slice *in, uint32_t tag, size_t *n)
{
	struct buf	 again = {0};
	size_t		 at = tag > 0xff ? 2 : 1, more, i;
	int		 r = DPE_SYNTAX;

	if (der_peek(*in) != tag || in->len < at + 1)
		return DPE_SYNTAX;
	more = (in->p[at] & 0x80) != 0 ? in->p[at] & 0x7f : 0;
	*n = more == 0 ? in->p[at] : 0;
	at++;
	if (more > 3 || in->len < at + more)
		return DPE_SYNTAX;
	for (i = 0; i < more; i++)
		*n = *n << 8 | in->p[at + i];
	der_add_head(&again, tag, *n);
	if (*n <= LIM_RSP_MESSAGE && again.len == at + more &&
	    slice_starts(*in, buf_slice(&again))) {
		*in = slice_sub(*in, at + more, in->len);
		r = 0;
	}
	buf_free(&again);
	return r;
}

static bool
load_is_whole(struct slice in, uint32_t tag)
{
	struct der	 d;

	return der_whole(in, tag, &d) == 0;
}

/* The head of BF36 with BF23 behind it. */
static bool
load_begin(struct es10_bpp *b, struct slice piece)
{
	struct slice	 rest = piece;
	size_t		 n;

	buf_free(&b->sofar);
	memset(b, 0, sizeof(*b));
	if (load_head(&rest, 0xBF36, &n) != 0 || rest.len > n ||
	    !load_is_whole(rest, 0xBF23))
		return false;
	b->whole = piece.len - rest.len + n;
	return true;
}

/* Does this piece fit here? */
static bool
load_follows(struct es10_bpp *b, struct slice piece)
{
	struct slice	 rest = piece;
	unsigned	 i = b->next;

	if (b->group > 0) {
		if (piece.len > b->group ||
		    !load_is_whole(piece, parts[i - 1].inner))
			return false;
		b->group -= piece.len;
		return true;
	}
	if (i < PARTS && parts[i].optional && der_peek(piece) != parts[i].tag)
		i++;
	if (i == PARTS)
		return false;
	b->next = i + 1;
	if (parts[i].inner == 0)
		return load_is_whole(piece, parts[i].tag);
	return load_head(&rest, parts[i].tag, &b->group) == 0 &&
	    rest.len == 0 && b->group > 0;
}

bool
es10b_load_continues(const struct vuicc_es10 *e, uint32_t tag)
{
	return e->bpp.whole > 0 && tag <= 0xff;
}

/* The result is the first of the notifications that this made. */
static unsigned
load_finish(struct vuicc_es10 *e, struct buf *out)
{
	struct vuicc_state	*st = e->card->state;
	int64_t			 seq = st->seq + 1;
	size_t			 i;

	if (vuicc_card_load(e->card, &e->s, buf_slice(&e->bpp.sofar), NULL,
	    &e->why) == 0)
		e->why.text[0] = '\0';
	es10_forget(e);
	for (i = 0; i < st->n_pending; i++)
		if (st->pending[i].seq == seq) {
			buf_add_slice(out, buf_slice(&st->pending[i].der));
			return SW_OK;
		}
	return SW_CONDITIONS;
}

unsigned
es10b_load(struct vuicc_es10 *e, struct slice piece, struct buf *out)
{
	struct es10_bpp	*b = &e->bpp;
	bool		 fits;

	if (e->step != ES10_PREPARED) {
		why_set(&e->why, DPE_STATE, "LoadBoundProfilePackage: there "
		    "was no PrepareDownload");
		return SW_CONDITIONS;
	}
	fits = der_peek(piece) == 0xBF36 ? load_begin(b, piece) :
	    load_follows(b, piece);
	if (!fits || b->sofar.len + piece.len > b->whole) {
		buf_free(&b->sofar);
		memset(b, 0, sizeof(*b));
		why_set(&e->why, DPE_SYNTAX, "LoadBoundProfilePackage: not "
		    "cut up as it should be (2.5.5)");
		return SW_DATA;
	}
	buf_add_slice(&b->sofar, piece);
	return b->sofar.len == b->whole ? load_finish(e, out) : SW_OK;
}
