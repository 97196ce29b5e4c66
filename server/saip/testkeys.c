/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/testkeys.h"

#include <string.h>

#include "base/der.h"
#include "server/saip/walk.h"

#define XOR		3
#define LOW_OCTETS	4	/* of a K that a test profile may have */
#define TEST_ICCID	"8900"	/* no country has the code 00 */
#define TEST_IMSI	"00101"	/* MCC 001, MNC 01: TS 34.108, TS 36.508 */

/* In print as examples, and the defaults of core networks: K or OPc. */
static const struct {
	uint8_t		 octets[16];
	const char	*what;
} printed[] = {
	{ { 0x46, 0x5b, 0x5c, 0xe8, 0xb1, 0x99, 0xb4, 0x9f, 0xaa, 0x5f, 0x0a,
	    0x2e, 0xe2, 0x38, 0xa6, 0xbc }, "K of TS 35.208, test set 1" },
	{ { 0xcd, 0x63, 0xcb, 0x71, 0x95, 0x4a, 0x9f, 0x4e, 0x48, 0xa5, 0x99,
	    0x4e, 0x37, 0xa0, 0x2b, 0xaf }, "OPc of TS 35.208, test set 1" },
	{ { 0xe8, 0xed, 0x28, 0x9d, 0xeb, 0xa9, 0x52, 0xe4, 0x28, 0x3b, 0x54,
	    0xe8, 0x8e, 0x61, 0x83, 0xca }, "OPc that Open5GS presets" },
	{ { 0x8b, 0xaf, 0x47, 0x3f, 0x2f, 0x8f, 0xd0, 0x94, 0x87, 0xcc, 0xcb,
	    0xd7, 0x09, 0x7c, 0x68, 0x62 }, "K that free5GC presets" },
	{ { 0x8e, 0x27, 0xb6, 0xaf, 0x0e, 0x69, 0x2e, 0x75, 0x0f, 0x32, 0x66,
	    0x7a, 0x3b, 0x14, 0x60, 0x5d }, "OPc that free5GC presets" },
	{ { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0x01, 0x23, 0x45,
	    0x67, 0x89, 0xab, 0xcd, 0xef }, "key of TS.48, 0123456789ABCDEF" }
};

/* Zero but for the lowest 32 bits. */
static bool
key_is_low(struct slice k)
{
	size_t	 i;

	for (i = 0; i + LOW_OCTETS < k.len; i++)
		if (k.p[i] != 0)
			return false;
	return k.len > LOW_OCTETS;
}

/* 00 01 02 ... */
static bool
key_is_rising(struct slice k)
{
	size_t	 i;

	for (i = 0; i < k.len; i++)
		if (k.p[i] != i)
			return false;
	return k.len > 0;
}

static const char *
key_printed(struct slice k)
{
	size_t	 i;

	for (i = 0; i < NELEM(printed); i++)
		if (slice_eq(k, slice_of(printed[i].octets,
		    sizeof(printed[i].octets))))
			return printed[i].what;
	return NULL;
}

static bool
begins(const char *s, const char *with)
{
	return s != NULL && strncmp(s, with, strlen(with)) == 0;
}

const char *
saip_test_keys(const struct saip_keys *s)
{
	const char	*known;

	if (s->algorithm == XOR)
		return "its algorithm is the XOR of TS 34.108";
	if (key_is_rising(s->k))
		return "K of TS.48, 00 01 02 ...";
	if (key_is_low(s->k))
		return "K is zero but for its lowest 32 bits";
	if (key_is_low(s->opc) || key_is_rising(s->opc))
		return "OPc of a test profile, zeroes or 00 01 02 ...";
	if ((known = key_printed(s->k)) != NULL ||
	    (known = key_printed(s->opc)) != NULL)
		return known;
	if (begins(s->imsi, TEST_IMSI))
		return "its IMSI is of the test network 001-01";
	if (begins(s->iccid, TEST_ICCID))
		return "its ICCID begins with 8900";
	return NULL;
}

enum saip_cards
saip_test_cards(const struct saip_keys *s)
{
	if (key_is_low(s->k))
		return SAIP_CARDS_ALL;
	if (key_is_rising(s->k) || s->algorithm == XOR ||
	    begins(s->imsi, TEST_IMSI))
		return SAIP_CARDS_SOME;
	return SAIP_CARDS_NONE;
}

/* Of each USIM. */
int
saip_test_k(struct buf *values)
{
	static const enum saip_field keys[] = { SAIP_K, SAIP_K2 };
	struct slice	 k;
	uint8_t		 low[16] = { 0 };
	size_t		 i;
	int		 r = 0;

	for (i = 0; i < NELEM(keys) && r == 0; i++) {
		k = saip_value(buf_slice(values), keys[i]);
		if (k.len != sizeof(low))
			continue;
		memcpy(low + 12, k.p + 12, LOW_OCTETS);
		r = saip_value_set(values, keys[i],
		    slice_of(low, sizeof(low)));
	}
	return r;
}

/* The AlgoParameter of an akaParameter; false for a mapping to another one. */
static bool
aka_keys(struct slice pe, struct saip_keys *s)
{
	struct der	 conf, par, d;

	if (der_find(pe, 0xa1, &conf) != 0 ||
	    der_find(conf.value, 0xa1, &par) != 0)
		return false;
	if (der_find(par.value, 0x80, &d) == 0 && d.value.len == 1)
		s->algorithm = d.value.p[0];
	if (der_find(par.value, 0x82, &d) == 0)
		s->k = d.value;
	if (der_find(par.value, 0x83, &d) == 0)
		s->opc = d.value;
	return true;
}

void
saip_test_package(struct slice upp, const struct saip_info *info,
    const char **known, enum saip_cards *cards)
{
	struct saip_keys	 s = { .iccid = info->iccid,
				    .imsi = info->imsi };
	struct saip_walk	 w;
	struct saip_pe		 pe;
	const char		*one;

	*known = saip_test_keys(&s);
	*cards = SAIP_CARDS_ALL;
	for (saip_walk_start(&w, upp); saip_walk_more(&w) &&
	    saip_walk_next(&w, &pe, NULL) == 0;) {
		s.algorithm = 0;
		s.k = s.opc = slice_of(NULL, 0);
		if (pe.tag != PE_AKA || !aka_keys(pe.value, &s))
			continue;
		if ((one = saip_test_keys(&s)) != NULL)
			*known = one;
		if (saip_test_cards(&s) > *cards)
			*cards = saip_test_cards(&s);
	}
}
