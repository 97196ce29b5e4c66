/* SPDX-License-Identifier: Apache-2.0 */
/* Elements with codes and keys; all of them are zeros in a template. */
#include "server/saip/tpl.h"

#include "base/der.h"

static void
zeros_tlv(struct buf *b, uint32_t tag, size_t n)
{
	static const uint8_t	 zero[16];

	der_add(b, tag, slice_of(zero, n));
}

void
tpl_puks(const struct tpl *t, const void *pins, struct buf *out)
{
	const struct tpl_pins *list = pins;
	size_t		 i, at = out->len, one;

	(void)t;
	for (i = 0; i < list->n; i++) {
		one = out->len;
		der_add_uint(out, 0x80, list->pin[i].ref);
		zeros_tlv(out, 0x81, 8);
		der_wrap(out, one, 0x30);
	}
	der_wrap(out, at, 0xa1);
}

/* DEFAULT members are left out: DER. */
static void
add_pin(const struct tpl_pin *p, struct buf *out)
{
	size_t	 at = out->len;

	der_add_uint(out, 0x80, p->ref);
	zeros_tlv(out, 0x81, 8);
	if (p->puk != 0)
		der_add_uint(out, 0x82, p->puk);
	if (p->attributes != 7)
		der_add_uint(out, 0x83, p->attributes);
	if (p->retries != 0x33)
		der_add_uint(out, 0x84, p->retries);
	der_wrap(out, at, 0x30);
}

void
tpl_pins(const struct tpl *t, const void *pins, struct buf *out)
{
	const struct tpl_pins *list = pins;
	size_t		 i, at = out->len;

	(void)t;
	for (i = 0; i < list->n; i++)
		add_pin(&list->pin[i], out);
	der_wrap(out, at, 0xa0);	/* pinconfig ... */
	der_wrap(out, at, 0xa1);	/* ... of pinCodes */
}

/*
 * Milenage with its standard constants and the default handling of sequence
 * numbers, which start at zero.
 */
void
tpl_milenage(const struct tpl *t, const void *none, struct buf *out)
{
	size_t	 at = out->len;

	(void)t;
	(void)none;
	der_add_uint(out, 0x80, 1);
	tpl_u8_tlv(out, 0x81, 0x01);	/* algorithmOptions */
	zeros_tlv(out, 0x82, 16);	/* K */
	zeros_tlv(out, 0x83, 16);	/* OPc */
	der_wrap(out, at, 0xa1);	/* algoParameter ... */
	der_wrap(out, at, 0xa1);	/* ... of algoConfiguration */
}

/* keyIdentifier and keyUsageQualifier of the keys of one SCP80 set. */
static const struct {
	uint8_t	 id, usage;
} ota_keys[] = {
	{ 0x01, 0x18 },		/* ENC: encipher and decipher */
	{ 0x02, 0x14 },		/* MAC: compute and verify */
	{ 0x03, 0x48 }		/* DEK */
};
#define OTA_KEY_VERSION	0x01	/* 01 to 0F are those of SCP80 */
#define KEY_AES		0x88

void
tpl_ota_keys(struct buf *out)
{
	size_t	 i, at = out->len, one, part;

	for (i = 0; i < NELEM(ota_keys); i++) {
		one = out->len;
		tpl_u8_tlv(out, 0x95, ota_keys[i].usage);
		tpl_u8_tlv(out, 0x82, ota_keys[i].id);
		tpl_u8_tlv(out, 0x83, OTA_KEY_VERSION);
		part = out->len;
		tpl_u8_tlv(out, 0x80, KEY_AES);
		zeros_tlv(out, 0x86, 16);
		der_wrap(out, part, 0x30);
		der_wrap(out, part, 0x30);
		der_wrap(out, one, 0x30);
	}
	der_wrap(out, at, 0xa2);
}

void
tpl_end(const struct tpl *t, const void *none, struct buf *out)
{
	(void)t;
	(void)none;
	(void)out;	/* a PEHeader, and no more */
}
