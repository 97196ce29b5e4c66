/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/der.h"
#include "tools/unbsp_int.h"

int
unbsp_keys_set(struct unbsp_keys *k, const uint8_t data[48])
{
	unbsp_keys_free(k);
	memcpy(k->chain, data, AES_BLOCK);
	k->counter = 1;
	if (aes128_new(data + 16, &k->enc) != 0 ||
	    aes128_new(data + 32, &k->mac) != 0)
		return DPE_CRYPTO;
	return 0;
}

void
unbsp_keys_free(struct unbsp_keys *k)
{
	aes128_free(k->enc);
	aes128_free(k->mac);
	mem_wipe(k, sizeof(*k));
}

/*
 * MAC over chain || tag || length || body: as tag and length stand in the
 * segment itself, that is the chain followed by all of it but its last eight.
 */
static int
unbsp_mac(struct unbsp_keys *k, struct slice raw)
{
	struct slice	 part[2];
	uint8_t		 full[AES_BLOCK];

	part[0] = slice_of(k->chain, AES_BLOCK);
	part[1] = slice_sub(raw, 0, raw.len - UNBSP_MAC);
	if (aes128_cmac(k->mac, part, 2, full) != 0)
		return DPE_CRYPTO;
	if (!slice_eq_ct(slice_of(full, UNBSP_MAC),
	    slice_sub(raw, raw.len - UNBSP_MAC, UNBSP_MAC)))
		return DPE_SIG;
	memcpy(k->chain, full, AES_BLOCK);
	return 0;
}

/* The octets before 80 00..., which fill the last block; DPE_SIG. */
static int
unbsp_unpad(const uint8_t *p, size_t n, size_t *len)
{
	size_t	 i;

	for (i = n; i > n - AES_BLOCK; i--)
		if (p[i - 1] != 0x00)
			break;
	if (i == n - AES_BLOCK || p[i - 1] != 0x80)
		return DPE_SIG;
	*len = i - 1;
	return 0;
}

static int
unbsp_decrypt(struct unbsp_keys *k, struct slice body, struct buf *plain)
{
	uint8_t	 block[AES_BLOCK] = {0}, icv[AES_BLOCK];
	uint8_t	*p;
	size_t	 at = plain->len, len;
	int	 i, r;

	if (body.len == 0 || body.len % AES_BLOCK != 0)
		return DPE_SYNTAX;
	for (i = 0; i < 4; i++)
		block[15 - i] = (uint8_t)(k->counter >> (8 * i));
	if ((r = aes128_ecb(k->enc, block, icv)) != 0)
		return r;
	p = buf_grow(plain, body.len);
	if ((r = aes128_cbc_decrypt(k->enc, icv, body, p)) != 0 ||
	    (r = unbsp_unpad(p, body.len, &len)) != 0)
		len = 0;
	buf_cut(plain, at + len);
	return r;
}

int
unbsp_segment(struct unbsp_keys *k, uint8_t tag, struct slice *in,
    struct buf *plain)
{
	struct slice	 body;
	struct der	 d;
	int		 r;

	if (der_expect(in, tag, &d) != 0 || d.value.len <= UNBSP_MAC ||
	    d.raw.len > UNBSP_TLV_MAX)
		return DPE_SYNTAX;
	if ((r = unbsp_mac(k, d.raw)) != 0)
		return r;
	body = slice_sub(d.value, 0, d.value.len - UNBSP_MAC);
	if (tag == 0x88)
		buf_add_slice(plain, body);
	else
		r = unbsp_decrypt(k, body, plain);
	k->counter++;	/* 88 counts too, though it has no ICV (2.5.4) */
	return r;
}
