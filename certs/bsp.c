/* SPDX-License-Identifier: Apache-2.0 */
#include "certs/bsp.h"

#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "certs/cmac.h"
#include "certs/internal.h"

#define BSP_MAC		8	/* octets of the MAC that are sent */
#define BSP_PLAIN_ENC	1007	/* so that the TLV has at most 1020 octets */
#define BSP_PLAIN_MAC	1008
#define BSP_KEY_TYPE	0x88	/* AES */

struct bsp {
	struct cbc	 enc;
	struct cmac	*mac;
	uint8_t		 chain[16];
	uint32_t	 counter;
};

void
bsp_derive(struct crypto *c, const uint8_t z[32], struct slice host_id,
    const uint8_t eid[16], struct bsp_keys *out)
{
	struct buf	 info = {0};
	uint8_t		 data[3 * KEY_LEN];

	buf_add_u8(&info, BSP_KEY_TYPE);
	buf_add_u8(&info, KEY_LEN);
	buf_add_u8(&info, (uint8_t)host_id.len);
	buf_add_slice(&info, host_id);
	buf_add_u8(&info, 16);
	buf_add(&info, eid, 16);
	x963_kdf(c, slice_of(z, 32), buf_slice(&info), data, sizeof(data));
	memcpy(out->mac_chaining, data, KEY_LEN);
	memcpy(out->enc, data + KEY_LEN, KEY_LEN);
	memcpy(out->mac, data + 2 * KEY_LEN, KEY_LEN);
	mem_wipe(data, sizeof(data));
	buf_free(&info);
}

int
bsp_new(struct crypto *c, const struct bsp_keys *keys, struct bsp **out)
{
	struct bsp	*b = xcalloc(1, sizeof(*b));
	int		 r;

	*out = NULL;
	if ((r = cbc_new(c, &b->enc)) != 0 ||
	    (r = cmac_new(c, &b->mac)) != 0 || (r = bsp_rekey(b, keys)) != 0) {
		bsp_free(b);
		return r;
	}
	*out = b;
	return 0;
}

void
bsp_free(struct bsp *b)
{
	if (b == NULL)
		return;
	cbc_free(&b->enc);
	cmac_free(b->mac);
	mem_wipe(b, sizeof(*b));
	free(b);
}

int
bsp_rekey(struct bsp *b, const struct bsp_keys *keys)
{
	memcpy(b->chain, keys->mac_chaining, sizeof(b->chain));
	b->counter = 1;
	if (cbc_key(&b->enc, keys->enc) != 0 ||
	    cmac_key(b->mac, keys->mac) != 0)
		return DPE_CRYPTO;
	return 0;
}

/* Append the padded plaintext, encrypted under the counter's ICV. */
static int
bsp_encrypt(struct bsp *b, struct slice plain, struct buf *out)
{
	static const uint8_t	 zero[16];
	uint8_t			 padded[BSP_PLAIN_ENC + 16] = {0};
	uint8_t			 count[16] = {0}, icv[16];
	size_t			 n = (plain.len / 16 + 1) * 16;
	int			 r, i;

	if (plain.len > 0)
		memcpy(padded, plain.p, plain.len);
	padded[plain.len] = 0x80;
	for (i = 0; i < 4; i++)
		count[15 - i] = (uint8_t)(b->counter >> (8 * i));
	if ((r = cbc_encrypt(&b->enc, zero, count, 16, icv)) == 0)
		r = cbc_encrypt(&b->enc, icv, padded, n, buf_grow(out, n));
	mem_wipe(padded, n);
	return r;
}

int
bsp_protect(struct bsp *b, uint8_t tag, struct slice plain, struct buf *out)
{
	size_t		 at = out->len, n = plain.len;
	struct slice	 parts[2];
	uint8_t		 full[16];
	int		 r = 0;

	if (tag != 0x86 && tag != 0x87 && tag != 0x88)
		return DPE_RANGE;
	if (n > (tag == 0x88 ? BSP_PLAIN_MAC : BSP_PLAIN_ENC))
		return DPE_RANGE;
	if (tag != 0x88)
		n = (n / 16 + 1) * 16;
	der_add_head(out, tag, n + BSP_MAC);
	if (tag == 0x88)
		buf_add_slice(out, plain);
	else
		r = bsp_encrypt(b, plain, out);
	parts[0] = slice_of(b->chain, sizeof(b->chain));
	parts[1] = slice_sub(buf_slice(out), at, out->len);
	if (r != 0 || (r = cmac_sum(b->mac, parts, 2, full)) != 0) {
		buf_cut(out, at);
		return r;
	}
	buf_add(out, full, BSP_MAC);
	memcpy(b->chain, full, sizeof(full));
	b->counter++;		/* 88 does not use its number, and takes it */
	return 0;
}

void
bsp_state(const struct bsp *b, uint8_t chain[16], uint32_t *counter)
{
	memcpy(chain, b->chain, sizeof(b->chain));
	*counter = b->counter;
}
