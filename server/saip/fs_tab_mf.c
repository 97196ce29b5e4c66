/* SPDX-License-Identifier: Apache-2.0 */
/* File templates: the MF and what is below it but for applications. */
#include "server/saip/fs_tab.h"

/* mf */
static const struct fs_row mf[] = {
	DIR(2, 1, 0x3f00, "MF", MF, 14, 0),
	EF(3, 1, 0x2f05, "EF.PL", TR, 2, 0, 1, 5, 0, 0, FS_FF),
	EF(4, 1, 0x2fe2, "EF.ICCID", TR, 10, 0, 11, 0, NEED, 0, NULL),
	EF(5, 1, 0x2f00, "EF.DIR", LF, 0, 0, 10, 30, NEED, 0, NULL),
	EF(6, 1, 0x2f06, "EF.ARR", LF, 0, 0, 10, 0, NEED, 0, NULL),
	EF(7, 1, 0x2f08, "EF.UMPC", TR, 5, 0, 10, 8, 0, 0, NULL),
};

/* cd */
static const struct fs_row cd[] = {
	DIR(2, 1, 0x7f11, "DF.CD", DF, 14, 0),
	EF(3, 1, 0x6f01, "EF.LAUNCHPAD", TR, 0, 0, 2, 0, NEED, 0, NULL),
	SUB(0x0000, 63, 4, 1, 0x6f40, "EF.ICON", TR, 0, 0, 2, 0, NEED, 0,
	    NULL),
};

/* telecom */
static const struct fs_row telecom[] = {
	DIR(2, 1, 0x7f10, "DF.TELECOM", DF, 14, 0),
	EF(3, 1, 0x6f06, "EF.ARR", LF, 0, 0, 10, 0, NEED, 0, NULL),
	EF(4, 1, 0x6f53, "EF.RMA", LF, 0, 0, 3, 0, NEED, 0, NULL),
	EF(5, 1, 0x6f54, "EF.SUME", TR, 22, 0, 3, 0, NEED, 0, NULL),
	EF(6, 1, 0x6fe0, "EF.ICE_DN", LF, 24, 50, 9, 0, 0, 0, FS_FF),
	EF(7, 1, 0x6fe1, "EF.ICE_FF", LF, 0, 0, 9, 0, 0, 0, FS_FF),
	EF(8, 1, 0x6fe5, "EF.PSISMSC", LF, 0, 0, 5, 0, NEED, 12, NULL),
	DIR(9, 1, 0x5f50, "DF.GRAPHICS", DF, 14, 0),
	SUB(0x5f50, 1, 10, 1, 0x4f20, "EF.IMG", LF, 0, 0, 2, 0, 0, 0,
	    "00FF.FF"),
	SUB(0x5f50, 64, 11, 1, 0x4f40, "EF.IIDF", TR, 0, 0, 2, 0, 0, 0, FS_FF),
	SUB(0x5f50, 1, 12, 1, 0x4f21, "EF.ICE_GRAPHICS", BT, 0, 0, 9, 0, 0, 0,
	    NULL),
	SUB(0x5f50, 1, 12, 2, 0x4f21, "EF.ICE_GRRAPHICS", BT, 0, 0, 9, 0, 0,
	    0, NULL),
	SUB(0x5f50, 1, 13, 1, 0x4f01, "EF.LAUNCH_SCWS", TR, 0, 0, 10, 0, NEED,
	    0, NULL),
	SUB(0x5f50, 64, 14, 1, 0x4f80, "EF.ICON", TR, 0, 0, 10, 0, NEED, 0,
	    NULL),
	DIR(15, 1, 0x5f3a, "DF.PHONEBOOK", DF, 14, 0),
	SUB(0x5f3a, 1, 16, 1, 0x4f30, "EF.PBR", LF, 0, 0, 2, 0, NEED, 0, NULL),
	SUB(0x5f3a, 8, 17, 1, 0x4f38, "EF.EXT1", LF, 13, 0, 5, 0, 0, 0,
	    "00FF.FF"),
	SUB(0x5f3a, 8, 18, 1, 0x4f40, "EF.AAS", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 19, 1, 0x4f48, "EF.GAS", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 1, 20, 1, 0x4f22, "EF.PSC", TR, 4, 0, 5, 0, 0, 0,
	    "00000000"),
	SUB(0x5f3a, 1, 21, 1, 0x4f23, "EF.CC", TR, 2, 0, 5, 0, BUSY, 0,
	    "0000"),
	SUB(0x5f3a, 1, 22, 1, 0x4f24, "EF.PUID", TR, 2, 0, 5, 0, BUSY, 0,
	    "0000"),
	SUB(0x5f3a, 8, 23, 1, 0x4f50, "EF.IAP", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 24, 1, 0x4f58, "EF.ADN", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 25, 1, 0x4f60, "EF.PBC", LF, 2, 0, 5, 0, 0, 0, "00.00"),
	SUB(0x5f3a, 8, 26, 1, 0x4f68, "EF.ANR", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 27, 1, 0x4f70, "EF.PURI", LF, 0, 0, 5, 0, NEED, 0,
	    NULL),
	SUB(0x5f3a, 8, 28, 1, 0x4f78, "EF.EMAIL", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 29, 1, 0x4f80, "EF.SNE", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	SUB(0x5f3a, 8, 30, 1, 0x4f88, "EF.UID", LF, 2, 0, 5, 0, 0, 0, "0000"),
	SUB(0x5f3a, 8, 31, 1, 0x4f90, "EF.GRP", LF, 0, 0, 5, 0, 0, 0, "00.00"),
	SUB(0x5f3a, 8, 32, 1, 0x4f98, "EF.CCP1", LF, 0, 0, 5, 0, 0, 0, FS_FF),
	DIR(33, 1, 0x5f3b, "DF.MULTIMEDIA", DF, 14, 67),
	SUB(0x5f3b, 1, 34, 1, 0x4f47, "EF.MML", BT, 0, 0, 5, 0, 0, 67, NULL),
	SUB(0x5f3b, 1, 35, 1, 0x4f48, "EF.MMDF", BT, 0, 0, 5, 0, 0, 67, NULL),
	DIR(36, 1, 0x5f3c, "DF.MMSS", DF, 14, 0),
	SUB(0x5f3c, 1, 37, 1, 0x4f20, "EF.MLPL", TR, 0, 0, 2, 1, NEED, 0,
	    NULL),
	SUB(0x5f3c, 1, 38, 1, 0x4f21, "EF.MSPL", TR, 0, 0, 2, 2, NEED, 0,
	    NULL),
	SUB(0x5f3c, 1, 39, 1, 0x4f22, "EF.MMSSMODE", TR, 1, 0, 2, 3, NEED, 0,
	    NULL),
	DIR(40, 2, 0x5f3d, "DF.MCS", DF, 14, 0),
	SUB(0x5f3d, 1, 41, 2, 0x4f01, "EF.MST", TR, 0, 0, 2, 1, NEED, 0, NULL),
	SUB(0x5f3d, 1, 42, 2, 0x4f02, "EF.MCSCONFIG", BT, 0, 0, 2, 2, NEED, 0,
	    NULL),
	DIR(43, 2, 0x5f3e, "DF.V2X", DF, 14, 119),
	SUB(0x5f3e, 1, 44, 2, 0x4f01, "EF.VST", TR, 0, 0, 2, 1, NEED, 119,
	    NULL),
	SUB(0x5f3e, 1, 45, 2, 0x4f02, "EF.V2X_CONFIG", BT, 0, 0, 2, 2, NEED,
	    119, NULL),
	SUB(0x5f3e, 1, 46, 2, 0x4f03, "EF.V2XP_PC5", TR, 0, 0, 2, 0, NEED,
	    119, NULL),
	SUB(0x5f3e, 1, 47, 2, 0x4f04, "EF.V2XP_Uu", TR, 0, 0, 2, 0, NEED, 119,
	    NULL),
};

const struct fs_template fs_mf = { 1, mf, NELEM(mf) };
const struct fs_template fs_cd = { 2, cd, NELEM(cd) };
const struct fs_template fs_telecom = { 3, telecom, NELEM(telecom) };
