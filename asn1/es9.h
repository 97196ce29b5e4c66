/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The ASN.1 binding of ES9+ (SGP.22 6.6): one function in an A2 envelope.
 * Decoding, encoding and ownership as in asn1/rsp.h.  The messages inside are
 * carried as the whole TLVs that the JSON binding has in base64, so that both
 * bindings lead to the same calls.
 */
#ifndef ASN1_ES9_H
#define ASN1_ES9_H

#include "asn1/rsp.h"

enum es9_function {
	ES9_INITIATE,		/* initiateAuthentication BF39 */
	ES9_AUTHENTICATE,	/* authenticateClient BF3B */
	ES9_GET_BPP,		/* getBoundProfilePackage BF3A */
	ES9_NOTIFY,		/* handleNotification BF3D */
	ES9_CANCEL		/* cancelSession BF41 */
};

/* RemoteProfileProvisioningRequest A2, 6.6.2 */
struct es9_request {
	struct msg		msg;
	enum es9_function	function;
	struct slice		tid;		/* all but INITIATE, NOTIFY */
	struct slice		challenge;	/* INITIATE, 16 octets */
	struct slice		address;	/* INITIATE */
	/*
	 * euiccInfo1 BF20, AuthenticateServerResponse BF38,
	 * PrepareDownloadResponse BF21, PendingNotification BF37 or 30,
	 * CancelSessionResponse BF41 (whose A1 is turned back into BF41).
	 */
	struct slice		message;
};
MUST_CHECK int	es9_request_decode(struct slice in, struct es9_request *out);
MUST_CHECK int	es9_request_encode(const struct es9_request *, struct buf *);

/* RemoteProfileProvisioningResponse A2, 6.6.2; there is none to NOTIFY. */
struct es9_response {
	struct msg		msg;
	enum es9_function	function;
	bool			ok;
	long			error;		/* not ok */
	struct slice		tid;		/* ok, but not CANCEL */
	struct slice		signed_data;	/* ServerSigned1, SmdpSigned2 */
	struct slice		signature;	/* 64 octets, of signed_data */
	struct slice		certificate;	/* DPauth, DPpb */
	struct slice		ci_key_id;	/* INITIATE, bare octets */
	struct slice		metadata;	/* AUTHENTICATE, BF25 */
	struct slice		bpp;		/* GET_BPP, BF36 */
};
MUST_CHECK int	es9_response_decode(struct slice in,
		    struct es9_response *out);
MUST_CHECK int	es9_response_encode(const struct es9_response *,
		    struct buf *);

#endif
