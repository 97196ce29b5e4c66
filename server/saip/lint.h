/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a card would refuse in a profile package, and what operators trip over
 * (spec 06): a table of rules, each with a number that stays.
 */
#ifndef SERVER_SAIP_LINT_H
#define SERVER_SAIP_LINT_H

#include "server/saip/fs.h"

enum lint_severity { LINT_ERROR, LINT_WARNING, LINT_NOTE, LINT_SEVERITIES };
const char	*lint_severity_name(enum lint_severity s);

struct lint_rule {
	unsigned		 number;
	enum lint_severity	 severity;
	const char		*what;	/* what has to hold */
};
/* In the order of their numbers. */
size_t		lint_rule_count(void);
const struct lint_rule	*lint_rule_at(size_t i);

#define LINT_TEXT	160
#define LINT_MAX	200		/* findings that are kept */

struct lint_finding {
	const struct lint_rule	*rule;
	size_t			 pe;		/* from 0 */
	const char		*element;	/* "usim" */
	size_t			 offset;	/* of it in the package */
	char			 path[FS_PATH];	/* of a file, or empty */
	const char		*file;		/* "EF.ACC", or empty */
	char			 text[LINT_TEXT];
};

struct lint {
	struct lint_finding	*found;
	size_t			 n;		/* at most LINT_MAX */
	size_t			 count[LINT_SEVERITIES];	/* of all */
};

/*
 * All rules.  What is no sequence of elements, or has one that does not
 * decode, is told and looked at no further.  lint_free().
 */
void		saip_lint(struct slice upp, struct lint *out);
void		lint_free(struct lint *l);
/* "element 5 usim (offset 2526), 3F00/7FD0/6F78 EF.ACC: error 31: ..." */
void		lint_text(const struct lint_finding *f, struct buf *out);

#endif
