/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside server/saip: the patch map as bytes.
 *	02, count u16, count x { field u8, offset u32, length u16 }, digest 16
 * Numbers are big-endian.  The places are in the order of the package, none
 * lies in another, and the highest bit of the field says that it stays as it
 * is when a subscriber has no value.  The digest, the first half of an
 * HMAC-SHA-256 under no secret, is of the records and of the package with
 * zeros at its places: a map belongs to one package.
 *
 * Maps of before are 01, count u16, count x { field u8, offset u32 }, the
 * places being those that path.c finds, in the order in which it does.
 */
#ifndef SERVER_SAIP_PATCH_H
#define SERVER_SAIP_PATCH_H

#include "server/saip/path.h"

void		saip_patch_write(struct slice upp, const struct saip_places *p,
		    struct buf *out);
/* DPE_SYNTAX */
MUST_CHECK int	saip_patch_read(struct slice map, struct saip_places *out);

#endif
