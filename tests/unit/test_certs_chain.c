/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/chain.h"

#include <string.h>

#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

#define CHAIN	"certs_chain"
#define EID	"89049032123451234512345678901235"

/* A PKI of both CIs, with this CRL of the P-256 one (NULL: none). */
static struct pki *
chain_pki(struct crypto *c, const char *crl)
{
	const char	*dir = dir_make();
	struct pki	*p;

	dir_put_vec(dir, "ci/nist.crt", "p256.ci.cert");
	dir_put_vec(dir, "ci/brainpool.crt", "bp256.ci.cert");
	if (crl != NULL)
		dir_put_vec(dir, "crl/ci.crl", crl);
	CU_ASSERT_EQUAL_FATAL(pki_load(dir, c, AT_2026, false, &p, NULL), 0);
	dir_remove(dir);
	return p;
}

static int
verify(struct crypto *c, struct pki *p, const struct buf *euicc,
    const struct buf *eum, int64_t now, bool dates)
{
	struct chain	 ch;
	int		 r;

	r = chain_verify_euicc(c, p, buf_slice(euicc), buf_slice(eum), now,
	    dates, &ch);
	if (r == 0) {
		CU_ASSERT_STRING_EQUAL(ch.eid, EID);
		CU_ASSERT_EQUAL(ch.eid_bcd[15], 0x35);
		CU_ASSERT_PTR_NOT_NULL(ch.euicc);
		CU_ASSERT_PTR_NOT_NULL(pki_ci_find(p, slice_of(ch.ci, 20)));
	} else {
		CU_ASSERT_PTR_NULL(ch.euicc);
	}
	pubkey_free(ch.euicc);
	return r;
}

/* The certificates of every authenticateClient of the vectors. */
static const struct {
	const char	*name, *eum, *euicc;
	int		 want;
} vectors[] = {
	{ "ok", "ok", "ok", 0 },
	{ "eum_two_pairs_ok", "eum_two_pairs_ok", "ok", 0 },
	{ "eum_crlsign_ok", "eum_crlsign_ok", "ok", 0 },
	{ "eum_expired", "eum_expired", "ok", DPE_EUM_DATE },
	{ "eum_bad_signature", "eum_bad_signature", "ok", DPE_EUM },
	{ "eum_wrong_policy", "eum_wrong_policy", "ok", DPE_EUM },
	{ "eum_no_basic_constraints", "eum_no_basic_constraints", "ok",
	  DPE_EUM },
	{ "eum_pathlen_1", "eum_pathlen_1", "ok", DPE_EUM },
	{ "eum_ku_digital_signature", "eum_ku_digital_signature", "ok",
	  DPE_EUM },
	{ "eum_unknown_critical_ext", "eum_unknown_critical_ext", "ok",
	  DPE_EUM },
	{ "eum_unknown_ci", "eum_unknown_ci", "ok", DPE_CI },
	{ "euicc_expired", "ok", "euicc_expired", DPE_EUICC_DATE },
	{ "euicc_bad_signature", "ok", "euicc_bad_signature", DPE_EUICC },
	{ "euicc_signed_by_ci", "ok", "euicc_signed_by_ci", DPE_EUICC },
	{ "euicc_wrong_policy", "ok", "euicc_wrong_policy", DPE_EUICC },
	{ "euicc_ku_cert_sign", "ok", "euicc_ku_cert_sign", DPE_EUICC },
	{ "euicc_aki_mismatch", "ok", "euicc_aki_mismatch", DPE_EUICC },
	{ "euicc_issuer_name_mismatch", "ok", "euicc_issuer_name_mismatch",
	  DPE_EUICC },
	{ "euicc_eid_outside_iin", "ok", "euicc_eid_outside_iin", DPE_EUICC },
	{ "euicc_wrong_organization", "ok", "euicc_wrong_organization",
	  DPE_EUICC },
	{ "euicc_mixed_pair", "euicc_mixed_pair", "ok", DPE_EUICC },
	{ "euicc_unknown_critical_ext", "ok", "euicc_unknown_critical_ext",
	  DPE_EUICC },
	{ "signature_flipped_bit", "ok", "ok", 0 },
	{ "signature_zero", "ok", "ok", 0 },
	{ "signature_der_encoded", "ok", "ok", 0 },
	{ "inner_transactionId_differs", "ok", "ok", 0 },
	{ "serverChallenge_differs", "ok", "ok", 0 },
	{ "serverAddress_differs", "ok", "ok", 0 },
	{ "svn_differs_from_euiccInfo1", "ok", "ok", 0 },
	{ "matchingId_unknown", "ok", "ok", 0 },
	{ "matchingId_absent", "ok", "ok", 0 },
	{ "matchingId_empty", "ok", "ok", 0 },
	{ "no_additional_profile", "ok", "ok", 0 },
	{ "ppr2_forbidden", "ok", "ok", 0 },
	{ "empty_deviceCapabilities_no_imei", "ok", "ok", 0 },
	{ "unknown_members_in_euiccInfo2", "ok", "ok", 0 },
};

void
chain_vectors(void)
{
	struct crypto	*c = must_crypto();
	struct pki	*p = chain_pki(c, NULL);
	struct buf	 eum, euicc;
	size_t		 i;
	int		 r;

	CU_ASSERT_EQUAL(NELEM(vectors), 36);
	for (i = 0; i < NELEM(vectors); i++) {
		eum = vec(CHAIN, "eum.%s", vectors[i].eum);
		euicc = vec(CHAIN, "euicc.%s", vectors[i].euicc);
		r = verify(c, p, &euicc, &eum, AT_2026, true);
		if (r != vectors[i].want)
			printf("# %s: %s\n", vectors[i].name, err_text(r));
		CU_ASSERT_EQUAL(r, vectors[i].want);
		buf_free(&eum);
		buf_free(&euicc);
	}
	pki_free(p);
	crypto_free(c);
}

void
chain_both_curves(void)
{
	struct crypto	*c = must_crypto();
	struct pki	*p = chain_pki(c, NULL);
	struct buf	 eum = vec("certs_pki", "bp256.eum.cert");
	struct buf	 euicc = vec("certs_pki", "bp256.euicc.cert");
	struct buf	 other = vec("certs_pki", "p256.euicc.cert");
	struct buf	 none = {0};

	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, AT_2026, true), 0);
	CU_ASSERT_EQUAL(verify(c, p, &other, &eum, AT_2026, true), DPE_EUICC);
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &none, AT_2026, true), DPE_EUM);
	CU_ASSERT_EQUAL(verify(c, p, &none, &eum, AT_2026, true), DPE_EUICC);
	CU_ASSERT_EQUAL(verify(c, p, &eum, &eum, AT_2026, true), DPE_EUICC);
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &euicc, AT_2026, true), DPE_CI);
	buf_free(&eum);
	buf_free(&euicc);
	buf_free(&other);
	pki_free(p);
	crypto_free(c);
}

void
chain_dates(void)
{
	static const int64_t	 at_2080 = 3471292800, at_2019 = 1546300800;
	struct crypto		*c = must_crypto();
	struct pki		*p = chain_pki(c, NULL);
	struct buf		 eum = vec(CHAIN, "eum.ok");
	struct buf		 euicc = vec(CHAIN, "euicc.ok");
	struct buf		 old = vec(CHAIN, "eum.eum_expired");
	struct buf		 expired = vec(CHAIN, "euicc.euicc_expired");
	struct buf		 bad = vec(CHAIN, "eum.eum_bad_signature");
	struct buf		 forged = vec(CHAIN,
				    "euicc.euicc_bad_signature");

	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, at_2080, true),
	    DPE_EUM_DATE);
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, at_2019, true),
	    DPE_EUM_DATE);
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, at_2080, false), 0);
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &old, AT_2026, false), 0);
	CU_ASSERT_EQUAL(verify(c, p, &expired, &eum, AT_2026, false), 0);
	CU_ASSERT_EQUAL(verify(c, p, &expired, &old, AT_2026, true),
	    DPE_EUM_DATE);
	/* What is wrong besides wins. */
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &bad, at_2080, true), DPE_EUM);
	CU_ASSERT_EQUAL(verify(c, p, &forged, &eum, AT_2026, false),
	    DPE_EUICC);
	buf_free(&eum);
	buf_free(&euicc);
	buf_free(&old);
	buf_free(&expired);
	buf_free(&bad);
	buf_free(&forged);
	pki_free(p);
	crypto_free(c);
}

/* A verified EUM is remembered; one that differs in an octet is another. */
void
chain_cached(void)
{
	struct crypto	*c = must_crypto();
	struct pki	*p = chain_pki(c, NULL);
	struct buf	 eum = vec(CHAIN, "eum.ok");
	struct buf	 euicc = vec(CHAIN, "euicc.ok");
	struct buf	 forged = vec(CHAIN, "euicc.euicc_bad_signature");
	int		 i;

	for (i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, AT_2026, true), 0);
		CU_ASSERT_EQUAL(verify(c, p, &forged, &eum, AT_2026, true),
		    DPE_EUICC);
		eum.p[eum.len - 1] ^= 1;
		CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, AT_2026, true),
		    DPE_EUM);
		eum.p[eum.len - 1] ^= 1;
	}
	buf_free(&eum);
	buf_free(&euicc);
	buf_free(&forged);
	pki_free(p);
	crypto_free(c);
}

void
chain_revoked(void)
{
	struct crypto	*c = must_crypto();
	struct pki	*p = chain_pki(c, "p256.crl.empty");
	struct buf	 eum = vec("certs_pki", "p256.eum.cert");
	struct buf	 euicc = vec("certs_pki", "p256.euicc.cert");

	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, AT_2026, true), 0);
	pki_free(p);
	p = chain_pki(c, "p256.crl.eum_revoked");
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, AT_2026, true), DPE_EUM);
	CU_ASSERT_EQUAL(verify(c, p, &euicc, &eum, AT_2026, false), DPE_EUM);
	pki_free(p);
	buf_free(&eum);
	buf_free(&euicc);
	crypto_free(c);
}

void
chain_of_dp(void)
{
	struct crypto	*c = must_crypto();
	struct pki	*p = chain_pki(c, NULL);
	struct buf	 auth = vec("certs_pki", "p256.dpauth.cert");
	struct buf	 tls = vec("certs_pki", "bp256.dptls.cert");
	struct buf	 eum = vec("certs_pki", "p256.eum.cert");
	struct cert	 out;

	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&auth), ROLE_DP_AUTH,
	    AT_2026, &out), 0);
	unit_same("cn", out.organization, slice_str("Test SM-DP+"));
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&tls), ROLE_DP_TLS,
	    AT_2026, NULL), 0);
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&auth), ROLE_DP_PB,
	    AT_2026, NULL), DPE_CERT);
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&eum), ROLE_EUM,
	    AT_2026, NULL), DPE_CERT);
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&auth), ROLE_DP_AUTH,
	    4000000000, NULL), DPE_CERT);
	auth.p[auth.len - 1] ^= 1;
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&auth), ROLE_DP_AUTH,
	    AT_2026, NULL), DPE_CERT);
	auth.len--;
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&auth), ROLE_DP_AUTH,
	    AT_2026, NULL), DPE_CERT);
	buf_free(&auth);
	auth = vec("certs_chain", "eum.eum_unknown_ci");
	CU_ASSERT_EQUAL(chain_verify_dp(c, p, buf_slice(&auth), ROLE_DP_AUTH,
	    AT_2026, NULL), DPE_CI);
	buf_free(&auth);
	buf_free(&tls);
	buf_free(&eum);
	pki_free(p);
	crypto_free(c);
}
