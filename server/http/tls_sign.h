/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/http: a TLS key that GnuTLS names and certs/ signs with. */
#ifndef SERVER_HTTP_TLS_SIGN_H
#define SERVER_HTTP_TLS_SIGN_H

#include <gnutls/abstract.h>

#include "certs/crypto.h"

/*
 * A key on P-256; k is borrowed for as long as *out lives, which the caller
 * frees (gnutls_privkey_deinit).  DPE_CRYPTO.
 */
MUST_CHECK int	tls_sign_key(struct privkey *k, gnutls_privkey_t *out);

#endif
