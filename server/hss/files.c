/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Fields that stand in files, as the card will have them: whatever pieces,
 * offsets, templates and file management they are made of.
 */
#include <stdio.h>

#include "server/hss/hss.h"

/* Octets of a file, or the last `tail` ones of its first record. */
static const struct place {
	enum saip_field	 field;
	const char	*dir;
	size_t		 nth;		/* of the directories of this name */
	uint16_t	 fid;
	size_t		 tail;		/* 0: all */
} places[] = {
	{ SAIP_ICCID_EF, "MF", 0, 0x2fe2, 0 },
	{ SAIP_IMSI, "ADF.USIM", 0, 0x6f07, 0 },
	{ SAIP_ACC, "ADF.USIM", 0, 0x6f78, 0 },
	{ SAIP_MSISDN, "ADF.USIM", 0, 0x6f40, 14 },
	{ SAIP_SPN, "ADF.USIM", 0, 0x6f46, 0 },
	{ SAIP_SMSC, "ADF.USIM", 0, 0x6f42, 28 },
	{ SAIP_GID1, "ADF.USIM", 0, 0x6f3e, 0 },
	{ SAIP_GID2, "ADF.USIM", 0, 0x6f3f, 0 },
	{ SAIP_PLMNWACT, "ADF.USIM", 0, 0x6f60, 0 },
	{ SAIP_OPLMNWACT, "ADF.USIM", 0, 0x6f61, 0 },
	{ SAIP_HPLMNWACT, "ADF.USIM", 0, 0x6f62, 0 },
	{ SAIP_EHPLMN, "ADF.USIM", 0, 0x6fd9, 0 },
	{ SAIP_FPLMN, "ADF.USIM", 0, 0x6f7b, 0 },
	{ SAIP_ROUTING, "DF.5GS", 0, 0x4f0a, 0 },
	{ SAIP_SUCI, "DF.5GS", 0, 0x4f07, 0 },
	{ SAIP_IMPI, "ADF.ISIM", 0, 0x6f02, 0 },
	{ SAIP_IMPU, "ADF.ISIM", 0, 0x6f04, 0 },
	{ SAIP_IMSI2, "ADF.USIM", 1, 0x6f07, 0 },
	{ SAIP_ACC2, "ADF.USIM", 1, 0x6f78, 0 }
};

int
hss_file_value(const struct fs *fs, enum saip_field f, struct slice *out)
{
	const struct place	*p = places;
	const struct fs_file	*file;
	size_t			 dir;

	*out = slice_of(NULL, 0);
	while (p < places + NELEM(places) && p->field != f)
		p++;
	if (p == places + NELEM(places) ||
	    (dir = fs_dir(fs, p->dir, p->nth)) == FS_NONE ||
	    (file = fs_find(fs, dir, p->fid)) == NULL || file->given == 0)
		return DPE_NOTFOUND;
	*out = file->record > 0 ? fs_record(file, 1) :
	    buf_slice(&file->image);
	if (p->tail > 0 && out->len >= p->tail)
		*out = slice_sub(*out, out->len - p->tail, p->tail);
	return out->len > 0 ? 0 : DPE_NOTFOUND;
}
