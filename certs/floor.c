/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/floor.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

#include <string.h>
#include <time.h>

#define FLOOR_SIGNS	3
#define FLOOR_VERIFIES	4
#define FLOOR_SEGMENT	1008	/* padded octets in one 86 TLV */

struct floor {
	EVP_PKEY	*key, *peer;
	EVP_PKEY_CTX	*sign, *verify, *gen, *derive;
	EVP_CIPHER_CTX	*enc, *mac;
	EVP_MD		*md;
	EVP_MD_CTX	*hash;
	uint8_t		 digest[32], sig[80];
	size_t		 sig_len;
	uint8_t		 data[FLOOR_SEGMENT], out[FLOOR_SEGMENT + 16];
};

static EVP_PKEY_CTX *
floor_generator(int nid)
{
	EVP_PKEY_CTX	*g = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);

	if (g == NULL || EVP_PKEY_keygen_init(g) <= 0 ||
	    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(g, nid) <= 0) {
		EVP_PKEY_CTX_free(g);
		return NULL;
	}
	return g;
}

static int
floor_open(struct floor *f, enum curve curve)
{
	static const uint8_t	 key[16] = { 1 }, iv[16];
	EVP_CIPHER		*aes;
	int			 ok;

	memset(f->digest, 0x5a, sizeof(f->digest));
	f->gen = floor_generator(curve == CURVE_P256 ?
	    NID_X9_62_prime256v1 : NID_brainpoolP256r1);
	if (f->gen == NULL || EVP_PKEY_keygen(f->gen, &f->key) <= 0 ||
	    EVP_PKEY_keygen(f->gen, &f->peer) <= 0)
		return DPE_CRYPTO;
	f->sign = EVP_PKEY_CTX_new(f->key, NULL);
	f->verify = EVP_PKEY_CTX_new(f->key, NULL);
	f->derive = EVP_PKEY_CTX_new(f->key, NULL);
	f->enc = EVP_CIPHER_CTX_new();
	f->mac = EVP_CIPHER_CTX_new();
	f->hash = EVP_MD_CTX_new();
	f->md = EVP_MD_fetch(NULL, "SHA256", NULL);
	aes = EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL);
	ok = f->sign != NULL && f->verify != NULL && f->derive != NULL &&
	    f->enc != NULL && f->mac != NULL && f->hash != NULL &&
	    f->md != NULL && aes != NULL &&
	    EVP_PKEY_sign_init(f->sign) > 0 &&
	    EVP_PKEY_verify_init(f->verify) > 0 &&
	    EVP_PKEY_derive_init(f->derive) > 0 &&
	    EVP_EncryptInit_ex2(f->enc, aes, key, iv, NULL) > 0 &&
	    EVP_EncryptInit_ex2(f->mac, aes, key, iv, NULL) > 0;
	EVP_CIPHER_free(aes);
	return ok ? 0 : DPE_CRYPTO;
}

static void
floor_close(struct floor *f)
{
	EVP_PKEY_CTX_free(f->sign);
	EVP_PKEY_CTX_free(f->verify);
	EVP_PKEY_CTX_free(f->gen);
	EVP_PKEY_CTX_free(f->derive);
	EVP_PKEY_free(f->key);
	EVP_PKEY_free(f->peer);
	EVP_CIPHER_CTX_free(f->enc);
	EVP_CIPHER_CTX_free(f->mac);
	EVP_MD_CTX_free(f->hash);
	EVP_MD_free(f->md);
}

static int
floor_signatures(struct floor *f)
{
	unsigned	 i, n;

	for (i = 0; i < FLOOR_SIGNS; i++) {
		f->sig_len = sizeof(f->sig);
		if (EVP_DigestInit_ex2(f->hash, f->md, NULL) <= 0 ||
		    EVP_DigestUpdate(f->hash, f->data, 200) <= 0 ||
		    EVP_DigestFinal_ex(f->hash, f->digest, &n) <= 0 ||
		    EVP_PKEY_sign(f->sign, f->sig, &f->sig_len, f->digest,
		    sizeof(f->digest)) <= 0)
			return DPE_CRYPTO;
	}
	for (i = 0; i < FLOOR_VERIFIES; i++)
		if (EVP_PKEY_verify(f->verify, f->sig, f->sig_len, f->digest,
		    sizeof(f->digest)) <= 0)
			return DPE_CRYPTO;
	return 0;
}

static int
floor_agreement(struct floor *f)
{
	EVP_PKEY	*fresh = NULL;
	uint8_t		 z[64];
	size_t		 n = sizeof(z);
	int		 ok;

	ok = EVP_PKEY_keygen(f->gen, &fresh) > 0 &&
	    EVP_PKEY_derive_set_peer_ex(f->derive, f->peer, 0) > 0 &&
	    EVP_PKEY_derive(f->derive, z, &n) > 0;
	EVP_PKEY_free(fresh);
	return ok ? 0 : DPE_CRYPTO;
}

/* Encrypt, then run the ciphertext through CBC once more: that is CMAC. */
static int
floor_protection(struct floor *f, size_t package)
{
	static const uint8_t	 iv[16];
	size_t			 done;
	int			 n;

	for (done = 0; done < package; done += FLOOR_SEGMENT)
		if (EVP_EncryptInit_ex2(f->enc, NULL, NULL, iv, NULL) <= 0 ||
		    EVP_EncryptUpdate(f->enc, f->out, &n, f->data,
		    FLOOR_SEGMENT) <= 0 ||
		    EVP_EncryptInit_ex2(f->mac, NULL, NULL, iv, NULL) <= 0 ||
		    EVP_EncryptUpdate(f->mac, f->out, &n, f->data,
		    FLOOR_SEGMENT) <= 0)
			return DPE_CRYPTO;
	return 0;
}

static double
floor_cpu(void)
{
	struct timespec	 ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e6 + (double)ts.tv_nsec / 1e3;
}

int
floor_measure(enum curve curve, size_t package, unsigned rounds, double *us)
{
	struct floor	 f = {0};
	double		 start;
	unsigned	 i;
	int		 r;

	if ((r = floor_open(&f, curve)) != 0)
		goto out;
	start = floor_cpu();
	for (i = 0; i < rounds && r == 0; i++)
		if ((r = floor_signatures(&f)) == 0 &&
		    (r = floor_agreement(&f)) == 0)
			r = floor_protection(&f, package);
	*us = (floor_cpu() - start) / rounds;
out:
	floor_close(&f);
	return r;
}
