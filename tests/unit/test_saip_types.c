/* SPDX-License-Identifier: Apache-2.0 */
/* What binds a package to a type: owner, groups, keys for tests alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "server/saip/fit.h"
#include "server/saip/testkeys.h"
#include "tests/unit/test_saip.h"

#define RISING	"\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\17"
#define ZEROES	"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define LOW	"\0\0\0\0\0\0\0\0\0\0\0\0abcd"
#define NOT_LOW	"\0\0\0\0\0\0\0\0\0\0\0\1abcd"
#define RANDOM	"a key by chance."
#define OTHER	"another by luck."

static void
known_keys(void)
{
	static const struct {
		const char	*iccid, *imsi;
		unsigned	 algorithm;
		const char	*k, *opc, *part;	/* NULL: not known */
		enum saip_cards	 cards;
	} tab[] = {
		{ "8944", "99970", 1, RANDOM, OTHER, NULL, SAIP_CARDS_NONE },
		{ "8944", "99970", 2, RANDOM, OTHER, NULL, SAIP_CARDS_NONE },
		{ "8944", "99970", 1, NOT_LOW, OTHER, NULL, SAIP_CARDS_NONE },
		{ "8944", "99970", 3, RANDOM, OTHER, "XOR", SAIP_CARDS_SOME },
		{ "8944", "99970", 1, RISING, OTHER, "00 01 02",
		    SAIP_CARDS_SOME },
		{ "8944", "99970", 1, ZEROES, OTHER, "lowest 32",
		    SAIP_CARDS_ALL },
		{ "8944", "99970", 1, LOW, OTHER, "lowest 32",
		    SAIP_CARDS_ALL },
		{ "8944", "99970", 1, RANDOM, ZEROES, "OPc", SAIP_CARDS_NONE },
		{ "8944", "99970", 1, RANDOM, RISING, "OPc", SAIP_CARDS_NONE },
		{ "8944", "99970", 1, "\x46\x5b\x5c\xe8\xb1\x99\xb4\x9f"
		    "\xaa\x5f\x0a\x2e\xe2\x38\xa6\xbc", OTHER, "35.208",
		    SAIP_CARDS_NONE },
		{ "8944", "99970", 1, RANDOM, "\xcd\x63\xcb\x71\x95\x4a\x9f"
		    "\x4e\x48\xa5\x99\x4e\x37\xa0\x2b\xaf", "35.208",
		    SAIP_CARDS_NONE },
		{ "8944", "00101", 1, RANDOM, OTHER, "001-01",
		    SAIP_CARDS_SOME },
		{ "8944", "00102", 1, RANDOM, OTHER, NULL, SAIP_CARDS_NONE },
		{ "8900", "99970", 1, RANDOM, OTHER, "8900",
		    SAIP_CARDS_NONE },
		{ NULL, NULL, 0, RANDOM, OTHER, NULL, SAIP_CARDS_NONE }
	};
	struct saip_keys s;
	const char	*what;
	size_t		 i;

	for (i = 0; i < NELEM(tab); i++) {
		s = (struct saip_keys){ tab[i].iccid, tab[i].imsi,
		    tab[i].algorithm, slice_of(tab[i].k, 16),
		    slice_of(tab[i].opc, 16) };
		what = saip_test_keys(&s);
		CU_ASSERT(tab[i].part == NULL ? what == NULL :
		    what != NULL && strstr(what, tab[i].part) != NULL);
		CU_ASSERT_EQUAL(saip_test_cards(&s), tab[i].cards);
	}
	memset(&s, 0, sizeof(s));
	CU_ASSERT_PTR_NULL(saip_test_keys(&s));
}

/* A record of values, made one that every card takes as a test profile. */
static void
key_for_tests(void)
{
	struct buf	 v = {0};
	struct saip_keys s = {0};

	CU_ASSERT_EQUAL(saip_values(&rnd_system, "8944000000000000001",
	    "999700000000001", &v), 0);
	s.k = saip_value(buf_slice(&v), SAIP_K);
	CU_ASSERT_EQUAL(saip_test_cards(&s), SAIP_CARDS_NONE);
	CU_ASSERT_EQUAL(saip_test_k(&v), 0);
	s.k = saip_value(buf_slice(&v), SAIP_K);
	CU_ASSERT_EQUAL(saip_test_cards(&s), SAIP_CARDS_ALL);
	buf_free(&v);
	/* That of a second USIM as well. */
	CU_ASSERT_EQUAL(saip_values_draw(&rnd_system, "8944000000000000001",
	    "999700000000001", SAIP_USUAL | SAIP_BIT(SAIP_K2), &v), 0);
	CU_ASSERT_EQUAL(saip_test_k(&v), 0);
	s.k = saip_value(buf_slice(&v), SAIP_K2);
	CU_ASSERT_EQUAL(saip_test_cards(&s), SAIP_CARDS_ALL);
	buf_free(&v);
}

/* A File with this content, and an Fcp that says its size unless it is 0. */
static void
add_file(struct buf *b, uint32_t tag, uint8_t size, const char *p, size_t n)
{
	size_t	 at = b->len;

	if (size > 0) {
		der_add(b, 0x80, slice_of(&size, 1));
		der_wrap(b, at, 0xa1);
	}
	der_add(b, 0x83, slice_of(p, n));
	der_wrap(b, at, tag);
}

/* PEHeader and the OID of a template, 2.23.143.1.2.n; where they begin. */
static size_t
pe_begin(struct buf *b, uint64_t id, uint8_t template)
{
	uint8_t	 oid[] = { 0x67, 0x81, 0x0f, 1, 2, template };
	size_t	 at = b->len;

	der_add_uint(b, 0x81, id);
	der_wrap(b, at, 0xa0);
	der_add(b, 0x81, slice_of(oid, sizeof(oid)));
	return at;
}

/* usim and opt-usim, appended: all that is looked at. */
static void
naa_add(struct buf *b, uint64_t id, const char *ust, const char *gid1,
    uint8_t size)
{
	static const uint8_t	 aid[] = { 0xa0, 0, 0, 0, 0x87, 0x10, 2 };
	size_t			 at = pe_begin(b, id, 4), in = b->len;

	der_add(b, 0x84, slice_of(aid, sizeof(aid)));
	der_wrap(b, in, 0xa1);
	der_wrap(b, in, 0xa2);
	add_file(b, 0xa3, 0, "\x08\x39\x01\x14\0\0\0\0\x10", 9);
	add_file(b, 0xa8, 0, ust, 4);
	der_wrap(b, at, 0xb3);
	at = pe_begin(b, id + 1, 5);
	if (gid1 != NULL)
		add_file(b, 0xa5, size, gid1, 2);
	der_wrap(b, at, 0xb4);
}

/* Behind the header and the MF. */
static void
naa(struct buf *b, const char *ust, const char *gid1, uint8_t size)
{
	size_t	 at;

	buf_cut(b, 0);
	der_add_uint(b, 0x80, 2);
	der_add_uint(b, 0x81, 1);
	der_add(b, 0x83, slice_of("\x89\x44\0\0\0\0\0\0\0\1", 10));
	der_add(b, 0xa5, slice_of(NULL, 0));
	der_add(b, 0xa6, slice_of(NULL, 0));
	der_wrap(b, 0, 0xa0);
	at = pe_begin(b, 1, 1);
	der_wrap(b, at, 0xb0);
	naa_add(b, 2, ust, gid1, size);
}

static void
owners(void)
{
	static const struct {
		const char	*ust, *gid1;
		uint8_t		 size;
		struct saip_owner o;
		const char	*part;		/* NULL: it fits */
	} tab[] = {
		{ "\0\0\0", NULL, 0, { "310-410", "", "" }, NULL },
		{ "\0\0\0", NULL, 0, { "", "", "" }, NULL },
		{ "\0\0\3", NULL, 0, { "", "", "" }, NULL },
		{ "\0\0\0", NULL, 0, { "310-41", "", "" }, NULL },
		{ "\0\0\0", NULL, 0, { "310-411", "", "" },
		    "EF.IMSI is 310410..." },
		{ "\0\0\0", NULL, 0, { "311-41", "", "" }, "EF.IMSI" },
		{ "\0\0\1", "\1\2", 2, { "310-410", "0102", "" }, NULL },
		{ "\0\0\1", "\1\2", 0, { "310-410", "0102FFFFFFFFFFFF",
		    "" }, NULL },
		{ "\0\0\1", "\1\2", 0, { "310-410", "0102", "" },
		    "EF.GID1 is 0102FFFFFFFFFFFF, gid1 of the owner 0102" },
		{ "\0\0\1", NULL, 0, { "310-410", "0102", "" },
		    "no EF.GID1" },
		{ "\0\0\0", "\1\2", 2, { "310-410", "0102", "" },
		    "lacks service 17" },
		{ "\0\0\1", "\1\2", 2, { "310-410", "", "" },
		    "has service 17" },
		{ "\0\0\2", NULL, 0, { "310-410", "", "" },
		    "has service 18" },
		{ "\0\0\0", "\1\2", 2, { "310-410", "", "" }, NULL }
	};
	struct buf	 b = {0}, two = {0};
	struct saip_fit	 f;
	struct why	 why;
	size_t		 i;
	int		 r;

	for (i = 0; i < NELEM(tab); i++) {
		naa(&b, tab[i].ust, tab[i].gid1, tab[i].size);
		CU_ASSERT_EQUAL(saip_fit_read(buf_slice(&b), &f, NULL), 0);
		CU_ASSERT_EQUAL_FATAL(f.n, 1);
		CU_ASSERT_STRING_EQUAL(f.usim[0].imsi, "310410000000001");
		why.text[0] = '\0';
		r = saip_fit_check(&f, &tab[i].o, &why);
		CU_ASSERT_EQUAL(r, tab[i].part == NULL ? 0 : DPE_RANGE);
		if (tab[i].part != NULL &&
		    strstr(why.text, tab[i].part) == NULL) {
			printf("# %zu: %s\n", i, why.text);
			CU_FAIL("another reason");
		}
	}
	/* Of several the owner is that of one. */
	naa(&two, "\0\0\1", "\1\2", 2);
	naa_add(&two, 9, "\0\0\0", NULL, 0);
	CU_ASSERT_EQUAL(saip_fit_read(buf_slice(&two), &f, NULL), 0);
	CU_ASSERT_EQUAL(f.n, 2);
	CU_ASSERT_EQUAL(saip_fit_check(&f, &tab[6].o, NULL), 0);
	CU_ASSERT_EQUAL(saip_fit_check(&f, &tab[0].o, NULL), 0);
	CU_ASSERT_EQUAL(saip_fit_check(&f, &tab[4].o, NULL), DPE_RANGE);
	buf_cut(&b, 0);
	CU_ASSERT_EQUAL(saip_fit_read(buf_slice(&b), &f, NULL), 0);
	CU_ASSERT_EQUAL(saip_fit_check(&f, &tab[0].o, NULL), 0);
	buf_free(&two);
	buf_free(&b);
}

static int	sample_failures;

/* All of them are of 001-01, with both group identifiers, and XOR. */
static int
sample(void *arg, const char *name)
{
	static const struct saip_owner all = { "001-01", "FFFF", "FFFF" },
	    none = { "001-01", "", "" };
	struct buf	 path = {0}, b = {0};
	struct saip_info info;
	struct saip_fit	 f;
	const char	*known = NULL;
	enum saip_cards	 cards = SAIP_CARDS_ALL;

	buf_addf(&path, "%s/%s", (const char *)arg, name);
	if (file_read(buf_cstr(&path), LIM_UPP, &b, NULL) == 0 &&
	    saip_check(buf_slice(&b), &info, NULL) == 0) {
		if (saip_fit_read(buf_slice(&b), &f, NULL) != 0)
			sample_failures++;
		saip_test_package(buf_slice(&b), &info, &known, &cards);
	}
	if (known == NULL || cards != SAIP_CARDS_SOME ||
	    saip_fit_check(&f, &all, NULL) != 0 ||
	    saip_fit_check(&f, &none, NULL) == 0) {
		sample_failures++;
		printf("# %s\n", name);
	}
	buf_free(&path);
	buf_free(&b);
	return 0;
}

/* Packages of others, where the machine has some. */
static void
samples(void)
{
	struct buf	 dir = {0};

	if (!unit_testdata("upp", &dir)) {
		buf_free(&dir);
		return;
	}
	CU_ASSERT_EQUAL(file_each(buf_cstr(&dir), ".der", sample,
	    buf_cstr(&dir), NULL), 0);
	CU_ASSERT_EQUAL(sample_failures, 0);
	buf_free(&dir);
}

const struct unit_case	test_saip_types_cases[] = {
	UNIT_CASE(known_keys),
	UNIT_CASE(key_for_tests),
	UNIT_CASE(owners),
	UNIT_CASE(samples),
};
const size_t	test_saip_types_n = NELEM(test_saip_types_cases);
