/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A server without HTTP: a context over a store, a PKI and a signer of its
 * own, with the clock and the chance of tests/vec/rsp.txt.
 */
#ifndef TESTS_UNIT_RSP_ENV_H
#define TESTS_UNIT_RSP_ENV_H

#include <pthread.h>

#include "db/store_event.h"
#include "server/ctx.h"
#include "tests/unit/unit.h"

#define ENV_EID		"89049032123451234512345678901235"
#define ENV_EID_BCD	{ 0x89, 0x04, 0x90, 0x32, 0x12, 0x34, 0x51, 0x23, \
			  0x45, 0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x35 }
#define ENV_ICCID	"8900010000000000019"
#define ENV_MID		"K7QX2-9MZ4T-0A8WE-R5JDN"
#define ENV_NOW		1780272000	/* 2026-06-01T00:00:00Z */

struct env {
	struct ctx	 ctx;
	struct settings	 set;
	char		 dir[64];
	char		 pki[128];	/* directory: dir, or another's */
	pthread_t	 signer;
	int		 signer_fd;
	int64_t		 now;
	struct buf	 chance;	/* what rnd gives first */
	size_t		 chance_at;
	_Atomic bool	 full;
	_Atomic int64_t	 offset;
	struct clock	 clock;
	struct rnd	 rnd;
	struct order	 order;		/* the one of env_order() */
};

/* An env with one released order (ENV_MID, tofu) of a profile ENV_ICCID. */
void	env_open(struct env *e);
/*
 * Over another PKI directory, with its keys, at this time; no order and no
 * type.  Its other name is ENV_ALIAS.
 */
#define ENV_ADDRESS	"smdp.example.com"
#define ENV_ALIAS	"alias.example.org:8443"
void	env_open_pki(struct env *e, const char *pki, int64_t now);
void	env_close(struct env *e);
/* One more released order of env_open(), which is then that of env_order(). */
void	env_add(struct env *e, const char *iccid, struct slice upp,
	    const char *mid);
/* A value of tests/vec/rsp.txt, appended to b (which is emptied first). */
struct slice env_vec(struct buf *b, const char *name);
/*
 * The session of vector `name` (nist_skeys ...): initiated, and with
 * authenticated true as it is after authenticateClient.
 */
void	env_session(struct env *e, const char *name, bool authenticated);
/* State of the profile, of the session, the order's counters. */
enum life_state	env_state(struct env *e);
enum session_step env_step(struct env *e);
struct order	*env_order(struct env *e);	/* read anew; do not free */
/* Change the profile's state or the order: run fn inside a write. */
void	env_write(struct env *e, int (*fn)(struct db *db, void *arg),
	    void *arg);

#endif
