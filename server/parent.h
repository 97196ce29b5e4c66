/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent process: opens the sockets, starts signer and worker, starts
 * again whichever dies, ends both.  It reads nothing from any network and
 * holds no key.
 */
#ifndef SERVER_PARENT_H
#define SERVER_PARENT_H

#include "server/settings.h"

/*
 * Run until SIGTERM or SIGINT; takes the settings over.  SIGHUP: check the
 * file anew and, if it is good, replace both children; listening sockets and
 * what waits in them stay.  The exit status of the program.
 */
int	parent_run(struct settings *s);

#endif
