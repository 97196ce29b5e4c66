/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates and lists with one thing wrong and a signature that is right:
 * one test for each thing that is asked of them (SGP.22 4.5.2.2 and 4.6).
 */
#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "certs/chain.h"
#include "certs/issue.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

/* Change what is signed, where `from` stands once, and sign it again. */
static void
resign(struct crypto *c, const char *key, const struct buf *from_der,
    const char *from, const char *to, struct buf *out)
{
	struct privkey	*k = must_key(c, CURVE_P256, key);
	struct buf	 f = {0}, t = {0}, tbs = {0}, sig = {0}, all = {0};
	struct der	 whole, part, alg;
	uint8_t		 raw[SIG_LEN], *at;

	CU_ASSERT_EQUAL_FATAL(der_whole(buf_slice(from_der), 0x30, &whole),
	    0);
	CU_ASSERT_EQUAL_FATAL(der_next(&whole.value, &part), 0);
	CU_ASSERT_EQUAL_FATAL(der_next(&whole.value, &alg), 0);
	buf_set(&tbs, part.raw);
	unit_hex(from, &f);
	unit_hex(to, &t);
	at = memmem(tbs.p, tbs.len, f.p, f.len);
	if (at == NULL)
		printf("# %s is not there\n", from);
	CU_ASSERT_PTR_NOT_NULL_FATAL(at);
	memcpy(at, t.p, t.len);
	CU_ASSERT_EQUAL(sig_sign(c, k, buf_slice(&tbs), raw), 0);
	buf_add_u8(&sig, 0);
	CU_ASSERT_EQUAL(sig_to_der(slice_of(raw, sizeof(raw)), &sig), 0);
	buf_add_slice(&all, buf_slice(&tbs));
	buf_add_slice(&all, alg.raw);
	der_add(&all, 0x03, buf_slice(&sig));
	der_add(out, 0x30, buf_slice(&all));
	privkey_free(k);
	buf_free(&f);
	buf_free(&t);
	buf_free(&tbs);
	buf_free(&sig);
	buf_free(&all);
}

static struct pki *
pki_with(struct crypto *c, struct slice crl, int want)
{
	const char	*dir = dir_make();
	struct why	 why = {{0}};
	struct pki	*p;

	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	if (crl.len > 0)
		dir_put(dir, "crl/one.crl", crl);
	CU_ASSERT_EQUAL(pki_load(dir, c, AT_2026, false, &p, &why), want);
	dir_remove(dir);
	return p;
}

static int
verify(struct crypto *c, const struct buf *euicc, const struct buf *eum)
{
	struct pki	*p = pki_with(c, slice_of(NULL, 0), 0);
	struct chain	 ch;
	int		 r;

	r = chain_verify_euicc(c, p, buf_slice(euicc), buf_slice(eum),
	    AT_2026, true, &ch);
	pubkey_free(ch.euicc);
	pki_free(p);
	return r;
}

struct change {
	const char	*what, *from, *to;
	int		 want;
};

static const struct change eum_changes[] = {
	{ "another serial, which is fine", "02020b01", "02020b02", 0 },
	{ "no authority key id", "0603551d23", "0603551d63", DPE_CI },
	{ "another authority key id", "801427cc", "801427cd", DPE_CI },
	{ "no key id", "0603551d0e", "0603551d63", DPE_EUM },
	{ "no keyUsage", "0603551d0f0101ff", "0603551d63010100", DPE_EUM },
	{ "cRLSign alone", "040403020204", "040403020102", DPE_EUM },
	{ "no policy", "0603551d200101ff", "0603551d63010100", DPE_EUM },
	{ "the policy of an eUICC", "060767811201020102",
	    "060767811201020101", DPE_EUM },
	{ "not a CA", "30060101ff020100", "3006010100020100", DPE_EUM },
	{ "a CA without a path length of 0", "30060101ff020100",
	    "30060101ff020101", DPE_EUM },
	{ "no name constraints", "0603551d1e0101ff", "0603551d63010100",
	    DPE_EUM },
	{ "excluded names in place of permitted ones", "0430302ea02c",
	    "0430302ea12c", DPE_EUM },
	{ "an unknown extension, which is fine", "0603551d110407",
	    "0603551d630407", 0 },
	{ "an unknown critical one", "0603551d0f0101ff", "0603551d630101ff",
	    DPE_EUM },
	{ "another IIN", "3839303439303332", "3839303439303333", DPE_EUICC },
	{ "another algorithm inside", "06082a8648ce3d040302303b",
	    "06082a8648ce3d040303303b", DPE_EUM },
};

static const struct change euicc_changes[] = {
	{ "another serial, which is fine", "0209020000000000000001",
	    "0209020000000000000002", 0 },
	{ "no authority key id", "0603551d23", "0603551d63", DPE_EUICC },
	{ "another authority key id", "8014a368", "8014a369", DPE_EUICC },
	{ "another issuer", "546573742d6f6e6c792045554d3020",
	    "546573742d6f6e6c792045554e3020", DPE_EUICC },
	{ "no keyUsage", "0603551d0f0101ff", "0603551d63010100", DPE_EUICC },
	{ "not for signatures", "040403020780", "040403020640",
	    DPE_EUICC },
	{ "keyCertSign besides", "040403020780", "040403020284",
	    DPE_EUICC },
	{ "no policy", "0603551d200101ff", "0603551d63010100", DPE_EUICC },
	{ "the policy of an EUM", "060767811201020101",
	    "060767811201020102", DPE_EUICC },
	{ "a letter in the EID", "38393034393033323132",
	    "38393034393033324132", DPE_EUICC },
	{ "an EID of another IIN", "38393034393033323132",
	    "38393034393033333132", DPE_EUICC },
	{ "another organization", "546573742045554d312930",
	    "546573742045554e312930", DPE_EUICC },
};

static void
changes(struct crypto *c, const struct change *tab, size_t n, bool is_eum)
{
	struct buf	 eum = vec("certs_pki", "p256.eum.cert");
	struct buf	 euicc = vec("certs_pki", "p256.euicc.cert");
	struct buf	 b = {0};
	size_t		 i;
	int		 r;

	for (i = 0; i < n; i++) {
		buf_cut(&b, 0);
		resign(c, is_eum ? "ci" : "eum", is_eum ? &eum : &euicc,
		    tab[i].from, tab[i].to, &b);
		r = is_eum ? verify(c, &euicc, &b) : verify(c, &b, &eum);
		if (r != tab[i].want)
			printf("# %s: %s\n", tab[i].what, err_text(r));
		CU_ASSERT_EQUAL(r, tab[i].want);
	}
	buf_free(&eum);
	buf_free(&euicc);
	buf_free(&b);
}

void
chain_each_reject(void)
{
	struct crypto	*c = must_crypto();

	changes(c, eum_changes, NELEM(eum_changes),
	    true);
	changes(c, euicc_changes,
	    NELEM(euicc_changes), false);
	crypto_free(c);
}

/* All keys of a chain are on the curve of its CI (4.5.2). */
void
chain_one_curve(void)
{
	struct crypto	*c = must_crypto();
	struct privkey	*ci = must_key(c, CURVE_P256, "ci");
	struct privkey	*eum_key = must_key(c, CURVE_P256, "eum");
	struct privkey	*other = must_key(c, CURVE_BP256, "euicc");
	struct buf	 ci_der = vec("certs_pki", "p256.ci.cert");
	struct buf	 eum = vec("certs_pki", "p256.eum.cert");
	struct buf	 euicc = vec("certs_pki", "p256.euicc.cert");
	struct buf	 b = {0};
	struct issue	 want = {
		.role = ROLE_EUICC, .organization = "Test EUM",
		.eid = "89049032123451234512345678901235",
		.not_before = AT_2026 - 86400, .not_after = AT_2026 + 86400,
	};

	CU_ASSERT_EQUAL(issue_cert(c, &want, other, eum_key, buf_slice(&eum),
	    &b), 0);
	CU_ASSERT_EQUAL(verify(c, &b, &eum), DPE_EUICC);
	buf_cut(&b, 0);
	want.role = ROLE_EUM;
	want.eid = NULL;
	want.common_name = "Test-only EUM";
	want.rid = "2.999.5";
	want.iin = "89049032";
	want.crl_url = "http://ci.example.com/crl-a.crl";
	CU_ASSERT_EQUAL(issue_cert(c, &want, other, ci, buf_slice(&ci_der),
	    &b), 0);
	CU_ASSERT_EQUAL(verify(c, &euicc, &b), DPE_EUM);
	buf_cut(&b, 0);		/* the same on the right curve: the key is */
	CU_ASSERT_EQUAL(issue_cert(c, &want, eum_key, ci, buf_slice(&ci_der),
	    &b), 0);		/* the old one, its issuer's name is not */
	CU_ASSERT_EQUAL(verify(c, &euicc, &b), DPE_EUICC);
	privkey_free(ci);
	privkey_free(eum_key);
	privkey_free(other);
	buf_free(&ci_der);
	buf_free(&eum);
	buf_free(&euicc);
	buf_free(&b);
	crypto_free(c);
}

/*
 * A critical extension of an entry that nobody knows: what is listed is
 * revoked all the same.  One of the list itself, or an indirect list: refused.
 */
void
crl_extensions(void)
{
	static const struct change tab[] = {
		{ "an entry's", "0607678112010200010101ff",
		    "0607678112010200020101ff", 0 },
		{ "the list's", "0603551d1c0101ff", "0603551d630101ff",
		    DPE_UNSUPPORTED },
		{ "not critical", "0603551d14040302", "0603551d63040302",
		    0 },
		{ "an indirect one", "3025a023", "30258423",
		    DPE_UNSUPPORTED },
	};
	struct crypto	*c = must_crypto();
	struct buf	 crl = vec("certs_pki", "p256.crl.eum_revoked");
	struct buf	 ski = vec("certs_pki", "p256.ci.ski");
	struct buf	 b = {0};
	struct pki	*p;
	size_t		 i;

	for (i = 0; i < NELEM(tab); i++) {
		buf_cut(&b, 0);
		resign(c, "ci", &crl, tab[i].from, tab[i].to, &b);
		p = pki_with(c, buf_slice(&b), tab[i].want);
		if (p != NULL)
			CU_ASSERT_TRUE(pki_revoked(p, buf_slice(&ski),
			    slice_of("\x0b\x01", 2)));
		pki_free(p);
	}
	buf_free(&crl);
	buf_free(&ski);
	buf_free(&b);
	crypto_free(c);
}

/* Of an old list and a new one, in whatever order, the new one counts. */
void
crl_newest(void)
{
	static const char *const names[] = { "crl/a.crl", "crl/z.crl" };
	struct crypto		*c = must_crypto();
	struct privkey		*ci = must_key(c, CURVE_P256, "ci");
	struct buf		 ci_der = vec("certs_pki", "p256.ci.cert");
	struct buf		 old = {0};
	const char		*dir;
	struct pki		*p;
	size_t			 i;

	CU_ASSERT_EQUAL(issue_crl(c, ci, buf_slice(&ci_der),
	    slice_of(NULL, 0), NULL, 0, AT_2026 - 10, AT_2026 + 10, &old), 0);
	p = pki_with(c, buf_slice(&old), 0);
	CU_ASSERT_FALSE(pki_crl_stale(p, pki_ci_at(p, 0), AT_2026 + 10, NULL));
	CU_ASSERT_TRUE(pki_crl_stale(p, pki_ci_at(p, 0), AT_2026 + 11, NULL));
	pki_free(p);
	for (i = 0; i < 2; i++) {
		dir = dir_make();
		dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
		dir_put(dir, names[i], buf_slice(&old));
		dir_put_vec(dir, names[1 - i], "p256.crl.empty");
		CU_ASSERT_EQUAL_FATAL(pki_load(dir, c, AT_2026, false, &p,
		    NULL), 0);
		CU_ASSERT_FALSE(pki_crl_stale(p, pki_ci_at(p, 0),
		    AT_2026 + 11, NULL));
		pki_free(p);
		dir_remove(dir);
	}
	privkey_free(ci);
	buf_free(&ci_der);
	buf_free(&old);
	crypto_free(c);
}
