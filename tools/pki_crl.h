/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of the PKI directory, and what revocation and renewal share. */
#ifndef TOOLS_PKI_CRL_H
#define TOOLS_PKI_CRL_H

#include "tools/pki_pair.h"

/* The certificate files of a name: one, or two of a DP. */
size_t		pki_lab_files(const struct pki_lab *l, enum pki_kind kind,
		    const char *name, struct buf files[2]);
/* Who signed c, with the key. */
MUST_CHECK int	pki_lab_issuer(struct pki_lab *l, enum pki_kind kind,
		    const struct cert *c, struct pki_pair *out,
		    struct why *why);
/* The lists of w->name, or every one, with the same entries and new dates. */
MUST_CHECK int	pki_crl_renew(struct pki_lab *l, const struct pki_want *w,
		    struct why *why);

#endif
