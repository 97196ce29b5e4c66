/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside server/saip: places in a package, in words.
 *	ELEMENT[#N]/STEP/STEP...[@OFFSET[+LENGTH]]
 * An element by its name ("usim"), N: only behind the N-th USIM.  A step is a
 * tag in hex, with members that it must have ("30[82=1][83=2]").  OFFSET into
 * the contents of the last one, negative from their end.
 */
#ifndef SERVER_SAIP_WHERE_H
#define SERVER_SAIP_WHERE_H

#include "server/saip/path.h"

#define WHERE_STEPS	8
#define WHERE_KEYS	2
#define WHERE_TEXT	160

struct where_key {
	uint32_t	 tag;
	unsigned	 value;
};

struct where_step {
	uint32_t	 tag;
	struct where_key key[WHERE_KEYS];
	size_t		 keys;
};

struct where {
	uint32_t	 pe;
	unsigned	 usim;		/* 0: behind any */
	struct where_step step[WHERE_STEPS];
	size_t		 steps;
	long		 offset;
	size_t		 length;	/* 0: what is left */
};

/* DPE_USAGE. */
MUST_CHECK int	where_parse(const char *text, struct where *out,
		    struct why *why);
/* The usual one of a field; NULL: there is none. */
const char	*where_usual(enum saip_field f);
/*
 * Add all places of a field to *out.  lenient: those of another size are not
 * meant.  DPE_SYNTAX, DPE_RANGE.
 */
MUST_CHECK int	where_find(struct slice upp, const struct where *w,
		    enum saip_field f, bool lenient, struct saip_places *out,
		    struct why *why);

#endif
