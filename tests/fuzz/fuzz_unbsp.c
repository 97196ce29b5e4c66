/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The unwrapping of packages and the walk over what comes out.  MACs stop a
 * fuzzer at once, so that the first octet chooses: a whole package; or segments
 * as they come, MACed anew here before they are read.
 */
#include <stdlib.h>
#include <string.h>

#include "tools/unbsp_int.h"
#include "tools/vuicc_upp.h"

int	LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

static const uint8_t	keys[48] = { 1, 2, 3 };

/* One segment with a right MAC, so that padding and sizes are reached. */
static void
fuzz_segment(struct slice body, uint8_t tag)
{
	struct unbsp_keys	 k;
	struct aes128		*mac;
	struct buf		 head = {0}, plain = {0};
	struct slice		 part[1], in;
	uint8_t			 full[16];

	memset(&k, 0, sizeof(k));
	if (body.len > 4096 || unbsp_keys_set(&k, keys) != 0 ||
	    aes128_new(keys + 32, &mac) != 0)
		abort();
	buf_add(&head, keys, 16);
	buf_add_u8(&head, tag);
	buf_add_u8(&head, 0x82);
	buf_add_u8(&head, (uint8_t)((body.len + 8) >> 8));
	buf_add_u8(&head, (uint8_t)(body.len + 8));
	buf_add_slice(&head, body);
	part[0] = buf_slice(&head);
	if (aes128_cmac(mac, part, 1, full) != 0)
		abort();
	buf_add(&head, full, 8);
	in = slice_of(head.p + 16, head.len - 16);
	if (unbsp_segment(&k, tag, &in, &plain) == 0 && plain.len > 1008)
		abort();	/* longer than a segment can hold */
	aes128_free(mac);
	unbsp_keys_free(&k);
	buf_free(&head);
	buf_free(&plain);
}

static void
fuzz_package(struct slice bpp)
{
	static struct crypto	*crypto;
	static struct privkey	*key;
	static struct pubkey	*pb;
	static uint8_t		 point[POINT_LEN], eid[16];
	struct unbsp_in		 in;
	struct unbsp_out	 out;
	struct unbsp_fault	 fault;

	if (crypto == NULL) {
		if (crypto_new(&crypto) != 0 || privkey_from_scalar(crypto,
		    CURVE_P256, slice_of(keys, 32), &key) != 0)
			abort();
		privkey_point(key, point);
		if (pubkey_new(crypto, CURVE_P256, slice_of(point, POINT_LEN),
		    &pb) != 0)
			abort();
	}
	memset(&in, 0, sizeof(in));
	in.crypto = crypto;
	in.otsk = key;
	in.otpk = slice_of(point, POINT_LEN);
	in.dp_pb = pb;
	in.tid = slice_of(keys, 16);
	in.eid = eid;
	if (unbsp_open(&in, bpp, &out, &fault, NULL) == 0)
		unbsp_free(&out);
}

/* Owner and keys are looked for in whatever it is. */
static void
fuzz_naa(struct slice upp)
{
	struct store_metadata	 m = { .owner_plmn = slice_of(keys, 3),
				    .owner_gid1 = slice_of(keys, 8) };
	struct why		 why;

	if (vuicc_upp_owner(upp, &m, &why) == 0 &&
	    vuicc_upp_test(upp, &why) != 0 && why.text[0] == '\0')
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct slice	 rest;

	if (n < 1 || n > 4096)
		return 0;
	rest = slice_of(p + 1, n - 1);
	switch (p[0] & 3) {
	case 0:
		fuzz_package(rest);
		break;
	case 1:
		fuzz_segment(rest, 0x86);
		break;
	case 2:
		fuzz_segment(rest, 0x88);
		break;
	default:
		if (vuicc_upp_check(rest, slice_of(keys, 10), NULL) == 0 &&
		    rest.len < 12)
			abort();
		fuzz_naa(rest);
	}
	return 0;
}
