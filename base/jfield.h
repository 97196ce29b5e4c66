/* SPDX-License-Identifier: Apache-2.0 */
/*
 * JSON objects through tables of fields: what a member must be stands in one
 * line, and every reader checks the same things in the same way.
 */
#ifndef BASE_JFIELD_H
#define BASE_JFIELD_H

#include <jansson.h>

#include <stdbool.h>

#include "base/buf.h"

enum jfield_kind {
	JFIELD_TEXT,	/* char *, malloc'd, at most max bytes, no NUL inside */
	JFIELD_HEX,	/* struct buf, at most max bytes */
	JFIELD_BASE64,	/* struct buf, at most max bytes */
	JFIELD_INT,	/* int64_t, 0 .. max */
	JFIELD_BOOL	/* bool */
};

#define JFIELD_OPT	1	/* may be absent (or null): left as it was */

struct jfield {
	const char		*name;
	enum jfield_kind	 kind;
	size_t			 offset;
	size_t			 max;
	unsigned		 flags;
};

/*
 * Fill *out, zeroed by the caller, from obj.  Members that the table does not
 * name are ignored.  DPE_MISSING, DPE_SYNTAX, DPE_RANGE; why names the member
 * and what it should be.
 * Free with jfield_free() in any case.
 */
MUST_CHECK int	jfield_read(const json_t *obj, const struct jfield *tab,
		    size_t n, void *out, struct why *why);
/* As jfield_read(), and a member that is not in the table is DPE_USAGE. */
MUST_CHECK int	jfield_read_strict(const json_t *obj,
		    const struct jfield *tab, size_t n, void *out,
		    struct why *why);
void		jfield_free(const struct jfield *tab, size_t n, void *out);

/* Parse one whole JSON object of text.  The caller json_decref()s. */
MUST_CHECK int	json_read(struct slice text, json_t **out, struct why *why);
/* Append the compact text of j; only what JSON demands is escaped. */
void		json_write(const json_t *j, struct buf *out);
/*
 * Give back j, the last that anybody reads of it: its texts, which may be
 * keys, are wiped.  NULL is fine.
 */
void		json_free_wiped(json_t *j);

#endif
