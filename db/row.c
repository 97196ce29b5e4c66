/* SPDX-License-Identifier: Apache-2.0 */
#include "db/row.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"

struct row *
row_keep(const struct row *row)
{
	struct row	*kept = xcalloc(1, sizeof(*kept));
	size_t		 total = 0, at = 0;
	int		 i;

	kept->name = row->name;
	kept->n = row->n;
	for (i = 0; i < row->n; i++)
		total += row->v[i].s.len + 1;
	buf_reserve(&kept->copy, total);
	for (i = 0; i < row->n; i++) {
		kept->v[i] = row->v[i];
		if (row->v[i].s.p == NULL)
			continue;
		buf_add_slice(&kept->copy, row->v[i].s);
		buf_add_u8(&kept->copy, 0);
		kept->v[i].s.p = kept->copy.p + at;
		at = kept->copy.len;
	}
	return kept;
}

void
row_free(struct row *row)
{
	if (row == NULL)
		return;
	buf_free(&row->copy);
	free(row);
}

int
row_end(const struct row *row)
{
	return row->r;
}

static void
row_bad(struct row *row, int col)
{
	if (row->r == 0)
		log_error("db stmt=%s column=%d: not what we wrote",
		    row->name, col);
	row->r = DPE_DB;
}

/* The column if it is of this kind; NULL, and noted, if it is another. */
static const struct value *
row_value(struct row *row, int col, enum value_kind kind, bool may_be_null)
{
	static const struct value	 none = { .kind = VALUE_NULL };

	if (col < row->n && row->v[col].kind == kind)
		return &row->v[col];
	if (col < row->n && row->v[col].kind == VALUE_NULL && may_be_null)
		return &none;
	row_bad(row, col);
	return NULL;
}

void
row_int(struct row *row, int col, int64_t *out)
{
	const struct value	*v = row_value(row, col, VALUE_INT, false);

	*out = v == NULL ? 0 : v->i;
}

void
row_num(struct row *row, int col, int *out)
{
	int64_t	 i;

	row_int(row, col, &i);
	if (i < INT_MIN || i > INT_MAX) {
		row_bad(row, col);
		i = 0;
	}
	*out = (int)i;
}

void
row_bool(struct row *row, int col, bool *out)
{
	int64_t	 i;

	row_int(row, col, &i);
	*out = i != 0;
}

const char *
row_str(struct row *row, int col)
{
	const struct value	*v = row_value(row, col, VALUE_TEXT, true);

	if (v == NULL || v->kind == VALUE_NULL)
		return NULL;
	if (strlen((const char *)v->s.p) != v->s.len) {
		row_bad(row, col);
		return NULL;
	}
	return (const char *)v->s.p;
}

void
row_text(struct row *row, int col, char *out, size_t size)
{
	const char	*s = row_str(row, col);
	size_t		 n;

	out[0] = '\0';
	if (s == NULL)
		return;
	if ((n = strlen(s)) >= size)
		row_bad(row, col);
	else
		memcpy(out, s, n + 1);
}

void
row_word(struct row *row, int col, const char *const *words, int n, int *out)
{
	const char	*s = row_str(row, col);

	for (*out = 0; *out < n; ++*out)
		if (s == NULL || words[*out] == NULL ? s == words[*out] :
		    strcmp(s, words[*out]) == 0)
			return;
	*out = 0;
	row_bad(row, col);
}

struct slice
row_slice(struct row *row, int col)
{
	const struct value	*v = row_value(row, col, VALUE_BLOB, true);

	return v == NULL || v->kind == VALUE_NULL ? slice_of(NULL, 0) : v->s;
}

void
row_bytes(struct row *row, int col, uint8_t *out, size_t n)
{
	struct slice	 s = row_slice(row, col);

	memset(out, 0, n);
	if (s.len == n && n > 0)
		memcpy(out, s.p, n);
	else if (s.len != 0)
		row_bad(row, col);
}

void
row_blob(struct row *row, int col, struct buf *b)
{
	buf_set(b, row_slice(row, col));
}
