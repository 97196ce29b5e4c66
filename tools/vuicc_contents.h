/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a card holds once a package is installed, as far as it differs from
 * card to card: numbers, keys, codes.  Read by a walk of its own, element by
 * element in the order of the package, so that it can be held against what a
 * server says it has put in (spec 06, 1.1, 3, 4 to 7).
 */
#ifndef TOOLS_VUICC_CONTENTS_H
#define TOOLS_VUICC_CONTENTS_H

#include <jansson.h>

#include "base/buf.h"

#define VUICC_EF_MAX	1024	/* octets of a file that are looked at */

/*
 * An object of texts: iccid, imsi, acc, plmn, spn, msisdn, smsc, gid1, gid2,
 * k, opc, algorithm, sqn, impi, impu, pin1, pin2, puk1, puk2, adm1, adm2,
 * ota-enc, ota-mac, ota-dek, app-key, app-public, as far as they are there; of
 * a second USIM the same with a 2 behind (imsi2), of key version 2 ota2-enc and
 * so on.
 * DPE_SYNTAX: no package.  The caller json_decref()s.
 */
MUST_CHECK int	vuicc_contents(struct slice upp, json_t **out);

/*
 * vuicc_contents_file.c: a file as it is on the card, of at most `size` octets;
 * what nothing was written to is FF.  File: the value of its member.  How many
 * octets were written at most, 0 when the file is absent or empty.
 */
size_t		vuicc_file_image(struct slice file, uint8_t *out,
		    size_t size);
/* The length of a record, 0 where the file does not say. */
size_t		vuicc_file_record(struct slice file);

/* Half octets in the order of a card, low one first, up to an F. */
void		vuicc_swapped(const uint8_t *p, size_t n, struct buf *out);

#endif
