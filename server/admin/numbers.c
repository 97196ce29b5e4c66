/* SPDX-License-Identifier: Apache-2.0 */
#include "server/admin/numbers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server/admin/internal.h"

/*
 * Numbers of our own: ICCIDs below 89 999 01 and, where the type has no owner,
 * IMSIs below ADMIN_OWN_PLMN.  Both end in the same nine digits, so that one is
 * unique when the other is.
 */
#define OWN_IIN		"899990100"
#define OWN_DIGITS	9
#define OWN_ROOM	1000000000u

/* The number `by` further on, without its check digit being looked at. */
static int
digits_add(const char *from, size_t n, uint64_t by, char *out)
{
	uint64_t	 carry = by;

	out[n] = '\0';
	while (n-- > 0) {
		carry += (uint64_t)(from[n] - '0');
		out[n] = (char)('0' + carry % 10);
		carry /= 10;
	}
	return carry == 0 ? 0 : DPE_RANGE;
}

/* Are the n ICCIDs from first on free, whatever their check digits? */
static int
range_free(struct admin_call *call, const char *first, uint64_t n)
{
	char	 low[ICCID_TEXT], last[ICCID_TEXT], taken[ICCID_TEXT];
	size_t	 len = strlen(first);
	int	 r;

	if (digits_add(first, len - 1, n - 1, last) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "ICCID %s: no %" PRIu64 " numbers follow", first, n);
	memcpy(last + len - 1, "9", 2);
	memcpy(low, first, len + 1);
	low[len - 1] = '0';
	r = store_iccid_free(call->ctx->db, call->ctx->tenant, low, last,
	    taken);
	if (r == DPE_EXISTS)
		return why_set(&call->why, r,
		    "profile %s: is in the inventory already", taken);
	return r;
}

/* The IMSI that goes with an ICCID: the network's, and its last digits. */
static int
imsi_derive(const char *plmn, const char *iccid, char imsi[IMSI_TEXT])
{
	char	 text[32];
	size_t	 fixed = strlen(plmn) - 1, len = strlen(iccid);

	snprintf(text, sizeof(text), "%.3s%s%.*s%.9s", plmn, plmn + 4,
	    (int)(15 - fixed - OWN_DIGITS), "0",
	    iccid + len - 1 - OWN_DIGITS);
	return imsi_parse(text, imsi);
}

/* They must not run over into the next network, and nobody has them yet. */
static int
imsi_range(struct admin_call *call, const char *first, uint64_t n)
{
	char	 last[IMSI_TEXT];
	int	 r;

	if (digits_add(first, strlen(first), n - 1, last) != 0 ||
	    strncmp(first, last, 6) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "IMSI %s: no %" PRIu64 " numbers follow", first, n);
	r = store_imsi_free(call->ctx->db, call->ctx->tenant, first, last);
	if (r == DPE_EXISTS)
		return why_set(&call->why, r, "IMSI %s to %s: in use already",
		    first, last);
	return r;
}

/* A random place in the own range with room for n, of the IMSIs as well. */
static int
range_choose(struct admin_call *call, struct numbers *w)
{
	char	*iccid = w->first_iccid;
	size_t	 len = strlen(OWN_IIN);
	int	 tries, r = DPE_EXISTS;

	if (w->n > OWN_ROOM)
		return why_set(&call->why, DPE_USAGE, "so many need a first "
		    "ICCID");
	for (tries = 0; r == DPE_EXISTS && tries < 64; tries++) {
		memcpy(iccid, OWN_IIN, len);
		do
			rnd_digits(call->ctx->rnd, iccid + len, OWN_DIGITS);
		while (strtoull(iccid + len, NULL, 10) + w->n > OWN_ROOM);
		iccid[len + OWN_DIGITS] = luhn_digit(iccid, len + OWN_DIGITS);
		iccid[len + OWN_DIGITS + 1] = '\0';
		if ((r = range_free(call, iccid, w->n)) == 0 &&
		    w->imsi == NULL && (r = imsi_derive(w->plmn, iccid,
		    w->first_imsi)) == 0)
			r = imsi_range(call, w->first_imsi, w->n);
	}
	return r;
}

static int
numbers_first(struct admin_call *call, struct numbers *w)
{
	int	 r;

	if (w->imsi != NULL && imsi_parse(w->imsi, w->first_imsi) != 0)
		return why_set(&call->why, DPE_USAGE,
		    "IMSI %s: 6 to 15 digits are needed", w->imsi);
	if (w->imsi != NULL &&
	    (r = imsi_range(call, w->first_imsi, w->n)) != 0)
		return r;
	if (w->iccid == NULL)
		return range_choose(call, w);
	if (iccid_parse(w->iccid, w->first_iccid) != 0 ||
	    !luhn_valid(w->first_iccid))
		return why_set(&call->why, DPE_USAGE, "ICCID %s: 19 or 20 "
		    "digits with a right check digit are needed", w->iccid);
	if ((r = range_free(call, w->first_iccid, w->n)) != 0 ||
	    w->imsi != NULL)
		return r;
	if ((r = imsi_derive(w->plmn, w->first_iccid, w->first_imsi)) != 0)
		return r;
	return imsi_range(call, w->first_imsi, w->n);
}

int
admin_numbers(struct admin_call *call, struct numbers *w)
{
	size_t	 n;
	int	 r;

	if ((r = numbers_first(call, w)) != 0)
		return r;
	n = strlen(w->first_iccid);
	if (digits_add(w->first_iccid, n - 1, w->n - 1, w->last_iccid) != 0 ||
	    digits_add(w->first_imsi, strlen(w->first_imsi), w->n - 1,
	    w->last_imsi) != 0)
		return DPE_RANGE;
	memcpy(w->last_iccid + n - 1, "9", 2);
	return 0;
}
