/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/seal.h"

#include <sys/stat.h>

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hex.h"
#include "base/limits.h"
#include "certs/internal.h"

#define SEAL_VERSION	1
#define SEAL_KEK	32
#define SEAL_NONCE	12
#define SEAL_TAG	16
#define SEAL_OVERHEAD	(1 + SEAL_NONCE + SEAL_TAG)

struct seal {
	const struct algs	*algs;
	uint8_t			 kek[SEAL_KEK];
	uint8_t			 index[32];
	uint8_t			 block[32];	/* the first half is used */
};

int
seal_kek_create(const char *path, struct why *why)
{
	uint8_t		 kek[SEAL_KEK];
	struct buf	 text = {0};
	int		 r;

	if (RAND_priv_bytes(kek, sizeof(kek)) != 1)
		return why_set(why, DPE_CRYPTO, "%s: no random numbers", path);
	buf_reserve(&text, 2 * SEAL_KEK + 1);
	hex_add(&text, slice_of(kek, sizeof(kek)));
	buf_add_str(&text, "\n");
	r = file_write(path, buf_slice(&text), 0600, true, why);
	buf_free(&text);
	mem_wipe(kek, sizeof(kek));
	return r;
}

/* The file's contents, provided that nobody but its owner gets at it. */
static int
kek_read(const char *path, struct buf *text, struct why *why)
{
	struct stat	 st;
	ssize_t		 n;
	int		 fd, r = 0;

	if ((fd = open(path, O_RDONLY | O_CLOEXEC)) == -1)
		return why_set(why, errno == ENOENT ? DPE_NOTFOUND : DPE_IO,
		    "%s: %s", path, strerror(errno));
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		r = why_set(why, DPE_IO, "%s: not a regular file", path);
	else if ((st.st_mode & 077) != 0)
		r = why_set(why, DPE_USAGE, "%s: mode %03o: others may use "
		    "this key (chmod 600)", path,
		    (unsigned)(st.st_mode & 0777));
	else if ((n = read(fd, buf_grow(text, 80), 80)) < 0)
		r = why_set(why, DPE_IO, "%s: %s", path, strerror(errno));
	else
		buf_cut(text, (size_t)n);
	close(fd);
	return r;
}

static int
kek_parse(struct slice text, uint8_t kek[SEAL_KEK])
{
	if (text.len > 0 && text.p[text.len - 1] == '\n')
		text.len--;
	return hex_get(text, kek, SEAL_KEK);
}

int
seal_open(const char *path, struct seal **out, struct why *why)
{
	struct seal	*s = xcalloc(1, sizeof(*s));
	struct buf	 text = {0};
	int		 r;

	*out = NULL;
	if ((s->algs = algs_get()) == NULL) {
		r = why_set(why, DPE_CRYPTO, "the crypto library lacks "
		    "an algorithm");
		goto out;
	}
	if ((r = kek_read(path, &text, why)) != 0)
		goto out;
	if ((r = kek_parse(buf_slice(&text), s->kek)) != 0) {
		why_set(why, r, "%s: not a key of 64 hex digits", path);
		goto out;
	}
	hmac_sha256(slice_of(s->kek, SEAL_KEK), slice_str("smdpd index 1"),
	    s->index);
	hmac_sha256(slice_of(s->kek, SEAL_KEK), slice_str("smdpd block 1"),
	    s->block);
	*out = s;
	s = NULL;
out:
	buf_free(&text);
	seal_close(s);
	return r;
}

void
seal_close(struct seal *s)
{
	if (s == NULL)
		return;
	mem_wipe(s, sizeof(*s));
	free(s);
}

/* Version and place are authenticated, not stored. */
static int
seal_start(struct seal *s, EVP_CIPHER_CTX *x, const char *place,
    const uint8_t *nonce, int encrypt)
{
	uint8_t	 version = SEAL_VERSION;
	int	 n;

	if (EVP_CipherInit_ex2(x, s->algs->aes256_gcm, s->kek, nonce, encrypt,
	    NULL) != 1 || EVP_CipherUpdate(x, NULL, &n, &version, 1) != 1 ||
	    EVP_CipherUpdate(x, NULL, &n, (const uint8_t *)place,
	    (int)strlen(place)) != 1)
		return DPE_CRYPTO;
	return 0;
}

static int
seal_encrypt(EVP_CIPHER_CTX *x, struct slice plain, uint8_t *to)
{
	int	 n = 0, last = 0;

	if (plain.len > 0 &&
	    EVP_CipherUpdate(x, to, &n, plain.p, (int)plain.len) != 1)
		return DPE_CRYPTO;
	if ((size_t)n != plain.len ||
	    EVP_CipherFinal_ex(x, to + n, &last) != 1 ||
	    EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_GET_TAG, SEAL_TAG,
	    to + n) != 1)
		return DPE_CRYPTO;
	return 0;
}

int
seal_put(struct seal *s, const char *place, struct slice plain,
    struct buf *out)
{
	EVP_CIPHER_CTX	*x;
	uint8_t		*to;
	size_t		 at = out->len;
	int		 r = DPE_CRYPTO;

	if (plain.len > LIM_ADMIN_BODY)
		return DPE_RANGE;
	if ((x = EVP_CIPHER_CTX_new()) == NULL)
		return DPE_CRYPTO;
	to = buf_grow(out, plain.len + SEAL_OVERHEAD);
	*to++ = SEAL_VERSION;
	if (RAND_bytes(to, SEAL_NONCE) == 1 &&
	    (r = seal_start(s, x, place, to, 1)) == 0)
		r = seal_encrypt(x, plain, to + SEAL_NONCE);
	EVP_CIPHER_CTX_free(x);
	if (r != 0)
		buf_cut(out, at);
	return r;
}

static int
seal_decrypt(EVP_CIPHER_CTX *x, struct slice body, const uint8_t *tag,
    uint8_t *to)
{
	uint8_t	 copy[SEAL_TAG];
	int	 n = 0, last = 0;

	memcpy(copy, tag, sizeof(copy));
	if (body.len > 0 &&
	    EVP_CipherUpdate(x, to, &n, body.p, (int)body.len) != 1)
		return DPE_SEAL;
	if ((size_t)n != body.len ||
	    EVP_CIPHER_CTX_ctrl(x, EVP_CTRL_AEAD_SET_TAG, SEAL_TAG,
	    copy) != 1 || EVP_CipherFinal_ex(x, to + n, &last) != 1)
		return DPE_SEAL;
	return 0;
}

int
seal_get(struct seal *s, const char *place, struct slice sealed,
    struct buf *out)
{
	EVP_CIPHER_CTX	*x;
	struct slice	 body;
	size_t		 at = out->len;
	int		 r;

	if (sealed.len < SEAL_OVERHEAD ||
	    sealed.len > LIM_ADMIN_BODY + SEAL_OVERHEAD ||
	    sealed.p[0] != SEAL_VERSION)
		return DPE_SEAL;
	if ((x = EVP_CIPHER_CTX_new()) == NULL)
		return DPE_CRYPTO;
	body = slice_sub(sealed, 1 + SEAL_NONCE, sealed.len - SEAL_OVERHEAD);
	if ((r = seal_start(s, x, place, sealed.p + 1, 0)) == 0)
		r = seal_decrypt(x, body, sealed.p + sealed.len - SEAL_TAG,
		    buf_grow(out, body.len));
	EVP_CIPHER_CTX_free(x);
	if (r != 0)
		buf_cut(out, at);
	return r;
}

int
seal_block(struct seal *s, bool encrypt, const uint8_t in[SEAL_BLOCK],
    uint8_t out[SEAL_BLOCK])
{
	EVP_CIPHER_CTX	*x;
	int		 n, r = DPE_CRYPTO;

	if ((x = EVP_CIPHER_CTX_new()) == NULL)
		return DPE_CRYPTO;
	if (EVP_CipherInit_ex2(x, s->algs->aes128_ecb, s->block, NULL,
	    encrypt, NULL) == 1 && EVP_CIPHER_CTX_set_padding(x, 0) == 1 &&
	    EVP_CipherUpdate(x, out, &n, in, SEAL_BLOCK) == 1 &&
	    n == SEAL_BLOCK)
		r = 0;
	EVP_CIPHER_CTX_free(x);
	return r;
}

void
seal_index(struct seal *s, const char *purpose, struct slice value,
    uint8_t out[32])
{
	struct buf	 b = {0};

	buf_add(&b, purpose, strlen(purpose) + 1);
	buf_add_slice(&b, value);
	hmac_sha256(slice_of(s->index, sizeof(s->index)), buf_slice(&b), out);
	buf_free(&b);
}
