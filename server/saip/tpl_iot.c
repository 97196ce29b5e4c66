/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The templates "iot" and "iot-safe": what a meter or a tracker on LTE-M,
 * NB-IoT or LTE needs.  No telephony: no fixed dialling and so no PIN2, no
 * short messages that are kept, no phone number, nothing for 2G, 3G and 5G.
 * SMS-PP download to the security domain stays: it is how the profile is
 * managed.  docs/profile-template.md says more.
 */
#include "base/der.h"
#include "server/saip/tpl_rows.h"

#define NONE		.kind = TPL_NONE

static const struct tpl_file mf[] = {
	{ 0xa2, "MF", 0, DF, MF(14), .hex = PINS_MF },
	{ 0xa3, "EF.PL", 0x2f05, EF(2), MF(1) },
	{ 0xa4, "EF.ICCID", 0x2fe2, EF(10), MF(11), .sfi = 2, .hex = ZERO10 },
	{ 0xa5, "EF.DIR", 0x2f00, RECORDS(1, 33), MF(10),
	    .fill = tpl_fill_dir },
	{ 0xa6, "EF.ARR", 0x2f06, RECORDS(TPL_ARR_RECORDS, TPL_ARR_RECORD),
	    MF(10), .sfi = 6, .fill = tpl_fill_arr },
	{ 0xa7, "EF.UMPC", 0x2f08, EF(5), MF(10), .hex = "3C3C000000" }
};

/* The file template makes all of its files but those that are said not to. */
static const struct tpl_file usim[] = {
	{ 0xa2, "ADF.USIM", 0x7fd0, ADF(TPL_USIM_AID), MF(14),
	    .hex = PINS_MF },
	{ 0xa3, "EF.IMSI", 0x6f07, EF(9), ARR(2), .hex = ZERO9 },
	{ 0xa4, "EF.ARR", 0x6f06, RECORDS(TPL_ARR_RECORDS, TPL_ARR_RECORD),
	    ARR(10), .fill = tpl_fill_arr },
	{ 0xa5, "EF.Keys", 0x6f08, EF(33), ARR(5), BUSY,
	    .hex = "07" FF16 FF16 },
	{ 0xa6, "EF.KeysPS", 0x6f09, EF(33), ARR(5), BUSY,
	    .hex = "07" FF16 FF16 },
	{ 0xa7, "EF.HPPLMN", 0x6f31, EF(1), ARR(2), .hex = "0A" },
	{ 0xa8, "EF.UST", 0x6f38, EF(TPL_UST_BYTES), ARR(2),
	    .fill = tpl_fill_ust },
	{ 0xa9, "EF.FDN", 0x6f3b, NONE },
	{ 0xaa, "EF.SMS", 0x6f3c, NONE },
	{ 0xab, "EF.SMSP", 0x6f42, NONE },
	{ 0xac, "EF.SMSS", 0x6f43, NONE },
	{ 0xad, "EF.SPN", 0x6f46, EF(17), ARR(10), .service = 19,
	    .fill = tpl_fill_spn },
	{ 0xae, "EF.EST", 0x6f56, EF(1), ARR(2), .hex = "00" },
	{ 0xaf, "EF.START-HFN", 0x6f5b, EF(6), ARR(5), BUSY,
	    .hex = "F00000F00000" },
	{ 0xb0, "EF.THRESHOLD", 0x6f5c, EF(3), ARR(2) },
	{ 0xb1, "EF.PSLOCI", 0x6f73, EF(14), ARR(5), BUSY,
	    .hex = "FFFFFFFF FFFFFF FFFFFF0000 FF 01" },
	{ 0xb2, "EF.ACC", 0x6f78, EF(2), ARR(2), .hex = "0000" },
	{ 0xb3, "EF.FPLMN", 0x6f7b, EF(12), ARR(5) },
	{ 0xb4, "EF.LOCI", 0x6f7e, EF(11), ARR(5), BUSY,
	    .hex = "FFFFFFFF FFFFFF0000 FF 01" },
	{ 0xb5, "EF.AD", 0x6fad, EF(4), ARR(10), .fill = tpl_fill_ad },
	{ 0xb6, "EF.ECC", 0x6fb7, RECORDS(1, 4), ARR(10),
	    .hex = "11F2FF00" },
	{ 0xb7, "EF.NETPAR", 0x6fc4, NONE },
	{ 0xb8, "EF.EPSLOCI", 0x6fe3, EF(18), ARR(5), BUSY,
	    .service = 85, .hex = FF9 "FFFFFF FFFFFF0000 01" },
	{ 0xb9, "EF.EPSNSC", 0x6fe4, RECORDS(1, 80), ARR(5), BUSY,
	    .service = 85 }
};

/* A device that roams for good is told its networks here. */
static const struct tpl_file opt_usim[] = {
	{ 0xb0, "EF.OPLMNwAcT", 0x6f61, EF(40), ARR(2), .service = 42,
	    .hex = NO_PLMNS NO_PLMNS },
	{ 0xb1, "EF.HPLMNwAcT", 0x6f62, EF(5), ARR(2), .service = 43,
	    .fill = tpl_fill_lte },
	{ 0xbf3a, "EF.EHPLMN", 0x6fd9, EF(15), ARR(2), .service = 71,
	    .fill = tpl_fill_ehplmn }
};

static const struct tpl_pin puks[] = {
	{ .ref = 1 }
};
static const struct tpl_pin pins[] = {
	{ 1, 1, PIN_OFF, TRIES(3) },
	{ 10, 0, PIN_ON, TRIES(10) }	/* ADM1 */
};

#define LACKS	(SAIP_BIT(SAIP_PIN2) | SAIP_BIT(SAIP_PUK2))
#define BEGIN							\
	{ PE_HEADER, tpl_header, NULL },			\
	{ PE_MF, tpl_files, TPL_FILES(1, mf) },			\
	{ PE_PUK, tpl_puks, TPL_PINS(puks) },			\
	{ PE_PIN, tpl_pins, TPL_PINS(pins) },			\
	{ PE_USIM, tpl_files, TPL_FILES(4, usim) },		\
	{ PE_OPT_USIM, tpl_files, TPL_FILES(5, opt_usim) },	\
	{ PE_AKA, tpl_milenage, NULL },				\
	{ PE_SD, tpl_domain, NULL },				\
	{ PE_RFM, tpl_rfm, &tpl_rfm_shared },			\
	{ PE_RFM, tpl_rfm, &tpl_rfm_usim }

static const struct saip_want iot_wants[] = {
	{ .field = SAIP_OPLMNWACT, .optional = true }
};
static const struct tpl_part iot_parts[] = {
	BEGIN, { PE_END, tpl_end, NULL }
};
const struct tpl_plan	tpl_iot = {
	.name = "iot", .part = iot_parts, .n = NELEM(iot_parts),
	.services = "8100 8400",
	.want = iot_wants, .wants = NELEM(iot_wants), .lacks = LACKS
};

/*
 * "iot-safe": an instance of an applet (GSMA IoT.04, IoT.05) that the card has
 * already, and its key pair.  That the applet takes a key in this form is a
 * matter between it and whoever wrote it: ISO 7816-8 private key template 7F48
 * and public key template 7F49 in a STORE DATA.
 */
#define KEY_AT	"application/A2/30/30/04@13+32"
#define POINT_AT	"application/A2/30/30/04@50+65"

static const struct saip_want safe_wants[] = {
	{ .field = SAIP_OPLMNWACT, .optional = true },
	{ .field = SAIP_APP_KEY, .where = KEY_AT },
	{ .field = SAIP_APP_PUBLIC, .where = POINT_AT }
};

static void
add_store_data(struct buf *out)
{
	static const uint8_t	 zero[65];
	size_t			 at = out->len;

	tpl_hex(out, "80E28000 6E");		/* the last block, 00 */
	tpl_hex(out, "7F4825 840101 9220");	/* key 1, its scalar */
	buf_add(out, zero, 32);
	tpl_hex(out, "7F4943 8641");		/* its point */
	buf_add(out, zero, 65);
	der_wrap(out, at, 0x04);
	der_wrap(out, at, 0x30);
}

void
tpl_applet(const struct tpl *t, const void *none, struct buf *out)
{
	size_t	 at = out->len;

	(void)t;
	(void)none;
	tpl_hex_tlv(out, 0x4f, "A0000005590401");	/* package */
	tpl_hex_tlv(out, 0x4f, "A000000559040101");	/* class */
	tpl_hex_tlv(out, 0x4f, "A00000055904010101");	/* instance */
	tpl_hex_tlv(out, 0x82, "000000");		/* privileges */
	tpl_hex_tlv(out, 0x83, "07");			/* selectable */
	tpl_hex_tlv(out, 0xc9, "");			/* no parameters */
	add_store_data(out);
	der_wrap(out, at, 0x30);
	der_wrap(out, at, 0xa2);
}

static const struct tpl_part safe_parts[] = {
	BEGIN,
	{ PE_APPLICATION, tpl_applet, NULL },
	{ PE_END, tpl_end, NULL }
};
const struct tpl_plan	tpl_safe = {
	.name = "iot-safe", .part = safe_parts, .n = NELEM(safe_parts),
	.services = "8100 8400 8B00",		/* and javacard */
	.want = safe_wants, .wants = NELEM(safe_wants), .lacks = LACKS
};
