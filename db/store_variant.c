/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_variant.h"

#include <string.h>

#include "db/db.h"

#define SELECTED "SELECT v.seq, v.name, v.template, b.id, v.patch," \
	" v.saip_version, v.services, v.octets" \
	" FROM variants v JOIN bodies b ON b.seq = v.body" \
	" WHERE v.tenant = $1"

void
variant_free(struct variant *v)
{
	buf_free(&v->patch);
}

static int
variant_read(struct row *row, struct variant *v)
{
	row_int(row, 0, &v->seq);
	row_text(row, 1, v->name, sizeof(v->name));
	row_text(row, 2, v->template, sizeof(v->template));
	row_text(row, 3, v->body, sizeof(v->body));
	row_blob(row, 4, &v->patch);
	row_int(row, 5, &v->needs.version);
	row_int(row, 6, &v->needs.services);
	row_int(row, 7, &v->needs.octets);
	return row_end(row);
}

int
store_variant_add(struct db *db, int64_t tenant, const char *type,
    const struct variant *v)
{
	static const struct stmt add = { "variant_add",
	    "INSERT INTO variants (tenant, type, name, template, body, patch,"
	    " saip_version, services, octets)"
	    " SELECT $1, t.id, $3, $4, b.seq, $6, $7, $8, $9"
	    " FROM types t, bodies b WHERE t.tenant = $1 AND t.name = $2"
	    " AND b.tenant = $1 AND b.id = $5" };
	int	 r;

	r = db_must(db, &add, "ittttbiii", tenant, type, v->name, v->template,
	    v->body, buf_slice(&v->patch), v->needs.version,
	    v->needs.services, v->needs.octets);
	return told(r, DPE_STATE, DPE_NOTFOUND);
}

int
store_variant_remove(struct db *db, int64_t tenant, const char *type,
    const char *name)
{
	static const struct stmt drop = { "variant_remove",
	    "DELETE FROM variants WHERE tenant = $1 AND name = $3 AND type ="
	    " (SELECT id FROM types WHERE tenant = $1 AND name = $2)" };

	return told(db_must(db, &drop, "itt", tenant, type, name), DPE_STATE,
	    DPE_NOTFOUND);
}

int
store_variant_get(struct db *db, int64_t tenant, int64_t seq,
    struct variant *out)
{
	static const struct stmt get = { "variant_get",
	    SELECTED " AND v.seq = $2" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "ii", tenant, seq)) != 0)
		return r;
	if ((r = variant_read(row, out)) != 0)
		variant_free(out);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, struct variant *v);
	void	*arg;
};

static int
variant_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct variant	 v = {0};
	int		 r;

	if ((r = variant_read(row, &v)) == 0)
		r = e->fn(e->arg, &v);
	variant_free(&v);
	return r;
}

int
store_variant_each(struct db *db, int64_t tenant, const char *type,
    int (*fn)(void *arg, struct variant *v), void *arg)
{
	/* A type has a few of them: sorted, not walked to. */
	static const struct stmt all = { "variant_each",
	    SELECTED " AND v.type ="
	    " (SELECT id FROM types WHERE tenant = $1 AND name = $2)"
	    " ORDER BY v.seq + 0" };
	struct each	 e = { fn, arg };

	return db_each(db, &all, variant_one, &e, "it", tenant, type);
}
