/* SPDX-License-Identifier: Apache-2.0 */
/* Packages held against their type, at import and when they are ordered. */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "db/db.h"
#include "db/store_profile.h"
#include "server/saip/saip.h"
#include "tests/unit/admin_unit.h"

void
bench_package(const char *iccid, const char *imsi, const char *k,
    const char *type, struct buf *in)
{
	struct saip_product	 product = { "other", "Other", "999-70" };
	struct buf		 body = { 0 }, patch = { 0 }, values = { 0 };
	struct buf		 upp = { 0 };
	struct slice		 own;
	size_t			 i;

	if (saip_template("consumer", &product, &body, &patch, NULL) != 0 ||
	    saip_values(&rnd_system, iccid, imsi, &values) != 0 ||
	    saip_personalise(buf_slice(&body), buf_slice(&patch),
	    buf_slice(&values), &upp) != 0)
		abort();
	own = saip_value(buf_slice(&values), SAIP_K);
	for (i = 0; k != NULL && i + 16 <= upp.len; i++)
		if (memcmp(upp.p + i, own.p, 16) == 0)
			memcpy(upp.p + i, k, 16);
	buf_cut(in, 0);
	buf_addf(in, "{\"type\":\"%s\",\"upp\":\"", type);
	base64_add(in, buf_slice(&upp));
	buf_add_str(in, "\"}");
	buf_free(&upp);
	buf_free(&values);
	buf_free(&patch);
	buf_free(&body);
}

#define K_TS48	"\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17"
#define K_LOW	"\0\0\0\0\0\0\0\0\0\0\0\0\1\2\3\4"

/* What a card would refuse, and what is for tests alone. */
static void
import_fits_type(void)
{
	static const struct {
		const char	*iccid, *imsi, *k, *type, *part;
	} tab[] = {
		{ "8944000000000000001", "999710000000001", NULL, "own",
		    "EF.IMSI is 999710" },
		{ "8944000000000000001", "999700000000001", NULL, "group",
		    "lacks service 17" },
		{ "8944000000000000001", "999700000000001", K_TS48, "own",
		    "is one for tests (K of TS.48" },
		{ "8944000000000000001", "999700000000001", K_LOW, "start",
		    "lowest 32 bits" },
		{ "8944000000000000001", "001010000000001", NULL, "any",
		    "test network 001-01" },
		{ "8900000000000000001", "999700000000001", NULL, "any",
		    "begins with 8900" },
		{ "8944000000000000001", "999700000000001", NULL, "test",
		    "no card takes its K" },
		{ "8944000000000000001", "999700000000001", NULL, "own",
		    NULL },
		{ "8944000000000000019", "999710000000001", NULL, "any",
		    NULL },
		{ "8944000000000000027", "999710000000001", K_LOW, "test",
		    NULL },
		{ "8944000000000000035", "999710000000001", K_TS48, "test",
		    NULL },
		{ "8900000000000000043", "001010000000001", NULL, "test",
		    NULL }
	};
	static const char *const types[] = {
		"{\"name\":\"own\",\"owner\":\"999-70\"}",
		"{\"name\":\"group\",\"owner\":\"999-70,gid1=01\"}",
		"{\"name\":\"start\",\"class\":\"provisioning\"}",
		"{\"name\":\"any\"}",
		"{\"name\":\"test\",\"class\":\"test\"}"
	};
	struct bench	*b = bench_new(false);
	struct buf	 in = { 0 };
	json_t		*o;
	size_t		 i, warned = 0;

	for (i = 0; i < NELEM(types); i++)
		json_decref(bench_ask(b, "type add", types[i]));
	for (i = 0; i < NELEM(tab); i++) {
		bench_package(tab[i].iccid, tab[i].imsi, tab[i].k, tab[i].type,
		    &in);
		if (tab[i].part != NULL) {
			bench_refused(b, "profile import", buf_cstr(&in),
			    DPE_RANGE, tab[i].part);
			continue;
		}
		o = bench_ask(b, "profile import", buf_cstr(&in));
		warned += json_is_string(json_object_get(o, "warning"));
		json_decref(o);
	}
	CU_ASSERT_EQUAL(warned, 2);
	bench_refused(b, "profile generate",
	    "{\"type\":\"group\",\"count\":1}", DPE_RANGE, "service 17");
	bench_refused(b, "batch start", "{\"type\":\"group\",\"total\":1,"
	    "\"kind\":\"csv\",\"digest\":\"00112233445566778899AABBCCDDEEFF"
	    "00112233445566778899AABBCCDDEEFF\"}", DPE_RANGE, "service 17");
	bench_refused(b, "profile generate", "{\"type\":\"own\",\"count\":1,"
	    "\"imsi\":\"999710000000005\"}", DPE_RANGE, "EF.IMSI is");
	bench_refused(b, "profile generate", "{\"type\":\"any\",\"count\":1,"
	    "\"imsi\":\"001010000000005\"}", DPE_RANGE, "001-01");
	bench_refused(b, "profile generate", "{\"type\":\"any\",\"count\":1,"
	    "\"iccid\":\"8900000000000000003\"}", DPE_RANGE, "8900");
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"test\",\"count\":1}"));
	buf_free(&in);
	bench_free(b);
}

static int
spoil(struct db *db, void *arg)
{
	static const struct stmt unseen = { "test_unseen",
	    "UPDATE profiles SET checked = 0" };
	static const struct stmt other = { "test_other",
	    "UPDATE types SET owner = $1" };
	int	 r;

	if ((r = db_run(db, &unseen, "")) != 0)
		return r;
	return arg == NULL ? 0 : db_run(db, &other, "t", (const char *)arg);
}

/* A database of before: what was never looked at is when it is ordered. */
static void
order_looks_first(void)
{
	static const char	 order[] = "{\"type\":\"staff\"}";
	struct bench		*b = bench_new(false);
	char			 plmn[] = "999-71";
	char			 iccid[ICCID_TEXT];
	struct profile		 p;
	json_t			*o;

	json_decref(bench_ask(b, "type add", "{\"name\":\"staff\"}"));
	json_decref(bench_ask(b, "profile generate",
	    "{\"type\":\"staff\",\"count\":3}"));
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, spoil, NULL),
	    0);
	bench_get(b, "order new", order, "iccid", iccid, sizeof(iccid));
	CU_ASSERT_EQUAL(store_profile_get(b->c.db, TENANT_DEFAULT, iccid, &p),
	    0);
	CU_ASSERT_TRUE(p.checked);
	profile_free(&p);
	CU_ASSERT_EQUAL(store_write(b->c.store, STORE_DURABLE, spoil, plmn),
	    0);
	bench_refused(b, "order new", order, DPE_RANGE, "EF.IMSI is 999700");
	o = bench_ask(b, "order list", "{}");
	CU_ASSERT_EQUAL(json_array_size(json_object_get(o, "items")), 1);
	json_decref(o);
	bench_free(b);
}

const struct unit_case	unit_fits[] = {
	UNIT_CASE(import_fits_type),
	UNIT_CASE(order_looks_first)
};
const size_t	unit_fits_n = NELEM(unit_fits);
