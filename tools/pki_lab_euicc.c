/* SPDX-License-Identifier: Apache-2.0 */
/* New cards: their EIDs and certificates. */
#include "tools/pki_pair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/ident.h"
#include "base/seam.h"

struct card_need {
	enum curve	 curve;
	const char	*eid;		/* NULL: any IIN will do */
};

/* May this EUM issue the card called eid?  The pair that says so, or -1. */
static int
eum_permits(const struct cert *eum, const char *eid)
{
	size_t	 i;

	for (i = 0; i < eum->n_permitted; i++)
		if (eum->permitted[i].iin.len > 0 &&
		    slice_starts(slice_str(eid), eum->permitted[i].iin))
			return (int)i;
	return -1;
}

static bool
fits_card(const struct cert *c, const void *arg)
{
	const struct card_need	*need = arg;

	if (need->eid != NULL)
		return c->curve == need->curve &&
		    eum_permits(c, need->eid) >= 0;
	return c->curve == need->curve && c->n_permitted > 0;
}

static int
eum_choose(struct pki_lab *l, const struct pki_want *w, struct pki_pair *out,
    struct why *why)
{
	struct card_need	 need = { w->curve, w->eid };
	int			 r;

	if (w->eum == NULL) {
		r = pki_pair_find(l, "eum", fits_card, &need, out, why);
		if (r != DPE_NOTFOUND)
			return r;
		if (w->eid == NULL)
			return why_set(why, r, "%s/eum: no EUM for %s with "
			    "a key", l->dir, curve_name(w->curve));
		return why_set(why, DPE_RANGE, "%s: no EUM for %s in %s/eum "
		    "may issue this EID", w->eid, curve_name(w->curve),
		    l->dir);
	}
	if ((r = pki_pair_load(l, "eum", w->eum, out, why)) != 0)
		return r;
	if (out->cert.n_permitted == 0 ||
	    (w->eid != NULL && eum_permits(&out->cert, w->eid) < 0)) {
		pki_pair_free(out);
		return why_set(why, DPE_RANGE, "%s: EUM %s may not issue it",
		    w->eid == NULL ? "card" : w->eid, w->eum);
	}
	return 0;
}

/* IIN, chance, check digits (SGP.02 2.2.2: the whole modulo 97 is 1). */
static int
eid_new(struct slice iin, char out[EID_TEXT])
{
	unsigned	 rest = 0;
	size_t		 i;

	if (iin.len > EID_DIGITS - 2)
		return DPE_RANGE;
	memcpy(out, iin.p, iin.len);
	rnd_digits(&rnd_system, out + iin.len, EID_DIGITS - 2 - iin.len);
	for (i = 0; i < EID_DIGITS - 2; i++)
		rest = (rest * 10 + (unsigned)(out[i] - '0')) % 97;
	rest = 98 - rest * 100 % 97;
	out[EID_DIGITS - 2] = (char)('0' + rest / 10);
	out[EID_DIGITS - 1] = (char)('0' + rest % 10);
	out[EID_DIGITS] = '\0';
	return eid_check_digits(out) ? 0 : DPE_RANGE;
}

static int
card_new(struct pki_lab *l, const struct pki_want *w,
    const struct pki_pair *eum, const char *eid, struct why *why)
{
	struct issue	 want = { .role = ROLE_EUICC, .eid = eid };
	struct buf	 path = {0};
	char		*org;
	int		 r, i = eum_permits(&eum->cert, eid);

	if (i < 0)
		return why_set(why, DPE_RANGE, "%s: not of this EUM", eid);
	/* O and IIN must be those of one pair (spec 04, 3.3). */
	org = slice_dup(eum->cert.permitted[i].organization);
	want.organization = org;
	pki_dates(l, ROLE_EUICC, w->days, &want.not_before, &want.not_after);
	pki_lab_path(l, PKI_EUICC, eid, &path);
	r = pki_issue(l, &want, eum->cert.curve, eum, buf_cstr(&path), why);
	if (r == 0)
		pki_made(w, eid);
	buf_free(&path);
	free(org);
	return r;
}

static int
want_eid_check(const struct pki_want *w, struct why *why)
{
	uint8_t	 bcd[16];

	if (w->eid == NULL)
		return 0;
	if (w->count > 1)
		return why_set(why, DPE_USAGE,
		    "an EID names one card, not %zu", w->count);
	if (eid_parse(w->eid, bcd) != 0)
		return why_set(why, DPE_RANGE,
		    "%.40s: not an EID of 32 digits", w->eid);
	return 0;
}

int
pki_lab_euicc_new(struct pki_lab *l, const struct pki_want *w,
    struct why *why)
{
	struct pki_pair	 eum = {0};
	struct buf	 dir = {0};
	char		 eid[EID_TEXT];
	size_t		 i, n = w->count == 0 ? 1 : w->count;
	int		 r;

	if ((r = want_eid_check(w, why)) != 0 ||
	    (r = eum_choose(l, w, &eum, why)) != 0)
		return r;
	buf_addf(&dir, "%s/euicc", l->dir);
	r = file_mkdir(buf_cstr(&dir), 0755, why);
	for (i = 0; r == 0 && i < n; i++) {
		if (w->eid != NULL)
			snprintf(eid, sizeof(eid), "%s", w->eid);
		else if ((r = eid_new(eum.cert.permitted[0].iin, eid)) != 0)
			why_set(why, r, "EUM %s: no EIDs below its IIN",
			    eum.name);
		if (r == 0)
			r = card_new(l, w, &eum, eid, why);
	}
	buf_free(&dir);
	pki_pair_free(&eum);
	return r;
}
