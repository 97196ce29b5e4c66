/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The old encoding and the new one are walked side by side.  What is unknown
 * is copied from the old one, all else from the new one, whose members must
 * come in the same order as far as something unknown is still to be placed.
 */
#include "asn1/pe_graft.h"

#include "base/der.h"

struct graft {
	const struct slice	*next, *end;	/* unknown ones left */
	struct buf		*out;
};

static bool
graft_is_next(const struct graft *g, struct slice raw)
{
	return g->next < g->end && g->next->p == raw.p;
}

static bool
graft_inside(const struct graft *g, struct slice value)
{
	return g->next < g->end && g->next->p >= value.p &&
	    g->next->p < value.p + value.len;
}

static int
graft(struct graft *g, struct slice old, struct slice fresh)
{
	struct der	 o, f;
	size_t		 at;
	int		 r;

	while (old.len > 0 && g->next < g->end) {
		if ((r = der_next(&old, &o)) != 0)
			return r;
		if (graft_is_next(g, o.raw)) {
			buf_add_slice(g->out, o.raw);
			g->next++;
			continue;
		}
		if (der_next(&fresh, &f) != 0 || f.tag != o.tag)
			return DPE_STATE;
		if (!graft_inside(g, o.value)) {
			buf_add_slice(g->out, f.raw);
			continue;
		}
		at = g->out->len;
		if ((r = graft(g, o.value, f.value)) != 0)
			return r;
		der_wrap(g->out, at, f.tag);
	}
	buf_add_slice(g->out, fresh);
	return 0;
}

int
pe_graft(const struct pe *pe, struct slice fresh, struct buf *out)
{
	struct graft	 g = { pe->unknown.v, pe->unknown.v, out };
	size_t		 from = out->len;
	int		 r;

	if (pe->unknown.n == 0) {
		buf_add_slice(out, fresh);
		return 0;
	}
	g.end += pe->unknown.n;
	if ((r = graft(&g, pe->raw, fresh)) == 0 && g.next != g.end)
		r = DPE_STATE;
	if (r != 0)
		buf_cut(out, from);
	return r;
}
