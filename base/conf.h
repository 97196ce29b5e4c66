/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Configuration files of `keyword value` lines with `#` comments, read through
 * a table: what a keyword may be stands in one place for the reader, the
 * printer (-T) and the manual.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>

#include "base/buf.h"

enum conf_kind {
	CONF_TEXT,	/* char *, malloc'd */
	CONF_LIST,	/* struct conf_list; the keyword may be repeated */
	CONF_UINT,	/* unsigned, within min..max */
	CONF_BOOL,	/* bool: yes, no */
	CONF_SECONDS,	/* int64_t: 90, 15m, 72h, 30d, never (0) */
	CONF_LATER	/* known, not built: an error that says so */
};

struct conf_list {
	char	**item;
	size_t	  n;
};

struct conf_word {
	const char	*name;
	enum conf_kind	 kind;
	size_t		 offset;	/* in the structure that is filled */
	const char	*preset;	/* default as text, NULL: none */
	unsigned	 min, max;	/* CONF_UINT */
	const char	*help;
	/* What is wrong with a text, in words; NULL: nothing.  May be NULL. */
	const char	*(*bad)(const char *value);
};

/*
 * Fill *out (zeroed by the caller) from defaults and the file's text.
 * The reason is `NAME:LINE: ...`.  Free with conf_free() in any case.
 */
MUST_CHECK int	conf_read(const char *name, struct slice text,
		    const struct conf_word *tab, size_t n, void *out,
		    struct why *why);
/* Every keyword with its value in force, in the file's own syntax. */
void		conf_print(const struct conf_word *tab, size_t n,
		    const void *in, struct buf *out);
void		conf_free(const struct conf_word *tab, size_t n, void *out);
/* 90, 90s, 15m, 72h, 30d, at most 100 years; DPE_RANGE. */
MUST_CHECK int	conf_seconds(const char *text, int64_t *out);

#endif
