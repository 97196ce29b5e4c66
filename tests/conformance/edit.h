/* SPDX-License-Identifier: Apache-2.0 */
/* Changes of DER on its way: inside what a card signs, or around it. */
#ifndef TESTS_CONFORMANCE_EDIT_H
#define TESTS_CONFORMANCE_EDIT_H

#include "base/buf.h"

#define EDITS		8
#define EDIT_DEPTH	8

enum edit_what { EDIT_VALUE, EDIT_APPEND, EDIT_REMOVE };

struct edit {
	enum edit_what	 what;
	bool		 outer;		/* after signing */
	uint32_t	 path[EDIT_DEPTH];
	size_t		 depth;
	struct buf	 bytes;
};

struct edits {
	struct edit	 edit[EDITS];
	size_t		 n;
};

/*
 * "PATH" or "PATH:HEX", PATH being tags in hex with dots between them: the
 * value of the last one is replaced, added to at its end, or the TLV removed.
 * Aborts on nonsense.
 */
void	edits_add(struct edits *e, enum edit_what what, bool outer,
	    const char *text);
void	edits_free(struct edits *e);
/* Make those that are meant for this stage in der, and forget them. */
void	edits_make(struct edits *e, bool outer, struct buf *der);

#endif
