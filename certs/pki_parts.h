/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of struct pki, for the files pki*.c alone. */
#ifndef CERTS_PKI_PARTS_H
#define CERTS_PKI_PARTS_H

#include <pthread.h>

#include "certs/internal.h"

#define EUM_CACHE	256	/* places, found by the first octet of a hash */

struct eum {
	uint8_t		 hash[32];	/* SHA-256 of the certificate */
	struct pubkey	*key;		/* NULL: a free place */
};

struct pki {
	struct crypto	*crypto;	/* the loader's, while it loads */
	struct pki_ci	*ci;
	struct pubkey	*ci_key[LIM_CI];
	size_t		 n_ci;
	struct pki_dp	*dp;
	size_t		 n_dp;
	struct buf	 revoked;	/* sorted; see pki_crl.c */
	int64_t		 crl_due[LIM_CI];	/* nextUpdate; 0: no list */
	pthread_mutex_t	 lock;		/* of the following */
	struct eum	 eum[EUM_CACHE];
};

MUST_CHECK int	pki_crl_load(struct pki *p, const char *path,
		    struct why *why);
void		pki_crl_sort(struct pki *p);

#endif
