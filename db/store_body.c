/* SPDX-License-Identifier: Apache-2.0 */
/* Bodies: sealed packages and templates that profiles are made from. */
#include <string.h>

#include "db/db.h"
#include "db/hidden.h"
#include "db/store_profile.h"

int
store_body_add(struct db *db, int64_t tenant, const struct body *b)
{
	static const struct stmt add = { "body_add",
	    "INSERT INTO bodies (tenant, id, is_template, body_index, sealed,"
	    " saip_version, services, octets, patch)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" };

	return db_run(db, &add, "itdbbiiib", tenant, b->id, b->is_template,
	    slice_of(b->index, sizeof(b->index)), buf_slice(&b->sealed),
	    b->needs.version, b->needs.services, b->needs.octets, b->patch);
}

int
store_body_learn(struct db *db, int64_t tenant, const char *id,
    const struct body *b)
{
	static const struct stmt learn = { "body_learn",
	    "UPDATE bodies SET saip_version = $3, services = $4, octets = $5,"
	    " patch = coalesce(patch, $6) WHERE tenant = $1 AND id = $2"
	    " AND (saip_version = 0 OR (patch IS NULL AND $6 IS NOT NULL))" };

	return db_run(db, &learn, "itiiib", tenant, id, b->needs.version,
	    b->needs.services, b->needs.octets, b->patch);
}

int
store_profile_needs(struct db *db, int64_t tenant, const char *iccid,
    struct body_needs *out)
{
	static const struct stmt get = { "profile_needs",
	    "SELECT b.saip_version, b.services, b.octets FROM profiles p"
	    " JOIN bodies b ON b.seq = p.body"
	    " WHERE p.tenant = $1 AND p.iccid = $2" VISIBLE_PROFILES };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "it", tenant, iccid)) != 0)
		return r;
	row_int(row, 0, &out->version);
	row_int(row, 1, &out->services);
	row_int(row, 2, &out->octets);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_body_find(struct db *db, int64_t tenant, const uint8_t index[32],
    char id[ROW_ID_TEXT])
{
	static const struct stmt find = { "body_find",
	    "SELECT id FROM bodies WHERE tenant = $1 AND body_index = $2" };
	struct row	*row;
	int		 r;

	id[0] = '\0';
	if ((r = db_get(db, &find, &row, "ib", tenant,
	    slice_of(index, 32))) != 0)
		return r;
	row_text(row, 0, id, ROW_ID_TEXT);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_body_get(struct db *db, int64_t tenant, const char *id,
    struct buf *sealed, struct buf *patch)
{
	static const struct stmt get = { "body_get",
	    "SELECT sealed, patch FROM bodies WHERE tenant = $1 AND id = $2" };
	struct row	*row;
	int		 r;

	if ((r = db_get(db, &get, &row, "it", tenant, id)) != 0)
		return r;
	row_blob(row, 0, sealed);
	if (patch != NULL)
		row_blob(row, 1, patch);
	r = row_end(row);
	row_free(row);
	return r;
}

/* An imported package belongs to one profile and goes with it. */
static int
body_drop(struct db *db, int64_t tenant, const char *iccid, int64_t body)
{
	static const struct stmt drop = { "body_drop",
	    "DELETE FROM bodies WHERE seq = $1 AND tenant = $2"
	    " AND is_template = 0"
	    " AND NOT EXISTS (SELECT 1 FROM profiles WHERE body = $1)" };
	static const struct stmt wipe = { "profile_wipe",
	    "UPDATE profiles SET body = NULL, sealed_values = NULL"
	    " WHERE tenant = $1 AND iccid = $2" };
	int	 r;

	if ((r = db_run(db, &wipe, "it", tenant, iccid)) != 0)
		return r;
	return db_run(db, &drop, "ii", body, tenant);
}

int
store_profile_shred(struct db *db, int64_t tenant, const char *iccid)
{
	static const struct stmt find = { "profile_shred",
	    "SELECT coalesce(body, 0) FROM profiles"
	    " WHERE tenant = $1 AND iccid = $2 AND state = 'installed'" };
	struct row	*row;
	int64_t		 body;
	int		 r;

	r = db_get(db, &find, &row, "it", tenant, iccid);
	if (r != 0)
		return told(r, DPE_NOTFOUND, DPE_STATE);
	row_int(row, 0, &body);
	if ((r = row_end(row)) == 0)
		r = body_drop(db, tenant, iccid, body);
	row_free(row);
	return r;
}
