/* SPDX-License-Identifier: Apache-2.0 */
/* A card of the recorded PKI, and a little SM-DP+ that talks to it. */
#ifndef TESTS_UNIT_TEST_VUICC_FIX_H
#define TESTS_UNIT_TEST_VUICC_FIX_H

#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_card.h"

struct vfix {
	char			 dir[32];	/* the PKI, as files */
	char			 pki_vec[40], file[40];
	bool			 brainpool;
	struct crypto		*crypto;
	struct pki		*pki;
	struct vuicc_state	*state;
	struct vuicc_odds	 odds;
	struct vuicc_card	 card;
	struct vuicc_session	 s;
	struct pubkey		*euicc;		/* the card's key */
	struct privkey		*dp_pb;		/* the server's */
	struct buf		 signed1, signature1, ci_id, dp_auth;
	struct buf		 signed2, signature2, dp_pb_der, metadata;
};

/* The recorded session begins: its challenge, its certificates. */
void	vfix_open(struct vfix *f, bool brainpool);
void	vfix_close(struct vfix *f);
/* A new session of the same card. */
void	vfix_again(struct vfix *f);
/* AuthenticateServer with what was recorded; out is BF38. */
int	vfix_authenticate(struct vfix *f, struct buf *out);
/* The server's next answer in session s: f->signed2 and f->signature2. */
void	vfix_sign(struct vfix *f, const struct vuicc_session *s, bool cc,
	    struct slice otpk);
/*
 * Sign smdpSigned2 (with cc, or bppEuiccOtpk if not empty) over the card's
 * signature and offer it.
 */
int	vfix_offer(struct vfix *f, bool cc, struct slice otpk);
/* Both, and PrepareDownload; out is BF21. */
int	vfix_prepare(struct vfix *f, const char *cc, struct buf *out);
/* A bound package for the card's one-time key with this UPP inside. */
void	vfix_bind(struct vfix *f, struct slice metadata, struct slice upp,
	    struct buf *out);
/* StoreMetadata and UPP of this ICCID (in EF form) that fit together. */
void	vfix_profile(const uint8_t iccid[10], struct buf *metadata,
	    struct buf *upp);
/* Does the card's key fit this signature (64 octets) over these parts? */
bool	vfix_signed(struct vfix *f, struct slice a, struct slice b,
	    struct slice sig);

#endif
