/* SPDX-License-Identifier: Apache-2.0 */
/* What is encoded: limits, lists, signatures, segments, packages. */
#include <stdio.h>
#include <string.h>

#include "asn1/rsp.h"
#include "base/der.h"
#include "base/hex.h"
#include "tests/unit/asn1_msg.h"
#include "tests/unit/unit.h"

void
encode_refuses(void)
{
	static const uint8_t	 bytes[100];
	struct server_signed1	 s = {0};
	struct store_metadata	 m = {0};
	struct auth_response	 a = {0};
	struct buf		 b = {0};

	s.tid = slice_of(bytes, 17);
	s.euicc_challenge = s.server_challenge = slice_of(bytes, 16);
	CU_ASSERT_EQUAL(server_signed1_encode(&s, &b), DPE_RANGE);
	s.tid = slice_of(bytes, 16);
	s.server_challenge = slice_of(bytes, 15);
	CU_ASSERT_EQUAL(server_signed1_encode(&s, &b), DPE_RANGE);
	s.server_challenge = slice_of(bytes, 16);
	s.address = slice_str("\xc3\x28");
	CU_ASSERT_EQUAL(server_signed1_encode(&s, &b), DPE_RANGE);

	m.iccid = slice_of(bytes, 10);
	m.icon_type = -1;
	m.profile_class = 3;
	CU_ASSERT_EQUAL(store_metadata_encode(&m, &b), DPE_RANGE);
	m.profile_class = 2;
	m.n_notify = META_NOTIFY_MAX + 1;
	CU_ASSERT_EQUAL(store_metadata_encode(&m, &b), DPE_RANGE);
	m.n_notify = 0;
	m.provider = slice_of(bytes, 33);
	CU_ASSERT_EQUAL(store_metadata_encode(&m, &b), DPE_RANGE);

	a.ok = true;
	a.signed1 = a.euicc_cert = a.eum_cert = slice_of("\x30\x00", 2);
	a.signature = slice_of(bytes, 63);
	CU_ASSERT_EQUAL(auth_response_encode(&a, &b), DPE_RANGE);
	a.signature = slice_of(bytes, 64);
	a.eum_cert = slice_of("\x30\x01", 2);
	CU_ASSERT_EQUAL(auth_response_encode(&a, &b), DPE_RANGE);
	CU_ASSERT_EQUAL(b.len, 0);
	buf_free(&b);
}

/*
 * Policy rules beyond the eighth are read, and nothing that we could write:
 * not written rather than left out.
 */
void
encode_refuses_far_bits(void)
{
	struct store_metadata		 m;
	struct notification_meta	 n = { .events = 0x100 };
	struct buf			 in = {0}, out = {0};

	unit_hex("bf251c5a0a98001032547698103214910161920162"
	    "9904000000019f7b0101", &in);
	CU_ASSERT_EQUAL(store_metadata_decode(buf_slice(&in), &m), 0);
	CU_ASSERT_TRUE(m.ppr > 0xff);
	CU_ASSERT_EQUAL(store_metadata_encode(&m, &out), DPE_RANGE);
	m.ppr = 0;
	m.n_notify = 1;
	m.notify[0].events = 0x100;
	m.notify[0].address = slice_str("a");
	CU_ASSERT_EQUAL(store_metadata_encode(&m, &out), DPE_RANGE);
	n.address = slice_str("a");
	CU_ASSERT_EQUAL(notification_meta_encode(&n, &out), DPE_RANGE);
	CU_ASSERT_EQUAL(out.len, 0);
	msg_free(&m.msg);
	buf_free(&in);
	buf_free(&out);
}

/* A message that is longer than any can be. */
static void
too_long_refused(void)
{
	struct smdp_signed2	 x;
	struct buf		 b = {0};

	buf_grow(&b, LIM_RSP_MESSAGE + 1);
	memset(b.p, 0, b.len);
	CU_ASSERT_EQUAL(smdp_signed2_decode(buf_slice(&b), &x), DPE_RANGE);
	msg_free(&x.msg);
	buf_free(&b);
}

void
sizes_refused(void)
{
	static const uint8_t		 bytes[200];
	struct notification_meta	 m = { .seq = -1 };
	struct configure_isdp		 c = {0};
	struct install_data		 d = {0};
	struct buf			 b = {0};

	CU_ASSERT_EQUAL(notification_meta_encode(&m, &b), DPE_RANGE);
	d.meta.seq = -1;
	CU_ASSERT_EQUAL(install_data_encode(&d, &b), DPE_RANGE);
	c.dp_oid = slice_of(bytes, 125);
	CU_ASSERT_EQUAL(configure_isdp_encode(&c, &b), DPE_RANGE);
	CU_ASSERT_EQUAL(b.len, 0);
	c.dp_oid = slice_of(bytes, 124);
	CU_ASSERT_EQUAL(configure_isdp_encode(&c, &b), 0);
	CU_ASSERT_EQUAL(b.len, 4 + 128);
	CU_ASSERT_EQUAL(configure_isdp_decode(buf_slice(&b), &c), 0);
	CU_ASSERT_EQUAL(c.dp_oid.len, 124);
	msg_free(&c.msg);
	buf_free(&b);
	too_long_refused();
}

void
key_ids_beyond_the_limit(void)
{
	struct euicc_info1	 x;
	struct buf		 b = {0};
	size_t			 i, from;

	der_add(&b, 0x82, slice_of("\2\5\0", 3));
	from = b.len;
	for (i = 0; i < LIM_CI + 3; i++)
		der_add(&b, 0x04, slice_of(&"abcdefghijklmnopqrs"[i], 1));
	der_wrap(&b, from, 0xa9);
	der_add(&b, 0xaa, slice_of(NULL, 0));
	der_wrap(&b, 0, 0xbf20);
	CU_ASSERT_EQUAL(euicc_info1_decode(buf_slice(&b), &x), 0);
	CU_ASSERT_EQUAL(x.verify.n, LIM_CI);
	unit_same("last", x.verify.id[LIM_CI - 1], slice_str("p"));
	CU_ASSERT_EQUAL(x.sign.n, 0);
	msg_free(&x.msg);
	buf_free(&b);
}

void
signature_wrapped(void)
{
	uint8_t		 sig[SIG_LEN];
	struct buf	 b = {0};
	struct slice	 s;

	memset(sig, 0x5f, sizeof(sig));
	sig_tlv(&b, slice_of(sig, sizeof(sig)));
	CU_ASSERT_EQUAL(b.len, 67);
	CU_ASSERT_EQUAL(memcmp(b.p, "\x5f\x37\x40", 3), 0);
	CU_ASSERT_EQUAL(sig_untlv(buf_slice(&b), &s), 0);
	unit_same("signature", s, slice_of(sig, sizeof(sig)));
	CU_ASSERT_EQUAL(sig_untlv(slice_sub(buf_slice(&b), 0, 66), &s),
	    DPE_SYNTAX);
	buf_add_u8(&b, 0);
	CU_ASSERT_EQUAL(sig_untlv(buf_slice(&b), &s), DPE_SYNTAX);
	buf_cut(&b, 0);
	sig_tlv(&b, slice_of(sig, 63));
	CU_ASSERT_EQUAL(sig_untlv(buf_slice(&b), &s), DPE_SYNTAX);
	buf_free(&b);
}

/* bpp_segmentation.json: tag, plaintext, segments, and the heads made. */
static const struct seg_case {
	uint8_t		 tag;
	size_t		 len, n;
	const char	*container, *last;
} seg_cases[] = {
	{ 0x86, 1, 1, "a31a", "8618" },
	{ 0x86, 15, 1, "a31a", "8618" },
	{ 0x86, 16, 1, "a32a", "8628" },
	{ 0x86, 17, 1, "a32a", "8628" },
	{ 0x86, 111, 1, "a37a", "8678" },
	{ 0x86, 112, 1, "a3818b", "868188" },
	{ 0x86, 239, 1, "a381fb", "8681f8" },
	{ 0x86, 240, 1, "a382010c", "86820108" },
	{ 0x86, 1006, 1, "a38203fc", "868203f8" },
	{ 0x86, 1007, 1, "a38203fc", "868203f8" },
	{ 0x86, 1008, 2, "a3820416", "8618" },
	{ 0x86, 2014, 2, "a38207f8", "868203f8" },
	{ 0x86, 2015, 3, "a3820812", "8618" },
	{ 0x86, 3021, 3, "a3820bf4", "868203f8" },
	{ 0x86, 12163, 13, "a382302a", "8658" },
	{ 0x88, 1, 1, "a10b", "8809" },
	{ 0x88, 119, 1, "a18181", "887f" },
	{ 0x88, 120, 1, "a18183", "888180" },
	{ 0x88, 247, 1, "a1820102", "8881ff" },
	{ 0x88, 248, 1, "a1820104", "88820100" },
	{ 0x88, 1007, 1, "a18203fb", "888203f7" },
	{ 0x88, 1008, 1, "a18203fc", "888203f8" },
	{ 0x88, 1009, 2, "a1820407", "8809" },
	{ 0x88, 1200, 2, "a18204c7", "8881c8" },
};

/* Octets of a segment's body: 86 and 87 are padded to 16, 88 is not. */
static size_t
seg_body(uint8_t tag, size_t n)
{
	return (tag == 0x88 ? n : (n / 16 + 1) * 16) + SEG_MAC;
}

/* Cut as the case says, all of it and in order; the sum of the TLVs. */
static size_t
seg_walk(const struct seg_case *c, struct slice all, struct buf *last)
{
	struct slice	 rest = all, seg;
	size_t		 sum = 0, n = 0, body, at = 0;

	while (seg_next(c->tag, &rest, &seg)) {
		CU_ASSERT_PTR_EQUAL(seg.p, all.p + at);
		at += seg.len;
		n++;
		body = seg_body(c->tag, seg.len);
		buf_cut(last, 0);
		der_add_head(last, c->tag, body);
		CU_ASSERT_TRUE(last->len + body <= SEG_TLV_MAX);
		if (rest.len > 0)
			CU_ASSERT_EQUAL(last->len + body, SEG_TLV_MAX);
		sum += last->len + body;
	}
	CU_ASSERT_EQUAL(at, all.len);
	CU_ASSERT_EQUAL(n, c->n);
	return sum;
}

void
segments_counted(void)
{
	size_t	 i;

	for (i = 0; i < NELEM(seg_cases); i++)
		CU_ASSERT_EQUAL(seg_count(seg_cases[i].tag, seg_cases[i].len),
		    seg_cases[i].n);
	CU_ASSERT_EQUAL(seg_count(0x87, 0), 0);
	CU_ASSERT_EQUAL(seg_count(0x87, 1007), 1);
	CU_ASSERT_EQUAL(seg_count(0x87, 1008), 2);
	/* The two that must never be made. */
	CU_ASSERT_TRUE(4 + seg_body(0x86, SEG_PLAIN_MAX + 1) > SEG_TLV_MAX);
	CU_ASSERT_TRUE(4 + seg_body(0x88, SEG_CLEAR_MAX + 1) > SEG_TLV_MAX);
}

void
segments_cut(void)
{
	struct buf	 all = {0}, last = {0}, head = {0}, want = {0};
	size_t		 i, sum;

	for (i = 0; i < NELEM(seg_cases); i++) {
		const struct seg_case	*c = &seg_cases[i];

		buf_cut(&all, 0);
		memset(buf_grow(&all, c->len), 0x5a, c->len);
		sum = seg_walk(c, buf_slice(&all), &last);
		unit_hex(c->last, &want);
		unit_same("last head", buf_slice(&last), buf_slice(&want));
		buf_cut(&want, 0);
		der_add_head(&head, c->tag == 0x88 ? 0xa1 : 0xa3, sum);
		unit_hex(c->container, &want);
		unit_same("container", buf_slice(&head), buf_slice(&want));
		buf_cut(&want, 0);
		buf_cut(&head, 0);
	}
	buf_free(&all);
	buf_free(&last);
	buf_free(&head);
	buf_free(&want);
}

/* The recorded package, cut at its borders. */
static void
bpp_cut(struct slice in, struct slice *bf23, struct bpp_parts *p)
{
	struct slice	 rest;
	struct der	 d;

	memset(p, 0, sizeof(*p));
	CU_ASSERT_EQUAL_FATAL(der_whole(in, 0xbf36, &d), 0);
	rest = d.value;
	CU_ASSERT_EQUAL(der_expect(&rest, 0xbf23, &d), 0);
	*bf23 = d.raw;
	CU_ASSERT_EQUAL(der_expect(&rest, 0xa0, &d), 0);
	p->a0 = d.value;
	CU_ASSERT_EQUAL(der_expect(&rest, 0xa1, &d), 0);
	p->a1 = d.value;
	if (der_expect(&rest, 0xa2, &d) == 0)
		p->a2 = d.value;
	CU_ASSERT_EQUAL(der_expect(&rest, 0xa3, &d), 0);
	p->a3 = d.value;
	CU_ASSERT_EQUAL(rest.len, 0);
}

static void
bpp_one(void *arg, const char *name, struct slice in)
{
	struct secure_channel	 sc;
	struct bpp_parts	 p;
	struct slice		 bf23;
	struct buf		 groups = {0}, out = {0};

	bpp_cut(in, &bf23, &p);
	bpp_frame_groups(&p, &groups);
	bpp_frame_whole(bf23, buf_slice(&groups), &out);
	unit_same(name, buf_slice(&out), in);
	CU_ASSERT_EQUAL(secure_channel_decode(bf23, &sc), 0);
	msg_free(&sc.msg);
	buf_free(&groups);
	buf_free(&out);
	++*(unsigned *)arg;
}

void
bpp_framed_as_recorded(void)
{
	unsigned	 n = 0;

	unit_vec_each("asn1/bpp.txt", bpp_one, &n);
	CU_ASSERT_EQUAL(n, 5);
}

static void
channel_tbs(void *arg, const char *name, struct slice in)
{
	struct secure_channel	 sc;
	struct buf		 otpk = {0}, tbs = {0}, want = {0};

	unit_vec("asn1/secure_channel_otpk.txt", name, &otpk);
	unit_vec("asn1/secure_channel_tbs.txt", name, &want);
	CU_ASSERT_EQUAL_FATAL(secure_channel_decode(in, &sc), 0);
	sc.smdp_sign = slice_of(NULL, 0);	/* not made yet when signing */
	CU_ASSERT_EQUAL(secure_channel_tbs(&sc, buf_slice(&otpk), &tbs), 0);
	unit_same(name, buf_slice(&tbs), buf_slice(&want));
	sc.host_id = slice_of(NULL, 0);
	CU_ASSERT_EQUAL(secure_channel_tbs(&sc, buf_slice(&otpk), &tbs),
	    DPE_RANGE);
	msg_free(&sc.msg);
	buf_free(&otpk);
	buf_free(&tbs);
	buf_free(&want);
	++*(unsigned *)arg;
}

void
secure_channel_signed_part(void)
{
	unsigned	 n = 0;

	unit_vec_each("asn1/secure_channel.txt", channel_tbs, &n);
	CU_ASSERT_EQUAL(n, 2);
}
