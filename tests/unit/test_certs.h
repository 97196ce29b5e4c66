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

#endif
