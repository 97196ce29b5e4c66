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

/*
 * What is personalised.  The numbers are stored (values records, patch maps):
 * a new one goes to the end.  Sizes are those of the octets on the card.
 */
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
	SAIP_K256, SAIP_TOPC,	/* 32 each: TUAK */
	SAIP_MSISDN,		/* 14: a record without its name */
	SAIP_SPN,		/* 17: EF.SPN */
	SAIP_SMSC,		/* 28: a record of EF.SMSP without its name */
	SAIP_GID1, SAIP_GID2,	/* up to 32 */
	SAIP_PLMNWACT, SAIP_OPLMNWACT, SAIP_HPLMNWACT,	/* 5 each network */
	SAIP_EHPLMN, SAIP_FPLMN,			/* 3 each network */
	SAIP_ROUTING,		/* 4: EF.Routing_Indicator */
	SAIP_SUCI,		/* up to 250: EF.SUCI_Calc_Info */
	SAIP_IMPI, SAIP_IMPU,	/* up to 250: of the ISIM, a TLV 80 */
	SAIP_IMSI2, SAIP_ACC2, SAIP_K2, SAIP_OPC2,	/* second USIM */
	SAIP_ADM2,		/* 8 */
	SAIP_OTA2_ENC, SAIP_OTA2_MAC, SAIP_OTA2_DEK,	/* key version 02 */
	SAIP_OTA3_ENC, SAIP_OTA3_MAC, SAIP_OTA3_DEK,	/* key version 03 */
	SAIP_APP_KEY,		/* 32: an applet's private key, P-256 */
	SAIP_APP_PUBLIC,	/* 65: its public point, 04 X Y */
	SAIP_APP_DATA,		/* up to 250: what an applet is given */
	SAIP_FIELDS
};
#define SAIP_VALUE_MAX	250
/* Octets; 0 when that differs, up to SAIP_VALUE_MAX. */
size_t		saip_field_size(enum saip_field f);
const char	*saip_field_name(enum saip_field f);	/* "k", "opc", ... */
/* By its name; SAIP_FIELDS when there is none. */
enum saip_field	saip_field_find(const char *name);
/* Must nobody see it who may not see keys? */
bool		saip_field_secret(enum saip_field f);
/* Is it made by chance when it was not given? */
bool		saip_field_drawn(enum saip_field f);
/*
 * As people and files write it, to the octets of the card: numbers in digits,
 * keys in hex, names in UTF-8, networks as "MCC-MNC[:ACT] ...".  DPE_USAGE; why
 * names the field and never shows a secret.
 */
MUST_CHECK int	saip_field_parse(enum saip_field f, const char *text,
		    struct buf *out, struct why *why);

/* Several fields: bit n is field n. */
typedef uint64_t	saip_set;
#define SAIP_BIT(f)	(UINT64_C(1) << (f))
/* What profiles had of chance before there were other fields. */
#define SAIP_USUAL	(SAIP_BIT(SAIP_OTA_DEK + 1) - SAIP_BIT(SAIP_K))

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

/* The fields of a map, and those of them that a subscriber must have. */
MUST_CHECK int	saip_patch_fields(struct slice patch, saip_set *all,
		    saip_set *needed);

/* One field of a package that is to become a template. */
struct saip_want {
	enum saip_field	 field;
	const char	*where;		/* as where.h has it; NULL: as usual */
	bool		 maybe;		/* not a fault when it is not there */
	bool		 optional;	/* the template's own stays without one */
	struct slice	 value;		/* the template's own, or empty */
};
/*
 * Make a package a template: its body, in which constants are put in and
 * what each subscriber has of its own is zero, and its patch map.  DPE_USAGE,
 * DPE_SYNTAX, DPE_RANGE: why names field and place.
 */
MUST_CHECK int	saip_map(struct slice upp, const struct saip_want *want,
		    size_t n, struct buf *body, struct buf *patch,
		    struct why *why);

/*
 * The values of one subscriber: ICCID and IMSI given, of `draw` those that are
 * made by chance from a seed that is of rnd (certs/prf.h; the label is the
 * field's name, the context EF.ICCID), and what follows from these.  Appended
 * as one record; wipe it.  DPE_RANGE: not an ICCID or IMSI.
 */
MUST_CHECK int	saip_values_draw(const struct rnd *rnd, const char *iccid,
		    const char *imsi, saip_set draw, struct buf *out);
/* The same with SAIP_USUAL. */
MUST_CHECK int	saip_values(const struct rnd *rnd, const char *iccid,
		    const char *imsi, struct buf *out);
/*
 * As saip_values_draw(), where the record is to be stored: of what is drawn and
 * of what follows it has K alone, which is what can be compared.
 */
MUST_CHECK int	saip_values_store(const struct rnd *rnd, const char *iccid,
		    const char *imsi, saip_set draw, struct buf *out);
/* One field of such a record; empty when it has none. */
struct slice	saip_value(struct slice values, enum saip_field f);
/*
 * Put one in, in the place of what was drawn; what follows from it (EF.ACC of
 * an IMSI, a public key) is made anew.  value must not lie in the record.
 * DPE_RANGE: not of its size.
 */
MUST_CHECK int	saip_value_set(struct buf *values, enum saip_field f,
		    struct slice value);
/*
 * A record as it is stored: without what can be made again from the rest of
 * it.  And back, also from the records of before, that held all fields one
 * behind the other.  Appended.  DPE_SYNTAX.
 */
void		saip_values_pack(struct slice values, struct buf *out);
MUST_CHECK int	saip_values_open(struct slice stored, struct buf *values);

/*
 * The name of a field that the map wants and the record has not; NULL: it has
 * them all.  A package that is complete as it is has no values.  DPE_SYNTAX:
 * no such map.
 */
MUST_CHECK int	saip_patch_lacks(struct slice patch, struct slice values,
		    const char **lacks);
/* Is there a place for this field? */
bool		saip_patch_has(struct slice patch, enum saip_field f);
/*
 * The personalised package: body with the values put in.  DPE_SYNTAX when map
 * or values do not fit.  With an empty map: the body as it is.
 */
MUST_CHECK int	saip_personalise(struct slice body, struct slice patch,
		    struct slice values, struct buf *upp);

#endif
