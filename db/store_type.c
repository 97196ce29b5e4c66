/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_type.h"

#include <string.h>

#include "db/db.h"

#define COLUMNS "id, name, spn, profile_name, profile_class, icon_type, icon," \
	" owner, ppr, notify, protect_ppk, ineligible_error, shred," \
	" reinstall, created, bind_once, on_cancel"

void
ptype_free(struct ptype *t)
{
	buf_free(&t->icon);
}

static int
type_read(struct row *row, struct ptype *t)
{
	int	 ppr, notify;

	row_int(row, 0, &t->id);
	row_text(row, 1, t->name, sizeof(t->name));
	row_text(row, 2, t->spn, sizeof(t->spn));
	row_text(row, 3, t->profile_name, sizeof(t->profile_name));
	row_num(row, 4, &t->profile_class);
	row_num(row, 5, &t->icon_type);
	row_blob(row, 6, &t->icon);
	row_text(row, 7, t->owner, sizeof(t->owner));
	row_num(row, 8, &ppr);
	row_num(row, 9, &notify);
	row_bool(row, 10, &t->protect_ppk);
	row_bool(row, 11, &t->ineligible_error);
	row_bool(row, 12, &t->shred);
	row_int(row, 13, &t->reinstall);
	row_int(row, 14, &t->created);
	row_bool(row, 15, &t->bind_once);
	row_num(row, 16, &t->on_cancel);
	t->ppr = (unsigned)ppr;
	t->notify = (unsigned)notify;
	return row_end(row);
}

int
store_type_add(struct db *db, int64_t tenant, struct ptype *t)
{
	static const struct stmt add = { "type_add",
	    "INSERT INTO types (tenant, name, spn, profile_name,"
	    " profile_class, icon_type, icon, owner, ppr, notify,"
	    " protect_ppk, ineligible_error, shred, reinstall, created,"
	    " bind_once, on_cancel)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
	    " $13, $14, $15, $16, $17) RETURNING id" };
	struct row	*row;
	int		 r;

	if ((r = db_get(db, &add, &row, "itttddbtdddddiidd", tenant, t->name,
	    t->spn, t->profile_name, t->profile_class, t->icon_type,
	    buf_slice(&t->icon), t->owner, (int)t->ppr, (int)t->notify,
	    t->protect_ppk, t->ineligible_error, t->shred, t->reinstall,
	    t->created, t->bind_once, t->on_cancel)) != 0)
		return r;
	row_int(row, 0, &t->id);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_type_get(struct db *db, int64_t tenant, const char *name,
    struct ptype *out)
{
	static const struct stmt get = { "type_get",
	    "SELECT " COLUMNS " FROM types WHERE tenant = $1 AND name = $2" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "it", tenant, name)) != 0)
		return r;
	if ((r = type_read(row, out)) != 0)
		ptype_free(out);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, const struct ptype *t);
	void	*arg;
};

static int
type_one(void *arg, struct row *row)
{
	struct each	*e = arg;
	struct ptype	 t = {0};
	int		 r;

	if ((r = type_read(row, &t)) == 0)
		r = e->fn(e->arg, &t);
	ptype_free(&t);
	return r;
}

int
store_type_each(struct db *db, int64_t tenant,
    int (*fn)(void *arg, const struct ptype *t), void *arg)
{
	static const struct stmt all = { "type_each",
	    "SELECT " COLUMNS " FROM types WHERE tenant = $1 ORDER BY name" };
	struct each	 e = { fn, arg };

	return db_each(db, &all, type_one, &e, "i", tenant);
}
