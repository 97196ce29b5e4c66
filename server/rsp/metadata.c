/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/metadata.h"

#include "asn1/rsp.h"
#include "base/hex.h"
#include "base/ident.h"

/* Our own address first, then the others. */
static void
metadata_notify(const struct ptype *t, const char *address,
    struct store_metadata *m)
{
	size_t	 i;

	if (t->notify != 0) {
		m->notify[0].events = t->notify;
		m->notify[0].address = slice_str(address);
		m->n_notify = 1;
	}
	for (i = 0; i < t->n_to; i++) {
		m->notify[m->n_notify].events = t->to[i].events;
		m->notify[m->n_notify].address = slice_str(t->to[i].address);
		m->n_notify++;
	}
}

/* What the owner's members point to. */
struct metadata_owner {
	uint8_t		plmn[3];
	struct buf	gid1, gid2;
};

static int
metadata_owner(const struct ptype *t, struct metadata_owner *o,
    struct store_metadata *m)
{
	int	 r;

	if (t->owner[0] == '\0')
		return 0;
	if ((r = plmn_parse(t->owner, o->plmn)) != 0 ||
	    (r = hex_decode(slice_str(t->gid1), &o->gid1)) != 0 ||
	    (r = hex_decode(slice_str(t->gid2), &o->gid2)) != 0)
		return r;
	m->owner_plmn = slice_of(o->plmn, sizeof(o->plmn));
	if (o->gid1.len > 0)
		m->owner_gid1 = buf_slice(&o->gid1);
	if (o->gid2.len > 0)
		m->owner_gid2 = buf_slice(&o->gid2);
	return 0;
}

int
metadata_build(const struct ptype *t, const char *iccid, const char *address,
    struct buf *out)
{
	struct store_metadata	 m = {0};
	struct metadata_owner	 o = {0};
	uint8_t			 ef[10];
	int			 r;

	if ((r = iccid_to_ef(iccid, ef)) != 0 ||
	    (r = metadata_owner(t, &o, &m)) != 0)
		goto out;
	m.iccid = slice_of(ef, sizeof(ef));
	m.provider = slice_str(t->spn);
	m.name = slice_str(t->profile_name);
	m.icon_type = t->icon_type;
	m.icon = buf_slice(&t->icon);
	m.profile_class = t->profile_class;
	m.ppr = t->ppr;
	metadata_notify(t, address, &m);
	r = store_metadata_encode(&m, out);
	if (r == 0 && out->len > LIM_METADATA)
		r = DPE_RANGE;
out:
	buf_free(&o.gid1);
	buf_free(&o.gid2);
	return r;
}
