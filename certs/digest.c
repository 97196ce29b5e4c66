/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/digest.h"

#include <stdio.h>
#include <stdlib.h>

#include "certs/internal.h"

struct digest {
	const struct algs	*algs;
	EVP_MD_CTX		*ctx;
};

/* What cannot fail in a library that works: its answer would be no digest. */
static void
digest_must(int ok)
{
	if (ok != 1)
		abort();
}

int
digest_new(struct digest **out)
{
	struct digest	*d = xcalloc(1, sizeof(*d));

	d->algs = algs_get();
	if (d->algs == NULL || (d->ctx = EVP_MD_CTX_new()) == NULL) {
		free(d);
		return DPE_CRYPTO;
	}
	digest_must(EVP_DigestInit_ex(d->ctx, d->algs->sha256, NULL));
	*out = d;
	return 0;
}

void
digest_add(struct digest *d, struct slice data)
{
	digest_must(EVP_DigestUpdate(d->ctx, data.p, data.len));
}

void
digest_end(struct digest *d, char out[DIGEST_TEXT])
{
	uint8_t	 sum[32];
	size_t	 i;

	digest_must(EVP_DigestFinal_ex(d->ctx, sum, NULL));
	digest_must(EVP_DigestInit_ex(d->ctx, d->algs->sha256, NULL));
	for (i = 0; i < sizeof(sum); i++)
		snprintf(out + 2 * i, 3, "%02x", sum[i]);
}

void
digest_free(struct digest *d)
{
	if (d == NULL)
		return;
	EVP_MD_CTX_free(d->ctx);
	free(d);
}
