/* SPDX-License-Identifier: Apache-2.0 */
/* Security domains, remote management and applications: rows of asn1/map.h. */
#include <PeApplication.h>
#include <PeCatTp.h>
#include <PeContactless.h>
#include <PeControl.h>
#include <PeDomain.h>
#include <PeInstance.h>
#include <PeInstances.h>
#include <PeKey.h>
#include <PeKeyPart.h>
#include <PeKeyParts.h>
#include <PeKeys.h>
#include <PeLoad.h>
#include <PeOpenPerso.h>
#include <PeRfm.h>
#include <PeRfmAdf.h>
#include <PeStrings.h>
#include <PeSystem.h>
#include <PeUicc.h>

#include "asn1/codec.h"
#include "asn1/pe.h"
#include "asn1/pe_types.h"

static const struct map_row contactless_rows[] = {
	PE_BYTES(PeContactless, protocol, pe_contactless, protocol)
};
static const struct map_type map_contactless =
    PE_TYPE(PeContactless, pe_contactless, contactless_rows);

static const struct map_row system_rows[] = {
	PE_BYTES_OPT(PeSystem, ramQuota, pe_system, ram_quota),
	PE_BYTES_OPT(PeSystem, dataQuota, pe_system, data_quota),
	PE_BYTES_OPT(PeSystem, services, pe_system, services),
	PE_BYTES_OPT(PeSystem, implicit, pe_system, implicit),
	PE_BYTES_OPT(PeSystem, ramReserved, pe_system, ram_reserved),
	PE_BYTES_OPT(PeSystem, dataReserved, pe_system, data_reserved),
	PE_BYTES_OPT(PeSystem, simToolkit, pe_system, sim_toolkit),
	PE_PART_OPT(PeSystem, contactless, pe_system, contactless,
	    &map_contactless),
	PE_BYTES_OPT(PeSystem, protocol, pe_system, protocol),
	PE_BYTES_OPT(PeSystem, interaction, pe_system, interaction),
	PE_BYTES_OPT(PeSystem, ramGranted, pe_system, ram_granted),
	PE_BYTES_OPT(PeSystem, dataGranted, pe_system, data_granted)
};
static const struct map_type map_system =
    PE_TYPE(PeSystem, pe_system, system_rows);

static const struct map_row uicc_rows[] = {
	PE_BYTES_OPT(PeUicc, toolkit, pe_uicc, toolkit),
	PE_BYTES_OPT(PeUicc, access, pe_uicc, access),
	PE_BYTES_OPT(PeUicc, admin, pe_uicc, admin)
};
static const struct map_type map_uicc =
    PE_TYPE(PeUicc, pe_uicc, uicc_rows);

static const struct map_row control_rows[] = {
	PE_BYTES(PeControl, provider, pe_control, provider)
};
static const struct map_type map_control =
    PE_TYPE(PeControl, pe_control, control_rows);

static const struct map_row instance_rows[] = {
	PE_BYTES(PeInstance, package, pe_instance, package),
	PE_BYTES(PeInstance, Class, pe_instance, class),
	PE_BYTES(PeInstance, aid, pe_instance, aid),
	PE_BYTES_OPT(PeInstance, domain, pe_instance, domain),
	PE_BYTES(PeInstance, privileges, pe_instance, privileges),
	PE_BYTES_OPT(PeInstance, lifeCycle, pe_instance, life_cycle),
	PE_BYTES(PeInstance, parameters, pe_instance, parameters),
	PE_PART_OPT(PeInstance, system, pe_instance, system, &map_system),
	PE_PART_OPT(PeInstance, uicc, pe_instance, uicc, &map_uicc),
	PE_OF_OPT(PeInstance, process, pe_instance, process, &pe_map_bytes),
	PE_PART_OPT(PeInstance, control, pe_instance, control, &map_control)
};
static const struct map_type map_instance =
    PE_TYPE(PeInstance, pe_instance, instance_rows);

static const struct map_row key_part_rows[] = {
	PE_BYTES(PeKeyPart, type, pe_key_part, type),
	PE_BYTES(PeKeyPart, data, pe_key_part, data),
	PE_INT_OPT(PeKeyPart, macLength, pe_key_part, mac_length)
};
static const struct map_type map_key_part =
    PE_TYPE(PeKeyPart, pe_key_part, key_part_rows);

static const struct map_row key_rows[] = {
	PE_BYTES(PeKey, usage, pe_key, usage),
	PE_BYTES_OPT(PeKey, access, pe_key, access),
	PE_BYTES(PeKey, id, pe_key, id),
	PE_BYTES(PeKey, version, pe_key, version),
	PE_BYTES_OPT(PeKey, counter, pe_key, counter),
	PE_OF(PeKey, components, pe_key, components, &map_key_part)
};
static const struct map_type map_key =
    PE_TYPE(PeKey, pe_key, key_rows);

static const struct map_row open_rows[] = {
	PE_BYTES_OPT(PeOpenPerso, restriction, pe_open_perso, restriction),
	PE_BYTES_OPT(PeOpenPerso, contactless, pe_open_perso, contactless)
};
static const struct map_type map_open =
    PE_TYPE(PeOpenPerso, pe_open_perso, open_rows);

static const struct map_row cat_tp_rows[] = {
	PE_INT(PeCatTp, maxSdu, pe_cat_tp, max_sdu),
	PE_INT(PeCatTp, maxPdu, pe_cat_tp, max_pdu)
};
static const struct map_type map_cat_tp =
    PE_TYPE(PeCatTp, pe_cat_tp, cat_tp_rows);

static const struct map_row domain_rows[] = {
	PE_PART(PeDomain, instance, pe_domain, instance, &map_instance),
	PE_OF_OPT(PeDomain, keys, pe_domain, keys, &map_key),
	PE_OF_OPT(PeDomain, perso, pe_domain, perso, &pe_map_bytes),
	PE_PART_OPT(PeDomain, open, pe_domain, open, &map_open),
	PE_PART_OPT(PeDomain, catTp, pe_domain, cat_tp, &map_cat_tp)
};
const struct map_type pe_map_domain =
    PE_TYPE(PeDomain, pe_domain, domain_rows);

static const struct map_row rfm_adf_rows[] = {
	PE_BYTES(PeRfmAdf, aid, pe_rfm_adf, aid),
	PE_BYTES(PeRfmAdf, access, pe_rfm_adf, access),
	PE_BYTES(PeRfmAdf, admin, pe_rfm_adf, admin)
};
static const struct map_type map_rfm_adf =
    PE_TYPE(PeRfmAdf, pe_rfm_adf, rfm_adf_rows);

static const struct map_row rfm_rows[] = {
	PE_BYTES(PeRfm, instance, pe_rfm, instance),
	PE_BYTES_OPT(PeRfm, domain, pe_rfm, domain),
	PE_OF_OPT(PeRfm, tars, pe_rfm, tars, &pe_map_bytes),
	PE_BYTES(PeRfm, security, pe_rfm, security),
	PE_BYTES(PeRfm, access, pe_rfm, access),
	PE_BYTES(PeRfm, admin, pe_rfm, admin),
	PE_PART_OPT(PeRfm, adf, pe_rfm, adf, &map_rfm_adf)
};
const struct map_type pe_map_rfm =
    PE_TYPE(PeRfm, pe_rfm, rfm_rows);

static const struct map_row load_rows[] = {
	PE_BYTES(PeLoad, package, pe_load, package),
	PE_BYTES_OPT(PeLoad, domain, pe_load, domain),
	PE_BYTES_OPT(PeLoad, codeLimit, pe_load, code_limit),
	PE_BYTES_OPT(PeLoad, ramLimit, pe_load, ram_limit),
	PE_BYTES_OPT(PeLoad, dataLimit, pe_load, data_limit),
	PE_BYTES_OPT(PeLoad, hash, pe_load, hash),
	PE_BYTES(PeLoad, code, pe_load, code)
};
static const struct map_type map_load =
    PE_TYPE(PeLoad, pe_load, load_rows);

static const struct map_row application_rows[] = {
	PE_PART_OPT(PeApplication, load, pe_application, load, &map_load),
	PE_OF_OPT(PeApplication, instances, pe_application, instances,
	    &map_instance)
};
const struct map_type pe_map_application =
    PE_TYPE(PeApplication, pe_application, application_rows);
