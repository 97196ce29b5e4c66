/* SPDX-License-Identifier: Apache-2.0 */
/* StoreMetadata, 5.5.3. */
#include <StoreMetadata.h>

#include <string.h>

#include "asn1/codec.h"

#define ICON_PNG		1
#define CLASS_OPERATIONAL	2	/* the default, absent in DER */

/* Room for what the optional members of an encoded one point to. */
struct metadata_room {
	long			 icon_type, profile_class;
	OCTET_STRING_t		 icon, gid1, gid2;
	NotificationConfigs_t	 list;
	NotificationConfig_t	 item[META_NOTIFY_MAX];
	NotificationConfig_t	*at[META_NOTIFY_MAX];
	uint8_t			 octet[META_NOTIFY_MAX], ppr_octet;
	OperatorId_t		 owner;
	BIT_STRING_t		 ppr;
};

static int
metadata_notify_get(const NotificationConfigs_t *v, struct store_metadata *out)
{
	int	 i;

	if (v == NULL)
		return 0;
	if (v->list.count > META_NOTIFY_MAX)
		return DPE_RANGE;
	for (i = 0; i < v->list.count; i++) {
		out->notify[i].events =
		    bits_mask(codec_bits(&v->list.array[i]->events));
		out->notify[i].address =
		    codec_slice(&v->list.array[i]->address);
	}
	out->n_notify = (size_t)v->list.count;
	return 0;
}

/* An enumeration with its value when absent; DPE_RANGE above max. */
static int
metadata_enum(const long *v, int absent, int max, int *out)
{
	if (v != NULL && (*v < 0 || *v > max))
		return DPE_RANGE;
	*out = v != NULL ? (int)*v : absent;
	return 0;
}

static int
metadata_get(const StoreMetadata_t *v, struct store_metadata *out)
{
	int	 r;

	out->iccid = codec_slice(&v->iccid);
	out->provider = codec_slice(&v->provider);
	out->name = codec_slice(&v->name);
	out->icon = codec_slice(v->icon);
	if ((r = metadata_enum(v->iconType, -1, ICON_PNG,
	    &out->icon_type)) != 0 ||
	    (r = metadata_enum(v->profileClass, CLASS_OPERATIONAL,
	    CLASS_OPERATIONAL, &out->profile_class)) != 0)
		return r;
	if (v->owner != NULL) {
		out->owner_plmn = codec_slice(&v->owner->plmn);
		out->owner_gid1 = codec_slice(v->owner->gid1);
		out->owner_gid2 = codec_slice(v->owner->gid2);
	}
	if (v->ppr != NULL)
		out->ppr = bits_mask(codec_bits(v->ppr));
	return metadata_notify_get(v->notifications, out);
}

int
store_metadata_decode(struct slice in, struct store_metadata *out)
{
	void	*p;
	int	 r;

	memset(out, 0, sizeof(*out));
	if ((r = codec_decode(&asn_DEF_StoreMetadata, in, &out->msg, &p)) != 0)
		return r;
	return metadata_get(p, out);
}

static void
metadata_notify_put(const struct store_metadata *in, StoreMetadata_t *v,
    struct metadata_room *m)
{
	size_t	 i;

	if (in->n_notify == 0)
		return;
	for (i = 0; i < in->n_notify; i++) {
		m->item[i].events = bit_string_of(
		    bits_named(in->notify[i].events, &m->octet[i]));
		m->item[i].address = octets_of(in->notify[i].address);
		m->at[i] = &m->item[i];
	}
	m->list.list.array = m->at;
	m->list.list.count = (int)in->n_notify;
	v->notifications = &m->list;
}

static void
metadata_owner_put(const struct store_metadata *in, StoreMetadata_t *v,
    struct metadata_room *m)
{
	if (in->owner_plmn.len == 0)
		return;
	m->owner.plmn = octets_of(in->owner_plmn);
	m->owner.gid1 = octets_if(in->owner_gid1, &m->gid1);
	m->owner.gid2 = octets_if(in->owner_gid2, &m->gid2);
	v->owner = &m->owner;
}

static void
metadata_put(const struct store_metadata *in, StoreMetadata_t *v,
    struct metadata_room *m)
{
	v->iccid = octets_of(in->iccid);
	v->provider = octets_of(in->provider);
	v->name = octets_of(in->name);
	m->icon_type = in->icon_type;
	if (in->icon_type >= 0) {
		v->iconType = &m->icon_type;
		v->icon = octets_if(in->icon, &m->icon);
	}
	m->profile_class = in->profile_class;
	if (in->profile_class != CLASS_OPERATIONAL)
		v->profileClass = &m->profile_class;
	metadata_notify_put(in, v, m);
	metadata_owner_put(in, v, m);
	if (in->ppr != 0) {
		m->ppr = bit_string_of(bits_named(in->ppr, &m->ppr_octet));
		v->ppr = &m->ppr;
	}
}

int
store_metadata_encode(const struct store_metadata *in, struct buf *out)
{
	struct metadata_room	 m;
	StoreMetadata_t		 v;
	size_t			 i;

	if (in->n_notify > META_NOTIFY_MAX || in->icon_type > ICON_PNG ||
	    in->profile_class < 0 || in->profile_class > CLASS_OPERATIONAL)
		return DPE_RANGE;
	if (!bits_fit(in->ppr))
		return DPE_RANGE;
	for (i = 0; i < in->n_notify; i++)
		if (!bits_fit(in->notify[i].events))
			return DPE_RANGE;
	memset(&v, 0, sizeof(v));
	memset(&m, 0, sizeof(m));
	metadata_put(in, &v, &m);
	return codec_encode(&asn_DEF_StoreMetadata, &v, out);
}
