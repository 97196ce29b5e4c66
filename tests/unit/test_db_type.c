/* SPDX-License-Identifier: Apache-2.0 */
/* Profile types and their variants. */
#include <string.h>

#include "tests/unit/db_tests.h"
#include "tests/unit/db_util.h"

static int
types_add(struct db *db, void *arg)
{
	struct ptype	*t = arg;

	return store_type_add(db, T, t);
}

static int
count_types(void *arg, const struct ptype *t)
{
	int	*n = arg;

	(void)t;
	return ++*n == 100 ? 7 : 0;
}

static int
variants_add(struct db *db, void *arg)
{
	return store_variant_add(db, T, "t", arg);
}

static int
variants_remove(struct db *db, void *arg)
{
	return store_variant_remove(db, T, "t", arg);
}

static int
variants_seen(void *arg, struct variant *v)
{
	buf_addf(arg, "%s ", v->name);
	return 0;
}

/* In the order they came in; a number is never given again. */
void
store_variants(void)
{
	struct variant	 v = { .template = "consumer",
	    .needs = { 0x0203, 5, 700 } }, got;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct buf	 names = {0};
	struct db	*rd;
	char		 b[] = "b";
	int64_t		 seq;
	const char	*c;

	seed_type(s);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	id_n('b', 1, v.body);
	for (c = "bca"; *c != '\0'; c++) {
		v.name[0] = *c;
		CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_add,
		    &v), 0);
	}
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_add, &v),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(store_variant_each(rd, T, "t", variants_seen,
	    &names), 0);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&names), "b c a ");
	CU_ASSERT_EQUAL(store_variant_get(rd, T, 3, &got), 0);
	CU_ASSERT_STRING_EQUAL(got.name, "a");
	CU_ASSERT_STRING_EQUAL(got.body, v.body);
	CU_ASSERT_EQUAL(got.needs.version, 0x0203);
	CU_ASSERT_EQUAL(got.needs.services, 5);
	CU_ASSERT_EQUAL(got.needs.octets, 700);
	seq = got.seq;
	variant_free(&got);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_remove, b), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_remove, b),
	    DPE_NOTFOUND);
	b[0] = 'a';
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_remove, b), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_add, &v), 0);
	CU_ASSERT_EQUAL(store_variant_get(rd, T, seq, &got), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(store_variant_get(rd, 2, seq + 1, &got),
	    DPE_NOTFOUND);
	strcpy(v.name, "d");
	strcpy(v.body, "nosuch");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, variants_add, &v),
	    DPE_NOTFOUND);
	buf_free(&names);
	store_reader_free(rd);
	db_gone(&p, s);
}

static int
types_set(struct db *db, void *arg)
{
	return store_type_set(db, T, arg);
}

static int
batch_begin(struct db *db, void *arg)
{
	struct batch	 b = { .type = "t", .total = 1 };

	(void)arg;
	id_n('b', 1, b.body);
	return store_batch_add(db, T, &b);
}

static int
batch_end(struct db *db, void *arg)
{
	int	 r;

	(void)arg;
	if ((r = store_batch_abort(db, T, 1, 2)) != 0)
		return r;
	return store_batch_aborted(db, T, 1, 2);
}

/* What follows the package stays while there are profiles. */
void
store_types_set(void)
{
	struct ptype	 t = { .name = "t", .icon_type = -1, .spn = "New",
	    .low_stock = 3, .n_to = 2, .to = { { 3, "a.example" },
	    { 8, "b.example" } }, .gid1 = "01", .notify = 4 }, got;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	int64_t		 n;

	seed_type(s);
	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t), 0);
	CU_ASSERT_EQUAL(store_type_get(rd, T, "t", &got), 0);
	CU_ASSERT_STRING_EQUAL(got.spn, "New");
	CU_ASSERT_STRING_EQUAL(got.gid1, "01");
	CU_ASSERT_STRING_EQUAL(got.gid2, "");
	CU_ASSERT_EQUAL(got.low_stock, 3);
	CU_ASSERT_EQUAL_FATAL(got.n_to, 2);
	CU_ASSERT_EQUAL(got.to[0].events, 3);
	CU_ASSERT_STRING_EQUAL(got.to[1].address, "b.example");
	/* A batch counts before its first row is there. */
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, batch_begin, NULL), 0);
	strcpy(t.gid1, "02");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t),
	    DPE_STATE);
	strcpy(t.gid1, "01");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, batch_end, NULL), 0);
	strcpy(t.gid1, "02");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t), 0);
	strcpy(t.gid1, "01");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t), 0);
	seed_profiles(s, 1, 5);
	strcpy(t.spn, "Newer");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t), 0);
	strcpy(t.gid1, "02");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t),
	    DPE_STATE);
	strcpy(t.gid1, "01");
	t.profile_class = 2;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t),
	    DPE_STATE);
	strcpy(t.name, "u");
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_set, &t),
	    DPE_STATE);
	CU_ASSERT_EQUAL(store_type_stock(rd, T, "t", 99, &n), 0);
	CU_ASSERT_EQUAL(n, 5);
	CU_ASSERT_EQUAL(store_type_stock(rd, T, "t", 4, &n), 0);
	CU_ASSERT_EQUAL(n, 4);
	CU_ASSERT_EQUAL(store_type_stock(rd, T, "u", 4, &n), 0);
	CU_ASSERT_EQUAL(n, 0);
	store_reader_free(rd);
	db_gone(&p, s);
}

void
store_types(void)
{
	struct ptype	 t = { .name = "gold", .spn = "Spn", .ppr = 6,
	    .profile_name = "Name", .profile_class = 2, .icon_type = 1,
	    .owner = "262-01", .notify = 15, .shred = true, .reinstall = 4,
	    .created = 99 }, got;
	struct place	 p;
	struct store	*s = db_fresh(&p, &driver_sqlite);
	struct db	*rd;
	int		 n = 0;

	CU_ASSERT_EQUAL_FATAL(store_reader(s, &rd), 0);
	buf_add(&t.icon, "\x89PNG\0x", 6);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_add, &t), 0);
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_add, &t),
	    DPE_EXISTS);
	CU_ASSERT_EQUAL(store_type_get(rd, T, "gold", &got), 0);
	CU_ASSERT_EQUAL(got.id, t.id);
	CU_ASSERT_STRING_EQUAL(got.owner, "262-01");
	CU_ASSERT_STRING_EQUAL(got.profile_name, "Name");
	CU_ASSERT_EQUAL(got.ppr, 6);
	CU_ASSERT_EQUAL(got.notify, 15);
	CU_ASSERT_EQUAL(got.reinstall, 4);
	CU_ASSERT_TRUE(got.shred);
	CU_ASSERT_FALSE(got.protect_ppk);
	unit_same("icon", buf_slice(&got.icon), buf_slice(&t.icon));
	ptype_free(&got);
	CU_ASSERT_EQUAL(store_type_get(rd, 2, "gold", &got), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(store_type_each(rd, T, count_types, &n), 0);
	CU_ASSERT_EQUAL(n, 1);
	n = 99;
	CU_ASSERT_EQUAL(store_type_each(rd, T, count_types, &n), 7);
	strcpy(t.name, "bad");
	t.profile_class = 3;
	CU_ASSERT_EQUAL(store_write(s, STORE_DURABLE, types_add, &t),
	    DPE_RANGE);
	ptype_free(&t);
	store_reader_free(rd);
	db_gone(&p, s);
}
