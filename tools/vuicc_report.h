/* SPDX-License-Identifier: Apache-2.0 */
/* What vuicc tells of a result: lines for people, or one JSON object. */
#ifndef TOOLS_VUICC_REPORT_H
#define TOOLS_VUICC_REPORT_H

#include "tools/vuicc_opt.h"

/* r is what vuicc_download() or vuicc_notify_send() returned. */
void	vuicc_report(const struct vuicc_opt *opt, const char *eid,
	    const struct vuicc_result *res, int r);
/* One word for what came of it, and the JSON object of it all. */
const char *vuicc_report_outcome(const struct vuicc_result *res, int r);
void	vuicc_report_json(const char *eid, const struct vuicc_result *res,
	    int r);
void	vuicc_report_print(const json_t *o);
/* Append what a failure is told as. */
void	vuicc_report_reason(const struct vuicc_result *res, int r,
	    struct buf *out);
/* The one line of a failure, on standard error. */
void	vuicc_report_error(const struct vuicc_result *res, int r);
/* What is in a profile. DPE_NOTFOUND. */
MUST_CHECK int	vuicc_report_show(const struct vuicc_opt *opt,
	    struct vuicc_state *st, struct why *why);
void	vuicc_report_list(const struct vuicc_opt *opt,
	    const struct vuicc_state *st);
/* vuicc_report_meta.c: what the profile's metadata say, added to either. */
void	vuicc_report_meta(const struct vuicc_profile *p, json_t *o);
void	vuicc_report_meta_words(const struct vuicc_profile *p,
	    struct buf *out);

#endif
