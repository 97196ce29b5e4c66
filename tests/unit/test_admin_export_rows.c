/* SPDX-License-Identifier: Apache-2.0 */
/* `export hss': rows are what the packages have, and of whole batches. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/hex.h"
#include "server/saip/path.h"
#include "server/vault.h"
#include "tests/unit/export_unit.h"

/* The package of a profile, as its own export gives it. */
static void
package(struct bench *b, const char *iccid, struct buf *upp)
{
	char	 in[80];
	json_t	*o;

	snprintf(in, sizeof(in), "{\"iccid\":\"%s\",\"upp\":true}", iccid);
	o = bench_ask(b, "profile export", in);
	buf_cut(upp, 0);
	CU_ASSERT_EQUAL_FATAL(base64_decode(slice_str(bench_text(o, "upp")),
	    upp), 0);
	json_decref(o);
}

/* Keys in the row of this ICCID are those of the package. */
static void
row_is_of(struct buf *csv, const char *iccid, const struct buf *upp,
    const char *source)
{
	static const enum saip_field fields[] = { SAIP_K, SAIP_OPC,
	    SAIP_OTA_ENC };
	struct buf	 want = { 0 };
	struct slice	 v;
	size_t		 i;

	buf_addf(&want, "%s", iccid);
	for (i = 0; i < NELEM(fields); i++) {
		CU_ASSERT_EQUAL_FATAL(saip_path_first(buf_slice(upp),
		    fields[i], &v), 0);
		buf_add_str(&want, ",");
		hex_add(&want, v);
	}
	buf_addf(&want, ",milenage,%s\n", source);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(csv), buf_cstr(&want)));
	buf_free(&want);
}

static void
exports_are_the_packages(void)
{
	struct bench	*b = export_stock(false, NULL);
	struct bench	*other = export_stock(false, NULL);
	struct buf	 upp = { 0 }, in = { 0 }, plain = { 0 };
	struct got	 g;

	/* One that came as a package, from another server. */
	json_decref(bench_ask(other, "profile generate", "{\"type\":\"staff\""
	    ",\"count\":1,\"iccid\":\"8945000000000000008\","
	    "\"imsi\":\"999700000012345\"}"));
	package(other, "8945000000000000008", &upp);
	buf_add_str(&in, "{\"type\":\"staff\",\"upp\":\"");
	base64_add(&in, buf_slice(&upp));
	buf_add_str(&in, "\"}");
	json_decref(bench_ask(b, "profile import", buf_cstr(&in)));
	export_ask(b, "\"format\":\"csv\","
	    "\"columns\":\"iccid,k,opc,ota-enc,algorithm,source\"", true, &g);
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(g.out, "count")),
	    4);
	CU_ASSERT_PTR_NULL(memmem(g.octets.p, g.octets.len, FIRST, 19));
	export_open(&g, &plain);
	row_is_of(&plain, "8945000000000000008", &upp, "package");
	package(b, FIRST, &upp);
	row_is_of(&plain, FIRST, &upp, "template");
	package(b, THIRD, &upp);
	row_is_of(&plain, THIRD, &upp, "template");
	export_got_free(&g);
	buf_free(&upp);
	buf_free(&in);
	buf_free(&plain);
	bench_free(b);
	bench_free(other);
}

/* As it came in before packages were looked through. */
struct odd {
	struct body	 body;
	struct profile	 p;
};

static int
odd_write(struct db *db, void *arg)
{
	struct odd	*o = arg;
	int		 r;

	memcpy(o->p.body, o->body.id, sizeof(o->p.body));
	r = store_body_add(db, TENANT_DEFAULT, &o->body);
	return r != 0 ? r : store_profile_add(db, TENANT_DEFAULT, &o->p, 1);
}

static void
odd_import(struct bench *b, const char *iccid, struct slice upp)
{
	struct odd	 o;

	memset(&o, 0, sizeof(o));
	snprintf(o.p.type, sizeof(o.p.type), "staff");
	snprintf(o.p.iccid, sizeof(o.p.iccid), "%s", iccid);
	CU_ASSERT_EQUAL_FATAL(vault_body_put(&b->c, upp, false, &o.body), 0);
	CU_ASSERT_EQUAL_FATAL(store_write(b->c.store, STORE_DURABLE,
	    odd_write, &o), 0);
	buf_free(&o.body.sealed);
}

/* A package whose IMSI is none yet is told without one. */
static void
exports_of_odd_packages(void)
{
	struct bench	*b = export_stock(false, NULL);
	struct bench	*other = export_stock(false, NULL);
	struct buf	 upp = { 0 }, plain = { 0 };
	struct slice	 v;
	struct got	 g;

	json_decref(bench_ask(other, "profile generate", "{\"type\":\"staff\""
	    ",\"count\":1,\"iccid\":\"8945000000000000008\","
	    "\"imsi\":\"999700000012345\"}"));
	package(other, "8945000000000000008", &upp);
	CU_ASSERT_EQUAL_FATAL(saip_path_first(buf_slice(&upp), SAIP_IMSI,
	    &v), 0);
	memset(upp.p + (v.p - upp.p), 0xff, v.len);
	odd_import(b, "8945000000000000008", buf_slice(&upp));
	export_ask(b, "\"format\":\"csv\",\"columns\":"
	    "\"iccid,imsi,acc,plmn\"", true,
	    &g);
	export_open(&g, &plain);
	CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&plain),
	    "8945000000000000008,,0020,\n"));
	export_got_free(&g);
	/* What an HSS cannot do without is missed. */
	export_ask(b, "\"format\":\"open5gs\"", true, &g);
	CU_ASSERT_EQUAL(g.r, DPE_UNSUPPORTED);
	CU_ASSERT_PTR_NOT_NULL(strstr(g.why.text, "8945000000000000008"));
	export_got_free(&g);
	buf_free(&upp);
	buf_free(&plain);
	bench_free(b);
	bench_free(other);
}

/* A batch is nobody's subscribers before it is complete. */
static void
exports_of_batches(void)
{
	struct bench	*b = export_stock(false, NULL);
	struct got	 g;
	char		 batch[80];
	int64_t		 id;
	json_t		*o;

	o = bench_ask(b, "batch start", "{\"type\":\"staff\",\"kind\":"
	    "\"generate\",\"total\":3,\"iccid\":\"8945000000000000008\","
	    "\"imsi\":\"999700000012345\"}");
	id = json_integer_value(json_object_get(o, "batch"));
	json_decref(o);
	snprintf(batch, sizeof(batch), "{\"batch\":%d}", (int)id);
	json_decref(bench_ask(b, "batch generate", batch));
	snprintf(batch, sizeof(batch), ",\"batch\":%d", (int)id);
	CU_ASSERT_EQUAL(export_lines(b, "", FIRST), 3);
	snprintf(batch, sizeof(batch), "\"format\":\"csv\",\"batch\":%d",
	    (int)id);
	export_ask(b, batch, true, &g);
	CU_ASSERT_EQUAL(g.r, DPE_STATE);
	export_got_free(&g);
	snprintf(batch, sizeof(batch), "{\"batch\":%d}", (int)id);
	json_decref(bench_ask(b, "batch finish", batch));
	snprintf(batch, sizeof(batch), ",\"batch\":%d", (int)id);
	CU_ASSERT_EQUAL(export_lines(b, batch, "8945000000000000008"), 3);
	CU_ASSERT_EQUAL(export_lines(b, "", FIRST), 6);
	json_decref(bench_ask(b, "type add", "{\"name\":\"other\"}"));
	export_ask(b, "\"format\":\"csv\",\"batch\":1,\"type\":\"other\"",
	    true, &g);
	CU_ASSERT_EQUAL(g.r, DPE_NOTFOUND);
	export_got_free(&g);
	bench_free(b);
}

const struct unit_case	unit_export_rows[] = {
	UNIT_CASE(exports_are_the_packages),
	UNIT_CASE(exports_of_odd_packages),
	UNIT_CASE(exports_of_batches)
};
const size_t	unit_export_rows_n = NELEM(unit_export_rows);
