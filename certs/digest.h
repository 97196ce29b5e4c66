/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 of what comes piece by piece. */
#ifndef CERTS_DIGEST_H
#define CERTS_DIGEST_H

#include "base/buf.h"

#define DIGEST_TEXT	65	/* 64 hex digits and a NUL */

struct digest;

MUST_CHECK int	digest_new(struct digest **out);
void		digest_add(struct digest *d, struct slice data);
/* Of all that was added, as sha256sum(1) writes it; d begins anew. */
void		digest_end(struct digest *d, char out[DIGEST_TEXT]);
void		digest_free(struct digest *d);

#endif
