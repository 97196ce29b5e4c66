/* SPDX-License-Identifier: Apache-2.0 */
/* The device lock, with everybody at once. */
#include <pthread.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

#define RACERS	50
#define ROUNDS	20

struct racer {
	struct store		*s;
	pthread_barrier_t	*line;
	char			 id[ROW_ID_TEXT];
	char			 eid[EID_TEXT];
	int			 r;
};

static int
bind_write(struct db *db, void *arg)
{
	struct racer	*me = arg;

	return store_order_bind(db, T, me->id, me->eid, 1);
}

static void *
race(void *arg)
{
	struct racer	*me = arg;

	pthread_barrier_wait(me->line);
	me->r = store_write(me->s, STORE_DURABLE, bind_write, me);
	return NULL;
}

static void
race_once(struct store *s, struct db *rd, int n)
{
	struct racer		 racer[RACERS];
	pthread_t		 thread[RACERS];
	pthread_barrier_t	 line;
	struct order		 o;
	int			 i, won = 0, winner = 0;

	pthread_barrier_init(&line, NULL, RACERS);
	for (i = 0; i < RACERS; i++) {
		racer[i] = (struct racer){ .s = s, .line = &line };
		eid_n(i, racer[i].eid);
		id_n('o', n, racer[i].id);
		CU_ASSERT_EQUAL_FATAL(pthread_create(&thread[i], NULL, race,
		    &racer[i]), 0);
	}
	for (i = 0; i < RACERS; i++) {
		pthread_join(thread[i], NULL);
		if (racer[i].r == 0) {
			won++;
			winner = i;
		} else
			CU_ASSERT_EQUAL(racer[i].r, DPE_STATE);
	}
	pthread_barrier_destroy(&line);
	CU_ASSERT_EQUAL(won, 1);
	CU_ASSERT_EQUAL(store_order_get(rd, T, racer[0].id, &o), 0);
	CU_ASSERT_STRING_EQUAL(o.eid, racer[winner].eid);
	order_free(&o);
}

/* Fifty eUICCs at once for one order: exactly one gets it. */
void
store_order_race(void)
{
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	int		 n;

	seed_type(s);
	seed_profiles(s, 1, ROUNDS);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	for (n = 1; n <= ROUNDS; n++) {
		seed_order(s, n);
		race_once(s, rd, n);
	}
	store_reader_free(rd);
	db_gone(&p, s);
}
