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
 * file anew and, if it is good, start another signer and worker; once these are
 * ready they serve, and those before them go on with the connections they have
 * until the last is gone (server/worker.h).  Listening sockets and what waits
 * in them stay.  The exit status of the program.
 */
int	parent_run(struct settings *s);

#endif
