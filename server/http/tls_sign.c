/* SPDX-License-Identifier: Apache-2.0 */
#include "server/http/tls_sign.h"

#include <gnutls/gnutls.h>

#include <string.h>

static int
tls_sign(gnutls_privkey_t key, gnutls_sign_algorithm_t algo, void *fast,
    unsigned flags, const gnutls_datum_t *hash, gnutls_datum_t *sig)
{
	struct buf	 der = {0};
	int		 g = GNUTLS_E_PK_SIGN_FAILED;

	(void)key;
	(void)algo;
	(void)flags;
	if (sig_sign_hash(fast, slice_of(hash->data, hash->size), &der) == 0) {
		g = 0;
		if ((sig->data = gnutls_malloc(der.len)) == NULL)
			g = GNUTLS_E_MEMORY_ERROR;
		else
			memcpy(sig->data, der.p, der.len);
		sig->size = (unsigned)der.len;
	}
	buf_free(&der);
	return g;
}

/* What a key on P-256 can do. */
static int
tls_sign_info(gnutls_privkey_t key, unsigned flags, void *fast)
{
	(void)key;
	(void)fast;
	if ((flags & GNUTLS_PRIVKEY_INFO_PK_ALGO) != 0)
		return GNUTLS_PK_ECDSA;
	if ((flags & GNUTLS_PRIVKEY_INFO_PK_ALGO_BITS) != 0)
		return 256;
	if ((flags & GNUTLS_PRIVKEY_INFO_HAVE_SIGN_ALGO) != 0)
		return gnutls_sign_supports_pk_algorithm(
		    GNUTLS_FLAGS_TO_SIGN_ALGO(flags), GNUTLS_PK_ECDSA) != 0;
	return -1;
}

int
tls_sign_key(struct privkey *k, gnutls_privkey_t *out)
{
	*out = NULL;
	if (gnutls_privkey_init(out) != 0)
		return DPE_CRYPTO;
	if (gnutls_privkey_import_ext4(*out, k, NULL, tls_sign, NULL, NULL,
	    tls_sign_info, 0) == 0)
		return 0;
	gnutls_privkey_deinit(*out);
	*out = NULL;
	return DPE_CRYPTO;
}
