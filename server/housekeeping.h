/* SPDX-License-Identifier: Apache-2.0 */
/* What is due every few seconds: old sessions, what strangers have left. */
#ifndef SERVER_HOUSEKEEPING_H
#define SERVER_HOUSEKEEPING_H

#include "server/ctx.h"

/*
 * Close and delete sessions whose time is over, keep what anyone may cause
 * within its bounds (LIM_SESSIONS, LIM_UNVERIFIED), and say in sessions_full
 * whether new sessions have room.  A fault is logged and tried again next time.
 */
void	housekeeping(struct ctx *c);

#endif
