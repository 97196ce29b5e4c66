/* SPDX-License-Identifier: Apache-2.0 */
/* Do two request bodies say the same to a server? */
#ifndef TESTS_CONFORMANCE_SAME_H
#define TESTS_CONFORMANCE_SAME_H

#include "base/buf.h"

/*
 * The members that the function reads, with messages compared by what is
 * signed in them: unknown members, blanks and the case of hex do not matter.
 */
bool	same_meaning(const char *function, bool asn1, struct slice a,
	    struct slice b);

#endif
