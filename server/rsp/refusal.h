/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_REFUSAL_H
#define SERVER_RSP_REFUSAL_H

#include "base/buf.h"

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

/*
 * What a refusal is about: the subjectIdentifier of SGP.22 6.5.1.4.  It is a
 * datum of the requester's own, as it was sent, never one of ours or of
 * another's; empty where there is none.  Printable ASCII.  Besides, more words
 * for the message, where there are any.
 */
#define ABOUT_MAX	128	/* characters */
struct about {
	char	text[ABOUT_MAX + 1];
	char	reason[ABOUT_MAX / 2 + 1];	/* words of ours, for message */
};
/* Text that is too long, or has other characters, is left out as a whole. */
void	about_text(struct about *a, struct slice text);
void	about_hex(struct about *a, struct slice octets);
/* Three octets as "2.5.0". */
void	about_version(struct about *a, const uint8_t v[3]);

#endif
