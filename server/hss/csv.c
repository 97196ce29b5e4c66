/* SPDX-License-Identifier: Apache-2.0 */
/* RFC 4180, with a head and with LF at the end of lines. */
#include <string.h>

#include "server/hss/hss.h"

static void
csv_cell(struct buf *out, const char *text)
{
	if (strpbrk(text, ",\"\r\n") == NULL && text[0] != ' ') {
		buf_add_str(out, text);
		return;
	}
	buf_add_u8(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_add_u8(out, '"');
		buf_add_u8(out, (uint8_t)*text);
	}
	buf_add_u8(out, '"');
}

static void
csv_head(const struct hss_file *f, struct buf *out)
{
	size_t	 i;

	for (i = 0; i < f->columns; i++) {
		csv_cell(out, f->column[i].name);
		buf_add_u8(out, i + 1 < f->columns ? ',' : '\n');
	}
}

static int
csv_row(const struct hss_file *f, struct hss_row *row, struct buf *out,
    struct why *why)
{
	size_t	 i;

	(void)why;
	for (i = 0; i < f->columns; i++) {
		csv_cell(out, buf_cstr(&row->cell[f->column[i].cell]));
		buf_add_u8(out, i + 1 < f->columns ? ',' : '\n');
	}
	return 0;
}

const struct hss_format	hss_csv = { "csv", true, csv_head, csv_row, NULL };
