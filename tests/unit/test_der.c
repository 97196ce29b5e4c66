/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_base.h"

struct der_case {
	const char	*name;
	const char	*hex;
};

/* What a TLV reader has to survive, and to refuse as its next TLV. */
static const struct der_case refused[] = {
	{ "empty", "" },
	{ "tag only", "BF" },
	{ "tag without length", "30" },
	{ "two-byte tag without length", "BF20" },
	{ "indefinite length", "BF20800000" },
	{ "length longer than data", "BF2010820302" },
	{ "non-minimal length 81 05", "3081058003020500" },
	{ "non-minimal length 81 7F", "30817F00" },
	{ "non-minimal length 82 00 80", "30820080" },
	{ "non-minimal length 84 00 00 01 00", "308400000100" },
	{ "length 84 FFFFFFFF", "3084FFFFFFFF" },
	{ "length of five bytes", "30850100000000" },
	{ "length of length 127", "30FF00" },
	{ "length field cut", "308201" },
	{ "endless tag", "BFFFFFFFFFFFFF" },
	{ "tag of four bytes", "BF81818101 00" },
	{ "end of contents", "0000" },
	{ "low tag number in two bytes", "BF1E00" },
	{ "high tag number with a leading zero", "BF800100" },
	{ "one byte short", "04020A" },
};

static void
der_hex(const char *hex, struct buf *b)
{
	char	 text[64];
	size_t	 n = 0;

	buf_cut(b, 0);
	for (; *hex != '\0'; hex++)
		if (*hex != ' ')
			text[n++] = *hex;
	text[n] = '\0';
	unit_hex(text, b);
}

void
der_refuses_malformed(void)
{
	struct buf	 b = {0};
	struct slice	 in;
	struct der	 d;
	size_t		 i;

	for (i = 0; i < NELEM(refused); i++) {
		der_hex(refused[i].hex, &b);
		in = buf_slice(&b);
		if (der_next(&in, &d) != DPE_SYNTAX)
			printf("# taken: %s\n", refused[i].name);
		in = buf_slice(&b);
		CU_ASSERT_EQUAL(der_next(&in, &d), DPE_SYNTAX);
		unit_same("in unchanged", in, buf_slice(&b));
		CU_ASSERT_EQUAL(der_whole(in, 0x30, &d), DPE_SYNTAX);
	}
	buf_free(&b);
}

/* Every proper beginning of a TLV is refused; in a heap block of its size. */
void
der_refuses_cut(void)
{
	struct buf	 whole = {0};
	struct slice	 in;
	struct der	 d;
	uint8_t		*part;
	size_t		 n;

	buf_add(&whole, "\x9f\x81\x23\x82\x01\x00", 6);
	memset(buf_grow(&whole, 256), 0x55, 256);
	for (n = 0; n < whole.len; n++) {
		part = xmalloc(n);
		memcpy(part, whole.p, n);
		in = slice_of(part, n);
		CU_ASSERT_EQUAL(der_next(&in, &d), DPE_SYNTAX);
		free(part);
	}
	in = buf_slice(&whole);
	CU_ASSERT_EQUAL(der_next(&in, &d), 0);
	CU_ASSERT_EQUAL(d.tag, 0x9f8123);
	CU_ASSERT_EQUAL(d.value.len, 256);
	CU_ASSERT_EQUAL(d.raw.len, whole.len);
	CU_ASSERT_EQUAL(in.len, 0);
	buf_free(&whole);
}

void
der_walks(void)
{
	struct buf	 b = {0};
	struct slice	 in;
	struct der	 d, e;

	unit_hex("BF2003820102" "5F3701AA" "8000" "040155", &b);
	in = buf_slice(&b);
	CU_ASSERT_EQUAL(der_peek(in), 0xbf20);
	CU_ASSERT_EQUAL(der_whole(in, 0xbf20, &d), DPE_SYNTAX);
	CU_ASSERT_EQUAL(der_expect(&in, 0xbf21, &d), DPE_SYNTAX);
	CU_ASSERT_EQUAL(in.len, b.len);
	CU_ASSERT_EQUAL(der_expect(&in, 0xbf20, &d), 0);
	CU_ASSERT_EQUAL(d.raw.len, 6);
	CU_ASSERT_EQUAL(der_whole(d.value, 0x82, &e), 0);
	unit_same("inner", e.value, slice_of("\x02", 1));
	CU_ASSERT_EQUAL(der_expect(&in, 0x5f37, &d), 0);
	unit_same("signature", d.value, slice_of("\xaa", 1));
	CU_ASSERT_EQUAL(der_expect(&in, 0x80, &d), 0);
	CU_ASSERT_EQUAL(d.value.len, 0);
	CU_ASSERT_EQUAL(der_whole(in, 0x04, &d), 0);
	in = slice_str(NULL);
	CU_ASSERT_EQUAL(der_peek(in), 0);
	CU_ASSERT_EQUAL(der_next(&in, &d), DPE_SYNTAX);
	buf_free(&b);
}

void
der_finds(void)
{
	struct buf	 b = {0};
	struct der	 d;

	unit_hex("800101" "810102" "8003818283" "BF3101FF", &b);
	CU_ASSERT_EQUAL(der_find(buf_slice(&b), 0x80, &d), 0);
	CU_ASSERT_EQUAL(d.value.len, 1);
	CU_ASSERT_EQUAL(der_find(buf_slice(&b), 0xbf31, &d), 0);
	CU_ASSERT_EQUAL(der_find(buf_slice(&b), 0x82, &d), DPE_NOTFOUND);
	buf_add_u8(&b, 0x82);
	CU_ASSERT_EQUAL(der_find(buf_slice(&b), 0x81, &d), 0);
	CU_ASSERT_EQUAL(der_find(buf_slice(&b), 0x82, &d), DPE_SYNTAX);
	CU_ASSERT_EQUAL(der_find(slice_str(""), 0x82, &d), DPE_NOTFOUND);
	buf_free(&b);
}

/* Each length around the borders of the length field, there and back. */
void
der_lengths(void)
{
	static const struct {
		size_t		 n;
		const char	*head;
	} known[] = {
		{ 0, "0400" }, { 1, "0401" }, { 127, "047F" },
		{ 128, "048180" }, { 255, "0481FF" }, { 256, "04820100" },
		{ 65535, "0482FFFF" }, { 65536, "0483010000" },
	};
	struct buf	 b = {0}, head = {0}, value = {0};
	struct slice	 in;
	struct der	 d;
	size_t		 i;

	for (i = 0; i < NELEM(known); i++) {
		buf_cut(&b, 0);
		buf_cut(&head, 0);
		buf_cut(&value, 0);
		if (known[i].n > 0)
			memset(buf_grow(&value, known[i].n), 0x77, known[i].n);
		der_add(&b, 0x04, buf_slice(&value));
		unit_hex(known[i].head, &head);
		unit_same("head", slice_sub(buf_slice(&b), 0, head.len),
		    buf_slice(&head));
		CU_ASSERT_EQUAL(der_head_size(0x04, known[i].n), head.len);
		in = buf_slice(&b);
		CU_ASSERT_EQUAL(der_whole(in, 0x04, &d), 0);
		unit_same("value", d.value, buf_slice(&value));
	}
	buf_free(&b);
	buf_free(&head);
	buf_free(&value);
}

void
der_wraps(void)
{
	struct buf	 b = {0}, want = {0}, inner = {0};

	buf_add_str(&b, "..");
	der_add(&b, 0x5a, slice_of("\x98\x10", 2));
	der_wrap(&b, 2, 0xbf25);
	unit_hex("2E2EBF25045A029810", &want);
	unit_same("wrapped", buf_slice(&b), buf_slice(&want));
	memset(buf_grow(&inner, 300), 1, 300);
	der_wrap(&inner, 0, 0x30);
	CU_ASSERT_EQUAL(inner.len, 304);
	CU_ASSERT_EQUAL(inner.p[1], 0x82);
	CU_ASSERT_EQUAL(inner.p[4], 1);
	CU_ASSERT_EQUAL(inner.p[303], 1);
	buf_cut(&b, 0);
	der_wrap(&b, 0, 0xa0);
	unit_same("empty", buf_slice(&b), slice_of("\xa0\x00", 2));
	buf_free(&b);
	buf_free(&want);
	buf_free(&inner);
}

void
der_integers(void)
{
	static const struct {
		uint64_t	 v;
		const char	*tlv;
	} known[] = {
		{ 0, "020100" }, { 1, "020101" }, { 127, "02017F" },
		{ 128, "02020080" }, { 255, "020200FF" }, { 256, "02020100" },
		{ 32767, "02027FFF" }, { 32768, "0203008000" },
		{ UINT64_C(0x7fffffffffffffff), "02087FFFFFFFFFFFFFFF" },
	};
	struct buf	 b = {0}, want = {0};
	struct der	 d;
	uint64_t	 v;
	size_t		 i;

	for (i = 0; i < NELEM(known); i++) {
		buf_cut(&b, 0);
		buf_cut(&want, 0);
		der_add_uint(&b, 0x02, known[i].v);
		unit_hex(known[i].tlv, &want);
		unit_same("integer", buf_slice(&b), buf_slice(&want));
		CU_ASSERT_EQUAL(der_whole(buf_slice(&b), 0x02, &d), 0);
		CU_ASSERT_EQUAL(der_uint(d.value, &v), 0);
		CU_ASSERT_EQUAL(v, known[i].v);
	}
	buf_cut(&b, 0);
	der_add_uint(&b, 0x82, UINT64_MAX);
	CU_ASSERT_EQUAL(b.len, 11);
	CU_ASSERT_EQUAL(b.p[2], 0);
	buf_free(&b);
	buf_free(&want);
}

void
der_integers_refused(void)
{
	static const char *const bad[] = {
		"", "80", "FF", "0000", "007F", "008000000000000000",
		"8000000000000000", "010000000000000000",
	};
	struct buf	 b = {0};
	uint64_t	 v;
	size_t		 i;

	for (i = 0; i < NELEM(bad); i++) {
		der_hex(bad[i], &b);
		CU_ASSERT_EQUAL(der_uint(buf_slice(&b), &v), DPE_SYNTAX);
	}
	buf_free(&b);
}
