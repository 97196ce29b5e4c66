/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of certs/ share with each other and with nobody else. */
#ifndef CERTS_INTERNAL_H
#define CERTS_INTERNAL_H

#include <openssl/evp.h>

#include "certs/crypto.h"

struct privkey {
	EVP_PKEY	*pkey;
	enum curve	 curve;
};

struct pubkey {
	EVP_PKEY	*pkey;
	enum curve	 curve;
};

#endif
