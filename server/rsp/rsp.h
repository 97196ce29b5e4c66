/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of ES9+ (SGP.22 5.6): bytes, store, signer and clock in, bytes
 * out.  One file a function, written as check first, write last; the order of
 * the checks is that of spec 02.  The binding (JSON or ASN.1) is the caller's.
 *
 * Each returns 0, a refusal (server/rsp/refusal.def) or DPE_*; after anything
 * but 0 the out members are empty, but for `about', which a refusal may fill.
 * Free with the _free() in any case.
 */
#ifndef SERVER_RSP_RSP_H
#define SERVER_RSP_RSP_H

#include "db/store_session.h"
#include "server/ctx.h"
#include "server/rsp/refusal.h"

/* ES9+.InitiateAuthentication, 5.6.1 */
struct es9_initiate {
	/* in */
	struct slice	euicc_challenge;	/* 16 octets */
	struct slice	euicc_info1;		/* EUICCInfo1 TLV */
	struct slice	smdp_address;
	/* out */
	char		tid[TID_TEXT];
	struct buf	server_signed1;		/* TLV */
	struct buf	server_signature1;	/* 5F37 TLV */
	struct buf	euicc_ci_pk_id;		/* 04 TLV */
	struct buf	server_certificate;
	struct about	about;			/* SVN, address, CI key id */
};
MUST_CHECK int	es9_initiate(struct ctx *c, struct es9_initiate *m);
void		es9_initiate_free(struct es9_initiate *m);

/* ES9+.AuthenticateClient, 5.6.3 */
struct es9_authenticate {
	/* in */
	struct slice	tid;			/* octets */
	struct slice	response;		/* AuthenticateServerResponse */
	/* out */
	struct buf	metadata;		/* StoreMetadataRequest TLV */
	struct buf	smdp_signed2;		/* TLV */
	struct buf	smdp_signature2;	/* 5F37 TLV */
	struct buf	smdp_certificate;
	struct about	about;			/* EID, MatchingID, CI key id */
};
MUST_CHECK int	es9_authenticate(struct ctx *c, struct es9_authenticate *m);
void		es9_authenticate_free(struct es9_authenticate *m);

/* ES9+.GetBoundProfilePackage, 5.6.2 */
struct es9_get_bpp {
	/* in */
	struct slice	tid;			/* octets */
	struct slice	response;		/* PrepareDownloadResponse */
	/* out */
	struct buf	bpp;			/* BoundProfilePackage TLV */
};
MUST_CHECK int	es9_get_bpp(struct ctx *c, struct es9_get_bpp *m);
void		es9_get_bpp_free(struct es9_get_bpp *m);

/*
 * ES9+.HandleNotification, 5.6.4.  pending is a PendingNotification TLV.
 * DPE_SYNTAX or DPE_RANGE when it is none; otherwise it is kept, and acted on
 * if it verifies, and the answer is 0: an error would help nobody.
 */
MUST_CHECK int	es9_notify(struct ctx *c, struct slice pending);

/* ES9+.CancelSession, 5.6.5: tid as octets, CancelSessionResponse TLV. */
MUST_CHECK int	es9_cancel(struct ctx *c, struct slice tid,
		    struct slice response);

#endif
