/* SPDX-License-Identifier: Apache-2.0 */
/* What must be accepted although it is odd, and what must not. */
#include <stdio.h>

#include "asn1/rsp.h"
#include "base/der.h"
#include "tests/unit/asn1_msg.h"
#include "tests/unit/unit.h"

static void
odd_one(void *arg, const char *name, struct slice in)
{
	struct buf	 out = {0}, again = {0};
	int		 r, enc = -1;

	(void)arg;
	if ((r = asn1_msg_find(name)->trip(in, &out, &enc)) != 0)
		printf("# %s: %d\n", name, r);
	CU_ASSERT_EQUAL(r, 0);
	/* What we write of it we read again as the same. */
	if (r == 0 && enc == 0) {
		r = asn1_msg_find(name)->trip(buf_slice(&out), &again, &enc);
		CU_ASSERT_EQUAL(r, 0);
		unit_same(name, buf_slice(&again), buf_slice(&out));
	}
	buf_free(&out);
	buf_free(&again);
}

void
odd_ones_accepted(void)
{
	unit_vec_each("asn1/odd.txt", odd_one, NULL);
}

static void
bad_one(void *arg, const char *name, struct slice in)
{
	struct buf	 out = {0};
	int		 r, enc;

	(void)arg;
	r = asn1_msg_find(name)->trip(in, &out, &enc);
	if (r != DPE_SYNTAX && r != DPE_RANGE)
		printf("# %s: %d\n", name, r);
	CU_ASSERT_TRUE(r == DPE_SYNTAX || r == DPE_RANGE);
	buf_free(&out);
}

void
bad_ones_refused(void)
{
	unit_vec_each("asn1/refuse.txt", bad_one, NULL);
}

static void
malformed(void *arg, const char *name, struct slice in)
{
	struct slice	 rest = in;
	struct buf	 out = {0};
	struct der	 d;
	size_t		 i;
	int		 enc;

	(void)arg;
	(void)name;
	CU_ASSERT_TRUE(der_next(&rest, &d) != 0 || rest.len != 0);
	for (i = 0; i < asn1_msgs_n; i++)
		CU_ASSERT_EQUAL(asn1_msgs[i].trip(in, &out, &enc),
		    DPE_SYNTAX);
	buf_free(&out);
}

void
malformed_refused_by_all(void)
{
	unit_vec_each("der_malformed.txt", malformed, NULL);
}

/*
 * Append in with `more` put before member `at` of the value that the tags of
 * path lead to; false when that value has fewer members.
 */
static bool
insert(struct slice in, const uint32_t *path, unsigned at, struct slice more,
    struct buf *out)
{
	struct slice	 rest;
	struct der	 d, k;
	size_t		 from = out->len;
	bool		 done = false;

	if (der_next(&in, &d) != 0)
		return false;
	for (rest = d.value; der_next(&rest, &k) == 0;) {
		if (path[0] == 0 && at-- == 0) {
			buf_add_slice(out, more);
			done = true;
		}
		if (path[0] == k.tag && !done)
			done = insert(k.raw, path + 1, at, more, out);
		else
			buf_add_slice(out, k.raw);
	}
	if (path[0] == 0 && at == 0) {
		buf_add_slice(out, more);
		done = true;
	}
	der_wrap(out, from, d.tag);
	return done;
}

/* In every position: it is read, and all that is known is still there. */
static void
unknown_in(const char *msg, const char *name, const uint32_t *path,
    unsigned members, const char *unknown)
{
	struct buf	 in = {0}, more = {0}, b = {0}, out = {0};
	char		 file[80];
	unsigned	 at;
	int		 r, enc;

	snprintf(file, sizeof(file), "asn1/%s.txt", msg);
	unit_vec(file, name, &in);
	unit_hex(unknown, &more);
	for (at = 0; insert(buf_slice(&in), path, at, buf_slice(&more), &b);
	    at++) {
		enc = -1;
		r = asn1_msg_find(msg)->trip(buf_slice(&b), &out, &enc);
		if (r != 0 || enc != 0)
			printf("# %s, unknown at %u: %d\n", msg, at, r);
		CU_ASSERT_EQUAL(r, 0);
		unit_same(msg, buf_slice(&out), buf_slice(&in));
		buf_cut(&b, 0);
		buf_cut(&out, 0);
	}
	CU_ASSERT_EQUAL(at, members + 1);
	buf_free(&in);
	buf_free(&more);
	buf_free(&b);
	buf_free(&out);
}

void
unknown_in_every_position(void)
{
	static const uint32_t	 here[] = { 0 }, info2[] = { 0xbf22, 0 },
				 ctx[] = { 0xa0, 0 },
				 device[] = { 0xa0, 0xa1, 0 },
				 caps[] = { 0xa0, 0xa1, 0xa1, 0 },
				 owner[] = { 0xb7, 0 },
				 notify[] = { 0xb6, 0x30, 0 };
	static const char	*unknown[] = { "9F630107", "BF6303800100",
				    "9500", "BF8F7F00" };
	size_t			 i;

	for (i = 0; i < NELEM(unknown); i++) {
		unknown_in("euicc_info1", "nist_skeys", here, 3, unknown[i]);
		unknown_in("euicc_signed1", "nist_skeys", info2, 13,
		    unknown[i]);
		unknown_in("euicc_signed1", "nist_skeys", ctx, 2, unknown[i]);
		unknown_in("euicc_signed1", "nist_skeys", device, 3,
		    unknown[i]);
		unknown_in("euicc_signed1", "nist_skeys", caps, 2,
		    unknown[i]);
		unknown_in("server_signed1", "nist_skeys", here, 4,
		    unknown[i]);
		unknown_in("notification_meta", "nist_skeys_install", here, 4,
		    unknown[i]);
	}
	unknown_in("store_metadata", "icon_owner_ppr2", here, 8, "9F630107");
	unknown_in("store_metadata", "icon_owner_ppr2", owner, 1, "9F630107");
	unknown_in("store_metadata", "icon_owner_ppr2", notify, 2,
	    "9F630107");
}

static void
signed1_of(const char *file, const char *name, struct euicc_signed1 *s)
{
	struct buf	 b = {0};

	unit_vec(file, name, &b);
	CU_ASSERT_EQUAL_FATAL(euicc_signed1_decode(buf_slice(&b), s), 0);
	buf_free(&b);		/* what s holds does not lie in here */
}

void
info2_members(void)
{
	struct euicc_signed1	 s;
	struct der		 d;

	signed1_of("asn1/euicc_signed1.txt", "nist_skeys", &s);
	CU_ASSERT_EQUAL(s.info2.profile_version[1], 3);
	CU_ASSERT_EQUAL(s.info2.category, 2);
	CU_ASSERT_FALSE(s.info2.has_forbidden_ppr);
	CU_ASSERT_TRUE(bits_has(s.info2.uicc_capability, 1));
	CU_ASSERT_FALSE(bits_has(s.info2.uicc_capability, 0));
	CU_ASSERT_EQUAL(s.info2.verify.n, 1);
	CU_ASSERT_EQUAL(s.info2.verify.id[0].len, 20);
	unit_same("sas", s.info2.sas_number, slice_str("TEST-SAS"));
	CU_ASSERT_EQUAL(der_whole(s.info2.raw, 0xbf22, &d), 0);
	CU_ASSERT_EQUAL(der_whole(s.device_raw, 0xa1, &d), 0);
	CU_ASSERT_EQUAL(s.tac.len, 4);
	CU_ASSERT_EQUAL(s.imei.len, 8);
	CU_ASSERT_EQUAL(s.device_cap[0].len, 3);
	CU_ASSERT_PTR_NULL(s.device_cap[1].p);
	CU_ASSERT_EQUAL(s.device_cap[5].len, 3);
	msg_free(&s.msg);

	signed1_of("asn1/euicc_signed1.txt", "matchingId_absent", &s);
	CU_ASSERT_FALSE(s.has_matching_id);
	msg_free(&s.msg);
	signed1_of("asn1/euicc_signed1.txt", "matchingId_empty", &s);
	CU_ASSERT_TRUE(s.has_matching_id);
	CU_ASSERT_EQUAL(s.matching_id.len, 0);
	msg_free(&s.msg);
	signed1_of("asn1/euicc_signed1.txt", "ppr2_forbidden", &s);
	CU_ASSERT_TRUE(s.info2.has_forbidden_ppr);
	CU_ASSERT_EQUAL(bits_mask(s.info2.forbidden_ppr), 4);
	msg_free(&s.msg);
}

void
hash_cc_empty_is_absent(void)
{
	struct euicc_signed2	 s;
	struct buf		 b = {0};

	unit_vec("asn1/odd.txt", "euicc_signed2:empty_hash_cc", &b);
	CU_ASSERT_EQUAL(euicc_signed2_decode(buf_slice(&b), &s), 0);
	CU_ASSERT_EQUAL(s.hash_cc.len, 0);
	CU_ASSERT_EQUAL(s.euicc_otpk.len, 65);
	msg_free(&s.msg);
	buf_free(&b);
}

void
bits_odd(void)
{
	struct notification_meta	 m;
	struct bits			 b;
	struct buf			 in = {0};
	uint8_t				 octet;

	unit_vec("asn1/odd.txt", "notification_meta:event_not_minimal", &in);
	CU_ASSERT_EQUAL(notification_meta_decode(buf_slice(&in), &m), 0);
	CU_ASSERT_EQUAL(m.events, 15);
	msg_free(&m.msg);
	buf_free(&in);
	unit_vec("asn1/odd.txt", "notification_meta:event_padding_set", &in);
	CU_ASSERT_EQUAL(notification_meta_decode(buf_slice(&in), &m), 0);
	CU_ASSERT_EQUAL(m.events, 1);
	msg_free(&m.msg);
	buf_free(&in);

	b = bits_named(4, &octet);
	CU_ASSERT_EQUAL(octet, 0x20);
	CU_ASSERT_EQUAL(b.unused, 5);
	CU_ASSERT_EQUAL(bits_mask(b), 4);
	b = bits_named(0, &octet);
	CU_ASSERT_EQUAL(b.octets.len, 0);
	CU_ASSERT_FALSE(bits_has(b, 0));
	b = bits_named(0xff, &octet);
	CU_ASSERT_EQUAL(b.unused, 0);
	CU_ASSERT_EQUAL(bits_mask(b), 0xff);
	CU_ASSERT_FALSE(bits_has(b, 8));
}

void
result_out_of_enum(void)
{
	struct install_data	 d;
	struct buf		 b = {0};

	unit_vec("asn1/odd.txt", "install_data:reason_out_of_enum", &b);
	CU_ASSERT_EQUAL(install_data_decode(buf_slice(&b), &d), 0);
	CU_ASSERT_FALSE(d.success);
	CU_ASSERT_EQUAL(d.bpp_command, 255);
	CU_ASSERT_EQUAL(d.reason, 0x7fffffff);
	CU_ASSERT_EQUAL(d.sima_response.len, 2);
	msg_free(&d.msg);
	buf_free(&b);
}
