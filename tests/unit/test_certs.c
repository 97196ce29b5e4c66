/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_certs.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/unit.h"

static const struct unit_case cases[] = {
	UNIT_CASE(kdf_vectors),
	UNIT_CASE(ecdh_vectors),
	UNIT_CASE(points_refused),
	UNIT_CASE(ecdsa_encodings),
	UNIT_CASE(ecdsa_der_refused),
	UNIT_CASE(sign_and_verify),
	UNIT_CASE(key_files),
	UNIT_CASE(hashes),
	UNIT_CASE(subscription),
	UNIT_CASE(cert_fields),
	UNIT_CASE(cert_of_euicc),
	UNIT_CASE(cert_constraints),
	UNIT_CASE(cert_truncated),
	UNIT_CASE(cert_flipped),
	UNIT_CASE(cert_files),
	UNIT_CASE(cert_dates),
	UNIT_CASE(oid_texts),
	UNIT_CASE(cmac_vectors),
	UNIT_CASE(segment_chain),
	UNIT_CASE(session_segments),
	UNIT_CASE(session_signatures),
	UNIT_CASE(segment_bounds),
	UNIT_CASE(seal_round_trip),
	UNIT_CASE(seal_moved),
	UNIT_CASE(seal_tampered),
	UNIT_CASE(seal_kek_file),
	UNIT_CASE(seal_indexes),
	UNIT_CASE(prf_vectors),
	UNIT_CASE(prf_second_route),
	UNIT_CASE(prf_fair),
	UNIT_CASE(cms_readers),
	UNIT_CASE(cms_closed),
	UNIT_CASE(cms_refused),
	UNIT_CASE(digest_pieces),
	UNIT_CASE(chain_vectors),
	UNIT_CASE(chain_both_curves),
	UNIT_CASE(chain_dates),
	UNIT_CASE(chain_cached),
	UNIT_CASE(chain_revoked),
	UNIT_CASE(chain_of_dp),
	UNIT_CASE(pki_good),
	UNIT_CASE(pki_faults),
	UNIT_CASE(pki_client_view),
	UNIT_CASE(crl_vectors),
	UNIT_CASE(crl_truncated),
	UNIT_CASE(crl_faults),
	UNIT_CASE(crl_stale),
	UNIT_CASE(chain_each_reject),
	UNIT_CASE(chain_one_curve),
	UNIT_CASE(crl_extensions),
	UNIT_CASE(crl_newest),
	UNIT_CASE(signer_signs),
	UNIT_CASE(signer_shapes),
	UNIT_CASE(signer_refuses),
	UNIT_CASE(signer_wrong_key),
	UNIT_CASE(signer_replaced),
	UNIT_CASE(signer_stale_answers),
	UNIT_CASE(signer_gone),
};

int
main(void)
{
	return unit_main("certs", cases, NELEM(cases));
}

struct buf
vec(const char *file, const char *name, ...)
{
	struct buf	 b = {0};
	char		 full[100];
	va_list		 ap;

	va_start(ap, name);
	vsnprintf(full, sizeof(full), name, ap);
	va_end(ap);
	unit_vec(file, full, &b);
	return b;
}

bool
vec_has(const char *file, const char *name, ...)
{
	struct buf	 b = {0};
	char		 full[100];
	va_list		 ap;
	bool		 has;

	va_start(ap, name);
	vsnprintf(full, sizeof(full), name, ap);
	va_end(ap);
	has = unit_vec_has(file, full, &b);
	buf_free(&b);
	return has;
}

struct crypto *
must_crypto(void)
{
	struct crypto	*c;

	if (crypto_new(&c) != 0)
		abort();
	return c;
}

struct privkey *
must_key(struct crypto *c, enum curve curve, const char *name)
{
	struct buf	 d = vec("certs_pki", "%s.%s.d", vec_curve(curve),
			    name);
	struct privkey	*k;

	if (privkey_from_scalar(c, curve, buf_slice(&d), &k) != 0)
		abort();
	buf_free(&d);
	return k;
}

const char *
vec_curve(enum curve c)
{
	return c == CURVE_P256 ? "p256" : "bp256";
}
