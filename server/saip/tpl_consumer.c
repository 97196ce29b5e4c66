/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The template "consumer": one USIM for 2G to 5G with Milenage, a security
 * domain of the operator and remote file management.  docs/profile-template.md
 * says what each file is for; the numbers are those of TS 31.102, TS 102 221
 * and the file templates of the package format.
 */
#include "server/saip/tpl_rows.h"

static const struct tpl_file mf[] = {
	{ 0xa2, "MF", 0, DF, MF(14), .hex = PINS_MF },
	{ 0xa3, "EF.PL", 0x2f05, EF(2), MF(1) },
	{ 0xa4, "EF.ICCID", 0x2fe2, EF(10), MF(11), .sfi = 2, .hex = ZERO10 },
	{ 0xa5, "EF.DIR", 0x2f00, RECORDS(2, 33), MF(10),
	    .fill = tpl_fill_dir },
	{ 0xa6, "EF.ARR", 0x2f06, RECORDS(TPL_ARR_RECORDS, TPL_ARR_RECORD),
	    MF(10), .sfi = 6, .fill = tpl_fill_arr },
	{ 0xa7, "EF.UMPC", 0x2f08, EF(5), MF(10), .hex = "3C3C000000" }
};

static const struct tpl_file telecom[] = {
	{ 0xa2, "DF.TELECOM", 0x7f10, DF, MF(14), .hex = PINS_MF },
	{ 0xa3, "EF.ARR", 0x6f06, RECORDS(TPL_ARR_RECORDS, TPL_ARR_RECORD),
	    ARR(10), .fill = tpl_fill_arr }
};

static const struct tpl_file usim[] = {
	{ 0xa2, "ADF.USIM", 0x7fd0, ADF(TPL_USIM_AID), MF(14),
	    .hex = PINS_USIM },
	{ 0xa3, "EF.IMSI", 0x6f07, EF(9), ARR(2), .hex = ZERO9 },
	{ 0xa4, "EF.ARR", 0x6f06, RECORDS(TPL_ARR_RECORDS, TPL_ARR_RECORD),
	    ARR(10), .fill = tpl_fill_arr },
	{ 0xa5, "EF.Keys", 0x6f08, EF(33), ARR(5), BUSY,
	    .hex = "07" FF16 FF16 },
	{ 0xa6, "EF.KeysPS", 0x6f09, EF(33), ARR(5), BUSY,
	    .hex = "07" FF16 FF16 },
	{ 0xa7, "EF.HPPLMN", 0x6f31, EF(1), ARR(2), .hex = "0A" },
	{ 0xa8, "EF.UST", 0x6f38, EF(TPL_UST_BYTES), ARR(2),
	    .fill = tpl_fill_ust },
	{ 0xa9, "EF.FDN", 0x6f3b, RECORDS(10, 26), ARR(8), .service = 2 },
	{ 0xaa, "EF.SMS", 0x6f3c, RECORDS(10, 176), ARR(5),
	    .service = 10, .pattern = "00FF" },
	{ 0xab, "EF.SMSP", 0x6f42, RECORDS(1, 38), ARR(5), .service = 12,
	    .whole = true },
	{ 0xac, "EF.SMSS", 0x6f43, EF(2), ARR(5), .service = 10 },
	{ 0xad, "EF.SPN", 0x6f46, EF(17), ARR(10), .service = 19,
	    .fill = tpl_fill_spn },
	{ 0xae, "EF.EST", 0x6f56, EF(1), ARR(8), .service = 34,
	    .hex = "00" },
	{ 0xaf, "EF.START-HFN", 0x6f5b, EF(6), ARR(5), BUSY,
	    .hex = "F00000F00000" },
	{ 0xb0, "EF.THRESHOLD", 0x6f5c, EF(3), ARR(2) },
	{ 0xb1, "EF.PSLOCI", 0x6f73, EF(14), ARR(5), BUSY,
	    .hex = "FFFFFFFF FFFFFF FFFFFF0000 FF 01" },
	{ 0xb2, "EF.ACC", 0x6f78, EF(2), ARR(2), .hex = "0000" },
	{ 0xb3, "EF.FPLMN", 0x6f7b, EF(12), ARR(5) },
	{ 0xb4, "EF.LOCI", 0x6f7e, EF(11), ARR(5), BUSY,
	    .hex = "FFFFFFFF FFFFFF0000 FF 01" },
	{ 0xb5, "EF.AD", 0x6fad, EF(4), ARR(10), .fill = tpl_fill_ad },
	{ 0xb6, "EF.ECC", 0x6fb7, RECORDS(2, 4), ARR(10),
	    .hex = "11F2FF00 19F1FF00" },
	{ 0xb8, "EF.EPSLOCI", 0x6fe3, EF(18), ARR(5), BUSY,
	    .service = 85, .hex = FF9 "FFFFFF FFFFFF0000 01" },
	{ 0xb9, "EF.EPSNSC", 0x6fe4, RECORDS(1, 80), ARR(5), BUSY,
	    .service = 85 }
};

static const struct tpl_file opt_usim[] = {
	{ 0xa2, "EF.LI", 0x6f05, EF(6), ARR(1) },
	{ 0xa7, "EF.MSISDN", 0x6f40, RECORDS(1, 24), ARR(2),
	    .service = 21, .whole = true },
	{ 0xaf, "EF.PLMNwAcT", 0x6f60, EF(40), ARR(5), .service = 20,
	    .hex = NO_PLMNS NO_PLMNS },
	{ 0xb0, "EF.OPLMNwAcT", 0x6f61, EF(40), ARR(2), .service = 42,
	    .hex = NO_PLMNS NO_PLMNS },
	{ 0xb1, "EF.HPLMNwAcT", 0x6f62, EF(20), ARR(2), .service = 43,
	    .fill = tpl_fill_hplmn },
	{ 0xbf3a, "EF.EHPLMN", 0x6fd9, EF(15), ARR(2), .service = 71,
	    .fill = tpl_fill_ehplmn }
};

static const struct tpl_file gsm_access[] = {
	{ 0xa2, "DF.GSM-ACCESS", 0x5f3b, DF, ARR(14), .service = 27,
	    .hex = PINS_USIM },
	{ 0xa3, "EF.Kc", 0x4f20, EF(9), ARR(5), BUSY,
	    .hex = "FFFFFFFFFFFFFFFF 07" },
	{ 0xa4, "EF.KcGPRS", 0x4f52, EF(9), ARR(5), BUSY,
	    .hex = "FFFFFFFFFFFFFFFF 07" }
};

static const struct tpl_file df_5gs[] = {
	{ 0xa2, "DF.5GS", 0x5fc0, DF, ARR(14), .hex = PINS_USIM },
	{ 0xa3, "EF.5GS3GPPLOCI", 0x4f01, EF(20), ARR(5), BUSY,
	    .service = 122, .hex = FF16 "000000 01" },
	{ 0xa4, "EF.5GSN3GPPLOCI", 0x4f02, EF(20), ARR(5), BUSY,
	    .service = 122, .hex = FF16 "000000 01" },
	{ 0xa5, "EF.5GS3GPPNSC", 0x4f03, RECORDS(1, 57), ARR(5), BUSY,
	    .service = 122 },
	{ 0xa6, "EF.5GSN3GPPNSC", 0x4f04, RECORDS(1, 57), ARR(5), BUSY,
	    .service = 122 },
	{ 0xa7, "EF.5GAUTHKEYS", 0x4f05, EF(110), ARR(5), BUSY,
	    .service = 123, .hex = "FF" },
	/* One protection scheme, null; there is room for two public keys. */
	{ 0xa9, "EF.SUCI_Calc_Info", 0x4f07, EF(128), ARR(2),
	    .service = 124, .hex = "A002 00 00" },
	{ 0xac, "EF.Routing_Indicator", 0x4f0a, EF(4), ARR(2),
	    .service = 124, .hex = "F0FFFFFF" }
};

static const struct tpl_pin puks[] = {
	{ .ref = 1 }, { .ref = 129 }
};
static const struct tpl_pin pins_mf[] = {
	{ 1, 1, PIN_OFF, TRIES(3) },	/* PIN1, unblocked by PUK1 */
	{ 10, 0, PIN_ON, TRIES(10) }	/* ADM1 */
};
static const struct tpl_pin pins_usim[] = {
	{ 129, 129, PIN_ON, TRIES(3) }	/* PIN2, unblocked by PUK2 */
};

const struct tpl_remote tpl_rfm_shared = {
	"A00000055910100001", "B00120", NULL
};
const struct tpl_remote tpl_rfm_usim = {
	"A00000055910100002", "B00140", TPL_USIM_AID
};

static const struct saip_want wants[] = {
	{ .field = SAIP_MSISDN, .optional = true },
	{ .field = SAIP_SMSC, .optional = true }
};

/* The order matters: PINs belong to the DF or ADF before them. */
static const struct tpl_part parts[] = {
	{ PE_HEADER, tpl_header, NULL },
	{ PE_MF, tpl_files, TPL_FILES(1, mf) },
	{ PE_PUK, tpl_puks, TPL_PINS(puks) },
	{ PE_PIN, tpl_pins, TPL_PINS(pins_mf) },
	{ PE_TELECOM, tpl_files, TPL_FILES(3, telecom) },
	{ PE_USIM, tpl_files, TPL_FILES(4, usim) },
	{ PE_OPT_USIM, tpl_files, TPL_FILES(5, opt_usim) },
	{ PE_PIN, tpl_pins, TPL_PINS(pins_usim) },
	{ PE_AKA, tpl_milenage, NULL },
	{ PE_GSM_ACCESS, tpl_files, TPL_FILES(7, gsm_access) },
	{ PE_DF_5GS, tpl_files, TPL_FILES(13, df_5gs) },
	{ PE_SD, tpl_domain, NULL },
	{ PE_RFM, tpl_rfm, &tpl_rfm_shared },
	{ PE_RFM, tpl_rfm, &tpl_rfm_usim },
	{ PE_END, tpl_end, NULL }
};

const struct tpl_plan	tpl_consumer = {
	.name = "consumer", .part = parts, .n = NELEM(parts),
	.services = "8100 8400",	/* usim, milenage */
	.want = wants, .wants = NELEM(wants)
};

/*
 * "dual-imsi": a second USIM, with an identity, K and OPc of its own and the
 * same files; the phone or the applet that chooses is not ours.
 */
static const struct tpl_file usim_2 = {
	0xa2, "ADF.USIM 2", 0x7fd4, ADF(TPL_USIM2_AID), MF(14),
	.hex = PINS_USIM
};
static const struct tpl_remote rfm_usim_2 = {
	"A00000055910100003", "B00141", TPL_USIM2_AID
};
static const struct saip_want dual_wants[] = {
	{ .field = SAIP_MSISDN, .optional = true },
	{ .field = SAIP_SMSC, .optional = true },
	{ .field = SAIP_IMSI2 }, { .field = SAIP_ACC2 },
	{ .field = SAIP_K2 }, { .field = SAIP_OPC2 }
};
static const struct tpl_part dual_parts[] = {
	{ PE_HEADER, tpl_header, NULL },
	{ PE_MF, tpl_files, TPL_FILES(1, mf) },
	{ PE_PUK, tpl_puks, TPL_PINS(puks) },
	{ PE_PIN, tpl_pins, TPL_PINS(pins_mf) },
	{ PE_TELECOM, tpl_files, TPL_FILES(3, telecom) },
	{ PE_USIM, tpl_files, TPL_FILES(4, usim) },
	{ PE_OPT_USIM, tpl_files, TPL_FILES(5, opt_usim) },
	{ PE_PIN, tpl_pins, TPL_PINS(pins_usim) },
	{ PE_AKA, tpl_milenage, NULL },
	{ PE_GSM_ACCESS, tpl_files, TPL_FILES(7, gsm_access) },
	{ PE_DF_5GS, tpl_files, TPL_FILES(13, df_5gs) },
	{ PE_USIM, tpl_files, &(const struct tpl_files){ 4, usim,
	    NELEM(usim), &usim_2 } },
	{ PE_OPT_USIM, tpl_files, TPL_FILES(5, opt_usim) },
	{ PE_PIN, tpl_pins, TPL_PINS(pins_usim) },
	{ PE_AKA, tpl_milenage, NULL },
	{ PE_GSM_ACCESS, tpl_files, TPL_FILES(7, gsm_access) },
	{ PE_DF_5GS, tpl_files, TPL_FILES(13, df_5gs) },
	{ PE_SD, tpl_domain, NULL },
	{ PE_RFM, tpl_rfm, &tpl_rfm_shared },
	{ PE_RFM, tpl_rfm, &tpl_rfm_usim },
	{ PE_RFM, tpl_rfm, &rfm_usim_2 },
	{ PE_END, tpl_end, NULL }
};

const struct tpl_plan	tpl_dual = {
	.name = "dual-imsi", .part = dual_parts, .n = NELEM(dual_parts),
	.services = "8100 8400 8D00",	/* and multiple-usim */
	.want = dual_wants, .wants = NELEM(dual_wants)
};
