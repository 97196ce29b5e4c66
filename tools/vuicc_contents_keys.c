/* SPDX-License-Identifier: Apache-2.0 */
/* Codes and keys: of PINs and PUKs, of the network, for OTA, of applets. */
#include "tools/vuicc_contents_int.h"

#include <stdio.h>
#include <string.h>

#include "base/der.h"

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
		contents_put_hex(c, name, 1, v);
		return;
	}
	memcpy(text, v.p, n);
	text[n] = '\0';
	contents_put(c, name, 1, text);
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
	case 0x0b:
		return puk ? NULL : "adm2";
	}
	return NULL;
}

void
contents_codes(struct contents *c, struct slice pe, bool puk)
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
	contents_put_hex(c, "sqn", c->akas, first);
}

/* Parameters of its own; those that are another's (A0) are not told twice. */
void
contents_aka(struct contents *c, struct slice pe)
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
		contents_put(c, "algorithm", c->akas, names[id]);
	if (der_find(algo.value, 0x82, &d) == 0)
		contents_put_hex(c, "k", c->akas, d.value);
	if (der_find(algo.value, 0x83, &d) == 0)
		contents_put_hex(c, "opc", c->akas, d.value);
	read_sqn(c, pe);
}

/*
 * What a key is for stands in its usage qualifier (GP 2.3, 11.1.9); a key of
 * SCP80 has one of the versions 01 to 0F.
 */
static bool
key_name(struct slice entry, char *out, size_t size)
{
	struct der	 usage, d;
	uint64_t	 version;
	const char	*what;

	if (der_find(entry, 0x95, &usage) != 0 || usage.value.len < 1 ||
	    der_find(entry, 0x83, &d) != 0 ||
	    der_uint(d.value, &version) != 0 || version < 1 ||
	    version > 0x0f)
		return false;
	what = usage.value.p[0] == 0x18 ? "enc" :
	    usage.value.p[0] == 0x14 ? "mac" :
	    usage.value.p[0] == 0x48 ? "dek" : NULL;
	if (version == 1)
		snprintf(out, size, "ota-%s", what != NULL ? what : "");
	else
		snprintf(out, size, "ota%u-%s", (unsigned)version,
		    what != NULL ? what : "");
	return what != NULL;
}

/* The operator's security domain is the first one. */
void
contents_domain(struct contents *c, struct slice pe)
{
	struct der	 list, entry, part, d;
	char		 name[16];

	if (c->sd || der_find(pe, 0xA2, &list) != 0)
		return;
	c->sd = true;
	while (list.value.len > 0 && der_next(&list.value, &entry) == 0)
		if (key_name(entry.value, name, sizeof(name)) &&
		    der_find(entry.value, 0x30, &part) == 0 &&
		    der_find(part.value, 0x30, &part) == 0 &&
		    der_find(part.value, 0x86, &d) == 0)
			contents_put_hex(c, name, 1, d.value);
}

/* STORE DATA with key templates of ISO 7816-8: 7F48 { 92 }, 7F49 { 86 }. */
static void
read_store_data(struct contents *c, struct slice apdu)
{
	struct slice	 s;
	struct der	 t, d;

	if (apdu.len < 5 || apdu.p[1] != 0xE2 ||
	    apdu.p[4] != apdu.len - 5)
		return;
	s = slice_sub(apdu, 5, apdu.len);
	while (s.len > 0 && der_next(&s, &t) == 0)
		if (t.tag == 0x7F48 && der_find(t.value, 0x92, &d) == 0)
			contents_put_hex(c, "app-key", 1, d.value);
		else if (t.tag == 0x7F49 && der_find(t.value, 0x86, &d) == 0)
			contents_put_hex(c, "app-public", 1, d.value);
}

/* instanceList A2 { 30 { ... processData 30 { 04 an APDU } } } */
void
contents_applet(struct contents *c, struct slice pe)
{
	struct der	 list, instance, data, apdu;

	if (der_find(pe, 0xA2, &list) != 0)
		return;
	while (list.value.len > 0 && der_next(&list.value, &instance) == 0) {
		if (der_find(instance.value, 0x30, &data) != 0)
			continue;
		while (data.value.len > 0 && der_next(&data.value,
		    &apdu) == 0)
			if (apdu.tag == 0x04)
				read_store_data(c, apdu.value);
	}
}
