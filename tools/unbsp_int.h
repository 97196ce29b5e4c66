/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the unwrapping share with each other. */
#ifndef TOOLS_UNBSP_INT_H
#define TOOLS_UNBSP_INT_H

#include "certs/aes.h"
#include "tools/unbsp.h"

#define UNBSP_TLV_MAX	1020	/* a segment with tag, length and MAC */
#define UNBSP_FULL	1007	/* plaintext of a full 86 */
#define UNBSP_CLEAR	1008	/* data of a full 88 */
#define UNBSP_MAC	8

/* Keys in force, MAC chaining value and counter (2.5.3). */
struct unbsp_keys {
	struct aes128	*enc, *mac;
	uint8_t		 chain[AES_BLOCK];
	uint32_t	 counter;
};

/* The 48 octets of KeyData, or of BF26 in the same order. */
MUST_CHECK int	unbsp_keys_set(struct unbsp_keys *k, const uint8_t data[48]);
void		unbsp_keys_free(struct unbsp_keys *k);

/*
 * The next TLV of *in as a segment of this tag: check its size and MAC, append
 * its plaintext.  DPE_SYNTAX (structure), DPE_SIG (MAC or padding).
 */
MUST_CHECK int	unbsp_segment(struct unbsp_keys *k, uint8_t tag,
		    struct slice *in, struct buf *plain);

/* The pieces of one package while it is taken apart. */
struct unbsp {
	const struct unbsp_in	*in;
	struct unbsp_out	*out;
	struct unbsp_fault	*fault;
	struct why		*why;
	struct unbsp_keys	 keys;
	struct slice		 bf23, a0, a1, a2, a3;	/* values */
	struct slice		 host_id, smdp_otpk, smdp_sign;
	struct slice		 signed_part;	/* 82 .. 5F49 of BF23 */
};

/* Say what a card would answer, and why; returns r. */
int		unbsp_fail(struct unbsp *u, int r, int command, int reason,
		    const char *text);
/* Read BF23; check smdpSign; derive the session keys. */
MUST_CHECK int	unbsp_channel(struct unbsp *u);
MUST_CHECK int	unbsp_signature(struct unbsp *u);
MUST_CHECK int	unbsp_derive(struct unbsp *u);

#endif
