/* SPDX-License-Identifier: Apache-2.0 */
/* Private and public keys, and the key agreement between them. */
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "base/file.h"
#include "base/limits.h"
#include "certs/internal.h"

/*
 * Decoding the point checks that it is on the curve; both curves have the
 * cofactor 1, so nothing else is left to check.
 */
int
peer_set(struct crypto *c, enum curve curve, const uint8_t point[POINT_LEN])
{
	if (memcmp(c->point[curve], point, POINT_LEN) == 0)
		return 0;
	if (EVP_PKEY_set1_encoded_public_key(c->peer[curve], point,
	    POINT_LEN) != 1) {
		ERR_clear_error();
		memset(c->point[curve], 0, POINT_LEN);
		return DPE_POINT;
	}
	memcpy(c->point[curve], point, POINT_LEN);
	return 0;
}

int
pubkey_new(struct crypto *c, enum curve curve, struct slice point,
    struct pubkey **out)
{
	int	 r;

	*out = NULL;
	if (point.len != POINT_LEN || point.p[0] != 0x04)
		return DPE_POINT;
	if ((r = peer_set(c, curve, point.p)) != 0)
		return r;
	*out = xcalloc(1, sizeof(**out));
	(*out)->curve = curve;
	memcpy((*out)->point, point.p, POINT_LEN);
	return 0;
}

struct pubkey *
pubkey_ref(const struct pubkey *k)
{
	struct pubkey	*n = xcalloc(1, sizeof(*n));

	*n = *k;
	return n;
}

void
pubkey_free(struct pubkey *k)
{
	free(k);
}

enum curve
pubkey_curve(const struct pubkey *k)
{
	return k->curve;
}

/* Take pkey over, if it is a whole key on one of our curves. */
static int
privkey_adopt(EVP_PKEY *pkey, struct privkey **out)
{
	EVP_PKEY_CTX	*x = NULL;
	struct privkey	*k;
	char		 group[32];
	enum curve	 curve = CURVE_P256;
	int		 r = DPE_UNSUPPORTED;

	if (EVP_PKEY_get_group_name(pkey, group, sizeof(group), NULL) != 1)
		goto out;
	if (strcmp(group, "brainpoolP256r1") == 0)
		curve = CURVE_BP256;
	else if (strcmp(group, "prime256v1") != 0)
		goto out;
	r = DPE_CRYPTO;
	if ((x = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL)) == NULL ||
	    EVP_PKEY_private_check(x) != 1 ||
	    EVP_PKEY_pairwise_check(x) != 1)
		goto out;
	k = xcalloc(1, sizeof(*k));
	k->pkey = pkey;
	k->curve = curve;
	*out = k;
	pkey = NULL;
	r = 0;
out:
	EVP_PKEY_CTX_free(x);
	EVP_PKEY_free(pkey);
	ERR_clear_error();
	return r;
}

int
privkey_from_der(struct slice der, struct privkey **out)
{
	const uint8_t	*at = der.p;
	struct der	 all;
	EVP_PKEY	*pkey;

	*out = NULL;
	if (der_whole(der, 0x30, &all) != 0)
		return DPE_SYNTAX;
	if ((pkey = d2i_AutoPrivateKey(NULL, &at, (long)der.len)) == NULL) {
		ERR_clear_error();
		return DPE_SYNTAX;
	}
	return privkey_adopt(pkey, out);
}

int
privkey_from_scalar(struct crypto *c, enum curve curve, struct slice d,
    struct privkey **out)
{
	struct buf	 b = {0};
	size_t		 at;
	int		 r;

	(void)c;
	*out = NULL;
	if (d.len != 32)
		return DPE_RANGE;
	buf_reserve(&b, 128);
	der_add_uint(&b, 0x02, 1);	/* ECPrivateKey, RFC 5915 */
	der_add(&b, 0x04, d);
	at = b.len;
	der_add(&b, 0x06, curve_oid(curve));
	der_wrap(&b, at, 0xa0);
	der_wrap(&b, 0, 0x30);
	r = privkey_from_der(buf_slice(&b), out);
	buf_free(&b);
	return told(r, DPE_SYNTAX, DPE_RANGE);
}

/* No passphrases: a daemon has nobody to ask. */
static int
no_passphrase(char *p, int n, int writing, void *arg)
{
	(void)p;
	(void)n;
	(void)writing;
	(void)arg;
	return -1;
}

static int
privkey_from_pem(struct slice text, struct privkey **out)
{
	EVP_PKEY	*pkey;
	BIO		*b;

	if ((b = BIO_new_mem_buf(text.p, (int)text.len)) == NULL)
		abort();
	pkey = PEM_read_bio_PrivateKey(b, NULL, no_passphrase, NULL);
	BIO_free(b);
	ERR_clear_error();
	return pkey == NULL ? DPE_SYNTAX : privkey_adopt(pkey, out);
}

int
privkey_from_text(struct slice text, struct privkey **out)
{
	*out = NULL;
	if (der_peek(text) == 0x30)
		return privkey_from_der(text, out);
	return privkey_from_pem(text, out);
}

int
privkey_load(const char *path, struct privkey **out, struct why *why)
{
	struct buf	 text = {0};
	int		 r;

	*out = NULL;
	if ((r = file_read(path, LIM_PEM, &text, why)) != 0)
		goto out;
	r = privkey_from_text(buf_slice(&text), out);
	if (r == DPE_UNSUPPORTED)
		why_set(why, r, "%s: a key of a curve that is neither P-256 "
		    "nor brainpoolP256r1", path);
	else if (r != 0)
		why_set(why, r, "%s: not an unencrypted EC private key", path);
out:
	buf_free(&text);
	return r;
}

int
privkey_generate(struct crypto *c, enum curve curve, struct privkey **out)
{
	EVP_PKEY	*pkey = NULL;

	*out = NULL;
	if (EVP_PKEY_generate(c->gen[curve], &pkey) != 1)
		return DPE_CRYPTO;
	*out = xcalloc(1, sizeof(**out));
	(*out)->pkey = pkey;
	(*out)->curve = curve;
	return 0;
}

void
privkey_free(struct privkey *k)
{
	if (k == NULL)
		return;
	EVP_PKEY_free(k->pkey);
	free(k);
}

enum curve
privkey_curve(const struct privkey *k)
{
	return k->curve;
}

void
privkey_point(const struct privkey *k, uint8_t out[POINT_LEN])
{
	size_t	 n = 0;

	if (EVP_PKEY_get_octet_string_param(k->pkey,
	    OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, out, POINT_LEN, &n) != 1 ||
	    n != POINT_LEN)
		abort();	/* every privkey has its public half */
}

int
privkey_pem(const struct privkey *k, struct buf *out)
{
	BIO	*b;
	char	*p;
	long	 n;
	int	 r = DPE_CRYPTO;

	if ((b = BIO_new(BIO_s_mem())) == NULL)
		abort();
	if (PEM_write_bio_PKCS8PrivateKey(b, k->pkey, NULL, NULL, 0, NULL,
	    NULL) == 1 && (n = BIO_get_mem_data(b, &p)) > 0) {
		buf_add(out, p, (size_t)n);
		mem_wipe(p, (size_t)n);
		r = 0;
	}
	BIO_free(b);
	return r;
}

int
ecdh_derive(struct crypto *c, const struct privkey *own,
    const struct pubkey *peer, uint8_t z[32])
{
	EVP_PKEY_CTX	*x;
	size_t		 n = 32;
	int		 r;

	if (own->curve != peer->curve)
		return DPE_POINT;
	if ((r = peer_set(c, peer->curve, peer->point)) != 0)
		return r;
	r = DPE_CRYPTO;
	if ((x = EVP_PKEY_CTX_new_from_pkey(NULL, own->pkey, NULL)) == NULL)
		return DPE_CRYPTO;
	/* 0: not checked again, peer_set() did. */
	if (EVP_PKEY_derive_init(x) == 1 &&
	    EVP_PKEY_derive_set_peer_ex(x, c->peer[peer->curve], 0) == 1 &&
	    EVP_PKEY_derive(x, z, &n) == 1 && n == 32)
		r = 0;
	EVP_PKEY_CTX_free(x);
	return r;
}
