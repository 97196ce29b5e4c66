/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Packages with something wrong in them: "PATH OP HEX", several with ";".
 * A path is tags, each with the number of its like ("A2#1/A1/80"); lengths
 * around what is changed are made anew.
 *	= value	~ the whole TLV	- nothing	< added at its end
 *	+ behind it	^ before it	$ (no path) behind the package
 */
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_lint.h"

struct edit {
	const char	*path;
	char		 op;
	struct buf	 hex;
	bool		 done;
};

static void	edit_level(struct edit *e, const char *path, struct slice in,
		    struct buf *out);

/* The TLV that the path ends at. */
static void
edit_here(struct edit *e, const struct der *d, struct buf *out)
{
	size_t	 at = out->len;

	e->done = true;
	if (e->op == '^' || e->op == '~')
		buf_add_slice(out, buf_slice(&e->hex));
	if (e->op == '=' || e->op == '<') {
		if (e->op == '<')
			buf_add_slice(out, d->value);
		buf_add_slice(out, buf_slice(&e->hex));
		der_wrap(out, at, d->tag);
	}
	if (e->op == '+' || e->op == '^')
		buf_add_slice(out, d->raw);
	if (e->op == '+')
		buf_add_slice(out, buf_slice(&e->hex));
}

static void
edit_level(struct edit *e, const char *path, struct slice in, struct buf *out)
{
	char		*end;
	uint32_t	 tag = (uint32_t)strtoul(path, &end, 16);
	unsigned long	 n = *end == '#' ? strtoul(end + 1, &end, 10) : 0;
	struct der	 d;
	size_t		 at;

	while (in.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&in, &d), 0);
		if (d.tag != tag || n-- > 0) {
			buf_add_slice(out, d.raw);
			continue;
		}
		if (*end == '/') {
			at = out->len;
			edit_level(e, end + 1, d.value, out);
			der_wrap(out, at, d.tag);
		} else
			edit_here(e, &d, out);
	}
}

static void
edit_one(char *text, struct buf *upp)
{
	struct edit	 e = { .path = text };
	struct buf	 out = {0};
	char		*op, *p, *q;

	op = text + strcspn(text, "=~-<+^$");
	e.op = *op;
	*op = '\0';
	for (p = q = op + 1; *p != '\0'; p++)
		if (*p != ' ')
			*q++ = *p;
	*q = '\0';
	unit_hex(op + 1, &e.hex);
	if (e.op == '$') {
		buf_add_slice(upp, buf_slice(&e.hex));
		e.done = true;
	} else {
		edit_level(&e, text, buf_slice(upp), &out);
		buf_set(upp, buf_slice(&out));
	}
	CU_ASSERT_TRUE(e.done);
	buf_free(&out);
	buf_free(&e.hex);
}

void
lint_edit(struct buf *upp, const char *edits)
{
	char	*text = strdup(edits), *at = text, *one;

	if (text == NULL)
		abort();
	while ((one = strsep(&at, ";")) != NULL)
		edit_one(one + strspn(one, " "), upp);
	free(text);
}
