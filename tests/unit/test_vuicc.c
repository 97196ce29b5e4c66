/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_vuicc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/der.h"

void
vsession_open(struct vsession *v, const char *name)
{
	struct buf	 b = {0};
	enum curve	 curve;

	memset(v, 0, sizeof(*v));
	snprintf(v->file, sizeof(v->file), "vuicc/%s.txt", name);
	if (crypto_new(&v->crypto) != 0)
		abort();
	unit_vec(v->file, "tid", &v->tid);
	unit_vec(v->file, "eid", &v->eid);
	unit_vec(v->file, "otpk_euicc", &v->otpk);
	unit_vec(v->file, "bpp", &v->bpp);
	unit_vec(v->file, "upp", &v->upp);
	unit_vec(v->file, "metadata", &v->metadata);
	unit_vec(v->file, "key_data", &v->key_data);
	unit_vec(v->file, "curve", &b);
	curve = b.p[0] == 0 ? CURVE_P256 : CURVE_BP256;
	buf_cut(&b, 0);
	unit_vec(v->file, "otsk_euicc", &b);
	if (privkey_from_scalar(v->crypto, curve, buf_slice(&b),
	    &v->otsk) != 0)
		abort();
	buf_cut(&b, 0);
	unit_vec(v->file, "dp_pb", &b);
	if (pubkey_new(v->crypto, curve, buf_slice(&b), &v->dp_pb) != 0)
		abort();
	buf_free(&b);
	v->in.crypto = v->crypto;
	v->in.otsk = v->otsk;
	v->in.otpk = buf_slice(&v->otpk);
	v->in.dp_pb = v->dp_pb;
	v->in.tid = buf_slice(&v->tid);
	v->in.eid = v->eid.p;
}

void
vsession_close(struct vsession *v)
{
	buf_free(&v->tid);
	buf_free(&v->eid);
	buf_free(&v->otpk);
	buf_free(&v->bpp);
	buf_free(&v->upp);
	buf_free(&v->metadata);
	buf_free(&v->key_data);
	privkey_free(v->otsk);
	pubkey_free(v->dp_pb);
	crypto_free(v->crypto);
}

void
vsender_open(struct vsender *s, struct slice key_data)
{
	memset(s, 0, sizeof(*s));
	memcpy(s->chain, key_data.p, 16);
	if (aes128_new(key_data.p + 16, &s->enc) != 0 ||
	    aes128_new(key_data.p + 32, &s->mac) != 0)
		abort();
	s->counter = 1;
}

void
vsender_close(struct vsender *s)
{
	aes128_free(s->enc);
	aes128_free(s->mac);
}

void
vsender_add(struct vsender *s, uint8_t tag, struct slice plain, bool pad,
    struct buf *out)
{
	struct buf	 body = {0}, head = {0};
	struct slice	 part[2];
	uint8_t		 block[16] = {0}, icv[16], mac[16];

	if (tag == 0x88)
		buf_add_slice(&body, plain);
	else {
		struct buf	 p = {0};

		buf_add_slice(&p, plain);
		if (pad)
			buf_add_u8(&p, 0x80);
		while (p.len % 16 != 0)
			buf_add_u8(&p, 0);
		block[15] = (uint8_t)s->counter;
		if (aes128_ecb(s->enc, block, icv) != 0 ||
		    aes128_cbc_encrypt(s->enc, icv, buf_slice(&p),
		    buf_grow(&body, p.len)) != 0)
			abort();
		buf_free(&p);
	}
	s->counter++;
	buf_add(&head, s->chain, 16);
	der_add_head(&head, tag, body.len + 8);
	buf_add_slice(&head, buf_slice(&body));
	part[0] = buf_slice(&head);
	if (aes128_cmac(s->mac, part, 1, mac) != 0)
		abort();
	memcpy(s->chain, mac, 16);
	buf_add(out, head.p + 16, head.len - 16);
	buf_add(out, mac, 8);
	buf_free(&body);
	buf_free(&head);
}
