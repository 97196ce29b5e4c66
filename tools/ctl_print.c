/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/ctl_print.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/jfield.h"

/* A terminal does not get control characters from a stranger's name. */
static void
value_text(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++)
		buf_add_u8(out, (unsigned char)*s < 0x20 || *s == 0x7f ?
		    '?' : (uint8_t)*s);
}

void
ctl_value(const json_t *v, struct buf *out)
{
	const char	*key;
	json_t		*m;
	size_t		 i;

	if (json_is_string(v))
		value_text(json_string_value(v), out);
	else if (json_is_integer(v))
		buf_addf(out, "%" PRId64, (int64_t)json_integer_value(v));
	else if (json_is_boolean(v))
		buf_add_str(out, json_is_true(v) ? "yes" : "no");
	else if (json_array_size(v) > 0)
		json_array_foreach(v, i, m) {
			buf_add_str(out, i > 0 ? "," : "");
			ctl_value(m, out);
		}
	else if (json_object_size(v) > 0)
		json_object_foreach((json_t *)(uintptr_t)v, key, m) {
			buf_addf(out, "%s%s ", out->len > 0 ? ", " : "", key);
			ctl_value(m, out);
		}
	else
		buf_add_str(out, "-");
}

void
ctl_print_json(const json_t *o)
{
	struct buf	 b = { 0 };

	json_write(o, &b);
	puts(buf_cstr(&b));
	buf_free(&b);
}

void
ctl_print_object(const json_t *o)
{
	struct buf	 b = { 0 };
	const char	*key;
	json_t		*v;
	size_t		 n = 0;

	json_object_foreach((json_t *)(uintptr_t)o, key, v)
		n = strlen(key) > n ? strlen(key) : n;
	json_object_foreach((json_t *)(uintptr_t)o, key, v) {
		buf_cut(&b, 0);
		ctl_value(v, &b);
		printf("%-*s  %s\n", (int)n, key, buf_cstr(&b));
	}
	buf_free(&b);
}

/* Columns on the screen: UTF-8 continuation bytes take none. */
static size_t
text_width(const char *s)
{
	size_t	 n = 0;

	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static void
table_cell(const struct ctl_table *t, size_t i, const char *text)
{
	size_t	 n = text_width(text);

	if (t->cols[i + 1].key == NULL)		/* nothing follows */
		printf("%s\n", text);
	else
		printf("%s%*s", text, (int)(n < t->width[i] ?
		    t->width[i] - n + 2 : 2), "");
}

static void
table_measure(struct ctl_table *t, const json_t *items)
{
	struct buf	 b = { 0 };
	json_t		*o;
	size_t		 i, k, n;

	for (i = 0; t->cols[i].key != NULL; i++) {
		n = strlen(t->cols[i].head);
		t->width[i] = n > t->width[i] ? n : t->width[i];
		json_array_foreach(items, k, o) {
			buf_cut(&b, 0);
			ctl_value(json_object_get(o, t->cols[i].key), &b);
			n = text_width(buf_cstr(&b));
			t->width[i] = n > t->width[i] ? n : t->width[i];
		}
	}
	buf_free(&b);
}

void
ctl_print_rows(struct ctl_table *t, const json_t *items)
{
	struct buf	 b = { 0 };
	json_t		*o;
	size_t		 i, k;

	table_measure(t, items);
	for (i = 0; !t->begun && t->cols[i].key != NULL; i++)
		table_cell(t, i, t->cols[i].head);
	t->begun = true;
	json_array_foreach(items, k, o)
		for (i = 0; t->cols[i].key != NULL; i++) {
			buf_cut(&b, 0);
			ctl_value(json_object_get(o, t->cols[i].key), &b);
			table_cell(t, i, buf_cstr(&b));
		}
	buf_free(&b);
}
