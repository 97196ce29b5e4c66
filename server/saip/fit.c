/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/fit.h"

#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "server/saip/walk.h"

#define USIM_IMSI	0xa3
#define USIM_UST	0xa8
#define OPT_GID1	0xa5
#define OPT_GID2	0xa6
#define FCP_SIZE	0x80
#define GID_OCTETS	8	/* of the template, where the Fcp names none */
#define UST_GID1	17
#define UST_GID2	18

/* efFileSize of the Fcp, if it has one. */
static size_t
file_size(struct slice file, size_t preset)
{
	struct der	 fcp, d;
	size_t		 n = 0, i;

	if (der_find(file, 0xa1, &fcp) != 0 ||
	    der_find(fcp.value, FCP_SIZE, &d) != 0)
		return preset;
	for (i = 0; i < d.value.len && n <= 0xffff; i++)
		n = n << 8 | d.value.p[i];
	return n;
}

static void
fit_gid(struct slice pe, uint32_t member, struct saip_gid *g)
{
	struct der	 d;
	size_t		 n;

	if (der_find(pe, member, &d) != 0)
		return;
	g->there = true;
	if ((n = file_size(d.value, GID_OCTETS)) > sizeof(g->octets))
		return;
	memset(g->octets, 0xff, sizeof(g->octets));
	(void)saip_file_image(d.value, g->octets, n);
	g->len = n;
}

static void
fit_usim(struct slice pe, struct saip_usim *f)
{
	struct der	 d;
	uint8_t		 ust[3] = {0}, ef[9];

	if (der_find(pe, USIM_UST, &d) == 0)
		(void)saip_file_image(d.value, ust, sizeof(ust));
	f->gid1.on = (ust[(UST_GID1 - 1) / 8] >> (UST_GID1 - 1) % 8 & 1) != 0;
	f->gid2.on = (ust[(UST_GID2 - 1) / 8] >> (UST_GID2 - 1) % 8 & 1) != 0;
	memset(ef, 0xff, sizeof(ef));
	if (der_find(pe, USIM_IMSI, &d) == 0 &&
	    saip_file_image(d.value, ef, sizeof(ef)))
		saip_imsi_from_ef(ef, f->imsi);
}

/* The optional files of a USIM follow it, before the next one. */
void
saip_fit_read(struct slice upp, struct saip_fit *out)
{
	struct saip_walk w;
	struct saip_pe	 pe;
	struct saip_usim *u;

	memset(out, 0, sizeof(*out));
	for (saip_walk_start(&w, upp); saip_walk_more(&w) &&
	    saip_walk_next(&w, &pe, NULL) == 0;) {
		if (pe.tag == PE_USIM) {
			if (out->n == SAIP_USIMS)
				break;
			fit_usim(pe.value, &out->usim[out->n++]);
		} else if (pe.tag == PE_OPT_USIM && out->n > 0) {
			u = &out->usim[out->n - 1];
			fit_gid(pe.value, OPT_GID1, &u->gid1);
			fit_gid(pe.value, OPT_GID2, &u->gid2);
		}
	}
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
