/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A certificate of SGP.22 4.5.2 / SGP.26, read by a DER walk of our own: the
 * stock parser is slow, takes a global lock, and verifies by rules that refuse
 * genuine GSMA chains (spec 04, 3.3).  All slices lie in the DER given.
 */
#ifndef CERTS_CERT_H
#define CERTS_CERT_H

#include <stdbool.h>

#include "base/buf.h"

enum curve { CURVE_P256, CURVE_BP256, CURVE_COUNT };
const char	*curve_name(enum curve c);	/* "P-256" "brainpoolP256r1" */

/* The last arc of the role 2.23.146.1.2.1.n in certificatePolicies. */
enum cert_role {
	ROLE_CI, ROLE_EUICC, ROLE_EUM, ROLE_DP_TLS, ROLE_DP_AUTH, ROLE_DP_PB,
	ROLE_DS_TLS, ROLE_DS_AUTH, ROLE_NONE
};

#define CERT_KU_DIGITAL_SIGNATURE	0x80
#define CERT_KU_CERT_SIGN		0x04
#define CERT_KU_CRL_SIGN		0x02
#define CERT_NC_MAX			16	/* permitted O / IIN pairs */

struct cert {
	struct slice	raw;		/* the whole certificate */
	struct slice	tbs;		/* what is signed, its TLV */
	struct slice	signature;	/* ECDSA-Sig-Value, DER */
	struct slice	serial;		/* INTEGER contents */
	struct slice	issuer, subject;	/* Name TLVs */
	struct slice	organization;	/* of the subject; empty if none */
	struct slice	serial_number;	/* subject attribute: the EID */
	struct slice	common_name;
	int64_t		not_before, not_after;	/* seconds, 64 bits */
	enum curve	curve;
	struct slice	point;		/* 04 X Y, 65 octets */
	struct slice	ski, aki;	/* key ids; empty if none */
	enum cert_role	role;
	bool		has_role;
	unsigned	key_usage;	/* first octet of keyUsage; 0 if none */
	bool		is_ca;
	int		path_len;	/* -1 if none */
	struct slice	rid;		/* SAN registeredID, OID contents */
	struct slice	dns;		/* the first dNSName of the SAN */
	struct {
		struct slice	organization;
		struct slice	iin;
	} permitted[CERT_NC_MAX];
	size_t		n_permitted;
	bool		has_constraints;
	bool		unknown_critical;	/* a critical extension we do
						   not know */
};

/* der must be exactly one certificate. DPE_SYNTAX, DPE_UNSUPPORTED (curve). */
MUST_CHECK int	cert_parse(struct slice der, struct cert *out);
/* PEM or DER, told apart by content; the DER of the first certificate. */
MUST_CHECK int	cert_load(const char *path, struct buf *der,
		    struct why *why);
/* OID contents to dotted text, and back. DPE_RANGE. */
MUST_CHECK int	oid_text(struct slice oid, char *out, size_t size);
MUST_CHECK int	oid_parse(const char *text, struct buf *out);

#endif
