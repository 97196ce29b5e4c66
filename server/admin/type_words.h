/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a profile type's options, and what an icon is. */
#ifndef SERVER_ADMIN_TYPE_WORDS_H
#define SERVER_ADMIN_TYPE_WORDS_H

#include <jansson.h>

#include "base/buf.h"

/* A set: word[i] means i, or bit i where several may be given. */
struct type_set {
	const char	*what;
	const char	*word[5];	/* NULL: no word for this number */
	unsigned	 n;
};

extern const struct type_set	type_classes, type_protects,
    type_ineligibles, type_cancels, type_afters, type_rebinds, type_pprs,
    type_notifies;

/* text NULL leaves *out. DPE_USAGE, with the words that there are. */
MUST_CHECK int	type_word(const struct type_set *set, const char *text,
		    unsigned *out, struct why *why);
/* Words divided by commas, to a mask. */
MUST_CHECK int	type_words(const struct type_set *set, const char *text,
		    unsigned *mask, struct why *why);
json_t		*type_words_json(const struct type_set *set, unsigned mask);

/* 1 PNG, 0 JPEG, of 64 x 64 pixels; -1 anything else. */
int		icon_kind(struct slice icon);

#endif
