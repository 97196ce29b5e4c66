/* SPDX-License-Identifier: Apache-2.0 */
/* Inside asn1/: unknown members of an element, put back. */
#ifndef ASN1_PE_GRAFT_H
#define ASN1_PE_GRAFT_H

#include "asn1/pe.h"

/*
 * Append fresh, an encoding of pe without its unknown members, with these
 * where they stood in pe->raw.  DPE_STATE when their surroundings are gone.
 */
MUST_CHECK int	pe_graft(const struct pe *pe, struct slice fresh,
		    struct buf *out);

#endif
