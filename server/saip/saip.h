/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Interoperable profile packages (SAIP 2.x; spec 06): checking those that are
 * imported, and making our own from a template, a patch map and values.
 */
#ifndef SERVER_SAIP_SAIP_H
#define SERVER_SAIP_SAIP_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/ident.h"
#include "base/seam.h"

/* What the package says of itself. */
struct saip_info {
	char		iccid[ICCID_TEXT];	/* ProfileHeader */
	char		imsi[IMSI_TEXT];	/* first EF.IMSI, or empty */
	unsigned	major, minor;		/* SAIP version */
	size_t		pes;			/* ProfileElements */
};

/*
 * Is upp a well-formed ProfileElement sequence: whole TLVs with the tags of
 * the CHOICE, header first and once, end last and once, exactly one mf,
 * identifications present, unique and 0..32767, well-formed TLVs inside,
 * ICCID of header and of EF.ICCID equal?  DPE_SYNTAX, DPE_RANGE; why names the
 * element, its number and offset.
 */
MUST_CHECK int	saip_check(struct slice upp, struct saip_info *out,
		    struct why *why);

/* What the ProfileHeader asks of an eUICC (spec 06, 1.2). */
struct saip_needs {
	unsigned	major, minor;		/* SAIP version */
	uint32_t	services;		/* bit n: member 0x80 + n of
						   eUICC-Mandatory-services */
};
/* Of the header alone; the rest is not looked at. DPE_SYNTAX. */
MUST_CHECK int	saip_needs(struct slice upp, struct saip_needs *out);

/* "usim", "javacard" ...; NULL: no name is known. */
const char	*saip_service_name(size_t n);
/* Names divided by commas, added to a mask as in saip_needs. DPE_USAGE. */
MUST_CHECK int	saip_services_parse(const char *text, uint32_t *out,
		    struct why *why);

/* What is personalised; the order is that of the sealed values record. */
enum saip_field {
	SAIP_ICCID_HEADER,	/* 10: ProfileHeader.iccid */
	SAIP_ICCID_EF,		/* 10: EF.ICCID */
	SAIP_IMSI,		/* 9: EF.IMSI */
	SAIP_ACC,		/* 2: EF.ACC */
	SAIP_K,			/* 16 */
	SAIP_OPC,		/* 16 */
	SAIP_PIN1, SAIP_PIN2,	/* 8 each: digits, FF padded */
	SAIP_PUK1, SAIP_PUK2,	/* 8 each: digits */
	SAIP_ADM1,		/* 8 */
	SAIP_OTA_ENC, SAIP_OTA_MAC, SAIP_OTA_DEK,	/* 16 each: SD keyset */
	SAIP_FIELDS
};
size_t		saip_field_size(enum saip_field f);
const char	*saip_field_name(enum saip_field f);	/* "k", "opc", ... */

/* What a template is made for: the type decides, not the subscriber. */
struct saip_product {
	const char	*profile_type;	/* ProfileHeader.profileType */
	const char	*spn;		/* EF.SPN, at most 16 characters */
	const char	*plmn;		/* "MCC-MNC" of the home network */
};

/*
 * Build the unpersonalised package of a built-in template ("consumer") and its
 * patch map.  The map is small, opaque and self-describing: (field, offset)
 * records; saip_patch_check() proves it against a package by a new walk.
 * DPE_NOTFOUND: no such template.
 */
MUST_CHECK int	saip_template(const char *name, const struct saip_product *p,
		    struct buf *upp, struct buf *patch, struct why *why);
/* The names of the templates, NULL at the end. */
extern const char *const saip_templates[];
/*
 * DPE_SYNTAX when the map does not fit the package: a place that is none, or
 * one that is there and not in the map.  An empty map fits: that package is
 * complete as it is, an imported one.
 */
MUST_CHECK int	saip_patch_check(struct slice upp, struct slice patch,
		    struct why *why);

/*
 * The values of one subscriber: ICCID and IMSI given, everything else from
 * rnd.  Appended as one record of all fields; wipe it.
 */
MUST_CHECK int	saip_values(const struct rnd *rnd, const char *iccid,
		    const char *imsi, struct buf *out);
/* One field of such a record. */
struct slice	saip_value(struct slice values, enum saip_field f);

/*
 * The name of a field that the map wants and the record has not; NULL: it has
 * them all.  A package that is complete as it is has no values.  DPE_SYNTAX:
 * no such map.
 */
MUST_CHECK int	saip_patch_lacks(struct slice patch, struct slice values,
		    const char **lacks);
/*
 * The personalised package: body with the values put in.  DPE_SYNTAX when map
 * or values do not fit.  With an empty map: the body as it is.
 */
MUST_CHECK int	saip_personalise(struct slice body, struct slice patch,
		    struct slice values, struct buf *upp);

#endif
