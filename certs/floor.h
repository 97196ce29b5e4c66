/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the bare cryptography of one download costs on this machine: the floor
 * that the server's own cost is compared with.  By plain EVP calls with
 * contexts that are made once, and by none of the product's functions.
 */
#ifndef CERTS_FLOOR_H
#define CERTS_FLOOR_H

#include "certs/cert.h"

/*
 * CPU microseconds of this thread for 3 signatures, 4 verifications, one key
 * generation, one key agreement and the protection of a package of this many
 * octets: the mean of `rounds` of them.
 */
MUST_CHECK int	floor_measure(enum curve curve, size_t package,
		    unsigned rounds, double *us);

#endif
