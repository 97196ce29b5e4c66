/* SPDX-License-Identifier: Apache-2.0 */
/* `profile show', and a package in words. */
#ifndef TOOLS_CTL_DECODE_H
#define TOOLS_CTL_DECODE_H

#include "base/buf.h"
#include "tools/ctl.h"

extern const struct ctl_opt	ctl_decode_opts[];
int		ctl_profile_show(struct ctl *c, const struct ctl_verb *v,
		    struct ctl_args *a);

/* ctl_tree.c: append a decoded package (server/saip/show.h) as text. */
void		ctl_tree_package(const json_t *package, struct buf *out);

#endif
