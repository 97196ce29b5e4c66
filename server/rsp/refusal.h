/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_REFUSAL_H
#define SERVER_RSP_REFUSAL_H

enum refusal_index {
	REFUSE_NONE,
#define REFUSAL(index, subject, reason, text)	index,
#include "server/rsp/refusal.def"
#undef REFUSAL
	REFUSE_COUNT
};

struct refusal {
	const char	*name;		/* REFUSE_... */
	const char	*subject;	/* subjectCode */
	const char	*reason;	/* reasonCode */
	const char	*text;		/* message */
};

/*
 * What is answered for the result r of a function: r itself when it is a
 * refusal, 1.6/2.1 or 1.6/2.2 for input that does not parse, else 1.2/4.2.
 */
const struct refusal	*refusal_of(int r);

#endif
