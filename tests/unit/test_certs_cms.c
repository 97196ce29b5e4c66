/* SPDX-License-Identifier: Apache-2.0 */
/* Files for one reader: RSA and EC, PEM and DER, and whom they refuse. */
#include "certs/cms.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "certs/digest.h"
#include "tests/unit/cms_reader.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define NOW	((int64_t)AT_2026)

/* Rows of some length, so that the file has several pieces. */
static void
make(const struct reader *to, bool pem, struct buf *file, struct buf *plain)
{
	struct cms	*m = NULL;
	char		 line[64];
	int		 i;

	buf_cut(file, 0);
	buf_cut(plain, 0);
	CU_ASSERT_EQUAL_FATAL(cms_begin(buf_slice(&to->cert), NOW, pem, &m,
	    NULL), 0);
	CU_ASSERT_EQUAL(strlen(cms_key_id(m)), 40);
	for (i = 0; i < 5000; i++) {
		snprintf(line, sizeof(line), "row %d of five thousand\n", i);
		buf_add_str(plain, line);
		CU_ASSERT_EQUAL(cms_add(m, slice_str(line), file), 0);
	}
	/* It leaves while it is made. */
	CU_ASSERT(file->len > plain->len / 2);
	CU_ASSERT_EQUAL(cms_end(m, file), 0);
	cms_free(m);
}

static void
both_ways(const struct reader *to)
{
	struct buf	 file = { 0 }, plain = { 0 }, got = { 0 };
	int		 pem;

	for (pem = 0; pem < 2; pem++) {
		make(to, pem == 1, &file, &plain);
		CU_ASSERT_PTR_NULL(memmem(file.p, file.len, "row 1", 5));
		buf_cut(&got, 0);
		CU_ASSERT_EQUAL(cms_open(buf_slice(&file),
		    buf_slice(&to->cert), buf_slice(&to->key), &got), 0);
		unit_same("what was put in", buf_slice(&got),
		    buf_slice(&plain));
	}
	buf_free(&file);
	buf_free(&plain);
	buf_free(&got);
}

void
cms_readers(void)
{
	struct reader	 r;

	reader_make(EVP_EC_gen("P-256"), NULL, NOW, &r);
	both_ways(&r);
	reader_free(&r);
	reader_make(EVP_EC_gen("brainpoolP256r1"), "keyAgreement", NOW,
	    &r);
	both_ways(&r);
	reader_free(&r);
	reader_make(EVP_EC_gen("P-384"), "keyAgreement", NOW,
	    &r);
	both_ways(&r);
	reader_free(&r);
	reader_make(EVP_RSA_gen(2048), "keyEncipherment", NOW,
	    &r);
	both_ways(&r);
	reader_free(&r);
}

/* Another key, and an octet that was changed anywhere. */
void
cms_closed(void)
{
	struct reader	 r, other;
	struct buf	 file = { 0 }, plain = { 0 }, got = { 0 };
	size_t		 i, refused = 0;

	reader_make(EVP_EC_gen("P-256"), NULL, NOW, &r);
	reader_make(EVP_EC_gen("P-256"), NULL, NOW, &other);
	make(&r, false, &file, &plain);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&file), buf_slice(&other.cert),
	    buf_slice(&other.key), &got), DPE_SEAL);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&file), buf_slice(&r.cert),
	    buf_slice(&other.key), &got), DPE_SEAL);
	CU_ASSERT_EQUAL(got.len, 0);
	CU_ASSERT_EQUAL(cms_open(buf_slice(&plain), buf_slice(&r.cert),
	    buf_slice(&r.key), &got), DPE_SYNTAX);
	/*
	 * OpenSSL does not look at the tag of a piece of an OCTET STRING: what
	 * opens all the same is the same.
	 */
	for (i = 0; i < file.len; i += i > 1000 && i + 200 < file.len ?
	    997 : 1) {
		file.p[i] ^= 0x40;
		buf_cut(&got, 0);
		if (cms_open(buf_slice(&file), buf_slice(&r.cert),
		    buf_slice(&r.key), &got) != 0)
			refused++;
		else
			CU_ASSERT(slice_eq(buf_slice(&got),
			    buf_slice(&plain)));
		file.p[i] ^= 0x40;
	}
	CU_ASSERT(refused > 1000);
	for (i = file.len - 60; i < file.len; i++)
		CU_ASSERT_NOT_EQUAL(cms_open(slice_of(file.p, i),
		    buf_slice(&r.cert), buf_slice(&r.key), &got), 0);
	reader_free(&r);
	reader_free(&other);
	buf_free(&file);
	buf_free(&plain);
	buf_free(&got);
}

static void
refused(struct reader *r, int64_t now, int want, const char *part)
{
	struct why	 why = { "" };
	struct cms	*m = NULL;

	CU_ASSERT_EQUAL(cms_begin(buf_slice(&r->cert), now, false, &m, &why),
	    want);
	CU_ASSERT_PTR_NULL(m);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, part));
	reader_free(r);
}

void
cms_refused(void)
{
	struct reader	 r;

	reader_make(EVP_EC_gen("P-256"), "digitalSignature", NOW,
	    &r);
	refused(&r, NOW, DPE_CERT, "keyAgreement");
	reader_make(EVP_RSA_gen(2048), "digitalSignature,keyAgreement", NOW,
	    &r);
	refused(&r, NOW, DPE_CERT, "keyEncipherment");
	reader_make(EVP_RSA_gen(1024), NULL, NOW, &r);
	refused(&r, NOW, DPE_CERT, "too short");
	reader_make(EVP_EC_gen("P-192"), NULL, NOW, &r);
	refused(&r, NOW, DPE_CERT, "too short");
	reader_make(EVP_EC_gen("P-256"), NULL, NOW, &r);
	refused(&r, NOW - 2000, DPE_CERT, "dates");
	reader_make(EVP_EC_gen("P-256"), NULL, NOW, &r);
	refused(&r, NOW + 2000, DPE_CERT, "dates");
	reader_make(EVP_EC_gen("P-256"), NULL, NOW, &r);
	buf_cut(&r.cert, r.cert.len / 2);
	refused(&r, NOW, DPE_SYNTAX, "no certificate");
	memset(&r, 0, sizeof(r));
	refused(&r, NOW, DPE_SYNTAX, "no certificate");
}

/* FIPS 180-4: of "abc", in pieces and anew. */
void
digest_pieces(void)
{
	static const char	 want[] = "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad";
	struct digest		*d;
	char			 got[DIGEST_TEXT];

	CU_ASSERT_EQUAL_FATAL(digest_new(&d), 0);
	digest_add(d, slice_str("a"));
	digest_add(d, slice_str(""));
	digest_add(d, slice_str("bc"));
	digest_end(d, got);
	CU_ASSERT_STRING_EQUAL(got, want);
	digest_add(d, slice_str("abc"));
	digest_end(d, got);
	CU_ASSERT_STRING_EQUAL(got, want);
	digest_free(d);
}
