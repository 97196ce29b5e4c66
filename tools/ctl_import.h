/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TOOLS_CTL_IMPORT_H
#define TOOLS_CTL_IMPORT_H

#include "tools/ctl.h"

/* profile import with --csv. */
int		ctl_import_csv(struct ctl *c, struct ctl_args *a);

#endif
