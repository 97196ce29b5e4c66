/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The compact forms of SGP.32 (minimizeEsipaBytes): what an IPA leaves out on
 * its way to the eIM, which puts it back.  An SM-DP+ must never see them.
 */
#ifndef TOOLS_VUICC_COMPACT_H
#define TOOLS_VUICC_COMPACT_H

#include "base/buf.h"

/*
 * A good AuthenticateServerResponse, PrepareDownloadResponse or
 * CancelSessionResponse becomes its A2 alternative; anything else stays.
 */
void	vuicc_compact(struct buf *der);

#endif
