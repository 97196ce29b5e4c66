/* SPDX-License-Identifier: Apache-2.0 */
/* What StoreMetadata told the card of a profile, for people and as JSON. */
#include <stdio.h>

#include "asn1/rsp.h"
#include "base/hex.h"
#include "tools/vuicc_report.h"

static const char *const	classes[] = {
	"test", "provisioning", "operational"
};
static const char *const	events[] = {
	"install", "enable", "disable", "delete"
};

/* MCC-MNC out of the 3 octets of TS 24.008. */
static void
meta_plmn(struct slice p, char out[8])
{
	static const char hex[] = "0123456789ABCDEF";
	const uint8_t	*b = p.p;
	char		*s = out;

	*s++ = hex[b[0] & 15];
	*s++ = hex[b[0] >> 4];
	*s++ = hex[b[1] & 15];
	*s++ = '-';
	*s++ = hex[b[2] & 15];
	*s++ = hex[b[2] >> 4];
	if (b[1] >> 4 != 15)
		*s++ = hex[b[1] >> 4];
	*s = '\0';
}

static void
meta_hex(json_t *o, const char *key, struct slice s)
{
	struct buf	 b = {0};

	hex_add(&b, s);
	json_object_set_new(o, key, s.len == 0 ? json_null() :
	    json_string(buf_cstr(&b)));
	buf_free(&b);
}

static json_t *
meta_notify(const struct store_metadata *m)
{
	json_t	*list = json_array();
	size_t	 i, e;

	for (i = 0; i < m->n_notify; i++)
		for (e = 0; e < NELEM(events); e++)
			if (m->notify[i].events & 1u << e)
				json_array_append_new(list, json_sprintf(
				    "%s=%.*s", events[e],
				    (int)m->notify[i].address.len,
				    (const char *)m->notify[i].address.p));
	return list;
}

static void
meta_put(const struct store_metadata *m, json_t *o)
{
	char	 plmn[8];

	json_object_set_new(o, "class", json_string(classes[m->profile_class]));
	json_object_set_new(o, "icon", m->icon_type < 0 ? json_null() :
	    json_string(m->icon_type == 0 ? "jpeg" : "png"));
	json_object_set_new(o, "icon_octets",
	    json_integer((json_int_t)m->icon.len));
	if (m->owner_plmn.len == 3)
		meta_plmn(m->owner_plmn, plmn);
	json_object_set_new(o, "owner", m->owner_plmn.len == 3 ?
	    json_string(plmn) : json_null());
	meta_hex(o, "gid1", m->owner_gid1);
	meta_hex(o, "gid2", m->owner_gid2);
	json_object_set_new(o, "notify", meta_notify(m));
}

void
vuicc_report_meta(const struct vuicc_profile *p, json_t *o)
{
	struct store_metadata	 m;

	if (p->metadata.len > 0 &&
	    store_metadata_decode(buf_slice(&p->metadata), &m) == 0) {
		meta_put(&m, o);
		msg_free(&m.msg);
	}
}

void
vuicc_report_meta_words(const struct vuicc_profile *p, struct buf *out)
{
	struct store_metadata	 m;

	if (p->metadata.len == 0 ||
	    store_metadata_decode(buf_slice(&p->metadata), &m) != 0)
		return;
	if (m.profile_class != 2)
		buf_addf(out, "  %s", classes[m.profile_class]);
	if (m.icon_type >= 0)
		buf_addf(out, "  %s %zu", m.icon_type == 0 ? "jpeg" : "png",
		    m.icon.len);
	msg_free(&m.msg);
}
