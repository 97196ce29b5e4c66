/* SPDX-License-Identifier: Apache-2.0 */
/*
 * AES-128-CMAC (RFC 4493) over one AES-CBC context that is kept: the library's
 * own sets up more at each call than a segment costs.
 */
#ifndef CERTS_CMAC_H
#define CERTS_CMAC_H

#include "certs/crypto.h"

#define CMAC_MAX	1040	/* octets of one message */

struct cmac;
MUST_CHECK int	cmac_new(struct crypto *c, struct cmac **out);
void		cmac_free(struct cmac *m);	/* wipes */
/* Needed before the first cmac_sum(). */
MUST_CHECK int	cmac_key(struct cmac *m, const uint8_t key[KEY_LEN]);
/* Over the concatenation of parts. DPE_RANGE. */
MUST_CHECK int	cmac_sum(struct cmac *m, const struct slice *parts, size_t n,
		    uint8_t out[16]);

#endif
