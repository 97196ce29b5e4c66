/* SPDX-License-Identifier: Apache-2.0 */
#include "server/saip/saip.h"

#include <string.h>

static const struct {
	const char	*name;
	size_t		 size;
} fields[SAIP_FIELDS] = {
	[SAIP_ICCID_HEADER] = { "iccid-header", 10 },
	[SAIP_ICCID_EF] = { "iccid", 10 },
	[SAIP_IMSI] = { "imsi", 9 },
	[SAIP_ACC] = { "acc", 2 },
	[SAIP_K] = { "k", 16 },
	[SAIP_OPC] = { "opc", 16 },
	[SAIP_PIN1] = { "pin1", 8 },
	[SAIP_PIN2] = { "pin2", 8 },
	[SAIP_PUK1] = { "puk1", 8 },
	[SAIP_PUK2] = { "puk2", 8 },
	[SAIP_ADM1] = { "adm1", 8 },
	[SAIP_OTA_ENC] = { "ota-enc", 16 },
	[SAIP_OTA_MAC] = { "ota-mac", 16 },
	[SAIP_OTA_DEK] = { "ota-dek", 16 }
};

size_t
saip_field_size(enum saip_field f)
{
	return fields[f].size;
}

const char *
saip_field_name(enum saip_field f)
{
	return fields[f].name;
}

/* Where the field begins in a record; SAIP_FIELDS: how long a record is. */
static size_t
field_offset(enum saip_field f)
{
	size_t		 at = 0;
	unsigned	 i;

	for (i = 0; i < (unsigned)f; i++)
		at += fields[i].size;
	return at;
}

struct slice
saip_value(struct slice values, enum saip_field f)
{
	if (values.len != field_offset(SAIP_FIELDS))
		return slice_of(NULL, 0);
	return slice_sub(values, field_offset(f), fields[f].size);
}

/* n random digits in the 8 bytes of a PIN. */
static void
add_digits(const struct rnd *rnd, size_t n, struct buf *out)
{
	char	 pin[9];

	rnd_digits(rnd, pin, n);
	memset(pin + n, 0xff, 8 - n);
	buf_add(out, pin, 8);
	mem_wipe(pin, sizeof(pin));
}

static void
add_keys(const struct rnd *rnd, size_t n, struct buf *out)
{
	rnd_fill(rnd, buf_grow(out, n), n);
}

int
saip_values(const struct rnd *rnd, const char *iccid, const char *imsi,
    struct buf *out)
{
	uint8_t	 header[10], ef[10], sim[9], acc[2];
	char	 norm[IMSI_TEXT];
	unsigned class;

	if (iccid_to_header(iccid, header) != 0 ||
	    iccid_to_ef(iccid, ef) != 0 || imsi_parse(imsi, norm) != 0)
		return DPE_RANGE;
	imsi_to_ef(norm, sim);
	class = 1u << (norm[strlen(norm) - 1] - '0');
	acc[0] = (uint8_t)(class >> 8);
	acc[1] = (uint8_t)class;
	buf_reserve(out, field_offset(SAIP_FIELDS));
	buf_add(out, header, sizeof(header));
	buf_add(out, ef, sizeof(ef));
	buf_add(out, sim, sizeof(sim));
	buf_add(out, acc, sizeof(acc));
	add_keys(rnd, fields[SAIP_K].size + fields[SAIP_OPC].size, out);
	add_digits(rnd, 4, out);	/* PIN1 */
	add_digits(rnd, 4, out);	/* PIN2 */
	add_digits(rnd, 8, out);	/* PUK1 */
	add_digits(rnd, 8, out);	/* PUK2 */
	add_digits(rnd, 8, out);	/* ADM1 */
	add_keys(rnd, fields[SAIP_OTA_ENC].size + fields[SAIP_OTA_MAC].size +
	    fields[SAIP_OTA_DEK].size, out);
	return 0;
}
