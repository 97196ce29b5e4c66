/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong on purpose is named rightly: --misbehave. */
#include <string.h>

#include "tests/unit/test_vuicc.h"
#include "tools/vuicc_odd.h"

static void
reads_misbehaviour(void)
{
	struct vuicc_odds	 o;
	struct why		 why;
	uint8_t			 octets[4];

	memset(&o, 0, sizeof(o));
	CU_ASSERT_FALSE(vuicc_odd_any(&o));
	CU_ASSERT_EQUAL(vuicc_odd_parse("wrong-challenge", &o, &why), 0);
	CU_ASSERT_EQUAL(vuicc_odd_parse("auth-error=6", &o, &why), 0);
	CU_ASSERT_EQUAL(vuicc_odd_parse("stop-after:auth-init", &o, &why),
	    0);
	CU_ASSERT_TRUE(vuicc_odd(&o, ODD_WRONG_CHALLENGE));
	CU_ASSERT_EQUAL(o.value[ODD_AUTH_ERROR], 6);
	CU_ASSERT_TRUE(vuicc_odd_at(&o, ODD_STOP_AFTER, STEP_INIT));
	CU_ASSERT_FALSE(vuicc_odd_at(&o, ODD_STOP_AFTER, STEP_AUTH));
	CU_ASSERT_TRUE(vuicc_odd_any(&o));
	CU_ASSERT_FALSE(vuicc_odd(NULL, ODD_WRONG_CHALLENGE));
	CU_ASSERT_EQUAL(vuicc_odd_parse("firmware=1.20.255", &o, &why), 0);
	vuicc_odd_version(&o, ODD_FIRMWARE, octets);
	CU_ASSERT_EQUAL(memcmp(octets, "\1\24\377", 3), 0);
	CU_ASSERT_EQUAL(vuicc_odd_parse("capability=fF01", &o, &why), 0);
	CU_ASSERT_EQUAL(vuicc_odd_octets(&o, ODD_CAPABILITY, octets), 2);
	CU_ASSERT_EQUAL(memcmp(octets, "\377\1\0\0", 4), 0);
	CU_ASSERT_EQUAL(vuicc_odd_parse("free-memory=4294967295", &o, &why),
	    0);
	CU_ASSERT_EQUAL(o.value[ODD_FREE_MEMORY], 0xffffffff);
}

static void
refuses_misbehaviour(void)
{
	static const char *const bad[] = {
		"", "wrong", "wrong-challenge=1", "auth-error", "auth-error=",
		"auth-error=x", "auth-error=128", "auth-error=-1",
		"stop-after", "stop-after=never", "stop-after=",
		"stop-after=cancel", "trailing-der=install", "firmware=1.2",
		"firmware=1.2.256", "firmware=1.2.3.4", "firmware=1..2",
		"capability=f", "capability=0102030405", "capability=xx",
		"free-memory=4294967296", "free-memory=", "svn=-1.0.0"
	};
	struct vuicc_odds	 o;
	struct why		 why;
	size_t			 i;

	memset(&o, 0, sizeof(o));
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_EQUAL(vuicc_odd_parse(bad[i], &o, &why),
		    DPE_USAGE);
	CU_ASSERT_FALSE(vuicc_odd_any(&o));
}

static void
mangles_one_step(void)
{
	struct vuicc_odds	 o;
	struct buf		 b = {0};

	memset(&o, 0, sizeof(o));
	CU_ASSERT_EQUAL(vuicc_odd_parse("truncated-der=auth", &o, NULL), 0);
	CU_ASSERT_EQUAL(vuicc_odd_parse("trailing-der=bpp", &o, NULL), 0);
	buf_add(&b, "\x30\x01\x05", 3);
	vuicc_odd_mangle(&o, STEP_INIT, &b);
	CU_ASSERT_EQUAL(b.len, 3);
	vuicc_odd_mangle(&o, STEP_AUTH, &b);
	CU_ASSERT_EQUAL(b.len, 2);
	vuicc_odd_mangle(&o, STEP_BPP, &b);
	CU_ASSERT_EQUAL(b.len, 3);
	CU_ASSERT_EQUAL(b.p[2], 0);
	buf_free(&b);
}

const struct unit_case test_vuicc_odd[] = {
	UNIT_CASE(reads_misbehaviour),
	UNIT_CASE(refuses_misbehaviour),
	UNIT_CASE(mangles_one_step),
};
const size_t test_vuicc_odd_n = NELEM(test_vuicc_odd);
