/* SPDX-License-Identifier: Apache-2.0 */
/* Between asn1c's types and ours; for the files of this folder only. */
#ifndef ASN1_CODEC_H
#define ASN1_CODEC_H

#include <ANY.h>
#include <BIT_STRING.h>
#include <KeyIds.h>
#include <OBJECT_IDENTIFIER.h>
#include <OCTET_STRING.h>
#include <asn_application.h>

#include "asn1/rsp.h"

/*
 * Decode in, exactly one value of this type, into a structure of asn1c's that
 * m owns from now on (m may own others already).  DPE_SYNTAX, DPE_RANGE.
 */
MUST_CHECK int	codec_decode(asn_TYPE_descriptor_t *type, struct slice in,
		    struct msg *m, void **out);
/*
 * The same for a SEQUENCE under whatever tag; what its type does not name is
 * told as tidy_as_sequence() does.
 */
MUST_CHECK int	codec_decode_as_sequence(asn_TYPE_descriptor_t *type,
		    struct slice in, struct msg *m, struct buf *taken,
		    void **out);
/*
 * Append the DER of value, which is only read.  DPE_RANGE when a constraint
 * does not hold; out is as it was then.
 */
MUST_CHECK int	codec_encode(asn_TYPE_descriptor_t *type, void *value,
		    struct buf *out);
/* Let m own (and wipe) what b holds; b is empty then. */
struct slice	codec_keep(struct msg *m, struct buf *b);

/* From asn1c: NULL gives an empty slice whose p is NULL; others have a p. */
struct slice	codec_slice(const OCTET_STRING_t *o);
struct slice	codec_oid(const OBJECT_IDENTIFIER_t *o);
struct bits	codec_bits(const BIT_STRING_t *o);
void		codec_copy(uint8_t *dst, size_t n, const OCTET_STRING_t *o);
void		codec_key_ids(struct ci_list *dst, const KeyIds_t *src);
/* The whole TLV that an ANY holds; DPE_SYNTAX unless it has this tag. */
MUST_CHECK int	codec_any(const ANY_t *any, uint32_t tag, struct slice *out);

/* To asn1c: values that borrow s and are never freed by asn1c. */
OCTET_STRING_t	octets_of(struct slice s);
OBJECT_IDENTIFIER_t oid_of(struct slice s);
BIT_STRING_t	bit_string_of(struct bits b);
/* DPE_RANGE unless s is one TLV of this tag. */
MUST_CHECK int	any_of(struct slice s, uint32_t tag, ANY_t *out);
/* DPE_RANGE unless it has the 64 octets of a signature. */
MUST_CHECK int	signature_of(struct slice s, OCTET_STRING_t *out);

/* A list that is built without memory of its own. */
struct key_list {
	OCTET_STRING_t	 id[LIM_CI];
	OCTET_STRING_t	*at[LIM_CI];
};
KeyIds_t	key_ids_of(const struct ci_list *src, struct key_list *room);

/* *o when it is there (p not NULL), else NULL: an OPTIONAL member. */
OCTET_STRING_t	*octets_if(struct slice s, OCTET_STRING_t *room);

#endif
