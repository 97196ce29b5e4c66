/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Inside server/saip: how templates are written down, and how what is written
 * down becomes ProfileElements (spec 06).
 */
#ifndef SERVER_SAIP_TPL_H
#define SERVER_SAIP_TPL_H

#include "server/saip/saip.h"
#include "server/saip/walk.h"

struct tpl;	/* one build going on */

/* One file of a file system element: a row. */
enum tpl_kind {
	TPL_DF,		/* MF and DF; contents: the pinStatusTemplateDO */
	TPL_ADF,	/* the same, with the AID of the application */
	TPL_PLAIN,	/* transparent EF */
	TPL_LINEAR,	/* linear fixed EF */
	TPL_NONE	/* of the file template, but not for this profile */
};

struct tpl_file {
	uint32_t	 member;	/* its tag in the element */
	const char	*name;		/* for the reader */
	uint16_t	 fid;
	enum tpl_kind	 kind;
	uint32_t	 rule;		/* EF.ARR and record, see below */
	uint16_t	 size;		/* of the file, or of one record */
	uint8_t		 records;
	uint8_t		 sfi;		/* 0: the SFI that the standard gives */
	bool		 busy;		/* high update activity */
	uint8_t		 service;	/* of EF.UST, that comes with it */
	const char	*hex;		/* contents, blanks allowed */
	void		(*fill)(const struct tpl *t, struct buf *out);
	const char	*pattern;	/* fill pattern other than FF */
	bool		 whole;		/* FF is written, to be patched */
	const char	*aid;		/* of an ADF */
};

/* Access rules: a record of the EF.ARR of the MF, or of the nearer one. */
#define TPL_RULE_MF(n)	(0x2f0600u | (n))
#define TPL_RULE(n)	(0x6f0600u | (n))

struct tpl_files {
	unsigned	 template;	/* last arc of 2.23.143.1.2.n */
	const struct tpl_file *file;
	size_t		 n;
	const struct tpl_file *first;	/* NULL, or instead of file[0] */
};

/* One element: what writes its members behind the PEHeader. */
struct tpl_part {
	uint32_t	 tag;
	void		(*body)(const struct tpl *t, const void *arg,
			    struct buf *out);
	const void	*arg;
};

struct tpl {
	const struct tpl_part *part;
	size_t		 n;
	size_t		 now;		/* the part that is built */
	const char	*services;	/* of the header, their tags in hex */
	const struct saip_product *product;
	struct buf	 spn;		/* EF.SPN, encoded */
	uint8_t		 plmn[3];
	uint8_t		 mnc_digits;
};

/* A template: its elements, and what each subscriber has of its own. */
struct tpl_plan {
	const char	*name;
	const struct tpl_part *part;
	size_t		 n;
	const char	*services;
	const struct saip_want *want;	/* besides SAIP_USUAL and who it is */
	size_t		 wants;
	saip_set	 lacks;		/* of SAIP_USUAL */
};
extern const struct tpl_plan	tpl_consumer, tpl_dual, tpl_iot, tpl_safe;

/* AIDs of USIM applications, the n-th of a package. */
#define TPL_USIM_AID	"A0000000871002 FFFF FFFF89"
#define TPL_USIM2_AID	"A0000000871002 FFFF FFFF8902"

/* A list of rows, and of PINs. */
#define TPL_FILES(arc, t)	\
	&(const struct tpl_files){ arc, t, NELEM(t), NULL }
#define TPL_PINS(t)		&(const struct tpl_pins){ t, NELEM(t) }

/* Bodies of elements, by what their arg is. */
void	tpl_header(const struct tpl *t, const void *none, struct buf *out);
void	tpl_files(const struct tpl *t, const void *files, struct buf *out);
void	tpl_puks(const struct tpl *t, const void *pins, struct buf *out);
void	tpl_pins(const struct tpl *t, const void *pins, struct buf *out);
void	tpl_milenage(const struct tpl *t, const void *none, struct buf *out);
void	tpl_domain(const struct tpl *t, const void *none, struct buf *out);
void	tpl_rfm(const struct tpl *t, const void *rfm, struct buf *out);
void	tpl_applet(const struct tpl *t, const void *none, struct buf *out);
void	tpl_end(const struct tpl *t, const void *none, struct buf *out);

struct tpl_pin {
	uint8_t		 ref;		/* keyReference */
	uint8_t		 puk;		/* unblocking reference, 0: none */
	uint8_t		 attributes;
	uint8_t		 retries;	/* maximum << 4 | left */
};

struct tpl_pins {
	const struct tpl_pin *pin;
	size_t		 n;
};

struct tpl_remote {
	const char	*aid, *tar, *adf;	/* hex; adf NULL: the MF */
};
extern const struct tpl_remote	tpl_rfm_shared, tpl_rfm_usim;
/* Row i of a list. */
const struct tpl_file	*tpl_row(const struct tpl_files *list, size_t i);

/* Contents that are computed (tpl_content.c). */
void	tpl_fill_arr(const struct tpl *t, struct buf *out);
void	tpl_fill_ust(const struct tpl *t, struct buf *out);
void	tpl_fill_spn(const struct tpl *t, struct buf *out);
void	tpl_fill_ad(const struct tpl *t, struct buf *out);
void	tpl_fill_lte(const struct tpl *t, struct buf *out);
void	tpl_fill_hplmn(const struct tpl *t, struct buf *out);
void	tpl_fill_ehplmn(const struct tpl *t, struct buf *out);
void	tpl_fill_dir(const struct tpl *t, struct buf *out);
/* UTF-8 to EF.SPN. DPE_SYNTAX, DPE_RANGE. */
MUST_CHECK int	tpl_spn(const char *text, struct buf *out, struct why *why);

/* Append hex text with blanks; aborts when a table holds other text. */
void	tpl_hex(struct buf *b, const char *hex);
/* The same as the value of a TLV. */
void	tpl_hex_tlv(struct buf *b, uint32_t tag, const char *hex);
void	tpl_u8_tlv(struct buf *b, uint32_t tag, uint8_t v);
/* The object identifier of a file template, 2.23.143.1.2.n. */
void	tpl_oid(struct buf *b, uint32_t tag, unsigned n);
/* FF up to a length of end. */
void	tpl_pad(struct buf *b, size_t end);
/* The keyList of the security domain. */
void	tpl_ota_keys(struct buf *out);

/* Record lengths and numbers of the EF.ARR files. */
#define TPL_ARR_RECORD	33
#define TPL_ARR_RECORDS	14
#define TPL_UST_BYTES	17
#define TPL_DIR_RECORD	33

#endif
