/* SPDX-License-Identifier: Apache-2.0 */
/* What a loaded PKI answers, and the cache of verified EUM keys. */
#include "certs/pki.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "certs/pki_parts.h"

void
pki_free(struct pki *p)
{
	size_t	 i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n_ci; i++) {
		buf_free(&p->ci[i].der);
		pubkey_free(p->ci_key[i]);
	}
	for (i = 0; i < p->n_dp; i++) {
		buf_free(&p->dp[i].auth_der);
		buf_free(&p->dp[i].pb_der);
	}
	for (i = 0; i < EUM_CACHE; i++)
		pubkey_free(p->eum[i].key);
	buf_free(&p->revoked);
	pthread_mutex_destroy(&p->lock);
	free(p->ci);
	free(p->dp);
	free(p);
}

const struct pki_ci *
pki_ci_find(const struct pki *p, struct slice ski)
{
	size_t	 i;

	for (i = 0; i < p->n_ci; i++)
		if (slice_eq(p->ci[i].cert.ski, ski))
			return &p->ci[i];
	return NULL;
}

const struct pubkey *
pki_ci_key(const struct pki *p, const struct pki_ci *ci)
{
	return p->ci_key[ci - p->ci];
}

const struct pki_dp *
pki_dp_find(const struct pki *p, struct slice ci_ski)
{
	size_t	 i;

	for (i = 0; i < p->n_dp; i++)
		if (slice_eq(slice_of(p->dp[i].ci, sizeof(p->dp[i].ci)),
		    ci_ski))
			return &p->dp[i];
	return NULL;
}

size_t
pki_dp_count(const struct pki *p)
{
	return p->n_dp;
}

const struct pki_dp *
pki_dp_at(const struct pki *p, size_t i)
{
	return i < p->n_dp ? &p->dp[i] : NULL;
}

size_t
pki_ci_count(const struct pki *p)
{
	return p->n_ci;
}

const struct pki_ci *
pki_ci_at(const struct pki *p, size_t i)
{
	return i < p->n_ci ? &p->ci[i] : NULL;
}

static void
earlier(int64_t *first, int64_t t)
{
	if (t < *first)
		*first = t;
}

int
pki_days_left(const struct pki *p, int64_t now)
{
	int64_t	 first = INT64_MAX, days;
	size_t	 i;

	for (i = 0; i < p->n_dp; i++) {
		earlier(&first, p->dp[i].auth.not_after);
		earlier(&first, p->dp[i].pb.not_after);
	}
	if (first == INT64_MAX)
		return INT_MAX;
	days = (first - now) / 86400;
	return days > INT_MAX ? INT_MAX : days < INT_MIN ? INT_MIN : (int)days;
}

struct pubkey *
pki_eum_get(struct pki *p, const uint8_t hash[32])
{
	struct eum	*e = &p->eum[hash[0]];
	struct pubkey	*k = NULL;

	pthread_mutex_lock(&p->lock);
	if (e->key != NULL && memcmp(e->hash, hash, sizeof(e->hash)) == 0)
		k = pubkey_ref(e->key);
	pthread_mutex_unlock(&p->lock);
	return k;
}

void
pki_eum_put(struct pki *p, const uint8_t hash[32], const struct pubkey *k)
{
	struct eum	*e = &p->eum[hash[0]];

	pthread_mutex_lock(&p->lock);
	pubkey_free(e->key);
	e->key = pubkey_ref(k);
	memcpy(e->hash, hash, sizeof(e->hash));
	pthread_mutex_unlock(&p->lock);
}
