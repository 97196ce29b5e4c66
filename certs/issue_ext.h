/* SPDX-License-Identifier: Apache-2.0 */
/* Extensions of the certificates and CRLs of certs/issue.h (spec 04, 3.1). */
#ifndef CERTS_ISSUE_EXT_H
#define CERTS_ISSUE_EXT_H

#include <openssl/x509.h>

#include "certs/issue.h"

/*
 * Add the extensions that want's role has.  issuer is NULL for a certificate
 * that signs itself.
 */
MUST_CHECK int	issue_ext_cert(X509 *x, const struct issue *want,
		    const struct privkey *subject, const X509 *issuer);
/* The contents of value, which is emptied, as an extension; NULL: memory. */
X509_EXTENSION	*issue_ext_new(int nid, bool critical, struct buf *value);
/* Append an AuthorityKeyIdentifier with the issuer's key id. DPE_CERT. */
MUST_CHECK int	issue_ext_aki(const X509 *issuer, struct buf *b);
/* O and, where they are not NULL, serialNumber and CN. DPE_RANGE. */
MUST_CHECK int	issue_name(X509_NAME *n, const char *organization,
		    const char *serial_number, const char *common_name);

#endif
