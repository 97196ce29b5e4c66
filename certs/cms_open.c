/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/cms.h"

#include <openssl/pem.h>	/* before cms.h, which then reads PEM, too */

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>

#include "certs/internal.h"

static int
open_none(char *p, int size, int rwflag, void *arg)
{
	(void)p;
	(void)size;
	(void)rwflag;
	(void)arg;
	return 0;
}

/* Decrypted into memory first: nothing is given out before the tag is right. */
static int
open_info(CMS_ContentInfo *info, EVP_PKEY *key, X509 *x, struct buf *plain)
{
	BIO	*out = BIO_new(BIO_s_secmem());
	char	*p;
	long	 n;
	int	 r = DPE_SEAL;

	if (out != NULL && CMS_decrypt(info, key, x, NULL, out,
	    CMS_BINARY) == 1 && (n = BIO_get_mem_data(out, &p)) >= 0) {
		buf_add(plain, p, (size_t)n);
		r = 0;
	}
	BIO_free(out);
	return r;
}

int
cms_open(struct slice file, struct slice cert, struct slice key,
    struct buf *plain)
{
	BIO		*in = BIO_new_mem_buf(file.p, (int)file.len);
	BIO		*kb = BIO_new_mem_buf(key.p, (int)key.len);
	BIO		*cb = BIO_new_mem_buf(cert.p, (int)cert.len);
	CMS_ContentInfo	*info = NULL;
	EVP_PKEY	*pkey = NULL;
	X509		*x = NULL;
	int		 r = DPE_SYNTAX;

	if (in == NULL || kb == NULL || cb == NULL)
		goto out;
	info = file.len > 0 && file.p[0] == '-' ?
	    PEM_read_bio_CMS(in, NULL, open_none, NULL) :
	    d2i_CMS_bio(in, NULL);
	pkey = PEM_read_bio_PrivateKey(kb, NULL, open_none, NULL);
	x = PEM_read_bio_X509(cb, NULL, open_none, NULL);
	if (info != NULL && pkey != NULL && x != NULL)
		r = open_info(info, pkey, x, plain);
out:
	ERR_clear_error();
	CMS_ContentInfo_free(info);
	EVP_PKEY_free(pkey);
	X509_free(x);
	BIO_free(in);
	BIO_free(kb);
	BIO_free(cb);
	return r;
}
