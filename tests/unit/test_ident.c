/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/hex.h"
#include "base/ident.h"
#include "base/limits.h"
#include "tests/unit/test_base.h"

/* The same bytes as this hex text? */
static void
same_hex(const char *what, const void *p, size_t n, const char *hex)
{
	struct buf	 want = {0};

	unit_hex(hex, &want);
	unit_same(what, slice_of(p, n), buf_slice(&want));
	buf_free(&want);
}

void
eid_good(void)
{
	static const char *const good[] = {
		"89049032123451234512345678901235",
		"89044050001020304050607080910154",
		"89882119900000000000000000000005",
		"89000000000000000000000000000002",
		"89999999999999999999999999999917",
		"89049032000000000000000000000066",
		"89049032000000000000000000004237",
		"89049032000000000000000000009669",
	};
	char	 text[EID_TEXT];
	uint8_t	 bcd[16];
	size_t	 i;

	for (i = 0; i < NELEM(good); i++) {
		CU_ASSERT_EQUAL(eid_parse(good[i], bcd), 0);
		same_hex("eid", bcd, 16, good[i]);
		eid_text(bcd, text);
		CU_ASSERT_STRING_EQUAL(text, good[i]);
		CU_ASSERT_TRUE(eid_check_digits(good[i]));
	}
}

void
eid_bad(void)
{
	static const char *const form[] = {
		"", "8904903212345123451234567890123",
		"890490321234512345123456789012350",
		"8904903212345123451234567890123A",
		"89049032 23451234512345678901235",
		"8904903212345123451234567890123\n",
	};
	static const char *const digits[] = {
		"89049032123451234512345678901236",
		"89049032124351234512345678901235",
	};
	uint8_t	 bcd[16];
	size_t	 i;

	for (i = 0; i < NELEM(form); i++) {
		CU_ASSERT_EQUAL(eid_parse(form[i], bcd), DPE_RANGE);
		CU_ASSERT_FALSE(eid_check_digits(form[i]));
	}
	for (i = 0; i < NELEM(digits); i++) {
		CU_ASSERT_EQUAL(eid_parse(digits[i], bcd), 0);
		CU_ASSERT_FALSE(eid_check_digits(digits[i]));
	}
}

void
luhn(void)
{
	static const char *const good[] = {
		"8900010000000000019", "89000123456789012341",
		"8944000000000000001", "893144040000123456",
		"89882470000000000006", "00",
	};
	char	 other[24];
	size_t	 i, n;

	for (i = 0; i < NELEM(good); i++) {
		n = strlen(good[i]) - 1;
		CU_ASSERT_EQUAL(luhn_digit(good[i], n), good[i][n]);
		CU_ASSERT_TRUE(luhn_valid(good[i]));
		memcpy(other, good[i], n + 2);
		other[n] = other[n] == '9' ? '0' : (char)(other[n] + 1);
		CU_ASSERT_FALSE(luhn_valid(other));
	}
	CU_ASSERT_FALSE(luhn_valid(""));
	CU_ASSERT_FALSE(luhn_valid("0"));
	CU_ASSERT_FALSE(luhn_valid("8900010000000000010"));
	CU_ASSERT_FALSE(luhn_valid("890001000000000001F"));
}

void
iccid_forms(void)
{
	static const struct {
		const char	*iccid, *ef, *header;
	} good[] = {
		{ "8900010000000000019", "980010000000000010F9",
		  "8900010000000000019F" },
		{ "89000123456789012341", "98001032547698103214",
		  "89000123456789012341" },
		{ "8944000000000000001", "984400000000000000F1",
		  "8944000000000000001F" },
		{ "89882470000000000006", "98884207000000000060",
		  "89882470000000000006" },
	};
	char	 filled[24], out[ICCID_TEXT];
	uint8_t	 b[10];
	size_t	 i;

	for (i = 0; i < NELEM(good); i++) {
		CU_ASSERT_EQUAL(iccid_parse(good[i].iccid, out), 0);
		CU_ASSERT_STRING_EQUAL(out, good[i].iccid);
		CU_ASSERT_EQUAL(iccid_to_ef(good[i].iccid, b), 0);
		same_hex("ef", b, 10, good[i].ef);
		CU_ASSERT_EQUAL(iccid_from_ef(slice_of(b, 10), out), 0);
		CU_ASSERT_STRING_EQUAL(out, good[i].iccid);
		CU_ASSERT_EQUAL(iccid_to_header(good[i].iccid, b), 0);
		same_hex("header", b, 10, good[i].header);
		CU_ASSERT_EQUAL(iccid_from_header(slice_of(b, 10), out), 0);
		CU_ASSERT_STRING_EQUAL(out, good[i].iccid);
		if (strlen(good[i].iccid) != 19)
			continue;
		strcpy(filled, good[i].iccid);
		strcat(filled, "F");
		CU_ASSERT_EQUAL(iccid_parse(filled, out), 0);
		CU_ASSERT_STRING_EQUAL(out, good[i].iccid);
	}
}

void
iccid_bad(void)
{
	static const char *const bad[] = {
		"", "890001000000000001", "890001000000000001F",
		"89000100000000000133A", "8900010000000000013f",
		"890001000000000001F3", "89000123456789012341F",
		"8900010000000000013 ", "890001000000000001A",
	};
	static const char *const ef_bad[] = {
		"981344400000214365FF",		/* 18 digits */
		"9800100000000000F019",		/* a filler inside */
		"980010000000000010A9",		/* no digit */
		"FFFFFFFFFFFFFFFFFFFF",
		"9800100000000000F1", "980010000000000010F9FF", "",
	};
	struct buf	 b = {0};
	char		 out[ICCID_TEXT];
	uint8_t		 ef[10];
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		CU_ASSERT_EQUAL(iccid_parse(bad[i], out), DPE_RANGE);
		CU_ASSERT_EQUAL(iccid_to_ef(bad[i], ef), DPE_RANGE);
		CU_ASSERT_EQUAL(iccid_to_header(bad[i], ef), DPE_RANGE);
	}
	for (i = 0; i < NELEM(ef_bad); i++) {
		buf_cut(&b, 0);
		unit_hex(ef_bad[i], &b);
		CU_ASSERT_EQUAL(iccid_from_ef(buf_slice(&b), out), DPE_RANGE);
	}
	buf_cut(&b, 0);
	unit_hex("980010325476981032F4", &b);	/* Luhn is not judged */
	CU_ASSERT_EQUAL(iccid_from_ef(buf_slice(&b), out), 0);
	CU_ASSERT_STRING_EQUAL(out, "8900012345678901234");
	CU_ASSERT_EQUAL(iccid_from_header(slice_str("short"), out), DPE_RANGE);
	buf_free(&b);
}

void
iccid_counts(void)
{
	char	 i19[ICCID_TEXT] = "8900010000000000019";
	char	 i20[ICCID_TEXT] = "89000123456789012341";
	char	 end[ICCID_TEXT] = "9999999999999999999";
	int	 n;

	for (n = 0; n < 1000; n++) {
		CU_ASSERT_EQUAL_FATAL(iccid_next(i19), 0);
		CU_ASSERT_TRUE(luhn_valid(i19));
	}
	CU_ASSERT_EQUAL(strncmp(i19, "890001000000001001", 18), 0);
	CU_ASSERT_EQUAL(iccid_next(i20), 0);
	CU_ASSERT_EQUAL(strncmp(i20, "8900012345678901235", 19), 0);
	CU_ASSERT_TRUE(luhn_valid(i20));
	CU_ASSERT_EQUAL(strlen(i20), 20);
	CU_ASSERT_EQUAL(iccid_next(end), DPE_RANGE);
}

void
imsi_forms(void)
{
	static const char *const good[][2] = {
		{ "001010123456063", "080910101032540636" },
		{ "00101012345678", "0801101010325476F8" },
		{ "310410123456789", "083901141032547698" },
		{ "999990000000001", "089999990000000010" },
		{ "001011", "04011010F1FFFFFFFF" },
	};
	static const char *const bad[] = {
		"", "00101", "0010101234560631", "00101012345606A",
		" 01010123456063",
	};
	char	 out[IMSI_TEXT];
	uint8_t	 ef[9];
	size_t	 i;

	for (i = 0; i < NELEM(good); i++) {
		CU_ASSERT_EQUAL(imsi_parse(good[i][0], out), 0);
		CU_ASSERT_STRING_EQUAL(out, good[i][0]);
		imsi_to_ef(good[i][0], ef);
		same_hex("ef", ef, 9, good[i][1]);
	}
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_EQUAL(imsi_parse(bad[i], out), DPE_RANGE);
	strcpy(out, "001010123456999");
	CU_ASSERT_EQUAL(imsi_next(out), 0);
	CU_ASSERT_STRING_EQUAL(out, "001010123457000");
	strcpy(out, "999999");
	CU_ASSERT_EQUAL(imsi_next(out), DPE_RANGE);
}

void
plmn_forms(void)
{
	static const char *const good[][2] = {
		{ "001-01", "00F110" }, { "310-410", "130014" },
		{ "234-15", "32F451" }, { "246-81", "42F618" },
		{ "999-990", "990999" }, { "999-99", "99F999" },
	};
	static const char *const bad[] = {
		"", "00101", "001-1", "001-0101", "01-010", "001_01", "001-0A",
		"0A1-01", "001-", "-001-01", "001-01 ",
	};
	uint8_t	 b[3];
	size_t	 i;

	for (i = 0; i < NELEM(good); i++) {
		CU_ASSERT_EQUAL(plmn_parse(good[i][0], b), 0);
		same_hex("plmn", b, 3, good[i][1]);
	}
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_EQUAL(plmn_parse(bad[i], b), DPE_RANGE);
}

void
matching_ids(void)
{
	static const char *const bad[] = {
		"", "a", "A B", "A$B", "A_B", "\xc3\x84", "A/", "A:", "A@",
		"A[",
	};
	char	 text[LIM_MATCHING_ID + 2];
	size_t	 i;

	CU_ASSERT_TRUE(matching_id_valid(slice_str("A")));
	CU_ASSERT_TRUE(matching_id_valid(slice_str("0")));
	CU_ASSERT_TRUE(matching_id_valid(slice_str("-")));
	CU_ASSERT_TRUE(matching_id_valid(
	    slice_str("K7QX2-9MZ4T-0A8WE-R5JDN-Z")));
	memset(text, 'A', sizeof(text));
	CU_ASSERT_TRUE(matching_id_valid(slice_of(text, LIM_MATCHING_ID)));
	CU_ASSERT_FALSE(matching_id_valid(
	    slice_of(text, LIM_MATCHING_ID + 1)));
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_FALSE(matching_id_valid(slice_str(bad[i])));
	CU_ASSERT_FALSE(matching_id_valid(slice_of("A\0", 2)));
}
