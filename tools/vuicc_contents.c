/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_contents_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "base/limits.h"

#define PE_PIN		0xA2
#define PE_PUK		0xA3
#define PE_AKA		0xA4
#define PE_SD		0xA6
#define PE_APPLICATION	0xA8
#define PE_MF		0xB0
#define PE_USIM		0xB3
#define PE_OPT_USIM	0xB4
#define PE_ISIM		0xB5
#define EF_ICCID	0xA4
#define EF_IMSI		0xA3
#define EF_SMSP		0xAB
#define EF_SPN		0xAD
#define EF_ACC		0xB2
#define EF_AD		0xB5
#define EF_MSISDN	0xA7
#define EF_GID1		0xA5
#define EF_GID2		0xA6
#define EF_IMPI		0xA3
#define EF_IMPU		0xA4
#define MSISDN_RECORD	24	/* where the file does not say it */
#define SMSP_RECORD	38

void
contents_put(struct contents *c, const char *name, unsigned usim,
    const char *text)
{
	char	 key[24];

	snprintf(key, sizeof(key), usim > 1 ? "%s%u" : "%s", name, usim);
	if (*text != '\0' && json_object_get(c->out, key) == NULL)
		json_object_set_new(c->out, key, json_string(text));
}

void
contents_put_hex(struct contents *c, const char *name, unsigned usim,
    struct slice v)
{
	struct buf	 b = { 0 };

	hex_add(&b, v);
	contents_put(c, name, usim, buf_cstr(&b));
	buf_free(&b);
}

static void
put_swapped(struct contents *c, const char *name, unsigned usim,
    const uint8_t *p, size_t n)
{
	struct buf	 b = { 0 };

	vuicc_swapped(p, n, &b);
	contents_put(c, name, usim, buf_cstr(&b));
	buf_free(&b);
}

/* The image of a member; 0: the element has no such file, or an empty one. */
static size_t
image(struct slice pe, uint32_t member, uint8_t *out, size_t size,
    size_t *record)
{
	struct der	 d;

	if (der_find(pe, member, &d) != 0)
		return 0;
	if (record != NULL && vuicc_file_record(d.value) != 0)
		*record = vuicc_file_record(d.value);
	return vuicc_file_image(d.value, out, size);
}

static void
read_mf(struct contents *c, struct slice pe)
{
	uint8_t	 ef[10];

	if (image(pe, EF_ICCID, ef, sizeof(ef), NULL) == sizeof(ef))
		put_swapped(c, "iccid", 1, ef, sizeof(ef));
}

/* The first digit stands beside the parity (TS 31.102, 4.2.2). */
static void
read_imsi(struct contents *c, struct slice pe)
{
	uint8_t		 ef[9], ad[4];
	struct buf	 b = { 0 };
	size_t		 mnc;

	if (image(pe, EF_IMSI, ef, sizeof(ef), NULL) < 2 || ef[0] < 1 ||
	    ef[0] > 8)
		return;
	vuicc_swapped(ef + 1, ef[0], &b);
	if (b.len > 6) {
		contents_put(c, "imsi", c->usims, buf_cstr(&b) + 1);
		mnc = image(pe, EF_AD, ad, sizeof(ad), NULL) == sizeof(ad) &&
		    (ad[3] & 0xf) == 3 ? 3 : 2;
		buf_cut(&b, 1 + 3 + mnc);
		contents_put(c, "plmn", c->usims, buf_cstr(&b) + 1);
	}
	buf_free(&b);
}

/* One octet of how to show it, and the name, padded with FF. */
static void
read_spn(struct contents *c, struct slice pe)
{
	uint8_t	 ef[18];
	size_t	 n = image(pe, EF_SPN, ef, sizeof(ef) - 1, NULL), i;

	for (i = 1; i < n && ef[i] >= 0x20 && ef[i] < 0x7f; i++)
		;
	if (i < 2 || (i < n && ef[i] != 0xff))
		return;		/* letters that need a table are not shown */
	ef[i] = '\0';
	contents_put(c, "spn", c->usims, (const char *)ef + 1);
}

/* SMSP: 28 octets behind the name, the address of the centre at 13. */
static void
read_smsp(struct contents *c, struct slice pe)
{
	uint8_t	 ef[VUICC_EF_MAX];
	size_t	 record = SMSP_RECORD, at;

	if (image(pe, EF_SMSP, ef, sizeof(ef), &record) == 0 ||
	    record < 28 || record > sizeof(ef))
		return;
	at = record - 28 + 13;
	if (ef[at] >= 2 && ef[at] <= 11)
		put_swapped(c, "smsc", c->usims, ef + at + 2,
		    ef[at] - (size_t)1);
}

static void
read_usim(struct contents *c, struct slice pe)
{
	uint8_t	 ef[2];

	c->usims++;
	read_imsi(c, pe);
	if (image(pe, EF_ACC, ef, sizeof(ef), NULL) == sizeof(ef))
		contents_put_hex(c, "acc", c->usims, slice_of(ef, sizeof(ef)));
	read_spn(c, pe);
	read_smsp(c, pe);
}

/* A group is told without what fills the file up. */
static void
read_group(struct contents *c, struct slice pe, uint32_t member,
    const char *name)
{
	uint8_t	 ef[VUICC_EF_MAX];
	size_t	 n = image(pe, member, ef, sizeof(ef), NULL);

	while (n > 0 && ef[n - 1] == 0xff)
		n--;
	contents_put_hex(c, name, 1, slice_of(ef, n));
}

/* EF.IMPI and the first record of EF.IMPU: UTF-8 in a TLV 80. */
static void
read_uri(struct contents *c, struct slice pe, uint32_t member,
    const char *name)
{
	uint8_t		 ef[VUICC_EF_MAX];
	struct slice	 s = slice_of(ef, image(pe, member, ef, sizeof(ef),
	    NULL));
	struct der	 d;
	char		*text;

	if (der_expect(&s, 0x80, &d) != 0)
		return;
	text = slice_dup(d.value);
	contents_put(c, name, 1, text);
	free(text);
}

/* MSISDN: 14 octets behind the name; a number with its kind in front. */
static void
read_opt_usim(struct contents *c, struct slice pe)
{
	uint8_t	 ef[VUICC_EF_MAX];
	size_t	 record = MSISDN_RECORD, at;

	read_group(c, pe, EF_GID1, "gid1");
	read_group(c, pe, EF_GID2, "gid2");
	if (c->usims == 0 || image(pe, EF_MSISDN, ef, sizeof(ef),
	    &record) == 0 || record < 14 || record > sizeof(ef))
		return;
	at = record - 14;
	if (ef[at] >= 2 && ef[at] <= 11)
		put_swapped(c, "msisdn", c->usims, ef + at + 2,
		    ef[at] - (size_t)1);
}

static void
read_pe(struct contents *c, const struct der *pe)
{
	switch (pe->tag) {
	case PE_MF:
		read_mf(c, pe->value);
		break;
	case PE_USIM:
		read_usim(c, pe->value);
		break;
	case PE_OPT_USIM:
		read_opt_usim(c, pe->value);
		break;
	case PE_ISIM:
		read_uri(c, pe->value, EF_IMPI, "impi");
		read_uri(c, pe->value, EF_IMPU, "impu");
		break;
	case PE_PIN:
	case PE_PUK:
		contents_codes(c, pe->value, pe->tag == PE_PUK);
		break;
	case PE_AKA:
		contents_aka(c, pe->value);
		break;
	case PE_APPLICATION:
		contents_applet(c, pe->value);
		break;
	case PE_SD:
		contents_domain(c, pe->value);
		break;
	}
}

int
vuicc_contents(struct slice upp, json_t **out)
{
	struct contents	 c = { .out = json_object() };
	struct der	 pe;
	size_t		 n;

	*out = NULL;
	for (n = 0; upp.len > 0; n++) {
		if (n == LIM_PES || der_next(&upp, &pe) != 0) {
			json_decref(c.out);
			return DPE_SYNTAX;
		}
		read_pe(&c, &pe);
	}
	*out = c.out;
	return 0;
}
