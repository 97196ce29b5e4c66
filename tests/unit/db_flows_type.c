/* SPDX-License-Identifier: Apache-2.0 */
/* Of db_flows.c: what is done with profile types and their variants. */
#include <string.h>

#include "tests/unit/db_flows.h"

int
w_type_set(struct db *db, void *arg)
{
	struct ptype	 t = { .name = "t", .icon_type = -1, .spn = "other" };

	(void)arg;
	return store_type_set(db, T, &t);
}

/* Added, bound with, taken away. */
int
w_variant(struct db *db, void *arg)
{
	struct variant	 v = { .name = "v", .template = "consumer" };
	char		 order[ROW_ID_TEXT];
	int		 r;

	(void)arg;
	id_n('o', 2, order);
	id_n('b', 1, v.body);
	if ((r = store_variant_add(db, T, "t", &v)) != 0 ||
	    (r = store_order_variant(db, T, order, "v")) != 0)
		return r;
	strcpy(v.name, "w");
	if ((r = store_variant_add(db, T, "t", &v)) != 0)
		return r;
	return store_variant_remove(db, T, "t", "v");
}

static int
seen_variant(void *arg, struct variant *v)
{
	(void)arg;
	return v->name[0] == '\0';
}

int
r_variants(struct db *db, void *arg)
{
	struct variant	 v;
	int		 r;

	(void)arg;
	if ((r = store_variant_each(db, T, "t", seen_variant, NULL)) != 0)
		return r;
	r = store_variant_get(db, T, 1, &v);
	variant_free(&v);
	return r;
}

int
zoo_variant(struct db *db, void *arg)
{
	struct variant	 v = { .name = "zoo", .template = "consumer" };

	(void)arg;
	id_n('b', 1, v.body);
	return store_variant_add(db, T, "t", &v);
}
