/* SPDX-License-Identifier: Apache-2.0 */
/* What people write of a template. */
#include <stdio.h>
#include <string.h>

#include "server/saip/describe.h"
#include "tests/unit/test_saip.h"
#include "tests/unit/unit.h"

static void
described(void)
{
	static const char text[] = "{ \"k\": \"auto\","
	    " \"opc\": \"akaParameter/A1/A1/83\","
	    " \"acc\": { \"where\": \"auto\", \"value\": \"0200\" },"
	    " \"msisdn\": { \"optional\": true } }";
	struct describe	 d;
	struct why	 why;
	struct buf	 upp = {0}, map = {0}, body = {0}, patch = {0};
	saip_set	 all, needed;

	CU_ASSERT_EQUAL_FATAL(describe_parse(slice_str(text), &d, &why), 0);
	CU_ASSERT_EQUAL(d.n, 7);
	test_saip_consumer(&upp, &map);
	CU_ASSERT_EQUAL_FATAL(saip_map(buf_slice(&upp), d.want, d.n, &body,
	    &patch, &why), 0);
	CU_ASSERT_EQUAL(saip_patch_fields(buf_slice(&patch), &all, &needed),
	    0);
	CU_ASSERT_EQUAL(needed, SAIP_BIT(SAIP_ICCID_HEADER) |
	    SAIP_BIT(SAIP_ICCID_EF) | SAIP_BIT(SAIP_IMSI) |
	    SAIP_BIT(SAIP_K) | SAIP_BIT(SAIP_OPC));
	CU_ASSERT_EQUAL(all, needed | SAIP_BIT(SAIP_ACC) |
	    SAIP_BIT(SAIP_MSISDN));
	unit_same("the constant", test_saip_at(buf_slice(&body), 0,
	    "B3/B2/83").value, slice_of("\2\0", 2));
	describe_free(&d);
	buf_free(&upp);
	buf_free(&map);
	buf_free(&body);
	buf_free(&patch);
}

static void
not_described(void)
{
	static const struct {
		const char	*text, *part;
	} tab[] = {
		{ "{", "not JSON" },
		{ "[]", "no JSON object" },
		{ "{\"k\":\"auto\",\"k\":\"auto\"}", "not JSON" },
		{ "{\"ki\":\"auto\"}", "no field ki" },
		{ "{\"k\":1}", "k: \"auto\"" },
		{ "{\"imsi\":{\"value\":\"001010000000001\"}}", "imsi: " },
		{ "{\"k\":{\"where\":1}}", "a place is a text" },
		{ "{\"k\":{\"wher\":\"auto\"}}", "no member wher" },
		{ "{\"acc\":{\"optional\":1}}", "true or false" },
		{ "{\"acc\":{\"value\":1}}", "a value is a text" },
		{ "{\"acc\":{\"value\":\"x\"}}", "4 hex digits" },
		{ "{\"k\":{\"value\":\"00112233445566778899AABBCCDDEEFF\"}}",
		    "not a key for all" }
	};
	struct describe	 d;
	struct why	 why;
	size_t		 i;

	for (i = 0; i < NELEM(tab); i++) {
		CU_ASSERT_EQUAL(describe_parse(slice_str(tab[i].text), &d,
		    &why), DPE_USAGE);
		if (strstr(why.text, tab[i].part) == NULL) {
			printf("# %s: %s\n", tab[i].text, why.text);
			CU_FAIL("another reason");
		}
		describe_free(&d);
	}
	CU_ASSERT_EQUAL(describe_parse(slice_str(NULL), &d, &why), 0);
	CU_ASSERT(d.n > 10);
	describe_free(&d);
}

const struct unit_case	test_saip_describe_cases[] = {
	UNIT_CASE(described),
	UNIT_CASE(not_described)
};
const size_t	test_saip_describe_n = NELEM(test_saip_describe_cases);
