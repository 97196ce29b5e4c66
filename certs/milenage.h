/* SPDX-License-Identifier: Apache-2.0 */
/* What subscription data needs of cryptography before it is stored. */
#ifndef CERTS_MILENAGE_H
#define CERTS_MILENAGE_H

#include "base/buf.h"

/* OPc of an operator's OP and a subscriber's K (TS 35.206, 4.1). */
MUST_CHECK int	milenage_opc(const uint8_t k[16], const uint8_t op[16],
		    uint8_t opc[16]);
/*
 * AES in CBC mode, backwards, without padding: in.len is a multiple of 16, the
 * key has 16, 24 or 32 octets.  Appended.  DPE_RANGE.
 */
MUST_CHECK int	aes_cbc_open(struct slice key, const uint8_t iv[16],
		    struct slice in, struct buf *out);

#endif
