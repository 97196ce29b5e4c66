/* SPDX-License-Identifier: Apache-2.0 */
#include "tools/vuicc_contents.h"

#include <stdio.h>
#include <string.h>

#include "base/der.h"
#include "base/hex.h"
#include "base/limits.h"

#define PE_PIN		0xA2
#define PE_PUK		0xA3
#define PE_AKA		0xA4
#define PE_SD		0xA6
#define PE_MF		0xB0
#define PE_USIM		0xB3
#define PE_OPT_USIM	0xB4
#define EF_ICCID	0xA4
#define EF_IMSI		0xA3
#define EF_SMSP		0xAB
#define EF_SPN		0xAD
#define EF_ACC		0xB2
#define EF_AD		0xB5
#define EF_MSISDN	0xA7
#define MSISDN_RECORD	24	/* where the file does not say it */
#define SMSP_RECORD	38

/* On the way through a package. */
struct contents {
	json_t		*out;
	unsigned	 usims;		/* that have begun */
	unsigned	 akas;
	bool		 sd;		/* the first one is the operator's */
};

/* The first value of a name stays; numbers tell a second USIM. */
static void
put(struct contents *c, const char *name, unsigned usim, const char *text)
{
	char	 key[24];

	snprintf(key, sizeof(key), usim > 1 ? "%s%u" : "%s", name, usim);
	if (*text != '\0' && json_object_get(c->out, key) == NULL)
		json_object_set_new(c->out, key, json_string(text));
}

static void
put_hex(struct contents *c, const char *name, unsigned usim, struct slice v)
{
	struct buf	 b = { 0 };

	hex_add(&b, v);
	put(c, name, usim, buf_cstr(&b));
	buf_free(&b);
}

static void
put_swapped(struct contents *c, const char *name, unsigned usim,
    const uint8_t *p, size_t n)
{
	struct buf	 b = { 0 };

	vuicc_swapped(p, n, &b);
	put(c, name, usim, buf_cstr(&b));
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
		put(c, "imsi", c->usims, buf_cstr(&b) + 1);
		mnc = image(pe, EF_AD, ad, sizeof(ad), NULL) == sizeof(ad) &&
		    (ad[3] & 0xf) == 3 ? 3 : 2;
		buf_cut(&b, 1 + 3 + mnc);
		put(c, "plmn", c->usims, buf_cstr(&b) + 1);
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
	put(c, "spn", c->usims, (const char *)ef + 1);
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
		put_hex(c, "acc", c->usims, slice_of(ef, sizeof(ef)));
	read_spn(c, pe);
	read_smsp(c, pe);
}

/* MSISDN: 14 octets behind the name; a number with its kind in front. */
static void
read_opt_usim(struct contents *c, struct slice pe)
{
	uint8_t	 ef[VUICC_EF_MAX];
	size_t	 record = MSISDN_RECORD, at;

	if (c->usims == 0 || image(pe, EF_MSISDN, ef, sizeof(ef),
	    &record) == 0 || record < 14 || record > sizeof(ef))
		return;
	at = record - 14;
	if (ef[at] >= 2 && ef[at] <= 11)
		put_swapped(c, "msisdn", c->usims, ef + at + 2,
		    ef[at] - (size_t)1);
}

/* Digits and then FF; anything else is shown as it is. */
static void
put_code(struct contents *c, const char *name, struct slice v)
{
	char	 text[17];
	size_t	 n = 0, pad;

	if (name == NULL || v.len != 8)
		return;
	while (n < 8 && v.p[n] >= '0' && v.p[n] <= '9')
		n++;
	for (pad = n; pad < 8 && v.p[pad] == 0xff; pad++)
		;
	if (n == 0 || pad < 8) {
		put_hex(c, name, 1, v);
		return;
	}
	memcpy(text, v.p, n);
	text[n] = '\0';
	put(c, name, 1, text);
}

static const char *
code_name(bool puk, uint64_t ref)
{
	switch (ref) {
	case 0x01:
		return puk ? "puk1" : "pin1";
	case 0x81:
		return puk ? "puk2" : "pin2";
	case 0x0a:
		return puk ? NULL : "adm1";
	}
	return NULL;
}

static void
read_codes(struct contents *c, struct slice pe, bool puk)
{
	struct der	 list, entry, ref, value;
	uint64_t	 n;

	if (der_find(pe, 0xA1, &list) != 0 || (!puk &&
	    der_find(list.value, 0xA0, &list) != 0))
		return;
	while (list.value.len > 0 && der_next(&list.value, &entry) == 0)
		if (der_find(entry.value, 0x80, &ref) == 0 &&
		    der_uint(ref.value, &n) == 0 &&
		    der_find(entry.value, 0x81, &value) == 0)
			put_code(c, code_name(puk, n), value.value);
}

/* Where the card's sequence numbers begin: all 32 at 0, if nothing is said. */
static void
read_sqn(struct contents *c, struct slice pe)
{
	struct der	 list, d;
	struct slice	 first = slice_of("\0\0\0\0\0\0", 6);

	if (der_find(pe, 0xA5, &list) == 0 &&
	    der_next(&list.value, &d) == 0)
		first = d.value;
	put_hex(c, "sqn", c->akas, first);
}

/* Parameters of its own; those that are another's (A0) are not told twice. */
static void
read_aka(struct contents *c, struct slice pe)
{
	static const char *const names[] = { NULL, "milenage", "tuak",
	    "test" };
	struct der	 config, algo, d;
	uint64_t	 id;

	if (der_find(pe, 0xA1, &config) != 0 ||
	    der_find(config.value, 0xA1, &algo) != 0)
		return;
	c->akas++;
	if (der_find(algo.value, 0x80, &d) == 0 &&
	    der_uint(d.value, &id) == 0 && id > 0 && id < NELEM(names))
		put(c, "algorithm", c->akas, names[id]);
	if (der_find(algo.value, 0x82, &d) == 0)
		put_hex(c, "k", c->akas, d.value);
	if (der_find(algo.value, 0x83, &d) == 0)
		put_hex(c, "opc", c->akas, d.value);
	read_sqn(c, pe);
}

/* What a key is for stands in its usage qualifier (GP 2.3, 11.1.9). */
static const char *
key_name(struct slice entry)
{
	struct der	 d;

	if (der_find(entry, 0x95, &d) != 0 || d.value.len < 1)
		return NULL;
	switch (d.value.p[0]) {
	case 0x18:
		return "ota-enc";
	case 0x14:
		return "ota-mac";
	case 0x48:
		return "ota-dek";
	}
	return NULL;
}

/* The keys of SCP80, which have the versions 01 to 0F. */
static void
read_sd(struct contents *c, struct slice pe)
{
	struct der	 list, entry, part, d;
	uint64_t	 version;
	const char	*name;

	if (c->sd || der_find(pe, 0xA2, &list) != 0)
		return;
	c->sd = true;
	while (list.value.len > 0 && der_next(&list.value, &entry) == 0)
		if ((name = key_name(entry.value)) != NULL &&
		    der_find(entry.value, 0x83, &d) == 0 &&
		    der_uint(d.value, &version) == 0 && version <= 0x0f &&
		    der_find(entry.value, 0x30, &part) == 0 &&
		    der_find(part.value, 0x30, &part) == 0 &&
		    der_find(part.value, 0x86, &d) == 0)
			put_hex(c, name, 1, d.value);
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
	case PE_PIN:
	case PE_PUK:
		read_codes(c, pe->value, pe->tag == PE_PUK);
		break;
	case PE_AKA:
		read_aka(c, pe->value);
		break;
	case PE_SD:
		read_sd(c, pe->value);
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
