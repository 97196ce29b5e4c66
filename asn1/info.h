/* SPDX-License-Identifier: Apache-2.0 */
/* EUICCInfo2 BF22 and CtxParams1 A0, which only stand in EuiccSigned1. */
#ifndef ASN1_INFO_H
#define ASN1_INFO_H

#include "asn1/codec.h"

/* Into a struct whose msg is m; in must live as long as m. */
MUST_CHECK int	info2_decode(struct slice in, struct msg *m,
		    struct euicc_info2 *out);
MUST_CHECK int	info2_encode(const struct euicc_info2 *in, struct buf *out);

/* The members of CtxParams1, 5.7.13: MatchingID and device. */
MUST_CHECK int	ctx_params_decode(struct slice in, struct euicc_signed1 *out);
MUST_CHECK int	ctx_params_encode(const struct euicc_signed1 *in,
		    struct buf *out);

#endif
