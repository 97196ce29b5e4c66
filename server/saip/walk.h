/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: going through a package element by element. */
#ifndef SERVER_SAIP_WALK_H
#define SERVER_SAIP_WALK_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/ident.h"

/* Tags of the ProfileElement CHOICE that are spoken of by name. */
enum {
	PE_HEADER = 0xa0, PE_PIN = 0xa2, PE_PUK = 0xa3, PE_AKA = 0xa4,
	PE_SD = 0xa6, PE_RFM = 0xa7, PE_APPLICATION = 0xa8, PE_END = 0xaa, PE_MF = 0xb0,
	PE_TELECOM = 0xb2, PE_USIM = 0xb3, PE_OPT_USIM = 0xb4,
	PE_GSM_ACCESS = 0xb8, PE_DF_5GS = 0xbc
};

struct saip_pe {
	uint32_t	 tag;
	const char	*name;		/* "usim" */
	size_t		 index;		/* the header is 0 */
	size_t		 offset;	/* of its tag, in the package */
	struct slice	 value;
};

struct saip_walk {
	struct slice	 upp, rest;
	size_t		 index;
};

/* "usim"; NULL: not a tag of the CHOICE. */
const char	*saip_element_name(uint32_t tag);
uint32_t	 saip_element_tag(const char *name);	/* 0: none */
void		saip_walk_start(struct saip_walk *w, struct slice upp);
bool		saip_walk_more(const struct saip_walk *w);
/* DPE_SYNTAX: no whole TLV, or not a tag of the CHOICE. DPE_RANGE: too many. */
MUST_CHECK int	saip_walk_next(struct saip_walk *w, struct saip_pe *out,
		    struct why *why);
/* Write the reason, with the element before it, and return r. */
int		saip_pe_fault(const struct saip_pe *pe, int r,
		    struct why *why, const char *fmt, ...) PRINTF(4, 5);
/* PEHeader.identification. DPE_SYNTAX, DPE_RANGE. */
MUST_CHECK int	saip_pe_id(const struct saip_pe *pe, unsigned *id);
/*
 * What a File (its value) writes into the first n bytes of an EF, on top of
 * what out holds already; false when it writes nothing there.
 */
bool		saip_file_image(struct slice file, uint8_t *out, size_t n);
/* EF.IMSI as digits; empty when it holds no IMSI. */
void		saip_imsi_from_ef(const uint8_t ef[9], char out[IMSI_TEXT]);

#endif
