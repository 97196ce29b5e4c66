/* SPDX-License-Identifier: Apache-2.0 */
/* What passes between worker and signer: both are of one build and machine. */
#ifndef CERTS_SIGNER_WIRE_H
#define CERTS_SIGNER_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "certs/signer.h"

#define SIGNER_DATA	4096	/* octets that one request may sign */

struct signer_request {
	uint64_t	number;
	uint32_t	role;
	uint8_t		ci[20];
	uint8_t		data[SIGNER_DATA];	/* the rest of the message */
};
#define SIGNER_HEAD	offsetof(struct signer_request, data)

/*
 * Is a message of n octets a request for something that its role signs?  Then
 * *data is what is to be signed, inside q.  DPE_USAGE.
 */
MUST_CHECK int	signer_request_data(const struct signer_request *q, size_t n,
		    struct slice *data);

struct signer_answer {
	uint64_t	number;
	int32_t		result;
	uint8_t		sig[SIG_LEN];
	uint32_t	spare;		/* zero: no padding goes out */
};

#endif
