/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside server/saip: the file templates 2.23.143.1.2.n (annex A of the
 * interoperable profile package, version 3.3.1), a row for each member of an
 * element.  Of those of CSIM only the names are here.
 */
#ifndef SERVER_SAIP_FS_TAB_H
#define SERVER_SAIP_FS_TAB_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "server/saip/fs.h"

enum fs_flag { FS_NEED = 1, FS_BUSY = 2, FS_NAMED = 4 };

struct fs_row {
	uint8_t		 member;	/* number of its tag in the element */
	uint8_t		 since;		/* version of the template */
	uint16_t	 fid;		/* 0: not fixed, or not known */
	uint8_t		 run;		/* fid to fid + run - 1 */
	const char	*name;
	enum fs_kind	 kind;
	uint16_t	 size;		/* of the file, or of a record; 0: to
					   be given */
	uint8_t		 records;	/* 0: to be given */
	uint8_t		 rule;		/* record of EF.ARR */
	uint8_t		 sfi;		/* 0: none */
	uint8_t		 flags;
	uint8_t		 service;	/* of the service table; 0: none */
	uint16_t	 parent;	/* 0: the directory of the element */
	/*
	 * Contents: hex; "07FF.FF" is 07, FF as often as it takes, and a last
	 * FF; "FFFFFF0000*" is repeated.  NULL: FF, or to be given.
	 */
	const char	*fill;
};

struct fs_template {
	unsigned		 arc;	/* n */
	const struct fs_row	*row;
	size_t			 n;
};

#define FS_FF	"FF.FF"
#define MF	FS_MF
#define DF	FS_DF
#define ADF	FS_ADF
#define TR	FS_TR
#define LF	FS_LF
#define CY	FS_CY
#define BT	FS_BT
#define NEED	FS_NEED
#define BUSY	FS_BUSY

#define DIR(member, since, fid, name, kind, rule, service) \
	{ member, since, fid, 1, name, kind, 0, 0, rule, 0, 0, service, 0, \
	    NULL }
#define EF(member, since, fid, name, kind, size, records, rule, sfi, flags, \
    service, fill) \
	{ member, since, fid, 1, name, kind, size, records, rule, sfi, flags, \
	    service, 0, fill }
#define SUB(parent, run, member, since, fid, name, kind, size, records, rule, \
    sfi, flags, service, fill) \
	{ member, since, fid, run, name, kind, size, records, rule, sfi, \
	    flags, service, parent, fill }
#define NAMED(member, name) \
	{ member, 1, 0, 1, name, TR, 0, 0, 0, 0, FS_NAMED, 0, 0, NULL }

extern const struct fs_template	fs_mf, fs_cd, fs_telecom, fs_usim,
    fs_opt_usim, fs_phonebook, fs_gsm_access, fs_isim, fs_opt_isim, fs_csim,
    fs_opt_csim, fs_eap, fs_df_5gs, fs_df_saip, fs_df_snpn, fs_df_5gprose;

/* The row of a member (A2, BF1F ...) in this version; NULL: not known. */
const struct fs_row	*fs_row_find(const struct fs_template *t,
			    uint32_t tag, unsigned version);

#endif
