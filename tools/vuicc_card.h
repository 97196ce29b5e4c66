/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The virtual eUICC: what ES10b asks of a card (SGP.22 5.7), answered with its
 * own key.  It checks a server as a real card would, and can be told to answer
 * wrongly (vuicc_odd.h).
 */
#ifndef TOOLS_VUICC_CARD_H
#define TOOLS_VUICC_CARD_H

#include "asn1/rsp.h"
#include "base/seam.h"
#include "certs/chain.h"
#include "tools/unbsp.h"
#include "tools/vuicc_odd.h"
#include "tools/vuicc_state.h"

struct vuicc_card {
	struct crypto			*crypto;	/* borrowed */
	struct pki			*pki;		/* borrowed */
	struct vuicc_state		*state;		/* borrowed */
	const struct vuicc_odds		*odds;		/* may be NULL */
	const struct clock		*clock;
	const struct rnd		*rnd;
	bool				 iot;	/* SGP.32; a device without IMEI */
	char				 eid[EID_TEXT];
	uint8_t				 eid_bcd[16];
	struct buf			 euicc_der, eum_der;
	struct cert			 euicc, eum;
	struct privkey			*key;
};

/* One RSP session as the card and its LPA know it. */
struct vuicc_session {
	uint8_t			 challenge[16];
	struct buf		 tid, address, server_challenge;
	struct buf		 auth_der, pb_der;
	struct cert		 auth, pb;
	struct pubkey		*pb_key;
	struct buf		 sig1;		/* the 5F37 TLV we sent */
	struct buf		 sig2;		/* smdpSignature2, its TLV */
	bool			 cc_required;
	struct privkey		*otsk;
	uint8_t			 otpk[POINT_LEN];
	struct buf		 metadata;	/* BF25 as received; empty:
						   the LPA compares it */
	long			 error;		/* of a refusal, as 5.7.13 and
						   5.7.5 number them */
};

/*
 * Load PKI_DIR/euicc/EID.crt and .key and the EUM of eum/ that issued it.
 * crypto, pki and state are borrowed and must outlive the card; the clock and
 * chance of the system are used until the caller sets others.
 */
MUST_CHECK int	vuicc_card_open(struct vuicc_card *card, const char *pki_dir,
		    const char *eid, struct crypto *crypto, struct pki *pki,
		    struct vuicc_state *state, struct why *why);
void		vuicc_card_close(struct vuicc_card *card);
/* A fresh challenge; free with vuicc_session_free(). */
void		vuicc_session_init(struct vuicc_card *card,
		    struct vuicc_session *s);
void		vuicc_session_free(struct vuicc_session *s);

/* EUICCInfo1 (BF20), EUICCInfo2 (BF22). */
MUST_CHECK int	vuicc_card_info1(struct vuicc_card *card, struct buf *out);
MUST_CHECK int	vuicc_card_info2(struct vuicc_card *card, struct buf *out);

/*
 * What initiateAuthentication gave, as received.  ctx: CtxParams1 as an LPA
 * made it; empty: of this MatchingID and the device that vuicc is.
 */
struct vuicc_server {
	struct slice	signed1, signature1, ci_id, cert, ctx;
};
/*
 * AuthenticateServer, 5.7.13: check all of it, remember tid, address and
 * challenge in s, append BF38.  matching_id NULL: absent.  After an error
 * s->error is the AuthenticateErrorCode.
 */
MUST_CHECK int	vuicc_card_authenticate(struct vuicc_card *card,
		    struct vuicc_session *s, const struct vuicc_server *in,
		    const char *matching_id, struct buf *out,
		    struct why *why);

/* What authenticateClient gave, as received. */
struct vuicc_offer {
	struct slice	metadata, signed2, signature2, cert;
};
/*
 * Check smdpSigned2, its signature and CERT.DPpb; remember in s.  The first
 * half of PrepareDownload, 5.7.5: so that the LPA can ask the user before.
 * After an error s->error is the DownloadErrorCode.
 */
MUST_CHECK int	vuicc_card_offer(struct vuicc_card *card,
		    struct vuicc_session *s, const struct vuicc_offer *in,
		    struct why *why);
/*
 * The second half: one-time key (kept one where the server offers it), hashCc
 * of cc (NULL: none), sign, append BF21.
 */
MUST_CHECK int	vuicc_card_prepare(struct vuicc_card *card,
		    struct vuicc_session *s, const char *cc, struct buf *out,
		    struct why *why);
/* The same with a hashCc that an LPA made; empty: none. */
MUST_CHECK int	vuicc_card_prepare_hashed(struct vuicc_card *card,
		    struct vuicc_session *s, struct slice hash_cc,
		    struct buf *out, struct why *why);
/* CancelSession, 5.7.14: append BF41. */
MUST_CHECK int	vuicc_card_cancel(struct vuicc_card *card,
		    struct vuicc_session *s, long reason, struct buf *out);

/*
 * LoadBoundProfilePackage, 5.7.6: unwrap, check, install, and put the result
 * (and configured install notifications) among the pending ones of the state.
 * 0 when installed; DPE_* and a pending result of failure otherwise.  With
 * upp not NULL the unprotected package is copied there.
 */
MUST_CHECK int	vuicc_card_load(struct vuicc_card *card,
		    struct vuicc_session *s, struct slice bpp,
		    struct buf *upp, struct why *why);

/* Enable, disable, delete (5.7.16-18) with their notifications. */
MUST_CHECK int	vuicc_card_enable(struct vuicc_card *card, const char *iccid,
		    struct why *why);
MUST_CHECK int	vuicc_card_disable(struct vuicc_card *card,
		    const char *iccid, struct why *why);
MUST_CHECK int	vuicc_card_delete(struct vuicc_card *card, const char *iccid,
		    struct why *why);

/* Among the card's own files. */
#define VUICC_AID	16
/* The AID of the n-th ISD-P (4.1 of SGP.02). */
void		vuicc_card_aid(int64_t n, uint8_t aid[VUICC_AID]);
MUST_CHECK int	vuicc_card_sign(struct vuicc_card *card, struct slice tbs,
		    bool wrong, uint8_t sig[SIG_LEN]);
/*
 * A tid for the card to sign: the session's, or (with the odd thing on)
 * another one in copy.
 */
struct slice	vuicc_card_tid(const struct vuicc_card *card,
		    const struct vuicc_session *s, enum vuicc_odd odd,
		    struct buf *copy);
/* The smdpOid to sign. */
struct slice	vuicc_card_oid(const struct vuicc_card *card,
		    const struct cert *dp);
/* Events' notifications of a profile to each configured address. */
MUST_CHECK int	vuicc_card_notify(struct vuicc_card *card,
		    const struct vuicc_profile *p, unsigned event,
		    struct why *why);
/* Sign data (BF27 or BF2F) and put it among the pending ones. */
MUST_CHECK int	vuicc_card_pending(struct vuicc_card *card,
		    const struct notification_meta *meta, bool is_install,
		    struct slice data, struct why *why);

#endif
