/* SPDX-License-Identifier: Apache-2.0 */
/* Inside server/saip: what is known of each field that is personalised. */
#ifndef SERVER_SAIP_FIELDS_H
#define SERVER_SAIP_FIELDS_H

#include "server/saip/saip.h"

/* What a field is, which decides how it is written and how it is made. */
enum field_kind {
	FIELD_ICCID_HEADER, FIELD_ICCID_EF, FIELD_IMSI, FIELD_ACC,
	FIELD_KEY,		/* random octets */
	FIELD_SCALAR,		/* a random private key, P-256 */
	FIELD_POINT,		/* its public key */
	FIELD_CODE,		/* digits, FF padded to eight octets */
	FIELD_MSISDN, FIELD_SMSC, FIELD_SPN,
	FIELD_HEX,
	FIELD_ROUTING,		/* up to four digits */
	FIELD_URI,		/* UTF-8 in a TLV 80 */
	FIELD_NETWORKS,		/* three octets each */
	FIELD_ACCESS		/* and two for the access technologies */
};

struct field {
	const char	*name;
	enum field_kind	 kind;
	uint8_t		 size;		/* 0: differs */
	uint8_t		 digits;	/* of a code that is drawn */
	bool		 secret;
};
extern const struct field	saip_fields[SAIP_FIELDS];

/* What a place that is longer than its value is filled up with. */
void		saip_field_pad(enum saip_field f, uint8_t *p, size_t n);

#endif
