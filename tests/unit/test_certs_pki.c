/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/pki.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "certs/crl.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define DAY	86400

void
pki_good(void)
{
	struct crypto		*c = must_crypto();
	const char		*dir = dir_make_full(c);
	const struct pki_dp	*dp;
	struct buf		 ski = vec("certs_pki", "p256.ci.ski");
	struct pki		*p;

	CU_ASSERT_EQUAL_FATAL(pki_load(dir, c, AT_2026, true, &p, NULL), 0);
	CU_ASSERT_EQUAL(pki_ci_count(p), 2);
	CU_ASSERT_EQUAL(pki_dp_count(p), 2);
	CU_ASSERT_PTR_NULL(pki_ci_at(p, 2));
	CU_ASSERT_PTR_NULL(pki_dp_at(p, 2));
	CU_ASSERT_EQUAL(pki_ci_at(p, 0)->cert.curve, CURVE_BP256);
	CU_ASSERT_PTR_EQUAL(pki_ci_find(p, buf_slice(&ski)), pki_ci_at(p, 1));
	dp = pki_dp_find(p, buf_slice(&ski));
	CU_ASSERT_PTR_NOT_NULL_FATAL(dp);
	CU_ASSERT_STRING_EQUAL(dp->name, "nist");
	CU_ASSERT_EQUAL(dp->auth.role, ROLE_DP_AUTH);
	CU_ASSERT_EQUAL(dp->pb.role, ROLE_DP_PB);
	unit_same("ci", slice_of(dp->ci, 20), buf_slice(&ski));
	CU_ASSERT_EQUAL(pki_days_left(p, dp->pb.not_after - 3 * DAY - 1), 3);
	CU_ASSERT_EQUAL(pki_days_left(p, dp->pb.not_after + DAY), -1);
	ski.p[0] ^= 1;
	CU_ASSERT_PTR_NULL(pki_ci_find(p, buf_slice(&ski)));
	CU_ASSERT_PTR_NULL(pki_dp_find(p, buf_slice(&ski)));
	pki_free(p);
	buf_free(&ski);
	dir_remove(dir);
	crypto_free(c);
}

/* One file of a good directory replaced: refused, and the file is named. */
static void
pki_fault(struct crypto *c, const char *file, const char *vec_name,
    int64_t now, int want, const char *named)
{
	const char	*dir = dir_make_full(c);
	struct why	 why = {{0}};
	struct pki	*p;

	if (vec_name != NULL)
		dir_put_vec(dir, file, vec_name);
	else if (file != NULL)
		dir_put(dir, file, slice_str("junk"));
	CU_ASSERT_EQUAL(pki_load(dir, c, now, true, &p, &why), want);
	CU_ASSERT_PTR_NULL(p);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, named));
	if (strstr(why.text, named) == NULL)
		printf("# %s: %s\n", named, why.text);
	dir_remove(dir);
}

void
pki_faults(void)
{
	struct crypto	*c = must_crypto();
	struct why	 why = {{0}};
	struct pki	*p;
	const char	*dir;

	pki_fault(c, "ci/nist.crt", NULL, AT_2026, DPE_SYNTAX, "ci/nist.crt");
	pki_fault(c, "ci/x.crt", "p256.eum.cert", AT_2026, DPE_CERT,
	    "ci/x.crt");
	pki_fault(c, "dp/nist/auth.crt", NULL, AT_2026, DPE_SYNTAX,
	    "dp/nist/auth.crt");
	pki_fault(c, "dp/nist/auth.crt", "p256.dppb.cert", AT_2026, DPE_CERT,
	    "dp/nist/auth.crt");
	pki_fault(c, "dp/nist/pb.crt", "p256.dpauth.cert", AT_2026, DPE_CERT,
	    "dp/nist/pb.crt");
	pki_fault(c, "dp/nist/pb.crt", "bp256.dppb.cert", AT_2026, DPE_CERT,
	    "dp/nist");
	pki_fault(c, "dp/new/auth.crt", "p256.dpauth.cert", AT_2026,
	    DPE_NOTFOUND, "dp/new/pb.crt");
	pki_fault(c, NULL, NULL, 4000000000, DPE_CERT, "expired");
	pki_fault(c, NULL, NULL, 0, DPE_CERT, "not valid yet");
	pki_fault(c, "crl/a.crl", NULL, AT_2026, DPE_SYNTAX, "crl/a.crl");
	dir = dir_make();
	dir_put_vec(dir, "ci/brainpool.crt", "bp256.ci.cert");
	CU_ASSERT_EQUAL(pki_load(dir, c, AT_2026, true, &p, &why),
	    DPE_NOTFOUND);
	dir_put_vec(dir, "dp/nist/auth.crt", "p256.dpauth.cert");
	CU_ASSERT_EQUAL(pki_load(dir, c, AT_2026, true, &p, &why), DPE_CI);
	dir_remove(dir);
	CU_ASSERT_EQUAL(pki_load("/nonexistent", c, AT_2026, true, &p, &why),
	    DPE_NOTFOUND);
	crypto_free(c);
}

void
pki_client_view(void)
{
	struct crypto	*c = must_crypto();
	const char	*dir = dir_make();
	struct pki	*p;

	dir_put(dir, "ci/readme.txt", slice_str("not read"));
	CU_ASSERT_EQUAL(pki_load(dir, c, AT_2026, false, &p, NULL),
	    DPE_NOTFOUND);
	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	CU_ASSERT_EQUAL_FATAL(pki_load(dir, c, AT_2026, false, &p, NULL), 0);
	CU_ASSERT_EQUAL(pki_dp_count(p), 0);
	CU_ASSERT_EQUAL(pki_days_left(p, AT_2026), INT_MAX);
	pki_free(p);
	dir_remove(dir);
	crypto_free(c);
}

/* A CRL in this text: is the EUM on it? */
static bool
crl_hits(struct crypto *c, struct slice text)
{
	const char	*dir = dir_make();
	struct buf	 ski = vec("certs_pki", "p256.ci.ski");
	struct slice	 eum = slice_of("\x0b\x01", 2);
	struct slice	 other = slice_of("\x0b\x02", 2);
	struct pki	*p;
	bool		 hit;

	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	dir_put(dir, "crl/one.crl", text);
	CU_ASSERT_EQUAL_FATAL(pki_load(dir, c, AT_2026, false, &p, NULL), 0);
	hit = pki_revoked(p, buf_slice(&ski), eum);
	CU_ASSERT_FALSE(pki_revoked(p, buf_slice(&ski), other));
	CU_ASSERT_FALSE(pki_revoked(p, buf_slice(&ski), slice_sub(eum, 0, 1)));
	ski.p[3] ^= 1;
	CU_ASSERT_FALSE(pki_revoked(p, buf_slice(&ski), eum));
	pki_free(p);
	buf_free(&ski);
	dir_remove(dir);
	return hit;
}

void
crl_vectors(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 none = vec("certs_pki", "p256.crl.empty");
	struct buf	 one = vec("certs_pki", "p256.crl.eum_revoked");
	struct buf	 text = {0};

	CU_ASSERT_FALSE(crl_hits(c, buf_slice(&none)));
	CU_ASSERT_TRUE(crl_hits(c, buf_slice(&one)));
	base64_add(&text, buf_slice(&one));	/* as HTTP brings it */
	CU_ASSERT_TRUE(crl_hits(c, buf_slice(&text)));
	buf_cut(&text, 0);
	buf_add_str(&text, "-----BEGIN X509 CRL-----\n");
	base64_add(&text, buf_slice(&one));
	buf_add_str(&text, "\n-----END X509 CRL-----\n");
	CU_ASSERT_TRUE(crl_hits(c, buf_slice(&text)));
	buf_free(&none);
	buf_free(&one);
	buf_free(&text);
	crypto_free(c);
}

void
crl_truncated(void)
{
	struct buf	 der = vec("certs_pki", "p256.crl.eum_revoked");
	struct slice	 serial;
	struct crl	 crl;
	uint8_t		*copy;
	size_t		 n;
	int		 r;

	CU_ASSERT_EQUAL_FATAL(crl_parse(buf_slice(&der), &crl), 0);
	CU_ASSERT_EQUAL(crl.this_update, 1767225600);	/* 2026-01-01 */
	CU_ASSERT_EQUAL(crl.next_update, 2493072000);	/* 2049-01-01 */
	CU_ASSERT_EQUAL(crl_next(&crl.entries, &serial), 0);
	unit_same("serial", serial, slice_of("\x0b\x01", 2));
	CU_ASSERT_EQUAL(crl_next(&crl.entries, &serial), DPE_NOTFOUND);
	for (n = 1; n < der.len; n++) {
		copy = xmalloc(n);
		memcpy(copy, der.p, n);
		CU_ASSERT_EQUAL(crl_parse(slice_of(copy, n), &crl),
		    DPE_SYNTAX);
		free(copy);
	}
	for (n = 0; n < der.len; n++) {
		der.p[n] ^= 0x55;
		r = crl_parse(buf_slice(&der), &crl);
		CU_ASSERT_TRUE(r == 0 || r == DPE_SYNTAX ||
		    r == DPE_UNSUPPORTED);
		der.p[n] ^= 0x55;
	}
	buf_free(&der);
}

static void
crl_fault(struct crypto *c, struct slice crl, int want)
{
	const char	*dir = dir_make();
	struct why	 why = {{0}};
	struct pki	*p;

	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	dir_put(dir, "crl/one.crl", crl);
	CU_ASSERT_EQUAL(pki_load(dir, c, AT_2026, false, &p, &why), want);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "crl/one.crl"));
	pki_free(p);
	dir_remove(dir);
}

/* Change the octets `from` inside b, which stand there once. */
static void
patch(struct buf *b, const char *from, const char *to)
{
	struct buf	 f = {0}, t = {0};
	uint8_t		*at;

	unit_hex(from, &f);
	unit_hex(to, &t);
	at = memmem(b->p, b->len, f.p, f.len);
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	memcpy(at, t.p, t.len);
	buf_free(&f);
	buf_free(&t);
}

void
crl_faults(void)
{
	struct crypto	*c = must_crypto();
	struct buf	 crl = vec("certs_pki", "p256.crl.eum_revoked");
	struct buf	 b = {0};

	buf_set(&b, buf_slice(&crl));
	b.p[b.len - 1] ^= 1;
	crl_fault(c, buf_slice(&b), DPE_SIG);
	buf_set(&b, buf_slice(&crl));
	patch(&b, "02020b01", "02020b02");
	crl_fault(c, buf_slice(&b), DPE_SIG);
	buf_set(&b, buf_slice(&crl));	/* another CI's */
	patch(&b, "3016801427", "3016801428");
	crl_fault(c, buf_slice(&b), DPE_CI);
	buf_set(&b, buf_slice(&crl));	/* a critical 2.5.29.27: delta */
	patch(&b, "0603551d1c0101ff", "0603551d1b0101ff");
	crl_fault(c, buf_slice(&b), DPE_UNSUPPORTED);
	buf_free(&b);
	buf_free(&crl);
	crypto_free(c);
}

/* Past nextUpdate; no list, and another CI's, is no list that is past it. */
void
crl_stale(void)
{
	static const int64_t	 due = 2493072000;	/* 2049-01-01 */
	struct crypto		*c = must_crypto();
	const char		*dir = dir_make();
	const struct pki_ci	*nist, *brainpool;
	struct pki		*p;
	int64_t			 since = 0;

	dir_put_vec(dir, "ci/brainpool.crt", "bp256.ci.cert");
	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	dir_put_vec(dir, "crl/one.crl", "p256.crl.eum_revoked");
	CU_ASSERT_EQUAL_FATAL(pki_load(dir, c, AT_2026, false, &p, NULL), 0);
	brainpool = pki_ci_at(p, 0);
	nist = pki_ci_at(p, 1);
	CU_ASSERT_FALSE(pki_crl_stale(p, nist, AT_2026, NULL));
	CU_ASSERT_FALSE(pki_crl_stale(p, nist, due, &since));
	CU_ASSERT_EQUAL(since, due);
	CU_ASSERT_TRUE(pki_crl_stale(p, nist, due + 1, &since));
	CU_ASSERT_FALSE(pki_crl_stale(p, brainpool, due + 1, NULL));
	pki_free(p);
	dir_remove(dir);
	crypto_free(c);
}
