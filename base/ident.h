/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The numbers of the trade in their text and card forms: EID, ICCID, IMSI,
 * PLMN, MatchingID.  SGP.02 2.2.2, ITU-T E.118, TS 24.008, TS 31.102.
 */
#ifndef BASE_IDENT_H
#define BASE_IDENT_H

#include <stdbool.h>

#include "base/buf.h"

#define EID_DIGITS	32
#define EID_TEXT	(EID_DIGITS + 1)
#define ICCID_TEXT	21		/* 19 or 20 digits and a NUL */
#define IMSI_TEXT	16		/* 6 to 15 digits and a NUL */

/* 32 decimal digits (the check digits are not judged). DPE_RANGE. */
MUST_CHECK int	eid_parse(const char *text, uint8_t bcd[16]);
void		eid_text(const uint8_t bcd[16], char out[EID_TEXT]);
/* Are the last two digits right (mod 97 is 1)? */
bool		eid_check_digits(const char *text);

/* The Luhn digit that follows these digits. */
char		luhn_digit(const char *digits, size_t n);
bool		luhn_valid(const char *digits);

/*
 * An ICCID as people write it: 19 or 20 digits, or 19 and a filler F, which is
 * dropped; the Luhn digit is not judged (the field has odd ones).  DPE_RANGE.
 */
MUST_CHECK int	iccid_parse(const char *text, char out[ICCID_TEXT]);
/* As in EF.ICCID and StoreMetadata: nibbles swapped, F filler. */
MUST_CHECK int	iccid_to_ef(const char *iccid, uint8_t out[10]);
MUST_CHECK int	iccid_from_ef(struct slice ef, char out[ICCID_TEXT]);
/* As in the ProfileHeader: digits in order, F filler at the end. */
MUST_CHECK int	iccid_to_header(const char *iccid, uint8_t out[10]);
MUST_CHECK int	iccid_from_header(struct slice h, char out[ICCID_TEXT]);
/* The following number, Luhn digit anew. DPE_RANGE when they run out. */
MUST_CHECK int	iccid_next(char iccid[ICCID_TEXT]);

MUST_CHECK int	imsi_parse(const char *text, char out[IMSI_TEXT]);
/* EF.IMSI: length, parity nibble, swapped digits, F filler; 9 bytes. */
void		imsi_to_ef(const char *imsi, uint8_t out[9]);
MUST_CHECK int	imsi_next(char imsi[IMSI_TEXT]);
/* "MCC-MNC", MNC of 2 or 3 digits, to the 3 bytes of TS 24.008. DPE_RANGE. */
MUST_CHECK int	plmn_parse(const char *text, uint8_t out[3]);

/* 0-9 A-Z and '-', 1 to 255 of them (SGP.22 4.1.1). */
bool		matching_id_valid(struct slice s);

#endif
