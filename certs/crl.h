/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate revocation list of a CI, RFC 5280 5 and SGP.22 4.6.  Its
 * entries carry a critical extension of the GSMA's own, so that the stock
 * verifier refuses every certificate of the CI once there is one entry.
 */
#ifndef CERTS_CRL_H
#define CERTS_CRL_H

#include "certs/cert.h"

struct crl {
	struct slice	tbs;		/* what is signed, its TLV */
	struct slice	signature;	/* ECDSA-Sig-Value, DER */
	struct slice	issuer;		/* Name TLV */
	struct slice	aki;		/* key id of the CI */
	int64_t		this_update, next_update;
	struct slice	entries;	/* for crl_next() */
};

/*
 * der must be exactly one CRL; its entries are checked as well.  DPE_SYNTAX;
 * DPE_UNSUPPORTED for a delta or indirect one, or a critical extension of the
 * list that is not known.  One of an entry is no obstacle: it is revoked.
 */
MUST_CHECK int	crl_parse(struct slice der, struct crl *out);
/* The next serial (INTEGER contents); DPE_NOTFOUND at the end. */
MUST_CHECK int	crl_next(struct slice *entries, struct slice *serial);

#endif
