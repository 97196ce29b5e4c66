/* SPDX-License-Identifier: Apache-2.0 */
/* The way to the daemon: its admin socket, as D/smdpd.conf names it. */
#ifndef TOOLS_CTL_CALL_H
#define TOOLS_CTL_CALL_H

#include "tools/ctl.h"

/*
 * POST /v1/NOUN/VERB.  An exit status; with CTL_DONE *out is the answer, which
 * the caller json_decref()s, otherwise why says the reason.
 */
MUST_CHECK int	ctl_call(struct ctl *c, const char *noun, const char *verb,
		    const json_t *in, json_t **out, struct why *why);
/* The same, and the reason has been printed. */
MUST_CHECK int	ctl_call_say(struct ctl *c, const char *noun,
		    const char *verb, const json_t *in, json_t **out);
/*
 * Every page of a list, until fn has seen max rows (0: all).  fn gets the
 * array; its non-zero result ends it and is returned.
 */
MUST_CHECK int	ctl_pages(struct ctl *c, const char *noun, const char *verb,
		    json_t *in, int64_t max,
		    int (*fn)(void *arg, const json_t *items), void *arg);
/*
 * The same for a verb whose answer is a file: its octets are written to fd as
 * they come, and *out tells of them (octets, sha256).  The reason is printed.
 */
MUST_CHECK int	ctl_call_file(struct ctl *c, const char *noun,
		    const char *verb, const json_t *in, int fd,
		    json_t **out);
void		ctl_link_free(struct ctl_link *l);

#endif
