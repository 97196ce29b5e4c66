/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_REINSTALL_H
#define SERVER_RSP_REINSTALL_H

#include "db/store_event.h"

/* A profile that its eUICC may have deleted, by what verified of it. */
struct reinstall {
	int64_t		 tenant, now;
	const char	*iccid, *eid;
	int64_t		 order_expiry;	/* seconds, 0: never */
};

/*
 * If it was installed and is deleted, the type of its order allows it
 * (`reinstall N`) and the N are not used up: release the order again, for this
 * eUICC alone.  With its audit row, inside the store_write() that keeps the
 * notification.  0 also when nothing is to be done.
 */
MUST_CHECK int	reinstall(struct db *db, const struct reinstall *w);

#endif
