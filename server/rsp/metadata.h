/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SERVER_RSP_METADATA_H
#define SERVER_RSP_METADATA_H

#include "db/store_type.h"

/*
 * StoreMetadataRequest (SGP.22 5.5.3) of a profile of this type; address is
 * where its notifications go.  DPE_RANGE when it does not fit two '88'
 * segments, or a value does not fit its field.
 */
MUST_CHECK int	metadata_build(const struct ptype *t, const char *iccid,
		    const char *address, struct buf *out);

#endif
