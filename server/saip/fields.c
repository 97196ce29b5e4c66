/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/fields.h"

#include <string.h>

#define KEY(n)		FIELD_KEY, n, 0, true
#define CODE(digits)	FIELD_CODE, 8, digits, true
#define OPEN(kind, n)	kind, n, 0, false

const struct field	saip_fields[SAIP_FIELDS] = {
	[SAIP_ICCID_HEADER] = { "iccid-header", OPEN(FIELD_ICCID_HEADER, 10) },
	[SAIP_ICCID_EF] = { "iccid", OPEN(FIELD_ICCID_EF, 10) },
	[SAIP_IMSI] = { "imsi", OPEN(FIELD_IMSI, 9) },
	[SAIP_ACC] = { "acc", OPEN(FIELD_ACC, 2) },
	[SAIP_K] = { "k", KEY(16) },
	[SAIP_OPC] = { "opc", KEY(16) },
	[SAIP_PIN1] = { "pin1", CODE(4) },
	[SAIP_PIN2] = { "pin2", CODE(4) },
	[SAIP_PUK1] = { "puk1", CODE(8) },
	[SAIP_PUK2] = { "puk2", CODE(8) },
	[SAIP_ADM1] = { "adm1", CODE(8) },
	[SAIP_OTA_ENC] = { "ota-enc", KEY(16) },
	[SAIP_OTA_MAC] = { "ota-mac", KEY(16) },
	[SAIP_OTA_DEK] = { "ota-dek", KEY(16) },
	[SAIP_K256] = { "k256", KEY(32) },
	[SAIP_TOPC] = { "topc", KEY(32) },
	[SAIP_MSISDN] = { "msisdn", OPEN(FIELD_MSISDN, 14) },
	[SAIP_SPN] = { "spn", OPEN(FIELD_SPN, 17) },
	[SAIP_SMSC] = { "smsc", OPEN(FIELD_SMSC, 28) },
	[SAIP_GID1] = { "gid1", OPEN(FIELD_HEX, 0) },
	[SAIP_GID2] = { "gid2", OPEN(FIELD_HEX, 0) },
	[SAIP_PLMNWACT] = { "plmnwact", OPEN(FIELD_ACCESS, 0) },
	[SAIP_OPLMNWACT] = { "oplmnwact", OPEN(FIELD_ACCESS, 0) },
	[SAIP_HPLMNWACT] = { "hplmnwact", OPEN(FIELD_ACCESS, 0) },
	[SAIP_EHPLMN] = { "ehplmn", OPEN(FIELD_NETWORKS, 0) },
	[SAIP_FPLMN] = { "fplmn", OPEN(FIELD_NETWORKS, 0) },
	[SAIP_ROUTING] = { "routing-indicator", OPEN(FIELD_ROUTING, 4) },
	[SAIP_SUCI] = { "suci-calc-info", OPEN(FIELD_HEX, 0) },
	[SAIP_IMPI] = { "impi", OPEN(FIELD_URI, 0) },
	[SAIP_IMPU] = { "impu", OPEN(FIELD_URI, 0) },
	[SAIP_IMSI2] = { "imsi2", OPEN(FIELD_IMSI, 9) },
	[SAIP_ACC2] = { "acc2", OPEN(FIELD_ACC, 2) },
	[SAIP_K2] = { "k2", KEY(16) },
	[SAIP_OPC2] = { "opc2", KEY(16) },
	[SAIP_ADM2] = { "adm2", CODE(8) },
	[SAIP_OTA2_ENC] = { "ota2-enc", KEY(16) },
	[SAIP_OTA2_MAC] = { "ota2-mac", KEY(16) },
	[SAIP_OTA2_DEK] = { "ota2-dek", KEY(16) },
	[SAIP_OTA3_ENC] = { "ota3-enc", KEY(16) },
	[SAIP_OTA3_MAC] = { "ota3-mac", KEY(16) },
	[SAIP_OTA3_DEK] = { "ota3-dek", KEY(16) },
	[SAIP_APP_KEY] = { "app-key", FIELD_SCALAR, 32, 0, true },
	[SAIP_APP_PUBLIC] = { "app-public", OPEN(FIELD_POINT, 65) },
	[SAIP_APP_DATA] = { "app-data", FIELD_HEX, 0, 0, true }
};

size_t
saip_field_size(enum saip_field f)
{
	return saip_fields[f].size;
}

const char *
saip_field_name(enum saip_field f)
{
	return saip_fields[f].name;
}

enum saip_field
saip_field_find(const char *name)
{
	unsigned	 i;

	for (i = 0; i < SAIP_FIELDS; i++)
		if (strcmp(saip_fields[i].name, name) == 0)
			break;
	return (enum saip_field)i;
}

bool
saip_field_secret(enum saip_field f)
{
	return saip_fields[f].secret;
}

bool
saip_field_drawn(enum saip_field f)
{
	return saip_fields[f].kind == FIELD_KEY ||
	    saip_fields[f].kind == FIELD_CODE ||
	    saip_fields[f].kind == FIELD_SCALAR;
}

void
saip_field_pad(enum saip_field f, uint8_t *p, size_t n)
{
	static const uint8_t	 none[5] = { 0xff, 0xff, 0xff, 0, 0 };
	size_t			 i;

	for (i = 0; i < n; i++)
		p[i] = saip_fields[f].kind == FIELD_ACCESS ? none[i % 5] :
		    0xff;
}
