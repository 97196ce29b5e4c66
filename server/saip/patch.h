/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside server/saip: the patch map as bytes.
 *	version u8 (1), count u16, count x { field u8, offset u32 }
 * Numbers are big-endian.  The records stand in the order in which a walk of
 * the package finds the places, so that one package has one map.
 */
#ifndef SERVER_SAIP_PATCH_H
#define SERVER_SAIP_PATCH_H

#include "server/saip/path.h"

void		saip_patch_write(const struct saip_places *p,
		    struct buf *out);
/* DPE_SYNTAX */
MUST_CHECK int	saip_patch_read(struct slice map, struct saip_places *out);

#endif
