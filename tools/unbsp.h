/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a card does with a BoundProfilePackage: SGP.22 2.5.3, 2.5.4, 5.5 and
 * Annex G (spec 04, sections 4 to 6), read strictly and with nothing taken
 * from the sender's side of this project.
 */
#ifndef TOOLS_UNBSP_H
#define TOOLS_UNBSP_H

#include "certs/crypto.h"

/* bppCommandId and errorReason of a ProfileInstallationResult (2.5.6). */
enum unbsp_command {
	UNBSP_SECURE_CHANNEL, UNBSP_CONFIGURE, UNBSP_METADATA,
	UNBSP_METADATA2, UNBSP_REPLACE_KEYS, UNBSP_PROFILE
};
enum unbsp_reason {
	UNBSP_VALUES = 1, UNBSP_SIGNATURE, UNBSP_TRANSACTION, UNBSP_CRT,
	UNBSP_OPERATION, UNBSP_CLASS, UNBSP_STRUCTURE, UNBSP_SECURITY,
	UNBSP_EXISTS, UNBSP_MEMORY, UNBSP_INTERRUPTED, UNBSP_PE,
	UNBSP_MISMATCH, UNBSP_TEST_KEY, UNBSP_PPR, UNBSP_UNKNOWN = 127
};

struct unbsp_fault {
	int	command, reason;
};

/* What the card knows before the package comes. */
struct unbsp_in {
	struct crypto		*crypto;
	const struct privkey	*otsk;	/* otSK.EUICC */
	struct slice		 otpk;	/* otPK.EUICC as it was sent */
	const struct pubkey	*dp_pb;	/* of CERT.DPpb */
	struct slice		 tid;
	const uint8_t		*eid;	/* 16 octets */
};

/* What was inside; all zeroed when it was refused. */
struct unbsp_out {
	struct buf	configure;	/* BF24 */
	struct buf	metadata;	/* BF25, one or two segments joined */
	struct buf	upp;
	bool		own_keys;	/* BF26 was there */
	uint32_t	segments;	/* 86, 87 and 88 */
};

/*
 * Unwrap.  DPE_SYNTAX, DPE_SIG, DPE_CRYPTO; then fault says what a card would
 * put in its result, and why says it in words.  Free with unbsp_free().
 */
MUST_CHECK int	unbsp_open(const struct unbsp_in *in, struct slice bpp,
		    struct unbsp_out *out, struct unbsp_fault *fault,
		    struct why *why);
void		unbsp_free(struct unbsp_out *out);

#endif
