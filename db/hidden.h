/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside db/: what is not to be seen.  Every query of profiles p that is not
 * about one that was found before has VISIBLE_PROFILES in it.
 */
#ifndef DB_HIDDEN_H
#define DB_HIDDEN_H

#define HIDDEN_BATCHES	"(SELECT w.id FROM batches w" \
	" WHERE w.state IN ('loading', 'aborting'))"
#define VISIBLE_PROFILES " AND p.batch NOT IN " HIDDEN_BATCHES

#endif
