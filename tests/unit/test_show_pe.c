/* SPDX-License-Identifier: Apache-2.0 */
/* Elements in words. */
#include <stdio.h>
#include <string.h>

#include "asn1/pe.h"
#include "base/der.h"
#include "base/jfield.h"
#include "server/saip/saip.h"
#include "server/saip/show.h"
#include "tests/unit/test_show.h"

#define HIDDEN	"********"

/* The only element of a vector, its number and offset left out. */
static void
show(const char *vec, bool keys, struct buf *text)
{
	struct buf	 b = {0};
	json_t		*out, *o;

	unit_vec("asn1/pe.txt", vec, &b);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&b), keys, &out), 0);
	o = json_array_get(json_object_get(out, "elements"), 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(o);
	json_object_del(o, "number");
	json_object_del(o, "offset");
	buf_cut(text, 0);
	json_write(o, text);
	buf_cstr(text);
	json_decref(out);
	buf_free(&b);
}

static const struct { const char *vec, *json; } golden[] = {
	{ "gfm_writes",
	    "{\"element\":\"genericFileManagement\",\"bytes\":62,\"id\":24,"
	    "\"mandated\":true,\"members\":{\"writes_to\":[{\"path\":"
	    "\"7FD06F07\",\"bytes\":3},{\"path\":\"2F05\",\"bytes\":2}]},"
	    "\"files\":[{\"path\":\"\",\"name\":\"\",\"kind\":"
	    "\"transparent\",\"size\":4,\"faults\":[\"no identifier, or no "
	    "directory\"],\"hex\":\"BEEF\"}]}" },
	{ "header_21",
	    "{\"element\":\"header\",\"bytes\":53,\"members\":{\"version"
	    "\":\"2.1\",\"type\":\"Example\",\"iccid\":\"8999901234567890"
	    "1234\",\"mandatory_services\":[\"usim\",\"milenage\"],\"mand"
	    "atory_templates\":[{\"oid\":\"2.23.143.1.2.1\",\"name\":\"mf"
	    "\"},{\"oid\":\"2.23.143.1.2.4\",\"name\":\"usim\"}]}}" },
	{ "pins",
	    "{\"element\":\"pinCodes\",\"bytes\":53,\"id\":4,\"mandated\""
	    ":true,\"members\":{\"pins\":[{\"reference\":1,\"name\":\"PIN"
	    "1\",\"value\":\"********\",\"unblocked_by\":\"PUK1\",\"enabl"
	    "ed\":false,\"changeable\":true,\"switchable\":true,\"tries\""
	    ":3,\"left\":3},{\"reference\":129,\"name\":\"PIN2\",\"value"
	    "\":\"********\",\"enabled\":true,\"changeable\":true,\"switc"
	    "hable\":true,\"tries\":3,\"left\":3}]}}" },
	{ "puks",
	    "{\"element\":\"pukCodes\",\"bytes\":46,\"id\":3,\"mandated\""
	    ":true,\"members\":{\"puks\":[{\"reference\":1,\"name\":\"PUK"
	    "1\",\"value\":\"********\",\"tries\":10,\"left\":10},{\"refe"
	    "rence\":129,\"name\":\"PUK2\",\"value\":\"********\",\"tries"
	    "\":10,\"left\":10}]}}" },
	{ "aka",
	    "{\"element\":\"akaParameter\",\"bytes\":55,\"id\":7,\"mandat"
	    "ed\":true,\"members\":{\"algorithm\":\"Milenage\",\"algorith"
	    "m_id\":1,\"options\":\"01\",\"k\":\"********\",\"k_bits\":12"
	    "8,\"opc\":\"********\"}}" },
	{ "aka_tuak_all",
	    "{\"element\":\"akaParameter\",\"bytes\":467,\"id\":7,\"manda"
	    "ted\":true,\"members\":{\"algorithm\":\"TUAK\",\"algorithm_i"
	    "d\":2,\"options\":\"21\",\"k\":\"********\",\"k_bits\":256,"
	    "\"topc\":\"********\",\"rotation_constants\":\"********\",\""
	    "xoring_constants\":\"********\",\"counter_maximum\":\"00FFFF"
	    "\",\"keccak_iterations\":3,\"sqn_options\":\"0E\",\"sqn_delt"
	    "a\":\"000010000000\",\"sqn_age_limit\":\"000020000000\",\"sq"
	    "n_init\":\"000000000000\"}}" },
	{ "aka_mapped",
	    "{\"element\":\"akaParameter\",\"bytes\":30,\"id\":8,\"mandat"
	    "ed\":true,\"members\":{\"mapping_options\":\"06\",\"mapped_t"
	    "o\":\"A0000000871002FF49FF0589\"}}" },
	{ "cdma",
	    "{\"element\":\"cdmaParameter\",\"bytes\":53,\"id\":16,\"mand"
	    "ated\":true,\"members\":{\"authentication_key\":\"********\""
	    ",\"ssd\":\"********\",\"hrpd_access\":\"********\",\"simple_"
	    "ip\":\"********\",\"mobile_ip\":\"********\"}}" },
	{ "security_domain",
	    "{\"element\":\"securityDomain\",\"bytes\":195,\"id\":26,\"ma"
	    "ndated\":true,\"members\":{\"aid\":\"A000000151000000\",\"pa"
	    "ckage\":\"A0000001515350\",\"class\":\"A000000151535041\",\""
	    "privileges\":\"82DC00\",\"life_cycle\":\"0F\",\"parameters\""
	    ":\"81028000\",\"toolkit\":\"01000000000100\",\"keys\":[{\"ve"
	    "rsion\":1,\"id\":1,\"usage\":\"ENC\",\"access\":\"00\",\"cou"
	    "nter\":\"0000000000\",\"type\":\"AES\",\"bits\":128,\"value"
	    "\":\"********\",\"mac_bytes\":8},{\"version\":1,\"id\":2,\"u"
	    "sage\":\"MAC\",\"access\":\"00\",\"counter\":\"0000000000\","
	    "\"type\":\"AES\",\"bits\":128,\"value\":\"********\",\"mac_b"
	    "ytes\":8}],\"personalisation\":[{\"bytes\":3,\"data\":\"0070"
	    "0A\"},{\"bytes\":2,\"data\":\"0066\"}],\"restrict\":\"01\","
	    "\"contactless\":\"02\",\"cat_tp_max_sdu\":1024,\"cat_tp_max_"
	    "pdu\":1024}}" },
	{ "rfm",
	    "{\"element\":\"rfm\",\"bytes\":74,\"id\":27,\"mandated\":tru"
	    "e,\"members\":{\"aid\":\"A00000055910100001\",\"security_dom"
	    "ain\":\"A000000151000000\",\"tars\":[\"B00140\",\"B00120\"],"
	    "\"minimum_security\":\"16\",\"access_domain\":\"00\",\"admin"
	    "_access_domain\":\"0203\",\"adf\":\"A0000000871002FF49FF0589"
	    "\",\"adf_access_domain\":\"00\",\"adf_admin_access_domain\":"
	    "\"00\"}}" },
	{ "application",
	    "{\"element\":\"application\",\"bytes\":241,\"id\":29,\"manda"
	    "ted\":false,\"members\":{\"load\":{\"package\":\"A0000005590"
	    "1\",\"security_domain\":\"A000000151000000\",\"code_limit\":"
	    "\"1000\",\"ram_limit\":\"0100\",\"data_limit\":\"0200\",\"ha"
	    "sh\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"code_byt"
	    "es\":7},\"instances\":[{\"aid\":\"A000000559010101\",\"packa"
	    "ge\":\"A00000055901\",\"class\":\"A0000005590101\",\"securit"
	    "y_domain\":\"A000000151000000\",\"privileges\":\"000000\",\""
	    "life_cycle\":\"07\",\"parameters\":\"\",\"system_parameters"
	    "\":{\"ram_quota\":\"0100\",\"data_quota\":\"0200\",\"global_"
	    "services\":\"01\",\"implicit_selection\":\"02\",\"ram_reserv"
	    "ed\":\"0100\",\"data_reserved\":\"0100\",\"sim_toolkit\":\"0"
	    "3\",\"contactless\":\"04\",\"contactless_protocol\":\"05\","
	    "\"user_interaction\":\"06\",\"ram_granted\":\"0100\",\"data_"
	    "granted\":\"0100\"},\"toolkit\":\"0100000000\",\"access\":\""
	    "00\",\"admin_access\":\"00\",\"process_data\":[{\"bytes\":8,"
	    "\"data\":\"********\"},{\"bytes\":0,\"data\":\"********\"}],"
	    "\"provider\":\"010203\"},{\"aid\":\"A000000559010102\",\"pac"
	    "kage\":\"A00000055901\",\"class\":\"A0000005590101\",\"privi"
	    "leges\":\"\",\"parameters\":\"********\"}]}}" },
	{ "non_standard",
	    "{\"element\":\"nonStandard\",\"bytes\":20,\"id\":40,\"mandat"
	    "ed\":true,\"members\":{\"issuer\":\"1.3.6.1.4.1\",\"content_"
	    "bytes\":2,\"content\":\"********\"}}" },
	{ "end",
	    "{\"element\":\"end\",\"bytes\":9,\"id\":31,\"mandated\":true"
	    "}" },
	{ "unknown_rfu",
	    "{\"element\":\"rfu1\",\"bytes\":12,\"id\":33,\"mandated\":tr"
	    "ue,\"unknown\":[{\"tag\":\"AB\",\"bytes\":12,\"data\":\"****"
	    "****\"}]}" },
	{ "unknown_element",
	    "{\"element\":\"not known\",\"bytes\":10,\"unknown\":[{\"tag"
	    "\":\"BF22\",\"bytes\":10,\"data\":\"********\"}]}" },
	{ "unknown_in_key",
	    "{\"element\":\"securityDomain\",\"bytes\":95,\"id\":26,\"man"
	    "dated\":true,\"members\":{\"aid\":\"A000000151000000\",\"pac"
	    "kage\":\"A0000001515350\",\"class\":\"A000000151535041\",\"p"
	    "rivileges\":\"82DC00\",\"parameters\":\"\",\"keys\":[{\"vers"
	    "ion\":1,\"id\":1,\"usage\":\"ENC\",\"type\":\"AES\",\"bits\""
	    ":128,\"value\":\"********\"}]},\"unknown\":[{\"tag\":\"D0\","
	    "\"bytes\":2,\"data\":\"********\"},{\"tag\":\"88\",\"bytes\""
	    ":3,\"data\":\"********\"},{\"tag\":\"97\",\"bytes\":2,\"data"
	    "\":\"********\"},{\"tag\":\"86\",\"bytes\":3,\"data\":\"****"
	    "****\"}]}" }
};

static void
members(void)
{
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < NELEM(golden); i++) {
		show(golden[i].vec, false, &b);
		if (strcmp(buf_cstr(&b), golden[i].json) != 0)
			printf("# %s\n#  is %s\n# not %s\n", golden[i].vec,
			    buf_cstr(&b), golden[i].json);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), golden[i].json);
	}
	buf_free(&b);
}

/* What is hidden, by its value, is shown with keys and only then. */
static void
secrets(void)
{
	static const struct { const char *vec, *secret; } list[] = {
		{ "pins", "\"value\":\"1234\"" },
		{ "pins", "\"value\":\"9999\"" },
		{ "puks", "\"value\":\"11111111\"" },
		{ "aka", "\"k\":\"465B5CE8B199B49FAA5F0A2EE238A6BC\"" },
		{ "aka", "\"opc\":\"CD63CB71954A9F4E48A5994E37A02BAF\"" },
		{ "aka_tuak_all", "\"topc\":\"CDCDCDCDCDCDCDCDCDCDCDCDCDCD"
		    "CDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCDCD\"" },
		{ "aka_tuak_all", "\"rotation_constants\":\"4000204060\"" },
		{ "cdma", "\"authentication_key\":\"0102030405060708\"" },
		{ "cdma", "\"mobile_ip\":\"0001020304\"" },
		{ "security_domain", "\"value\":"
		    "\"5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A5A\"" },
		{ "application", "\"data\":\"80E2880003010203\"" },
		{ "application", "\"parameters\":\"00\"" },
		{ "non_standard", "\"content\":\"0102\"" },
		{ "header_33", "\"connectivity\":\"3500\"" },
		{ "unknown_in_key", "\"data\":\"880101\"" }
	};
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < NELEM(list); i++) {
		show(list[i].vec, false, &b);
		CU_ASSERT_PTR_NULL(strstr(buf_cstr(&b), list[i].secret));
		CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&b), HIDDEN));
		show(list[i].vec, true, &b);
		CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&b), list[i].secret));
		CU_ASSERT_PTR_NULL(strstr(buf_cstr(&b), HIDDEN));
	}
	buf_free(&b);
}

static const char *
text_of(const json_t *o, const char *key)
{
	const char	*s = json_string_value(json_object_get(o, key));

	return s != NULL ? s : "";
}

/* What cannot be read is told, and all before and after it is shown. */
static void
broken(void)
{
	static const struct { const char *hex, *fault; size_t n; } bad[] = {
		{ "", "an empty package at offset 0", 0 },
		{ "AA07A0058000810102AA", "no whole TLV at offset 9", 1 },
		{ "AA00AA07A0058000810102", "an element that does not parse"
		    " at offset 0", 2 },
		{ "0401AA", "an element that does not parse at offset 0", 1 }
	};
	struct buf	 b = {0};
	json_t		*out, *list;
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		buf_cut(&b, 0);
		unit_hex(bad[i].hex, &b);
		CU_ASSERT_EQUAL(saip_show(buf_slice(&b), false, &out),
		    DPE_SYNTAX);
		CU_ASSERT_STRING_EQUAL(text_of(out, "fault"), bad[i].fault);
		list = json_object_get(out, "elements");
		CU_ASSERT_EQUAL(json_array_size(list), bad[i].n);
		json_decref(out);
	}
	buf_free(&b);
}

/* An INTEGER with an octet too many: known, and not as it should be. */
static void
not_canonical(void)
{
	struct buf	 b = {0};
	json_t		*out, *o;

	unit_hex("AA08A006800081020001AA07A0058000810102", &b);
	CU_ASSERT_EQUAL(saip_show(buf_slice(&b), false, &out), 0);
	o = json_array_get(json_object_get(out, "elements"), 0);
	CU_ASSERT_TRUE(json_is_false(json_object_get(o, "canonical")));
	CU_ASSERT_EQUAL(json_integer_value(json_object_get(o, "id")), 1);
	o = json_array_get(json_object_get(out, "elements"), 1);
	CU_ASSERT_PTR_NULL(json_object_get(o, "canonical"));
	json_decref(out);
	buf_free(&b);
}

static void
same_again(const char *name, struct slice upp)
{
	struct buf	 b = {0};
	struct der	 d;
	struct pe	 pe;

	while (upp.len > 0) {
		CU_ASSERT_EQUAL_FATAL(der_next(&upp, &d), 0);
		CU_ASSERT_EQUAL(pe_decode(d.raw, &pe), 0);
		CU_ASSERT_EQUAL(pe.unknown.n, 0);
		CU_ASSERT_NOT_EQUAL(pe.kind, PE_KIND_NEW);
		buf_cut(&b, 0);
		CU_ASSERT_EQUAL(pe_encode(&pe, &b), 0);
		unit_same(name, buf_slice(&b), d.raw);
		pe_free(&pe);
	}
	buf_free(&b);
}

/* All that our templates write is what the decoder reads, octet by octet. */
static void
templates(void)
{
	static const struct saip_product product = {
		.profile_type = "test", .spn = "Example", .plmn = "999-70"
	};
	struct buf		 upp = {0}, map = {0};
	size_t			 i;

	for (i = 0; saip_templates[i] != NULL; i++) {
		CU_ASSERT_EQUAL_FATAL(saip_template(saip_templates[i],
		    &product, &upp, &map, NULL), 0);
		same_again(saip_templates[i], buf_slice(&upp));
		buf_cut(&upp, 0);
		buf_cut(&map, 0);
	}
	buf_free(&upp);
	buf_free(&map);
}

const struct unit_case	test_show_pe_cases[] = {
	UNIT_CASE(templates),
	UNIT_CASE(members),
	UNIT_CASE(secrets),
	UNIT_CASE(broken),
	UNIT_CASE(not_canonical),
};
const size_t	test_show_pe_n = NELEM(test_show_pe_cases);
