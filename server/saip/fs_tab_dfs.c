/* SPDX-License-Identifier: Apache-2.0 */
/* File templates: directories of a USIM. */
#include "server/saip/fs_tab.h"

/* phonebook */
static const struct fs_row phonebook[] = {
	DIR(2, 1, 0x5f3a, "DF.PHONEBOOK", DF, 14, 0),
	SUB(0x5f3a, 1, 3, 1, 0x4f30, "EF.PBR", LF, 0, 0, 2, 0, NEED, 0, NULL),
	SUB(0x5f3a, 8, 4, 1, 0x4f38, "EF.EXT1", LF, 13, 0, 5, 0, 0, 0,
	    "00FF.FF"),
	SUB(0x5f3a, 8, 5, 1, 0x4f40, "EF.AAS", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 6, 1, 0x4f48, "EF.GAS", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 1, 7, 1, 0x4f22, "EF.PSC", TR, 4, 0, 5, 0, 0, 0,
	    "00000000"),
	SUB(0x5f3a, 1, 8, 1, 0x4f23, "EF.CC", TR, 2, 0, 5, 0, BUSY, 0, "0000"),
	SUB(0x5f3a, 1, 9, 1, 0x4f24, "EF.PUID", TR, 2, 0, 5, 0, BUSY, 0,
	    "0000"),
	SUB(0x5f3a, 8, 10, 1, 0x4f50, "EF.IAP", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 11, 1, 0x4f58, "EF.ADN", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 12, 1, 0x4f60, "EF.PBC", LF, 2, 0, 5, 0, 0, 0, "00.00"),
	SUB(0x5f3a, 8, 13, 1, 0x4f68, "EF.ANR", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 14, 1, 0x4f70, "EF.PURI", LF, 0, 0, 5, 0, NEED, 0,
	    NULL),
	SUB(0x5f3a, 8, 15, 1, 0x4f78, "EF.EMAIL", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 16, 1, 0x4f80, "EF.SNE", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 17, 1, 0x4f88, "EF.UID", LF, 2, 0, 5, 0, 0, 0, "0000"),
	SUB(0x5f3a, 8, 18, 1, 0x4f90, "EF.GRP", LF, 0, 0, 5, 0, 0, 0, "00.00"),
	SUB(0x5f3a, 8, 19, 1, 0x4f98, "EF.CCP1", LF, 0, 0, 5, 0, 0, 0, FS_FF),
};

/* gsm-access */
static const struct fs_row gsm_access[] = {
	DIR(2, 1, 0x5f3b, "DF.GSM-ACCESS", DF, 14, 27),
	EF(3, 1, 0x4f20, "EF.Kc", TR, 9, 0, 5, 1, BUSY, 27, "FF.FF07"),
	EF(4, 1, 0x4f52, "EF.KcGPRS", TR, 9, 0, 5, 2, BUSY, 27, "FF.FF07"),
	EF(5, 1, 0x4f63, "EF.CPBCCH", TR, 10, 0, 5, 0, BUSY, 39, FS_FF),
	EF(6, 1, 0x4f64, "EF.InvScan", TR, 1, 0, 2, 0, 0, 40, "00"),
};

/* df-5gs */
static const struct fs_row df_5gs[] = {
	DIR(2, 1, 0x5fc0, "DF.5GS", DF, 14, 122),
	EF(3, 1, 0x4f01, "EF.5GS3GPPLOCI", TR, 20, 0, 5, 1, BUSY, 122,
	    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000001"),
	EF(4, 1, 0x4f02, "EF.5GSN3GPPLOCI", TR, 20, 0, 5, 2, BUSY, 122,
	    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000001"),
	EF(5, 1, 0x4f03, "EF.5GS3GPPNSC", LF, 57, 1, 5, 3, BUSY, 122, FS_FF),
	EF(5, 3, 0x4f03, "EF.5GS3GPPNSC", LF, 62, 2, 5, 3, BUSY, 122, FS_FF),
	EF(6, 1, 0x4f04, "EF.5GSN3GPPNSC", LF, 57, 1, 5, 4, BUSY, 122, FS_FF),
	EF(6, 3, 0x4f04, "EF.5GSN3GPPNSC", LF, 62, 2, 5, 4, BUSY, 122, FS_FF),
	EF(7, 1, 0x4f05, "EF.5GAUTHKEYS", TR, 110, 0, 5, 5, NEED | BUSY, 123,
	    NULL),
	EF(8, 1, 0x4f06, "EF.UAC_AIC", TR, 4, 0, 2, 6, NEED, 126, NULL),
	EF(9, 1, 0x4f07, "EF.SUCI_Calc_Info", TR, 0, 0, 2, 7, 0, 124, FS_FF),
	EF(10, 1, 0x4f08, "EF.OPL5G", LF, 10, 0, 10, 8, 0, 129, FS_FF),
	EF(11, 1, 0x4f09, "EF.SUPI_NAI", TR, 0, 0, 2, 9, NEED, 130, NULL),
	EF(12, 1, 0x4f0a, "EF.Routing_Indicator", TR, 4, 0, 2, 10, 0, 124,
	    "F0FFFFFF"),
	EF(12, 4, 0x4f0a, "EF.Routing_Indicator", TR, 4, 0, 2, 10, 0, 124,
	    "F0FF0000"),
	EF(13, 2, 0x4f0b, "EF.URSP", BT, 0, 0, 2, 0, 0, 132, NULL),
	EF(14, 2, 0x4f0c, "EF.TN3GPPSNN", TR, 1, 0, 2, 12, 0, 135, "00"),
	EF(15, 4, 0x4f0d, "EF.CAG", TR, 2, 0, 2, 13, NEED, 137, NULL),
	EF(16, 4, 0x4f0e, "EF.SOR_CMCI", TR, 0, 0, 2, 14, NEED, 138, NULL),
	EF(17, 4, 0x4f0f, "EF.DRI", TR, 7, 0, 2, 15, NEED, 150, NULL),
	EF(18, 4, 0x4f10, "EF.5GSEDRX", TR, 2, 0, 2, 16, NEED, 141, NULL),
	EF(19, 4, 0x4f11, "EF.5GNSWO_CONF", TR, 1, 0, 2, 17, NEED, 142, NULL),
	EF(20, 4, 0x4f15, "EF.MCHPPLMN", TR, 1, 0, 2, 21, NEED, 144, NULL),
	EF(21, 4, 0x4f16, "EF.KAUSF_DERIVATION", TR, 1, 0, 2, 22, NEED, 145,
	    NULL),
};

/* df-saip */
static const struct fs_row df_saip[] = {
	DIR(2, 1, 0x5fd0, "DF.SAIP", DF, 14, 0),
	EF(3, 1, 0x4f01, "EF.SUCICalcInfo", TR, 0, 0, 3, 0, 0, 125, FS_FF),
};

/* df-snpn */
static const struct fs_row df_snpn[] = {
	DIR(2, 1, 0x5fe0, "DF.SNPN", DF, 14, 143),
	EF(3, 1, 0x4f01, "EF.PWS_SNPN", TR, 1, 0, 10, 0, NEED, 143, NULL),
};

/* df-5gprose */
static const struct fs_row df_5gprose[] = {
	DIR(2, 1, 0x5ff0, "DF.5G_ProSe", DF, 14, 139),
	EF(3, 1, 0x4f01, "EF.5G_PROSE_ST", TR, 1, 0, 2, 1, NEED, 139, NULL),
	EF(4, 1, 0x4f02, "EF.5G_PROSE_DD", TR, 26, 0, 2, 2, NEED, 139, NULL),
	EF(5, 1, 0x4f03, "EF.5G_PROSE_DC", TR, 12, 0, 2, 3, NEED, 139, NULL),
	EF(6, 1, 0x4f04, "EF.5G_PROSE_U2NRU", TR, 32, 0, 2, 4, NEED, 139,
	    NULL),
	EF(7, 1, 0x4f05, "EF.5G_PROSE_RU", TR, 29, 0, 2, 5, NEED, 139, NULL),
	EF(8, 1, 0x4f06, "EF.5G_PROSE_UIR", TR, 32, 0, 2, 6, NEED, 139, NULL),
};

const struct fs_template fs_phonebook = { 6, phonebook, NELEM(phonebook) };
const struct fs_template fs_gsm_access = { 7, gsm_access, NELEM(gsm_access) };
const struct fs_template fs_df_5gs = { 13, df_5gs, NELEM(df_5gs) };
const struct fs_template fs_df_saip = { 14, df_saip, NELEM(df_saip) };
const struct fs_template fs_df_snpn = { 15, df_snpn, NELEM(df_snpn) };
const struct fs_template fs_df_5gprose = { 16, df_5gprose, NELEM(df_5gprose) };
