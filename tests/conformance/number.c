/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/conformance/number.h"

#include <string.h>

#include "base/err.h"

#define UNDEFINED	127

/* All codes of the tables 37, 43, 40 and 46. */
const struct number	numbers[] = {
	{ "initiateAuthentication", "8.8.1/3.8", 1 },
	{ "initiateAuthentication", "8.8.3/3.1", 2 },
	{ "initiateAuthentication", "8.8.2/3.1", 3 },
	{ "initiateAuthentication", "8.8.4/3.7", 3 },
	{ "authenticateClient", "8.1.2/6.1", 1 },
	{ "authenticateClient", "8.1.2/6.3", 2 },
	{ "authenticateClient", "8.1.3/6.1", 3 },
	{ "authenticateClient", "8.1.3/6.3", 4 },
	{ "authenticateClient", "8.1/6.1", 5 },
	{ "authenticateClient", "8.2.6/3.8", 6 },
	{ "authenticateClient", "8.1.1/3.8", 7 },
	{ "authenticateClient", "8.2.5/4.3", 8 },
	{ "authenticateClient", "8.11.1/3.9", 9 },
	{ "authenticateClient", "8.10.1/3.9", 10 },
	{ "authenticateClient", "8.1/4.8", 11 },
	{ "authenticateClient", "8.2/1.2", UNDEFINED },
	{ "authenticateClient", "8.8.5/4.10", UNDEFINED },
	{ "authenticateClient", "8.8.5/6.4", UNDEFINED },
	{ "getBoundProfilePackage", "8.1/6.1", 1 },
	{ "getBoundProfilePackage", "8.2.7/2.2", 2 },
	{ "getBoundProfilePackage", "8.2.7/3.8", 3 },
	{ "getBoundProfilePackage", "8.2.7/6.4", 4 },
	{ "getBoundProfilePackage", "8.2/3.7", 5 },
	{ "getBoundProfilePackage", "8.8.5/4.10", 6 },
	{ "getBoundProfilePackage", "8.10.1/3.9", 95 },
	{ "cancelSession", "8.10.1/3.9", 1 },
	{ "cancelSession", "8.1/6.1", 2 },
	{ "cancelSession", "8.8/3.10", UNDEFINED },
};
const size_t	numbers_n = NELEM(numbers);

int
number_of(const char *function, const char *code)
{
	size_t	 i;

	for (i = 0; i < numbers_n; i++)
		if (strcmp(numbers[i].function, function) == 0 &&
		    strcmp(numbers[i].code, code) == 0)
			return numbers[i].error;
	return UNDEFINED;
}
