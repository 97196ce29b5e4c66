/* SPDX-License-Identifier: Apache-2.0 */
/* Answers for people: aligned columns, or `name: value` lines. */
#ifndef TOOLS_CTL_PRINT_H
#define TOOLS_CTL_PRINT_H

#include "base/buf.h"
#include "tools/ctl.h"

struct ctl_table {
	const struct ctl_col	*cols;
	size_t			 width[16];
	bool			 begun;		/* the header was printed */
};

/* One JSON object, compact, on a line of its own. */
void	ctl_print_json(const json_t *o);
void	ctl_print_object(const json_t *o);
/* Rows of an array; columns keep their widths from page to page. */
void	ctl_print_rows(struct ctl_table *t, const json_t *items);
/* The text of a value: null is "-", lists have commas. */
void	ctl_value(const json_t *v, struct buf *out);

#endif
