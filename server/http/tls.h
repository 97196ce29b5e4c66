/* SPDX-License-Identifier: Apache-2.0 */
/*
 * TLS of ES9+ (SGP.22 2.6.6): server certificates chosen by SNI, no client
 * certificate asked for.  GnuTLS needs the keys in this process: they are the
 * one exception to "keys live in the signer" (docs/security.md).
 */
#ifndef SERVER_HTTP_TLS_H
#define SERVER_HTTP_TLS_H

#include <microhttpd.h>

#include <stdint.h>

#include "base/err.h"

struct tls;

/*
 * Every NAME.crt with NAME.key of PKI/tls; the first is the default.  One that
 * is out of its dates is DPE_CERT, with its name.
 */
MUST_CHECK int	tls_load(const char *pki_dir, int64_t now, struct tls **out,
		    struct why *why);
/* Days until the first of these certificates expires. */
int		tls_days_left(const struct tls *t, int64_t now);
void		tls_free(struct tls *t);
/* The options for MHD_start_daemon(); none for NULL. */
void		tls_options(struct tls *t, struct MHD_OptionItem out[3]);
/*
 * Make these the certificates that new connections of this process get: the
 * library's callback has no argument of its own.
 */
void		tls_use(struct tls *t);

#endif
