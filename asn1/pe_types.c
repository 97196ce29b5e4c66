/* SPDX-License-Identifier: Apache-2.0 */
/* The header, files, codes and authentication: rows of asn1/map.h. */
#include <PeAka.h>
#include <PeAkaAlgorithm.h>
#include <PeAkaChoice.h>
#include <PeAkaMapping.h>
#include <PeCdma.h>
#include <PeEnd.h>
#include <PeFcp.h>
#include <PeFcpExtra.h>
#include <PeFile.h>
#include <PeFileItem.h>
#include <PeGfm.h>
#include <PeGfmItem.h>
#include <PeGfmList.h>
#include <PeGfmLists.h>
#include <PeHeader.h>
#include <PeHeaderAid.h>
#include <PeHeaderAids.h>
#include <PeIotOptions.h>
#include <PeOids.h>
#include <PeOther.h>
#include <PePin.h>
#include <PePinChoice.h>
#include <PePinCodes.h>
#include <PePins.h>
#include <PePuk.h>
#include <PePukCodes.h>
#include <PePuks.h>
#include <PeService.h>
#include <PeServices.h>
#include <PeStart.h>
#include <PeStrings.h>

#include "asn1/codec.h"
#include "asn1/pe.h"
#include "asn1/pe_types.h"

/* An item that is a string of octets. */
static const struct map_row bytes_rows[] = {
	{ MAP_BYTES, false, 0, 0, 0, NULL }
};
const struct map_type pe_map_bytes = {
	sizeof(OCTET_STRING_t), sizeof(struct slice), false, bytes_rows, 1
};
static const struct map_type map_oid = {
	sizeof(OBJECT_IDENTIFIER_t), sizeof(struct slice), false, bytes_rows, 1
};

static const struct map_row start_rows[] = {
	{ MAP_MARK, true, 0, offsetof(struct PeStart, mandated),
	    offsetof(struct pe_start, mandated), NULL },
	PE_INT(PeStart, id, pe_start, id)
};
const struct map_type pe_map_start =
    PE_TYPE(PeStart, pe_start, start_rows);

static const struct map_type map_service = {
	sizeof(struct PeService), sizeof(struct pe_service), true, NULL, 0
};

static const struct map_row aid_rows[] = {
	PE_BYTES(PeHeaderAid, aid, pe_aid, aid),
	PE_BYTES(PeHeaderAid, version, pe_aid, version)
};
static const struct map_type map_aid =
    PE_TYPE(PeHeaderAid, pe_aid, aid_rows);

static const struct map_row iot_rows[] = {
	PE_BYTES(PeIotOptions, pix, pe_iot, pix)
};
static const struct map_type map_iot =
    PE_TYPE(PeIotOptions, pe_iot, iot_rows);

static const struct map_row header_rows[] = {
	PE_INT(PeHeader, major, pe_header, major),
	PE_INT(PeHeader, minor, pe_header, minor),
	PE_BYTES_OPT(PeHeader, profileType, pe_header, profile_type),
	PE_BYTES(PeHeader, iccid, pe_header, iccid),
	PE_BYTES_OPT(PeHeader, pol, pe_header, pol),
	PE_OF(PeHeader, services, pe_header, services, &map_service),
	PE_OF(PeHeader, templates, pe_header, templates, &map_oid),
	PE_BYTES_OPT(PeHeader, connectivity, pe_header, connectivity),
	PE_OF_OPT(PeHeader, aids, pe_header, aids, &map_aid),
	PE_PART_OPT(PeHeader, iot, pe_header, iot, &map_iot)
};
const struct map_type pe_map_header =
    PE_TYPE(PeHeader, pe_header, header_rows);

static const struct map_row extra_rows[] = {
	PE_BYTES_OPT(PeFcpExtra, special, pe_fcp_extra, special),
	PE_BYTES_OPT(PeFcpExtra, fill, pe_fcp_extra, fill),
	PE_BYTES_OPT(PeFcpExtra, repeat, pe_fcp_extra, repeat),
	PE_BYTES_OPT(PeFcpExtra, maximum, pe_fcp_extra, maximum),
	PE_BYTES_OPT(PeFcpExtra, details, pe_fcp_extra, details)
};
static const struct map_type map_extra =
    PE_TYPE(PeFcpExtra, pe_fcp_extra, extra_rows);

static const struct map_row fcp_rows[] = {
	PE_BYTES_OPT(PeFcp, descriptor, pe_fcp, descriptor),
	PE_BYTES_OPT(PeFcp, fid, pe_fcp, fid),
	PE_BYTES_OPT(PeFcp, dfName, pe_fcp, df_name),
	PE_BYTES_OPT(PeFcp, lcsi, pe_fcp, lcsi),
	PE_BYTES_OPT(PeFcp, rule, pe_fcp, rule),
	PE_BYTES_OPT(PeFcp, size, pe_fcp, size),
	PE_BYTES_OPT(PeFcp, pinStatus, pe_fcp, pin_status),
	PE_BYTES_OPT(PeFcp, sfi, pe_fcp, sfi),
	PE_PART_OPT(PeFcp, extra, pe_fcp, extra, &map_extra),
	PE_BYTES_OPT(PeFcp, link, pe_fcp, link)
};
static const struct map_type map_fcp =
    PE_TYPE(PeFcp, pe_fcp, fcp_rows);

#define PICK(as, T, alt, o, type)					\
	PE_ROW(as, false, T##_PR_##alt, T, choice.alt, pe_item, o, type)
static const struct map_row file_item_rows[] = {
	PICK(MAP_PART, PeFileItem, fcp, fcp, &map_fcp),
	PICK(MAP_INT, PeFileItem, offset, offset, NULL),
	PICK(MAP_BYTES, PeFileItem, content, octets, NULL)
};
static const struct map_type map_file_item =
    PE_CHOICE(PeFileItem, pe_item, file_item_rows);
static const struct map_row gfm_item_rows[] = {
	PICK(MAP_BYTES, PeGfmItem, path, octets, NULL),
	PICK(MAP_PART, PeGfmItem, create, fcp, &map_fcp),
	PICK(MAP_INT, PeGfmItem, offset, offset, NULL),
	PICK(MAP_BYTES, PeGfmItem, content, octets, NULL)
};
static const struct map_type map_gfm_item =
    PE_CHOICE(PeGfmItem, pe_item, gfm_item_rows);

static const struct map_row file_rows[] = {
	PE_OF(PeFile, list, pe_gfm_list, items, &map_file_item)
};
const struct map_type pe_map_file =
    PE_TYPE(PeFile, pe_gfm_list, file_rows);

static const struct map_row gfm_list_rows[] = {
	PE_OF(PeGfmList, list, pe_gfm_list, items, &map_gfm_item)
};
static const struct map_type map_gfm_list =
    PE_TYPE(PeGfmList, pe_gfm_list, gfm_list_rows);

static const struct map_row gfm_rows[] = {
	PE_OF(PeGfm, lists, pe_gfm, lists, &map_gfm_list)
};
const struct map_type pe_map_gfm =
    PE_TYPE(PeGfm, pe_gfm, gfm_rows);

static const struct map_row pin_rows[] = {
	PE_INT(PePin, reference, pe_pin, reference),
	PE_BYTES(PePin, value, pe_pin, value),
	PE_INT_OPT(PePin, unblocking, pe_pin, unblocking),
	PE_INT_OPT(PePin, attributes, pe_pin, attributes),
	PE_INT_OPT(PePin, retries, pe_pin, retries)
};
static const struct map_type map_pin =
    PE_TYPE(PePin, pe_pin, pin_rows);

static const struct map_row pin_choice_rows[] = {
	PE_ROW(MAP_LIST, false, PePinChoice_PR_config, PePinChoice,
	    choice.config, pe_pins, config, &map_pin),
	PE_ROW(MAP_BYTES, false, PePinChoice_PR_path, PePinChoice,
	    choice.path, pe_pins, path, NULL)
};
static const struct map_type map_pin_choice =
    PE_CHOICE(PePinChoice, pe_pins, pin_choice_rows);
static const struct map_row pins_rows[] = {
	PE_PART(PePinCodes, codes, pe_pins, kind, &map_pin_choice)
};
const struct map_type pe_map_pins = PE_TYPE(PePinCodes, pe_pins, pins_rows);

static const struct map_row puk_rows[] = {
	PE_INT(PePuk, reference, pe_puk, reference),
	PE_BYTES(PePuk, value, pe_puk, value),
	PE_INT_OPT(PePuk, retries, pe_puk, retries)
};
static const struct map_type map_puk =
    PE_TYPE(PePuk, pe_puk, puk_rows);

static const struct map_row puks_rows[] = {
	PE_OF(PePukCodes, codes, pe_puks, codes, &map_puk)
};
const struct map_type pe_map_puks =
    PE_TYPE(PePukCodes, pe_puks, puks_rows);

static const struct map_row mapping_rows[] = {
	PE_BYTES(PeAkaMapping, options, pe_aka_mapping, options),
	PE_BYTES(PeAkaMapping, source, pe_aka_mapping, source)
};
static const struct map_type map_mapping =
    PE_TYPE(PeAkaMapping, pe_aka_mapping, mapping_rows);

static const struct map_row algorithm_rows[] = {
	PE_INT(PeAkaAlgorithm, id, pe_aka_algorithm, id),
	PE_BYTES(PeAkaAlgorithm, options, pe_aka_algorithm, options),
	PE_BYTES(PeAkaAlgorithm, key, pe_aka_algorithm, key),
	PE_BYTES(PeAkaAlgorithm, opc, pe_aka_algorithm, opc),
	PE_BYTES_OPT(PeAkaAlgorithm, rotation, pe_aka_algorithm, rotation),
	PE_BYTES_OPT(PeAkaAlgorithm, xoring, pe_aka_algorithm, xoring),
	PE_BYTES_OPT(PeAkaAlgorithm, counterMax, pe_aka_algorithm,
	    counter_max),
	PE_INT_OPT(PeAkaAlgorithm, keccak, pe_aka_algorithm, keccak)
};
static const struct map_type map_algorithm =
    PE_TYPE(PeAkaAlgorithm, pe_aka_algorithm, algorithm_rows);

static const struct map_row aka_choice_rows[] = {
	PE_ROW(MAP_PART, false, PeAkaChoice_PR_mapping, PeAkaChoice,
	    choice.mapping, pe_aka_choice, mapping, &map_mapping),
	PE_ROW(MAP_PART, false, PeAkaChoice_PR_algorithm, PeAkaChoice,
	    choice.algorithm, pe_aka_choice, algorithm, &map_algorithm)
};
static const struct map_type map_aka_choice =
    PE_CHOICE(PeAkaChoice, pe_aka_choice, aka_choice_rows);

static const struct map_row aka_rows[] = {
	PE_PART(PeAka, config, pe_aka, config, &map_aka_choice),
	PE_BYTES_OPT(PeAka, sqnOptions, pe_aka, sqn_options),
	PE_BYTES_OPT(PeAka, sqnDelta, pe_aka, sqn_delta),
	PE_BYTES_OPT(PeAka, sqnAgeLimit, pe_aka, sqn_age_limit),
	PE_OF_OPT(PeAka, sqnInit, pe_aka, sqn_init, &pe_map_bytes)
};
const struct map_type pe_map_aka =
    PE_TYPE(PeAka, pe_aka, aka_rows);

static const struct map_row cdma_rows[] = {
	PE_BYTES(PeCdma, key, pe_cdma, key),
	PE_BYTES_OPT(PeCdma, ssd, pe_cdma, ssd),
	PE_BYTES_OPT(PeCdma, hrpd, pe_cdma, hrpd),
	PE_BYTES_OPT(PeCdma, simpleIp, pe_cdma, simple_ip),
	PE_BYTES_OPT(PeCdma, mobileIp, pe_cdma, mobile_ip)
};
const struct map_type pe_map_cdma =
    PE_TYPE(PeCdma, pe_cdma, cdma_rows);

static const struct map_row other_rows[] = {
	PE_BYTES(PeOther, issuer, pe_other, issuer),
	PE_BYTES(PeOther, content, pe_other, content)
};
const struct map_type pe_map_other =
    PE_TYPE(PeOther, pe_other, other_rows);

const struct map_type pe_map_end = {
	sizeof(struct PeEnd), 0, false, NULL, 0
};
