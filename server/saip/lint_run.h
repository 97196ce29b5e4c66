/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: what the rules of the linter work on. */
#ifndef SERVER_SAIP_LINT_RUN_H
#define SERVER_SAIP_LINT_RUN_H

#include "asn1/pe.h"
#include "server/saip/lint.h"
#include "server/saip/walk.h"

struct lint_pe {
	struct saip_pe	 at;
	struct pe	 d;		/* decoded */
};

struct lint_run {
	struct slice	 upp;
	struct lint_pe	*pe;
	size_t		 n;
	struct fs	 fs;
	const struct lint_rule *rule;	/* that is at work */
	struct lint	*out;
};

/* A finding of the rule at work, of element i; f: of this file, or NULL. */
void	lint_at(struct lint_run *r, size_t i, const struct fs_file *f,
	    const char *fmt, ...) PRINTF(4, 5);

/* Members of eUICC-Mandatory-services (spec 06, 1.2). */
enum lint_service {
	SV_NONE = 0, SV_USIM = 1, SV_ISIM = 2, SV_CSIM = 3, SV_MILENAGE = 4,
	SV_TUAK128 = 5, SV_EAP = 10, SV_JAVACARD = 11, SV_TUAK256 = 16,
	SV_TEST = 17, SV_BER_TLV = 18, SV_DF_LINK = 19
};
/* Does the header ask a card for it? */
bool	lint_mandatory(const struct lint_run *r, enum lint_service n);

/* The header, NULL when there is none; the first element of a tag. */
const struct pe_header	*lint_header(const struct lint_run *r);
const struct lint_pe	*lint_first(const struct lint_run *r, uint32_t tag);
/* The last application's element (usim, isim, csim) before i; SIZE_MAX. */
size_t	lint_application(const struct lint_run *r, size_t i);
/* A file of that directory which has contents of this length at least. */
const struct fs_file	*lint_file(const struct lint_run *r, size_t dir,
			    uint16_t fid, size_t len);

#define FOR_PES(r, i)	for ((i) = 0; (i) < (r)->n; (i)++)
#define FOR_FILES(r, i)	for ((i) = 0; (i) < (r)->fs.n; (i)++)

typedef void	lint_fn(struct lint_run *r);
/* lint_order.c: elements */
lint_fn		lint_first_last, lint_one_mf, lint_ids, lint_after_usim,
		lint_after_isim, lint_after_csim, lint_aka_place,
		lint_aka_missing, lint_pin_place, lint_pin_twice,
		lint_unknown, lint_optional, lint_generic;
/* lint_header.c */
lint_fn		lint_version, lint_pol, lint_iccid_same,
		lint_iccid_luhn, lint_service_element, lint_element_service,
		lint_algorithm_service, lint_javacard_service,
		lint_template_listed, lint_listed_used, lint_template_known,
		lint_template_version;
/* lint_files.c */
lint_fn		lint_over, lint_descriptor, lint_unsized, lint_unplaced,
		lint_fids, lint_contents, lint_records, lint_large,
		lint_rules, lint_rule_empty, lint_sfi_twice, lint_sfi_range, lint_adf_aid,
		lint_aid_twice, lint_dir, lint_paths, lint_understood;
/* lint_usim.c */
lint_fn		lint_imsi, lint_acc, lint_ad_mnc, lint_ad_mode,
		lint_ust_33, lint_ust_file, lint_file_ust, lint_suci;
/* lint_codes.c */
lint_fn		lint_puk_value, lint_pin_value, lint_reference,
		lint_reference_twice, lint_retries, lint_unblock,
		lint_pin1, lint_trivial;
/* lint_aka.c */
lint_fn		lint_algorithm, lint_key_size, lint_opc_size, lint_sqn, lint_mapping, lint_known_key;
/* lint_apps.c */
lint_fn		lint_domain, lint_sd_key, lint_sd_key_id, lint_sd_key_twice,
		lint_tar_twice, lint_rfm_adf, lint_security,
		lint_instance_package, lint_load_code;
/* lint_member.c: members of file elements */
lint_fn		lint_member_order, lint_member_missing, lint_member_known,
		lint_template_fid, lint_template_kind, lint_pin_status,
		lint_often, lint_offset, lint_fcp, lint_link;
/* lint_default.c */
lint_fn		lint_default;
/* lint_more.c: one thing against another */
lint_fn		lint_der, lint_file_service, lint_total, lint_home, lint_mnc,
		lint_imsi_exact, lint_suci_services, lint_toolkit, lint_tar,
		lint_domain_before, lint_context, lint_privileges, lint_access,
		lint_recognition;

#endif
