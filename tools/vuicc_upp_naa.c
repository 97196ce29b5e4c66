/* SPDX-License-Identifier: Apache-2.0 */
/* What a card compares in the USIM of a package: SGP.22 5.5.5, 2.4.5.3. */
#include <string.h>

#include "base/der.h"
#include "tools/vuicc_upp.h"

#define PE_AKA		0xA4
#define PE_USIM		0xB3
#define PE_OPT_USIM	0xB4
#define USIM_EF_IMSI	0xA3
#define USIM_EF_UST	0xA8
#define OPT_EF_GID1	0xA5
#define OPT_EF_GID2	0xA6
#define UST_GID1	17
#define UST_GID2	18
#define GID_BYTES	8	/* of the template, where no Fcp says another */
#define FILE_MAX	64
#define ALGORITHM_XOR	3	/* the test algorithm of TS 34.108 */

/* The first element with this tag, in what goes before `until`. */
static struct slice
naa_element(struct slice upp, uint32_t tag, uint32_t until)
{
	struct der	 d;

	while (upp.len > 0 && der_next(&upp, &d) == 0 && d.tag != until)
		if (d.tag == tag)
			return d.value;
	return slice_of(NULL, 0);
}

/*
 * A transparent file as it will be: its size, its contents over FF.  Offsets
 * are relative.  0: there is no such file, or a larger one.
 */
static size_t
naa_file(struct slice pe, uint32_t member, size_t size, uint8_t *out)
{
	struct der	 f, d, z;
	uint64_t	 n;
	size_t		 at = 0;

	if (der_find(pe, member, &f) != 0)
		return 0;
	if (der_find(f.value, 0xA1, &d) == 0 &&
	    der_find(d.value, 0x80, &z) == 0) {
		for (n = size = 0; n < z.value.len && n < 4; n++)
			size = size << 8 | z.value.p[n];
	}
	if (size > FILE_MAX)
		return 0;
	memset(out, 0xff, size);
	while (f.value.len > 0 && der_next(&f.value, &d) == 0) {
		if (d.tag == 0x82 && der_uint(d.value, &n) == 0)
			at = n > size - at ? size : at + n;
		if (d.tag != 0x83)
			continue;
		if (d.value.len > size - at)
			return 0;
		memcpy(out + at, d.value.p, d.value.len);
		at += d.value.len;
	}
	return size;
}

/* mccMnc of TS 24.008 against the digits of EF.IMSI. */
static bool
naa_owner(struct slice owner, struct slice imsi)
{
	uint8_t	 d[6], o[6];
	size_t	 i, n;

	if (owner.len != 3 || imsi.len < 5)
		return false;
	for (i = 0; i < 6; i++)		/* digit 1 is the upper half of [1] */
		d[i] = i % 2 == 0 ? imsi.p[1 + i / 2] >> 4 :
		    imsi.p[2 + i / 2] & 0xf;
	o[0] = owner.p[0] & 0xf;
	o[1] = owner.p[0] >> 4;
	o[2] = owner.p[1] & 0xf;
	o[3] = owner.p[2] & 0xf;
	o[4] = owner.p[2] >> 4;
	o[5] = owner.p[1] >> 4;
	n = o[5] == 0xf ? 5 : 6;
	return memcmp(d, o, n) == 0;
}

/* The file must be there, and be this, exactly where the owner names it. */
static bool
naa_gid(struct slice rest, struct slice ust, unsigned service, uint32_t file,
    struct slice gid)
{
	uint8_t	 ef[FILE_MAX];
	size_t	 n = (service - 1) / 8;
	bool	 on = n < ust.len && (ust.p[n] >> (service - 1) % 8 & 1) != 0;

	if (gid.len == 0 || !on)
		return gid.len == 0 && !on;
	n = naa_file(naa_element(rest, PE_OPT_USIM, PE_USIM), file, GID_BYTES,
	    ef);
	return slice_eq(gid, slice_of(ef, n));
}

/* One USIM, and what follows it. */
static bool
naa_fits(struct slice usim, struct slice rest, const struct store_metadata *m)
{
	uint8_t		 ef[FILE_MAX];
	struct slice	 ust;

	if (!naa_owner(m->owner_plmn, slice_of(ef,
	    naa_file(usim, USIM_EF_IMSI, 9, ef))))
		return false;
	ust = slice_of(ef, naa_file(usim, USIM_EF_UST, 14, ef));
	return naa_gid(rest, ust, UST_GID1, OPT_EF_GID1, m->owner_gid1) &&
	    naa_gid(rest, ust, UST_GID2, OPT_EF_GID2, m->owner_gid2);
}

int
vuicc_upp_owner(struct slice upp, const struct store_metadata *m,
    struct why *why)
{
	struct der	 d;
	bool		 any = false;

	while (m->owner_plmn.len > 0 && upp.len > 0 &&
	    der_next(&upp, &d) == 0) {
		if (d.tag != PE_USIM)
			continue;
		if (naa_fits(d.value, upp, m))
			return 0;
		any = true;
	}
	return !any ? 0 : why_set(why, DPE_RANGE, "profile package: EF.IMSI, "
	    "or EF.UST and EF.GID1 or EF.GID2, are not of the profile owner");
}

/* Zero but for the lowest 32 bits, or 00 01 02 ... */
static bool
naa_test_key(struct slice k)
{
	bool	 low = true, rising = true;
	size_t	 i;

	for (i = 0; i < k.len; i++) {
		low = low && (k.p[i] == 0 || i + 4 >= k.len);
		rising = rising && k.p[i] == i;
	}
	return low || rising;
}

static bool
naa_test_imsi(struct slice upp)
{
	struct slice	 usim = naa_element(upp, PE_USIM, 0);
	uint8_t		 ef[FILE_MAX];

	return naa_file(usim, USIM_EF_IMSI, 9, ef) == 9 &&
	    naa_owner(slice_of("\x00\xf1\x10", 3), slice_of(ef, 9));
}

int
vuicc_upp_test(struct slice upp, struct why *why)
{
	bool		 imsi = naa_test_imsi(upp);
	struct der	 pe, a, p, v;

	while (upp.len > 0 && der_next(&upp, &pe) == 0) {
		if (pe.tag != PE_AKA || der_find(pe.value, 0xA1, &a) != 0 ||
		    der_find(a.value, 0xA1, &p) != 0)
			continue;
		if (imsi || (der_find(p.value, 0x80, &v) == 0 &&
		    v.value.len == 1 && v.value.p[0] == ALGORITHM_XOR))
			continue;
		if (der_find(p.value, 0x82, &v) != 0 ||
		    !naa_test_key(v.value))
			return why_set(why, DPE_RANGE, "profile package: the "
			    "key is none that a test profile may have");
	}
	return 0;
}
