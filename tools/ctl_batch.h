/* SPDX-License-Identifier: Apache-2.0 */
/* What all that fills a batch does: go on, make it live, give it up. */
#ifndef TOOLS_CTL_BATCH_H
#define TOOLS_CTL_BATCH_H

#include "tools/ctl.h"

/* "17" to a number; said when it is none. CTL_USAGE. */
MUST_CHECK int	ctl_batch_id(const char *text, int64_t *id);
/* A verb of the batch alone; the caller json_decref()s *out. Said. */
MUST_CHECK int	ctl_batch_call(struct ctl *c, const char *verb, int64_t id,
		    json_t **out);
/*
 * All rows are there: have its keys checked and make it live.  *out is the
 * batch, or has "bad" rows (and the batch is not live).  Said.
 */
MUST_CHECK int	ctl_batch_finish(struct ctl *c, int64_t id, json_t **out);
/* Take its profiles back.  Said. */
MUST_CHECK int	ctl_batch_abort(struct ctl *c, int64_t id, json_t **out);
/* What it is, without what is for going on with it alone. */
void		ctl_batch_print(const struct ctl *c, json_t *out);
/* The verb with --abort BATCH. */
int		ctl_batch_undo(struct ctl *c, const char *text);
/* It stopped where it can go on: say how. */
void		ctl_batch_hint(const char *verb, int64_t id);

#endif
