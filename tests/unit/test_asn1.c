/* SPDX-License-Identifier: Apache-2.0 */
/* The messages of asn1/: those that all of them share, and the list. */
#include <stdio.h>

#include "tests/unit/asn1_msg.h"
#include "tests/unit/unit.h"

/* Call fn for every vector of every message, with the message as arg. */
static void
each_vector(void (*fn)(void *arg, const char *name, struct slice bytes))
{
	char	 file[80];
	size_t	 i;

	for (i = 0; i < asn1_msgs_n; i++) {
		const struct asn1_msg	*m = &asn1_msgs[i];

		snprintf(file, sizeof(file), "asn1/%s.txt", m->name);
		unit_vec_each(file, fn, &m);
	}
}

static void
round_trip(void *arg, const char *name, struct slice in)
{
	const struct asn1_msg	*m = *(const struct asn1_msg **)arg;
	struct buf		 out = {0};
	int			 r, enc = -1;

	if ((r = m->trip(in, &out, &enc)) != 0 || enc != 0)
		printf("# %s %s: decode %d encode %d\n", m->name, name, r,
		    enc);
	CU_ASSERT_EQUAL(r, 0);
	CU_ASSERT_EQUAL(enc, 0);
	unit_same(name, buf_slice(&out), in);
	buf_free(&out);
}

void
messages_round_trip(void)
{
	each_vector(round_trip);
}

/* An exact heap copy, so that a read past the end is seen by ASan. */
static int
trip_exact(const struct asn1_msg *m, struct slice in)
{
	struct buf	 copy = {0}, out = {0};
	int		 r, enc = 0;

	buf_reserve(&copy, in.len);
	buf_add_slice(&copy, in);
	r = m->trip(buf_slice(&copy), &out, &enc);
	buf_free(&copy);
	buf_free(&out);
	return r;
}

static void
short_and_long(void *arg, const char *name, struct slice in)
{
	const struct asn1_msg	*m = *(const struct asn1_msg **)arg;
	struct buf		 more = {0};
	size_t			 n;

	for (n = 0; n < in.len; n++)
		if (trip_exact(m, slice_sub(in, 0, n)) == 0)
			CU_FAIL("cut short, and accepted");
	buf_add_slice(&more, in);
	buf_add_u8(&more, 0);
	CU_ASSERT_NOT_EQUAL(trip_exact(m, buf_slice(&more)), 0);
	(void)name;
	buf_free(&more);
}

void
messages_short_and_long(void)
{
	each_vector(short_and_long);
}

/* The outer header with a long length, an endless one, and primitive. */
static void
other_lengths(void *arg, const char *name, struct slice in)
{
	const struct asn1_msg	*m = *(const struct asn1_msg **)arg;
	size_t			 t = (in.p[0] & 0x1f) == 0x1f ? 2 : 1, l;
	struct buf		 b = {0};

	l = in.p[t] < 0x80 ? 1 : 1 + (in.p[t] & 0x7fu);
	buf_add(&b, in.p, t);
	buf_add_u8(&b, 0x84);
	buf_add_u8(&b, 0);
	buf_add_u8(&b, 0);
	buf_add_u8(&b, (uint8_t)((in.len - t - l) >> 8));
	buf_add_u8(&b, (uint8_t)(in.len - t - l));
	buf_add(&b, in.p + t + l, in.len - t - l);
	CU_ASSERT_EQUAL(trip_exact(m, buf_slice(&b)), DPE_SYNTAX);
	buf_cut(&b, t);
	buf_add_u8(&b, 0x80);
	buf_add(&b, in.p + t + l, in.len - t - l);
	buf_add(&b, "\0\0", 2);
	CU_ASSERT_EQUAL(trip_exact(m, buf_slice(&b)), DPE_SYNTAX);
	b.p[0] ^= 0x20;
	CU_ASSERT_EQUAL(trip_exact(m, buf_slice(&b)), DPE_SYNTAX);
	(void)name;
	buf_free(&b);
}

void
messages_other_lengths(void)
{
	each_vector(other_lengths);
}

int
main(void)
{
	static const struct unit_case cases[] = {
		UNIT_CASE(messages_round_trip),
		UNIT_CASE(messages_short_and_long),
		UNIT_CASE(messages_other_lengths),
		UNIT_CASE(odd_ones_accepted),
		UNIT_CASE(bad_ones_refused),
		UNIT_CASE(malformed_refused_by_all),
		UNIT_CASE(unknown_in_every_position),
		UNIT_CASE(info2_members),
		UNIT_CASE(hash_cc_empty_is_absent),
		UNIT_CASE(bits_odd),
		UNIT_CASE(result_out_of_enum),
		UNIT_CASE(encode_refuses),
		UNIT_CASE(encode_refuses_far_bits),
		UNIT_CASE(sizes_refused),
		UNIT_CASE(key_ids_beyond_the_limit),
		UNIT_CASE(signature_wrapped),
		UNIT_CASE(segments_counted),
		UNIT_CASE(segments_cut),
		UNIT_CASE(bpp_framed_as_recorded),
		UNIT_CASE(secure_channel_signed_part),
		UNIT_CASE(es9_request_members),
		UNIT_CASE(es9_cancel_is_rebuilt),
		UNIT_CASE(es9_response_members),
		UNIT_CASE(pe_header_members),
		UNIT_CASE(pe_file_members),
		UNIT_CASE(pe_code_members),
		UNIT_CASE(pe_key_members),
		UNIT_CASE(pe_application_members),
		UNIT_CASE(pe_unknown_is_told),
		UNIT_CASE(pe_unknown_anywhere),
		UNIT_CASE(pe_edited),
		UNIT_CASE(pe_too_many),
		UNIT_CASE(pe_packages),
	};

	return unit_main("asn1", cases, NELEM(cases));
}
