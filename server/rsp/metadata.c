/* SPDX-License-Identifier: Apache-2.0 */
#include "server/rsp/metadata.h"

#include "asn1/rsp.h"
#include "base/ident.h"

int
metadata_build(const struct ptype *t, const char *iccid, const char *address,
    struct buf *out)
{
	struct store_metadata	 m = {0};
	uint8_t			 ef[10], plmn[3];
	int			 r;

	if ((r = iccid_to_ef(iccid, ef)) != 0)
		return r;
	m.iccid = slice_of(ef, sizeof(ef));
	m.provider = slice_str(t->spn);
	m.name = slice_str(t->profile_name);
	m.icon_type = t->icon_type;
	m.icon = buf_slice(&t->icon);
	m.profile_class = t->profile_class;
	m.ppr = t->ppr;
	if (t->notify != 0) {
		m.notify[0].events = t->notify;
		m.notify[0].address = slice_str(address);
		m.n_notify = 1;
	}
	if (t->owner[0] != '\0') {
		if ((r = plmn_parse(t->owner, plmn)) != 0)
			return r;
		m.owner_plmn = slice_of(plmn, sizeof(plmn));
	}
	if ((r = store_metadata_encode(&m, out)) != 0)
		return r;
	return out->len <= LIM_METADATA ? 0 : DPE_RANGE;
}
