/* SPDX-License-Identifier: Apache-2.0 */
/* What runs out by itself, told when it is loaded and once a day. */
#ifndef SERVER_DAILY_H
#define SERVER_DAILY_H

#include <stdint.h>

struct pki;
struct tls;

/*
 * Warn of certificates of ours that expire within 60 days or are on a list of
 * their CI, and of lists that are past their nextUpdate.  t may be NULL.
 */
void	daily(const struct pki *p, const struct tls *t, int64_t now);

#endif
