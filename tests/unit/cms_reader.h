/* SPDX-License-Identifier: Apache-2.0 */
/* One who can read a file of CMS: for tests. */
#ifndef TESTS_UNIT_CMS_READER_H
#define TESTS_UNIT_CMS_READER_H

#include <openssl/evp.h>

#include "base/buf.h"

/* A certificate that its own key has signed, and the key, both as PEM. */
struct reader {
	struct buf	 cert, key;
};
/*
 * Valid from 1000 seconds before now to 1000 after it.  Takes the key; usage
 * NULL: no keyUsage.
 */
void	reader_make(EVP_PKEY *key, const char *usage, int64_t now,
	    struct reader *out);
void	reader_free(struct reader *r);

#endif
