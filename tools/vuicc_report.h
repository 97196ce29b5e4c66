/* SPDX-License-Identifier: Apache-2.0 */
/* What vuicc tells of a result: lines for people, or one JSON object. */
#ifndef TOOLS_VUICC_REPORT_H
#define TOOLS_VUICC_REPORT_H

#include "tools/vuicc_opt.h"

/* r is what vuicc_download() or vuicc_notify_send() returned. */
void	vuicc_report(const struct vuicc_opt *opt, const char *eid,
	    const struct vuicc_result *res, int r);
/* The one line of a failure, on standard error. */
void	vuicc_report_error(const struct vuicc_result *res, int r);
void	vuicc_report_list(const struct vuicc_opt *opt,
	    const struct vuicc_state *st);

#endif
