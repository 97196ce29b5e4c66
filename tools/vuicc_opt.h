/* SPDX-License-Identifier: Apache-2.0 */
/* The command line of vuicc. */
#ifndef TOOLS_VUICC_OPT_H
#define TOOLS_VUICC_OPT_H

#include "tools/vuicc_lpa.h"

#define VUICC_CONNECTIONS	100
#define VUICC_EIM_ID		128	/* characters (SGP.32) */

struct vuicc_opt {
	const char		*verb;
	const char		*arg;	/* activation code or ICCID */
	char *const		*command;	/* of lpac, as of execvp */
	const char		*pki, *eid, *state, *cafile;
	const char		*orders, *eim_id;	/* relay */
	long			 connections;		/* relay */
	char			*connect[VUICC_CONNECT];
	size_t			 n_connect;
	const char		*save_upp, *trace;
	bool			 reconnect, json, asn1, reencode;
	bool			 done;	/* --help, --version: all is said */
	struct vuicc_want	 want;
	struct vuicc_odds	 odds;
};

/* DPE_USAGE, DPE_UNSUPPORTED; why says what is wrong. */
MUST_CHECK int	vuicc_opt_read(int argc, char **argv, struct vuicc_opt *opt,
		    struct why *why);

#endif
