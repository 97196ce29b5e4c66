/* SPDX-License-Identifier: Apache-2.0 */
#include "server/pool.h"

#include <pthread.h>
#include <stdlib.h>

struct pool {
	pthread_mutex_t	 lock;
	pthread_cond_t	 some;
	struct ctx	*all;
	struct ctx	**idle;
	size_t		 n, n_idle;
};

static int
pool_fill(struct pool *p, const struct ctx *shared, const int *signer_fds,
    size_t n)
{
	struct ctx	*c;
	int		 r;

	for (; p->n < n; p->n++) {
		c = &p->all[p->n];
		*c = *shared;
		c->db = NULL;
		c->crypto = NULL;
		c->signer = signer_new(signer_fds[p->n]);
		p->idle[p->n_idle++] = c;
		if ((r = store_reader(c->store, &c->db)) != 0 ||
		    (r = crypto_new(&c->crypto)) != 0) {
			p->n++;
			return r;
		}
	}
	return 0;
}

int
pool_new(const struct ctx *shared, const int *signer_fds, size_t n,
    struct pool **out)
{
	struct pool	*p = xcalloc(1, sizeof(*p));
	int		 r;

	*out = NULL;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->some, NULL);
	p->all = xcalloc(n, sizeof(*p->all));
	p->idle = xcalloc(n, sizeof(*p->idle));
	if ((r = pool_fill(p, shared, signer_fds, n)) != 0) {
		pool_free(p);
		return r;
	}
	*out = p;
	return 0;
}

void
pool_free(struct pool *p)
{
	size_t	 i;

	if (p == NULL)
		return;
	for (i = 0; i < p->n; i++) {
		store_reader_free(p->all[i].db);
		crypto_free(p->all[i].crypto);
		signer_free(p->all[i].signer);
	}
	pthread_cond_destroy(&p->some);
	pthread_mutex_destroy(&p->lock);
	free(p->all);
	free(p->idle);
	free(p);
}

struct ctx *
pool_get(struct pool *p)
{
	struct ctx	*c;

	pthread_mutex_lock(&p->lock);
	while (p->n_idle == 0)
		pthread_cond_wait(&p->some, &p->lock);
	c = p->idle[--p->n_idle];	/* the warmest one */
	pthread_mutex_unlock(&p->lock);
	return c;
}

void
pool_put(struct pool *p, struct ctx *c)
{
	pthread_mutex_lock(&p->lock);
	p->idle[p->n_idle++] = c;
	pthread_cond_signal(&p->some);
	pthread_mutex_unlock(&p->lock);
}
