/* SPDX-License-Identifier: Apache-2.0 */
/* Is this an eUICC of a trusted CI?  SGP.22 4.5.2.2, spec 04 3.2 and 3.3. */
#ifndef CERTS_CHAIN_H
#define CERTS_CHAIN_H

#include "certs/crypto.h"
#include "certs/pki.h"

struct chain {
	char		 eid[33];	/* from the eUICC's serialNumber */
	uint8_t		 eid_bcd[16];
	uint8_t		 ci[20];	/* SKI of the CI the chain ends in */
	struct slice	 eum_ski, euicc_ski;	/* in the certificates given */
	struct pubkey	*euicc;		/* the caller pubkey_free()s */
};

/*
 * Check both certificates as received, in the order of the clause, so that the
 * first thing wrong decides the answer: DPE_CI, DPE_EUM, DPE_EUM_DATE,
 * DPE_EUICC, DPE_EUICC_DATE.  With dates false only dates are not judged (old
 * notifications).  EUM keys that were verified are cached in pki (bounded,
 * locked); dates and revocation are judged every time.
 */
MUST_CHECK int	chain_verify_euicc(struct crypto *c, struct pki *pki,
		    struct slice euicc_der, struct slice eum_der, int64_t now,
		    bool dates, struct chain *out);
/*
 * A DP certificate (vuicc's side): signed by a CI of pki, not revoked, this
 * role, dates.  That its OID (out->rid) is the expected one is the caller's to
 * see.  out may be NULL; its slices lie in der.  DPE_CI, DPE_CERT.
 */
MUST_CHECK int	chain_verify_dp(struct crypto *c, struct pki *pki,
		    struct slice der, enum cert_role role, int64_t now,
		    struct cert *out);

#endif
