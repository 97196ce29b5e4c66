/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_bpp.h"

#include <string.h>

#include "db/db.h"

void
kept_bpp_free(struct kept_bpp *k)
{
	buf_free(&k->host_id);
	buf_free(&k->sealed);
}

int
store_bpp_put(struct db *db, int64_t tenant, const struct kept_bpp *k,
    int64_t now)
{
	static const struct stmt put = { "bpp_put",
	    "INSERT INTO bpps (profile, order_id, eid, dp_ci,"
	    " euicc_otpk, smdp_otpk, meta_sum, host_id, sealed, created)"
	    " SELECT seq, $3, $4, $5, $6, $7, $8, $9, $10, $11"
	    " FROM profiles WHERE tenant = $1 AND iccid = $2"
	    " ON CONFLICT (profile) DO UPDATE SET"
	    " order_id = excluded.order_id, eid = excluded.eid,"
	    " dp_ci = excluded.dp_ci, euicc_otpk = excluded.euicc_otpk,"
	    " smdp_otpk = excluded.smdp_otpk, meta_sum = excluded.meta_sum,"
	    " host_id = excluded.host_id, sealed = excluded.sealed,"
	    " created = excluded.created" };

	return db_must(db, &put, "itttbbbbbbi", tenant, k->iccid, k->order,
	    k->eid, slice_of(k->dp_ci, sizeof(k->dp_ci)),
	    slice_of(k->euicc_otpk, sizeof(k->euicc_otpk)),
	    slice_of(k->smdp_otpk, sizeof(k->smdp_otpk)),
	    slice_of(k->meta_sum, sizeof(k->meta_sum)),
	    buf_slice(&k->host_id), buf_slice(&k->sealed), now);
}

static int
bpp_read(struct row *row, struct kept_bpp *k)
{
	row_text(row, 0, k->iccid, sizeof(k->iccid));
	row_text(row, 1, k->order, sizeof(k->order));
	row_text(row, 2, k->eid, sizeof(k->eid));
	row_bytes(row, 3, k->dp_ci, sizeof(k->dp_ci));
	row_bytes(row, 4, k->euicc_otpk, sizeof(k->euicc_otpk));
	row_bytes(row, 5, k->smdp_otpk, sizeof(k->smdp_otpk));
	row_bytes(row, 6, k->meta_sum, sizeof(k->meta_sum));
	row_blob(row, 7, &k->host_id);
	row_blob(row, 8, &k->sealed);
	return row_end(row);
}

int
store_bpp_get(struct db *db, int64_t tenant, const char *order,
    const char *eid, struct kept_bpp *out)
{
	static const struct stmt get = { "bpp_get",
	    "SELECT o.iccid, b.order_id, b.eid, b.dp_ci, b.euicc_otpk,"
	    " b.smdp_otpk, b.meta_sum, b.host_id, b.sealed"
	    " FROM orders o JOIN profiles p ON p.tenant = o.tenant"
	    " AND p.iccid = o.iccid JOIN bpps b ON b.profile = p.seq"
	    " AND b.order_id = o.id"
	    " WHERE o.tenant = $1 AND o.id = $2 AND b.eid = $3" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "itt", tenant, order, eid)) != 0)
		return r;
	if ((r = bpp_read(row, out)) != 0)
		kept_bpp_free(out);
	row_free(row);
	return r;
}
