/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two things that a test must be able to hold still: time and chance.
 */
#ifndef BASE_SEAM_H
#define BASE_SEAM_H

#include <stddef.h>
#include <stdint.h>

/* Seconds since 1970-01-01 UTC, 64 bits: certificates reach the year 7496. */
struct clock {
	int64_t	(*now)(void *arg);
	void	*arg;
};

/* Fill n bytes from a CSPRNG; cannot fail (the process aborts instead). */
struct rnd {
	void	(*fill)(void *arg, void *p, size_t n);
	void	*arg;
};

extern const struct clock	clock_system;
extern const struct rnd		rnd_system;

static inline int64_t
clock_now(const struct clock *c)
{
	return c->now(c->arg);
}

static inline void
rnd_fill(const struct rnd *r, void *p, size_t n)
{
	r->fill(r->arg, p, n);
}

/* n decimal digits, each equally likely, NUL-terminated, into out[n + 1]. */
void	rnd_digits(const struct rnd *r, char *out, size_t n);
/* n characters of alphabet (at most 256), each equally likely. */
void	rnd_chars(const struct rnd *r, const char *alphabet, char *out,
	    size_t n);

#endif
