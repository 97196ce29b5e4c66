/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The status codes of ES9+ and the numbers that the ASN.1 binding has for them
 * (SGP.22 5.6, 6.6.2), written down apart from the server's own table.
 */
#ifndef TESTS_CONFORMANCE_NUMBER_H
#define TESTS_CONFORMANCE_NUMBER_H

#include <stddef.h>

struct number {
	const char	*function;
	const char	*code;
	int		 error;
};

extern const struct number	numbers[];
extern const size_t		numbers_n;

/* 127, undefined, for a code without a number. */
int	number_of(const char *function, const char *code);

#endif
