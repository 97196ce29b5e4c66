/* SPDX-License-Identifier: Apache-2.0 */
/* The HTTPS side of the mutated requests. */
#ifndef TESTS_CONFORMANCE_MUTANTS_H
#define TESTS_CONFORMANCE_MUTANTS_H

#include "tests/conformance/bench.h"

struct mutants_count {
	size_t	 sent, same;
	size_t	 answered[3];	/* 200, 204, 400 and 413 */
};

struct https;

/* A listener over the bench, with the lab's certificate, and its client. */
struct https	*https_open(struct bench *b);
void		 https_close(struct https *h);
/* The status; a connection that broke is an end of the run. */
unsigned	 https_post(struct https *h, const char *function, bool asn1,
		    struct slice body);

#endif
