/* SPDX-License-Identifier: Apache-2.0 */
/* Inside the store, and for tests: other drivers, other schema histories. */
#ifndef DB_STORE_PRIV_H
#define DB_STORE_PRIV_H

#include <pthread.h>

#include "db/db.h"
#include "db/migrate.h"

struct job;

struct store {
	const struct driver	*drv;
	char			*path;
	int			 lock_fd;
	struct db		*db;	/* the writer's; NULL: open it again */
	pthread_t		 thread;
	bool			 running;
	pthread_mutex_t		 mutex;	/* what follows */
	pthread_cond_t		 wake;	/* a job waits, or stop */
	struct job		*head, **tail;
	bool			 stop;
};

MUST_CHECK int	store_open_with(const struct driver *drv, const char *path,
		    bool create, const struct migration *tab, size_t n,
		    struct store **out, struct why *why);
/* Start the thread that runs writes; end it when all waiting ones are done. */
MUST_CHECK int	writer_start(struct store *s, struct why *why);
void		writer_stop(struct store *s);
/* How many writes wait for their turn. */
int		store_waiting(struct store *s);

#endif
