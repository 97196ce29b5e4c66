/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A driver that wraps the SQLite driver and fails the n-th call of one kind,
 * or of any: for tests.  A call that is made to fail is not passed on.
 */
#ifndef DB_FAULT_H
#define DB_FAULT_H

#include "db/driver.h"

enum fault_call {
	FAULT_OPEN, FAULT_SCRIPT, FAULT_PREPARE, FAULT_BIND, FAULT_STEP,
	FAULT_BEGIN, FAULT_COMMIT, FAULT_ROLLBACK, FAULT_SIZE, FAULT_BACKUP,
	FAULT_ANY
};

extern const struct driver	driver_fault;

/* Fail the n-th such call from now on (1: the next; 0: none), once. */
void	fault_arm(enum fault_call call, long n);
/* Let all calls pass again; did the armed one come and fail? */
bool	fault_disarm(void);
/* How many such calls there were since fault_arm(), failed ones included. */
long	fault_calls(enum fault_call call);
/* Connections and statements that are open. */
long	fault_open_count(void);

#endif
