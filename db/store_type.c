/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_type.h"

#include <stdio.h>
#include <string.h>

#include "db/db.h"

#define COLUMNS "id, name, spn, profile_name, profile_class, icon_type, icon," \
	" owner, ppr, notify, protect_ppk, ineligible_error, shred," \
	" reinstall, created, bind_once, on_cancel, gid1, gid2, notify_to," \
	" low_stock"

void
ptype_free(struct ptype *t)
{
	buf_free(&t->icon);
}

/* As a column: "EVENTS ADDRESS EVENTS ADDRESS", neither of which has blanks. */
static void
type_to_write(const struct ptype *t, struct buf *out)
{
	size_t	 i;

	for (i = 0; i < t->n_to; i++)
		buf_addf(out, "%s%u %s", i > 0 ? " " : "", t->to[i].events,
		    t->to[i].address);
}

static int
type_to_read(const char *s, struct ptype *t)
{
	struct ptype_to	*to;
	int		 n;

	for (t->n_to = 0; s != NULL && *s != '\0'; t->n_to++, s += n) {
		if (t->n_to == TYPE_TO_MAX)
			return DPE_DB;
		to = &t->to[t->n_to];
		if (sscanf(s, "%u %255s%n", &to->events, to->address,
		    &n) != 2 || to->events > 15)
			return DPE_DB;
	}
	return 0;
}

static int
type_read(struct row *row, struct ptype *t)
{
	int	 ppr, notify, r;

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
	row_text(row, 17, t->gid1, sizeof(t->gid1));
	row_text(row, 18, t->gid2, sizeof(t->gid2));
	r = type_to_read(row_str(row, 19), t);
	row_int(row, 20, &t->low_stock);
	t->ppr = (unsigned)ppr;
	t->notify = (unsigned)notify;
	return r != 0 ? r : row_end(row);
}

/* The parameters of both writes, from $3 on as the columns stand. */
#define VALUES(t, to)	(t)->spn, (t)->profile_name, (t)->profile_class, \
	(t)->icon_type, buf_slice(&(t)->icon), (t)->owner, (int)(t)->ppr, \
	(int)(t)->notify, (t)->protect_ppk, (t)->ineligible_error, \
	(t)->shred, (t)->reinstall, (t)->bind_once, (t)->on_cancel, \
	(t)->gid1, (t)->gid2, buf_cstr(to), (t)->low_stock
#define KINDS		"ttddbtdddddidd" "ttti"

int
store_type_add(struct db *db, int64_t tenant, struct ptype *t)
{
	static const struct stmt add = { "type_add",
	    "INSERT INTO types (tenant, name, spn, profile_name,"
	    " profile_class, icon_type, icon, owner, ppr, notify,"
	    " protect_ppk, ineligible_error, shred, reinstall,"
	    " bind_once, on_cancel, gid1, gid2, notify_to, low_stock,"
	    " created)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
	    " $13, $14, $15, $16, $17, $18, $19, $20, $21) RETURNING id" };
	struct buf	 to = {0};
	struct row	*row;
	int		 r;

	type_to_write(t, &to);
	r = db_get(db, &add, &row, "it" KINDS "i", tenant, t->name,
	    VALUES(t, &to), t->created);
	buf_free(&to);
	if (r != 0)
		return r;
	row_int(row, 0, &t->id);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_type_set(struct db *db, int64_t tenant, const struct ptype *t)
{
	static const struct stmt set = { "type_set",
	    "UPDATE types SET spn = $3, profile_name = $4,"
	    " profile_class = $5, icon_type = $6, icon = $7, owner = $8,"
	    " ppr = $9, notify = $10, protect_ppk = $11,"
	    " ineligible_error = $12, shred = $13, reinstall = $14,"
	    " bind_once = $15, on_cancel = $16, gid1 = $17, gid2 = $18,"
	    " notify_to = $19, low_stock = $20"
	    " WHERE tenant = $1 AND name = $2 AND ((profile_class = $5"
	    " AND owner = $8 AND gid1 = $17 AND gid2 = $18)"
	    " OR (NOT EXISTS (SELECT 1 FROM profiles p"
	    " WHERE p.tenant = $1 AND p.type = types.id)"
	    " AND NOT EXISTS (SELECT 1 FROM variants v"
	    " WHERE v.type = types.id)"
	    " AND NOT EXISTS (SELECT 1 FROM batches w WHERE w.type = types.id"
	    " AND w.state IN ('loading', 'aborting'))))" };
	struct buf	 to = {0};
	int		 r;

	type_to_write(t, &to);
	r = db_must(db, &set, "it" KINDS, tenant, t->name, VALUES(t, &to));
	buf_free(&to);
	return r;
}

/* From batch `from` on; *next: the next one that is not to be seen, or 0. */
static int
stock_from(struct db *db, int64_t tenant, const char *name, int64_t from,
    int64_t limit, int64_t *n, int64_t *next)
{
	static const struct stmt stock = { "type_stock",
	    "SELECT (SELECT count(*) FROM (SELECT 1 FROM profiles p"
	    " WHERE p.tenant = $1 AND p.type = (SELECT id FROM types"
	    " WHERE tenant = $1 AND name = $2) AND p.state = 'available'"
	    " AND p.batch >= $3 AND (h.id IS NULL OR p.batch < h.id)"
	    " LIMIT $4)), coalesce(h.id, 0)"
	    " FROM (SELECT min(w.id) AS id FROM batches w WHERE w.id >= $3"
	    " AND w.state IN ('loading', 'aborting')) h" };
	struct row	*row;
	int		 r;

	if ((r = db_get(db, &stock, &row, "itii", tenant, name, from,
	    limit)) != 0)
		return r;
	row_int(row, 0, n);
	row_int(row, 1, next);
	r = row_end(row);
	row_free(row);
	return r;
}

int
store_type_stock(struct db *db, int64_t tenant, const char *name,
    int64_t limit, int64_t *available)
{
	int64_t	 from = 0, n, next;
	int	 r;

	*available = 0;
	do {
		if ((r = stock_from(db, tenant, name, from,
		    limit - *available, &n, &next)) != 0)
			return r;
		*available += n;
		from = next + 1;
	} while (next != 0 && *available < limit);
	return 0;
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
