/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"

#include <string.h>

static bool
blank(uint8_t c)
{
	return c == ' ' || c == '\t';
}

static bool
line_end(uint8_t c)
{
	return c == '\n' || c == '\r';
}

void
csv_begin(struct csv *c, struct slice text, char separator)
{
	size_t	 i;
	bool	 comma = false, semicolon = false, tab = false;

	memset(c, 0, sizeof(*c));
	if (slice_starts(text, slice_str("\xef\xbb\xbf")))
		text = slice_sub(text, 3, text.len);
	c->text = text;
	c->separator = separator;
	if (separator != 0)
		return;
	for (i = 0; i < text.len && !line_end(text.p[i]); i++) {
		comma |= text.p[i] == ',';
		semicolon |= text.p[i] == ';';
		tab |= text.p[i] == '\t';
	}
	c->separator = ',';
	if (!comma && (semicolon || tab))
		c->separator = semicolon ? ';' : '\t';
}

void
csv_end(struct csv *c)
{
	buf_free(&c->bytes);
}

/* At a line end: behind it. */
static size_t
pass_end(struct slice t, size_t at)
{
	if (at < t.len && t.p[at] == '\r')
		at++;
	if (at < t.len && t.p[at] == '\n')
		at++;
	return at;
}

/* In quotes, which begin at `at`: behind the last one, or the end of all. */
static int
quoted(struct csv *c, size_t *at, struct why *why)
{
	struct slice	 t = c->text;
	size_t		 i = *at + 1;

	for (;; i++) {
		if (i >= t.len || t.p[i] == '\0') {
			*at = t.len;
			return why_set(why, DPE_SYNTAX, "a quote is not "
			    "closed");
		}
		if (t.p[i] == '"' && (++i >= t.len || t.p[i] != '"'))
			break;
		if (c->bytes.len < LIM_CSV_ROW)
			buf_add_u8(&c->bytes, t.p[i]);
	}
	while (i < t.len && blank(t.p[i]) &&
	    t.p[i] != (uint8_t)c->separator)
		i++;
	*at = i;
	if (i < t.len && !line_end(t.p[i]) &&
	    (t.p[i] != (uint8_t)c->separator))
		return why_set(why, DPE_SYNTAX, "text behind a closing quote");
	return 0;
}

static int
plain(struct csv *c, size_t *at, struct why *why)
{
	struct slice	 t = c->text;
	size_t		 from = *at, to;
	int		 r = 0;

	for (to = from; to < t.len && !line_end(t.p[to]) &&
	    t.p[to] != (uint8_t)c->separator; to++) {
		if (c->separator == ' ' && t.p[to] == '\t')
			break;
		if (t.p[to] == '\0' || t.p[to] == '"')
			r = why_set(why, DPE_SYNTAX, t.p[to] == '"' ?
			    "a quote inside a field" : "a NUL");
	}
	*at = to;
	while (to > from && blank(t.p[to - 1]))
		to--;
	if (c->bytes.len + (to - from) <= LIM_CSV_ROW)
		buf_add(&c->bytes, t.p + from, to - from);
	else if (r == 0)
		r = why_set(why, DPE_RANGE, "the row is longer than %d bytes",
		    LIM_CSV_ROW);
	return r;
}

/* One field, and where it begins in the bytes of the row. */
static int
field(struct csv *c, size_t *at, size_t *begin, struct why *why)
{
	struct slice	 t = c->text;
	int		 r;

	while (*at < t.len && blank(t.p[*at]) &&
	    (t.p[*at] != (uint8_t)c->separator || c->separator == ' '))
		++*at;
	*begin = c->bytes.len;
	r = *at < t.len && t.p[*at] == '"' ? quoted(c, at, why) :
	    plain(c, at, why);
	buf_add_u8(&c->bytes, '\0');
	if (r == 0 && c->bytes.len > LIM_CSV_ROW)
		r = why_set(why, DPE_RANGE, "the row is longer than %d bytes",
		    LIM_CSV_ROW);
	return r;
}

/* All fields of a row; it is read to its end whatever is wrong with it. */
static int
row(struct csv *c, size_t *begin, struct why *why)
{
	struct slice	 t = c->text;
	size_t		 at = c->at, start;
	int		 r = 0, bad;

	for (;;) {
		if ((bad = field(c, &at, &start, r == 0 ? why : NULL)) != 0) {
			r = r == 0 ? bad : r;
			while (at < t.len && !line_end(t.p[at]) &&
			    t.p[at] != (uint8_t)c->separator)
				at++;
		}
		if (c->n < LIM_CSV_FIELDS)
			begin[c->n++] = start;
		else if (r == 0)
			r = why_set(why, DPE_RANGE, "more than %d fields",
			    LIM_CSV_FIELDS);
		while (c->separator == ' ' && at < t.len && blank(t.p[at]))
			at++;
		if (at >= t.len || line_end(t.p[at]))
			break;
		if (c->separator != ' ')
			at++;
	}
	c->at = pass_end(t, at);
	return r;
}

static void
row_wipe(struct csv *c)
{
	buf_cut(&c->bytes, 0);
	c->n = 0;
}

int
csv_next(struct csv *c, struct why *why)
{
	size_t	 begin[LIM_CSV_FIELDS], i;
	int	 r;

	do {
		row_wipe(c);
		if (c->at >= c->text.len)
			return DPE_NOTFOUND;
		c->row++;
		r = row(c, begin, why);
	} while (r == 0 && c->n == 1 && c->bytes.p[begin[0]] == '\0');
	for (i = 0; i < c->n; i++)
		c->field[i] = (const char *)c->bytes.p + begin[i];
	return r;
}
