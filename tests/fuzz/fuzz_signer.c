/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker that was taken over may send to the signer. */
#include <string.h>

#include "certs/internal.h"
#include "certs/signer_wire.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct signer_request	*q = calloc(1, sizeof(*q));
	struct slice		 data;
	int			 r;

	fuzz_must(q != NULL);
	memcpy(q, p, n < sizeof(*q) ? n : sizeof(*q));
	/* n as recv() says it: that of the message, longer than what is there */
	r = signer_request_data(q, n, &data);
	if (r == 0) {
		fuzz_must(n > SIGNER_HEAD && n <= sizeof(*q));
		fuzz_must(q->role <= SIGNER_DP_PB && data.p == q->data &&
		    data.len == n - SIGNER_HEAD);
		/* Not a shape of both roles, and not with an octet less. */
		fuzz_must(signer_shape(q->role == SIGNER_DP_AUTH ?
		    SIGNER_DP_PB : SIGNER_DP_AUTH, data) != 0);
		fuzz_must(signer_request_data(q, n - 1, &data) != 0);
	} else
		fuzz_must(r == DPE_USAGE && data.len == 0);
	free(q);
	return 0;
}
