/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Issue the certificates of SGP.26 for a lab: CI, EUM, eUICC, DPauth, DPpb,
 * TLS (spec 04, 3.1 and 3.5).  Used by smdp-pki and tests, never by the daemon.
 */
#ifndef CERTS_ISSUE_H
#define CERTS_ISSUE_H

#include "certs/crypto.h"

struct issue {
	/* ROLE_NONE: for ES2+ and the admin API, a CA or a TLS client. */
	enum cert_role	 role;
	const char	*organization;	/* O; required */
	const char	*common_name;	/* CN; not for eUICC */
	const char	*eid;		/* eUICC: subject serialNumber */
	const char	*rid;		/* dotted OID for SAN; not for eUICC */
	const char	*dns;		/* TLS: dNSName (CN too) */
	const char	*const *dns_more; /* NULL, or more of them and a NULL */
	const char	*ip;		/* TLS: IPv4 address too, or NULL */
	const char	*iin;		/* EUM: permitted serialNumber prefix */
	/* Not for eUICC; NULL: where the issuer's certificate says. */
	const char	*crl_url;
	int64_t		 not_before, not_after;	/* 64 bits: year 7496 too */
};

struct issue_revoked {
	struct slice	serial;		/* INTEGER contents */
	int64_t		since;
	int64_t		expires;	/* notAfter of that certificate */
};

/*
 * Append the DER of a certificate for subject's key, signed by issuer (NULL:
 * self-signed, a CI).  issuer_cert is the issuer's certificate.  DPE_USAGE
 * when want lacks what its role needs, DPE_RANGE for a value that does not fit
 * its field.  Whether the issuer may is not asked: tests need wrong ones too.
 */
MUST_CHECK int	issue_cert(struct crypto *c, const struct issue *want,
		    const struct privkey *subject,
		    const struct privkey *issuer, struct slice issuer_cert,
		    struct buf *der);
/*
 * The same certificate with other dates and a new serial number: same key,
 * names and extensions; issuer is the key that signed the old one.
 */
MUST_CHECK int	issue_renew(struct crypto *c, struct slice old,
		    const struct privkey *issuer, int64_t not_before,
		    int64_t not_after, struct buf *der);
/* Append the PEM of a certificate's (or, with label "X509 CRL", CRL's) DER. */
void		issue_pem(struct slice der, const char *label,
		    struct buf *out);
/*
 * A CRL of the CI: every entry of the one before (its DER; empty if this is
 * the first) as it stands there, and these; the CRL number is one more.  Each
 * new entry has the GSMA extension.  DPE_EXISTS when one is there already.
 */
MUST_CHECK int	issue_crl(struct crypto *c, const struct privkey *ci,
		    struct slice ci_cert, struct slice before,
		    const struct issue_revoked *add, size_t n, int64_t now,
		    int64_t next, struct buf *der);
/* PEM or DER, told apart by content; append the DER.  Nothing is verified. */
MUST_CHECK int	issue_crl_load(const char *path, struct buf *der,
		    struct why *why);

#endif
