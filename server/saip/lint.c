/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/lint_run.h"
#include "server/saip/saip.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define E	LINT_ERROR
#define W	LINT_WARNING
#define N	LINT_NOTE

static const struct {
	struct lint_rule	 rule;
	lint_fn			*fn;	/* NULL: looked at before the others */
} rules[] = {
	{ { 1, E, "the package is a sequence of whole elements" }, NULL },
	{ { 2, E, "each element is of the type of its tag, its members of their sizes" }, NULL },
	{ { 3, E, "the header is first, the end is last, each once" },
	    lint_first_last },
	{ { 4, E, "there is one mf" }, lint_one_mf },
	{ { 5, E, "identifications are there once, and 0 to 32767" },
	    lint_ids },
	{ { 6, E, "what belongs to a USIM comes after one" },
	    lint_after_usim },
	{ { 7, E, "opt-isim comes after an isim" }, lint_after_isim },
	{ { 8, E, "opt-csim comes after a csim" }, lint_after_csim },
	{ { 9, E, "akaParameter comes after its application" },
	    lint_aka_place },
	{ { 10, W, "a USIM or ISIM has its akaParameter" },
	    lint_aka_missing },
	{ { 11, E, "pinCodes come after a directory" }, lint_pin_place },
	{ { 12, E, "a directory has one pinCodes" }, lint_pin_twice },
	{ { 13, N, "no members of a later version" }, lint_unknown },
	{ { 14, N, "elements are mandated" }, lint_optional },
	{ { 15, E, "genericFileManagement comes after the mf" },
	    lint_generic },
	{ { 20, E, "the version is 2.x or 3.x" }, lint_version },
	{ { 22, W, "pol is absent: it is of another standard" }, lint_pol },
	{ { 23, E, "the ICCID of the header is that of EF.ICCID" },
	    lint_iccid_same },
	{ { 24, W, "the ICCID has 19 or 20 digits and a right check digit" },
	    lint_iccid_luhn },
	{ { 25, W, "a mandatory service has its element" },
	    lint_service_element },
	{ { 26, W, "an application is a mandatory service" },
	    lint_element_service },
	{ { 27, W, "the algorithm is a mandatory service" },
	    lint_algorithm_service },
	{ { 28, W, "applets go with the mandatory service javacard" },
	    lint_javacard_service },
	{ { 29, W, "a file template in use is in the mandatory list" },
	    lint_template_listed },
	{ { 30, W, "a file template in the mandatory list is in use" },
	    lint_listed_used },
	{ { 31, E, "an element names the file template of its kind" },
	    lint_template_known },
	{ { 32, W, "versions of file templates are none after the header's" },
	    lint_template_version },
	{ { 40, E, "contents fit into their file" }, lint_over },
	{ { 41, E, "a file descriptor is transparent, linear fixed, cyclic, "
	    "BER-TLV or a directory" }, lint_descriptor },
	{ { 42, E, "a file has a size" }, lint_unsized },
	{ { 43, E, "a file has an identifier and a directory" },
	    lint_unplaced },
	{ { 44, E, "a directory has an identifier once" }, lint_fids },
	{ { 45, W, "contents that a template asks for are given" },
	    lint_contents },
	{ { 46, E, "a size is a whole number of records" }, lint_records },
	{ { 47, E, "a file has at most 32767 octets" }, lint_large },
	{ { 48, E, "the access rule of a file is in its EF.ARR" },
	    lint_rules },
	{ { 49, W, "a directory has an SFI once" }, lint_sfi_twice },
	{ { 50, E, "an SFI is 1 to 30" }, lint_sfi_range },
	{ { 51, E, "an ADF has an AID" }, lint_adf_aid },
	{ { 52, E, "no two applications have the same AID" },
	    lint_aid_twice },
	{ { 53, W, "EF.DIR names each application" }, lint_dir },
	{ { 54, E, "paths of genericFileManagement lead somewhere" },
	    lint_paths },
	{ { 55, W, "contents are those of such a file" }, lint_understood },
	{ { 56, W, "an access rule allows something" }, lint_rule_empty },
	{ { 60, E, "EF.IMSI is an IMSI of 6 to 15 digits" }, lint_imsi },
	{ { 61, W, "EF.ACC is the class of the IMSI's last digit" },
	    lint_acc },
	{ { 62, E, "EF.AD says that the MNC has 2 or 3 digits" },
	    lint_ad_mnc },
	{ { 63, W, "EF.AD says normal operation" }, lint_ad_mode },
	{ { 64, E, "service 33 is on in EF.UST" }, lint_ust_33 },
	{ { 65, W, "a service of EF.UST has its file" }, lint_ust_file },
	{ { 66, W, "a file's service is on in EF.UST" }, lint_file_ust },
	{ { 67, E, "EF.SUCI_Calc_Info is two lists, and names keys that are "
	    "there" }, lint_suci },
	{ { 70, E, "a PUK has eight digits" }, lint_puk_value },
	{ { 71, E, "a PIN has four to eight digits and FF to its end" },
	    lint_pin_value },
	{ { 72, E, "PINs and PUKs have references of theirs" },
	    lint_reference },
	{ { 73, E, "a reference stands once" }, lint_reference_twice },
	{ { 74, W, "tries left are some, and no more than there are" },
	    lint_retries },
	{ { 75, E, "the PUK that unblocks a PIN is there before" },
	    lint_unblock },
	{ { 76, W, "there is a PIN1 and an ADM" }, lint_pin1 },
	{ { 77, W, "codes that are on are not trivial" }, lint_trivial },
	{ { 80, E, "the algorithm is Milenage, TUAK or the test one" },
	    lint_algorithm },
	{ { 81, E, "K has the size of its algorithm" }, lint_key_size },
	{ { 82, E, "OPc or TOPc has the size of its algorithm" },
	    lint_opc_size },
	{ { 84, E, "initial sequence numbers are 32" }, lint_sqn },
	{ { 85, E, "a mapping leads to an application" }, lint_mapping },
	{ { 86, N, "K is none that anybody knows" }, lint_known_key },
	{ { 90, N, "there is a security domain" }, lint_domain },
	{ { 91, E, "keys of a security domain have the size of their type" },
	    lint_sd_key },
	{ { 92, W, "key versions are 1 to 127, identifiers 1 to 127" },
	    lint_sd_key_id },
	{ { 93, E, "a security domain has a key once" },
	    lint_sd_key_twice },
	{ { 94, E, "a TAR stands once" }, lint_tar_twice },
	{ { 95, E, "rfm is of an application that is there" },
	    lint_rfm_adf },
	{ { 96, W, "remote management asks for security" }, lint_security },
	{ { 98, W, "the package of an instance is loaded" },
	    lint_instance_package },
	{ { 99, E, "a load block has code" }, lint_load_code },
	{ { 100, E, "members stand once, in their order" },
	    lint_member_order },
	{ { 101, E, "members that an element must have are there" },
	    lint_member_missing },
	{ { 102, W, "files are of the template and its version" },
	    lint_member_known },
	{ { 103, W, "a file has the identifier that its template gives it" },
	    lint_template_fid },
	{ { 104, W, "a file is of the kind that its template says" },
	    lint_template_kind },
	{ { 105, E, "a directory has a pinStatusTemplateDO" },
	    lint_pin_status },
	{ { 106, N, "a file that is written often says so" }, lint_often },
	{ { 107, W, "contents follow an offset" }, lint_offset },
	{ { 108, W, "an element is as DER has it" }, lint_der },
	{ { 109, N, "values that are the default are left out" },
	    lint_default },
	{ { 110, W, "BER-TLV files and linked directories are mandatory "
	    "services" }, lint_file_service },
	{ { 111, N, "package and files have at most 128 KiB" }, lint_total },
	{ { 112, W, "the first home network is that of the IMSI" },
	    lint_home },
	{ { 113, W, "the MNC of the home network has the digits of EF.AD" },
	    lint_mnc },
	{ { 114, E, "EF.IMSI has no digits beyond its length" },
	    lint_imsi_exact },
	{ { 115, W, "service 125 of EF.UST comes with service 124" },
	    lint_suci_services },
	{ { 116, W, "a domain that speaks SCP80 has a TAR" }, lint_toolkit },
	{ { 117, W, "remote management has a TAR" }, lint_tar },
	{ { 118, E, "a security domain comes before what belongs to it" },
	    lint_domain_before },
	{ { 119, E, "an Fcp says what is for its kind of file" }, lint_fcp },
	{ { 120, E, "a linkPath leads to a file" }, lint_link },
	{ { 121, W, "security contexts are empty" }, lint_context },
	{ { 122, E, "privileges have one octet or three" },
	    lint_privileges },
	{ { 123, E, "access domains have the octets of their kind" },
	    lint_access },
	{ { 124, N, "a security domain has card recognition data" },
	    lint_recognition },
};

const char *
lint_severity_name(enum lint_severity s)
{
	static const char *const names[] = {
		[LINT_ERROR] = "error", [LINT_WARNING] = "warning",
		[LINT_NOTE] = "note",
	};

	return names[s];
}

size_t
lint_rule_count(void)
{
	return NELEM(rules);
}

const struct lint_rule *
lint_rule_at(size_t i)
{
	return &rules[i].rule;
}

static void PRINTF(4, 0)
lint_add(struct lint_run *r, size_t i, const struct fs_file *f,
    const char *fmt, va_list ap)
{
	struct lint		*l = r->out;
	struct lint_finding	*x;

	l->count[r->rule->severity]++;
	if (l->n == LINT_MAX)
		return;
	if (l->found == NULL)
		l->found = xcalloc(LINT_MAX, sizeof(*l->found));
	x = &l->found[l->n++];
	x->rule = r->rule;
	x->pe = i;
	x->element = i < r->n ? r->pe[i].at.name : "";
	x->offset = i < r->n ? r->pe[i].at.offset : 0;
	x->file = "";
	if (f != NULL) {
		x->file = f->name;
		snprintf(x->path, sizeof(x->path), "%s", f->path);
	}
	vsnprintf(x->text, sizeof(x->text), fmt, ap);
}

void
lint_at(struct lint_run *r, size_t i, const struct fs_file *f,
    const char *fmt, ...)
{
	va_list	 ap;

	va_start(ap, fmt);
	lint_add(r, i, f, fmt, ap);
	va_end(ap);
}

const struct pe_header *
lint_header(const struct lint_run *r)
{
	return r->n > 0 && r->pe[0].d.kind == PE_KIND_HEADER ?
	    &r->pe[0].d.header : NULL;
}

const struct lint_pe *
lint_first(const struct lint_run *r, uint32_t tag)
{
	size_t	 i;

	FOR_PES(r, i)
		if (r->pe[i].at.tag == tag)
			return &r->pe[i];
	return NULL;
}

size_t
lint_application(const struct lint_run *r, size_t i)
{
	uint32_t	 tag;

	while (i-- > 0) {
		tag = r->pe[i].at.tag;
		if (tag == PE_USIM || tag == 0xb5 || tag == 0xb9)
			return i;
	}
	return SIZE_MAX;
}

const struct fs_file *
lint_file(const struct lint_run *r, size_t dir, uint16_t fid, size_t len)
{
	const struct fs_file	*f = fs_find(&r->fs, dir, fid);

	return f != NULL && f->image.len >= len ? f : NULL;
}

/* Element by element; what cannot be read is a finding and the end. */
static bool
lint_read(struct lint_run *r)
{
	struct saip_walk w;
	struct why	 why = {""};
	struct lint_pe	*p;

	r->pe = xcalloc(LIM_PES + 1, sizeof(*r->pe));
	saip_walk_start(&w, r->upp);
	r->rule = &rules[0].rule;
	if (r->upp.len == 0)
		lint_at(r, 0, NULL, "the package is empty");
	while (saip_walk_more(&w)) {
		p = &r->pe[r->n];
		if (saip_walk_next(&w, &p->at, &why) != 0) {
			lint_at(r, r->n, NULL, "%s", why.text);
			return false;
		}
		r->n++;
		r->rule = &rules[1].rule;
		if (pe_decode(slice_sub(r->upp, p->at.offset, r->upp.len -
		    w.rest.len - p->at.offset), &p->d) != 0) {
			lint_at(r, r->n - 1, NULL, "its members are not those "
			    "of its type");
			return false;
		}
		r->rule = &rules[0].rule;
	}
	if (r->n == 0 || fs_read(r->upp, &r->fs, &why) == 0)
		return r->n > 0;
	lint_at(r, 0, NULL, "%s", why.text);
	return false;
}

void
saip_lint(struct slice upp, struct lint *out)
{
	struct lint_run	 r = { .upp = upp, .out = out };
	struct saip_info info;
	struct why	 why = {""};
	size_t		 i;

	memset(out, 0, sizeof(*out));
	if (lint_read(&r))
		for (i = 0; i < NELEM(rules); i++)
			if (rules[i].fn != NULL) {
				r.rule = &rules[i].rule;
				rules[i].fn(&r);
			}
	if (out->count[LINT_ERROR] == 0 && saip_check(upp, &info, &why) != 0) {
		r.rule = &rules[0].rule;
		lint_at(&r, 0, NULL, "%s", why.text);
	}
	for (i = 0; i < r.n; i++)
		pe_free(&r.pe[i].d);
	free(r.pe);
	fs_free(&r.fs);
}

void
lint_free(struct lint *l)
{
	free(l->found);
	memset(l, 0, sizeof(*l));
}

void
lint_text(const struct lint_finding *f, struct buf *out)
{
	buf_addf(out, "element %zu", f->pe);
	if (f->element[0] != '\0')
		buf_addf(out, " %s (offset %zu)", f->element, f->offset);
	if (f->path[0] != '\0')
		buf_addf(out, ", %s", f->path);
	if (f->file[0] != '\0')
		buf_addf(out, " %s", f->file);
	buf_addf(out, ": %s %u: %s", lint_severity_name(f->rule->severity),
	    f->rule->number, f->text);
}
