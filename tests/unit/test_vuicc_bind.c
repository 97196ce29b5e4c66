/* SPDX-License-Identifier: Apache-2.0 */
/* The little SM-DP+'s packages: by hand, for the tests of the card. */
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "tests/unit/test_vuicc_fix.h"

#define HOST_ID	"test-host"

/* 82 | 80 | A6 | 5F49 otPK.DP of BF23. */
static void
bind_channel(struct vfix *f, const uint8_t otpk[POINT_LEN], struct buf *out)
{
	size_t	 at;

	der_add_uint(out, 0x82, 1);
	der_add(out, 0x80, buf_slice(&f->s.tid));
	at = out->len;
	der_add(out, 0x80, slice_of("\x88", 1));
	der_add(out, 0x81, slice_of("\x10", 1));
	der_add(out, 0x84, slice_str(HOST_ID));
	der_wrap(out, at, 0xA6);
	der_add(out, 0x5F49, slice_of(otpk, POINT_LEN));
}

static void
bind_sign(struct vfix *f, struct buf *bf23)
{
	struct buf	 tbs = {0};
	uint8_t		 sig[SIG_LEN];

	buf_add_slice(&tbs, buf_slice(bf23));
	der_add(&tbs, 0x5F49, slice_of(f->s.otpk, POINT_LEN));
	if (sig_sign(f->crypto, f->dp_pb, buf_slice(&tbs), sig) != 0)
		abort();
	der_add(bf23, 0x5F37, slice_of(sig, SIG_LEN));
	der_wrap(bf23, 0, 0xBF23);
	buf_free(&tbs);
}

static void
bind_keys(struct vfix *f, const struct privkey *otsk, uint8_t out[48])
{
	struct pubkey	*card;
	struct buf	 info = {0};
	uint8_t		 z[32];

	if (pubkey_new(f->crypto, f->card.euicc.curve,
	    slice_of(f->s.otpk, POINT_LEN), &card) != 0 ||
	    ecdh_derive(f->crypto, otsk, card, z) != 0)
		abort();
	buf_add(&info, "\x88\x10", 2);
	buf_add_u8(&info, sizeof(HOST_ID) - 1);
	buf_add_str(&info, HOST_ID);
	buf_add_u8(&info, 16);
	buf_add(&info, f->card.eid_bcd, 16);
	x963_kdf(f->crypto, slice_of(z, 32), buf_slice(&info), out, 48);
	buf_free(&info);
	pubkey_free(card);
}

void
vfix_bind(struct vfix *f, struct slice metadata, struct slice upp,
    struct buf *out)
{
	struct privkey	*otsk;
	struct vsender	 s;
	struct buf	 part = {0};
	uint8_t		 otpk[POINT_LEN], keys[48];

	if (privkey_generate(f->crypto, f->card.euicc.curve, &otsk) != 0)
		abort();
	privkey_point(otsk, otpk);
	bind_channel(f, otpk, out);
	bind_sign(f, out);
	bind_keys(f, otsk, keys);
	privkey_free(otsk);
	vsender_open(&s, slice_of(keys, sizeof(keys)));
	vsender_add(&s, 0x87, slice_of("\xbf\x24\x00", 3), true, &part);
	der_add(out, 0xA0, buf_slice(&part));
	buf_cut(&part, 0);
	vsender_add(&s, 0x88, metadata, true, &part);
	der_add(out, 0xA1, buf_slice(&part));
	buf_cut(&part, 0);
	vsender_add(&s, 0x86, upp, true, &part);
	der_add(out, 0xA3, buf_slice(&part));
	der_wrap(out, 0, 0xBF36);
	vsender_close(&s);
	buf_free(&part);
}

/* All four events to one address, as a row of the metadata. */
static void
bind_metadata(const uint8_t iccid[10], struct buf *out)
{
	size_t	 at, inner;

	der_add(out, 0x5A, slice_of(iccid, 10));
	der_add(out, 0x91, slice_str("Provider"));
	der_add(out, 0x92, slice_str("Name"));
	at = inner = out->len;
	der_add(out, 0x80, slice_of("\x04\xf0", 2));
	der_add(out, 0x81, slice_str("notify.example"));
	der_wrap(out, inner, 0x30);
	der_wrap(out, at, 0xB6);
	der_wrap(out, 0, 0xBF25);
}

void
vfix_profile(const uint8_t iccid[10], struct buf *metadata, struct buf *upp)
{
	size_t	 at;

	bind_metadata(iccid, metadata);
	der_add(upp, 0xA0, slice_of("\x80\x01\x02", 3));
	at = upp->len;
	der_add(upp, 0xA0, slice_of("\x81\x01\x01", 3));
	der_add(upp, 0x83, slice_of(iccid, 10));
	der_wrap(upp, at + 5, 0xA4);
	der_wrap(upp, at, 0xB0);
	der_add(upp, 0xAA, slice_of("\xa0\x03\x81\x01\x02", 5));
}
