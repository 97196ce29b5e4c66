/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Between the two bindings of ES9+: a call in the terms of JSON as an A2
 * envelope (SGP.22 6.6), and its answer back.
 */
#ifndef TOOLS_VUICC_ASN1_H
#define TOOLS_VUICC_ASN1_H

#include <jansson.h>

#include "base/buf.h"

/* Append the request's DER. DPE_* with why when a member does not fit. */
MUST_CHECK int	vuicc_asn1_request(const char *function,
		    const json_t *request, struct buf *out, struct why *why);
/*
 * The answer as the JSON binding would have it, with "asn1" and the error's
 * number for subject and reason; NULL when it is none.  json_decref() it.
 */
json_t		*vuicc_asn1_answer(const char *function, struct slice der);

#endif
