/* SPDX-License-Identifier: Apache-2.0 */
/* Rules that hold one thing of a package against another. */
#include <string.h>

#include "base/ident.h"
#include "server/saip/ef.h"
#include "server/saip/lint_run.h"

#define TOTAL	(128 * 1024)	/* octets, more than most cards spare */

/* Decoding is lenient where numbers are padded; encoding is not. */
void
lint_der(struct lint_run *r)
{
	struct buf	 b = {0};
	size_t		 i;

	FOR_PES(r, i) {
		buf_cut(&b, 0);
		if (pe_encode(&r->pe[i].d, &b) != 0 ||
		    !slice_eq(buf_slice(&b), r->pe[i].d.raw))
			lint_at(r, i, NULL, "it is not as DER has it: a "
			    "number is not as short as it can be");
	}
	buf_free(&b);
}

void
lint_file_service(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 i;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		if (f->kind == FS_BT && f->made && !lint_mandatory(r, SV_BER_TLV))
			lint_at(r, f->pe, f, "ber-tlv is not among the "
			    "mandatory services");
		if (f->linked && f->kind <= FS_ADF &&
		    !lint_mandatory(r, SV_DF_LINK))
			lint_at(r, f->pe, f, "dfLink is not among the "
			    "mandatory services");
	}
}

void
lint_total(struct lint_run *r)
{
	size_t	 i, n = 0;

	FOR_FILES(r, i)
		n += r->fs.file[i].size;
	if (n + r->upp.len > TOTAL)
		lint_at(r, 0, NULL, "files have %zu octets, the package %zu",
		    n, r->upp.len);
}

/* Is the PLMN at p (TS 24.008) that of the IMSI? */
static bool
home(const uint8_t *p, const char *imsi)
{
	char	 plmn[7];

	plmn[0] = (char)('0' + (p[0] & 15));
	plmn[1] = (char)('0' + (p[0] >> 4));
	plmn[2] = (char)('0' + (p[1] & 15));
	plmn[3] = (char)('0' + (p[2] & 15));
	plmn[4] = (char)('0' + (p[2] >> 4));
	plmn[5] = (char)('0' + (p[1] >> 4));
	return strncmp(plmn, imsi, p[1] >> 4 == 15 ? 5 : 6) == 0;
}

static void
home_first(struct lint_run *r, size_t dir, uint16_t fid, const char *imsi)
{
	const struct fs_file	*f = lint_file(r, dir, fid, 3);

	if (f != NULL && f->given > 0 &&
	    memcmp(f->image.p, "\xff\xff\xff", 3) != 0 &&
	    !home(f->image.p, imsi))
		lint_at(r, f->pe, f, "the first network is not that of the "
		    "IMSI");
}

/* Of the first USIM: another may be of another network. */
void
lint_home(struct lint_run *r)
{
	size_t			 dir = fs_dir(&r->fs, "ADF.USIM", 0);
	const struct fs_file	*f;
	char			 imsi[IMSI_TEXT];

	f = dir == FS_NONE ? NULL : lint_file(r, dir, 0x6f07, 9);
	if (f == NULL)
		return;
	saip_imsi_from_ef(f->image.p, imsi);
	if (imsi[0] == '\0')
		return;
	home_first(r, dir, 0x6f62, imsi);	/* EF.HPLMNwAcT */
	home_first(r, dir, 0x6fd9, imsi);	/* EF.EHPLMN */
}

/* The MNC of EF.AD against a home network whose MNC is written out. */
static void
mnc_of(struct lint_run *r, size_t dir, uint16_t fid, unsigned n)
{
	const struct fs_file	*f = lint_file(r, dir, fid, 3);

	if (f == NULL || f->given == 0 ||
	    memcmp(f->image.p, "\xff\xff\xff", 3) == 0)
		return;
	if ((f->image.p[1] >> 4 == 15 ? 2u : 3u) != n)
		lint_at(r, f->pe, f, "the MNC of its first network has not "
		    "the %u digits of EF.AD", n);
}

void
lint_mnc(struct lint_run *r)
{
	const struct fs_file	*ad;
	size_t			 k, dir;

	for (k = 0; (dir = fs_dir(&r->fs, "ADF.USIM", k)) != FS_NONE; k++) {
		if ((ad = lint_file(r, dir, 0x6fad, 4)) == NULL)
			continue;
		mnc_of(r, dir, 0x6f62, ad->image.p[3] & 15);
		mnc_of(r, dir, 0x6fd9, ad->image.p[3] & 15);
	}
}

/* EF.IMSI is exactly what its digits are written as. */
void
lint_imsi_exact(struct lint_run *r)
{
	const struct fs_file	*f;
	char			 imsi[IMSI_TEXT];
	uint8_t			 ef[9];
	size_t			 k, dir;

	for (k = 0; (dir = fs_dir(&r->fs, "ADF.USIM", k)) != FS_NONE; k++) {
		if ((f = lint_file(r, dir, 0x6f07, 9)) == NULL)
			continue;
		saip_imsi_from_ef(f->image.p, imsi);
		if (imsi[0] == '\0')
			continue;
		imsi_to_ef(imsi, ef);
		if (memcmp(ef, f->image.p, sizeof(ef)) != 0)
			lint_at(r, f->pe, f, "length or parity leave digits "
			    "over");
	}
}

static bool
service_on(const struct fs_file *ust, unsigned n)
{
	return (n - 1) / 8 < ust->image.len &&
	    (ust->image.p[(n - 1) / 8] >> (n - 1) % 8 & 1) != 0;
}

void
lint_suci_services(struct lint_run *r)
{
	const struct fs_file	*f;
	size_t			 k, dir;

	for (k = 0; (dir = fs_dir(&r->fs, "ADF.USIM", k)) != FS_NONE; k++) {
		if ((f = lint_file(r, dir, 0x6f38, 1)) == NULL)
			continue;
		if (service_on(f, 125) && !service_on(f, 124))
			lint_at(r, f->pe, f, "service 125 is on and 124 off: "
			    "nobody makes the SUCI");
	}
}

/* Security contexts belong to the phone: a new profile has none. */
void
lint_context(struct lint_run *r)
{
	static const char *const names[] = { "EF.EPSNSC", "EF.5GS3GPPNSC",
	    "EF.5GSN3GPPNSC", "EF.5GAUTHKEYS" };
	const struct fs_file	*f;
	size_t			 i, k;

	FOR_FILES(r, i) {
		f = &r->fs.file[i];
		for (k = 0; k < NELEM(names); k++)
			if (strcmp(f->name, names[k]) == 0 && f->given > 0 &&
			    !ef_blank(buf_slice(&f->image)))
				lint_at(r, f->pe, f, "a new profile has no "
				    "security context");
	}
}

/* Whether C9 asks for SCP80: 81 L 80 .. */
static bool
scp80(struct slice c9)
{
	size_t	 i;

	for (i = 0; i + 2 < c9.len; i += 2u + c9.p[i + 1])
		if (c9.p[i] == 0x81 && c9.p[i + 1] >= 2 &&
		    c9.p[i + 2] == 0x80)
			return true;
	return false;
}

void
lint_toolkit(struct lint_run *r)
{
	const struct pe_instance	*d;
	size_t				 i;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_DOMAIN)
			continue;
		d = &r->pe[i].d.domain.instance;
		if (scp80(d->parameters) && (d->uicc == NULL ||
		    d->uicc->toolkit.len == 0))
			lint_at(r, i, NULL, "it speaks SCP80, and has no "
			    "toolkit parameters with a TAR");
	}
}

void
lint_tar(struct lint_run *r)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].d.kind == PE_KIND_RFM &&
		    r->pe[i].d.rfm.tars.n == 0)
			lint_at(r, i, NULL, "without a TAR nothing reaches "
			    "it");
}

/* Is it the AID of a security domain before i? */
static bool
domain_before(const struct lint_run *r, size_t i, struct slice aid)
{
	while (i-- > 0)
		if (r->pe[i].d.kind == PE_KIND_DOMAIN &&
		    slice_eq(r->pe[i].d.domain.instance.aid, aid))
			return true;
	return false;
}

void
lint_domain_before(struct lint_run *r)
{
	const struct pe_load	*l;
	size_t			 i;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind == PE_KIND_RFM &&
		    r->pe[i].d.rfm.domain.p != NULL &&
		    !domain_before(r, i, r->pe[i].d.rfm.domain))
			lint_at(r, i, NULL, "its security domain is not there "
			    "before it");
		l = r->pe[i].d.kind == PE_KIND_APPLICATION ?
		    r->pe[i].d.application.load : NULL;
		if (l != NULL && l->domain.p != NULL &&
		    !domain_before(r, i, l->domain))
			lint_at(r, i, NULL, "the security domain of its "
			    "package is not there before it");
	}
}

/* GlobalPlatform: one octet of privileges, or three. */
static void
privileges(struct lint_run *r, size_t i, const struct pe_instance *x)
{
	if (x->privileges.len > 1 && x->privileges.len != 3)
		lint_at(r, i, NULL, "applicationPrivileges have %zu octets",
		    x->privileges.len);
}

void
lint_privileges(struct lint_run *r)
{
	const struct pe_application	*a;
	size_t				 i, k;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind == PE_KIND_DOMAIN)
			privileges(r, i, &r->pe[i].d.domain.instance);
		if (r->pe[i].d.kind != PE_KIND_APPLICATION)
			continue;
		a = &r->pe[i].d.application;
		for (k = 0; k < a->instances.n; k++)
			privileges(r, i, &a->instances.v[k]);
	}
}

/* TS 102 226: full access and no access are one octet. */
static bool
access_well(struct slice s)
{
	return s.len > 0 && (s.len == 1 || (s.p[0] != 0x00 &&
	    s.p[0] != 0xff));
}

void
lint_access(struct lint_run *r)
{
	const struct pe_rfm	*p;
	size_t			 i;

	FOR_PES(r, i) {
		if (r->pe[i].d.kind != PE_KIND_RFM)
			continue;
		p = &r->pe[i].d.rfm;
		if (!access_well(p->access) || !access_well(p->admin) ||
		    (p->adf != NULL && (!access_well(p->adf->access) ||
		    !access_well(p->adf->admin))))
			lint_at(r, i, NULL, "full or no access is one octet");
	}
}

/* What a terminal asks a domain for first. */
void
lint_recognition(struct lint_run *r)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].d.kind == PE_KIND_DOMAIN &&
		    r->pe[i].d.domain.perso.n == 0)
			lint_at(r, i, NULL, "it has no sdPersoData with card "
			    "recognition data");
}
