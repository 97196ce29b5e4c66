/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is done to received bytes before asn1c sees them.  asn1c reads BER and
 * forgets known members behind unknown ones; this walk demands the DER that we
 * insist on and takes out the members that a type does not name.
 */
#ifndef ASN1_TIDY_H
#define ASN1_TIDY_H

#include <asn_application.h>

#include "base/buf.h"

/*
 * Append to out the one value of this type that in holds, without unknown
 * members of any SEQUENCE.  DPE_SYNTAX when lengths are indefinite or not
 * minimal, when primitive and constructed are confused, when a known member
 * comes twice or out of turn, or when the nesting is too deep.  What a BIT
 * STRING, BOOLEAN or INTEGER holds need not be canonical.
 */
MUST_CHECK int	tidy(const asn_TYPE_descriptor_t *type, struct slice in,
		    struct buf *out);
/*
 * The same for a SEQUENCE that stands under another tag, which is not looked
 * at.  Each member that is taken out is appended to taken, a struct slice of
 * in, in their order.
 */
MUST_CHECK int	tidy_as_sequence(const asn_TYPE_descriptor_t *type,
		    struct slice in, struct buf *out, struct buf *taken);

#endif
