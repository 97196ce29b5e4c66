/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/fit.h"

#include <string.h>

#include "base/hex.h"
#include "server/saip/fs.h"
#include "server/saip/walk.h"

#define EF_IMSI		0x6f07
#define EF_UST		0x6f38
#define EF_GID1		0x6f3e
#define EF_GID2		0x6f3f
#define UST_GID1	17
#define UST_GID2	18

static void
fit_gid(const struct fs *fs, size_t adf, uint16_t fid, const uint8_t *ust,
    unsigned service, struct saip_gid *g)
{
	const struct fs_file	*f = fs_find(fs, adf, fid);

	g->on = (ust[(service - 1) / 8] >> (service - 1) % 8 & 1) != 0;
	if (f == NULL)
		return;
	g->there = true;
	if (f->image.len > sizeof(g->octets))
		return;
	g->len = f->image.len;
	if (g->len > 0)
		memcpy(g->octets, f->image.p, g->len);
}

static void
fit_usim(const struct fs *fs, size_t adf, struct saip_usim *u)
{
	const struct fs_file	*f;
	uint8_t			 ust[3] = {0};

	if ((f = fs_find(fs, adf, EF_UST)) != NULL && f->image.len >= 3)
		memcpy(ust, f->image.p, sizeof(ust));
	if ((f = fs_find(fs, adf, EF_IMSI)) != NULL && f->image.len == 9)
		saip_imsi_from_ef(f->image.p, u->imsi);
	fit_gid(fs, adf, EF_GID1, ust, UST_GID1, &u->gid1);
	fit_gid(fs, adf, EF_GID2, ust, UST_GID2, &u->gid2);
}

int
saip_fit_read(struct slice upp, struct saip_fit *out, struct why *why)
{
	struct fs	 fs = {0};
	size_t		 adf;
	int		 r;

	memset(out, 0, sizeof(*out));
	if ((r = fs_read(upp, &fs, why)) == 0)
		while (out->n < SAIP_USIMS && (adf = fs_dir(&fs, "ADF.USIM",
		    out->n)) != FS_NONE)
			fit_usim(&fs, adf, &out->usim[out->n++]);
	fs_free(&fs);
	return r;
}

static int
check_gid(const struct saip_gid *g, unsigned n, unsigned service,
    const char *hex, struct why *why)
{
	char	 has[2 * LIM_GID + 1];

	if (*hex == '\0')
		return !g->on ? 0 : why_set(why, DPE_RANGE, "EF.UST has "
		    "service %u, and the owner of the type no gid%u", service,
		    n);
	if (!g->on)
		return why_set(why, DPE_RANGE, "the owner of the type has a "
		    "gid%u, and EF.UST lacks service %u", n, service);
	if (!g->there)
		return why_set(why, DPE_RANGE, "the owner of the type has a "
		    "gid%u, and there is no EF.GID%u", n, n);
	hex_put(has, slice_of(g->octets, g->len));
	if (strcmp(has, hex) != 0)
		return why_set(why, DPE_RANGE, "EF.GID%u is %s, gid%u of the "
		    "owner %s", n, has, n, hex);
	return 0;
}

static int
check_usim(const struct saip_usim *f, const struct saip_owner *o,
    struct why *why)
{
	int	 r;

	if (f->imsi[0] != '\0' && (strncmp(f->imsi, o->plmn, 3) != 0 ||
	    strncmp(f->imsi + 3, o->plmn + 4, strlen(o->plmn + 4)) != 0))
		return why_set(why, DPE_RANGE, "EF.IMSI is %.6s..., which is "
		    "not of the owner %s of the type", f->imsi, o->plmn);
	if ((r = check_gid(&f->gid1, 1, UST_GID1, o->gid1, why)) != 0)
		return r;
	return check_gid(&f->gid2, 2, UST_GID2, o->gid2, why);
}

int
saip_fit_check(const struct saip_fit *f, const struct saip_owner *o,
    struct why *why)
{
	size_t	 i;

	if (o->plmn[0] == '\0' || f->n == 0)
		return 0;
	for (i = 1; i < f->n; i++)
		if (check_usim(&f->usim[i], o, NULL) == 0)
			return 0;
	return check_usim(&f->usim[0], o, why);
}
