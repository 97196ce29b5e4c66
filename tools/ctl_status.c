/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "tools/ctl.h"

const struct ctl_verb	ctl_status_verbs[] = {
	{ "status", NULL, NULL, NULL, 0, 0, NULL, NULL, ctl_run_one,
	    "how the server is", "status --json" },
	{ "lab", "clock", "BY", "by", 1, 1, NULL, NULL, ctl_run_one,
	    "lab: move the server's clock; `reset` undoes it",
	    "lab clock +25h" },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL, NULL, NULL, NULL, NULL }
};
