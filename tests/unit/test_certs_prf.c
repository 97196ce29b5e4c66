/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets from a seed: golden values of another program, and another route. */
#include <string.h>

#include "certs/prf.h"
#include "tests/unit/test_certs.h"
#include "tests/unit/unit.h"

static const uint8_t	context[10] = { 0x98, 0x00, 0x10, 0x32, 0x54, 0x76,
			    0x98, 0x10, 0x32, 0x14 };

static struct prf *
counting(uint8_t seed[PRF_SEED])
{
	struct prf	*p;
	size_t		 i;

	for (i = 0; i < PRF_SEED; i++)
		seed[i] = (uint8_t)i;
	CU_ASSERT_EQUAL_FATAL(prf_new(seed, &p), 0);
	return p;
}

/* Made with HMAC of Python's library, for the seed 00 01 .. 1F. */
void
prf_vectors(void)
{
	static const struct {
		const char	*label, *hex;
	} octets[] = {
		{ "k", "90f986872acdc42a073ee317fb991885" },
		{ "opc", "08648db1c173510a79a5dcfe6ae5f0eb" },
		{ "topc", "14228262967306c8286bb2a0c8344350"
		    "b7f1b63024e83b11d088f07c337235e5" },
		{ "long", "46674fafd3e8419aac0d90502c1371dfb3193aba56f3291a"
		    "0a60f6abb8fa6551e4a5e202bd7aa9417fdacbab145b23fe76b3abf6"
		    "9cfe736defbbfa7d4e4929ec" }
	};
	static const struct {
		const char	*label, *digits;
	} codes[] = {
		{ "pin1", "5524" },
		{ "puk1", "36664515" },
		{ "adm1", "23926327" },
		{ "many", "178022534998061381772517489804739049640466067014"
		    "244715838515" }
	};
	uint8_t		 seed[PRF_SEED], out[PRF_MAX];
	struct prf	*p = counting(seed);
	struct buf	 want = {0};
	size_t		 i, n;

	for (i = 0; i < NELEM(octets); i++) {
		unit_hex(octets[i].hex, &want);
		prf_bytes(p, octets[i].label, slice_of(context,
		    sizeof(context)), out, want.len);
		unit_same(octets[i].label, slice_of(out, want.len),
		    buf_slice(&want));
		buf_free(&want);
	}
	for (i = 0; i < NELEM(codes); i++) {
		n = strlen(codes[i].digits);
		prf_digits(p, codes[i].label, slice_of(context,
		    sizeof(context)), out, n);
		unit_same(codes[i].label, slice_of(out, n),
		    slice_str(codes[i].digits));
	}
	prf_free(p);
}

/* The same from the HMAC of messages that are put together here. */
void
prf_second_route(void)
{
	uint8_t		 seed[PRF_SEED], out[PRF_MAX], want[64];
	struct prf	*p = counting(seed);
	struct buf	 m = {0};
	uint8_t		 i;

	for (i = 1; i <= 2; i++) {
		buf_cut(&m, 0);
		buf_add(&m, "\0\0\0", 3);
		buf_add_u8(&m, i);
		buf_add_str(&m, "opc2");
		buf_add_u8(&m, 0);
		buf_add(&m, context, sizeof(context));
		buf_add(&m, "\0\0\2\0", 4);
		hmac_sha256(slice_of(seed, sizeof(seed)), buf_slice(&m),
		    want + 32 * (i - 1));
	}
	prf_bytes(p, "opc2", slice_of(context, sizeof(context)), out, 64);
	unit_same("64 octets", slice_of(out, 64), slice_of(want, 64));
	prf_bytes(p, "opc2", slice_of(context, 9), out, 64);
	CU_ASSERT_NOT_EQUAL(memcmp(out, want, 64), 0);
	prf_bytes(p, "opc2", slice_of(context, sizeof(context)), out, 16);
	CU_ASSERT_NOT_EQUAL(memcmp(out, want, 16), 0);	/* L counts */
	buf_free(&m);
	prf_free(p);
}

/* Each digit a tenth of 64,000: five standard deviations are 380. */
void
prf_fair(void)
{
	uint8_t		 seed[PRF_SEED], out[64], d[32];
	struct prf	*p = counting(seed);
	unsigned	 seen[10] = { 0 }, i;
	size_t		 k;

	for (i = 0; i < 1000; i++) {
		prf_digits(p, "code", slice_of(&i, sizeof(i)), out, 64);
		for (k = 0; k < 64; k++) {
			CU_ASSERT_FATAL(out[k] >= '0' && out[k] <= '9');
			seen[out[k] - '0']++;
		}
	}
	for (i = 0; i < 10; i++)
		CU_ASSERT(seen[i] > 6020 && seen[i] < 6780);
	prf_scalar(p, "app-key", slice_of(context, sizeof(context)), d);
	prf_bytes(p, "app-key", slice_of(context, sizeof(context)), out, 32);
	unit_same("scalar", slice_of(d, 32), slice_of(out, 32));
	prf_free(p);
}
