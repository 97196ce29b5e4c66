/* SPDX-License-Identifier: Apache-2.0 */
/* The writers of the file for the network: golden bytes, and odd values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/hss/hss.h"
#include "server/saip/facts.h"
#include "server/saip/path.h"
#include "tests/unit/unit.h"

/* By the octets of the card, fixed. */
static const struct {
	enum saip_field	 field;
	const char	*hex;
} fixed[] = {
	{ SAIP_ICCID_HEADER, "89999010000000000014" },
	{ SAIP_ICCID_EF, "98990901000000000041" },
	{ SAIP_IMSI, "080910101032547698" },
	{ SAIP_ACC, "0200" },
	{ SAIP_K, "465B5CE8B199B49FAA5F0A2EE238A6BC" },
	{ SAIP_OPC, "CD63CB71954A9F4E48A5994E37A02BAF" },
	{ SAIP_PIN1, "31323334FFFFFFFF" },
	{ SAIP_PIN2, "35363738FFFFFFFF" },
	{ SAIP_PUK1, "3131313131313131" },
	{ SAIP_PUK2, "3232323232323232" },
	{ SAIP_ADM1, "3837363534333231" },
	{ SAIP_OTA_ENC, "000102030405060708090A0B0C0D0E0F" },
	{ SAIP_OTA_MAC, "101112131415161718191A1B1C1D1E1F" },
	{ SAIP_OTA_DEK, "202122232425262728292A2B2C2D2E2F" }
};

static void
set(struct hss_row *row, enum saip_field f, const char *hex)
{
	struct buf	 b = { 0 };

	unit_hex(hex, &b);
	CU_ASSERT_EQUAL(hss_field_set(row, f, buf_slice(&b)), 0);
	buf_free(&b);
}

static void
row_fixed(struct hss_row *row)
{
	size_t	 i;

	memset(row, 0, sizeof(*row));
	for (i = 0; i < NELEM(fixed); i++)
		set(row, fixed[i].field, fixed[i].hex);
	hss_own_set(row, HSS_ALGORITHM, "milenage");
	hss_own_set(row, HSS_AMF, "8000");
	hss_own_set(row, HSS_SQN, "000000000000");
	hss_own_set(row, HSS_PLMN, "00101");
	hss_own_set(row, HSS_TYPE, "staff");
	hss_own_set(row, HSS_STATE, "available");
	hss_own_set(row, HSS_SOURCE, "template");
}

static void
write_all(struct hss_file *f, struct hss_row *row, struct buf *out)
{
	struct why	 why = { "" };

	if (f->format->head != NULL)
		f->format->head(f, out);
	CU_ASSERT_EQUAL(f->format->row(f, row, out, &why), 0);
	if (f->format->tail != NULL)
		f->format->tail(f, out);
}

static void
golden(const char *format, const char *columns, const char *apn,
    const char *name)
{
	struct hss_file	 f;
	struct hss_row	 row;
	struct buf	 got = { 0 }, want = { 0 };

	row_fixed(&row);
	CU_ASSERT_EQUAL_FATAL(hss_file_begin(&f, format, columns, apn, NULL),
	    0);
	write_all(&f, &row, &got);
	unit_vec("hss.txt", name, &want);
	unit_same(name, buf_slice(&got), buf_slice(&want));
	if (!slice_eq(buf_slice(&got), buf_slice(&want)))
		printf("# %s\n", buf_cstr(&got));
	hss_file_end(&f);
	hss_row_free(&row);
	buf_free(&got);
	buf_free(&want);
}

static void
formats_are_golden(void)
{
	golden("csv", "iccid,imsi,ki,opc,algorithm,amf,sqn,acc,adm1,pin1,"
	    "puk1,pin2,puk2,ota-enc,ota-mac,ota-dek,type,state,eid,source",
	    NULL, "csv");
	golden("csv", "pin_adm,k,plmn", NULL, "csv-columns");
	golden("open5gs", NULL, NULL, "open5gs");
	golden("osmo-hlr", NULL, NULL, "osmo-hlr");
	golden("free5gc", NULL, "iot.example", "free5gc");
}

/* Whatever stands in a cell stays one cell, and one text. */
static void
odd_values_are_escaped(void)
{
	struct hss_file	 f;
	struct hss_row	 row;
	struct buf	 out = { 0 };

	row_fixed(&row);
	hss_own_set(&row, HSS_TYPE, "a,b");
	hss_own_set(&row, HSS_EID, "say \"x\"\r\n");
	hss_own_set(&row, HSS_STATE, " y");
	CU_ASSERT_EQUAL_FATAL(hss_file_begin(&f, "csv", "type,eid,state",
	    NULL, NULL), 0);
	write_all(&f, &row, &out);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out), "type,eid,state\n"
	    "\"a,b\",\"say \"\"x\"\"\r\n\",\" y\"\n");
	hss_file_end(&f);
	buf_cut(&out, 0);
	hss_json_text(&out, "q\"b\\c\td\n\x7f\x01/");
	CU_ASSERT_STRING_EQUAL(buf_cstr(&out),
	    "\"q\\\"b\\\\c\\u0009d\\u000a\\u007f\\u0001/\"");
	hss_row_free(&row);
	buf_free(&out);
}

static void
refused(const char *format, const char *columns, const char *apn,
    const char *part)
{
	struct hss_file	 f;
	struct why	 why = { "" };

	CU_ASSERT_EQUAL(hss_file_begin(&f, format, columns, apn, &why),
	    DPE_USAGE);
	if (strstr(why.text, part) == NULL)
		printf("# %s\n", why.text);
	CU_ASSERT_PTR_NOT_NULL(strstr(why.text, part));
	hss_file_end(&f);
}

static void
files_are_checked(void)
{
	char	 long_apn[102];

	refused("xml", NULL, NULL, "format");
	refused("csv", "iccid,nonsense", NULL, "nonsense");
	refused("csv", "k,ki", NULL, "twice");
	refused("csv", ",,", NULL, "none");
	refused("open5gs", "iccid", NULL, "only with csv");
	refused("open5gs", NULL, "a\"b", "apn");
	refused("free5gc", NULL, "", "apn");
	memset(long_apn, 'a', 101);
	long_apn[101] = '\0';
	refused("free5gc", NULL, long_apn, "apn");
}

/* What those databases cannot do is said, and not written wrongly. */
static void
only_milenage(void)
{
	static const char *const names[] = { "open5gs", "osmo-hlr",
	    "free5gc" };
	struct hss_file	 f;
	struct hss_row	 row;
	struct buf	 out = { 0 };
	struct why	 why;
	size_t		 i;

	for (i = 0; i < NELEM(names); i++) {
		row_fixed(&row);
		CU_ASSERT_EQUAL_FATAL(hss_file_begin(&f, names[i], NULL, NULL,
		    NULL), 0);
		hss_own_set(&row, HSS_ALGORITHM, "tuak");
		CU_ASSERT_EQUAL(f.format->row(&f, &row, &out, &why),
		    DPE_UNSUPPORTED);
		CU_ASSERT_PTR_NOT_NULL(strstr(why.text, "tuak"));
		hss_own_set(&row, HSS_ALGORITHM, "milenage");
		set(&row, SAIP_OPC, "00");
		CU_ASSERT_EQUAL(f.format->row(&f, &row, &out, &why),
		    DPE_UNSUPPORTED);
		CU_ASSERT_EQUAL(out.len, 0);
		hss_file_end(&f);
		hss_row_free(&row);
	}
	buf_free(&out);
}

/* Digits of a card, and what only looks like them. */
static void
fields_are_read(void)
{
	static const struct {
		enum saip_field	 field;
		const char	*hex, *text;	/* NULL: refused */
	} t[] = {
		{ SAIP_IMSI, "080910101032547698", "001010123456789" },
		{ SAIP_IMSI, "0801101032547698FF", NULL },
		{ SAIP_IMSI, "07011010325476F8FF", "001012345678" },
		{ SAIP_IMSI, "080110103254769F", NULL },
		{ SAIP_IMSI, "04011010F2", "001012" },
		{ SAIP_IMSI, "09", NULL },
		{ SAIP_IMSI, "0809101010325476A8", NULL },
		{ SAIP_ICCID_EF, "9899", NULL },
		{ SAIP_PIN1, "30303030FFFFFFFF", "0000" },
		{ SAIP_PIN1, "FFFFFFFFFFFFFFFF", "FFFFFFFFFFFFFFFF" },
		{ SAIP_ADM1, "3031FF3031FFFFFF", "3031FF3031FFFFFF" },
		{ SAIP_ADM1, "0102030405060708", "0102030405060708" },
		{ SAIP_K, "00FF", "00FF" }
	};
	struct hss_row	 row;
	struct buf	 b = { 0 };
	size_t		 i;
	int		 r;

	memset(&row, 0, sizeof(row));
	for (i = 0; i < NELEM(t); i++) {
		buf_cut(&b, 0);
		unit_hex(t[i].hex, &b);
		r = hss_field_set(&row, t[i].field, buf_slice(&b));
		if ((r == 0) != (t[i].text != NULL) || (r == 0 &&
		    strcmp(hss_field(&row, t[i].field), t[i].text) != 0)) {
			printf("# %s: %d %s\n", t[i].hex, r,
			    hss_field(&row, t[i].field));
			CU_FAIL("read as something else");
		}
	}
	hss_row_free(&row);
	buf_free(&b);
}

/* As people write it, to the card and back again. */
static void
fields_come_back(void)
{
	static const char *const t[][2] = {
		{ "iccid", "8999901000000000004" }, { "iccid",
		"89999010000000000012" }, { "imsi", "310260123456789" },
		{ "imsi", "00101012345678" }, { "acc", "0400" },
		{ "k", "465B5CE8B199B49FAA5F0A2EE238A6BC" },
		{ "pin1", "1234" }, { "puk1", "12345678" },
		{ "adm1", "0102030405060708" }, { "msisdn", "15551234567" },
		{ "msisdn", "4915112345678" }, { "smsc", "491710760000" },
		{ "spn", "Example Mobile 5" }, { "gid1", "A1B2" },
		{ "impi", "a@ims.example.com" }, { "imsi2", "310260123456780" },
		{ "app-data", "00FF01" }
	};
	struct hss_row	 row;
	struct buf	 b = { 0 };
	struct why	 why = { "" };
	enum saip_field	 f;
	size_t		 i;

	memset(&row, 0, sizeof(row));
	for (i = 0; i < NELEM(t); i++) {
		f = saip_field_find(t[i][0]);
		CU_ASSERT_FATAL(f < SAIP_FIELDS);
		buf_cut(&b, 0);
		CU_ASSERT_EQUAL(saip_field_parse(f, t[i][1], &b, &why), 0);
		CU_ASSERT_EQUAL(hss_field_set(&row, f, buf_slice(&b)), 0);
		if (strcmp(hss_field(&row, f), t[i][1]) != 0) {
			printf("# %s: %s, not %s %s\n", t[i][0],
			    hss_field(&row, f), t[i][1], why.text);
			CU_FAIL("something else came back");
		}
	}
	/* A card without a number, a name that needs a table. */
	set(&row, SAIP_MSISDN, "FFFFFFFFFFFFFFFFFFFFFFFFFFFF");
	CU_ASSERT_STRING_EQUAL(hss_field(&row, SAIP_MSISDN), "");
	set(&row, SAIP_SPN, "0080004100FFFFFFFFFFFFFFFFFFFFFFFF");
	CU_ASSERT_STRING_EQUAL(hss_field(&row, SAIP_SPN),
	    "0080004100FFFFFFFFFFFFFFFFFFFFFFFF");
	hss_row_free(&row);
	buf_free(&b);
}

/* The keys of TUAK stand where one looks for keys. */
static void
longer_keys(void)
{
	static const char	 k[] = "000102030405060708090A0B0C0D0E0F"
	    "101112131415161718191A1B1C1D1E1F";
	struct hss_row		 row;

	memset(&row, 0, sizeof(row));
	set(&row, SAIP_K256, k);
	set(&row, SAIP_OPC, "CD63CB71954A9F4E48A5994E37A02BAF");
	set(&row, SAIP_TOPC, k);
	hss_row_keys(&row);
	CU_ASSERT_STRING_EQUAL(hss_field(&row, SAIP_K), k);
	CU_ASSERT_STRING_EQUAL(hss_field(&row, SAIP_OPC),
	    "CD63CB71954A9F4E48A5994E37A02BAF");
	hss_row_free(&row);
}

/* A subscriber with a number has it in every database. */
static void
numbers_are_told(void)
{
	static const struct {
		const char	*format, *part;
	} t[] = {
		{ "open5gs", "\"msisdn\":[\"15551234567\"]" },
		{ "osmo-hlr", "\nsubscriber imsi 001010123456789 update msisdn "
		    "15551234567\n" },
		{ "free5gc", "\"gpsis\":[\"msisdn-15551234567\"]" }
	};
	struct hss_file	 f;
	struct hss_row	 row;
	struct buf	 out = { 0 };
	size_t		 i;

	for (i = 0; i < NELEM(t); i++) {
		row_fixed(&row);
		set(&row, SAIP_MSISDN, "07915155214365F7FFFFFFFFFFFF");
		CU_ASSERT_EQUAL_FATAL(hss_file_begin(&f, t[i].format, NULL,
		    NULL, NULL), 0);
		buf_cut(&out, 0);
		write_all(&f, &row, &out);
		CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&out), t[i].part));
		hss_file_end(&f);
		hss_row_free(&row);
	}
	buf_free(&out);
}

/* Of a package whose values were put in: each is found where it stands. */
static void
packages_are_read(void)
{
	struct saip_product	 product = { "x", "X", "310-260" };
	struct buf		 body = { 0 }, patch = { 0 }, values = { 0 };
	struct buf		 upp = { 0 };
	struct saip_facts	 facts;
	struct slice		 v;
	struct fs		 fs;
	size_t			 i, files = 0;

	CU_ASSERT_EQUAL_FATAL(saip_template("consumer", &product, &body,
	    &patch, NULL), 0);
	CU_ASSERT_EQUAL_FATAL(saip_values(&rnd_system, "8999901000000000004",
	    "310260123456789", &values), 0);
	CU_ASSERT_EQUAL_FATAL(saip_personalise(buf_slice(&body),
	    buf_slice(&patch), buf_slice(&values), &upp), 0);
	for (i = 0; i < NELEM(fixed); i++) {
		CU_ASSERT_EQUAL_FATAL(saip_path_first(buf_slice(&upp),
		    fixed[i].field, &v), 0);
		unit_same(saip_field_name(fixed[i].field), v,
		    saip_value(buf_slice(&values), fixed[i].field));
	}
	CU_ASSERT_EQUAL_FATAL(fs_read(buf_slice(&upp), &fs, NULL), 0);
	for (i = 0; i < NELEM(fixed); i++)
		if (hss_file_value(&fs, fixed[i].field, &v) == 0) {
			unit_same(saip_field_name(fixed[i].field), v,
			    saip_value(buf_slice(&values), fixed[i].field));
			files++;
		}
	CU_ASSERT_EQUAL(files, 3);
	fs_free(&fs);
	CU_ASSERT_EQUAL(hss_file_value(&fs, SAIP_IMSI, &v), DPE_NOTFOUND);
	CU_ASSERT_EQUAL(saip_facts(buf_slice(&upp), &facts), 0);
	CU_ASSERT_EQUAL(facts.algorithm, SAIP_MILENAGE);
	CU_ASSERT_EQUAL(facts.mnc_digits, 3);
	CU_ASSERT_TRUE(facts.sqn_zero);
	CU_ASSERT_EQUAL(saip_path_first(slice_of(upp.p, 900), SAIP_K, &v),
	    DPE_SYNTAX);
	CU_ASSERT_EQUAL(saip_facts(slice_of(upp.p, 900), &facts),
	    DPE_SYNTAX);
	CU_ASSERT_EQUAL(saip_path_first(slice_of(NULL, 0), SAIP_K, &v),
	    DPE_NOTFOUND);
	buf_free(&body);
	buf_free(&patch);
	buf_free(&values);
	buf_free(&upp);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(formats_are_golden),
		UNIT_CASE(odd_values_are_escaped),
		UNIT_CASE(files_are_checked),
		UNIT_CASE(only_milenage),
		UNIT_CASE(fields_are_read),
		UNIT_CASE(fields_come_back),
		UNIT_CASE(longer_keys),
		UNIT_CASE(numbers_are_told),
		UNIT_CASE(packages_are_read)
	};

	return unit_main("hss", cases, NELEM(cases));
}
