/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The messages of ES9+ and ES8+ (SGP.22 v2.x, RSPDefinitions) as plain
 * structures of slices.  No asn1c type leaves this folder.
 *
 * x_decode(in, &x): in must be exactly one such value, in every octet; 0 or
 *   DPE_SYNTAX (bytes or tags), DPE_RANGE (sizes).  The slices of x lie in a
 *   tree that x.msg owns: msg_free(&x.msg) releases it, also after an error.
 *   A member named raw, signed1, data ... of "ANY" is the bytes as received.
 * x_encode(&x, &buf): append strict DER; x is only read, x.msg is not used.
 *   DPE_RANGE when a member does not fit its type.
 *
 * Tags and members: SGP.22 Annex H; each structure names its clause.
 * A signature member is what 5F37 holds (sig_tlv() wraps it).  One that is
 * received may have any length, for verification to refuse; one that is
 * encoded has 64 octets.
 * A struct begins zeroed; integers that say so need their "absent" value.
 */
#ifndef ASN1_RSP_H
#define ASN1_RSP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/limits.h"

struct msg {
	struct msg_node	*tree;
};
void	msg_free(struct msg *m);

#define SIG_LEN		64

/* Append 5F37 40 and the signature's 64 octets. */
void	sig_tlv(struct buf *b, struct slice signature);
/* The octets inside one whole TLV of 5F37; DPE_SYNTAX unless they are 64. */
MUST_CHECK int	sig_untlv(struct slice tlv, struct slice *out);

/* A BIT STRING as it came: the octets and how many last bits are unused. */
struct bits {
	struct slice	octets;
	unsigned	unused;
};
bool	bits_has(struct bits b, unsigned n);	/* bit n, 0 is the first */
/*
 * A minimal BIT STRING of named bits from a mask (bit n of mask is bit n of
 * the string); BITS_NAMED at most.  octet must outlive the result.
 */
#define BITS_NAMED	8
struct bits bits_named(unsigned mask, uint8_t *octet);
/* Can bits_named() write this mask? */
bool	bits_fit(unsigned mask);
/* The first 32 bits as a mask. */
unsigned bits_mask(struct bits b);

struct ci_list {
	struct slice	id[LIM_CI];	/* SubjectKeyIdentifier, bare octets */
	size_t		n;
};

/* EUICCInfo1 BF20, 5.7.8.  More than LIM_CI ids: the rest is dropped. */
struct euicc_info1 {
	struct msg	msg;
	uint8_t		svn[3];
	struct ci_list	verify, sign;
};
MUST_CHECK int	euicc_info1_decode(struct slice in, struct euicc_info1 *out);
MUST_CHECK int	euicc_info1_encode(const struct euicc_info1 *, struct buf *);

/* ServerSigned1, 5.7.13 */
struct server_signed1 {
	struct msg	msg;
	struct slice	tid, euicc_challenge, address, server_challenge;
};
MUST_CHECK int	server_signed1_decode(struct slice in,
		    struct server_signed1 *out);
MUST_CHECK int	server_signed1_encode(const struct server_signed1 *,
		    struct buf *);

/* EUICCInfo2 BF22, 5.7.8; what is signed of it lies in euicc_signed1 */
struct euicc_info2 {
	uint8_t		profile_version[3], svn[3], firmware[3];
	uint8_t		pp_version[3];
	struct slice	ext_card_resource;
	struct slice	javacard, globalplatform;	/* 3 octets, or empty */
	struct bits	uicc_capability, rsp_capability, forbidden_ppr;
	bool		has_forbidden_ppr;
	struct ci_list	verify, sign;
	long		category;		/* -1 when absent */
	struct slice	sas_number;
	struct slice	raw;			/* the BF22 TLV as received */
};
MUST_CHECK int	euicc_info2_encode(const struct euicc_info2 *, struct buf *);

/*
 * EuiccSigned1 with CtxParams1, 5.7.13.  device_cap[n] is the version of tag
 * 80 + n of DeviceCapabilities (4.2), three octets unless the device is odd;
 * p NULL when absent.
 */
#define DEVICE_CAPS	14
struct euicc_signed1 {
	struct msg		msg;
	struct slice		tid, address, server_challenge;
	struct euicc_info2	info2;
	bool			has_matching_id;
	struct slice		matching_id;	/* may be empty */
	struct slice		tac;		/* 4 octets */
	struct slice		imei;		/* 8 octets, or empty */
	struct slice		device_cap[DEVICE_CAPS];
	struct slice		device_raw;	/* the A1 TLV as received */
	struct slice		ctx_given;	/* CtxParams1 to encode as it is,
						   not from these members */
};
MUST_CHECK int	euicc_signed1_decode(struct slice in,
		    struct euicc_signed1 *out);
MUST_CHECK int	euicc_signed1_encode(const struct euicc_signed1 *,
		    struct buf *);	/* *_raw are not used */

/* AuthenticateServerResponse BF38, 5.7.13 */
struct auth_response {
	struct msg	msg;
	bool		ok;
	struct slice	signed1, signature;		/* ok */
	struct slice	euicc_cert, eum_cert;		/* ok */
	struct slice	tid;				/* not ok */
	long		error;				/* not ok */
};
MUST_CHECK int	auth_response_decode(struct slice in,
		    struct auth_response *out);
MUST_CHECK int	auth_response_encode(const struct auth_response *,
		    struct buf *);

/* SmdpSigned2, 5.7.5 */
struct smdp_signed2 {
	struct msg	msg;
	struct slice	tid;
	bool		cc_required;
	struct slice	bpp_euicc_otpk;		/* 65 octets, or empty */
};
MUST_CHECK int	smdp_signed2_decode(struct slice in, struct smdp_signed2 *);
MUST_CHECK int	smdp_signed2_encode(const struct smdp_signed2 *,
		    struct buf *);

/* PrepareDownloadResponse BF21, 5.7.5 */
struct prepare_response {
	struct msg	msg;
	bool		ok;
	struct slice	signed2, signature;		/* ok */
	struct slice	tid;				/* not ok */
	long		error;				/* not ok */
};
MUST_CHECK int	prepare_response_decode(struct slice in,
		    struct prepare_response *out);
MUST_CHECK int	prepare_response_encode(const struct prepare_response *,
		    struct buf *);

/* EUICCSigned2, 5.7.5.  A hashCc of no octets counts as absent. */
struct euicc_signed2 {
	struct msg	msg;
	struct slice	tid, euicc_otpk;
	struct slice	hash_cc;		/* 32 octets, or empty */
};
MUST_CHECK int	euicc_signed2_decode(struct slice in, struct euicc_signed2 *);
MUST_CHECK int	euicc_signed2_encode(const struct euicc_signed2 *,
		    struct buf *);

/* StoreMetadataRequest BF25, 5.5.3 */
#define META_NOTIFY_MAX	8
struct store_metadata {
	struct msg	msg;
	struct slice	iccid;			/* 10 octets as in EF.ICCID */
	struct slice	provider, name;		/* UTF-8 */
	int		icon_type;		/* -1 none, 0 jpg, 1 png */
	struct slice	icon;
	int		profile_class;		/* 0 test 1 provis. 2 operat. */
	struct {
		unsigned	events;	/* mask: 1 install 2 enable
					   4 disable 8 delete */
		struct slice	address;
	} notify[META_NOTIFY_MAX];
	size_t		n_notify;
	struct slice	owner_plmn;		/* 3 octets, or empty */
	struct slice	owner_gid1, owner_gid2;	/* p NULL when absent */
	unsigned	ppr;			/* mask: 2 ppr1, 4 ppr2 */
};
MUST_CHECK int	store_metadata_decode(struct slice in,
		    struct store_metadata *out);
MUST_CHECK int	store_metadata_encode(const struct store_metadata *,
		    struct buf *);

/* InitialiseSecureChannelRequest BF23, 5.5.1 */
struct secure_channel {
	struct msg	msg;
	long		remote_op;		/* 1 installBoundProfilePackage */
	struct slice	tid;
	uint8_t		key_type, key_len;	/* 88, 10 (hex) */
	struct slice	host_id;		/* 1..16 octets */
	struct slice	smdp_otpk;		/* 65 octets */
	struct slice	smdp_sign;		/* 64 octets */
};
MUST_CHECK int	secure_channel_decode(struct slice in,
		    struct secure_channel *out);
MUST_CHECK int	secure_channel_encode(const struct secure_channel *,
		    struct buf *);
/*
 * What smdpSign covers: 82 | 80 | A6 | 5F49 otPK.DP of BF23 without its
 * header, then 5F49 otPK.EUICC (spec 04 section 2).  smdp_sign is not read.
 */
MUST_CHECK int	secure_channel_tbs(const struct secure_channel *,
		    struct slice euicc_otpk, struct buf *);

/* ConfigureISDPRequest BF24, 5.5.2: `BF24 00` or with the DP's OID inside. */
struct configure_isdp {
	struct msg	msg;
	struct slice	dp_oid;			/* OID contents, or empty */
};
MUST_CHECK int	configure_isdp_decode(struct slice in,
		    struct configure_isdp *out);
MUST_CHECK int	configure_isdp_encode(const struct configure_isdp *,
		    struct buf *);

/* ReplaceSessionKeysRequest BF26, 5.5.4: 16 octets each */
struct replace_keys {
	struct msg	msg;
	struct slice	mac_chaining, ppk_enc, ppk_cmac;
};
MUST_CHECK int	replace_keys_decode(struct slice in, struct replace_keys *);
MUST_CHECK int	replace_keys_encode(const struct replace_keys *,
		    struct buf *);

/* NotificationMetadata BF2F, 2.5.6 */
struct notification_meta {
	struct msg	msg;
	int64_t		seq;
	unsigned	events;			/* mask as in store_metadata */
	struct slice	address;
	struct slice	iccid;			/* 10 octets, or empty */
};
MUST_CHECK int	notification_meta_decode(struct slice in,
		    struct notification_meta *out);
MUST_CHECK int	notification_meta_encode(const struct notification_meta *,
		    struct buf *);

/* PendingNotification: ProfileInstallationResult BF37 or 30, 5.7.10 */
struct pending_notification {
	struct msg	msg;
	bool		is_install;
	struct slice	data;			/* the BF27 or BF2F TLV */
	struct slice	signature;
	struct slice	euicc_cert, eum_cert;	/* not is_install */
};
MUST_CHECK int	pending_notification_decode(struct slice in,
		    struct pending_notification *out);
MUST_CHECK int	pending_notification_encode(
		    const struct pending_notification *, struct buf *);

/* ProfileInstallationResultData BF27, 2.5.6 */
struct install_data {
	struct msg	msg;
	struct slice	tid;
	struct notification_meta meta;		/* meta.msg is not used */
	struct slice	smdp_oid;		/* OID contents */
	bool		success;
	struct slice	aid;			/* success */
	long		bpp_command, reason;	/* not success; any value */
	struct slice	sima_response;		/* may be empty */
};
MUST_CHECK int	install_data_decode(struct slice in, struct install_data *);
MUST_CHECK int	install_data_encode(const struct install_data *,
		    struct buf *);

/* CancelSessionResponse BF41, 5.7.14 */
struct cancel_response {
	struct msg	msg;
	bool		ok;
	struct slice	signed_data, signature;	/* ok */
	long		error;			/* not ok */
};
MUST_CHECK int	cancel_response_decode(struct slice in,
		    struct cancel_response *out);
MUST_CHECK int	cancel_response_encode(const struct cancel_response *,
		    struct buf *);

/* EuiccCancelSessionSigned, 5.7.14 */
struct cancel_signed {
	struct msg	msg;
	struct slice	tid;
	struct slice	smdp_oid;		/* OID contents */
	long		reason;
};
MUST_CHECK int	cancel_signed_decode(struct slice in, struct cancel_signed *);
MUST_CHECK int	cancel_signed_encode(const struct cancel_signed *,
		    struct buf *);

/*
 * The groups of a BoundProfilePackage, 2.5.4, as they stand in it: a0, a1, a3
 * (and a2, empty when absent) are the TLVs 87.., 88.., 87.., 86.. in a row,
 * without the A0..A3 header.
 */
struct bpp_parts {
	struct slice	a0, a1, a2, a3;
};
/* Append A0, A1, A2 if there is one, A3. */
void		bpp_frame_groups(const struct bpp_parts *, struct buf *out);
/* Append BF36 of the whole BF23 TLV and such groups. */
void		bpp_frame_whole(struct slice bf23, struct slice groups,
		    struct buf *out);

/* Segment limits, 2.5.3 and spec 04 section 5. */
#define SEG_TLV_MAX	1020	/* tag, length, body and MAC */
#define SEG_PLAIN_MAX	1007	/* plaintext of one 86 or 87 */
#define SEG_CLEAR_MAX	1008	/* data of one 88 */
#define SEG_MAC		8
/* How many segments this many octets need (none for 0). */
size_t		seg_count(uint8_t tag, size_t len);
/* Cut the next segment's plaintext from *rest; false when it is empty. */
bool		seg_next(uint8_t tag, struct slice *rest, struct slice *seg);

#endif
