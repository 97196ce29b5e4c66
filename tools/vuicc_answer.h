/* SPDX-License-Identifier: Apache-2.0 */
/* The members of the answers of ES9+ (SGP.22 6.5.2), out of their JSON. */
#ifndef TOOLS_VUICC_ANSWER_H
#define TOOLS_VUICC_ANSWER_H

#include <jansson.h>

#include "base/buf.h"

struct init_answer {
	char		*tid;
	struct buf	 signed1, signature1, ci_id, cert;
};

struct auth_answer {
	char		*tid;
	struct buf	 metadata, signed2, signature2, cert;
};

struct bpp_answer {
	char		*tid;
	struct buf	 bpp;
};

/*
 * Read and free.  tid: the session's, which the answer must carry; "" when it
 * is not known yet.  Free in any case.
 */
MUST_CHECK int	init_answer_read(const json_t *body, const char *tid,
		    struct init_answer *out, struct why *why);
void		init_answer_free(struct init_answer *a);
MUST_CHECK int	auth_answer_read(const json_t *body, const char *tid,
		    struct auth_answer *out, struct why *why);
void		auth_answer_free(struct auth_answer *a);
MUST_CHECK int	bpp_answer_read(const json_t *body, const char *tid,
		    struct bpp_answer *out, struct why *why);
void		bpp_answer_free(struct bpp_answer *a);

#endif
