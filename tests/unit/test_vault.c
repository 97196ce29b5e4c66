/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "server/saip/saip.h"
#include "server/vault.h"
#include "tests/unit/admin_unit.h"

static void
vault_row_ids(void)
{
	struct bench	*b = bench_new(false);
	char		 one[ROW_ID_TEXT], two[ROW_ID_TEXT];

	vault_row_id(&b->c, one);
	vault_row_id(&b->c, two);
	CU_ASSERT_EQUAL(strlen(one), 32);
	CU_ASSERT_EQUAL(strspn(one, "0123456789abcdef"), 32);
	CU_ASSERT_STRING_NOT_EQUAL(one, two);
	bench_free(b);
}

static void
vault_matching_ids(void)
{
	struct bench	*b = bench_new(false);
	struct order	 o, other;
	struct buf	 got = { 0 };
	uint8_t		 index[32];

	memset(&o, 0, sizeof(o));
	memset(&other, 0, sizeof(other));
	vault_row_id(&b->c, o.id);
	vault_row_id(&b->c, other.id);
	CU_ASSERT_EQUAL(vault_mid_get(&b->c, &o, &got), DPE_NOTFOUND);
	CU_ASSERT_EQUAL_FATAL(vault_mid_put(&b->c, &o, slice_str("AB-1")), 0);
	CU_ASSERT_PTR_NULL(memmem(o.mid.p, o.mid.len, "AB-1", 4));
	CU_ASSERT_EQUAL(vault_mid_get(&b->c, &o, &got), 0);
	unit_same("mid", buf_slice(&got), slice_str("AB-1"));
	vault_mid_index(&b->c, slice_str("AB-1"), index);
	CU_ASSERT_EQUAL(memcmp(index, o.mid_index, 32), 0);
	vault_mid_index(&b->c, slice_str("AB-2"), index);
	CU_ASSERT_NOT_EQUAL(memcmp(index, o.mid_index, 32), 0);
	/* Moved to another row it does not open. */
	buf_set(&other.mid, buf_slice(&o.mid));
	CU_ASSERT_EQUAL(vault_mid_get(&b->c, &other, &got), DPE_SEAL);
	buf_free(&got);
	order_free(&o);
	order_free(&other);
	bench_free(b);
}

static void
vault_confirmation_codes(void)
{
	struct bench	*b = bench_new(false);
	struct order	 o;
	uint8_t		 hash[32], want[32];

	memset(&o, 0, sizeof(o));
	vault_row_id(&b->c, o.id);
	CU_ASSERT_EQUAL(vault_cc_get(&b->c, &o, hash), DPE_NOTFOUND);
	CU_ASSERT_EQUAL_FATAL(vault_cc_put(&b->c, &o, slice_str("1234")), 0);
	CU_ASSERT_EQUAL(vault_cc_get(&b->c, &o, hash), 0);
	sha256(b->c.crypto, slice_str("1234"), want);
	CU_ASSERT_EQUAL(memcmp(hash, want, 32), 0);
	o.id[0] = o.id[0] == '0' ? '1' : '0';
	CU_ASSERT_EQUAL(vault_cc_get(&b->c, &o, hash), DPE_SEAL);
	order_free(&o);
	bench_free(b);
}

static void
vault_bodies(void)
{
	struct bench	*b = bench_new(false);
	struct body	 one, two;

	memset(&one, 0, sizeof(one));
	memset(&two, 0, sizeof(two));
	CU_ASSERT_EQUAL(vault_body_put(&b->c, slice_str("package"), true,
	    &one), 0);
	CU_ASSERT_EQUAL(vault_body_put(&b->c, slice_str("package"), false,
	    &two), 0);
	CU_ASSERT_EQUAL(memcmp(one.index, two.index, 32), 0);
	buf_free(&two.sealed);
	two.patch = slice_str("map");	/* the same, made another template */
	CU_ASSERT_EQUAL(vault_body_put(&b->c, slice_str("package"), false,
	    &two), 0);
	CU_ASSERT_NOT_EQUAL(memcmp(one.index, two.index, 32), 0);
	CU_ASSERT_STRING_NOT_EQUAL(one.id, two.id);
	CU_ASSERT(one.is_template && !two.is_template);
	CU_ASSERT_FALSE(slice_eq(buf_slice(&one.sealed),
	    buf_slice(&two.sealed)));
	buf_free(&one.sealed);
	buf_free(&two.sealed);
	bench_free(b);
}

/* What comes out is the template with this profile's own numbers. */
static void
vault_packages(void)
{
	struct bench	*b = bench_new(false);
	char		 iccid[21];
	struct profile	 p;
	struct saip_info info;
	struct buf	 upp = { 0 };

	memset(&p, 0, sizeof(p));
	bench_stock(b, iccid);
	CU_ASSERT_EQUAL_FATAL(store_profile_get(b->c.db, b->c.tenant, iccid,
	    &p), 0);
	CU_ASSERT_EQUAL_FATAL(vault_upp(&b->c, &p, &upp), 0);
	CU_ASSERT_EQUAL(saip_check(buf_slice(&upp), &info, NULL), 0);
	CU_ASSERT_STRING_EQUAL(info.iccid, iccid);
	p.body[0] = p.body[0] == '0' ? '1' : '0';
	buf_cut(&upp, 0);
	CU_ASSERT_EQUAL(vault_upp(&b->c, &p, &upp), DPE_NOTFOUND);
	buf_free(&upp);
	profile_free(&p);
	bench_free(b);
}

const struct unit_case	unit_vault[] = {
	UNIT_CASE(vault_row_ids),
	UNIT_CASE(vault_matching_ids),
	UNIT_CASE(vault_confirmation_codes),
	UNIT_CASE(vault_bodies),
	UNIT_CASE(vault_packages)
};
const size_t	unit_vault_n = NELEM(unit_vault);
