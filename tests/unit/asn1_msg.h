/* SPDX-License-Identifier: Apache-2.0 */
/* Every message of asn1/, as a table for tests that treat all alike. */
#ifndef TESTS_UNIT_ASN1_MSG_H
#define TESTS_UNIT_ASN1_MSG_H

#include "base/buf.h"

struct asn1_msg {
	const char	*name;		/* tests/vec/asn1/NAME.txt */
	/* Decode in; if that is done, encode to out: its result in *enc. */
	int		(*trip)(struct slice in, struct buf *out, int *enc);
};

extern const struct asn1_msg	asn1_msgs[];
extern const size_t		asn1_msgs_n;

/* By name, up to its end or a ':'; aborts if there is none. */
const struct asn1_msg *asn1_msg_find(const char *name);

/* The files' cases, see the functions of the same name. */
void	messages_round_trip(void);
void	messages_short_and_long(void);
void	messages_other_lengths(void);
void	odd_ones_accepted(void);
void	bad_ones_refused(void);
void	malformed_refused_by_all(void);
void	unknown_in_every_position(void);
void	info2_members(void);
void	hash_cc_empty_is_absent(void);
void	bits_odd(void);
void	result_out_of_enum(void);
void	encode_refuses(void);
void	encode_refuses_far_bits(void);
void	sizes_refused(void);
void	key_ids_beyond_the_limit(void);
void	signature_wrapped(void);
void	segments_counted(void);
void	segments_cut(void);
void	bpp_framed_as_recorded(void);
void	secure_channel_signed_part(void);
void	es9_request_members(void);
void	es9_cancel_is_rebuilt(void);
void	es9_response_members(void);
void	pe_header_members(void);
void	pe_file_members(void);
void	pe_code_members(void);
void	pe_key_members(void);
void	pe_application_members(void);
void	pe_unknown_is_told(void);
void	pe_unknown_anywhere(void);
void	pe_edited(void);
void	pe_too_many(void);
void	pe_packages(void);

#endif
