/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of certs/ share: golden bytes by name, and their cases. */
#ifndef TESTS_UNIT_TEST_CERTS_H
#define TESTS_UNIT_TEST_CERTS_H

#include "base/buf.h"
#include "certs/crypto.h"

/* The bytes of this name in tests/vec/FILE; buf_free() them. */
struct buf	vec(const char *file, const char *name, ...) PRINTF(2, 3);
/* Is there one? */
bool		vec_has(const char *file, const char *name, ...) PRINTF(2, 3);
/* A crypto or a key that must come to be; aborts otherwise. */
struct crypto	*must_crypto(void);
/* The key `NAME.d` of certs_pki on this curve. */
struct privkey	*must_key(struct crypto *c, enum curve curve,
		    const char *name);
/* "p256" "bp256": what the vectors call the curves. */
const char	*vec_curve(enum curve c);

/* test_certs_crypto.c */
void	kdf_vectors(void);
void	ecdh_vectors(void);
void	points_refused(void);
void	ecdsa_encodings(void);
void	ecdsa_der_refused(void);
void	sign_and_verify(void);
void	key_files(void);
void	hashes(void);
void	subscription(void);
/* test_certs_cert.c */
void	cert_fields(void);
void	cert_of_euicc(void);
void	cert_constraints(void);
void	cert_truncated(void);
void	cert_flipped(void);
void	cert_files(void);
void	cert_dates(void);
void	oid_texts(void);
/* test_certs_bsp.c */
void	cmac_vectors(void);
void	segment_chain(void);
void	session_segments(void);
void	session_signatures(void);
void	segment_bounds(void);
/* test_certs_seal.c */
void	seal_round_trip(void);
void	seal_moved(void);
void	seal_tampered(void);
void	seal_kek_file(void);
void	seal_indexes(void);

/* test_certs_cms.c */
void	cms_readers(void);
void	cms_closed(void);
void	cms_refused(void);
void	digest_pieces(void);
/* test_certs_chain.c */
void	chain_vectors(void);
void	chain_both_curves(void);
void	chain_dates(void);
void	chain_cached(void);
void	chain_revoked(void);
void	chain_of_dp(void);
/* test_certs_resign.c */
void	chain_each_reject(void);
void	chain_one_curve(void);
void	crl_extensions(void);
void	crl_newest(void);
/* test_certs_pki.c */
void	crl_stale(void);
void	pki_good(void);
void	pki_faults(void);
void	pki_client_view(void);
void	crl_vectors(void);
void	crl_truncated(void);
void	crl_faults(void);
/* test_certs_prf.c */
void	prf_vectors(void);
void	prf_second_route(void);
void	prf_fair(void);
/* test_certs_signer.c */
void	signer_signs(void);
void	signer_shapes(void);
void	signer_refuses(void);
void	signer_wrong_key(void);
void	signer_replaced(void);
void	signer_stale_answers(void);
void	signer_gone(void);

/* test_certs_dir.c: a PKI directory of the vectors, below the build tree. */
#define AT_2026		1780272000	/* 2026-06-01, 00:00 UTC */
const char	*dir_make(void);	/* empty */
void		 dir_put(const char *dir, const char *name, struct slice data);
void		 dir_put_vec(const char *dir, const char *name,
		    const char *vec_name);
/* CIs of both curves, and a pair with keys under each. */
const char	*dir_make_full(struct crypto *c);
void		 dir_remove(const char *dir);

#endif
