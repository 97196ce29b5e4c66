/* SPDX-License-Identifier: Apache-2.0 */
#include "db/store_template.h"

#include <string.h>

#include "db/db.h"

#define SELECTED "SELECT t.name, b.id, b.patch, b.octets, t.created" \
	" FROM templates t JOIN bodies b ON b.seq = t.body" \
	" WHERE t.tenant = $1"

void
stored_template_free(struct stored_template *t)
{
	buf_free(&t->patch);
}

static int
template_read(struct row *row, struct stored_template *t)
{
	row_text(row, 0, t->name, sizeof(t->name));
	row_text(row, 1, t->body, sizeof(t->body));
	row_blob(row, 2, &t->patch);
	row_int(row, 3, &t->octets);
	row_int(row, 4, &t->created);
	return row_end(row);
}

int
store_template_add(struct db *db, int64_t tenant, const char *name,
    const char *body, int64_t now)
{
	static const struct stmt add = { "template_add",
	    "INSERT INTO templates (tenant, name, body, created)"
	    " SELECT $1, $2, seq, $4 FROM bodies"
	    " WHERE tenant = $1 AND id = $3" };

	return told(db_must(db, &add, "itti", tenant, name, body, now),
	    DPE_STATE, DPE_NOTFOUND);
}

int
store_template_get(struct db *db, int64_t tenant, const char *name,
    struct stored_template *out)
{
	static const struct stmt get = { "template_get",
	    SELECTED " AND t.name = $2" };
	struct row	*row;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = db_get(db, &get, &row, "it", tenant, name)) != 0)
		return r;
	r = template_read(row, out);
	row_free(row);
	return r;
}

struct each {
	int	(*fn)(void *arg, const struct stored_template *t);
	void	*arg;
};

static int
template_one(void *arg, struct row *row)
{
	struct each		*e = arg;
	struct stored_template	 t = { .octets = 0 };
	int			 r;

	if ((r = template_read(row, &t)) == 0)
		r = e->fn(e->arg, &t);
	stored_template_free(&t);
	return r;
}

int
store_template_each(struct db *db, int64_t tenant, const char *after,
    int64_t limit, int (*fn)(void *arg, const struct stored_template *t),
    void *arg)
{
	static const struct stmt all = { "template_each",
	    SELECTED " AND t.name > $2 ORDER BY t.name LIMIT $3" };
	struct each	 e = { fn, arg };

	return db_each(db, &all, template_one, &e, "iti", tenant,
	    after != NULL ? after : "", limit);
}

int
store_template_remove(struct db *db, int64_t tenant, const char *name)
{
	static const struct stmt drop = { "template_remove",
	    "DELETE FROM templates WHERE tenant = $1 AND name = $2" };

	return told(db_must(db, &drop, "it", tenant, name), DPE_STATE,
	    DPE_NOTFOUND);
}
