/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a request borrows from the pool while it runs: handles and contexts
 * that are used by one thread at a time, and what all threads share.
 */
#ifndef SERVER_CTX_H
#define SERVER_CTX_H

#include <stdatomic.h>

#include "base/seam.h"
#include "certs/crypto.h"
#include "certs/pki.h"
#include "certs/seal.h"
#include "certs/signer.h"
#include "db/store.h"
#include "server/settings.h"

/* Who calls, as audit rows name it: "euicc", or "euicc via ID" (an eIM). */
#define CTX_ACTOR_TEXT	(LIM_REQUESTER + 11)

struct ctx {
	/* shared, read-only here */
	const struct settings	*set;
	struct store		*store;
	struct seal		*seal;
	struct pki		*pki;
	const struct clock	*clock;
	const struct rnd	*rnd;
	_Atomic int64_t		*lab_offset;	/* seconds added to clock; lab */
	_Atomic bool		*sessions_full;	/* LIM_SESSIONS are open */
	/* of this context alone */
	struct db		*db;		/* reader */
	struct crypto		*crypto;
	struct signer		*signer;
	int64_t			 tenant;
	char			 actor[CTX_ACTOR_TEXT];	/* "": the eUICC */
};

#endif
