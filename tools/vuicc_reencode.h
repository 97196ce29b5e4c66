/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an eIM does that decodes and encodes all DER that passes through it
 * (spec 07, 7): a server whose DER is strict is not hurt by that.
 */
#ifndef TOOLS_VUICC_REENCODE_H
#define TOOLS_VUICC_REENCODE_H

#include <jansson.h>

#include "base/buf.h"

/*
 * Append what becomes of this member's octets when they are decoded and
 * encoded.  name is that of the JSON binding (SGP.22 6.5.2); of a signed part
 * inside a card's message the octets are kept.  DPE_USAGE: no such member.
 */
MUST_CHECK int	vuicc_reencode(const char *name, struct slice in,
		    struct buf *out);
/* Put what became of it in the place of every member that is known. */
MUST_CHECK int	vuicc_reencode_request(json_t *request, struct why *why);
/*
 * Every member that is known, and text if it is an envelope of the ASN.1
 * binding, must come out as it went in; DPE_PEER.
 */
MUST_CHECK int	vuicc_reencode_answer(const json_t *body, struct slice text,
		    struct why *why);

#endif
