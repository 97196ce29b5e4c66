/* SPDX-License-Identifier: Apache-2.0 */
/* The operator's security domain and remote file management (spec 06, 6). */
#include "server/saip/tpl.h"

#include "base/der.h"

/*
 * What a command packet must at least have (first SPI octet, TS 102 225): a
 * cryptographic checksum, ciphering, and a counter higher than the last.
 */
#define SECURITY_LEVEL	0x16

/* GlobalPlatform's own object identifiers, 1.2.840.114283 and the arcs. */
static const struct {
	uint32_t	 tag;	/* 0: stands by itself */
	const char	*oid;
} recognition[] = {
	{ 0, "2A864886FC6B 01" },		/* a GlobalPlatform card */
	{ 0x60, "2A864886FC6B 02 02 02" },	/* of version 2.2.2 */
	{ 0x63, "2A864886FC6B 03" },		/* identification scheme */
	{ 0x64, "2A864886FC6B 04 80 00" }	/* SCP80, i = 00 */
};

/* Card recognition data as the data group 0070 of a STORE DATA. */
static void
add_recognition(struct buf *out)
{
	struct buf	 data = {0};
	size_t		 i, at;

	for (i = 0; i < NELEM(recognition); i++) {
		at = data.len;
		tpl_hex_tlv(&data, 0x06, recognition[i].oid);
		if (recognition[i].tag != 0)
			der_wrap(&data, at, recognition[i].tag);
	}
	der_wrap(&data, 0, 0x73);
	der_wrap(&data, 0, 0x66);
	at = out->len;
	tpl_hex(out, "0070");
	buf_add_u8(out, (uint8_t)data.len);
	buf_add_slice(out, buf_slice(&data));
	der_wrap(out, at, 0x04);
	der_wrap(out, at, 0xa3);
	buf_free(&data);
}

/*
 * UICC toolkit parameters, TS 102 226 8.2.1.3.2.2.1: the domain has no menu,
 * no timer and no channel, only a TAR under which SMS reach it.
 */
static void
add_toolkit(struct buf *out)
{
	size_t	 at = out->len;

	tpl_hex(out, "01 00 00 00 00");	/* priority; none of the four */
	tpl_hex(out, "02 01");		/* level: two octets, kind SPI1 */
	buf_add_u8(out, SECURITY_LEVEL);
	tpl_hex(out, "03 B20100");	/* one TAR */
	tpl_hex(out, "00");		/* services */
	der_wrap(out, at, 0x80);
	der_wrap(out, at, 0xea);
}

void
tpl_domain(const struct tpl *t, const void *none, struct buf *out)
{
	size_t	 at = out->len;

	(void)t;
	(void)none;
	tpl_hex_tlv(out, 0x4f, "A0000001515350");	/* package */
	tpl_hex_tlv(out, 0x4f, "A000000151535041");	/* class */
	tpl_hex_tlv(out, 0x4f, "A000000151000000");	/* instance */
	tpl_hex_tlv(out, 0x82, "82DC00");		/* privileges */
	tpl_hex_tlv(out, 0x83, "0F");			/* personalised */
	tpl_hex_tlv(out, 0xc9, "8102 8000"		/* SCP80 */
	    "8201F0 8301F0 8701F0");
	add_toolkit(out);
	der_wrap(out, at, 0xa1);
	tpl_ota_keys(out);
	add_recognition(out);
}

/* Access domain 00 is full access: what ADM1 may, the operator may. */
void
tpl_rfm(const struct tpl *t, const void *rfm, struct buf *out)
{
	const struct tpl_remote *r = rfm;
	size_t	 at;

	(void)t;
	tpl_hex_tlv(out, 0x4f, r->aid);
	at = out->len;
	tpl_hex_tlv(out, 0x04, r->tar);
	der_wrap(out, at, 0xa0);
	tpl_u8_tlv(out, 0x81, SECURITY_LEVEL);
	tpl_hex_tlv(out, 0x04, "00");
	tpl_hex_tlv(out, 0x04, "00");
	if (r->adf == NULL)
		return;
	at = out->len;
	tpl_hex_tlv(out, 0x80, r->adf);
	tpl_hex_tlv(out, 0x81, "00");
	tpl_hex_tlv(out, 0x82, "00");
	der_wrap(out, at, 0x30);
}
