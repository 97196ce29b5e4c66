/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test_vuicc_es10_fix.h"

#include <string.h>

#include "base/der.h"

void
efix_open(struct efix *x)
{
	memset(x, 0, sizeof(*x));
	vfix_open(&x->f, false);
	vuicc_es10_init(&x->e, &x->f.card);
}

void
efix_close(struct efix *x)
{
	vuicc_es10_free(&x->e);
	buf_free(&x->out);
	vfix_close(&x->f);
}

unsigned
efix_call(struct efix *x, struct slice command)
{
	buf_cut(&x->out, 0);
	return vuicc_es10_call(&x->e, command, &x->out);
}

unsigned
efix_hex(struct efix *x, const char *hex)
{
	struct buf	 in = {0};
	unsigned	 sw;

	unit_hex(hex, &in);
	sw = efix_call(x, buf_slice(&in));
	buf_free(&in);
	return sw;
}

void
efix_same(struct efix *x, const char *hex, const char *want)
{
	struct buf	 expected = {0};

	CU_ASSERT_EQUAL(efix_hex(x, hex), SW_OK);
	unit_hex(want, &expected);
	unit_same(hex, buf_slice(&x->out), buf_slice(&expected));
	buf_free(&expected);
}

void
efix_challenge(struct efix *x)
{
	CU_ASSERT_EQUAL(efix_hex(x, "bf2e00"), SW_OK);
	CU_ASSERT_EQUAL(x->e.step, ES10_CHALLENGED);
}

void
efix_server(struct efix *x, struct buf *out)
{
	struct vfix	*f = &x->f;
	struct buf	 ctx = {0};

	buf_cut(out, 0);
	buf_add_slice(out, buf_slice(&f->signed1));
	buf_add_slice(out, buf_slice(&f->signature1));
	buf_add_slice(out, buf_slice(&f->ci_id));
	buf_add_slice(out, buf_slice(&f->dp_auth));
	unit_hex("a0118005412d422d43a108800435290611a100", &ctx);
	buf_add_slice(out, buf_slice(&ctx));
	der_wrap(out, 0, 0xBF38);
	buf_free(&ctx);
}

void
efix_offer(struct efix *x, struct slice hash_cc, struct buf *out)
{
	struct vfix	*f = &x->f;

	buf_cut(out, 0);
	buf_add_slice(out, buf_slice(&f->signed2));
	buf_add_slice(out, buf_slice(&f->signature2));
	if (hash_cc.len > 0)
		der_add(out, 0x04, hash_cc);
	buf_add_slice(out, buf_slice(&f->dp_pb_der));
	der_wrap(out, 0, 0xBF21);
}

void
efix_authenticate(struct efix *x)
{
	struct buf	 in = {0};

	efix_challenge(x);
	efix_server(x, &in);
	CU_ASSERT_EQUAL(efix_call(x, buf_slice(&in)), SW_OK);
	CU_ASSERT_EQUAL(x->e.step, ES10_AUTHENTICATED);
	buf_free(&in);
}

void
efix_prepare(struct efix *x)
{
	struct buf	 in = {0};

	efix_authenticate(x);
	vfix_sign(&x->f, &x->e.s, false, slice_of(NULL, 0));
	efix_offer(x, slice_of(NULL, 0), &in);
	CU_ASSERT_EQUAL(efix_call(x, buf_slice(&in)), SW_OK);
	CU_ASSERT_EQUAL(x->e.step, ES10_PREPARED);
	buf_free(&in);
}

void
efix_package(struct efix *x, const uint8_t iccid[10], struct buf *out)
{
	struct vuicc_session	 own = x->f.s;
	struct buf		 metadata = {0}, upp = {0};

	buf_cut(out, 0);
	vfix_profile(iccid, &metadata, &upp);
	x->f.s = x->e.s;	/* lent */
	vfix_bind(&x->f, buf_slice(&metadata), buf_slice(&upp), out);
	x->f.s = own;
	buf_free(&metadata);
	buf_free(&upp);
}

/* The head of group d, then its segments. */
static unsigned
load_group(struct efix *x, const struct der *d)
{
	struct slice	 rest = d->value;
	struct der	 segment;
	unsigned	 sw;

	sw = efix_call(x, slice_sub(d->raw, 0, d->raw.len - d->value.len));
	while (sw == SW_OK && rest.len > 0 && der_next(&rest, &segment) == 0)
		sw = efix_call(x, segment.raw);
	return sw;
}

unsigned
efix_load(struct efix *x, struct slice bpp)
{
	struct der	 whole, d;
	struct slice	 rest;
	unsigned	 sw;

	CU_ASSERT_EQUAL_FATAL(der_whole(bpp, 0xBF36, &whole), 0);
	rest = whole.value;
	CU_ASSERT_EQUAL_FATAL(der_expect(&rest, 0xBF23, &d), 0);
	sw = efix_call(x, slice_sub(bpp, 0, bpp.len - rest.len));
	while (sw == SW_OK && rest.len > 0 && der_next(&rest, &d) == 0)
		sw = d.tag == 0xA1 || d.tag == 0xA3 ? load_group(x, &d) :
		    efix_call(x, d.raw);
	return sw;
}

void
efix_install(struct efix *x, const uint8_t iccid[10])
{
	struct buf	 bpp = {0};

	efix_prepare(x);
	efix_package(x, iccid, &bpp);
	CU_ASSERT_EQUAL(efix_load(x, buf_slice(&bpp)), SW_OK);
	buf_free(&bpp);
}
