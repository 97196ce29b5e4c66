/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"

static void
edit_broken(const char *text)
{
	fprintf(stderr, "edit %s: no such place\n", text);
	abort();
}

void
edits_add(struct edits *e, enum edit_what what, bool outer, const char *text)
{
	struct edit	*d = &e->edit[e->n];
	const char	*p = text;
	char		*end;

	if (e->n == EDITS)
		edit_broken(text);
	memset(d, 0, sizeof(*d));
	d->what = what;
	d->outer = outer;
	for (;;) {
		if (d->depth == EDIT_DEPTH)
			edit_broken(text);
		d->path[d->depth++] = (uint32_t)strtoul(p, &end, 16);
		if (end == p)
			edit_broken(text);
		if (*end != '.')
			break;
		p = end + 1;
	}
	if (*end == ':' && hex_decode(slice_str(end + 1), &d->bytes) != 0)
		edit_broken(text);
	e->n++;
}

void
edits_free(struct edits *e)
{
	size_t	 i;

	for (i = 0; i < e->n; i++)
		buf_free(&e->edit[i].bytes);
	memset(e, 0, sizeof(*e));
}

/*
 * Append in to out, changed at the place that the path names from level on;
 * was it there?
 */
static bool
edit_level(const struct edit *e, size_t level, struct slice in,
    struct buf *out)
{
	struct der	 d;
	struct buf	 inner = {0};
	bool		 done = false;

	while (in.len > 0) {
		if (der_next(&in, &d) != 0) {
			buf_add_slice(out, in);
			break;
		}
		if (done || d.tag != e->path[level]) {
			buf_add_slice(out, d.raw);
			continue;
		}
		done = true;
		if (level + 1 < e->depth)
			done = edit_level(e, level + 1, d.value, &inner);
		else if (e->what == EDIT_REMOVE)
			continue;
		else if (e->what == EDIT_APPEND)
			buf_add_slice(&inner, d.value);
		if (level + 1 == e->depth)
			buf_add_slice(&inner, buf_slice(&e->bytes));
		der_add(out, d.tag, buf_slice(&inner));
		buf_free(&inner);
	}
	return done;
}

void
edits_make(struct edits *e, bool outer, struct buf *der)
{
	struct buf	 out = {0};
	size_t		 i, n = 0;

	for (i = 0; i < e->n; i++) {
		if (e->edit[i].outer != outer) {
			e->edit[n++] = e->edit[i];
			continue;
		}
		if (!edit_level(&e->edit[i], 0, buf_slice(der), &out))
			edit_broken("at its place");
		buf_set(der, buf_slice(&out));
		buf_free(&out);
		buf_free(&e->edit[i].bytes);
	}
	e->n = n;
}
