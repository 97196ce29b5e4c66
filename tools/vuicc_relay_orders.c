/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_relay_orders.h"

#include <stdlib.h>
#include <string.h>

#define LINE_MAX_LEN	(EID_DIGITS + LIM_ACTCODE + 32)

void
relay_orders_free(struct relay_orders *o)
{
	free(o->order);
	memset(o, 0, sizeof(*o));
}

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct slice
orders_trim(struct slice s)
{
	while (s.len > 0 && is_blank(s.p[0]))
		s = slice_sub(s, 1, s.len - 1);
	while (s.len > 0 && is_blank(s.p[s.len - 1]))
		s.len--;
	return s;
}

/* Up to the delimiter; *in moves behind it. */
static struct slice
orders_cut(struct slice *in, char delimiter)
{
	const uint8_t	*end;
	struct slice	 s = *in;

	end = in->len == 0 ? NULL : memchr(in->p, delimiter, in->len);
	if (end == NULL) {
		*in = slice_of(NULL, 0);
		return s;
	}
	s.len = (size_t)(end - in->p);
	*in = slice_sub(*in, s.len + 1, in->len - s.len - 1);
	return s;
}

/* A field, without one pair of quotes around it. */
static struct slice
orders_field(struct slice *line)
{
	struct slice	 s = orders_trim(orders_cut(line, ','));

	if (s.len >= 2 && s.p[0] == '"' && s.p[s.len - 1] == '"')
		s = slice_sub(s, 1, s.len - 2);
	return s;
}

/* A host with or without its port, judged as that of a code is. */
static int
orders_address(const char *text, struct relay_order *o, struct why *why)
{
	struct buf	 code = {0};
	int		 r;

	buf_addf(&code, "1$%s$", text);
	if ((r = actcode_parse(buf_cstr(&code), &o->code, why)) != 0)
		why_set(why, r, "neither an activation code nor an address");
	o->no_mid = true;
	buf_free(&code);
	return r;
}

static int
orders_code(struct slice field, struct relay_order *o, struct why *why)
{
	char	*text;
	int	 r;

	if (field.len == 0)
		return 0;
	o->download = true;
	if (memchr(field.p, '\0', field.len) != NULL)
		return why_set(why, DPE_SYNTAX, "a NUL in it");
	text = slice_dup(field);
	r = strchr(text, '$') != NULL ? actcode_parse(text, &o->code, why) :
	    orders_address(text, o, why);
	free(text);
	return r;
}

static int
orders_line(struct slice line, struct relay_order *o, struct why *why)
{
	struct slice	 eid, code;
	uint8_t		 bcd[16];
	size_t		 i;

	memset(o, 0, sizeof(*o));
	eid = orders_field(&line);
	code = orders_field(&line);
	if (line.len > 0)
		return why_set(why, DPE_SYNTAX, "more than EID,CODE");
	for (i = 0; i < eid.len && i < EID_DIGITS; i++)
		o->eid[i] = (char)eid.p[i];
	if (eid.len != EID_DIGITS || eid_parse(o->eid, bcd) != 0)
		return why_set(why, DPE_RANGE, "an EID has 32 digits");
	return orders_code(code, o, why);
}

/* A heading: its first field is called EID. */
static bool
orders_heading(struct slice line)
{
	struct slice	 s = orders_field(&line);

	return s.len == 3 && (s.p[0] | 0x20) == 'e' &&
	    (s.p[1] | 0x20) == 'i' && (s.p[2] | 0x20) == 'd';
}

static int
orders_cmp(const void *a, const void *b)
{
	const struct relay_order	*const *x = a, *const *y = b;

	return strcmp((*x)->eid, (*y)->eid);
}

/* One card is one device: it cannot do two things at a time. */
static int
orders_distinct(const struct relay_orders *o, struct why *why)
{
	const struct relay_order	**at;
	size_t				  i;
	int				  r = 0;

	at = xcalloc(o->n + 1, sizeof(*at));
	for (i = 0; i < o->n; i++)
		at[i] = &o->order[i];
	qsort(at, o->n, sizeof(*at), orders_cmp);
	for (i = 1; i < o->n && r == 0; i++)
		if (strcmp(at[i - 1]->eid, at[i]->eid) == 0)
			r = why_set(why, DPE_EXISTS, "%s: twice",
			    at[i]->eid);
	free(at);
	return r;
}

/* Room is made as it is needed: the text does not say how much. */
static struct relay_order *
orders_add(struct relay_orders *o)
{
	struct relay_order	*more;
	size_t			 room;

	if (o->n == 0 || (o->n & (o->n - 1)) == 0) {
		room = o->n == 0 ? 1 : 2 * o->n;
		more = xcalloc(room, sizeof(*more));
		if (o->n > 0)
			memcpy(more, o->order, o->n * sizeof(*more));
		free(o->order);
		o->order = more;
	}
	return &o->order[o->n++];
}

int
relay_orders_read(struct slice text, struct relay_orders *out,
    struct why *why)
{
	struct slice	 line;
	size_t		 n = 0;
	int		 r;

	memset(out, 0, sizeof(*out));
	if (text.len > RELAY_ORDERS_FILE)
		return why_set(why, DPE_RANGE, "too long");
	if (slice_starts(text, slice_str("\xef\xbb\xbf")))
		text = slice_sub(text, 3, text.len - 3);
	while (text.len > 0) {
		line = orders_cut(&text, '\n');
		n++;
		if (line.len > LINE_MAX_LEN)
			return why_set(why, DPE_RANGE, "line %zu: longer than "
			    "%d characters", n, LINE_MAX_LEN);
		line = orders_trim(line);
		if (line.len == 0 || line.p[0] == '#' ||
		    (out->n == 0 && orders_heading(line)))
			continue;
		if (out->n == RELAY_ORDERS_MAX)
			return why_set(why, DPE_RANGE, "line %zu: more than "
			    "%d orders", n, RELAY_ORDERS_MAX);
		if ((r = orders_line(line, orders_add(out), why)) != 0) {
			why_prefix(why, "line %zu", n);
			return r;
		}
	}
	return orders_distinct(out, why);
}
