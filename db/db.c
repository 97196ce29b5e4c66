/* SPDX-License-Identifier: Apache-2.0 */
#include "db/db.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "db/row.h"

int
db_open(const struct driver *drv, const char *path, enum driver_mode mode,
    struct db **out, struct why *why)
{
	struct conn	*c;
	int		 r;

	*out = NULL;
	if ((r = drv->open(path, mode, &c, why)) != 0)
		return r;
	*out = xcalloc(1, sizeof(**out));
	(*out)->conn = c;
	return 0;
}

void
db_close(struct db *db)
{
	size_t	 i;

	if (db == NULL)
		return;
	for (i = 0; i < db->n; i++)
		db->conn->drv->finish(db->entry[i].prep);
	db->conn->drv->close(db->conn);
	free(db->entry);
	free(db);
}

int
db_failed(struct conn *c, const char *name)
{
	struct why	 why;
	int		 r;

	r = c->drv->error(c, &why);
	if (r != DPE_EXISTS)
		log_error("db stmt=%s: %s", name, why.text);
	return r;
}

/* A second preparation only where a callback asks the query it came from. */
static int
db_find(struct db *db, const struct stmt *q, size_t *at)
{
	struct prep	*p;
	size_t		 i;

	for (i = 0; i < db->n; i++)
		if (db->entry[i].q == q && !db->entry[i].busy) {
			*at = i;
			return 0;
		}
	if (db->conn->drv->prepare(db->conn, q->sql, &p) != 0)
		return db_failed(db->conn, q->name);
	if (db->n == db->cap) {
		db->cap = db->cap == 0 ? 32 : 2 * db->cap;
		db->entry = realloc(db->entry, db->cap * sizeof(*db->entry));
		if (db->entry == NULL)
			abort();
	}
	db->entry[db->n] = (struct db_entry){ .q = q, .prep = p };
	*at = db->n++;
	return 0;
}

static struct value
value_text(const char *s, bool empty_is_null)
{
	struct value	 v = { .kind = VALUE_NULL };

	if (s != NULL && !(empty_is_null && s[0] == '\0')) {
		v.kind = VALUE_TEXT;
		v.s = slice_str(s);
	}
	return v;
}

static struct value
value_next(char type, va_list *ap)
{
	struct value	 v = { .kind = VALUE_NULL };

	switch (type) {
	case 'i':
		v.kind = VALUE_INT;
		v.i = va_arg(*ap, int64_t);
		return v;
	case 'd':
		v.kind = VALUE_INT;
		v.i = va_arg(*ap, int);
		return v;
	case 't':
	case 'e':
		return value_text(va_arg(*ap, const char *), type == 'e');
	case 'b':
		v.s = va_arg(*ap, struct slice);
		v.kind = v.s.len == 0 ? VALUE_NULL : VALUE_BLOB;
		return v;
	}
	abort();	/* a bug: no such kind */
}

static int
db_bind(struct prep *p, const char *types, va_list *ap)
{
	struct value	 v;
	int		 n;

	if (strlen(types) < (size_t)p->params ||
	    strlen(types) > DRIVER_PARAMS)
		abort();	/* a bug: parameters and kinds do not agree */
	for (n = 1; types[n - 1] != '\0'; n++) {
		v = value_next(types[n - 1], ap);
		if (p->conn->drv->bind(p, n, &v) != 0)
			return -1;
	}
	return 0;
}

/* fn for every row, until it is not 0; without fn: rows that were changed. */
static int
db_steps(struct db *db, const struct stmt *q, int64_t *rows,
    int (*fn)(void *arg, struct row *row), void *arg,
    const char *types, va_list *ap)
{
	const struct driver	*drv = db->conn->drv;
	struct prep		*p;
	struct row		 row = { .name = q->name };
	size_t			 at = 0;
	int			 got = 0, r;

	*rows = 0;
	if ((r = db_find(db, q, &at)) != 0)
		return r;
	p = db->entry[at].prep;
	db->entry[at].busy = true;
	if ((got = db_bind(p, types, ap)) == 0)
		while ((got = drv->step(p, row.v, &row.n)) == 1) {
			row.r = 0;
			if (fn != NULL && (r = fn(arg, &row)) != 0)
				break;
		}
	if (got < 0)
		r = db_failed(db->conn, q->name);
	else if (fn == NULL)
		*rows = drv->changed(p);
	drv->reset(p);
	db->entry[at].busy = false;
	return r;
}

int
db_run(struct db *db, const struct stmt *q, const char *types, ...)
{
	va_list	 ap;
	int64_t	 rows;
	int	 r;

	va_start(ap, types);
	r = db_steps(db, q, &rows, NULL, NULL, types, &ap);
	va_end(ap);
	return r;
}

int
db_change(struct db *db, const struct stmt *q, int64_t *rows,
    const char *types, ...)
{
	va_list	 ap;
	int	 r;

	va_start(ap, types);
	r = db_steps(db, q, rows, NULL, NULL, types, &ap);
	va_end(ap);
	return r;
}

int
db_must(struct db *db, const struct stmt *q, const char *types, ...)
{
	va_list	 ap;
	int64_t	 rows;
	int	 r;

	va_start(ap, types);
	r = db_steps(db, q, &rows, NULL, NULL, types, &ap);
	va_end(ap);
	return r == 0 && rows == 0 ? DPE_STATE : r;
}

int
db_each(struct db *db, const struct stmt *q,
    int (*fn)(void *arg, struct row *row), void *arg, const char *types, ...)
{
	va_list	 ap;
	int64_t	 rows;
	int	 r;

	va_start(ap, types);
	r = db_steps(db, q, &rows, fn, arg, types, &ap);
	va_end(ap);
	return r;
}

static int
keep_first(void *arg, struct row *row)
{
	struct row	**out = arg;

	if (*out == NULL)
		*out = row_keep(row);
	return 0;
}

/* To the end, so that a failure after the first row is not overlooked. */
int
db_get(struct db *db, const struct stmt *q, struct row **out,
    const char *types, ...)
{
	va_list	 ap;
	int64_t	 rows;
	int	 r;

	*out = NULL;
	va_start(ap, types);
	r = db_steps(db, q, &rows, keep_first, out, types, &ap);
	va_end(ap);
	if (r == 0 && *out == NULL)
		return DPE_NOTFOUND;
	if (r != 0) {
		row_free(*out);
		*out = NULL;
	}
	return r;
}
