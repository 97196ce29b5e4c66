/* SPDX-License-Identifier: Apache-2.0 */
/* Notifications and installation results, 2.5.6 and 5.7.10. */
#include <InstallResultData.h>
#include <NotificationMetadata.h>
#include <PendingNotification.h>

#include <string.h>

#include "asn1/codec.h"

#define TAG_SEQ		0x30
#define TAG_INSTALL	0xbf27
#define TAG_META	0xbf2f

/* Room for what the optional members of an encoded one point to. */
struct meta_room {
	OCTET_STRING_t	 iccid;
	uint8_t		 octet;
};

static int
meta_get(const NotificationMetadata_t *v, struct notification_meta *out)
{
	if (v->seqNumber < 0)
		return DPE_RANGE;
	out->seq = v->seqNumber;
	out->events = bits_mask(codec_bits(&v->events));
	out->address = codec_slice(&v->address);
	out->iccid = codec_slice(v->iccid);
	return 0;
}

static void
meta_put(const struct notification_meta *in, NotificationMetadata_t *v,
    struct meta_room *m)
{
	v->seqNumber = in->seq;
	v->events = bit_string_of(bits_named(in->events, &m->octet));
	v->address = octets_of(in->address);
	if (in->iccid.len > 0)
		v->iccid = octets_if(in->iccid, &m->iccid);
}

int
notification_meta_decode(struct slice in, struct notification_meta *out)
{
	void	*p;
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_NotificationMetadata, in, &out->msg,
	    &p)) != 0)
		return r;
	return meta_get(p, out);
}

int
notification_meta_encode(const struct notification_meta *in, struct buf *out)
{
	NotificationMetadata_t	 v;
	struct meta_room	 m;

	memset(&v, 0, sizeof(v));
	if (in->seq < 0 || !bits_fit(in->events))
		return DPE_RANGE;
	meta_put(in, &v, &m);
	return codec_encode(&asn_DEF_NotificationMetadata, &v, out);
}

static int
other_get(const OtherNotification_t *v, struct pending_notification *out)
{
	int	 r;

	out->signature = codec_slice(&v->signature);
	if ((r = codec_any(&v->data, TAG_META, &out->data)) != 0 ||
	    (r = codec_any(&v->euiccCert, TAG_SEQ, &out->euicc_cert)) != 0)
		return r;
	return codec_any(&v->eumCert, TAG_SEQ, &out->eum_cert);
}

int
pending_notification_decode(struct slice in, struct pending_notification *out)
{
	PendingNotification_t	*v;
	void			*p;
	int			 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_PendingNotification, in, &out->msg,
	    &p)) != 0)
		return r;
	v = p;
	if (v->present == PendingNotification_PR_other)
		return other_get(&v->choice.other, out);
	out->is_install = true;
	out->signature = codec_slice(&v->choice.install.signature);
	return codec_any(&v->choice.install.data, TAG_INSTALL, &out->data);
}

static int
other_put(const struct pending_notification *in, OtherNotification_t *v)
{
	int	 r;

	if ((r = signature_of(in->signature, &v->signature)) != 0 ||
	    (r = any_of(in->data, TAG_META, &v->data)) != 0 ||
	    (r = any_of(in->euicc_cert, TAG_SEQ, &v->euiccCert)) != 0)
		return r;
	return any_of(in->eum_cert, TAG_SEQ, &v->eumCert);
}

static int
install_put(const struct pending_notification *in, InstallResult_t *v)
{
	int	 r;

	if ((r = signature_of(in->signature, &v->signature)) != 0)
		return r;
	return any_of(in->data, TAG_INSTALL, &v->data);
}

int
pending_notification_encode(const struct pending_notification *in,
    struct buf *out)
{
	PendingNotification_t	 v;
	int			 r;

	memset(&v, 0, sizeof(v));
	if (in->is_install) {
		v.present = PendingNotification_PR_install;
		r = install_put(in, &v.choice.install);
	} else {
		v.present = PendingNotification_PR_other;
		r = other_put(in, &v.choice.other);
	}
	if (r != 0)
		return r;
	return codec_encode(&asn_DEF_PendingNotification, &v, out);
}

int
install_data_decode(struct slice in, struct install_data *out)
{
	InstallResultData_t	*v;
	InstallError_t		*e;
	void			*p;
	int			 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_InstallResultData, in, &out->msg,
	    &p)) != 0)
		return r;
	v = p;
	out->tid = codec_slice(&v->transactionId);
	out->smdp_oid = codec_oid(&v->smdpOid);
	if (v->result.present == FinalResult_PR_success) {
		out->success = true;
		out->aid = codec_slice(&v->result.choice.success.aid);
		out->sima_response =
		    codec_slice(&v->result.choice.success.simaResponse);
	} else {
		e = &v->result.choice.error;
		out->bpp_command = e->bppCommand;
		out->reason = e->reason;
		out->sima_response = codec_slice(e->simaResponse);
	}
	return meta_get(&v->notification, &out->meta);
}

static void
install_result_put(const struct install_data *in, FinalResult_t *v,
    OCTET_STRING_t *room)
{
	if (in->success) {
		v->present = FinalResult_PR_success;
		v->choice.success.aid = octets_of(in->aid);
		v->choice.success.simaResponse = octets_of(in->sima_response);
		return;
	}
	v->present = FinalResult_PR_error;
	v->choice.error.bppCommand = in->bpp_command;
	v->choice.error.reason = in->reason;
	if (in->sima_response.len > 0)
		v->choice.error.simaResponse =
		    octets_if(in->sima_response, room);
}

int
install_data_encode(const struct install_data *in, struct buf *out)
{
	InstallResultData_t	 v;
	struct meta_room	 m;
	OCTET_STRING_t		 sima;

	memset(&v, 0, sizeof(v));
	if (in->meta.seq < 0 || !bits_fit(in->meta.events))
		return DPE_RANGE;
	v.transactionId = octets_of(in->tid);
	meta_put(&in->meta, &v.notification, &m);
	v.smdpOid = oid_of(in->smdp_oid);
	install_result_put(in, &v.result, &sima);
	return codec_encode(&asn_DEF_InstallResultData, &v, out);
}
