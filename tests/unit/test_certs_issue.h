/* SPDX-License-Identifier: Apache-2.0 */
/* Certificates of every role, made for the tests of certs/issue.h. */
#ifndef TESTS_UNIT_TEST_CERTS_ISSUE_H
#define TESTS_UNIT_TEST_CERTS_ISSUE_H

#include <openssl/x509.h>

#include "certs/issue.h"
#include "tests/unit/unit.h"

#define NOW	INT64_C(1767225600)		/* 2026-01-01 */
#define LATER	(NOW + 365 * INT64_C(86400))

struct made {
	struct privkey	*key;
	struct buf	 der;
	struct cert	 cert;
	X509		*x;
};

extern struct crypto		*issue_crypto;
extern const struct issue	 want_ci, want_eum, want_auth;

/* A new key and its certificate, by the issuer or by itself (NULL). */
void	make(struct made *m, const struct issue *want, enum curve curve,
	    const struct made *by);
void	unmake(struct made *m);

void	crl_grows(void);
void	pem(void);

#endif
