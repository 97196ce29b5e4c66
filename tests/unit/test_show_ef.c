/* SPDX-License-Identifier: Apache-2.0 */
/* What files hold, in words: golden values for every interpreter. */
#include <stdio.h>
#include <string.h>

#include "base/jfield.h"
#include "server/saip/ef.h"
#include "tests/unit/test_show.h"

struct golden {
	const char	*name;
	size_t		 record;
	const char	*hex;
	const char	*json;		/* all facts, keys hidden */
};

static void
facts(const struct golden *g, bool keys, struct buf *text)
{
	struct buf	 data = {0};
	struct ef_file	 f = { g->name, { NULL, 0 }, g->record, keys };
	json_t		*o = json_object();

	unit_hex(g->hex, &data);
	f.data = buf_slice(&data);
	ef_facts(&f, o);
	json_write(o, text);
	json_decref(o);
	buf_free(&data);
}

static void
check(const struct golden *g, size_t n)
{
	struct buf	 b = {0};
	size_t		 i;

	for (i = 0; i < n; i++) {
		buf_cut(&b, 0);
		facts(&g[i], false, &b);
		if (strcmp(buf_cstr(&b), g[i].json) != 0)
			printf("# %s %s\n#  is %s\n# not %s\n", g[i].name,
			    g[i].hex, buf_cstr(&b), g[i].json);
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), g[i].json);
	}
	buf_free(&b);
}

static void
subscriber(void)
{
	static const struct golden	 g[] = {
		{ "EF.ICCID", 0, "989910325476981032F4",
		    "{\"content\":{\"iccid\":\"8999012345678901234\"}}" },
		{ "EF.IMSI", 0, "082926010000000021",
		    "{\"content\":{\"imsi\":\"262100000000012\"}}" },
		{ "EF.FDN", 20, "4F4B", "{\"content\":[{\"record\":1,"
		    "\"hex\":\"4F4B\"}]}" },
		/* 14 digits: the parity nibble says so */
		{ "EF.IMSI", 0, "0821160000000000F1",
		    "{\"content\":{\"imsi\":\"26100000000001\"}}" },
		{ "EF.IMSI", 0, "00",  "{\"hex\":\"00\"}" },
		{ "EF.ACC", 0, "8041",
		    "{\"content\":{\"access_classes\":[0,6,15]}}" },
		{ "EF.AD", 0, "80000103", "{\"content\":{\"mode\":"
		    "\"type approval\",\"ciphering_indicator\":true,"
		    "\"mnc_digits\":3}}" },
		{ "EF.AD", 0, "000000", "{\"content\":{\"mode\":\"normal\","
		    "\"ciphering_indicator\":false}}" },
		{ "EF.MSISDN", 16, "4F4BFFFF06919471000021FFFFFFFFFFFFFF"
		    "FFFFFFFFFFFFFFFFFFFFFFFFFFFF",
		    "{\"content\":[{\"record\":1,\"hex\":\"4F4BFFFF0691947100"
		    "0021FFFFFFFFFF\"}]}" },
		{ "EF.MSISDN", 18, "4F4BFFFF06919471000021FFFFFFFFFFFFFF"
		    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
		    "{\"content\":[{\"record\":1,\"number\":\"+4917000012\","
		    "\"name\":\"OK\"}]}" },
		{ "EF.FDN", 14, "0381214323FFFFFFFFFFFFFFFFFF", "{\"content\":"
		    "[{\"record\":1,\"number\":\"1234\"}]}" },
		{ "EF.LI", 0, "6465656EFFFF",
		    "{\"content\":{\"languages\":[\"de\",\"en\"]}}" },
		{ "EF.PL", 0, "FFFF", "{\"empty\":true}" },
		{ "EF.PL", 0, "1234", "{\"hex\":\"1234\"}" }
	};

	check(g, NELEM(g));
}

static void
names(void)
{
	static const struct golden	 g[] = {
		{ "EF.SPN", 0, "024578616D706C65FFFFFFFFFFFFFFFFFF",
		    "{\"content\":{\"spn\":\"Example\","
		    "\"network_shown_at_home\":false,"
		    "\"spn_shown_abroad\":false}}" },
		{ "EF.SPN", 0, "0180006100E90434FFFF", "{\"content\":{"
		    "\"spn\":\"a\u00e9\u0434\",\"network_shown_at_home\":"
		    "true,\"spn_shown_abroad\":true}}" },
		/* 81: three characters, base 0400 / 128; 82: base as is */
		{ "EF.SPN", 0, "00810308B441B5", "{\"content\":{\"spn\":"
		    "\"\u0434A\u0435\",\"network_shown_at_home\":false,"
		    "\"spn_shown_abroad\":true}}" },
		{ "EF.SPN", 0, "00820204308441", "{\"content\":{\"spn\":"
		    "\"\u0434A\",\"network_shown_at_home\":false,"
		    "\"spn_shown_abroad\":true}}" },
		/* all of the alphabet is text: @, euro, a bracket, sigma */
		{ "EF.SPN", 0, "00001B651B3C18", "{\"content\":{\"spn\":"
		    "\"@\u20ac[\u03a3\",\"network_shown_at_home\":false,"
		    "\"spn_shown_abroad\":true}}" },
		{ "EF.PNN", 12, "430483C874084503900061FF",
		    "{\"content\":[{\"record\":1,\"name\":\"Hi!\","
		    "\"short\":\"a\"}]}" },
		{ "EF.OPL", 8, "62F2200001FFFE01" "D2DDDD0000000000",
		    "{\"content\":[{\"record\":1,\"network\":\"262-02\","
		    "\"area_from\":\"0001\",\"area_to\":\"FFFE\","
		    "\"pnn_record\":1},{\"record\":2,\"network\":\"D2DDDD\","
		    "\"area_from\":\"0000\",\"area_to\":\"0000\","
		    "\"pnn_record\":0}]}" },
		{ "EF.SPDI", 0, "A308800662F22000F110FF", "{\"content\":"
		    "{\"networks\":[\"262-02\",\"001-01\"]}}" },
		{ "EF.ECC", 4, "11F2FF00" "19F1FF1F" "FFFFFFFF",
		    "{\"content\":[{\"record\":1,\"number\":\"112\","
		    "\"services\":[]},{\"record\":2,\"number\":\"911\","
		    "\"services\":[\"police\",\"ambulance\",\"fire brigade\","
		    "\"marine guard\",\"mountain rescue\"]}]}" },
		{ "EF.ECC", 6, "11F2FF534F60", "{\"content\":[{\"record\":1,"
		    "\"number\":\"112\",\"services\":[\"manual eCall\","
		    "\"automatic eCall\"],\"name\":\"SO\"}]}" },
		{ "EF.SMSP", 30, "4142FDFFFFFFFFFFFFFFFFFFFFFFFF"
		    "0791947100000021FFFFFFFFFFFFFF",
		    "{\"content\":[{\"record\":1,\"name\":\"AB\","
		    "\"sms_centre\":\"+491700000012\"}]}" },
		{ "EF.SMSP", 28, "E0" "04812143FFFFFFFFFFFFFFFF"
		    "03812143FFFFFFFFFFFFFFFF" "0004A7",
		    "{\"content\":[{\"record\":1,\"sms_centre\":\"1234\","
		    "\"destination\":\"04812143FFFFFFFFFFFFFFFF\","
		    "\"protocol\":0,\"coding\":4,\"validity\":167}]}" },
		{ "EF.DIR", 20, "610E4F05A0000000875005" "5553494D31"
		    "FFFFFFFF", "{\"content\":[{\"record\":1,\"aid\":"
		    "\"A000000087\",\"label\":\"USIM1\"}]}" },
		{ "EF.IMPI", 0, "8003614062FF",
		    "{\"content\":{\"uri\":\"a@b\"}}" },
		{ "EF.PCSCF", 8, "8005010A000001FF" "800300782EFFFFFF",
		    "{\"content\":[{\"record\":1,\"p_cscf\":\"10.0.0.1\"},"
		    "{\"record\":2,\"p_cscf\":\"x.\"}]}" },
		{ "EF.UMPC", 0, "3C05000000", "{\"content\":"
		    "{\"maximum_power\":60,\"timeout\":5}}" }
	};

	check(g, NELEM(g));
}

static void
networks(void)
{
	static const struct golden	 g[] = {
		{ "EF.PLMNwAcT", 0, "62F2204800" "130014C0C0" "FFFFFF0000",
		    "{\"content\":{\"networks\":[{\"plmn\":\"262-02\","
		    "\"access\":[\"E-UTRAN\",\"NG-RAN\"]},{\"plmn\":"
		    "\"310-410\",\"access\":[\"E-UTRAN\",\"GSM\",\"UTRAN\","
		    "\"GSM COMPACT\"]}],\"entries\":3}}" },
		{ "EF.HPLMNWACT", 0, "62F2205000" "62F2206008",
		    "{\"content\":{\"networks\":[{\"plmn\":\"262-02\","
		    "\"access\":[\"E-UTRAN NB-S1\"]},{\"plmn\":\"262-02\","
		    "\"access\":[\"E-UTRAN WB-S1\"]}],\"entries\":2}}" },
		{ "EF.OPLMNwAcT", 0, "FFFFFF0000", "{\"content\":{"
		    "\"networks\":[],\"entries\":1}}" },
		{ "EF.PLMNwAcT", 0, "00", "{\"hex\":\"00\"}" },
		{ "EF.FPLMN", 0, "62F220FFFFFF", "{\"content\":{\"networks\":"
		    "[\"262-02\"],\"entries\":2}}" },
		{ "EF.EHPLMN", 0, "00F110", "{\"content\":{\"networks\":"
		    "[\"001-01\"],\"entries\":1}}" },
		{ "EF.HPPLMN", 0, "05", "{\"content\":{\"search_minutes\":"
		    "30}}" },
		{ "EF.LOCI", 0, "0102030462F2201234FF00", "{\"content\":"
		    "{\"tmsi\":\"01020304\",\"network\":\"262-02\","
		    "\"area\":\"1234\",\"status\":\"updated\"}}" },
		{ "EF.LOCI", 0, "FFFFFFFFFFFFFF0000FF01", "{\"content\":"
		    "{\"status\":\"not updated\"}}" },
		{ "EF.PSLOCI", 0, "01020304AABBCC62F22012340503",
		    "{\"content\":{\"p_tmsi\":\"01020304\",\"signature\":"
		    "\"AABBCC\",\"network\":\"262-02\",\"routing_area\":"
		    "\"123405\",\"status\":\"area not allowed\"}}" },
		{ "EF.EPSLOCI", 0, "0102030405060708090A0B0C62F220000102",
		    "{\"content\":{\"guti\":\"0102030405060708090A0B0C\","
		    "\"network\":\"262-02\",\"tracking_area\":\"0001\","
		    "\"status\":\"network not allowed\"}}" },
		{ "EF.5GS3GPPLOCI", 0, "FFFFFFFFFFFFFFFFFFFFFFFFFF62F220"
		    "00000101", "{\"content\":{\"network\":\"262-02\","
		    "\"tracking_area\":\"000001\",\"status\":"
		    "\"not updated\"}}" },
		{ "EF.START-HFN", 0, "F00000000001", "{\"content\":"
		    "{\"start_cs\":15728640,\"start_ps\":1}}" },
		{ "EF.THRESHOLD", 0, "000100", "{\"content\":"
		    "{\"maximum_start\":256}}" }
	};

	check(g, NELEM(g));
}

static void
service_tables(void)
{
	static const struct golden	 g[] = {
		{ "EF.UST", 0, "0100000001", "{\"content\":{\"services\":["
		    "{\"service\":1,\"name\":\"local phone book\"},"
		    "{\"service\":33,\"name\":\"always set\"}]}}" },
		{ "EF.UST", 0, "000000000000000000000000000000020A0080",
		    "{\"content\":{\"services\":["
		    "{\"service\":122,\"name\":\"5GS mobility management\"},"
		    "{\"service\":130,\"name\":\"SUPI as NSI, GLI or GCI\"},"
		    "{\"service\":132,\"name\":\"URSP\"},"
		    "{\"service\":152,\"name\":\"not known\"}]}}" },
		{ "EF.UST", 0, "000000000000000000000000000000000000"
		    "02", "{\"content\":{\"services\":[{\"service\":146,"
		    "\"name\":\"network identifier for SNPN\"}]}}" },
		{ "EF.EST", 0, "00", "{\"content\":{\"services\":[]}}" },
		{ "EF.EST", 0, "05", "{\"content\":{\"services\":["
		    "{\"service\":1,\"name\":\"fixed dialling numbers\"},"
		    "{\"service\":3,\"name\":\"APN control list\"}]}}" },
		{ "EF.IST", 0, "010010", "{\"content\":{\"services\":["
		    "{\"service\":1,\"name\":\"P-CSCF address\"},"
		    "{\"service\":21,\"name\":\"MuD and MiD configuration\"}"
		    "]}}" }
	};

	check(g, NELEM(g));
}

static void
rules(void)
{
	static const struct golden	 g[] = {
		{ "EF.ARR", 25, "8001019000" "800102A406830101950108"
		    "800158A40683010A9501" "08" "FFFFFFFFFF"
		    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
		    "{\"content\":[{\"record\":1,\"hex\":\"8001019000800102"
		    "A406830101950108800158A40683010A95\"},{\"record\":2,"
		    "\"hex\":\"0108FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
		    "FFFFFFFF\"}]}" },
		{ "EF.ARR", 32, "8001019000" "800102A406830101950108"
		    "800158A40683010A950108" "FFFFFFFFFF",
		    "{\"content\":[{\"record\":1,\"rule\":\"read: always; "
		    "update: PIN1; deactivate, activate, delete: ADM1\"}]}" },
		{ "EF.ARR", 38, "800143A010A406830101950108A406830181950108"
		    "840132A406830181950108" "8401D49700" "FF",
		    "{\"content\":[{\"record\":1,\"rule\":\"read, update, "
		    "delete: PIN1 or PIN2; increase: PIN2; resize: "
		    "never\"}]}" }
	};

	check(g, NELEM(g));
	CU_ASSERT_STRING_EQUAL(ef_pin_name(0x0e), "ADM5");
	CU_ASSERT_STRING_EQUAL(ef_pin_name(0x8a), "ADM6");
	CU_ASSERT_STRING_EQUAL(ef_pin_name(0x8e), "ADM10");
	CU_ASSERT_STRING_EQUAL(ef_pin_name(0x09), "unknown key");
}

static void
privacy(void)
{
	static const struct golden	 g[] = {
		{ "EF.SUCI_Calc_Info", 0, "A00402010000A1098001058104"
		    "DEADBEEF" "FFFF", "{\"content\":{\"schemes\":["
		    "{\"scheme\":\"profile B (P-256)\",\"key_index\":1},"
		    "{\"scheme\":\"null scheme\",\"key_index\":0}],"
		    "\"public_keys\":[{\"id\":5,\"public_key\":\"DEADBEEF\"}"
		    "]}}" },
		{ "EF.SUCI-CALC-INFO-USIM", 0, "A0020101", "{\"content\":"
		    "{\"schemes\":[{\"scheme\":\"profile A (X25519)\","
		    "\"key_index\":1}]}}" },
		{ "EF.Routing_Indicator", 0, "F0FFFFFF", "{\"content\":"
		    "{\"routing_indicator\":\"0\"}}" },
		{ "EF.Routing_Indicator", 0, "2143FFFF", "{\"content\":"
		    "{\"routing_indicator\":\"1234\"}}" },
		{ "EF.UAC_AIC", 0, "02000000", "{\"content\":"
		    "{\"multimedia_priority\":false,"
		    "\"mission_critical\":true}}" },
		{ NULL, 0, "0102FFFF", "{\"hex\":\"0102\"}" },
		{ "EF.FANTASY", 4, "0102FFFF", "{\"hex\":\"0102\"}" }
	};

	check(g, NELEM(g));
}

#define F16	"FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"
#define S16	"A1A2A3A4A5A6A7A8A9AAABACADAEAFA0"

/* Nothing of a file of keys is told, and with keys all of it. */
static void
secrets(void)
{
	static const struct golden	 g[] = {
		{ "EF.Keys", 0, "01" S16 S16, "{\"content\":{\"ksi\":1,"
		    "\"ck\":\"********\",\"ik\":\"********\"}}" },
		{ "EF.KeysPS", 0, "07" F16 F16, "{\"content\":{\"ksi\":7"
		    "}}" },
		{ "EF.Keys", 0, "01" S16, "{\"secret\":\"********\"}" },
		{ "EF.Kc", 0, "A1A2A3A4A5A6A7A801", "{\"content\":"
		    "{\"sequence\":1,\"kc\":\"********\"}}" },
		{ "EF.EPSNSC", 54, "A0348001018120" S16 S16 "820401020304"
		    "8304010203048401FF", "{\"secret\":\"********\"}" },
		{ "EF.5GAUTHKEYS", 0, "8020" S16 S16,
		    "{\"secret\":\"********\"}" },
		{ "EF.EPSNSC", 4, "FFFFFFFF", "{\"empty\":true}" }
	};
	struct buf	 b = {0};
	size_t		 i;

	check(g, NELEM(g));
	for (i = 0; i < NELEM(g); i++) {
		buf_cut(&b, 0);
		facts(&g[i], true, &b);
		CU_ASSERT_PTR_NULL(strstr(buf_cstr(&b), EF_HIDDEN));
		if (strstr(g[i].hex, "A1A2A3A4") != NULL)
			CU_ASSERT_PTR_NOT_NULL(strstr(buf_cstr(&b),
			    "A1A2A3A4"));
	}
	buf_free(&b);
}

/* Every prefix of every golden value, under every name: words or hex. */
static void
cut_short(void)
{
	static const char *const name[] = { "EF.ICCID", "EF.IMSI", "EF.ACC",
	    "EF.AD", "EF.SPN", "EF.PNN", "EF.OPL", "EF.SPDI", "EF.ECC",
	    "EF.SMSP", "EF.DIR", "EF.IMPI", "EF.PCSCF", "EF.UMPC", "EF.UST",
	    "EF.LOCI", "EF.PSLOCI", "EF.EPSLOCI", "EF.5GS3GPPLOCI",
	    "EF.ARR", "EF.SUCI_Calc_Info", "EF.Routing_Indicator",
	    "EF.MSISDN", "EF.PLMNwAcT", "EF.Keys", "EF.UAC_AIC" };
	static const uint8_t	 bytes[40] = { 0x80, 0x06, 0xa0, 0x04, 0x01,
	    0x01, 0x90, 0x00, 0xa4, 0x82, 0x80, 0x61, 0x03, 0x4f, 0x05 };
	struct buf		 copy = {0};
	size_t			 i, from, n;

	for (i = 0; i < NELEM(name); i++)
		for (from = 0; from < 8; from++)
			for (n = 1; from + n <= sizeof(bytes); n++) {
				struct ef_file	 f = { name[i], { NULL, 0 },
				    n, false };
				json_t		*o = json_object();

				buf_reserve(&copy, n);
				buf_add(&copy, bytes + from, n);
				f.data = buf_slice(&copy);
				ef_facts(&f, o);
				CU_ASSERT_TRUE(json_object_size(o) == 1);
				json_decref(o);
				buf_free(&copy);
			}
}

const struct unit_case	test_show_ef_cases[] = {
	UNIT_CASE(subscriber),
	UNIT_CASE(names),
	UNIT_CASE(networks),
	UNIT_CASE(service_tables),
	UNIT_CASE(rules),
	UNIT_CASE(privacy),
	UNIT_CASE(secrets),
	UNIT_CASE(cut_short),
};
const size_t	test_show_ef_n = NELEM(test_show_ef_cases);
