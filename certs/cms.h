/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files for one reader: CMS AuthEnvelopedData (RFC 5083, RFC 5652) over
 * OpenSSL's CMS.  AES-256-GCM, so that what was changed on the way does not
 * open; the key of it for a certificate's key: RSA by OAEP with SHA-256, EC by
 * ephemeral ECDH, the KDF of X9.63 with SHA-256 and AES-256 key wrap (RFC
 * 5753).  Made piece by piece, with lengths that are not known before (BER),
 * so that memory does not grow with the file.
 */
#ifndef CERTS_CMS_H
#define CERTS_CMS_H

#include <stdbool.h>

#include "base/buf.h"

#define CMS_KEY_ID	41	/* 40 hex digits and a NUL */
#define CMS_RSA_BITS	2048	/* at least */
#define CMS_EC_BITS	224	/* at least */

struct cms;

/*
 * Begin a file for the holder of this certificate (PEM or DER).  pem: in lines
 * of Base64.  now: seconds; the certificate must be within its dates.
 * DPE_SYNTAX: no certificate; DPE_CERT: not one to encrypt for.
 */
MUST_CHECK int	cms_begin(struct slice cert, int64_t now, bool pem,
		    struct cms **out, struct why *why);
/* The certificate's subject key identifier, else SHA-1 of its key. */
const char	*cms_key_id(const struct cms *m);
/* Append what is ready to be written of the file to out. DPE_CRYPTO. */
MUST_CHECK int	cms_add(struct cms *m, struct slice plain, struct buf *out);
/* The rest; nothing can be added any more. */
MUST_CHECK int	cms_end(struct cms *m, struct buf *out);
void		cms_free(struct cms *m);

/*
 * Open a file (PEM or DER) with the certificate and its key (PEM), whole:
 * for tests and tools. DPE_SYNTAX: no such file; DPE_SEAL: does not open.
 */
MUST_CHECK int	cms_open(struct slice file, struct slice cert,
		    struct slice key, struct buf *plain);

#endif
