/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates that a server must refuse, made from a lab's own keys. */
#ifndef TOOLS_VUICC_FORGE_H
#define TOOLS_VUICC_FORGE_H

#include "tools/vuicc_card.h"

/*
 * Replace the card's certificates as card->odds says (ODD_FOREIGN_CHAIN,
 * ODD_FORGED_EUM, ODD_EXPIRED_EUICC, ODD_EXPIRED_EUM); nothing otherwise.
 * DPE_NOTFOUND when the PKI directory lacks the key that this needs.
 */
MUST_CHECK int	vuicc_forge(struct vuicc_card *card, const char *pki_dir,
		    struct why *why);

#endif
