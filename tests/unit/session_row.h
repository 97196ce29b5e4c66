/* SPDX-License-Identifier: Apache-2.0 */
/* A session that was only begun, as a row: as earlier versions wrote it. */
#ifndef TESTS_UNIT_SESSION_ROW_H
#define TESTS_UNIT_SESSION_ROW_H

#include "db/store_session.h"

MUST_CHECK int	session_row(struct db *db, int64_t tenant,
		    const struct session *s);

#endif
