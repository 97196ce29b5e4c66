/* SPDX-License-Identifier: Apache-2.0 */
/* Rules about what a USIM says of its subscription (spec 06, 3.3). */
#include <string.h>

#include "base/der.h"
#include "base/ident.h"
#include "server/saip/ef.h"
#include "server/saip/lint_run.h"

/* The USIMs one after the other: their directory, FS_NONE at the end. */
static size_t
usim(const struct lint_run *r, size_t n)
{
	return fs_dir(&r->fs, "ADF.USIM", n);
}

#define FOR_USIMS(r, k, dir) \
	for ((k) = 0; ((dir) = usim(r, k)) != FS_NONE; (k)++)

void
lint_imsi(struct lint_run *r)
{
	const struct fs_file	*f;
	char			 imsi[IMSI_TEXT];
	size_t			 k, dir;

	FOR_USIMS(r, k, dir) {
		if ((f = lint_file(r, dir, 0x6f07, 9)) == NULL)
			continue;
		saip_imsi_from_ef(f->image.p, imsi);
		if (imsi[0] == '\0')
			lint_at(r, f->pe, f, "length, parity or digits are "
			    "not those of an IMSI");
	}
}

void
lint_acc(struct lint_run *r)
{
	const struct fs_file	*f, *acc;
	char			 imsi[IMSI_TEXT];
	size_t			 k, dir;
	unsigned		 have, want;

	FOR_USIMS(r, k, dir) {
		f = lint_file(r, dir, 0x6f07, 9);
		acc = lint_file(r, dir, 0x6f78, 2);
		if (f == NULL || acc == NULL)
			continue;
		saip_imsi_from_ef(f->image.p, imsi);
		if (imsi[0] == '\0')
			continue;
		want = 1U << (imsi[strlen(imsi) - 1] - '0');
		have = (unsigned)acc->image.p[0] << 8 | acc->image.p[1];
		if ((have & want) == 0)
			lint_at(r, acc->pe, acc, "%04X is not the class of an "
			    "IMSI that ends in %c", have,
			    imsi[strlen(imsi) - 1]);
	}
}

void
lint_ad_mnc(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 k, dir;
	unsigned		 n;

	FOR_USIMS(r, k, dir) {
		if ((f = lint_file(r, dir, 0x6fad, 4)) == NULL)
			continue;
		n = f->image.p[3] & 15;
		if (n != 2 && n != 3)
			lint_at(r, f->pe, f, "the MNC has %u digits", n);
	}
}

void
lint_ad_mode(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 k, dir;

	FOR_USIMS(r, k, dir)
		if ((f = lint_file(r, dir, 0x6fad, 4)) != NULL &&
		    f->image.p[0] != 0)
			lint_at(r, f->pe, f, "the mode is %02X: of a test",
			    f->image.p[0]);
}

static bool
service_on(const struct fs_file *ust, unsigned n)
{
	return n >= 1 && (n - 1) / 8 < ust->image.len &&
	    (ust->image.p[(n - 1) / 8] >> (n - 1) % 8 & 1) != 0;
}

void
lint_ust_33(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 k, dir;

	FOR_USIMS(r, k, dir)
		if ((f = lint_file(r, dir, 0x6f38, 1)) != NULL &&
		    !service_on(f, 33))
			lint_at(r, f->pe, f, "service 33 is off, and shall be "
			    "on");
}

/* Services that come with one file, right below the USIM. */
static const struct {
	unsigned	 service;
	uint16_t	 fid;
	const char	*name;
} files[] = {
	{ 2, 0x6f3b, "EF.FDN" },	{ 4, 0x6f49, "EF.SDN" },
	{ 10, 0x6f3c, "EF.SMS" },	{ 12, 0x6f42, "EF.SMSP" },
	{ 17, 0x6f3e, "EF.GID1" },	{ 18, 0x6f3f, "EF.GID2" },
	{ 19, 0x6f46, "EF.SPN" },	{ 20, 0x6f60, "EF.PLMNwAcT" },
	{ 21, 0x6f40, "EF.MSISDN" },	{ 42, 0x6f61, "EF.OPLMNwAcT" },
	{ 43, 0x6f62, "EF.HPLMNwAcT" },	{ 45, 0x6fc5, "EF.PNN" },
	{ 46, 0x6fc6, "EF.OPL" },	{ 47, 0x6fc7, "EF.MBDN" },
	{ 51, 0x6fcd, "EF.SPDI" },	{ 71, 0x6fd9, "EF.EHPLMN" },
	{ 85, 0x6fe3, "EF.EPSLOCI" },	{ 27, 0x5f3b, "DF.GSM-ACCESS" },
	{ 122, 0x5fc0, "DF.5GS" },
};

void
lint_ust_file(struct lint_run *r)
{
	const struct fs_file	*ust;
	size_t			 k, dir, i;

	FOR_USIMS(r, k, dir) {
		if ((ust = lint_file(r, dir, 0x6f38, 1)) == NULL)
			continue;
		for (i = 0; i < NELEM(files); i++)
			if (service_on(ust, files[i].service) &&
			    fs_find(&r->fs, dir, files[i].fid) == NULL)
				lint_at(r, ust->pe, ust, "service %u is on, "
				    "and %s is not there", files[i].service,
				    files[i].name);
	}
}

void
lint_file_ust(struct lint_run *r)
{
	const struct fs_file	*ust, *f;
	size_t			 k, dir, i;

	FOR_USIMS(r, k, dir) {
		if ((ust = lint_file(r, dir, 0x6f38, 1)) == NULL)
			continue;
		for (i = 0; i < NELEM(files); i++)
			if (!service_on(ust, files[i].service) &&
			    (f = fs_find(&r->fs, dir, files[i].fid)) != NULL &&
			    f->given > 0)
				lint_at(r, f->pe, f, "its service %u is off",
				    files[i].service);
	}
}

/* A0: pairs of scheme and index of a key in A1 (TS 31.102, 4.4.11.8). */
static bool
suci_well(struct slice s)
{
	struct der	 list, keys, d;
	size_t		 i, n = 0;

	if (ef_blank(s))
		return true;
	if (der_expect(&s, 0xa0, &list) != 0 || list.value.len % 2 != 0)
		return false;
	if (s.len > 0 && *s.p == 0xa1) {
		if (der_expect(&s, 0xa1, &keys) != 0)
			return false;
		while (keys.value.len > 0) {
			if (der_next(&keys.value, &d) != 0)
				return false;
			n += d.tag == 0x81;
		}
	}
	for (i = 0; i < list.value.len; i += 2)
		if (list.value.p[i + 1] > n)
			return false;
	return true;
}

void
lint_suci(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (strcmp(f->name, "EF.SUCI_Calc_Info") == 0 && f->made &&
		    !suci_well(buf_slice(&f->image)))
			lint_at(r, f->pe, f, "its lists are not whole, or a "
			    "scheme names a key that is not there");
	}
}
