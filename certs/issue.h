/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Issue the certificates of SGP.26 for a lab: CI, EUM, eUICC, DPauth, DPpb,
 * TLS (spec 04, 3.1 and 3.5).  Used by smdp-pki and tests, never by the daemon.
 */
#ifndef CERTS_ISSUE_H
#define CERTS_ISSUE_H

#include "certs/crypto.h"

struct issue {
	enum cert_role	 role;
	const char	*organization;	/* O; required */
	const char	*common_name;	/* CN; not for eUICC */
	const char	*eid;		/* eUICC: subject serialNumber */
	const char	*rid;		/* dotted OID for SAN; not for eUICC */
	const char	*dns;		/* TLS: dNSName (CN too) */
	const char	*iin;		/* EUM: permitted serialNumber prefix */
	const char	*crl_url;	/* not for eUICC */
	int64_t		 not_before, not_after;	/* 64 bits: year 7496 too */
};

/*
 * Append the DER of a certificate for subject's key, signed by issuer (NULL:
 * self-signed, a CI).  issuer_cert is the issuer's certificate.
 */
MUST_CHECK int	issue_cert(struct crypto *c, const struct issue *want,
		    const struct privkey *subject,
		    const struct privkey *issuer, struct slice issuer_cert,
		    struct buf *der);
/* Append the PEM of a certificate's (or, with label "X509 CRL", CRL's) DER. */
void		issue_pem(struct slice der, const char *label,
		    struct buf *out);
/* A CRL of the CI over these serials, with the GSMA entry extension. */
MUST_CHECK int	issue_crl(struct crypto *c, const struct privkey *ci,
		    struct slice ci_cert, const struct slice *serials,
		    size_t n, int64_t now, int64_t next, struct buf *der);

#endif
