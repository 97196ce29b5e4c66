/* SPDX-License-Identifier: Apache-2.0 */
#include "base/seam.h"

#include <sys/random.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t
system_now(void *arg)
{
	(void)arg;
	return (int64_t)time(NULL);
}

static void
system_fill(void *arg, void *p, size_t n)
{
	uint8_t	*at = p;
	ssize_t	 got;

	(void)arg;
	while (n > 0) {
		got = getrandom(at, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			abort();
		at += got;
		n -= (size_t)got;
	}
}

const struct clock	clock_system = { system_now, NULL };
const struct rnd	rnd_system = { system_fill, NULL };

void
rnd_chars(const struct rnd *r, const char *alphabet, char *out, size_t n)
{
	size_t	 m = strlen(alphabet), i = 0;
	unsigned fair = 256 - 256 % (unsigned)m;	/* no modulo bias */
	uint8_t	 v;

	while (i < n) {
		rnd_fill(r, &v, 1);
		if (v < fair)
			out[i++] = alphabet[v % m];
	}
	out[n] = '\0';
}

void
rnd_digits(const struct rnd *r, char *out, size_t n)
{
	rnd_chars(r, "0123456789", out, n);
}
