/* SPDX-License-Identifier: Apache-2.0 */
/* Hex and base64: what is written, and what is refused. */
#include <string.h>

#include "base/base64.h"
#include "base/hex.h"
#include "tests/unit/test_base.h"

void
hex_round_trip(void)
{
	struct buf	 b = {0}, t = {0};
	char		 text[7];

	CU_ASSERT_EQUAL(hex_decode(slice_str("00fFA5"), &b), 0);
	hex_add(&t, buf_slice(&b));
	unit_same("hex", buf_slice(&t), slice_str("00FFA5"));
	hex_put(text, buf_slice(&b));
	CU_ASSERT_STRING_EQUAL(text, "00FFA5");
	CU_ASSERT_EQUAL(hex_decode(slice_str(""), &b), 0);
	CU_ASSERT_EQUAL(b.len, 3);
	hex_add(&t, slice_str(NULL));
	CU_ASSERT_EQUAL(t.len, 6);
	buf_free(&b);
	buf_free(&t);
}

void
hex_every_byte(void)
{
	struct buf	 all = {0}, text = {0}, back = {0};
	unsigned	 i;

	for (i = 0; i < 256; i++)
		buf_add_u8(&all, (uint8_t)i);
	hex_add(&text, buf_slice(&all));
	CU_ASSERT_EQUAL(hex_decode(buf_slice(&text), &back), 0);
	unit_same("bytes", buf_slice(&back), buf_slice(&all));
	buf_free(&all);
	buf_free(&text);
	buf_free(&back);
}

void
hex_refuses(void)
{
	static const char *const bad[] = {
		"0", "0g", "g0", " 00", "00 ", "0x00", "00\n", "/0", ":0",
		"@0", "G0", "`0",
	};
	struct buf	 b = {0};
	uint8_t		 two[2];
	size_t		 i;

	buf_add_str(&b, "old");
	for (i = 0; i < NELEM(bad); i++)
		CU_ASSERT_EQUAL(hex_decode(slice_str(bad[i]), &b), DPE_SYNTAX);
	CU_ASSERT_EQUAL(hex_decode(slice_of("0\0", 2), &b), DPE_SYNTAX);
	unit_same("unchanged", buf_slice(&b), slice_str("old"));
	CU_ASSERT_EQUAL(hex_get(slice_str("0102"), two, 2), 0);
	CU_ASSERT_EQUAL(two[1], 2);
	CU_ASSERT_EQUAL(hex_get(slice_str("01"), two, 2), DPE_SYNTAX);
	CU_ASSERT_EQUAL(hex_get(slice_str("010203"), two, 2), DPE_SYNTAX);
	buf_free(&b);
}

/* RFC 4648, section 10. */
void
base64_known_answers(void)
{
	static const char *const known[][2] = {
		{ "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" },
	};
	struct buf	 t = {0}, b = {0};
	size_t		 i;

	for (i = 0; i < NELEM(known); i++) {
		buf_cut(&t, 0);
		buf_cut(&b, 0);
		base64_add(&t, slice_str(known[i][0]));
		unit_same("text", buf_slice(&t), slice_str(known[i][1]));
		CU_ASSERT_EQUAL(base64_decode(slice_str(known[i][1]), &b), 0);
		unit_same("bytes", buf_slice(&b), slice_str(known[i][0]));
	}
	buf_free(&t);
	buf_free(&b);
}

void
base64_every_length(void)
{
	struct buf	 in = {0}, text = {0}, back = {0};
	size_t		 n;

	for (n = 0; n < 300; n++) {
		buf_cut(&text, 0);
		buf_cut(&back, 0);
		base64_add(&text, buf_slice(&in));
		CU_ASSERT_EQUAL(text.len, (n + 2) / 3 * 4);
		CU_ASSERT_EQUAL(base64_decode(buf_slice(&text), &back), 0);
		unit_same("bytes", buf_slice(&back), buf_slice(&in));
		buf_add_u8(&in, (uint8_t)(n * 37 + 250));
	}
	buf_free(&in);
	buf_free(&text);
	buf_free(&back);
}

void
base64_refuses(void)
{
	static const char *const bad[] = {
		"Z", "Zg", "Zg=", "Zg===", "Zg==Zg==", "=g==", "Z===", "====",
		"Zh==", "Zm9=", "Zm+=",			/* stray bits */
		"Zg=v", "Z=9v",				/* padding inside */
		"Zm9v\n", "Zm9v\nZm9", "Zm 9", " Zm9",	/* blanks */
		"Zm9-", "Zm9_", "Zm9,", "Zm9@", "Zm9[", "Zm9`", "Zm9{", "Zm9:",
		"Zm9.", "Zm9v=g==",
	};
	struct buf	 b = {0};
	size_t		 i;

	buf_add_str(&b, "old");
	for (i = 0; i < NELEM(bad); i++) {
		CU_ASSERT_EQUAL(base64_decode(slice_str(bad[i]), &b),
		    DPE_SYNTAX);
		unit_same(bad[i], buf_slice(&b), slice_str("old"));
	}
	CU_ASSERT_EQUAL(base64_decode(slice_of("Zm9\0", 4), &b), DPE_SYNTAX);
	CU_ASSERT_EQUAL(base64_decode(slice_of("Zm9\xff", 4), &b), DPE_SYNTAX);
	buf_free(&b);
}
