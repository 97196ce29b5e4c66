/* SPDX-License-Identifier: Apache-2.0 */
/* What every verb of vuicc opens from its command line. */
#ifndef TOOLS_VUICC_OPEN_H
#define TOOLS_VUICC_OPEN_H

#include "tools/vuicc_opt.h"

/*
 * Let the state remember where this card's certificates and its trust are:
 * what the command line says goes before what it remembers.  eid may be NULL.
 * DPE_USAGE: the state is another card's, or not all is known.
 */
MUST_CHECK int	vuicc_open_trust(const struct vuicc_opt *o, const char *eid,
		    struct vuicc_state *st, struct why *why);
/* A connection that trusts what t says, and the roots of pki otherwise. */
MUST_CHECK int	vuicc_open_http(const struct vuicc_opt *o,
		    const struct vuicc_trust *t, const struct pki *pki,
		    struct vuicc_http **out, struct why *why);

#endif
